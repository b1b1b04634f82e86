"""Who is said to have said it: `the court explained that`, `Justice Roberts wrote`, `In Nken,`.

An attribution is free of charge where the source bears it out: the writing is of that kind, by
that author, of that court. That a court *held* something is more than that it said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.law.captions import short_name
from core.model import Case, OpinionKind, Source

# Where the name or citation of a source (`⟦s3⟧`) or of another case (`⟦c0⟧`) stands in a sentence
# while it is checked.
STANDS_FOR = re.compile(r"⟦[sc]\d+⟧")

# Verbs of saying: whether they are in the past, and whether they say that a court held.
_VERBS = {
    **dict.fromkeys(
        "said wrote explained stated observed noted added reasoned emphasized recognized".split(),
        (True, False),
    ),
    **dict.fromkeys(("put it", "has said", "has explained", "has stated"), (True, False)),
    **dict.fromkeys(
        "says writes explains states observes notes adds reasons emphasizes recognizes".split(),
        (False, False),
    ),
    "puts it": (False, False),
    **dict.fromkeys("held concluded ruled decided determined".split(), (True, True)),
    **dict.fromkeys(("has held", "has concluded"), (True, True)),
    **dict.fromkeys("holds concludes rules".split(), (False, True)),
}
_SAYS = "|".join(sorted(_VERBS, key=len, reverse=True))
_HOW = r"(?:also |further |then |again |expressly |specifically )?"
_SAYING = re.compile(rf"(?:as )?(.{{3,120}}?) {_HOW}({_SAYS})(?:,? that|[:,])? ")
_SAID_BEHIND = re.compile(rf", (?:as )?([^,]{{3,80}}) {_HOW}({_SAYS})$")
_SAID_IN = re.compile(r"in (⟦s\d+⟧|[^,:⟦]{4,60}?)(?:,? that|[:,]) ")
_IN_CASE = re.compile(r"(?:as )?(?:in|under|per) (?:(⟦s\d+⟧),? |([^,⟦]{4,60}), )")
_ACCORDING = re.compile(r"(?:according to|in the words of) ([^:]{3,120}?), ")
_CITED = re.compile(r"(?:[\s,;.]|\b(?:see(?: also)?|accord|citing|quoting)\b)*(⟦s\d+⟧)$")
_OF_THE_COURT = frozenset({OpinionKind.MAJORITY, OpinionKind.PER_CURIAM, OpinionKind.COMBINED})
_PARTS = {
    OpinionKind.MAJORITY: ("the majority", "the majority opinion"),
    OpinionKind.PLURALITY: ("the plurality", "a plurality", "the plurality opinion"),
    OpinionKind.DISSENT: ("the dissent", "a dissent", "the dissenting opinion"),
    OpinionKind.CONCURRENCE: ("the concurrence", "a concurrence", "the concurring opinion"),
    OpinionKind.CONCURRENCE_IN_JUDGMENT: (
        "the concurrence",
        "a concurrence",
        "a concurrence in the judgment",
        "the concurrence in the judgment",
    ),
    OpinionKind.CONCUR_DISSENT: ("a separate opinion", "a separate opinion, dissenting in part,"),
    OpinionKind.SEPARATE: ("the separate opinion", "a separate opinion"),
    OpinionKind.STATEMENT: ("the separate statement", "a separate statement"),
    OpinionKind.SYLLABUS: (
        "the syllabus",
        "the syllabus, which is not part of the opinion,",
    ),
}
_AS_WHAT = {
    OpinionKind.DISSENT: (", dissenting,", ", dissenting"),
    OpinionKind.CONCURRENCE: (", concurring,",),
    OpinionKind.CONCURRENCE_IN_JUDGMENT: (", concurring,", ", concurring in the judgment,"),
    OpinionKind.CONCUR_DISSENT: (", concurring in part and dissenting in part,",),
}
_TITLES = ("", "justice ", "judge ", "chief justice ", "chief judge ")
# Letters of a name by which a case is called: "Doe" may be anybody.
_SHORTEST_NAME = 4
_CIRCUITS = dict(
    enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh".split(), start=1
    )
)


@dataclass(frozen=True, slots=True)
class Attributed:
    """What is said once it is taken away who said it, and how that was put."""

    text: str
    # The verb of saying is in the past: `the court said that a stay was …`.
    past: bool = False
    # It is said to have been *held*.
    held: bool = False


@dataclass(frozen=True, slots=True)
class Attributions:
    """By which names one source may be said to have said something, all in small letters."""

    mark: str
    speakers: frozenset[str]
    # The case's own names: a dissent is not what is said "in" a case.
    cases: frozenset[str]


def attributions_of(source: Source) -> Attributions:
    """Return who a source bears out to have said what stands in it."""
    mark = f"⟦s{source.n}⟧"
    of_the_court = source.passage.kind in _OF_THE_COURT
    cases = frozenset({mark, *_short_names(source.case)}) if of_the_court else frozenset[str]()
    speakers = {*_PARTS.get(source.passage.kind, ()), *_authors(source), *cases}
    if of_the_court:
        courts = courts_own_names(source.case)
        speakers |= {"the court", "this court", "the panel", "the opinion", *courts}
        speakers |= {f"the {court}" for court in courts}
    return Attributions(mark=mark, speakers=frozenset(speakers), cases=cases)


def without_attribution(plain: str, known: Attributions) -> Iterator[Attributed]:
    """Yield a sentence, in small letters, without what a source bears out of who said it.

    The sentence itself comes first. Nothing is yielded for what the source does not bear out.
    """
    # The citation of the source at the end says where, and nothing else.
    cited = _CITED.search(plain)
    bare = plain[: cited.start()] if cited and cited[1] == known.mark else plain
    bare = bare.rstrip(" ,;.")
    yield Attributed(bare)
    texts = [bare]
    if (opening := _IN_CASE.match(bare)) and (opening[1] or opening[2]) in known.cases:
        texts.append(bare[opening.end() :])
        yield Attributed(texts[-1])
    if (opening := _ACCORDING.match(bare)) and opening[1] in known.speakers:
        yield Attributed(bare[opening.end() :])
    for text in texts:
        yield from _said_by(text, known)


def _said_by(text: str, known: Attributions) -> Iterator[Attributed]:
    if (opening := _SAYING.match(text)) and opening[1] in known.speakers:
        past, held = _VERBS[opening[2]]
        rest = text[opening.end() :]
        yield Attributed(rest, past, held)
        if (inside := _SAID_IN.match(rest)) and inside[1] in known.cases:
            yield Attributed(rest[inside.end() :], past, held)
    if (closing := _SAID_BEHIND.search(text)) and closing[1] in known.speakers:
        yield Attributed(text[: closing.start()], *_VERBS[closing[2]])


def courts_own_names(case: Case) -> frozenset[str]:
    """Return the ways of naming the court that decided a case, in small letters."""
    court = case.court
    names = {court.name.lower().removeprefix("the ")}
    if court.court == "scotus":
        names |= {"supreme court", "united states supreme court", "u.s. supreme court"}
    elif "supreme court" in court.name.lower():
        names.add("supreme court")
    number = re.fullmatch(r"ca(\d{1,2})", court.court)
    if number:
        ordinal = _CIRCUITS.get(int(number[1]))
        names |= {f"{ordinal} circuit", f"court of appeals for the {ordinal} circuit"}
    names |= {"d.c. circuit"} if court.court == "cadc" else set()
    names |= {"federal circuit"} if court.court == "cafc" else set()
    return frozenset(names)


def _short_names(case: Case) -> Iterator[str]:
    short = short_name(case.case_name or "").lower()
    if len(short) >= _SHORTEST_NAME:
        yield short


def _authors(source: Source) -> Iterator[str]:
    passage = source.passage
    if not passage.author or passage.kind not in (_OF_THE_COURT | _AS_WHAT.keys()):
        return
    for title in _TITLES:
        for as_what in _AS_WHAT.get(passage.kind, ("", ", for the court,")):
            yield f"{title}{passage.author.lower()}{as_what}"
