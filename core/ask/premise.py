"""Test what a question takes for granted against the library, before it is answered.

"Since Pell overruled Dunmore …" is answered with the correction first. What nothing here can tell
is not said to be wrong: a case that is not held may well say what the question has it say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.ask.assumed import Assumed, Decided, Ended, Stands, Unanimous, Wrote, assumed
from core.ask.plain import plain_line
from core.ask.references import Named, Reference, Resolve, agreeing_cases, references
from core.ask.sources import Opinions
from core.ask.tested import Tested, fits_court, tested_by_writings
from core.law.bluebook import cite_case, cite_name
from core.law.captions import names_agree
from core.law.courts import is_over
from core.model import (
    ENDS_LAW,
    Case,
    CaseId,
    CitationStatus,
    Extent,
    Premise,
    PremiseVerdict,
    Treated,
    Treatment,
)
from core.search.treated import treated_words

HOLDS, WRONG, UNTESTED = PremiseVerdict.HOLDS, PremiseVerdict.WRONG, PremiseVerdict.UNTESTED
_ORDER = (WRONG, UNTESTED, HOLDS)
# A question without one of these names no case; most are answered without a look.
_MAY_NAME = re.compile(
    r"\bv(?:s?\.|ersus|s)?\s|\d|\b(?:in re|ex parte|justice|judge)\b|[A-Z]\w", re.IGNORECASE
)
_LESS = frozenset(
    {Treatment.LIMITED, Treatment.DISTINGUISHED, Treatment.FOLLOWED, Treatment.EXPLAINED}
)

AllTreatments = Callable[[Sequence[CaseId]], Mapping[CaseId, Sequence[Treated]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The ways of looking into the library that premises are tested by."""

    resolve: Resolve
    named: Named
    opinions: Opinions
    treatments: AllTreatments


def premises(question: str, looks: Looks) -> tuple[Premise, ...]:
    """Test what a question takes for granted; what is wrong first, then in its order."""
    if not _MAY_NAME.search(question):
        return ()
    cases = references(question, looks.resolve, looks.named)
    if not cases:
        return ()
    found = [(one.span, tested) for one in cases if (tested := _identity(one, looks)) is not None]
    found += [(one.span, _tested(one, cases, looks)) for one in assumed(question, cases)]
    made: dict[tuple[object, ...], Premise] = {}
    for span, tested in found:
        premise = Premise(
            text=span.of(question),
            span=span,
            verdict=tested.verdict,
            correction=plain_line(tested.words),
            case_id=tested.case_id,
            opinion_id=tested.opinion_id,
        )
        made.setdefault((tested.verdict, tested.words or span), premise)
    return tuple(sorted(made.values(), key=lambda one: (_ORDER.index(one.verdict), one.span.start)))


# --- the case itself: its name, page, year and court ---


def _identity(one: Reference, looks: Looks) -> Tested | None:
    """Test what a citation says of a case; None for a bare name that is held, or that is not."""
    if one.status is CitationStatus.NAME_DIFFERS and one.case is not None:
        return _other_name(one, one.case, looks)
    if one.case is None:
        return _not_held(one, looks) if one.citation is not None else None
    return _year(one, one.case, one.year) or _court(one, one.case) or _held(one, one.case)


def _other_name(one: Reference, case: Case, looks: Looks) -> Tested:
    name = one.name or ""
    elsewhere = [
        other for other in agreeing_cases(name, looks.named) if other.case_id != case.case_id
    ]
    known = f"; {cite_case(elsewhere[0])} is the case of that name" if len(elsewhere) == 1 else ""
    words = f"{one.citation} is {cite_case(case)}, not {name}{known}."
    return Tested(verdict=WRONG, words=words, case_id=case.case_id)


