"""Whether the writings of a case are by whom a question says, and its court the one it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.ask.assumed import Part, Unanimous, Wrote
from core.law.bluebook import cite_case
from core.law.writings import signed, writer
from core.model import (
    LEADING_KINDS,
    Case,
    CaseId,
    Court,
    Opinion,
    OpinionId,
    OpinionKind,
    PremiseVerdict,
)

HOLDS, WRONG, UNTESTED = PremiseVerdict.HOLDS, PremiseVerdict.WRONG, PremiseVerdict.UNTESTED
# A separate writing that its source does not tell apart may be either.
_KINDS = {
    Part.COURT: LEADING_KINDS,
    Part.PLURALITY: frozenset({OpinionKind.PLURALITY}),
    Part.DISSENT: frozenset(
        {OpinionKind.DISSENT, OpinionKind.CONCUR_DISSENT, OpinionKind.SEPARATE}
    ),
    Part.CONCURRENCE: frozenset(
        {
            OpinionKind.CONCURRENCE,
            OpinionKind.CONCURRENCE_IN_JUDGMENT,
            OpinionKind.CONCUR_DISSENT,
            OpinionKind.SEPARATE,
            OpinionKind.STATEMENT,
        }
    ),
}
_DISSENTS = frozenset({OpinionKind.DISSENT, OpinionKind.CONCUR_DISSENT})
_OTHERWISE = {
    OpinionKind.DISSENT: "a dissent",
    OpinionKind.CONCUR_DISSENT: "an opinion concurring in part and dissenting in part",
    OpinionKind.CONCURRENCE: "a concurrence",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: "a concurrence in the judgment",
    OpinionKind.SEPARATE: "a separate opinion",
    OpinionKind.STATEMENT: "a statement",
}
# The Reporter's list of who wrote what ends a syllabus: then every writing is held.
_LINEUP = re.compile(r"\b(?:delivered the opinion|announced the judgment|unanimous Court)\b")
_UNANIMOUS = re.compile(r"\bfor a unanimous Court\b")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh".split()
_CIRCUIT = re.compile(r"(?P<which>[\w.]+) Circuit$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A verdict on a premise: the correction, or what is missing, in words; what it rests on."""

    verdict: PremiseVerdict
    words: str = ""
    case_id: CaseId | None = None
    opinion_id: OpinionId | None = None


def tested_by_writings(one: Wrote | Unanimous, case: Case, opinions: Sequence[Opinion]) -> Tested:
    """Test who wrote a part of a case, or whether there is one, by the writings held."""
    writings = _Writings(case, opinions)
    return writings.together() if isinstance(one, Unanimous) else writings.wrote(one)


def fits_court(written: str, court: Court) -> bool | None:
    """Say whether a court as a question names it is this one; None where that does not tell."""
    known = court_named(written)
    if court.court == "unknown":
        return None
    if known is not None:
        return court.court == known
    ours = set(re.findall(r"\w+", court.name.casefold()))
    if set(re.findall(r"\w+", written.casefold())) <= ours:
        return True
    bare = written.removeprefix("U.S. ").removeprefix("United States ")
    return False if bare == "Supreme Court" and written != bare else None


def court_named(written: str) -> str | None:
    """Return the id of a federal court of appeals as it is spoken of: `Ninth Circuit`."""
    match = _CIRCUIT.search(written)
    if match is None:
        return None
    which = match["which"].casefold()
    if which in _ORDINALS:
        return f"ca{_ORDINALS.index(which) + 1}"
    digits = re.match(r"\d+", which)
    if digits:
        return f"ca{digits[0]}"
    return {"d.c.": "cadc", "dc": "cadc", "d.c": "cadc", "federal": "cafc"}.get(which)


