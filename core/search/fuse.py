"""Make one order of several: weighted reciprocal rank fusion.

Only ranks are added up, never scores; equals are settled by a stable key, never by arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.model import Reason

# Cormack, Clarke and Büttcher 2009 fused arms of like quality with 60. Ours are not alike: what
# the best one puts first must stay ahead of what a lesser one does. Chosen with the weights.
RRF_K = 5
# Equal sums of floats may differ in the last bits; beyond this they are ties.
_DECIMALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """One of the fused order: which arms found it, the highest rank first."""

    item: int
    score: float
    why: tuple[Reason, ...]


def fuse(
    rankings: Mapping[str, Sequence[int]],
    weights: Mapping[str, float],
    *,
    key: Callable[[int], int],
) -> list[Fused]:
    """Fuse rankings (items, best first, by arm) into one order.

    An item scores the sum of weight / (RRF_K + rank) over the arms that have it, rank from 1. An
    arm without a weight, or with weight 0, does not count. Equal scores are ordered by `key`.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    why: defaultdict[int, list[Reason]] = defaultdict(list)
    for arm in sorted(rankings):
        weight = weights.get(arm, 0.0)
        if weight <= 0:
            continue
        for rank, item in enumerate(rankings[arm], start=1):
            scores[item] += weight / (RRF_K + rank)
            why[item].append(Reason(arm=arm, rank=rank))
    fused = [
        Fused(
            item=item,
            score=round(score, _DECIMALS),
            why=tuple(sorted(why[item], key=lambda reason: (reason.rank, reason.arm))),
        )
        for item, score in scores.items()
    ]
    return sorted(fused, key=lambda each: (-each.score, key(each.item)))
