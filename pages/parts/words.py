"""How the screens say things: parts of an opinion, dates, places, and why a case was found.

Plain words of the law, no words of the machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import LegalDate, OpinionKind
from pages.parts.html import Html, el, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import Case, Coverage, Passage, Reason

# Characters beyond which a part may break: no citation is longer, many courts' names are.
_LONG = 36
_MONTHS = (
    "January February March April May June July August September October November December"
).split()

_PARTS = {
    OpinionKind.SYLLABUS: "syllabus",
    OpinionKind.MAJORITY: "opinion of the court",
    OpinionKind.PLURALITY: "plurality opinion",
    OpinionKind.PER_CURIAM: "per curiam",
    OpinionKind.CONCURRENCE: "concurring",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: "concurring in the judgment",
    OpinionKind.CONCUR_DISSENT: "concurring in part, dissenting in part",
    OpinionKind.DISSENT: "dissenting",
    OpinionKind.SEPARATE: "separate opinion",
    OpinionKind.STATEMENT: "statement",
    OpinionKind.COMBINED: "opinion",
}
_SIGNED = frozenset(
    {
        OpinionKind.CONCURRENCE,
        OpinionKind.CONCURRENCE_IN_JUDGMENT,
        OpinionKind.CONCUR_DISSENT,
        OpinionKind.DISSENT,
    }
)
_UNSIGNED = {
    OpinionKind.CONCURRENCE: "concurrence",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: "concurrence in the judgment",
    OpinionKind.CONCUR_DISSENT: "concurrence in part, dissent in part",
    OpinionKind.DISSENT: "dissent",
}
_ARMS = {
    "exact": "the citation you typed",
    "docket": "the docket number you typed",
    "caption": "the name you typed",
    "words": "words",
    "lexical": "words",
    "opinion": "whole opinion",
    "case": "whole opinion",
    "dense": "sense",
    "phrase": "the exact phrase",
    "citing": "cited for this by later cases",
}


def part_of_opinion(kind: OpinionKind, author: str | None, *, court: str = "") -> str:
    """Name one writing in a case: `opinion of the Court`, `Alito, dissenting`."""
    writer = writer_name(author)
    if kind in _SIGNED:
        return f"{writer}, {_PARTS[kind]}" if writer else _UNSIGNED[kind]
    if kind is OpinionKind.MAJORITY and court == "scotus":
        return "opinion of the Court"
    if kind in (OpinionKind.SEPARATE, OpinionKind.STATEMENT) and writer:
        return f"{_PARTS[kind]} of {writer}"
    return _PARTS[kind]


def writer_name(author: str | None) -> str:
    """Shorten `WICKERSHAM, District Judge.` to `Wickersham`."""
    name = (author or "").split(",")[0].strip().rstrip(".")
    return name.title() if name.isupper() else name


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def date_in_words(date: LegalDate | None) -> str:
    """Say a date as far as it is known: `April 22, 2009`, `April 2009`, `2009`."""
    if date is None:
        return "date not known"
    if date.month is None:
        return str(date.year)
    month = _MONTHS[date.month - 1]
    return f"{month} {date.year}" if date.day is None else f"{month} {date.day}, {date.year}"


def year_in_words(date: LegalDate | None) -> str:
    return "date not known" if date is None else str(date.year)


def case_title(case: Case) -> str:
    """Return the caption, or what the case can be called without one."""
    if case.case_name:
        return case.case_name
    docket = docket_in_words(case.docket_number)
    return f"{docket} (name not known)" if docket else "Name not known"


def unbroken(words: str) -> Html:
    """Keep a citation, a date or a docket number on one line."""
    return el("span", words, class_="nb")


def docket_in_words(number: str | None) -> str | None:
    """Write `No. 08-681`, whether or not the source wrote the `No.` itself."""
    if not number:
        return None
    return number if number.lower().startswith(("no.", "nos.", "docket")) else f"No. {number}"


def invented_mark(case: Case) -> Html | None:
    """Mark a case of the demonstration library wherever it is shown."""
    return el("span", "◇ invented", class_="tag warn") if case.invented else None


def dotted(*parts: str | Html | None) -> Html:
    """Join parts with middle dots; a line breaks only between them, or inside a long one."""
    kept = [p for p in parts if p]
    return joined(
        [p if isinstance(p, Html) or len(p) > _LONG else unbroken(p) for p in kept], " · "
    )


def where(passage: Passage, court: str, page: str | None) -> str:
    """Say where words of a passage stand: `at 435, opinion of the Court`."""
    part = part_of_opinion(passage.kind, passage.author, court=court)
    return f"at {page}, {part}" if page else part


def why_here(reasons: Sequence[Reason]) -> str:
    """Say what found a case: `words 1st · sense 3rd`; exact finds have no rank worth telling."""
    return " · ".join(
        words if len(words) > len("whole opinion") else f"{words} {ordinal(reason.rank)}"
        for reason in reasons
        if (words := _ARMS.get(reason.arm, reason.arm))
    )


def ordinal(n: int) -> str:
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def counted(n: int, noun: str, plural: str | None = None) -> str:
    """Write `1 case`, `3,171 cases`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def years_covered(coverage: Coverage) -> str:
    if coverage.earliest is None or coverage.latest is None:
        return ""
    first, last = coverage.earliest.year, coverage.latest.year
    return str(first) if first == last else f"{first}–{last}"
