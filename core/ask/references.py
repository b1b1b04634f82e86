"""The cases that a question names: by citation, by name, by one party where it says what of.

Each is looked for in the library; one that is not held, or may be several, stays a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from core.law.captions import names_agree, parties
from core.law.courts import court_of_parenthetical
from core.law.mentions import short_names
from core.law.parties import names_alone
from core.model import (
    Case,
    CitationKind,
    CitationStatus,
    ReporterCitation,
    ResolvedCitation,
    Span,
)

Resolve = Callable[[str], Sequence[ResolvedCitation]]
Named = Callable[[str], Sequence[Case]]

# What one letter can number; a question that names more cases is a brief.
MOST_REFERENCES = 26
_FEWEST_LETTERS = 3
_DATED = re.compile(r"\s*\((?P<court>[^()]{0,40}?)\s*(?P<year>(?:1[6-9]|20)\d\d)\)")
# What may cling to a name: its year, the mark of a question; and what belongs to it behind a comma.
_BEHIND = re.compile(r"(?:\s*\([^()]*\d{4}\)?)?[?!.,;)]*$")
_COMPANY = re.compile(
    r",? (?:Inc|Ltd|Corp|Co|LLC|L\.L\.C|LLP|L\.P|N\.A|P\.C)\b\.?(?:, (?:Inc|Ltd)\.)?"
)
_DONE = r"(?:overrul|abrogat|supersed|repudiat|revers|vacat)"
_NAME = r"(?P<name>[A-Z][\w'’&-]*\w(?: [A-Z][\w'’&-]*\w){0,2})"
_ADVERBS = r"(?: \w+ly| has| had| have| later| since| then| also| was| is| been| still)*"
# Where one party's name stands for a case: `since Dunmore overruled Pell`, `the dissent in Pell`.
_SLOTS = (
    rf"(?<![\w.]){_NAME}(?=(?:,? (?:which|that))?{_ADVERBS} {_DONE}(?:ed|es)\b)",
    rf"(?<![\w.]){_NAME}(?=,? (?:which )?(?:is|remains|was){_ADVERBS} (?:good|binding|no longer))",
    rf"(?<![\w.]){_NAME}(?=['’]s? overruling)",
    rf"\b{_DONE}(?:ed|es|ing)(?: (?:by|in|of|in part|the (?:rule|holding) (?:of|in)))* {_NAME}",
    (
        rf"\b(?:dissent|dissented|concurrence|concurred|opinion|plurality|majority|dissenting"
        rf"|concurring|[Cc]ourt)(?: opinion)?,? in {_NAME}"
    ),
    (
        rf"\b[Ii]n {_NAME}(?=,? (?:(?:Chief )?Justice|Judge|the (?:majority|dissent|[Cc]ourt"
        rf"|plurality|concurrence)|an? unanimous))"
    ),
)
_SLOT = tuple(map(re.compile, _SLOTS))
_NO_NAMES = frozenset(
    """
    a an the in since after because given did does do was were is has have had when why how what
    which who if whether justice chief judge court supreme congress circuit first second third
    fourth fifth sixth seventh eighth ninth tenth eleventh federal state states united as under
    part title section and but then mr ms his her their our
    """.split()
)
# What is a name, though its words alone are none.
_BEGINS = re.compile(r"in re\b|(?:united states|states?) vs?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A case as a question names it, with what it says of it; `case` where that is one held."""

    span: Span
    name: str | None
    citation: ReporterCitation | None = None
    year: int | None = None
    # Id of the court in the parenthesis behind it.
    court: str | None = None
    parenthetical: str | None = None
    # What became of its citation; None where it has none.
    status: CitationStatus | None = None
    case: Case | None = None


def references(question: str, resolve: Resolve, named: Named) -> tuple[Reference, ...]:
    """Find the cases a question names, in order, none over another."""
    text = question.replace("\n", " ")
    named = lru_cache(maxsize=None)(named)  # a question may name one case many times
    found = list(_cited(text, resolve))
    found += _without(found, _by_name(text, named))
    found += _without(found, _by_party(text, named))
    return tuple(sorted(found, key=lambda one: one.span.start)[:MOST_REFERENCES])


def _without(taken: Sequence[Reference], more: Iterator[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for one in more:
        others = (*taken, *kept)
        if all(one.span.end <= o.span.start or o.span.end <= one.span.start for o in others):
            kept.append(one)
    return kept


def _cited(text: str, resolve: Resolve) -> Iterator[Reference]:
    """Yield the full citations, parallel ones as one: what one of them is, the case is."""
    by_place: dict[Span, list[ResolvedCitation]] = {}
    for one in resolve(text):
        if one.found.kind is CitationKind.FULL:
            by_place.setdefault(one.found.full_span, []).append(one)
    for span, parallel in by_place.items():
        best = min(parallel, key=lambda one: (one.case is None, one.found.span))
        found = best.found
        sides = [side for side in (found.plaintiff, found.defendant) if side]
        start, _ = _bare(span.start, span.of(text))
        yield Reference(
            span=Span(start, span.end),
            name=_bare(0, " v. ".join(sides))[1] or None,
            citation=found.citation,
            year=found.year,
            court=found.court,
            parenthetical=found.parenthetical,
            status=best.status,
            case=best.case,
        )


def _by_name(text: str, named: Named) -> Iterator[Reference]:
    for found, written in islice(names_alone(text), MOST_REFERENCES):
        start, name = _bare(found.start, _BEHIND.sub("", written))
        rest = _COMPANY.match(text, start + len(name))
        span = Span(start, rest.end() if rest else start + len(name))
        dated = _DATED.match(text, span.end)
        year = int(dated["year"]) if dated else None
        court = court_of_parenthetical(dated["court"]) if dated and dated["court"] else None
        agreeing = agreeing_cases(name, named)
        whole = Span(span.start, dated.end()) if dated else span
        reference = Reference(span=whole, name=name, year=year, court=court)
        yield replace(reference, case=_the_one(agreeing, reference))


def agreeing_cases(name: str, named: Named) -> list[Case]:
    """Return the held cases that a name can mean; a party may be an acronym, `v. FEC`."""
    found = list(named(name)) or [case for party in parties(name) if party for case in named(party)]
    unique = {case.case_id: case for case in found}.values()
    return [case for case in unique if case.case_name and names_agree(name, case.case_name)]


def _the_one(cases: Sequence[Case], reference: Reference) -> Case | None:
    """Return the only case of a name, or the only one of its year or court among several."""
    if len(cases) <= 1:
        return cases[0] if cases else None
    fitting = [
        case
        for case in cases
        if (reference.year is None or (case.date_filed and case.date_filed.year == reference.year))
        and (reference.court is None or case.court.court == reference.court)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _by_party(text: str, named: Named) -> Iterator[Reference]:
    for pattern in _SLOT:
        for match in islice(pattern.finditer(text), MOST_REFERENCES):
            start, name = _bare(match.start("name"), match["name"])
            if len(name) < _FEWEST_LETTERS:
                continue
            called = [
                case
                for case in named(name)
                if case.case_name and name in short_names(case.case_name)
            ]
            if called:
                only = called[0] if len(called) == 1 else None
                yield Reference(span=Span(start, start + len(name)), name=name, case=only)


def _bare(start: int, name: str) -> tuple[int, str]:
    """Leave out the words of the sentence before a name: `Since Dunmore`, and not `In re`."""
    words = name.split(" ")
    while words and words[0].casefold() in _NO_NAMES and not _BEGINS.match(" ".join(words)):
        start += len(words.pop(0)) + 1
    bare = re.sub(r"['’]s$", "", " ".join(words))
    return start, bare
