"""What a question may take for granted of a case, and how a case is named by a letter in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.ask.references import Reference
from core.model import Span, Treatment


class Part(StrEnum):
    """A part of a case as a question speaks of it."""

    COURT = "the opinion of the court"
    DISSENT = "a dissent"
    CONCURRENCE = "a concurrence"
    PLURALITY = "a plurality opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """`of` was overruled or the like, by `by` where the question says by which case."""

    span: Span
    of: int
    by: int | None
    treatment: Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A case is still good law."""

    span: Span
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """A judge wrote a part of a case; `judge` None: there is such a part."""

    span: Span
    case: int
    part: Part
    judge: str | None
    # A judge may have dissented by joining another's dissent.
    voted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanimous:
    span: Span
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A case was decided in a year, or by a court as the question names it."""

    span: Span
    case: int
    year: int | None = None
    court: str | None = None


Assumed = Ended | Stands | Wrote | Unanimous | Decided


def lettered(question: str, references: Sequence[Reference]) -> str:
    """Put a letter for each case, in as many characters as its name has, so that spans hold."""
    pieces: list[str] = []
    at = 0
    for number, one in enumerate(references):
        width = one.span.end - one.span.start
        letter = chr(ord("a") + number)
        pieces += [question[at : one.span.start], f"⟦{letter}{'·' * (width - 3)}⟧"]
        at = one.span.end
    return "".join([*pieces, question[at:]])


def case_group(group: str) -> str:
    return rf"⟦(?P<{group}>[a-z])·*⟧"


def number_of(letter: str) -> int:
    return ord(letter) - ord("a")
