"""What one source can vouch for: its words, its names, its numbers, its sentences.

Prepared once for each source, so that every sentence of a draft is checked against the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.law.instructions import instructions
from core.law.sentences import sentences
from core.model import Source, Span
from core.search.terms import terms

_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d+(?:[.,:/–-]\d+)*")
_PAGES = re.compile(r"(\d+)\s*[-–]\s*(\d+)|(\d+)")
# More pages than a passage has: what is written so is no range of pages.
_MOST_PAGES = 60
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_DENIAL = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nothing|cannot)\b|n[’']t\b",
    re.IGNORECASE,
)
# `one` is left out: it is seldom a number.
_COUNTED = (
    "zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(_COUNTED.split())
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of a source: its content words, and whether it denies."""

    words: frozenset[str]
    denies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    source: Source
    # Content words of the passage and of what the library knows of the case.
    words: frozenset[str]
    # Of the passage alone, and without what in it is addressed to a language model.
    said: frozenset[str]
    # Every word as it stands there, in lower case: what a name is looked up in.
    spelled: frozenset[str]
    # Every number as it stands there, and every run of digits.
    numbers: frozenset[str]
    # The printed pages that the passage is on.
    pages: frozenset[int]
    # What the library knows of the case, in words.
    about: str
    lines: tuple[Line, ...]


def evidence_of(source: Source) -> Evidence:
    """Prepare what a source can vouch for."""
    text = source.passage.text
    about = _about(source)
    known = f"{text}\n{about}"
    orders = instructions(text)
    told = [
        span.of(text)
        for span in sentences(text)
        if not any(span.start < order.end and order.start < span.end for order in orders)
    ]
    return Evidence(
        source=source,
        words=content_words(known),
        said=content_words("\n".join(told)),
        spelled=spelled_words(known),
        numbers=numbers_in(known) | {number for _, number in number_tokens(known)},
        pages=_pages(source.pincite or ""),
        about=about,
        lines=tuple(
            Line(words=content_words(sentence), denies=denies(sentence)) for sentence in told
        ),
    )


def content_words(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def denies(text: str) -> bool:
    """Say whether a sentence says *not* of something."""
    return _DENIAL.search(text) is not None


def spelled_words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))


def numbers_in(text: str) -> frozenset[str]:
    """Return every run of digits, `1,000` read as 1000, and number words as digits."""
    runs = {run.lstrip("0") or "0" for run in _DIGITS.findall(_THOUSANDS.sub("", text))}
    spelled = {str(NUMBER_WORDS[word]) for word in spelled_words(text) if word in NUMBER_WORDS}
    return frozenset(runs | spelled)


def number_tokens(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the numbers of a text as they are written, `99-1234` whole; words for them too."""
    for match in _NUMBER.finditer(text):
        whole = _THOUSANDS.sub("", match[0]).replace("–", "-")
        yield Span(*match.span()), whole.lstrip("0") or "0"
    for match in _WORD.finditer(text):
        if match[0].lower() in NUMBER_WORDS:
            yield Span(*match.span()), str(NUMBER_WORDS[match[0].lower()])


def _pages(pincite: str) -> frozenset[int]:
    """Return the pages of `433–34`: a page cut short has the digits of the one before it."""
    pages: set[int] = set()
    for first, last, only in _PAGES.findall(pincite):
        if only:
            pages.add(int(only))
            continue
        end = int(first[: -len(last)] + last) if len(last) < len(first) else int(last)
        pages.update(range(int(first), min(end, int(first) + _MOST_PAGES) + 1))
    return frozenset(pages)


def _about(source: Source) -> str:
    case, passage = source.case, source.passage
    return " ".join(
        str(part)
        for part in (
            source.citation,
            case.case_name,
            case.court.name,
            case.docket_number,
            case.date_filed,
            passage.kind.replace("_", " "),
            passage.author,
            *case.citations,
        )
        if part
    )
