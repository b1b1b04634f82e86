"""Which sentences of an opinion can be quoted by themselves, and how each of them speaks.

A fragment, a string of citations or a party's argument quoted alone misleads; so does what a
lower court held, which is often what the opinion goes on to reverse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from core.law.sentences import sentences
from core.model import Span

FEWEST_WORDS, MOST_WORDS = 8, 110
# Of a test that is told in parts, each a sentence.
MOST_WORDS_IN_PARTS = 160
FEWEST_PARTS = 2
# Of a sentence's characters, what citations and their parentheses may take.
MOST_CITING = 0.4


class Manner(StrEnum):
    """How a sentence speaks.

    An issue, and the report of what another court held, show what a case is about and answer
    nothing.
    """

    HOLDING = "holding"
    RULE = "rule"
    FACTS = "facts"
    ISSUE = "issue"
    REPORT = "report"


_ARGUED = re.compile(
    r"\b(?:argue|contend|claim|assert|maintain|insist|submit|urge|complain|allege|posit|protest|reason)"
    r"(?:s|ed|ing)?(?:,| that\b| in\b| \w+ly\b)|"
    r"\b(?:argument|contention|submission) (?:is )?that\b|\b(?:dissent|concurrence)(?:’s|'s)?\b|"
    r"\baccording to (?:the )?(?:petitioner|respondent|plaintiff|defendant|appell|government)|"
    r"\bgets (?:the analysis|it) backwards\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"[\"“‘(\[]*(?:but |and )?(?:(?:see|cf|id|ibid|accord|e\.\s?g|compare|quoting|citing|supra|pp?)"
    r"\b[., ]|nos?\.\s?\d)|[\"“]?(?:justice|chief justice|judge)\b.*\b(?:delivered|filed|join)|"
    r"[\w’'-]+, (?:c\. ?)?jj?\.,? .*\b(?:delivered|filed|join|concurr|dissent)",
    re.IGNORECASE,
)
# What a court was asked or how a case came to it, not what the court said.
_PROCEDURE = re.compile(
    r"\b(?:granted (?:certiorari|cert|review|leave)|certiorari (?:was|to)|it is so ordered|"
    r"(?:question|questions|issue|issues|decide|determine|consider|asked)\b[^.]{0,60}\bwhether)\b|"
    r"\b(?:must|have to|need not|now|asked to|called upon to) (?:decide|determine|resolve)\b|"
    r"\bwe (?:now |therefore )?(?:reverse|affirm|vacate|remand) the\b|"
    r"\bparties (?:agree|dispute)\b|\b(?:issues?|arguments?) (?:presented|raised) on appeal\b|"
    r"\basks? (?:that|us|this|the court)\b|"
    r"\bthis case (?:involves|concerns|presents)\b|\bwe turn\b|\bour focus is\b",
    re.IGNORECASE,
)
# What only the sentence before can explain.
_LEANS = re.compile(
    r"(?:It|This|That|They|These|Those|He|She|Such|There|Here|First|Second|Third|Fourth|Finally|"
    r"Neither|Both|Each|Its|Their|His|Her|In (?:this|that|these|those)|"
    r"(?:Under|In|On|Of|By|For|To) (?:the (?:first|second|third|latter|former)|th(?:is|at|[eo]se)|"
    r"such|it|them)|The (?:first|second|third|fourth|former|latter)|"
    r"(?:\w+ ){1,3}of (?:these|those|them))\b(?! Amendment| Circuit| Court)"
)
# What was joined to it, and can be read without.
_HANGS = re.compile(
    r"(?:Thus|Moreover|But|And|Nor|Also|Yet|So|Instead|Rather|Similarly|Likewise|Hence|Indeed|"
    r"As a result|In sum|To that end|However|Accordingly|Therefore|Consequently|In short|"
    r"In our view|As (?:noted|we|discussed|explained))\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:(?:this|these|those|such) (?:\w+ )?|both )(?:standards?|tests?|requirements?|factors?|"
    r"inquir(?:y|ies)|reasons?|grounds?|provisions?|motions?|arguments?|findings?)\b|"
    r"\bsupra\b"
)
_HOLDS = re.compile(
    r"\b(?:[Ww]e|[Tt]his Court|[Tt]he Court) (?:\w+ly |now |thus |also )?(?:have |has )?"
    r"(?:(?:therefore|thus|accordingly|long|repeatedly|consistently|recently) )?"
    r"(?:hold|held|holds|conclude|concluded|concludes|reaffirm|adopt|recognized|said|explained|"
    r"made clear)\b|\b(?:is|was|are) held\b|\bour (?:holding|cases|precedents?)\b"
)
_RULES = re.compile(
    r"\b(?:may|must|cannot|can|shall|need not|is|are|does|do|requires?|permits?|prohibits?|"
    r"applies|apply|depends?|protects?|bars?|entitled|forbids?|violates?|constitutes?)\b"
)
_TOLD = re.compile(
    r"\b(?:was|were|had|did|testified|asked|told|arrived|filed|moved|argued|attempted|drove|"
    r"entered|arrested|charged|admitted|found|sought|pleaded|appealed|sued|noticed|followed|"
    r"informed|requested|received|returned|sent|took|tried|began|saw)\b"
)
# What happened on a day or in a year is told, not laid down.
_DATED = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil) (?:[A-Z]\w+ (?:\d+, )?(?:of )?)?\d{4}\b"
)
_PARTY = re.compile(
    r"\b(?:petitioner|respondent|appellant|appellee|plaintiff|defendant)s?\b|\b(?:Mr|Mrs|Ms|Dr)\.",
    re.IGNORECASE,
)
_OTHER_COURT = re.compile(
    r"\b(?:(?:[Dd]istrict|[Tt]rial|[Ll]ower|[Bb]ankruptcy|[Ss]uperior|[Aa]ppellate|[Ss]tate|"
    r"[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|"
    r"[Tt]enth|[Ee]leventh|[Ff]ederal|D\. ?C\.) (?:[Cc]ourts?|[Cc]ircuits?|[Jj]udges?)|"
    r"(?:[Cc]ounty|[Cc]ity|[Cc]ircuit|[Pp]robate|[Ff]amily|[Cc]hancery) [Cc]ourts?|"
    r"[Cc]ourts? of [Aa]ppeals?|the Circuit|the panel|the magistrate(?: judge)?|the jury|"
    r"[Tt]he court|[Tt]hat court|(?:the )?[A-Z]\w+ [Ss]upreme [Cc]ourt|the ALJ|the Board)"
    r"\b[^.;]{0,60}?\b"
    r"(?:held|holds|concluded|found|ruled|stated|reasoned|determined|denied|granted|believed|"
    r"thought|affirmed|reversed|dismissed|enforced|enjoined|rejected|"
    r"relied|observed|erred|agreed|have concluded)\b"
)
_SETS_APART = re.compile(
    r"\b(?:distinguish(?:es|ed|able)?|inapposite|inapplicable|unlike in|does not (?:control|govern|"
    r"reach|extend to)|did not (?:control|govern|reach)|declin\w+ to extend|no application)\b",
    re.IGNORECASE,
)
_LAYS_DOWN = re.compile(
    r"\b(?:must|has to|need only|should|burden is \w+ \w+ \w+ to) (?:\w+ )?(?:show|prove|establish|"
    r"demonstrate|consider|weigh|ask)\b|\b(?:only|even) if\b|\bunless\b|\bdepends? (?:up)?on\b|"
    r"\bfirst, .*\bsecond, |\(1\).*\(2\)",
    re.DOTALL,
)
_ANNOUNCES = re.compile(
    r"\b(?:two|three|four|five|six) (?:\w+ ){0,2}?(?:questions?|factors?|elements?|things|rules?|"
    r"parts?|steps?|inquir(?:y|ies)|requirements?|conditions?|prongs?|considerations?|showings?|"
    r"criteria|matters|points|limits)\b|\b(?:two|three|four)-(?:part|step|prong\w*)\b",
    re.IGNORECASE,
)
_PARTS = tuple(
    re.compile(rf"(?:The )?{each}(?:ly)?\b")
    for each in ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
)
_CITATION = re.compile(
    r"\d+ (?:U\. ?S\.|S\. ?Ct\.|L\. ?Ed\.|F\. ?(?:2d|3d|4th|Supp\.)|[A-Z][\w.]{0,8}(?: ?[23]d)?) ?"
    r"(?:at )?[\d_]+(?:, [\d–-]+)*(?: ?\([^)]*\))?|\b[A-Z][\w.’'& ]{2,40} v\. [A-Z][\w.’'& ]{2,40},"
    r"|https?:\S+|\([^)]{25,}\)"
)
_BEGINS = re.compile(r"[\"“‘(\[]{0,3}(?:[A-Z]|§)")
_ENDS = re.compile(r"[.!][\"”’)\]]{0,3}$")
_SMALL_WORD = re.compile(r"\b[a-z]{3,}\b")
_NOTE_BEFORE = re.compile(r"\[Footnote \d{1,3}\]\s*|\d{1,3}(?=[A-Z“])")
_NOTE_BEHIND = re.compile(r"(?<=[.!”\"’)])(?:\d{1,3}|\s?\[(?:Footnote )?\d{1,3}\])$")
_HEADING = re.compile(r"(?:[A-Z]|[IVX]{1,4}|\d{1,2})\.\s+(?=[A-Z“])")


def trimmed(text: str, span: Span) -> Span:
    """Take the mark of a footnote off either end of a sentence, and a heading's letter."""
    start, end = span.start, span.end
    for mark in (_NOTE_BEFORE, _HEADING):
        if (before := mark.match(text, start, end)) is not None:
            start = before.end()
    if (behind := _NOTE_BEHIND.search(text[start:end])) is not None:
        end = start + behind.start()
    return Span(start, end)


