"""BM25 over the filings of several matters, each weighed by its own counts.

Nothing of one matter bears on a score in another: how rare a word is, and how long a passage is
against its fellows, is asked of the matter alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.library.private_shelf import FilingPostings, MatterShelf, Place
from core.model import FilingId, MatterId
from core.search.lexicon import PASSAGE_B, PASSAGE_K1, idf

# Equal sums of floats may differ in the last bits; beyond this they are ties.
_DECIMALS = 9

Shares = Mapping[tuple[MatterId, str], float]


def scored(
    postings: Sequence[FilingPostings],
    shelves: Sequence[MatterShelf],
    terms: Sequence[str],
    *,
    most: int,
) -> dict[Place, float]:
    """Score the passages that have any of the terms, from 0 to 1; at least the `most` best.

    A score is BM25's, as a share of the most that a passage of its matter could have: how much of
    what is asked it says. Only so can the passages of two matters stand in one order.
    """
    measured = {shelf.matter_id for shelf in shelves}
    held = [each for each in postings if each.matter_id in measured]
    if not held:
        return {}
    lengths = {each.filing_id: each.lengths for each in held}
    starts = dict(zip(lengths, _starts(lengths), strict=True))
    scores = _sums(held, lengths, starts, shelves, terms)
    return _best(scores, starts, most)


def _sums(
    held: Sequence[FilingPostings],
    lengths: Mapping[FilingId, NDArray[np.int32]],
    starts: Mapping[FilingId, int],
    shelves: Sequence[MatterShelf],
    terms: Sequence[str],
) -> NDArray[np.float64]:
    """Add up, for every passage of these filings one after the other, what its terms score."""
    means = {shelf.matter_id: shelf.terms / max(shelf.passages, 1) or 1.0 for shelf in shelves}
    shares = _shares(held, shelves, terms)
    sizes = [len(each.passages) for each in held]
    rows = np.concatenate([each.passages for each in held])
    rows = rows + np.repeat([starts[each.filing_id] for each in held], sizes)
    share = np.repeat([shares[each.matter_id, each.term] for each in held], sizes)
    mean = np.repeat([means[each.matter_id] for each in held], sizes)
    every = np.concatenate(list(lengths.values())).astype(np.float64)
    frequency = np.concatenate([each.frequencies for each in held]).astype(np.float64)
    norm = PASSAGE_K1 * (1 - PASSAGE_B + PASSAGE_B * every[rows] / mean)
    scores = np.zeros(len(every))
    np.add.at(scores, rows, share * frequency / (frequency + norm))
    return scores.round(_DECIMALS)


def _shares(
    held: Sequence[FilingPostings], shelves: Sequence[MatterShelf], terms: Sequence[str]
) -> Shares:
    """Return, by matter and term, what the term tells there, as a share of all that was asked."""
    counts: Counter[tuple[MatterId, str]] = Counter()
    for each in held:
        counts[each.matter_id, each.term] += len(each.passages)
    shares: dict[tuple[MatterId, str], float] = {}
    for shelf in shelves:
        told = [idf(shelf.passages, counts[shelf.matter_id, term]) for term in terms]
        whole = sum(told)
        shares |= {(shelf.matter_id, t): w / whole for t, w in zip(terms, told, strict=True)}
    return shares


def _best(
    scores: NDArray[np.float64], starts: Mapping[FilingId, int], most: int
) -> dict[Place, float]:
    """Return the passages with the `most` highest scores above 0, and what ties with the last."""
    rows = np.flatnonzero(scores)
    if len(rows) > most:
        cut = np.partition(scores[rows], len(rows) - most)[len(rows) - most]
        rows = rows[scores[rows] >= cut]
    filing_ids, borders = list(starts), np.fromiter(starts.values(), dtype=np.int64)
    at: list[int] = (np.searchsorted(borders, rows, side="right") - 1).tolist()
    ordinals: list[int] = (rows - borders[at]).tolist()
    found: list[float] = scores[rows].tolist()
    return {
        Place(filing_id=filing_ids[n], ordinal=ordinal): score
        for n, ordinal, score in zip(at, ordinals, found, strict=True)
    }


def _starts(lengths: Mapping[FilingId, NDArray[np.int32]]) -> list[int]:
    """Return at which place the passages of each filing begin; a filing has one at least."""
    sizes = [len(each) for each in lengths.values()]
    starts: list[int] = (np.cumsum(sizes) - sizes).tolist()
    return starts
