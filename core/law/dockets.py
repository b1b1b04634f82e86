"""Docket numbers, and the stamp that a federal court prints across the top of what is filed.

`Case 1:20-cv-00123-ABC Document 12 Filed 01/02/21 Page 1 of 9`: each court of appeals prints its
own form of it, so that the form alone can name the court.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.law.court_words import court_of_code, district_court
from core.law.dates import only_date

_DATE = r"(?P<filed>\d\d?/\d\d?/\d{2,4})"
_PAGE = r"\d+(?: ?of ?\d+)?"
_NUMBER = r"(?P<docket>\d\d-\d{2,5})(?:\s*\([LC]\))?"
_DOCUMENT = r"(?P<document>[\d.-]+)"
# Tried in this order: the first that fits is the court's.
_APPEALS = (
    ("cadc", rf"USCA Case #{_NUMBER} Document #{_DOCUMENT} Filed: {_DATE}"),
    ("ca4", rf"(?:USCA4 )?Appeal: {_NUMBER} Doc: {_DOCUMENT} (?:Date )?Filed: {_DATE} Pg: {_PAGE}"),
    ("ca10", rf"Appellate Case: {_NUMBER} Document: {_DOCUMENT} Date Filed: {_DATE} Page: {_PAGE}"),
    ("ca8", rf"Appellate Case: {_NUMBER} Page: {_PAGE} Date Filed: {_DATE} Entry ID: \d+"),
    (
        "ca11",
        rf"USCA11 Case: {_NUMBER} (?:Document: {_DOCUMENT} )?Date Filed: {_DATE} Page: {_PAGE}",
    ),
    ("ca11", rf"Case: {_NUMBER} Date Filed: {_DATE} Page: \d+ of \d+"),
    ("ca2", rf"Case:? {_NUMBER}, Document:? {_DOCUMENT}, {_DATE}, \d+, Page ?{_PAGE}"),
    ("ca9", rf"Case: {_NUMBER}, {_DATE}, (?:ID: \d+, )?DktEntry: {_DOCUMENT}, Page {_PAGE}"),
    (
        "ca1",
        rf"Case: {_NUMBER} Document: {_DOCUMENT} Page: {_PAGE} Date Filed: {_DATE} Entry ID: \d+",
    ),
    # The Fifth Circuit numbers its cases with five figures, the Third with four.
    (
        "ca5",
        rf"Case: (?P<docket>\d\d-\d{{5}}) Document: {_DOCUMENT} Page: {_PAGE} Date Filed: {_DATE}",
    ),
    ("ca3", rf"Case: {_NUMBER} Document: {_DOCUMENT} Page: {_PAGE} Date Filed: {_DATE}"),
    ("ca7", rf"Case: {_NUMBER} Document: {_DOCUMENT} Filed: {_DATE} Pages: \d+"),
    ("ca6", rf"Case: {_NUMBER} Document: {_DOCUMENT} Filed: {_DATE} Page: {_PAGE}"),
    ("cafc", rf"Case: {_NUMBER} Document: {_DOCUMENT} Page: {_PAGE} Filed: {_DATE}"),
)
_OF_APPEALS = tuple((court, re.compile(form, re.IGNORECASE)) for court, form in _APPEALS)
_DISTRICT = re.compile(
    r"(?:\bCase(?: No\.?)?:? ?#?)?"
    r"(?P<docket>\b\d{1,2}:\d\d-[a-z]{2}-\d{3,6}(?:-[A-Z]{1,4}\d?)*|\b\d\d-\d{5}(?:-[A-Za-z]{2,4}\d{0,2})?)"
    r",? ?(?:Document|Doc(?:ket)?\.?|ECF No\.?)(?: No\.)? ?#?:? ?(?P<document>\d+(?:-\d+)?)"
    r"(?P<rest>[ ,].{0,60}?)(?:Filed|Entered on (?P<code>[A-Z]{4}) Docket):?(?: on)? "
    + _DATE
    + r"(?=(?P<tail>.{0,60}))",
    re.IGNORECASE,
)
_USDC = re.compile(r"USDC (?P<state>[A-Z][a-z]+(?: (?!Page)[A-Z][a-z]+)?)")
_FILED_FILE = re.compile(r"gov\.uscourts\.(?P<court>[a-z0-9]{3,})\.\d+")
# Eastern District of Michigan's own way to count pages.
_PG_ID = re.compile(r"Pg ID \d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a court printed across a paper when it was filed."""

    docket_number: str
    document: str | None
    filed: date | None
    # None where the form does not tell.
    court: str | None


def stamps_in(text: str) -> tuple[Stamp, ...]:
    """Find the stamps in a text, each one once, the latest first: it is the paper's own.

    An exhibit bears the stamp of the case that it was first filed in as well.
    """
    flat = " ".join(text.split())
    of_appeals = tuple(_stamps_of_appeals(flat))
    numbers = {stamp.docket_number for stamp in of_appeals}
    of_districts = (
        each for each in _stamps_of_districts(flat) if each.docket_number not in numbers
    )
    found = dict.fromkeys((*of_appeals, *of_districts))
    return tuple(sorted(found, key=lambda stamp: stamp.filed or date.min, reverse=True))


def court_of_file(name: str) -> str | None:
    """Return the court in a name such as `gov.uscourts.nysd.123456.1.0.pdf`, as archives give."""
    found = _FILED_FILE.search(name)
    return court_of_code(found["court"]) if found else None


def _stamps_of_appeals(flat: str) -> Iterator[Stamp]:
    taken: set[int] = set()
    for court, form in _OF_APPEALS:
        for match in form.finditer(flat):
            # A later form is a looser one: it may fit the rest of what an earlier one has read.
            if match.end("docket") in taken:
                continue
            taken.add(match.end("docket"))
            yield Stamp(
                docket_number=match["docket"],
                document=match.groupdict().get("document"),
                filed=only_date(match["filed"]),
                court=court,
            )


def _stamps_of_districts(flat: str) -> Iterator[Stamp]:
    for match in _DISTRICT.finditer(flat):
        yield Stamp(
            docket_number=match["docket"],
            document=match["document"],
            filed=only_date(match["filed"]),
            court=_district(match),
        )


def _district(match: re.Match[str]) -> str | None:
    if match["code"]:
        return court_of_code(match["code"].casefold())
    state = _USDC.search(match["tail"])
    if state:
        return district_court(state["state"], "")
    return "mied" if _PG_ID.search(match["tail"]) else None
