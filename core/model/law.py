"""The nouns of law: an opinion's kind, a span of text, a date, a reporter citation."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class OpinionKind(StrEnum):
    """One writing in a case. The syllabus is front matter: shown, never searched or cited."""

    SYLLABUS = "syllabus"
    MAJORITY = "majority"
    PLURALITY = "plurality"
    PER_CURIAM = "per_curiam"
    CONCURRENCE = "concurrence"
    CONCURRENCE_IN_JUDGMENT = "concurrence_in_judgment"
    CONCUR_DISSENT = "concur_dissent"
    DISSENT = "dissent"
    SEPARATE = "separate"
    STATEMENT = "statement"
    COMBINED = "combined"


LEADING_KINDS = frozenset(
    {OpinionKind.MAJORITY, OpinionKind.PLURALITY, OpinionKind.PER_CURIAM, OpinionKind.COMBINED}
)


class Treatment(StrEnum):
    """What a later court does to a case, by its own words; the worst for the case first."""

    OVERRULED = "overruled"
    REVERSED = "reversed"
    VACATED = "vacated"
    ABROGATED = "abrogated"
    SUPERSEDED = "superseded"
    QUESTIONED = "questioned"
    CRITICIZED = "criticized"
    LIMITED = "limited"
    DISTINGUISHED = "distinguished"
    EXPLAINED = "explained"
    FOLLOWED = "followed"
    CITED = "cited"


# After one of these a case is no longer the law, as far as the treatment reaches.
ENDS_LAW = frozenset(
    {
        Treatment.OVERRULED,
        Treatment.REVERSED,
        Treatment.VACATED,
        Treatment.ABROGATED,
        Treatment.SUPERSEDED,
    }
)


class Extent(StrEnum):
    """How far a treatment reaches, as the treating words have it."""

    WHOLE = "whole"
    IN_PART = "in part"
    OTHER_GROUNDS = "on other grounds"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDate:
    """A date of law, known to the day, the month or only the year.

    `first` and `last` are the earliest and latest day it can be. Raises ValueError for what
    is no date.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)
        if self.day is not None and self.month is None:
            raise ValueError("a day without a month is no date")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2009`, `2009-04` or `2009-04-22`; raises ValueError for anything else."""
        found = _DATE.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a date: {text[:40]!r}")
        year, month, day = (None if part is None else int(part) for part in found.groups())
        assert year is not None  # noqa: S101  the pattern has a year
        return cls(year=year, month=month, day=day)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join(
            part
            for part in (
                f"{self.year:04d}",
                self.month and f"{self.month:02d}",
                self.day and f"{self.day:02d}",
            )
            if part
        )


@dataclass(frozen=True, slots=True, order=True)
class ReporterCitation:
    """A place in a reporter: `556 U.S. 418`. A pointer, never a key of a case."""

    volume: str
    # The reporter's canonical short form, as reporters-db spells it: "U.S.", "F.3d".
    reporter: str
    page: str

    def __post_init__(self) -> None:
        if not (self.volume and self.reporter and self.page):
            raise ValueError("a reporter citation has a volume, a reporter and a page")

    def __str__(self) -> str:
        return f"{self.volume} {self.reporter} {self.page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLabel:
    """Where a printed page begins in an opinion's text: the label, and the offset it starts at."""

    start: int
    label: str
