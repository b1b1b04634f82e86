"""The cases of the public shelf: by id, by citation, by docket number, by name.

A citation points to a place and is no key: it may lead to no case, to one or to several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.library.db import Reader, Transaction
from core.model import (
    Case,
    CaseId,
    Court,
    Coverage,
    LegalDate,
    Opinion,
    OpinionId,
    OpinionKind,
    PageLabel,
    ReporterCitation,
)

# A page of a reporter holds more than this, so that the estimate errs to the longer side.
PAGE_CHARACTERS = 1500
MOST_FOUND = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAt:
    """The cases at a place in a reporter; `interior` where it is not the page they begin on."""

    cases: tuple[Case, ...]
    interior: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtCount:
    """A court and how many of its cases the library holds."""

    court: Court
    cases: int


def case(db: Reader, case_id: CaseId) -> Case | None:
    """Return one case, None where the library has none of this id."""
    return cases(db, [case_id]).get(case_id)


def cases(db: Reader, ids: Iterable[CaseId]) -> dict[CaseId, Case]:
    """Return the cases of these ids, in their order; ids without a case are left out."""
    wanted = list(dict.fromkeys(ids))
    found = {
        held.case_id: held
        for held in db.rows("select_cases", case_from_row, case_ids=wanted)
        if wanted
    }
    return {case_id: found[case_id] for case_id in wanted if case_id in found}


def case_by_source_id(db: Reader, source_id: str) -> Case | None:
    """Return the case that its source calls `source_id`, None where it is not held."""
    found = db.value("select_case_by_source_id", source_id=source_id)
    return case(db, CaseId(found)) if isinstance(found, int) else None


def opinions(db: Reader, case_id: CaseId) -> tuple[Opinion, ...]:
    """Return the writings of a case in the order they are printed, with their page labels."""
    return tuple(db.rows("select_opinions", _opinion, case_id=case_id))


def cases_at(db: Reader, citation: ReporterCitation) -> FoundAt:
    """Return the cases that begin at this place, or else those that the page lies inside of.

    An interior page counts only as far as a case is known to reach: by its printed pages, or
    where it has none by the length of its text. Ordered by source id.
    """
    exact = cases_at_places(db, [citation])[citation]
    if exact or not (citation.page.isascii() and citation.page.isdigit()):
        return FoundAt(cases=exact, interior=False)
    around = db.rows(
        "find_cases_around_page",
        _found_id,
        volume=citation.volume,
        reporter=citation.reporter,
        page=min(int(citation.page), 10**6),
        page_characters=PAGE_CHARACTERS,
    )
    return FoundAt(cases=tuple(cases(db, around).values()), interior=bool(around))


def cases_at_places(
    db: Reader, citations: Sequence[ReporterCitation]
) -> dict[ReporterCitation, tuple[Case, ...]]:
    """Return, for each place, the cases that begin exactly there, ordered by source id."""
    wanted = list(dict.fromkeys(citations))
    pairs = db.rows(
        "find_cases_at_places",
        _found_pair,
        volumes=[each.volume for each in wanted],
        reporters=[each.reporter for each in wanted],
        pages=[each.page for each in wanted],
    )
    held = cases(db, (case_id for _, case_id in pairs))
    by_place: defaultdict[int, list[Case]] = defaultdict(list)
    for place, case_id in pairs:
        by_place[place].append(held[case_id])
    return {each: tuple(by_place[n]) for n, each in enumerate(wanted, start=1)}


def cases_by_docket(db: Reader, written: str, *, most: int = MOST_FOUND) -> tuple[Case, ...]:
    """Return the cases that bear every docket number in `written`, however it is spelt.

    `No. 12-1573` finds `12-1573, 12-1653`; `1:12-cv-01573-ABC` finds `12-cv-1573`.
    """
    ids = db.rows("find_cases_by_docket", _found_id, written=written, most=most)
    return tuple(cases(db, ids).values())


def cases_by_name(db: Reader, caption: str, *, most: int = MOST_FOUND) -> tuple[Case, ...]:
    """Return the cases whose name has every word of `caption`; the shortest names first."""
    ids = db.rows("find_cases_by_name", _found_id, caption=caption, most=most)
    return tuple(cases(db, ids).values())


def coverage(db: Reader, *, as_of: date | None = None) -> Coverage:
    """Tell what the library holds; with `as_of`, of what cannot have been decided later."""
    found = db.row("select_coverage", _coverage, as_of=as_of)
    assert found is not None, "the library has its one row"  # noqa: S101
    return found


def courts(db: Reader) -> tuple[CourtCount, ...]:
    """Return the courts with at least one case, by name, and how many cases each has."""
    return tuple(db.rows("select_courts", _court_count))


def revision(db: Reader) -> int:
    """Return the library's revision: it goes up with every change of the shelf."""
    found = db.value("select_revision")
    return found if isinstance(found, int) else 0


