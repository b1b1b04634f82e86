"""A case cited as the Bluebook asks: name, volume, reporter, page, pincite, court and year.

Whatever the library does not know is left out, never guessed; a case not yet in a reporter is cited
by its docket number and full date (rule 10.8.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.law.abbreviations import CASE_NAME_WORDS, STATES
from core.law.captions import parties
from core.law.courts import court_abbreviation
from core.model import Case, LegalDate, ReporterCitation

_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June",
    "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip  # table T12
_SUPREME_COURT_REPORTERS = frozenset({"U.S.", "S. Ct.", "L. Ed.", "L. Ed. 2d"})
_DATABASES = frozenset({"WL", "LEXIS"})
_NO_NAME = "[case name not known]"
_DIRECTIONS = frozenset({"North", "South", "East", "West"})
_SERIES = re.compile(r" ?\d(?:d|th)")
_EN_DASHES = re.compile(r"(?<=\d)\s?[-‐‑−]\s?(?=\*?\d)")
_ET_AL = re.compile(r",?\s+et (?:al|ux|vir)\.?(?=$|,)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteParts:
    """A citation in two: the name, which is set in italics, and the rest, which is not."""

    name: str
    rest: str

    def __str__(self) -> str:
        return f"{self.name}{self.rest}"


def cite_case(case: Case, pincite: str | None = None) -> str:
    """Cite a case in plain text: `Nken v. Holder, 556 U.S. 418, 435 (2009)`."""
    return str(cite_parts(case, pincite))


def cite_parts(case: Case, pincite: str | None = None) -> CiteParts:
    """Cite a case, its name apart from the rest. Bluebook rules 10.2 to 10.5 and 10.8.1."""
    place = case.citations[0] if case.citations else None
    if place is None:
        rest = _unreported(case, pincite)
    elif place.reporter.split()[-1] in _DATABASES:
        rest = _in_database(case, place, pincite)
    else:
        rest = (
            f", {place}{_pages(pincite)}{_parenthetical(_court(case, place), _year(case, place))}"
        )
    return CiteParts(name=cite_name(case.case_name), rest=rest)


def _unreported(case: Case, pincite: str | None) -> str:
    page = f", slip op. at {_dashed(pincite)}" if pincite else ""
    return (
        f"{_docket(case)}{page}{_parenthetical(_abbreviation(case), _full_date(case.date_filed))}"
    )


def _in_database(case: Case, place: ReporterCitation, pincite: str | None) -> str:
    page = f", at {_dashed(pincite)}" if pincite else ""
    dated = _parenthetical(_abbreviation(case), _full_date(case.date_filed))
    return f"{_docket(case)}, {place}{page}{dated}"


def _docket(case: Case) -> str:
    number = (case.docket_number or "").strip()
    if not number:
        return ""
    if number.lower().startswith(("no", "civ", "case", "docket")):
        return f", {number}"
    return f", {'Nos.' if re.search(r'[,;&]| and ', number) else 'No.'} {number}"


def _pages(pincite: str | None) -> str:
    return f", {_dashed(pincite)}" if pincite else ""


def _dashed(pincite: str) -> str:
    return _EN_DASHES.sub("–", pincite.strip().removeprefix("at ").strip())


def _parenthetical(court: str, when: str) -> str:
    inside = f"{court} {when}".strip()
    return f" ({inside})" if inside else ""


def _court(case: Case, place: ReporterCitation) -> str:
    """Leave the court out where the reporter says it: all of U.S., "Ill. App. 3d" for its court."""
    if place.reporter in _SUPREME_COURT_REPORTERS or _is_neutral(case, place):
        return ""
    court = _abbreviation(case)
    named = court.removesuffix(" Ct.")
    if named and place.reporter.startswith(named):
        rest = place.reporter.removeprefix(named)
        return "" if not rest or _SERIES.fullmatch(rest) else court
    return court


def _abbreviation(case: Case) -> str:
    return "" if case.court.court == "unknown" else court_abbreviation(case.court.court)


def _year(case: Case, place: ReporterCitation) -> str:
    if case.date_filed is None or _is_neutral(case, place):
        return ""
    return str(case.date_filed.year)


def _is_neutral(case: Case, place: ReporterCitation) -> bool:
    """A public-domain citation ("2012 IL App (1st) 111234") carries court and year in itself."""
    year = (
        case.date_filed.year
        if case.date_filed
        else int(place.volume[:4])
        if place.volume.isdigit()
        else 0
    )
    return len(place.volume) == 4 and place.volume == str(year) and year > 1900


def _full_date(when: LegalDate | None) -> str:
    if when is None or when.month is None:
        return "" if when is None else str(when.year)
    day = f" {when.day}," if when.day is not None else ""
    return f"{_MONTHS[when.month - 1]}{day} {when.year}"


def cite_name(case_name: str | None) -> str:
    """Shorten a case name as rule 10.2.2 and table T6 ask; says so when the name is not known."""
    name = _ET_AL.sub("", " ".join((case_name or "").split())).strip(" ,")
    if not name:
        return _NO_NAME
    first, second = parties(name)
    sides = [_cite_party(side) for side in (first, second) if side]
    return " v. ".join(sides)


def _cite_party(party: str) -> str:
    party = re.sub(r"^The (?=\S)", "", party)
    words = party.split(" ")
    if len(words) == 1 or party in STATES:
        return party
    last = len(words) - 1
    return " ".join(_cite_word(word, last=index == last) for index, word in enumerate(words))


def _cite_word(word: str, *, last: bool) -> str:
    bare = word.rstrip(",")
    if last and bare in _DIRECTIONS:
        return word
    short = CASE_NAME_WORDS.get(bare) or STATES.get(bare)
    return word if short is None else f"{short}{word[len(bare) :]}"


def page_range(first: str, last: str | None) -> str:
    """Join two pages by an en dash and drop repeated digits but the last two (rule 3.2(a)).

    `434–35`, `1299–301`, `98–101`; one page alone where `last` is None or the same.
    """
    if last is None or last == first:
        return first
    if first.isdigit() and last.isdigit() and len(first) == len(last) > 2:
        same = next(i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
        last = last[min(same, len(last) - 2) :]
    return f"{first}–{last}"
