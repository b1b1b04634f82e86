"""Say of every citation in a text what it is in this library.

A citation holds only where exactly one case begins at its page and bears the name written; what
is not in the library is said to be not in the library, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.law.captions import names_agree
from core.law.citations import find_citations
from core.library.cases import cases_at, cases_at_places, cases_by_name
from core.library.db import Reader
from core.model import (
    Case,
    CitationKind,
    CitationStatus,
    FoundCitation,
    ReporterCitation,
    ResolvedCitation,
)

_NO_CASE = frozenset({CitationKind.STATUTE, CitationKind.JOURNAL})
_POINTS_BACK = frozenset(
    {CitationKind.SHORT, CitationKind.SUPRA, CitationKind.ID, CitationKind.REFERENCE}
)

Verdict = tuple[CitationStatus, Case | None]


def resolve(text: str, db: Reader) -> tuple[ResolvedCitation, ...]:
    """Resolve every citation in a text, in its order.

    HELD: one case begins there, and the name, if one is written, agrees. NAME_DIFFERS: one does,
    under another name (the case is given). AMBIGUOUS: several do and the name does not tell.
    NOT_HELD: no case of the library begins there; where the page lies inside one, that is given.
    A short form has the status of the citation it points to.
    """
    return resolve_found(find_citations(text), db)


def resolve_found(found: Sequence[FoundCitation], db: Reader) -> tuple[ResolvedCitation, ...]:
    """Resolve the citations of one text, all of them, in its order; as `resolve` does."""
    places = [each.citation for each in found if each.citation and _is_place(each)]
    held = cases_at_places(db, places) if places else {}
    verdicts: list[Verdict] = []
    for citation in found:
        verdicts.append(_verdict(db, citation, held, verdicts))
    return tuple(
        ResolvedCitation(found=each, status=status, case=case)
        for each, (status, case) in zip(found, verdicts, strict=True)
    )


def held_case(written: str, db: Reader) -> Case | None:
    """Return the one case that a citation, or a name that stands alone, means; None for any other.

    None too where several cases can be meant, or where the case there bears another name.
    """
    found = find_citations(written)
    if found:
        resolved = resolve_found(found, db)
        cases = {each.case for each in resolved if each.status is CitationStatus.HELD}
        return next(iter(cases)) if len(cases) == 1 else None
    same = agreeing(cases_by_name(db, written), written)
    return same[0] if len(same) == 1 else None


def named(citation: FoundCitation) -> str | None:
    """Return the case name that is written before a citation, None where there is none."""
    parties = [party for party in (citation.plaintiff, citation.defendant) if party]
    return " v. ".join(parties) or None


def agreeing(cases: Sequence[Case], written: str) -> tuple[Case, ...]:
    """Return the cases whose name agrees with the one written."""
    return tuple(case for case in cases if case.case_name and names_agree(written, case.case_name))


def _is_place(citation: FoundCitation) -> bool:
    return citation.kind is CitationKind.FULL


def _verdict(
    db: Reader,
    citation: FoundCitation,
    held: dict[ReporterCitation, tuple[Case, ...]],
    before: Sequence[Verdict],
) -> Verdict:
    if citation.kind in _NO_CASE:
        return CitationStatus.NOT_A_CASE, None
    if citation.kind in _POINTS_BACK:
        return _as_antecedent(citation, before)
    if citation.citation is None or not _is_place(citation):
        return CitationStatus.NOT_HELD, None
    there = held.get(citation.citation, ())
    if not there:
        return CitationStatus.NOT_HELD, _containing(db, citation, citation.citation)
    return _by_name(there, named(citation))


def _as_antecedent(citation: FoundCitation, before: Sequence[Verdict]) -> Verdict:
    if citation.antecedent is None or citation.antecedent >= len(before):
        return CitationStatus.UNRESOLVED, None
    return before[citation.antecedent]


def _by_name(there: Sequence[Case], written: str | None) -> Verdict:
    """Decide between the cases that begin at one place."""
    if written is None or any(case.case_name is None for case in there):
        only = there[0] if len(there) == 1 else None
        return (CitationStatus.HELD, only) if only else (CitationStatus.AMBIGUOUS, None)
    same = agreeing(there, written)
    if len(same) == 1:
        return CitationStatus.HELD, same[0]
    if same:
        return CitationStatus.AMBIGUOUS, None
    return CitationStatus.NAME_DIFFERS, there[0] if len(there) == 1 else None


def _containing(db: Reader, citation: FoundCitation, place: ReporterCitation) -> Case | None:
    """Return the one case that the page lies inside of, if its name can be the one written."""
    around = cases_at(db, place).cases
    written = named(citation)
    if written is not None:
        around = agreeing(around, written)
    return around[0] if len(around) == 1 else None