def with_parts(text: str) -> list[Span]:
    """Part a text into sentences; one that announces parts is one with those that tell them.

    "From our cases we draw three questions. First, … Second, … Third, …" says nothing by its first
    sentence alone, and a part of it alone gives a test for less than it is.
    """
    runs: list[list[Span]] = []
    part = len(_PARTS)
    for span in sentences(text):
        said = span.of(text)
        if part < len(_PARTS) and _PARTS[part].match(said):
            runs[-1].append(span)
            part += 1
        else:
            runs.append([span])
            part = 0 if _ANNOUNCES.search(said) else len(_PARTS)
    return [span for run in runs for span in _joined(text, run)]


def _joined(text: str, run: Sequence[Span]) -> Sequence[Span]:
    whole = Span(run[0].start, run[-1].end)
    return (whole,) if len(run) == 1 or in_parts(whole.of(text)) else run


def in_parts(text: str) -> bool:
    """Say whether a text is a sentence with the parts that it announced, whole."""
    said = [span.of(text) for span in sentences(text)]
    return (
        len(said) > FEWEST_PARTS
        and len(text.split()) <= MOST_WORDS_IN_PARTS
        and _ANNOUNCES.search(said[0]) is not None
        and not any(_ARGUED.search(each) or _REFERS.match(each) for each in said)
        and not leans(said[0])
    )


