"""The cases that a query names outright: by citation, by docket number, by name.

They come before anything found by words; what is not held, or may be several, is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.law.captions import names_agree
from core.library import cases
from core.library.db import Reader
from core.model import Case, QueryKind, ReporterCitation, Understood
from core.search.cite import agreeing


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Cases named by a query, the likeliest first, and words for the screen."""

    cases: tuple[Case, ...] = ()
    # The page asked for, where it lies inside the cases rather than at their beginning.
    page: str | None = None
    notices: tuple[str, ...] = ()


def named_cases(db: Reader, understood: Understood) -> Named:
    """Return the cases that a query names; none for plain words."""
    if understood.citation is not None:
        return _at(db, understood.citation, understood.caption)
    if understood.docket_number is not None:
        return _with_docket(db, understood.docket_number)
    if understood.kind is QueryKind.CAPTION and understood.caption is not None:
        return Named(cases=_first_agreeing(cases.cases_by_name(db, understood.caption), understood))
    return Named()


def promoted(found: Sequence[Case], understood: Understood) -> list[Case]:
    """Return those of the cases found by words whose name is the one asked for."""
    caption = understood.caption if understood.kind is QueryKind.CAPTION else None
    return [each for each in found if caption and _is_named(each, caption)]


def _at(db: Reader, citation: ReporterCitation, name: str | None) -> Named:
    found = cases.cases_at(db, citation)
    there = found.cases
    if not there:
        return _not_held(db, citation, name)
    notices: list[str] = []
    same = agreeing(there, name) if name else there
    if name and not same:
        notices.append(f"What the library holds at {citation} bears another name than “{name}”.")
    there = same or there
    if len(there) > 1:
        notices.append(f"{len(there)} cases are at {citation}: all are shown first.")
    if found.interior:
        notices.append(f"{citation} lies inside the case shown first.")
    page = citation.page if found.interior else None
    return Named(cases=there, page=page, notices=tuple(notices))


def _not_held(db: Reader, citation: ReporterCitation, name: str | None) -> Named:
    same = agreeing(cases.cases_by_name(db, name), name) if name else ()
    said = "Cases of that name are shown first." if same else "The words were searched."
    notice = f"{citation} is not in this library, and lies inside no case that is. {said}"
    return Named(cases=same, notices=(notice,))


def _with_docket(db: Reader, number: str) -> Named:
    there = cases.cases_by_docket(db, number)
    if there:
        return Named(cases=there)
    return Named(
        notices=(
            f"No case of this library bears the docket number {number}; the words were searched.",
        )
    )


def _first_agreeing(found: Sequence[Case], understood: Understood) -> tuple[Case, ...]:
    """Put the cases of that very name before those that only have its words."""
    caption = understood.caption or ""
    return tuple(sorted(found, key=lambda case: not _is_named(case, caption)))


def _is_named(case: Case, caption: str) -> bool:
    return case.case_name is not None and names_agree(caption, case.case_name)
