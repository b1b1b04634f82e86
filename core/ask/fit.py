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


# The passages of the library that the weights were fitted on, and the spread there of the cosines
# of a question's vector with those of passages taken at random.
FITTED_ON, SPREAD = 118_000, 0.077
# The share of a question that must be spoken of where less nearness is enough.
MOST_SAID = 0.5


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


def leeway(passages: int) -> float:
    """Return how much of the odds may be wanting where only so many passages were searched.

    The nearest of n passages that have nothing to do with a question is about √(2 ln n) spreads
    nearer than their mean (the extreme value of the normal law): among few, what is as near as
    that has more to do with it. A library larger than the one fitted on gives none, and takes none.
    """
    nearest = (math.sqrt(2 * math.log(max(2, n))) for n in (FITTED_ON, passages))
    fitted, here = nearest
    return max(0.0, fitted - here) * SPREAD * (WEIGHTS[0] + WEIGHTS[1])


def _odds(each: Signs, passages: int) -> float:
    """Weigh a case; one that leaves most of a question unsaid is given no leeway."""
    return weigh(each) + (leeway(passages) if each.covered > MOST_SAID else 0.0)


def fit(found: Iterable[Signs], passages: int = FITTED_ON) -> Fit:
    """Return how well the best of these cases fits, found among so many passages."""
    best = max((_odds(each, passages) for each in found), default=-math.inf)
    return Fit(chance=1 / (1 + math.exp(-best)) if best > -500 else 0.0)
