"""Find in a sentence what its sources did not bring: a name, a number, a page, a statute, a judge.

Citations and case names are dealt with before (`citing`); this is the net for everything else
that only a source may say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.ask.attribution import STANDS_FOR, courts_own_names
from core.ask.citing import NOT_A_SOURCE, REMOVED, stands_in
from core.ask.evidence import Evidence, content_words, number_tokens
from core.model import LEADING_KINDS, OpinionKind, Span

PAGE = "It gives a page that is not the source's."
NUMBER = "It gives a number that is not in the source it cites."
NAME = "It uses a name that is not in the source it cites."
JUDGE = "It names a judge who did not write the source."
COURT = "It says of a court what the source does not show."
PART = "It says that another writing of the case says this than the source it cites."
PROVISION = "It names a provision, a rule or a date that is not in the source it cites."
_AT_PAGE = re.compile(
    r"(?:\b(?:at|pages?|pp?\.|slip op\.(?: at)?|nn?\.|notes?|footnotes?)|¶)\s*\*?(\d+)"
    r"(?:\s*[-–]\s*\d+)?(?=\s*(?:$|[-–.,;)\]]))"
    r"|\bpages?\s+(\d+)",
    re.IGNORECASE,
)
_MONTHS = (
    "Jan(?:uary|\\.)|Feb(?:ruary|\\.)|Mar(?:ch|\\.)|Apr(?:il|\\.)|May|June?|July?|Aug(?:ust|\\.)"
    "|Sept?(?:ember|\\.)|Oct(?:ober|\\.)|Nov(?:ember|\\.)|Dec(?:ember|\\.)"
)
# Each must stand in the source as it is written, word after word.
_PROVISIONS = re.compile(
    rf"""§+\s*\d[\w.():–-]*
    |\b(?:Rules?|Sections?|Articles?|Titles?|Chapters?|Parts?|Canons?|Nos?\.|Docket|Order)
        \s+(?:No\.\s*)?(?:\d[\w.():–-]*|[IVX]+\b)
    |\b(?:Fed\.\s*)?R\.\s*(?:[A-Z][a-z]*\.\s*){{1,3}}\d[\w.():–-]*
    |\b[A-Z]\w+\s+(?:Amendment|Act|Code|Clause|Doctrine|Convention|Treaty)\b
    |\b(?:{_MONTHS})\s+\d{{1,2}}(?:,?\s+\d{{4}})?\b
    |\b\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?\b
    |\b\d{{1,2}}(?::\d\d)?-(?:\w{{1,4}}-)?\d{{2,6}}\b""",
    re.VERBOSE,
)
# A citation that no table of reporters reads: spelled out, cut up, made up.
_LIKE_A_CITATION = re.compile(
    r"""\b\d{1,4}[\s.,]+(?:[A-Z][\w.'’&]*[\s.,]+){1,5}(?:(?:2d|3d|4th|p(?:age|\.))\s*)?\d{1,5}\b
    |\b(?i:volume|vol\.)\s+(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve
        |thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)\b
    |\b(?:[A-Z][\w.]*\s+){0,3}(?:Reports|Reporter|Supplement)\b
    |\bF(?:ed(?:eral)?)?\.?\s*(?:Second|Third|Fourth|2d|3d|4th)\b
    |\b(?:WL|LEXIS)\s*\d*
    |\b[A-Z][\w.'’&-]*\s+(?:v|vs|versus)\b\.?\s+[\w'’&-]+
    |\b(?i:id\.|ibid|supra|infra)(?=\W)""",
    re.VERBOSE,
)
_JUDGE = re.compile(
    r"\b(?:Chief\s+)?(?:Justice|Judge|Magistrate)\s+([A-Z][\w'’-]+)|\b([A-Z][\w'’-]+),\s+(?:C\.\s?)?J\."
)
_COURT = re.compile(
    r"\b((?:(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh"
    r"|D\.\s?C\.|Federal|\d{1,2}(?:st|nd|rd|th|d))\s+Circuit)"
    r"|(?:(?:U\.\s?S\.|United States|[A-Z]\w+)\s+)?Supreme Court"
    r"(?:\s+of\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)?)?)"
)
_DID = re.compile(
    r"\s+(?:has\s+|have\s+|had\s+|also\s+|itself\s+|later\s+|recently\s+|long\s+|then\s+){0,2}"
    r"(?:held|said|ruled|holds|says|rules|agree[ds]|explained|explains|decided|concluded|concludes"
    r"|rejected|adopted|recognized|recognizes|found|wrote|stated|observed|noted|requires|affirmed"
    r"|reversed|overruled|reaffirmed)\b"
)
_PARTS = (
    (
        re.compile(r"(?:As |In )?(?:the|a|his|her|one) (?:partial )?dissent", re.IGNORECASE),
        {OpinionKind.DISSENT, OpinionKind.CONCUR_DISSENT},
    ),
    (
        re.compile(r"(?:As |In )?(?:the|a) (?:concurrence|concurring)", re.IGNORECASE),
        {
            OpinionKind.CONCURRENCE,
            OpinionKind.CONCURRENCE_IN_JUDGMENT,
            OpinionKind.CONCUR_DISSENT,
        },
    ),
    (re.compile(r"(?:As |In )?the (?:majority|plurality)", re.IGNORECASE), LEADING_KINDS),
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
# Words that begin sentences and name nobody.
_NAMES_NOBODY = """
    a about above accordingly according additionally after again against all also although among
    an and another any applicant appellant appellants appellee applying are as at based because
    before being besides both but by can consequently conversely court courts deciding despite
    determining did do does during each either even every evidence except failure finally first
    for fourth from further furthermore generally given had has have he hence her here his how
    however i if importantly in indeed instead is it its judges justice judge lastly law lawyers
    likewise may merely more moreover most movants must nearly neither nevertheless no none
    nonetheless nor not nothing notably now of on once one only or ordinarily other otherwise our
    out over parties party petitioner petitioners plaintiff plaintiffs defendant defendants rather
    relief respondent respondents rule second secondly section several she should showing similarly
    simply since so some specifically still such text than that the their them then there therefore
    these they third this those though three through thus to today together two ultimately under
    unless unlike until upon usually was we were what when where whereas whether which while who
    whoever whose why will with within without would yes yet you see accord compare citing quoting
    absent anyone assuming because beyond briefly clearly concerning consider despite everybody
    everyone everything finding following generally here's its it's likely nobody note
    notwithstanding overall particularly per plainly prior provided put pursuant regarding simply
    somebody someone something subsequently that's there's thereby thereafter typically upon
    whatever whenever wherever whichever
"""
_NOBODY = frozenset(_NAMES_NOBODY.split())


@dataclass(frozen=True, slots=True)
class Stranger:
    """What a sentence brings in by itself: where it stands in it, and what is wrong, in words.

    The words never repeat the name or number itself.
    """

    span: Span
    reason: str


def stranger_in(text: str, evidence: Sequence[Evidence]) -> str | None:
    """Say what a sentence brings in by itself; None when nothing."""
    return next((stranger.reason for stranger in strangers(text, evidence)), None)


def without_strangers(text: str, evidence: Sequence[Evidence]) -> str:
    """Return a sentence that is shown only as not supported, without what is nobody's."""
    gone = {at for stranger in strangers(text, evidence) for at in range(*_ends(stranger.span))}
    kept = "".join("\0" if at in gone else letter for at, letter in enumerate(text))
    kept = re.sub(r"\0+(?:[\s.,()]*\0+)*", REMOVED, kept)
    # What is left of a citation that was taken out in part.
    return re.sub(rf"\bslip op\.?\s+(?:at\s+)?(?={re.escape(REMOVED)})", "", kept)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def strangers(text: str, evidence: Sequence[Evidence]) -> Iterator[Stranger]:
    """Yield what a sentence brings in by itself, the gravest kind first."""
    for pattern, is_known, reason in (
        (_LIKE_A_CITATION, _is_written, NOT_A_SOURCE),
        (_AT_PAGE, _page_is_known, PAGE),
        (_PROVISIONS, _is_written, PROVISION),
        (_JUDGE, _judge_is_known, JUDGE),
        (_COURT, _court_is_known, COURT),
    ):
        for match in pattern.finditer(text):
            if not is_known(match, evidence):
                yield Stranger(Span(*match.span()), reason)
    said = STANDS_FOR.sub(lambda match: " " * len(match[0]), text)
    known = frozenset[str]().union(*(item.numbers for item in evidence))
    for span, number in number_tokens(said):
        if number not in known:
            yield Stranger(span, NUMBER)
    for match in _WORD.finditer(said):
        if _is_a_name(match[0]) and not _name_is_known(match[0], evidence):
            yield Stranger(Span(*match.span()), NAME)


def other_court_in(text: str, evidence: Sequence[Evidence]) -> str | None:
    """Say that a sentence tells what another court did than the one whose words it cites."""
    told = (match for match in _COURT.finditer(text) if _DID.match(text, match.end()))
    return COURT if any(not _is_their_court(match, evidence) for match in told) else None


def other_part_in(text: str, evidence: Sequence[Evidence]) -> str | None:
    """Say that a sentence is put into the mouth of a dissent that none of its sources is."""
    kinds = {item.source.passage.kind for item in evidence}
    for pattern, fitting in _PARTS:
        if pattern.match(text) and kinds.isdisjoint(fitting):
            return PART
    return None


def _is_written(match: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    return any(
        stands_in(place, match[0])
        for item in evidence
        for place in (item.source.passage.text, item.about)
    )


def _court_is_known(match: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    return _is_written(match, evidence) or _is_their_court(match, evidence)


def _is_their_court(match: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    court = re.sub(r"\bd\. c\.", "d.c.", " ".join(match[0].lower().split()))
    return any(court in courts_own_names(item.source.case) for item in evidence)


def _page_is_known(match: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    return any(
        int(match[1] or match[2]) in item.pages or stands_in(item.source.passage.text, match[0])
        for item in evidence
    )


def _judge_is_known(match: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    name = (match[1] or match[2]).lower()
    return any(
        name in (item.source.passage.author or "").lower().split()
        or stands_in(item.source.passage.text, match[0])
        for item in evidence
    )


def _is_a_name(word: str) -> bool:
    if any("LATIN" not in unicodedata.name(letter, "") for letter in word if letter.isalpha()):
        return True
    return word[:1].isupper() and re.sub(r"[’']s?$", "", word).lower() not in _NOBODY


def _name_is_known(name: str, evidence: Sequence[Evidence]) -> bool:
    name = re.sub(r"[’']s?$", "", name)
    parts = [part.lower() for part in re.split(r"[’']", name) if part]
    for item in evidence:
        if all(part in item.spelled for part in parts):
            return True
        stems = content_words(name)
        if name[1:].islower() and stems and stems <= item.words:
            return True
    return False