class _Writings:
    """The writings of one case, and what they tell."""

    def __init__(self, case: Case, opinions: Sequence[Opinion]) -> None:
        self._case = case
        self._name = cite_case(case)
        self._front = " ".join(o.text for o in opinions if o.kind is OpinionKind.SYLLABUS)
        self._held = [o for o in opinions if o.kind is not OpinionKind.SYLLABUS]
        separate = [o for o in self._held if o.kind not in LEADING_KINDS]
        # Whether what is not held was not written: some sources have the court's opinion alone.
        self._complete = bool(separate) or _LINEUP.search(self._front) is not None

    def wrote(self, one: Wrote) -> Tested:
        """Judge `Justice Scalia's dissent`, `the dissent`."""
        there = [o for o in self._held if o.kind in _KINDS[one.part]]
        if one.judge is None:
            return self._is_there(one.part, there)
        by_name = [o for o in self._held if _is_by(o, one.judge)]
        own = [o for o in by_name if o in there]
        if own:
            return self._tested(HOLDS, "", own[0])
        if by_name:
            return self._wrote_another(one, by_name[0], there)
        if one.part in {Part.COURT, Part.PLURALITY}:
            return self._not_the_court(one.judge)
        return self._by_others(one, there)

    def _by_others(self, one: Wrote, there: Sequence[Opinion]) -> Tested:
        """Judge a separate writing of somebody who, as far as is held, wrote nothing."""
        if one.voted:
            return self._tested(UNTESTED)  # by joining another's, perhaps
        if not self._complete:
            return self._tested(UNTESTED, self._cannot_tell(one.part))
        if not there:
            return self._tested(WRONG, self._none(one.part))
        if not all(signed(self._case, o) for o in there):
            return self._tested(UNTESTED)
        words = f"{self._name}: {one.part} there is by {self._by(there)}, not by {one.judge}."
        return self._tested(WRONG, words, there[0])

    def together(self) -> Tested:
        """Judge `a unanimous Court`."""
        against = [o for o in self._held if o.kind in _DISSENTS]
        if against:
            words = f"{self._name} was not unanimous: {self._by(against)}, dissented."
            return self._tested(WRONG, words, against[0])
        if _UNANIMOUS.search(self._front):
            return self._tested(HOLDS)
        return self._tested(UNTESTED)

    def _is_there(self, part: Part, there: Sequence[Opinion]) -> Tested:
        if there:
            return self._tested(HOLDS, "", there[0])
        if part is Part.PLURALITY or not self._complete:
            return self._tested(UNTESTED, self._cannot_tell(part))
        return self._tested(WRONG, self._none(part))

    def _wrote_another(self, one: Wrote, other: Opinion, there: Sequence[Opinion]) -> Tested:
        """Who wrote for the court did not dissent; who wrote apart did not write for it."""
        name = signed(self._case, other)
        wrote = _OTHERWISE.get(other.kind, "the opinion of the court")
        theirs = [o for o in there if signed(self._case, o)]
        known = f"; {one.part} is by {self._by(theirs)}" if theirs else ""
        words = f"In {self._name}, {name}, wrote {wrote}, not {one.part}{known}."
        return self._tested(WRONG, words, other)

    def _not_the_court(self, judge: str) -> Tested:
        leading = [o for o in self._held if o.kind in LEADING_KINDS]
        if any(o.kind is OpinionKind.PER_CURIAM for o in leading):
            words = f"The opinion of the court in {self._name} is per curiam: nobody signed it."
            return self._tested(WRONG, words, leading[0])
        if not leading or not all(signed(self._case, o) for o in leading):
            return self._tested(UNTESTED)
        words = (
            f"The opinion of the court in {self._name} is by {self._by(leading)}, not by {judge}."
        )
        return self._tested(WRONG, words, leading[0])

    def _none(self, part: Part) -> str:
        leading = [o for o in self._held if o.kind in LEADING_KINDS and signed(self._case, o)]
        by = f": the opinion of the court is by {self._by(leading)}" if leading else ""
        return f"There is no {part.removeprefix('a ')} in {self._name}{by}."

    def _cannot_tell(self, part: Part) -> str:
        what = part.removeprefix("a ").removesuffix(" opinion")
        return f"The library holds no {what} in {self._name}, and cannot tell whether there is one."

    def _by(self, opinions: Sequence[Opinion]) -> str:
        names = list(dict.fromkeys(filter(None, (signed(self._case, o) for o in opinions))))
        if len(names) < 2:
            return "".join(names) or "a judge who is not named"
        return f"{', '.join(names[:-1])}, and {names[-1]}"

    def _tested(
        self, verdict: PremiseVerdict, words: str = "", on: Opinion | None = None
    ) -> Tested:
        opinion_id = on.opinion_id if on else None
        # `is by Quade, J..`: the full stop of an office ends the sentence as well.
        said = re.sub(r"\.\.$", ".", words)
        return Tested(
            verdict=verdict, words=said, case_id=self._case.case_id, opinion_id=opinion_id
        )


def _is_by(opinion: Opinion, judge: str) -> bool:
    """Say whether the surname that a question writes stands in an opinion's signature."""
    surname = re.sub(r"['’]s?$", "", judge).casefold()
    return surname in {word.casefold() for word in re.findall(r"[\w’'-]+", writer(opinion.author))}
