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

_SAID = (
    "said|wrote|explained|stated|observed|noted|put it|added|reasoned|emphasized|recognized"
    "|has said|has explained|has stated|has recognized"
)
_SAYS = "says|writes|explains|states|observes|notes|puts it|adds|reasons|emphasizes|recognizes"
_HELD = "held|concluded|ruled|decided|has held|has concluded|determined"
_HOLDS = "holds|concludes|rules"
_ADVERB = r"(?:also |further |then |again |expressly |specifically )?"
_OF_THE_COURT = frozenset({OpinionKind.MAJORITY, OpinionKind.PER_CURIAM, OpinionKind.COMBINED})
_PARTS = {
    OpinionKind.MAJORITY: r"the majority(?: opinion)?",
    OpinionKind.PLURALITY: r"(?:the|a) plurality(?: opinion)?",
    OpinionKind.DISSENT: r"(?:the|a) dissent(?:ing opinion)?",
    OpinionKind.CONCURRENCE: r"(?:the|a) (?:concurrence|concurring opinion)",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: r"(?:the|a) (?:concurrence|concurring opinion)"
    r"(?: in the judgment)?",
    OpinionKind.CONCUR_DISSENT: r"a separate opinion(?:, dissenting in part,)?",
    OpinionKind.SEPARATE: r"(?:the|a) separate opinion",
    OpinionKind.STATEMENT: r"(?:the|a) separate statement",
    OpinionKind.SYLLABUS: r"the syllabus(?:, which is not part of the opinion,)?",
}
_HOW = {
    OpinionKind.DISSENT: r",? dissenting,?",
    OpinionKind.CONCURRENCE: r",? concurring,?",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: r",? concurring(?: in the judgment)?,?",
    OpinionKind.CONCUR_DISSENT: r",? concurring in part and dissenting in part,?",
}
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


def without_attribution(plain: str, source: Source) -> Iterator[Attributed]:
    """Yield a sentence, in small letters, without what a source bears out of who said it.

    The sentence itself comes first. Nothing is yielded for what the source does not bear out.
    """
    bare = _without_closing(plain, source)
    yield Attributed(bare)
    who = _who(source)
    for verbs, past, held in (
        (_SAID, True, False),
        (_SAYS, False, False),
        (_HELD, True, True),
        (_HOLDS, False, True),
    ):
        opening = re.match(
            rf"(?:as )?(?:{_where(source)},? )?(?:{who}) {_ADVERB}(?:{verbs})"
            rf"(?: {_where(source)})?(?:,? that|[:,])? ",
            bare,
        )
        if opening:
            yield Attributed(bare[opening.end() :], past, held)
        closing = re.search(rf", (?:as )?(?:{who}) {_ADVERB}(?:{verbs})$", bare)
        if closing:
            yield Attributed(bare[: closing.start()], past, held)
    opening = re.match(rf"(?:{_where(source)}|(?:according to|in the words of) (?:{who})),? ", bare)
    if opening:
        yield Attributed(bare[opening.end() :])


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


def _without_closing(plain: str, source: Source) -> str:
    """Take the citation of the source off the end: it says where, and nothing else."""
    closing = rf"(?:[\s,;.]|\b(?:see(?: also)?|accord|citing|quoting)\b)*⟦s{source.n}⟧$"
    return re.sub(closing, "", plain).rstrip(" ,;.")


def _where(source: Source) -> str:
    """Return the pattern of `In Nken` and `Under Nken`: a dissent is not where a case is at."""
    if source.passage.kind in _OF_THE_COURT:
        return rf"(?:in|under|per|as in) (?:{_name(source)})"
    return r"(?!)"


def _name(source: Source) -> str:
    """Return the pattern of a case's name: whole, as code has marked it, or the short one."""
    short = short_name(source.case.case_name or "").lower()
    known = [re.escape(short)] if len(short) >= _SHORTEST_NAME else []
    return "|".join([f"⟦s{source.n}⟧", *known])


def _who(source: Source) -> str:
    passage = source.passage
    names = [_PARTS[passage.kind]] if passage.kind in _PARTS else []
    if passage.kind in _OF_THE_COURT:
        courts = "|".join(map(re.escape, sorted(courts_own_names(source.case))))
        names += [r"(?:the|this) (?:court|panel|opinion)", rf"(?:the )?(?:{courts})"]
        names.append(_name(source))
    if passage.author:
        author = re.escape(passage.author.lower())
        how = _HOW.get(passage.kind, r"(?:,? (?:writing )?for (?:the court|the majority),?)?")
        if passage.kind in _HOW or passage.kind in _OF_THE_COURT:
            names.append(rf"(?:(?:chief )?(?:justice|judge) )?{author}{how}")
    return "|".join(names) or r"(?!)"
