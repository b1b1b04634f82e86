"""How later cases treat a case: the worst that a court says of it, with the sentence that says so.

Derived from the words of the opinions held, by rules; a case nobody here speaks of has none, which
does not say that it is good law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.law.bluebook import cite_case
from core.law.courts import court_of_parenthetical, is_over
from core.law.mentions import TARGET, Mention, Pointed, mentions, short_names
from core.law.treatment import UNNAMED, WRITER, Sign, derive
from core.library.cases import cases
from core.library.db import Reader
from core.library.treating import Candidate, NameCited, candidates, names_cited
from core.model import (
    ENDS_LAW,
    LEADING_KINDS,
    Case,
    CaseId,
    Extent,
    OpinionId,
    Span,
    Treated,
    TreatingCourt,
    Treatment,
)

Names = Mapping[OpinionId, Sequence[NameCited]]

_ORDER = list(Treatment)
# Characters of a treating case's name and citation as an opinion has it.
_LONGEST_CITATION = 160
_DATED = re.compile(r"[(\[](?P<court>[^()\[\]]*?)\s*(?P<year>(?:1[6-9]|20)\d\d)[)\]]\s*$")
# Only a court that sits above can do this to a judgment.
_ON_REVIEW = frozenset({Treatment.REVERSED, Treatment.VACATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A candidate with the mentions in it, and which held case each number stands for."""

    case: Case
    candidate: Candidate
    named: tuple[Mention, ...]
    held: dict[int, CaseId]


def treatments(
    db: Reader, case_ids: Sequence[CaseId], *, as_of: date | None = None
) -> dict[CaseId, tuple[Treated, ...]]:
    """Return what later cases do to each of these, the worst first, then the latest.

    Explanations and the like are looked for only where nothing worse was found. With `as_of`,
    only cases that cannot have been decided later speak.
    """
    treated = cases(db, case_ids)
    found = candidates(db, list(treated), as_of=as_of)
    strong = {one.opinion_id for each in found.values() for one in each if one.strength == 1}
    names = names_cited(db, sorted(strong))
    read = {case_id: list(_signs(treated[case_id], found[case_id], names)) for case_id in treated}
    known = _treating_cases(db, read)
    return {
        case_id: tuple(sorted(_each(read[case_id], known, as_of), key=_rank)) for case_id in treated
    }


def strongest(
    db: Reader, case_ids: Sequence[CaseId], *, as_of: date | None = None
) -> dict[CaseId, Treated]:
    """Return the worst treatment of each case that has any, the latest of the like."""
    found = treatments(db, case_ids, as_of=as_of)
    return {case_id: each[0] for case_id, each in found.items() if each}


def treated_words(treated: Treated) -> str:
    """Say it in words: `overruled in part by X, 1 U.S. 1 (1800), derived from its own words`."""
    extent = "" if treated.extent is Extent.WHOLE else f" {treated.extent}"
    by = f" by {treated.by_citation}" if treated.by_citation else ""
    if _is_a_judges_own(treated):
        by = f" in a separate opinion in {cite_case(treated.said_in)}"
    own = treated.by is not None and treated.by.case_id == treated.said_in.case_id
    whose = "its own words" if own else f"the words of {cite_case(treated.said_in)}"
    return f"{treated.treatment}{extent}{by}, derived from {whose}"


def _signs(case: Case, found: Sequence[Candidate], names: Names) -> Iterator[tuple[_Read, Sign]]:
    worst = len(_ORDER)
    strength = 0
    for candidate in found:
        if candidate.strength > max(strength, 1) and worst <= _ORDER.index(Treatment.DISTINGUISHED):
            return
        strength = candidate.strength
        read = _read(case, candidate, names.get(candidate.opinion_id, ()))
        for sign in derive(candidate.text, read.named, candidate.kind):
            if not _is_cut(sign.sentence, candidate):
                worst = min(worst, _ORDER.index(sign.treatment))
                yield read, sign


def _read(case: Case, candidate: Candidate, names: Sequence[NameCited]) -> _Read:
    numbers: dict[object, int] = {case.case_id: TARGET}
    held: dict[int, CaseId] = {}

    def number_of(case_id: CaseId | None, full: int) -> int:
        number = numbers.setdefault(case_id or ("full", full), len(numbers))
        if case_id is not None:
            held[number] = case_id
        return number

    pointed = [
        Pointed(
            span=one.span,
            who=number_of(one.case_id, one.full),
            plaintiff=one.plaintiff,
            defendant=one.defendant,
        )
        for one in candidate.citations
    ]
    own = candidate.citing.case_name or ""
    others: dict[str, int] = {}
    for one in names:
        number = number_of(one.case_id, one.full)
        for word in short_names(one.name):
            if number != TARGET and " " not in word and word not in own:
                others.setdefault(word, number)
    called = [case.case_name] if case.case_name else []
    named = mentions(candidate.text, pointed, called, own=own, others=others)
    return _Read(case=case, candidate=candidate, named=named, held=held)


def _is_cut(sentence: Span, candidate: Candidate) -> bool:
    """Say whether the stretch that was read begins or ends inside this sentence."""
    starts_inside = sentence.start == 0 and candidate.start > 0
    return starts_inside and sentence.end < candidate.cue


