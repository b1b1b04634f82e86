"""The source numbers that a model wrote into its text: read once, on the finished text.

`[1]`, `[1, 3]`, `[1-3]`, `【2】` and their like become numbers of the sentence they stand behind;
what is shown carries them in one form, `[1][3]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.law.citations import find_citations
from core.law.quotations import quotations
from core.law.sentences import sentences
from core.model import Span

_MARKER = re.compile(
    r"[ \t]*[\[【]{1,2}\s*(?:\^|sources?\s+|#)?"
    r"(\d{1,3}(?:\s*(?:,|;|&|and|-|–|to)\s*(?:source\s+)?\d{1,3})*)\s*[\]】]{1,2}",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|to)\s*(\d+)", re.IGNORECASE)
_LONGEST_RANGE = 20
_FINISHED = re.compile(r"[.?!…][\"”’')]*(?:[ \t]*[\[【][^\]】\n]{1,40}[\]】])*(?=\s+[^\s\[【])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a draft, without its markers; `numbers` are of sources that there are."""

    text: str
    numbers: tuple[int, ...]
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A draft in sentences, and the numbers in it that are no source's."""

    sentences: tuple[Sentence, ...]
    unknown: tuple[int, ...]


def marked(text: str, numbers: Sequence[int]) -> str:
    """Write a sentence with the numbers of its sources behind it: `It is so. [1][2]`."""
    return f"{text} {''.join(f'[{n}]' for n in numbers)}" if numbers else text


def finished(draft: str, since: int = 0) -> int:
    """Return where the last sentence of an unfinished draft ends that is surely whole, or 0."""
    ends = [match.end() for match in _FINISHED.finditer(draft, since)]
    return ends[-1] if ends else 0


def parted(text: str, known: frozenset[int]) -> Parted:
    """Part a text into sentences with their markers; no quotation and no citation is parted."""
    clean, markers = _without_markers(text)
    citations = [found.span for found in find_citations(clean)]
    spans = _whole([*quotations(clean), *citations], sentences(clean))
    found: list[Sentence] = []
    for index, span in enumerate(spans):
        # A marker stands behind its sentence; only one that opens a paragraph stands before.
        until = spans[index + 1].start - 1 if index + 1 < len(spans) else len(clean)
        since = 0 if index == 0 else span.start
        numbers = [n for at, ns in markers if since <= at <= until for n in ns]
        found.append(
            Sentence(
                text=span.of(clean),
                numbers=tuple(dict.fromkeys(n for n in numbers if n in known)),
                paragraph=clean.count("\n\n", 0, span.start),
            )
        )
    unknown = {n for _, ns in markers for n in ns} - known
    return Parted(sentences=tuple(found), unknown=tuple(sorted(unknown)))


def with_their_citations(whole: Parted, only_cites: Callable[[str], bool]) -> Parted:
    """Put a citation that stands as a sentence to the sentence it was written for."""
    found: list[Sentence] = []
    for sentence in whole.sentences:
        last = found[-1] if found else None
        if last and last.paragraph == sentence.paragraph and only_cites(sentence.text):
            found[-1] = replace(
                last,
                text=f"{last.text} {sentence.text}",
                numbers=tuple(dict.fromkeys((*last.numbers, *sentence.numbers))),
            )
        else:
            found.append(sentence)
    return replace(whole, sentences=tuple(found))


def _without_markers(text: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """Return the text without its markers, and at which offset of it each marker stood."""
    pieces: list[str] = []
    markers: list[tuple[int, tuple[int, ...]]] = []
    length = last = 0
    for match in _MARKER.finditer(text):
        pieces.append(text[last : match.start()])
        length += match.start() - last
        markers.append((length, _numbers(match[1])))
        opens = text[: match.start()].endswith("\n\n") or match.start() == 0
        last = match.end() + (text[match.end() : match.end() + 1] == " " and opens)
    return "".join([*pieces, text[last:]]), markers


def _numbers(written: str) -> tuple[int, ...]:
    ranges = [(int(a), int(b)) for a, b in _RANGE.findall(written)]
    inside = [n for a, b in ranges if a < b <= a + _LONGEST_RANGE for n in range(a, b + 1)]
    return tuple(dict.fromkeys([*inside, *(int(n) for n in re.findall(r"\d+", written))]))


def _whole(unparted: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Join sentences that a quotation or a citation runs through: it is checked as one."""
    whole: list[Span] = []
    for span in spans:
        if whole and any(one.start < span.start < one.end for one in unparted):
            whole[-1] = Span(whole[-1].start, span.end)
        else:
            whole.append(span)
    return whole