def _not_held(one: Reference, looks: Looks) -> Tested:
    name = f"{one.name}, {one.citation}" if one.name else str(one.citation)
    called = agreeing_cases(one.name, looks.named) if one.name else []
    known = f"; it holds {cite_case(called[0])}" if len(called) == 1 else ""
    words = f"{name} is not in this library{known}, so nothing said of it could be tested."
    return Tested(verdict=UNTESTED, words=words)


def _held(one: Reference, case: Case) -> Tested | None:
    return Tested(verdict=HOLDS, case_id=case.case_id) if one.citation is not None else None


def _year(one: Reference, case: Case, year: int | None) -> Tested | None:
    filed = case.date_filed
    if year is None or filed is None or filed.year == year:
        return None
    whose = "" if one.citation is not None else "The library's only case of that name, "
    decided = f"{whose}{cite_case(case)}, was decided in {filed.year}, not in {year}."
    return Tested(verdict=WRONG, words=decided, case_id=case.case_id)


def _court(one: Reference, case: Case) -> Tested | None:
    if one.court is None or case.court.court in (one.court, "unknown"):
        return None
    return _of_another_court(one, case)


def _of_another_court(one: Reference, case: Case) -> Tested:
    """Of a name alone there may be decisions of several courts, on the way up."""
    if one.citation is not None:
        words = f"{cite_case(case)} is a decision of the {case.court.name}."
        return Tested(verdict=WRONG, words=words, case_id=case.case_id)
    words = (
        f"The library's only case of that name is {cite_case(case)}, of the {case.court.name}; "
        "whether another court decided one could not be tested."
    )
    return Tested(verdict=UNTESTED, words=words, case_id=case.case_id)


# --- what is said of the cases ---


def _tested(one: Assumed, cases: Sequence[Reference], looks: Looks) -> Tested:
    if isinstance(one, Ended):
        return _ended(one, cases, looks)
    reference = cases[one.case]
    case = reference.case
    if case is None or reference.status is CitationStatus.NAME_DIFFERS:
        return _unknown(reference)
    if isinstance(one, Wrote | Unanimous):
        return tested_by_writings(one, case, looks.opinions(case.case_id))
    if isinstance(one, Stands):
        return _stands(case, looks)
    return _decided(one, reference, case)


def _unknown(one: Reference) -> Tested:
    if one.citation is not None:
        return Tested(verdict=UNTESTED)  # said of the citation itself
    words = f"Which case {one.name} is, the library does not tell: none of that name, or several."
    return Tested(verdict=UNTESTED, words=words)


def _decided(one: Decided, reference: Reference, case: Case) -> Tested:
    wrong = _year(reference, case, one.year)
    if wrong is None and one.court is not None:
        fits = fits_court(one.court, case.court)
        if fits is None:
            return Tested(verdict=UNTESTED, case_id=case.case_id)
        wrong = None if fits else _of_another_court(reference, case)
    return wrong or Tested(verdict=HOLDS, case_id=case.case_id)


def _stands(case: Case, looks: Looks) -> Tested:
    ended = _endings(case, looks)
    if not ended:
        return Tested(verdict=UNTESTED, case_id=case.case_id)
    verdict = WRONG if ended[0].extent is Extent.WHOLE else UNTESTED
    words = f"{cite_case(case)} was {treated_words(ended[0])}."
    return Tested(
        verdict=verdict, words=words, case_id=case.case_id, opinion_id=ended[0].opinion_id
    )


def _endings(case: Case, looks: Looks) -> list[Treated]:
    found = looks.treatments([case.case_id]).get(case.case_id, ())
    return [each for each in found if each.treatment in ENDS_LAW]