def _treating_cases(db: Reader, read: dict[CaseId, list[tuple[_Read, Sign]]]) -> dict[CaseId, Case]:
    wanted = {
        one.held[sign.by] for signs in read.values() for one, sign in signs if sign.by in one.held
    }
    return cases(db, sorted(wanted))


def _each(
    signs: Sequence[tuple[_Read, Sign]], known: dict[CaseId, Case], as_of: date | None
) -> Iterator[Treated]:
    seen: set[tuple[object, ...]] = set()
    for read, sign in signs:
        made = _treated(read, sign, known)
        if made is None or (as_of and made.by and _is_after(made.by, as_of)):
            continue
        key = (made.treatment, made.extent, made.by_citation, made.opinion_id, made.sentence)
        if key not in seen:
            seen.add(key)
            yield made


def _treated(read: _Read, sign: Sign, known: dict[CaseId, Case]) -> Treated | None:
    """Make a treatment of a sign, where the court that treats can do that to the case."""
    citing = read.candidate.citing
    by = citing if sign.by == WRITER else known.get(read.held.get(sign.by, CaseId(-1)))
    written = "" if by else _as_written(read, sign)
    standing = _standing_of(by, written, read.case)
    treatment = sign.treatment if standing is None else _as_able(sign, standing)
    if sign.by == UNNAMED and _ORDER.index(sign.treatment) > _ORDER.index(Treatment.CRITICIZED):
        return None  # what some court, not named, did with it says little
    if treatment is None or not _can_follow(by, written, read.case):
        return None
    start = read.candidate.start
    return Treated(
        treatment=treatment,
        extent=sign.extent,
        by=by,
        by_citation=cite_case(by) if by else written or sign.by_words,
        court=standing or TreatingCourt.OTHER,
        said_in=citing,
        opinion_id=read.candidate.opinion_id,
        kind=read.candidate.kind,
        sentence=Span(start + sign.sentence.start, start + sign.sentence.end),
        sentence_text=sign.sentence.of(read.candidate.text),
    )


def _standing_of(by: Case | None, written: str, case: Case) -> TreatingCourt | None:
    """Where the treating court stands to the case's; None where the words do not tell."""
    dated = _DATED.search(written)
    court = by.court.court if by else _court_of(written, dated)
    if court is None:
        return None
    if court == case.court.court:
        return TreatingCourt.SAME
    return TreatingCourt.HIGHER if is_over(court, case.court.court) else TreatingCourt.OTHER


def _court_of(written: str, dated: re.Match[str] | None) -> str | None:
    if re.search(r"\d U\. ?S\. [\d_]", written):
        return "scotus"
    return court_of_parenthetical(dated["court"]) if dated else None


def _as_able(sign: Sign, court: TreatingCourt) -> Treatment | None:
    """What a court may say of another's case is less than what it does to its own."""
    if sign.in_effect and court is TreatingCourt.OTHER:
        return Treatment.CRITICIZED
    if sign.in_effect and court is TreatingCourt.HIGHER:
        return Treatment.ABROGATED
    if sign.treatment in _ON_REVIEW and court is not TreatingCourt.HIGHER:
        return None
    if sign.treatment in ENDS_LAW and court is TreatingCourt.OTHER:
        return Treatment.QUESTIONED if sign.by == WRITER else None
    return sign.treatment


def _can_follow(by: Case | None, written: str, case: Case) -> bool:
    """Say whether a case can be later than the one it treats; where dates are unknown, it can."""
    if case.date_filed is None:
        return True
    if by is None:
        dated = _DATED.search(written)
        return dated is None or int(dated["year"]) >= case.date_filed.year
    if by.case_id == case.case_id:
        return False
    return by.date_filed is None or by.date_filed.last >= case.date_filed.first


def _is_after(case: Case, day: date) -> bool:
    return case.date_filed is not None and case.date_filed.last > day


def _as_written(read: _Read, sign: Sign) -> str:
    """The treating case as the sentence cites it, where the library does not hold it."""
    for one in read.named:
        inside = sign.sentence.start <= one.span.start < sign.sentence.end
        if one.who == sign.by and inside:
            return " ".join(one.span.of(read.candidate.text).split())[:_LONGEST_CITATION]
    return ""


def _rank(treated: Treated) -> tuple[int, bool, bool, int]:
    """The worst first, a court's own words before a report of them, then the latest.

    What a separate opinion would do comes after what courts did.
    """
    order = _ORDER.index(treated.treatment)
    if _is_a_judges_own(treated):
        order = max(order, _ORDER.index(Treatment.DISTINGUISHED))
    speaker = treated.by or treated.said_in
    day = speaker.date_filed.last.toordinal() if speaker.date_filed else 0
    return order, treated.by is None, treated.by != treated.said_in, -day


def _is_a_judges_own(treated: Treated) -> bool:
    """Say whether it is the view of a dissent or concurrence, and no report of another case."""
    return treated.kind not in LEADING_KINDS and treated.by in {None, treated.said_in}
