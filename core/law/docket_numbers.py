"""The number under which a court keeps a case, as the head of a paper states it.

`No. 20-1507`, `Case No. 8:16-cv-1261 DOC (KESx)`, `Civil Action No. 17-2336`, `UA-2021-000019-T`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.model import Span

_LABEL = (
    r"(?:(?:Civil|Criminal|Misc(?:ellaneous|\.)?|Adversary|Bankruptcy|Appeal|UTLC|District"
    r"|Originating|State|DC|USDC|Court|Lower|License|Licence|Bar|Tax|Court\s+of\s+Appeals)\s+)?"
    r"(?:(?:Case|Action|Docket|Appeal|Cause|Index|File|Claim|Proceeding|Complaint|Matter"
    r"|C\.?\s?A\.?)\s*)?"
)
_TYPED = (
    r"(?:\d{1,2}:)?\d\d[-–](?:[a-zA-Z]{2,4})[-–]\d{2,6}(?:[-–][A-Za-z]{1,6}\d?\b)*"
    r"(?:\s?\([A-Za-z]+\))?"
)
_NUMBER = (
    rf"(?:{_TYPED}|\d\d[ -]Civ\.?[ -]\d{{3,6}}(?:\s?\([A-Z]{{2,4}}\))?|\d\d [A-Z]{{1,2}} \d{{3,6}}"
    rf"|(?:SA|ED)?C[VR]\s?\d\d[-–]\d{{3,6}}|\d{{4}} Folio \d+"
    r"|[A-Z]{0,5}[-/]?\d(?:[^\W_]|[:/.–-])*[^\W_])"
)
_STATED = re.compile(
    rf"(?<![\w-])(?P<label>{_LABEL}(?:No(?:s)?\.?|Numbers?|#|references?)\s*[.:]?(?:\(s\))?:?)\s*(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w-])(?P<number>{_TYPED}|C?CO/\d+/\d{{4}}|[A-H]\d{{6}}(?=\s*\n))")
_OF_ANOTHER = re.compile(
    r"\b(?:super|superior|ct|usdc|dc|district|originating|state|lower|bar|licen[cs]e|tax|dkt|doc|ecf|sbn|telephone|fax|id"
    r"|phone|citation|identification|room|suite|form|order|rule|release|exhibit|page|permit|policy|account|vin|serial|unit)\b\W*$"
    r"|\bappeal\w* (?:from|of)\b[^.]{0,140}$|\bin case\W*$",
    re.IGNORECASE,
)
_DOCKET_KEY = re.compile(r"(?:\d{1,2}:)?(?:19|20)?(\d\d)-(?:[a-z]{2,4}-)?0*(\d{2,6})")
# A form's, or of a complaint that has no number yet: `1:21-cv-________`.
_BLANK = re.compile(r"[^\s_]*__")
# What is no docket number has fewer figures.
_FEWEST_FIGURES = 3
_BEFORE = 170


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNumber:
    """A docket number as a paper states it, and where."""

    number: str
    span: Span
    # With "No." or the like before it; without, it is known by its form alone.
    labelled: bool
    # It is of another court, from which the case came.
    another: bool


def stated_number(head: str) -> StatedNumber | None:
    """Return the docket number that the head of a paper states; None where there is none."""
    return next((each for each in numbers_in(head) if not each.another), None)


def numbers_in(head: str) -> tuple[StatedNumber, ...]:
    """Find the docket numbers in a head: first those with a label, then those without."""
    labelled = tuple(_labelled(head))
    taken = {at for each in labelled for at in range(each.span.start, each.span.end)}
    bare = tuple(
        StatedNumber(
            number=_tidy(match["number"]), span=Span(*match.span()), labelled=False, another=False
        )
        for match in _BARE.finditer(head)
        if match.start() not in taken
    )
    return (*labelled, *bare)


def same_docket(one: str, other: str) -> bool:
    """Say whether two ways to write a docket number can mean one case."""
    return bool(_keys(one) & _keys(other)) or _plain(one) == _plain(other)


def _labelled(head: str) -> Iterator[StatedNumber]:
    for match in _STATED.finditer(head):
        figures = sum(c.isdigit() for c in match["number"])
        if figures < _FEWEST_FIGURES or _BLANK.match(head, match.start("number")):
            continue
        before = f"{' '.join(head[max(0, match.start() - _BEFORE) : match.start()].split())} "
        yield StatedNumber(
            number=_tidy(match["number"]),
            span=Span(*match.span()),
            labelled=True,
            another=_OF_ANOTHER.search(before + _first_word(match["label"])) is not None,
        )


def _first_word(label: str) -> str:
    """Return what a label begins with, where that is a word for another court's number."""
    word = label.split(maxsplit=1)[0] if len(label.split()) > 1 else ""
    return word if _OF_ANOTHER.search(word) else "."


def _tidy(number: str) -> str:
    return " ".join(number.replace("–", "-").split()).rstrip(".,;:-")


def _keys(number: str) -> set[tuple[str, str]]:
    small = re.sub(r"\b([a-z]{2})\s?(?=\d\d-)", "", number.casefold().replace("–", "-"))
    small = re.sub(r"(\d\d)[ -]civ\.?[ -](?=\d)", r"\1-cv-", small)
    return {(match[1], match[2]) for match in _DOCKET_KEY.finditer(small)}


def _plain(number: str) -> str:
    return re.sub(r"\W", "", number).casefold()