def delete_cases(transaction: Transaction, ids: Sequence[CaseId]) -> int:
    """Take cases off the shelf with all that hangs on them; return how many there were.

    What other cases cite them for is resolved anew by the next `citing.resolve_citations`.
    Their numbers stay in the lexical index, where readers pass over them, until
    `segments.drop_dead_postings`.
    """
    transaction.execute("unlink_cases_citing", case_ids=ids)
    deleted = transaction.execute("delete_cases", case_ids=ids)
    transaction.execute("bump_revision")
    return deleted


def case_from_row(  # noqa: PLR0913  the columns of a case
    *,
    case_id: int,
    source_id: str,
    case_name: str | None,
    court: str,
    court_name: str,
    jurisdiction: str | None,
    docket_number: str | None,
    date_filed: str | None,
    date_argued: str | None,
    source: str | None,
    license: str | None,  # noqa: A002  the column's name
    invented: bool,
    places: list[list[str]],
) -> Case:
    """Make a case of the columns that select_cases gives."""
    return Case(
        case_id=CaseId(case_id),
        source_id=source_id,
        case_name=case_name,
        court=Court(court=court, name=court_name, jurisdiction=jurisdiction),
        docket_number=docket_number,
        date_filed=_legal_date(date_filed),
        date_argued=_legal_date(date_argued),
        citations=tuple(
            ReporterCitation(volume=volume, reporter=reporter, page=page)
            for volume, reporter, page in places
        ),
        source=source,
        license=license,
        invented=invented,
    )


def _opinion(  # noqa: PLR0913  the columns of an opinion
    *,
    opinion_id: int,
    case_id: int,
    ordinal: int,
    kind: str,
    author: str | None,
    text: str,
    footnotes_start: int | None,
    page_starts: list[int],
    page_labels: list[str],
) -> Opinion:
    return Opinion(
        opinion_id=OpinionId(opinion_id),
        case_id=CaseId(case_id),
        ordinal=ordinal,
        kind=OpinionKind(kind),
        author=author,
        text=text,
        footnotes_start=footnotes_start,
        pages=tuple(
            PageLabel(start=start, label=label)
            for start, label in zip(page_starts, page_labels, strict=True)
        ),
    )


def _found_id(*, case_id: int, source_id: str) -> CaseId:
    del source_id  # what it is ordered by
    return CaseId(case_id)


def _found_pair(*, place: int, case_id: int, source_id: str) -> tuple[int, CaseId]:
    del source_id  # what it is ordered by
    return place, CaseId(case_id)


def _coverage(  # noqa: PLR0913  the columns of a coverage
    *,
    revision: int,
    changed_at: datetime | None,
    cases: int,
    courts: int,
    undated: int,
    opinions: int,
    passages: int,
    earliest: str | None,
    latest: str | None,
) -> Coverage:
    return Coverage(
        cases=cases,
        opinions=opinions,
        passages=passages,
        courts=courts,
        earliest=_legal_date(earliest),
        latest=_legal_date(latest),
        undated=undated,
        revision=revision,
        changed_at=changed_at,
    )


def _court_count(*, court: str, name: str, jurisdiction: str | None, cases: int) -> CourtCount:
    return CourtCount(court=Court(court=court, name=name, jurisdiction=jurisdiction), cases=cases)


def _legal_date(text: str | None) -> LegalDate | None:
    return None if text is None else LegalDate.parse(text)
