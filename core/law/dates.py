"""Dates as papers write them: `January 2, 2021`, `2 Jan 2021`, `this 2nd day of January, 2021`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.model import Span

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:1[789]|20)\d\d)\b"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORDS = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:day\s+of\s+)?{_MONTH}\s*,?\s+{_YEAR}", re.IGNORECASE),
)
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_ISO = re.compile(r"(?<![\d-])((?:1[789]|20)\d\d)-(\d\d)-(\d\d)(?![\d-])")
# A year of two figures is of the computers' age: no court stamped its papers so before 1970.
_CENTURY = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date, and where it is written."""

    date: date
    span: Span


def dates_in(text: str, *, day_first: bool = False) -> tuple[WrittenDate, ...]:
    """Find the whole dates in a text, in order; `day_first` reads 4/5/2022 as the 4th of May."""
    found = [*_in_words(text), *_in_figures(text, day_first=day_first)]
    return tuple(sorted(found, key=lambda each: each.span))


def only_date(text: str, *, day_first: bool = False) -> date | None:
    """Return the first date in a text, None where it has none."""
    found = dates_in(text, day_first=day_first)
    return found[0].date if found else None


def _in_words(text: str) -> Iterator[WrittenDate]:
    for pattern in _WORDS:
        for match in pattern.finditer(text):
            month = next(
                n
                for n, name in enumerate(_MONTHS, 1)
                if name.startswith(match["month"][:3].casefold())
            )
            yield from _valid(match, int(match["year"]), month, int(match["day"]))


def _in_figures(text: str, *, day_first: bool) -> Iterator[WrittenDate]:
    for match in _FIGURES.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if year < 100:
            year += 1900 if year >= _CENTURY else 2000
        day, month = (first, second) if day_first else (second, first)
        yield from _valid(match, year, month, day)
    for match in _ISO.finditer(text):
        yield from _valid(match, int(match[1]), int(match[2]), int(match[3]))


def _valid(match: re.Match[str], year: int, month: int, day: int) -> Iterator[WrittenDate]:
    try:
        found = date(year, month, day)
    except ValueError:
        return
    yield WrittenDate(date=found, span=Span(*match.span()))