def _ended(one: Ended, cases: Sequence[Reference], looks: Looks) -> Tested:
    of = cases[one.of].case
    if of is None:
        return _unknown(cases[one.of])
    ended = _endings(of, looks)
    if one.by is None:
        return _by_somebody(of, ended)
    by = cases[one.by].case
    if by is None or by.case_id == of.case_id:
        return _by_one_not_held(cases[one.by], of, ended)
    own = [each for each in ended if each.by is not None and each.by.case_id == by.case_id]
    if own:
        return Tested(verdict=HOLDS, case_id=of.case_id, opinion_id=own[0].opinion_id)
    return (
        _the_other_way(by, of, one.treatment, looks)
        or _cannot(by, of, one.treatment)
        or _less(by, of, one.treatment, looks)
        or _by_another(of, ended)
        or Tested(
            verdict=UNTESTED,
            words=f"No opinion held says that {cite_case(by)} {one.treatment} {cite_case(of)}.",
            case_id=of.case_id,
        )
    )


def _by_somebody(of: Case, ended: Sequence[Treated]) -> Tested:
    if ended:
        return Tested(verdict=HOLDS, case_id=of.case_id, opinion_id=ended[0].opinion_id)
    words = f"No opinion held says that {cite_case(of)} was overruled, reversed or the like."
    return Tested(verdict=UNTESTED, words=words, case_id=of.case_id)


def _by_one_not_held(by: Reference, of: Case, ended: Sequence[Treated]) -> Tested:
    """The library may hold a report of it, though not the case that did it."""
    for each in ended:
        if by.name and each.by_citation and names_agree(by.name, each.by_citation.split(",")[0]):
            return Tested(verdict=HOLDS, case_id=of.case_id, opinion_id=each.opinion_id)
    known = f"; {cite_case(of)} was {treated_words(ended[0])}" if ended else ""
    words = f"{by.name or by.citation} is not in this library, or may be several cases{known}."
    return Tested(verdict=UNTESTED, words=words, case_id=of.case_id)


def _the_other_way(by: Case, of: Case, treatment: Treatment, looks: Looks) -> Tested | None:
    for each in _endings(by, looks):
        if each.by is not None and each.by.case_id == of.case_id:
            words = f"It is the other way round: {cite_case(by)} was {treated_words(each)}."
            return Tested(
                verdict=WRONG, words=words, case_id=by.case_id, opinion_id=each.opinion_id
            )
    if by.date_filed and of.date_filed and by.date_filed.last < of.date_filed.first:
        words = f"{cite_case(by)} came before {cite_case(of)} and cannot have {treatment} it."
        return Tested(verdict=WRONG, words=words, case_id=by.case_id)
    return None


def _cannot(by: Case, of: Case, treatment: Treatment) -> Tested | None:
    ours, theirs = by.court, of.court
    if "unknown" in {ours.court, theirs.court} or ours.court == theirs.court:
        return None
    if treatment is not Treatment.OVERRULED or is_over(ours.court, theirs.court):
        return None
    words = (
        f"{cite_case(by)} is a decision of the {ours.name}, which cannot overrule one of the "
        f"{theirs.name}, {cite_case(of)}."
    )
    return Tested(verdict=WRONG, words=words, case_id=by.case_id)


def _less(by: Case, of: Case, treatment: Treatment, looks: Looks) -> Tested | None:
    """A court that says it limits or follows a case does not overrule it."""
    for each in looks.treatments([of.case_id]).get(of.case_id, ()):
        if each.by is not None and each.by.case_id == by.case_id and each.treatment in _LESS:
            said = " ".join(each.sentence_text.split())
            words = (
                f"{cite_case(by)} {each.treatment} {cite_name(of.case_name)}; no words held say "
                f"that it {treatment} it: “{said}”"
            )
            return Tested(
                verdict=WRONG, words=words, case_id=of.case_id, opinion_id=each.opinion_id
            )
    return None


def _by_another(of: Case, ended: Sequence[Treated]) -> Tested | None:
    whole = [each for each in ended if each.by is not None and each.extent is Extent.WHOLE]
    if not whole:
        return None
    words = f"{cite_case(of)} was {treated_words(whole[0])}."
    return Tested(verdict=WRONG, words=words, case_id=of.case_id, opinion_id=whole[0].opinion_id)