def is_whole(text: str) -> bool:
    """Say whether a sentence can stand alone: no fragment, heading, citations or argument."""
    return is_sentence(text) and not _ARGUED.search(text)


def is_sentence(text: str) -> bool:
    """Say whether a text is a sentence, whoever's: no fragment, heading or string of citations."""
    count = len(text.split())
    return (
        FEWEST_WORDS <= count <= MOST_WORDS
        and _BEGINS.match(text) is not None
        and _ENDS.search(text) is not None
        and len(_SMALL_WORD.findall(text)) >= count * 0.4
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and not _REFERS.match(text)
        and sum(len(match[0]) for match in _CITATION.finditer(text)) <= MOST_CITING * len(text)
    )


def leans(text: str) -> bool:
    """Say whether a sentence means nothing without the one before it."""
    bare = _HANGS.sub("", text, count=1).lstrip(" ,")
    return _LEANS.match(bare[:1].upper() + bare[1:]) is not None


def hangs(text: str) -> bool:
    """Say whether a sentence was joined to the one before it."""
    return _HANGS.match(text) is not None


def points_back(text: str) -> bool:
    """Say whether a sentence speaks of what another named: "both of these requirements"."""
    return _POINTS_BACK.search(text) is not None


def sets_apart(text: str) -> bool:
    """Say whether a sentence tells a case from another, or a rule not to reach one."""
    return _SETS_APART.search(text) is not None


def lays_down(text: str) -> bool:
    """Say whether a sentence tells what must be shown, or on what something depends."""
    return _LAYS_DOWN.search(text) is not None


def manner(text: str) -> Manner:
    """Say how a sentence speaks; what another court held is not this one's holding."""
    if _PROCEDURE.search(text):
        return Manner.ISSUE
    if _HOLDS.search(text):
        return Manner.HOLDING
    if _OTHER_COURT.search(text):
        return Manner.REPORT
    if lays_down(text):
        return Manner.RULE
    told = sum(len(each.findall(text)) for each in (_TOLD, _PARTY, _DATED))
    return Manner.FACTS if told > len(_RULES.findall(text)) else Manner.RULE
