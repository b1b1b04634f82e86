"""How sure a measured difference is: drawn again and again from the same texts, with a seed.

The percentile bootstrap (B. Efron, Bootstrap Methods, 1979). What is drawn are whole texts, for the
sentences of one text are not each news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 2_000
_SURE = 95.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure, from how many texts, and between which two it lies in 95 draws of 100."""

    value: float
    low: float
    high: float
    n: int

    @property
    def clear_above_zero(self) -> bool:
        return self.low > 0


def mean(values: Sequence[float], *, seed: int = 0) -> Measured:
    """Measure the mean. Raises ValueError where there is nothing to draw from."""
    each = np.asarray(values, dtype=float)
    drawn = each[_draws(len(each), seed)].mean(axis=1)
    return _measured(float(each.mean()), drawn, len(each))


def ratio(above: Sequence[float], below: Sequence[float], *, seed: int = 0) -> Measured:
    """Measure the sum of the one over the sum of the other, pairs kept together."""
    top, bottom = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    places = _draws(len(top), seed)
    drawn = top[places].sum(axis=1) / bottom[places].sum(axis=1)
    return _measured(float(top.sum() / bottom.sum()), drawn, len(top))


def difference(
    one: tuple[Sequence[float], Sequence[float]],
    other: tuple[Sequence[float], Sequence[float]],
    *,
    seed: int = 0,
) -> Measured:
    """Measure how much larger one `ratio` is than another's, of other texts."""
    found, drawn = 0.0, np.zeros(DRAWS)
    for sign, (above, below) in ((1, one), (-1, other)):
        top, bottom = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
        places = _draws(len(top), seed + sign)
        found += sign * float(top.sum() / bottom.sum())
        drawn = drawn + sign * top[places].sum(axis=1) / bottom[places].sum(axis=1)
    return _measured(found, drawn, len(one[0]) + len(other[0]))


def _draws(n: int, seed: int) -> NDArray[np.int64]:
    if not n:
        raise ValueError("there is nothing to measure")
    return np.random.default_rng(abs(seed) * 2 + (seed < 0)).integers(0, n, size=(DRAWS, n))


def _measured(value: float, drawn: NDArray[np.float64], n: int) -> Measured:
    side = (100 - _SURE) / 2
    low, high = np.percentile(drawn, [side, 100 - side])
    return Measured(value=value, low=float(low), high=float(high), n=n)
