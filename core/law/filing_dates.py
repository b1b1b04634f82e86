"""When a paper was filed or decided, by the words that stand before its dates.

A paper has many dates: of hearings, of judgments below, of what it tells. Only a few words say
that a date is its own; a date with none of them asks to be confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.law.dates import WrittenDate, dates_in
from core.model import FilingKind

_HEAD = 5_000  # characters in which a head states its date
_LETTERHEAD = 1_500
_BEFORE = 110
# What happened on a date, by the words before it, and how likely that makes it the paper's own;
# the first that fits. In a sentence ("the motion was filed May 1") they have no capital.
_HAPPENED: tuple[tuple[re.Pattern[str], float], ...] = (
    (
        re.compile(r"\b(?:or after|or before|before|after|since|until|by|than)\s*$", re.IGNORECASE),
        0.1,
    ),
    (
        re.compile(
            r"\b(?:hearing|heard|delivered|handed|argued|submitted|received|trial|conference)"
            r"\W*(?:dates?|on|down)?\W*$",
            re.IGNORECASE,
        ),
        0.2,
    ),
    (re.compile(r"(?<!\()\b(?:[Ee]-?)?(?:Filed|FILED)(?: on| ON)?\W*$"), 0.92),
    (
        re.compile(
            r"\b(?:Decided|DECIDED|Rendered|Entered|ENTERED|Issued|Released|Opinion [Ff]iled"
            r"|Judgment [Dd]ate|Date [Oo]f (?:[Dd]ecision|[Jj]udgment|[Oo]rder))\W*(?:on )?$"
        ),
        0.9,
    ),
    (re.compile(r"(?<!\()\bFILED\b[^.]{0,90}$"), 0.85),
    (re.compile(r"\b(?:Date|DATE)\s*:?\s*$"), 0.88),
    (
        re.compile(
            r"\b(?:hearing|heard|argued|submitted|received|born|birth|served|mailed|revised|rev"
            r"|effective|filed|entered)\b[^.]{0,24}$",
            re.IGNORECASE,
        ),
        0.2,
    ),
)
_UNLIKELY = 0.5
_SIGNED_ON = re.compile(
    r"\b(?:dated?|done|executed|entered|ordered|signed)\b[^.]{0,60}$", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*$", re.IGNORECASE)
_DEAR = re.compile(r"^\s*Dear\b", re.MULTILINE)
_LINE_START = re.compile(r"(?:^|\n)[ \t]*$")
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDate:
    """A paper's own date, and how sure that is, 0 to 1."""

    date: date
    sureness: float


def own_date(head: str, tail: str, kind: FilingKind, *, day_first: bool) -> OwnDate | None:
    """Return the date that is most likely a paper's own, of equals the first.

    None where it has none, or one that is yet to come.
    """
    found = [
        *_in_head(head[:_HEAD], kind, day_first=day_first),
        *_at_end(tail, day_first=day_first),
    ]
    best = max(found, key=lambda each: each.sureness, default=None)
    return best if best and best.date <= date.today() else None  # noqa: DTZ011  a date of law


def _in_head(head: str, kind: FilingKind, *, day_first: bool) -> Iterator[OwnDate]:
    for found in dates_in(head, day_first=day_first):
        yield OwnDate(date=found.date, sureness=_likely(head, found, kind))


def _at_end(tail: str, *, day_first: bool) -> Iterator[OwnDate]:
    for found in dates_in(tail, day_first=day_first):
        yield OwnDate(date=found.date, sureness=_likely_at_end(tail, found))


def _likely(head: str, found: WrittenDate, kind: FilingKind) -> float:
    before = head[max(0, found.span.start - _BEFORE) : found.span.start]
    flat = " ".join(before.split())
    if kind is FilingKind.LETTER and _in_letterhead(head, found):
        return 0.88
    for words, likely in _HAPPENED:
        if words.search(flat):
            return likely
    if kind is FilingKind.TRANSCRIPT and _WEEKDAY.search(flat):
        return 0.7
    return 0.55 if _stands_alone(head, found) else 0.15


def _in_letterhead(head: str, found: WrittenDate) -> bool:
    greeting = _DEAR.search(head)
    end = greeting.start() if greeting else _LETTERHEAD
    return found.span.start < end and _stands_alone(head, found)


def _likely_at_end(tail: str, found: WrittenDate) -> float:
    before = tail[max(0, found.span.start - _BEFORE) : found.span.start]
    flat = " ".join(before.split())
    if any(words.search(flat) for words, likely in _HAPPENED if likely < _UNLIKELY):
        return 0.2
    if _SIGNED_ON.search(flat):
        return 0.7
    return 0.6 if _stands_alone(tail, found) else 0.1


def _stands_alone(text: str, found: WrittenDate) -> bool:
    before = text[max(0, found.span.start - _BEFORE) : found.span.start]
    return (
        _LINE_START.search(before) is not None and _LINE_END.match(text, found.span.end) is not None
    )
