"""Choose the passages that show why a case was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.search.arms import Ranking
from core.search.fuse import RRF_K
from core.search.shelf import Numbers, Scores, Shelf

# Passages shown of one case.
MOST_OF_A_CASE = 3


def best_passages(
    shelf: Shelf,
    numbers: Sequence[int],
    rankings: Sequence[Ranking],
    weights: Mapping[str, float],
) -> dict[int, tuple[int, ...]]:
    """Return up to MOST_OF_A_CASE rows of each of these cases, the best first.

    Rows are fused by their ranks in each arm among these cases; equals by place in the opinion.
    Cases of which no arm knows a passage are left out.
    """
    wanted = np.zeros(len(shelf.case_ids), dtype=np.bool_)
    wanted[list(numbers)] = True
    fused = np.zeros(len(shelf))
    for ranking in rankings:
        weight = weights.get(ranking.arm, 0.0)
        mine = wanted[shelf.case_of[ranking.rows]]
        rows = ranking.rows[mine]
        fused[rows] += weight / (RRF_K + _ranks(shelf, rows, ranking.scores[mine]))
    chosen = np.flatnonzero(fused)
    chosen = chosen[np.lexsort((shelf.order[chosen], -fused[chosen].round(12)))]
    return _first_of_each(shelf, chosen)


def _ranks(shelf: Shelf, rows: Numbers, scores: Scores) -> NDArray[np.float64]:
    """Return the rank of each row, from 1; the order of equals is the shelf's."""
    ranks = np.empty(len(rows))
    ranks[np.lexsort((shelf.order[rows], -scores))] = np.arange(1, len(rows) + 1)
    return ranks


def _first_of_each(shelf: Shelf, rows: NDArray[np.intp]) -> dict[int, tuple[int, ...]]:
    taken: dict[int, tuple[int, ...]] = {}
    for row, number in zip(rows.tolist(), shelf.case_of[rows].tolist(), strict=True):
        before = taken.get(number, ())
        if len(before) < MOST_OF_A_CASE:
            taken[number] = (*before, row)
    return taken
