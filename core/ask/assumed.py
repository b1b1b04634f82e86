"""What a question takes for granted of the cases it names: who overruled whom, who wrote, when.

Read from the question with a letter in the place of each case, `since ⟦a⟧ overruled ⟦b⟧`; what it
asks for, or leaves open, is not taken for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.ask.references import Reference
from core.model import Span, Treatment


class Part(StrEnum):
    """A part of a case as a question speaks of it."""

    COURT = "the opinion of the court"
    DISSENT = "a dissent"
    CONCURRENCE = "a concurrence"
    PLURALITY = "a plurality opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """`of` was overruled or the like, by `by` where the question says by which case."""

    span: Span
    of: int
    by: int | None
    treatment: Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A case is still good law."""

    span: Span
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """A judge wrote a part of a case; `judge` None: there is such a part."""

    span: Span
    case: int
    part: Part
    judge: str | None
    # A judge may have dissented by joining another's dissent.
    voted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanimous:
    span: Span
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A case was decided in a year, or by a court as the question names it."""

    span: Span
    case: int
    year: int | None = None
    court: str | None = None


Assumed = Ended | Stands | Wrote | Unanimous | Decided


def assumed(question: str, references: Sequence[Reference]) -> tuple[Assumed, ...]:
    """Return what a question takes for granted, in its order; the longest of what overlaps."""
    text = _placed(question.replace("\n", " "), references)
    found = [each for reader in _READERS for each in reader(text)]
    found += _of_parentheticals(references)
    taken: list[Assumed] = []
    for each in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not any(_same(each, other) for other in taken):
            taken.append(each)
    return tuple(taken)


def _same(one: Assumed, other: Assumed) -> bool:
    overlap = one.span.start < other.span.end and other.span.start < one.span.end
    return overlap and type(one) is type(other) and not isinstance(one, Decided)


def _placed(question: str, references: Sequence[Reference]) -> str:
    """Put a letter for each case, in as many characters as its name has, so that spans hold."""
    pieces: list[str] = []
    at = 0
    for number, one in enumerate(references):
        width = one.span.end - one.span.start
        letter = chr(ord("a") + number)
        pieces += [question[at : one.span.start], f"⟦{letter}{'·' * (width - 3)}⟧"]
        at = one.span.end
    return "".join([*pieces, question[at:]])


def _case(group: str) -> str:
    return rf"⟦(?P<{group}>[a-z])·*⟧"


def _number(letter: str) -> int:
    return ord(letter) - ord("a")


# A clause that asks, or leaves it open.
_OPEN = re.compile(
    r"(?:^|[,;?.]\s*)(?:and |but |so )?(?:did|does|do|was|were|is|are|has|have|had|can|could|would"
    r"|should|is it true that|am I right that)\b[^,;?]*$"
    r"|\b(?:whether|if|unless|suppos\w+|assum\w+)\b[^,;?]*$",
    re.IGNORECASE,
)


def _is_open(text: str, at: int) -> bool:
    return _OPEN.search(text[:at]) is not None


# --- who ended whom ---

_STEM = r"(?P<stem>overrul|abrogat|supersed|repudiat|revers|vacat)"
_ADVERBS = r"(?: \w+ly| has| had| have| later| since| then| now| also| in part| long| in effect)*"
_DET = r"(?:(?:the|its|our)(?: \w+)? (?:of|in) |the )?"
_TREATMENTS = {
    "overrul": Treatment.OVERRULED,
    "repudiat": Treatment.OVERRULED,
    "abrogat": Treatment.ABROGATED,
    "supersed": Treatment.SUPERSEDED,
    "revers": Treatment.REVERSED,
    "vacat": Treatment.VACATED,
}
_BY, _OF = _case("by"), _case("of")
_ENDED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_BY}(?:,? (?:which|that))?{_ADVERBS} {_STEM}(?:ed|es){_ADVERBS} {_DET}{_OF}",
        (
            rf"{_OF},?(?: which)?(?: is| was| were| has been| had been| having been)?{_ADVERBS}"
            rf" {_STEM}ed{_ADVERBS}(?: on other grounds)?,? (?:by|in) {_BY}"
        ),
        rf"{_BY}(?:['’]s?)?,? {_STEM}ing(?: of)? {_DET}{_OF}",
        rf"{_STEM}ing of {_OF} (?:by|in) {_BY}",
        rf"\b[Ii]n {_BY},? (?:the|this|a)(?: \w+){{0,4}}? [Cc]ourt{_ADVERBS} {_STEM}ed {_DET}{_OF}",
        rf"\b[Cc]ourt{_ADVERBS} {_STEM}ed {_DET}{_OF}(?: in|,? when it decided) {_BY}",
        rf"{_OF},?(?: which)? (?:is|was|has been|had been){_ADVERBS} {_STEM}ed\b(?!,? (?:by|in) )",
        rf"{_OF},?(?: which)? (?:is|was) (?P<nolonger>no longer) (?:good law|the law|law|binding)",
        rf"\b[Cc]ourt{_ADVERBS} {_STEM}ed {_DET}{_OF}(?! (?:in|when))",
    )
)


def _endings(text: str) -> Iterator[Assumed]:
    for pattern in _ENDED:
        for match in pattern.finditer(text):
            if _is_open(text, match.start()):
                continue
            groups = match.groupdict()
            stem = groups.get("stem") or "overrul"
            yield Ended(
                span=Span(*match.span()),
                of=_number(match["of"]),
                by=_number(groups["by"]) if groups.get("by") else None,
                treatment=_TREATMENTS[stem],
            )


_STANDING = re.compile(
    rf"{_case('case')},?(?: which| that)? (?:(?:is|remains|being|as)(?: still| currently)?"
    r" (?:good law|the law|binding(?: precedent)?|controlling(?: law)?)"
    r"|still (?:stands|controls|governs|binds)|has (?:never|not) been overruled)"
)


def _standings(text: str) -> Iterator[Assumed]:
    for match in _STANDING.finditer(text):
        if not _is_open(text, match.start()):
            yield Stands(span=Span(*match.span()), case=_number(match["case"]))


# --- who wrote what ---

_TITLE = r"(?:(?:Mr\. |Ms\. )?(?:Chief )?(?:Justice|Judge) )"
_JUDGE = r"(?P<judge>(?:[A-Z][’'])?[A-Z][\w-]+)"
_PART = (
    r"(?P<part>dissenting opinion|partial dissent|dissent|concurring opinion"
    r"|concurrence(?: in the judgment)?|majority opinion|plurality opinion|plurality|lead opinion"
    r"|opinion (?:for|of) the (?:[Cc]ourt|majority)|majority)"
)
_IN = rf" (?:in|from|to) {_case('case')}"
_WHERE = rf"\b[Ii]n {_case('case')},? "
_SAYING = r"(?:held|said|argued|wrote|explained|reasoned|claimed|noted|warned|thought)"
_WROTE_VERB = r"(?:wrote|authored|delivered|penned|filed)(?: (?:a|an|the|his|her))?(?: \w+)?"
_FOR_COURT = (
    r"(?P<forcourt>(?:wrote|spoke|writing|speaking) for (?:the|a)(?: \w+)? ?(?:[Cc]ourt|majority))"
)
_APART = r"(?P<part>dissent(?:ing)?|concurr(?:ing|ence))"
_SEPARATE = r"(?P<part>dissent(?:ing opinion)?|concurrence|plurality(?: opinion)?)"
_VOTED = r"(?P<voted>dissented|concurred)"
_WROTE = tuple(
    re.compile(pattern)
    for pattern in (
        # Justice Scalia's dissent in ⟦a⟧; Scalia's dissent in ⟦a⟧
        rf"{_TITLE}?{_JUDGE}['’]s? (?:\w+ )?{_PART}{_IN}",
        rf"{_WHERE}{_TITLE}?{_JUDGE}['’]s? (?:\w+ )?{_PART}",
        rf"{_case('case')},? (?:where|in which) {_TITLE}?{_JUDGE}['’]s? (?:\w+ )?{_PART}",
        # Justice Scalia, dissenting in ⟦a⟧; in ⟦a⟧, Justice Scalia in dissent
        rf"{_TITLE}{_JUDGE},? (?:in )?{_APART}\b[^⟦;.?]{{0,30}}?{_IN}",
        rf"{_WHERE}{_TITLE}{_JUDGE},? (?:{_SAYING} )?(?:in )?{_APART}\b",
        rf"\b[Ii]n (?P<part>dissent|concurrence)(?:{_IN})?,? {_TITLE}{_JUDGE} {_SAYING}",
        # the dissent of Justice Scalia in ⟦a⟧; in ⟦a⟧, the dissent by Justice Scalia
        rf"{_PART},? (?:of|by|from|(?:written|authored|penned|filed) by) {_TITLE}?{_JUDGE}{_IN}",
        rf"{_PART}{_IN},? (?:of|by|(?:written|authored|penned|filed) by) {_TITLE}?{_JUDGE}",
        rf"{_WHERE}(?:the |a )?{_PART} (?:of|by|from|(?:written|authored) by) {_TITLE}?{_JUDGE}",
        # Justice Scalia wrote the dissent in ⟦a⟧; in ⟦a⟧, Justice Scalia wrote for the Court
        rf"{_TITLE}?{_JUDGE} {_WROTE_VERB} {_PART}{_IN}",
        rf"{_WHERE}{_TITLE}?{_JUDGE} {_WROTE_VERB} {_PART}",
        rf"{_TITLE}?{_JUDGE},? {_FOR_COURT}{_IN}",
        rf"{_WHERE}{_TITLE}?{_JUDGE},? {_FOR_COURT}",
        rf"{_TITLE}{_JUDGE},? (?:who )?{_VOTED}(?: \w+){{0,3}}?{_IN}",
        rf"{_WHERE}{_TITLE}{_JUDGE},? (?:who )?{_VOTED}\b",
        # ⟦a⟧, written by Justice Scalia
        (
            rf"{_case('case')},? (?:(?:which|an opinion) )?(?:was )?(?:written|authored|penned) by"
            rf" {_TITLE}?{_JUDGE}"
        ),
        # the dissent in ⟦a⟧; ⟦a⟧'s dissent; in ⟦a⟧, the dissent
        rf"\b(?:[Tt]he|[Aa]|[Ii]ts|[Tt]hat) {_SEPARATE}{_IN}",
        rf"{_case('case')}['’]s {_SEPARATE}",
        rf"{_WHERE}the {_SEPARATE}\b(?! (?:of|by))",
    )
)
_NO_JUDGE = frozenset(
    "the a an court its that this in since why how what did does it his her majority".split()
)


def _writings(text: str) -> Iterator[Assumed]:
    for pattern in _WROTE:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            judge = groups.get("judge")
            if "case" not in groups or not groups["case"]:
                continue
            if judge and judge.casefold() in _NO_JUDGE:
                continue
            verb = groups.get("voted") or groups.get("forcourt")
            if verb and _is_open(text, match.start()):
                continue
            yield Wrote(
                span=Span(*match.span()),
                case=_number(groups["case"]),
                part=_part(groups.get("part") or groups.get("voted") or "majority"),
                judge=judge,
                voted=groups.get("voted") is not None,
            )


def _part(words: str) -> Part:
    low = words.casefold()
    if "dissent" in low:
        return Part.DISSENT
    if "concurr" in low:
        return Part.CONCURRENCE
    return Part.PLURALITY if "plurality" in low else Part.COURT


_SIGNED = re.compile(
    r"(?P<judge>[A-Z][\w’'-]+), (?:C\. ?)?J\., (?P<part>dissenting|concurring)", re.IGNORECASE
)


def _of_parentheticals(references: Sequence[Reference]) -> list[Assumed]:
    """`Nken v. Holder, 556 U.S. 418, 439 (2009) (Kennedy, J., concurring)`."""
    found: list[Assumed] = []
    for number, one in enumerate(references):
        signed = _SIGNED.match(one.parenthetical or "")
        if signed:
            part = _part(signed["part"])
            found.append(Wrote(span=one.span, case=number, part=part, judge=signed["judge"]))
    return found


_TOGETHER = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"\bunanimous(?:ly)?"
            r"(?: (?:[Cc]ourt|decision|opinion|ruling|holding|held|hold|decided))*"
            rf"(?:'s)?(?: (?:in|of))? {_case('case')}"
        ),
        rf"{_WHERE}(?:a|the) unanimous [Cc]ourt",
        rf"{_case('case')},? (?:which )?(?:was|is) (?:decided )?(?:a )?unanimous",
    )
)


def _unanimous(text: str) -> Iterator[Assumed]:
    for pattern in _TOGETHER:
        for match in pattern.finditer(text):
            if not _is_open(text, match.start()):
                yield Unanimous(span=Span(*match.span()), case=_number(match["case"]))


# --- when, and by which court ---

_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_ORDINAL = (
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|D\.?C\.?|Federal"
    r"|\d{1,2}(?:st|nd|rd|d|th))"
)
_COURT = (
    rf"(?P<court>(?:U\.S\. |United States )?(?:{_ORDINAL} Circuit"
    r"|(?:[A-Z]\w+ )?Supreme Court(?: of [A-Z]\w+(?: [A-Z]\w+)*)?"
    r"|(?:[A-Z]\w+ )?Court of Appeals(?: of [A-Z]\w+)?))"
)
_DECIDES = r"(?:decided|held|ruled|said|announced|handed down)"
_DECISION = r"(?:decision|opinion|ruling|holding|judgment|case)"
_WHEN = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"{_case('case')},? (?:(?:which|that) )?(?:was |is )?(?:decided|handed down|issued)"
            rf"(?: by the {_COURT})? in {_YEAR}"
        ),
        rf"{_DECIDES} {_case('case')} in {_YEAR}",
        rf"\b[Tt]he {_YEAR} {_DECISION}(?: of| in)?,? {_case('case')}",
        (
            rf"\b[Ii]n {_YEAR},? (?:when )?(?:the|this)(?: \w+){{0,3}}? [Cc]ourt"
            rf" {_DECIDES}(?: (?:in|that in))? {_case('case')}"
        ),
        rf"{_case('case')},? an? {_YEAR} {_DECISION}",
        rf"\b[Tt]he {_COURT} (?:has |had )?{_DECIDES}(?: in)? {_case('case')}",
        rf"\b[Tt]he {_COURT}['’]s? (?:\d{{4}} )?{_DECISION} in {_case('case')}",
        rf"{_WHERE}the {_COURT} {_DECIDES}",
        (
            rf"{_case('case')},? (?:which (?:was )?)?(?:decided by|an? {_DECISION} of|from)"
            rf" the {_COURT}"
        ),
        rf"{_case('case')},? (?:is |was )?(?:an?|the) {_COURT} {_DECISION}",
        rf"{_DECISION} of the {_COURT} in {_case('case')}",
    )
)


def _decisions(text: str) -> Iterator[Assumed]:
    for pattern in _WHEN:
        for match in pattern.finditer(text):
            if _is_open(text, match.start()):
                continue
            groups = match.groupdict()
            yield Decided(
                span=Span(*match.span()),
                case=_number(match["case"]),
                year=int(groups["year"]) if groups.get("year") else None,
                court=groups.get("court"),
            )


_READERS = (_endings, _standings, _writings, _unanimous, _decisions)
