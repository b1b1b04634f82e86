"""How sure a figure is: its interval over the documents it was taken from.

Documents are drawn again with replacement (Efron 1979), a thousand times, with the same seed
each time, so that the same documents always give the same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DRAWS = 1_000
_SEED = 1787
_TAILS = (2.5, 97.5)
_FAR_TAILS = (0.5, 99.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean over `n` documents, and where 95 in 100 of such means would lie."""

    value: float
    low: float
    high: float
    n: int

    @property
    def clear_of_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def interval(values: Sequence[float]) -> Interval:
    """Return the mean of one figure per document with its interval; raises ValueError on none."""
    if not len(values):
        raise ValueError("an interval needs at least one document")
    known = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(_SEED).integers(len(known), size=(_DRAWS, len(known)))
    low, high = np.percentile(known[drawn].mean(axis=1), _TAILS)
    return Interval(value=float(known.mean()), low=float(low), high=float(high), n=len(known))


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """Return by how much the first of each pair is more than the second (paired bootstrap).

    Both have one figure for each document, in the same order; raises ValueError otherwise.
    """
    return interval([a - b for a, b in zip(ours, theirs, strict=True)])


def ratio(above: Sequence[float], below: Sequence[float]) -> Interval:
    """Return the sum of the one over the sum of the other, pairs kept together."""
    found, drawn = _ratios(above, below, np.random.default_rng(_SEED))
    low, high = np.percentile(drawn, _TAILS)
    return Interval(value=found, low=float(low), high=float(high), n=len(above))


def ratios_apart(
    one: tuple[Sequence[float], Sequence[float]], other: tuple[Sequence[float], Sequence[float]]
) -> Interval:
    """Return how much larger one `ratio` is than another's, of other documents; `n` is all."""
    draw = np.random.default_rng(_SEED)
    (ours, ours_drawn), (theirs, theirs_drawn) = _ratios(*one, draw), _ratios(*other, draw)
    low, high = np.percentile(ours_drawn - theirs_drawn, _TAILS)
    n = len(one[0]) + len(other[0])
    return Interval(value=ours - theirs, low=float(low), high=float(high), n=n)


def share(right: Sequence[bool]) -> Interval:
    """Return the share that is right, with its interval."""
    return interval([float(each) for each in right])


def gap(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """Return by how much the mean of some documents is above that of others; `n` is the fewer.

    Where 99 in 100 would lie: dozens of habits are looked at at once.
    """
    draw = np.random.default_rng(_SEED)
    means = [
        known[draw.integers(len(known), size=(_DRAWS, len(known)))].mean(axis=1)
        for known in (np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64))
    ]
    low, high = np.percentile(means[0] - means[1], _FAR_TAILS)
    middle = float(np.mean(ours) - np.mean(theirs))
    return Interval(value=middle, low=float(low), high=float(high), n=min(len(ours), len(theirs)))


def _ratios(
    above: Sequence[float], below: Sequence[float], draw: np.random.Generator
) -> tuple[float, NDArray[np.float64]]:
    """Return the ratio of two sums, and as it is of documents drawn again."""
    if not len(above):
        raise ValueError("a ratio needs at least one document")
    top, bottom = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    places = draw.integers(len(top), size=(_DRAWS, len(top)))
    drawn = top[places].sum(axis=1) / bottom[places].sum(axis=1)
    return float(top.sum() / bottom.sum()), drawn
