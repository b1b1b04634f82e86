"""Words that say of a paper that it is privileged: its marks and its notices.

A paper that *discusses* privilege, as briefs and opinions do, says nothing of itself; only what
labels the paper, warns whoever got it, or wants it back is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from core.model import Span

Seen = tuple[Span, str]

MARKED = "Marked as privileged"
NOTICE = "Says that it is privileged"
CLAWED_BACK = "Speaks of privileged papers produced by mistake"

_MOST = 1_000  # places of a sort; more are no news
_NEAR = 260  # letters: as far as the words of one notice stand apart

_CLIENT = r"(?:attorney|lawyer|solicitor)[’']?s?[-‐–/ ]{1,3}(?:and[- ])?client"
_WORK = r"(?:attorney|lawyer|counsel)[’']?s?[’']?[- ](?:opinion )?work[- ]product"
# A line that is a mark consists of such phrases and of nothing else.
_PHRASES = (
    r"(?:strictly |highly )?(?:privileged|confidential)",
    rf"{_CLIENT}(?: (?:privileged?|confidential))?",
    _WORK,
    r"(?:protected )?work[- ]product",
    r"(?:joint[- ]defen[cs]e|common[- ]interest)(?: (?:privileged?|agreement))?",
    r"prepared in (?:anticipation|contemplation) of litigation",
    r"prepared (?:at|by|for|under) (?:the )?(?:(?:request|direction) of )?(?:legal )?counsel",
    r"(?:subject to|protected by|covered by|contains?)(?: the)?",
    r"draft|legal advice|memorandum|communications?|materials?|documents?|information",
    r"do not (?:forward|produce|disclose|distribute|copy|file)",
    r"not for (?:distribution|production|filing)",
    r"privilege|doctrine|(?:inadmissible )?settlement",
)
_PHRASE = f"(?:{'|'.join(_PHRASES)})"
_MARK_LINE = re.compile(
    rf"^[^\w\n]{{0,12}}(?P<mark>{_PHRASE}(?:[^\w\n]{{1,4}}(?:(?:and|or) )?{_PHRASE}){{0,8}})"
    r"[^\w\n]{0,12}$",
    re.IGNORECASE | re.MULTILINE,
)
_SAYS_SO = re.compile(rf"privileged|{_CLIENT}|{_WORK}", re.IGNORECASE)
# `Attorney-Client Privilege`, as a heading of a brief is printed, marks nothing.
_SUBJECT = re.compile(
    rf"(?:{_CLIENT}|{_WORK}|work[- ]product)(?: privilege| doctrine)?", re.IGNORECASE
)
# Within a line: written as a label is, with capitals, and not quoted.
_AND = r" ?(?:AND|And|and|&|/|-|–|,) ?"
_LABEL = re.compile(
    r"(?<![\w“‘\"'])"
    rf"(?:(?:PRIVILEGED|Privileged){_AND}(?:CONFIDENTIAL|Confidential)"
    rf"|(?:CONFIDENTIAL|Confidential){_AND}(?:PRIVILEGED|Privileged)"
    r"|(?:ATTORNEY|Attorney)[-‐–/ ](?:CLIENT|Client)[- ](?:PRIVILEGED|Privileged|COMMUNICATION)"
    r"|ATTORNEY(?:[’']S)?[- ]WORK[- ]PRODUCT)(?![\w”’\"'])"
    r"(?!,? (?i:doctrine|privilege|protection|rule|exception|immunity|log))"
)
_IT_IS = re.compile(
    r"\b(?:this|the (?:foregoing|enclosed|attached|following)) "
    r"(?:e-?mail|electronic mail|message|communication|transmission|memorandum|memo|letter|document"
    r"|fax|facsimile|draft)\b"
    r"(?=.*?\b(?:is|are|may|contains?|constitutes?|includes?)\b)",
    re.IGNORECASE | re.DOTALL,
)
_PRIVILEGED = re.compile(rf"(?<!not )(?:\bprivileged\b|{_CLIENT}|work[- ]product)", re.IGNORECASE)
_STOP = re.compile(r"[.!?]\s|\n\s*\n")
_TAKEN_BACK = re.compile(
    r"\bclaw(?:ed|ing|s)?[- ]?backs?\b|\binadvertent(?:ly)? (?:produc|disclos)\w+"
    r"|\b(?:return|destroy|sequester)\w*\b[^.]{0,60}"
    r"\bprivileged (?:document|material|communication)s?",
    re.IGNORECASE,
)
_PRIVILEGE = re.compile(rf"privileg|{_CLIENT}|work[- ]product|\b502\s?\((?:b|d)\)", re.IGNORECASE)


def privilege_marks(text: str) -> tuple[Seen, ...]:
    """Find what says that this very paper is privileged, in its order; none overlaps another."""
    finders = (_lines(text), _labels(text), _notices(text), _taken_back(text))
    found: list[Seen] = []
    every = chain.from_iterable(islice(each, _MOST) for each in finders)
    for span, words in sorted(every, key=lambda one: (one[0].start, -one[0].end)):
        if not found or span.start >= found[-1][0].end:
            found.append((span, words))
    return tuple(found)


def _lines(text: str) -> Iterator[Seen]:
    for match in _MARK_LINE.finditer(text):
        mark = match["mark"]
        if _SAYS_SO.search(mark) and (mark.isupper() or not _SUBJECT.fullmatch(mark)):
            yield Span(*match.span("mark")), MARKED


def _labels(text: str) -> Iterator[Seen]:
    for match in _LABEL.finditer(text):
        yield Span(*match.span()), MARKED


def _notices(text: str) -> Iterator[Seen]:
    """`This message … is privileged`, in one sentence."""
    for match in islice(_PRIVILEGED.finditer(text), 10 * _MOST):
        floor = max(0, match.start() - _NEAR)
        stops = [stop.end() for stop in _STOP.finditer(text, floor, match.start())]
        said = _IT_IS.search(text, stops[-1] if stops else floor, match.start())
        if said:
            yield Span(said.start(), match.end()), NOTICE


def _taken_back(text: str) -> Iterator[Seen]:
    """Pay that is clawed back from an officer, or funds from a creditor, are no papers."""
    for match in islice(_TAKEN_BACK.finditer(text), _MOST):
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if _PRIVILEGE.search(around):
            yield Span(*match.span()), CLAWED_BACK
