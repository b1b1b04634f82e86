"""Passages that say the same in nearly the same words: of each such crowd the first is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from core.search.likeness import ALIKE, NUMBERS, likeness, signature

# Numbers of a signature that two must share in a row to be compared at all: of two that are half
# alike, 94 in 100 do somewhere; of two strangers, 3 in 1,000.
_BAND = 3
_BYTES = 4  # of a number


def first_of_alike(texts: Sequence[str], alike: float = ALIKE) -> list[int]:
    """Return the places of the texts that are kept, in order: none is like one kept before it."""
    kept: list[int] = []
    signatures: dict[int, bytes] = {}
    met: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    seen: set[str] = set()
    for n, text in enumerate(texts):
        same = " ".join(text.casefold().split())
        signed = signature(text)
        bands = list(_bands(signed))
        near = {m for band in bands for m in met[band]}
        if same in seen or any(likeness(signed, signatures[m]) >= alike for m in near):
            continue
        seen.add(same)
        kept.append(n)
        signatures[n] = signed
        for band in bands:
            met[band].append(n)
    return kept


def _bands(signed: bytes) -> list[tuple[int, bytes]]:
    step = _BAND * _BYTES
    return [(at, signed[at : at + step]) for at in range(0, NUMBERS * _BYTES - step + 1, step)]
