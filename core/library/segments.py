"""Upkeep of the lexical index: small segments become one, and what was deleted is dropped.

Passages of a later segment always have higher numbers, so that segments are joined end to end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from core.library.db import Transaction
from core.library.passage_table import load_passage_table
from core.library.passages import Occurrences, occurrences_from_row

# A segment is merged with the later ones as long as it is at most so many times as large as
# they are together: each passage is then rewritten a few times in all, not at every import.
GROWTH = 4
_TERMS_A_PAGE = 5000

# A term, then its passages, frequencies and positions as they are stored.
Columns = tuple[str, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    segment: int
    # Number of passages.
    passages: int


def merge_segments(transaction: Transaction, *, everything: bool = False) -> int:
    """Join the latest segments into one; return how many were joined, 0 where none was due."""
    segments = transaction.rows("select_segments", Segment)
    due = segments if everything else due_for_merging(segments)
    if len(due) <= 1:
        return 0
    transaction.execute("merge_segments", first=due[0].segment)
    return len(due)


def due_for_merging(segments: Sequence[Segment]) -> list[Segment]:
    """Choose the latest segments of about the same size, in order."""
    chosen: list[Segment] = []
    together = 0
    for segment in reversed(segments):
        if chosen and segment.passages > GROWTH * together:
            break
        chosen.append(segment)
        together += segment.passages
    return chosen[::-1]


def drop_dead_postings(transaction: Transaction) -> int:
    """Write the lexical index anew without deleted passages; return how many postings went."""
    alive = load_passage_table(transaction).passage_id
    fresh = transaction.value("insert_segment", passages=len(alive))
    assert isinstance(fresh, int)  # noqa: S101  insert_segment returns its number
    dropped = 0
    for page in _pages(transaction, fresh):
        kept = [_among(alive, each) for each in page]
        dropped += sum(len(each.passages) for each in page)
        dropped -= sum(len(each.passages) for each in kept)
        _store(transaction, fresh, _joined(kept))
    transaction.execute("delete_postings_before", segment=fresh)
    transaction.execute("delete_segments_before", segment=fresh)
    return dropped


def _pages(transaction: Transaction, fresh: int) -> Iterator[list[Occurrences]]:
    after = ""
    while page := transaction.rows(
        "select_postings_page", occurrences_from_row, after=after, before=fresh, most=_TERMS_A_PAGE
    ):
        yield page
        after = page[-1].term


def _among(alive: NDArray[np.int32], each: Occurrences) -> Occurrences:
    there = np.isin(each.passages, alive, assume_unique=True)
    return Occurrences(
        term=each.term,
        segment=each.segment,
        passages=each.passages[there],
        frequencies=each.frequencies[there],
        positions=each.positions[np.repeat(there, each.frequencies)],
    )


def _joined(page: Sequence[Occurrences]) -> Iterator[Columns]:
    """Yield, for each term, the columns of its postings end to end; none for a term without."""
    for term, parts in groupby(page, key=attrgetter("term")):
        kept = [part for part in parts if len(part.passages)]
        if kept:
            yield (
                term,
                b"".join(part.passages.astype("<i4").tobytes() for part in kept),
                b"".join(part.frequencies.tobytes() for part in kept),
                b"".join(part.positions.astype("<u2").tobytes() for part in kept),
            )


def _store(transaction: Transaction, segment: int, joined: Iterable[Columns]) -> None:
    transaction.copy(
        "postings",
        ("term", "segment", "passages", "frequencies", "positions"),
        ((term, segment, *columns) for term, *columns in joined),
    )
