"""The text of a draft: plain words with marks of its sources, `[1]`, which code renders.

A blank line parts paragraphs; `# ` begins a heading, `- ` an item, `> ` a quotation set off, and
`*stars*` set italics. A mark that was torn while editing is mended; no citation is ever typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.law.quotations import quotations
from core.law.sentences import sentences
from core.model import PartKind, Span

_MARKS = re.compile(r"[ \t]*\[(\d{1,3})\]")
_LOOSE = re.compile(
    r"[\[【]\s*(?:sources?\s*)?(\d{1,3}(?:\s*(?:,|;|&|and)\s*\d{1,3})*)\s*[\]】]", re.IGNORECASE
)
_AFTER = re.compile(r"\d{1,3}(?!\d)")
_BEFORE = re.compile(r"(?<!\d)\d{1,3}$")
_HEADING = re.compile(r"(#{1,3})\s+(\S.*)")
_ITEM = re.compile(r"[-*•]\s+(?=\S)")
_QUOTE = re.compile(r">\s?")
_STARS = re.compile(r"(\*{1,2})(?=\S)([^*]+?)(?<=\S)\1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Marks of sources that stand together in a part."""

    # Over the part's text: they stand before this character.
    at: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, heading, item or quotation of a draft, its marks taken out of its words."""

    kind: PartKind
    text: str
    marks: tuple[Marked, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a draft with the sources that it is marked with."""

    text: str
    numbers: tuple[int, ...]
    # Set off as a quotation: every word of it is the source's.
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A run of words in one type; `span` is over the part's text, stars left out."""

    text: str
    span: Span
    italic: bool = False
    bold: bool = False


def mended(text: str, known: Collection[int]) -> tuple[str, tuple[str, ...]]:
    """Return a text with its marks as they are to be, and what was done to them, in words.

    `[ 1 ]` and `[1, 2]` become `[1]` and `[1][2]`; of `[1` and `1]` the other half is put back.
    What names no source stays as it is, and is told.
    """
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    tidy = _LOOSE.sub(lambda found: _marks(found, known), clean)
    whole = "\n".join(_whole(line, known) for line in tidy.split("\n"))
    notices = ["A mark of a source that was torn was mended."] if whole != tidy else []
    strange = sorted({int(n) for n in _MARKS.findall(whole)} - set(known))
    notices += [f"There is no source {n}: “[{n}]” stands as words." for n in strange]
    return whole.strip("\n"), tuple(notices)


def parts(text: str, known: Collection[int]) -> tuple[Part, ...]:
    """Part a text; a number that is no source's stays among the words."""
    return tuple(
        _part(kind, words, level, known)
        for paragraph in re.split(r"\n[ \t]*\n", text)
        for kind, words, level in _lines(paragraph)
    )


def sentences_of(part: Part) -> tuple[Sentence, ...]:
    """Return the sentences of a part, each with the marks that follow it; a heading has none."""
    if part.kind is PartKind.HEADING or not part.text.strip():
        return ()
    if part.kind is PartKind.QUOTE:
        numbers = [n for mark in part.marks for n in mark.numbers]
        return (Sentence(text=part.text, numbers=_once(numbers), quoted=True),)
    spans = _whole_quotations(part.text)
    found: list[Sentence] = []
    for at, span in enumerate(spans):
        until = spans[at + 1].start if at + 1 < len(spans) else len(part.text) + 1
        since = span.start if at else -1
        # A mark at the very end of a sentence is its own, and not the next one's.
        numbers = [
            n
            for mark in part.marks
            if since < mark.at < until or mark.at == 0 == at
            for n in mark.numbers
        ]
        found.append(Sentence(text=span.of(part.text), numbers=_once(numbers)))
    return tuple(found)


def runs(part: Part) -> tuple[Words, ...]:
    """Return the words of a part by their type, stars read and left out."""
    found: list[Words] = []
    at = 0
    for match in _STARS.finditer(part.text):
        found.append(Words(text=part.text[at : match.start()], span=Span(at, match.start())))
        inner = Span(match.start(2), match.end(2))
        bold = len(match[1]) == 2
        found.append(Words(text=match[2], span=inner, italic=not bold, bold=bold))
        at = match.end()
    found.append(Words(text=part.text[at:], span=Span(at, len(part.text))))
    return tuple(words for words in found if words.text)


def same_words(text: str) -> str:
    """Reduce a sentence to what makes it another: its words and signs, not its type."""
    return " ".join(_STARS.sub(r"\2", text).split())


def _marks(found: re.Match[str], known: Collection[int]) -> str:
    numbers = [int(n) for n in re.findall(r"\d+", found[1])]
    return "".join(f"[{n}]" for n in numbers) if set(numbers) <= set(known) else found[0]


def _whole(line: str, known: Collection[int]) -> str:
    """Put back the other half of brackets that stand alone beside the number of a source."""
    for at in reversed(_alone(line)):
        opens = line[at] == "["
        number = _AFTER.match(line, at + 1) if opens else _BEFORE.search(line, 0, at)
        if number is not None and int(number[0]) in known:
            put = number.end() if opens else number.start()
            line = f"{line[:put]}{']' if opens else '['}{line[put:]}"
    return line


def _alone(line: str) -> list[int]:
    """Return where brackets stand that have no other half, in order."""
    opened: list[int] = []
    alone: list[int] = []
    for at, sign in enumerate(line):
        if sign == "[":
            opened.append(at)
        elif sign == "]":
            if opened:
                opened.pop()
            else:
                alone.append(at)
    return sorted([*opened, *alone])


def _lines(paragraph: str) -> Iterator[tuple[PartKind, str, int]]:
    """Yield what the lines of a paragraph are: those of a kind stand together, items alone."""
    told = [_line(line) for line in paragraph.split("\n") if line.strip()]
    for (kind, level), lines in groupby(told, key=lambda each: each[:2]):
        words = [line for _, _, line in lines]
        if kind in {PartKind.HEADING, PartKind.ITEM}:
            yield from ((kind, line, level) for line in words)
        else:
            yield kind, " ".join(words), level


def _line(line: str) -> tuple[PartKind, int, str]:
    stripped = line.strip()
    if (heading := _HEADING.fullmatch(stripped)) is not None:
        return PartKind.HEADING, len(heading[1]), heading[2]
    for kind, sign in ((PartKind.ITEM, _ITEM), (PartKind.QUOTE, _QUOTE)):
        if (begins := sign.match(stripped)) is not None:
            return kind, 1, stripped[begins.end() :]
    return PartKind.BODY, 1, stripped


def _part(kind: PartKind, words: str, level: int, known: Collection[int]) -> Part:
    text, at = "", 0
    marks: list[tuple[int, int]] = []
    for match in _MARKS.finditer(words):
        if int(match[1]) not in known:
            continue
        text += words[at : match.start()]
        marks.append((len(text), int(match[1])))
        at = match.end()
    text += words[at:]
    lead = len(text) - len(text.lstrip())
    return Part(
        kind=kind,
        text=text.strip(),
        marks=tuple(
            Marked(at=max(0, place - lead), numbers=_once(n for _, n in numbers))
            for place, numbers in groupby(marks, key=lambda each: each[0])
        ),
        level=level,
    )


def _whole_quotations(text: str) -> list[Span]:
    """Part a text into sentences; those that a quotation runs through are one."""
    quoted = quotations(text)
    whole: list[Span] = []
    for span in sentences(text):
        if whole and any(q.start < span.start < q.end for q in quoted):
            whole[-1] = Span(whole[-1].start, span.end)
        else:
            whole.append(span)
    return whole


def _once(numbers: Iterable[int] | Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))
