"""Does what was found answer what was asked? Evidence of several kinds, weighed together.

Each case found is looked at by itself: an answer must come from somewhere, and words gathered
from many cases are evidence of nothing. The weights were fitted on questions whose answers are
known and on questions that no library of cases could answer (see docs/evaluation.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import astuple, dataclass

from core.ask.coefficients import INTERCEPT, WEIGHTS
from core.ask.wanted import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for and against a case's passages; the fields are in the order of WEIGHTS."""

    # The cosine of the question's vector with that of the nearest sentence, and passage.
    near: float
    passage: float
    # The share of the question that its passages speak of.
    covered: float
    # How rare the rarest word of the question is that they do not speak of.
    missing: float
    # The share of its words that are names and do not stand in the nearest passage.
    unnamed: float
    # 1 where it names a place that the sentences around the nearest do not.
    elsewhere: float
    # 1 where it names a case that is not this one and is not spoken of.
    other_case: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well the best of the cases found fits the question, from 0 to 1."""

    chance: float

    @property
    def enough(self) -> bool:
        return self.chance >= 0.5


def signs(
    wanted: Wanted,
    *,
    near: float,
    passage: float,
    case: AbstractSet[str],
    nearest: AbstractSet[str],
    around: AbstractSet[str],
) -> Signs:
    """Read the signs of one case.

    `case` are the words of its passages and of what it is called, `nearest` those of the passage
    with the nearest sentence, `around` those of the sentences about it.
    """
    return Signs(
        near=near,
        passage=passage,
        covered=wanted.covered(case),
        missing=wanted.missing(case),
        unnamed=wanted.unnamed(nearest),
        elsewhere=float(wanted.elsewhere(around)),
        other_case=float(wanted.other_case(case)),
    )


def weigh(signs: Signs) -> float:
    """Return the log of the odds that a case with these signs answers."""
    values = astuple(signs)
    return INTERCEPT + sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))


def fit(found: Iterable[Signs]) -> Fit:
    """Return how well the best of these cases fits."""
    best = max(map(weigh, found), default=-math.inf)
    return Fit(chance=1 / (1 + math.exp(-best)) if best > -500 else 0.0)
