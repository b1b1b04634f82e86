"""An adapter measured on passages that it has not seen: its style, and what it gives away.

The style's distance is for others to define; here the adapter's wording and the prompt voice's are
held against it, passage by passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np

from core.errors import UsageError
from core.style.adapter import Adapters
from core.style.dataset import Dataset, Example, Half
from core.style.learnt import perplexities, remembered
from core.style.lock import broken_by
from core.style.masking import same_tokens
from core.style.memory import longest_run
from core.style.resampling import Measured, mean

MOST_LINES = 40  # restyled to be measured: a small model takes a second for each
_FEWEST = 3
AGAINST_PROMPT, AGAINST_PLAIN = "the prompt voice", "plain text (no model speaks the prompt voice)"
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = """
    the of to and a in that is it for as be by not on this with are or which but from an at have
    was has we its no if would had their any such may were only must one there these so than then
    what when who also because under does do can could should will shall his he they our us here
""".split()


class Distance(Protocol):
    """How far a text is from the firm's style: less is nearer."""

    def __call__(self, text: str) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """Plain lines, what is shown for each once locked, and how many wordings were refused."""

    plain: tuple[str, ...]
    shown: tuple[str, ...]
    written: tuple[str, ...]
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One plain line as the adapter words it and as the other voice does: for a ballot."""

    source: str
    plain: str
    by_adapter: str
    by_other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """Figures as JSON has them, and the wordings that differ."""

    figures: dict[str, object]
    pairs: tuple[Pair, ...]


def measured(
    adapters: Adapters,
    name: str,
    dataset: Dataset,
    *,
    distance: Distance | None = None,
    prompted: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> Measurement:
    """Measure an adapter on its dataset's test half.

    `prompted` words lines in the prompt voice; without it plain text stands in for that. Raises
    UsageError where too little was held back.
    """
    held = dataset.of(Half.TEST)[:MOST_LINES]
    if len(held) < _FEWEST:
        raise UsageError("Too little was held back to measure on: make a dataset of more matters.")
    opened = adapters.using(name)
    learnt = [each.own for each in dataset.of(Half.TRAIN)]
    plain = tuple(each.plain for each in held)
    ours = worded(plain, adapters.restyle(name, plain))
    others = plain if prompted is None else worded(plain, tuple(prompted(plain))).shown
    far = distance or function_words(learnt)
    canaries = remembered(opened, dataset.canaries)
    run = longest_run(ours.written, learnt, plain)
    figures: dict[str, object] = {
        "perplexity": asdict(perplexities(opened, dataset.held_out()))
        | {"saved": None, "tokens": None},
        "nearer": _as_json(
            mean([far(b) - far(a) for a, b in zip(ours.shown, others, strict=True)])
        ),
        "against": AGAINST_PLAIN if prompted is None else AGAINST_PROMPT,
        "lock": {
            "shown": len(ours.shown),
            "kept": sum(map(keeps, plain, ours.shown)),
            "refused": ours.refused,
        },
        "canaries": {
            "planted": len(canaries),
            "told": sum(each.told for each in canaries),
            "exposure": max((each.exposure for each in canaries), default=0.0),
        },
        "longest_run": {"words": run.words},
    }
    return Measurement(figures=figures, pairs=_pairs(held, ours, others))


def _pairs(held: Sequence[Example], ours: Worded, others: Sequence[str]) -> tuple[Pair, ...]:
    return tuple(
        Pair(source=each.paper_id, plain=each.plain, by_adapter=one, by_other=other)
        for each, one, other in zip(held, ours.shown, others, strict=True)
        if one != other
    )


def worded(plain: Sequence[str], written: Sequence[str]) -> Worded:
    """Take of each wording what keeps everything locked, and of the others the plain line."""
    kept = [keeps(one, other) for one, other in zip(plain, written, strict=True)]
    return Worded(
        plain=tuple(plain),
        shown=tuple(w if k else p for p, w, k in zip(plain, written, kept, strict=True)),
        written=tuple(written),
        refused=kept.count(False),
    )


def keeps(plain: str, written: str) -> bool:
    """Say whether a wording has every token of the plain line, and nothing locked changed."""
    return bool(written) and same_tokens(plain, written) and broken_by(plain, written) is None


def function_words(ours: Sequence[str]) -> Distance:
    """Return the distance to these texts' function words: Burrows's Delta, passages as units."""
    rates = np.array([_rates(text) for text in ours])
    middle, spread = rates.mean(axis=0), rates.std(axis=0)
    told = spread > 0

    def distance(text: str) -> float:
        apart = np.abs(_rates(text) - middle)[told] / spread[told]
        return float(apart.mean()) if apart.size else 0.0

    return distance


def _rates(text: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    words = Counter(word.casefold() for word in _WORD.findall(text))
    total = sum(words.values()) or 1
    return np.array([words[word] / total for word in _FUNCTION_WORDS])


def _as_json(figure: Measured) -> Mapping[str, object]:
    return asdict(figure)
