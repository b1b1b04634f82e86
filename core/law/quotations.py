"""Quotations in a text, and whether their words stand in a source exactly as quoted.

Word for word: how quotation marks, spaces and line ends were printed does not matter, an ellipsis
leaves something out, a bracket changes the letter it says it changes; any other difference does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.model import Span

# What one ellipsis may leave out, in characters: more, and it is two quotations.
_LONGEST_OMISSION = 3_000
# Places at which the beginning of a quotation is tried.
_MOST_BEGINNINGS = 64
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_MARKS = re.compile(r"[\"“”]")
_OPENS = re.compile(r"[\s(\[{—–‘'-]")
_SINGLE_OPENS = re.compile(r"(?<![\w'’])[‘'](?=[^\s'’])")
_SINGLE_CLOSES = re.compile(r"(?<=[^\s‘])[’'](?!\w)")
_MARK_KINDS = dict.fromkeys('"“”„‟″«»‘’‚‛′`´', "'")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_INVISIBLE = frozenset("\x01\x02\u00ad\u200b\u200c\u200d\u2060\ufeff")
# A hyphen at a line's end may belong to the word or to the printer; kept apart as one sign.
_LINE_HYPHEN = "\x01"
_SIC = re.compile(r" ?\[sic\]", re.IGNORECASE)
_SIC_SIGN = "\x02"
_LETTERS = {"-": f"[-{_LINE_HYPHEN}]", _SIC_SIGN: r"(?: ?\[sic\])?"}
_ELLIPSIS = re.compile(r"\s*(?:…|\.\s?\.\s?\.)(?:\s?\.)*\s*")
# What a bracket may put to a word or take from it: `claim[s]`, `consider[ed]`, never `guilt[less]`.
_ENDINGS = frozenset({"", "s", "es", "ed", "d", "ing", "ly", "y", "ies", "n", "en", "t", "'s", "e"})
_ENDING = r"(?:'s|s|es|ed|d|ing|ly|y|ies|n|en|t|e)?"
_BRACKETED = re.compile(r"\[(?P<inside>[^\[\]]{0,40})\]")


def quotations(text: str) -> tuple[Span, ...]:
    """Find the quoted words of a text, without their marks, outermost only, in order.

    A quotation ends with its paragraph: one that runs on opens again in the next.
    """
    found: list[Span] = []
    begin = 0
    for border in [*(match.span() for match in _PARAGRAPH.finditer(text)), (len(text), len(text))]:
        found += _quoted_in_paragraph(text, begin, border[0])
        begin = border[1]
    return tuple(found)


def single_quotations(text: str) -> tuple[Span, ...]:
    """Find what stands between single quotation marks, without them; apostrophes are none.

    Where a mark could be the closing one or an apostrophe (`‘the parties’ rights’`), the last is.
    """
    opens = [match.start() for match in _SINGLE_OPENS.finditer(text)]
    closes = [match.start() for match in _SINGLE_CLOSES.finditer(text)]
    found: list[Span] = []
    for start, until in pairwise([*opens, len(text)]):
        within = [at for at in closes if start + 1 < at < until]
        if within and (not found or start >= found[-1].end):
            found.append(Span(start + 1, within[-1]))
    return tuple(found)


def _quoted_in_paragraph(text: str, begin: int, end: int) -> Iterator[Span]:
    depth, start = 0, begin
    for match in _MARKS.finditer(text, begin, end):
        if _opening(text, match.start(), begin, depth):
            if depth == 0:
                start = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and text[start : match.start()].strip():
                yield Span(start, match.start())
    if depth and text.startswith("“", start - 1) and text[start:end].strip():
        yield Span(start, len(text[:end].rstrip()))


def _opening(text: str, at: int, begin: int, depth: int) -> bool:
    if text[at] != '"':
        return text[at] == "“"
    return depth == 0 and (at == begin or _OPENS.match(text[at - 1]) is not None)


def find_quotation(quote: str, passage: str) -> Span | None:
    """Find the place in a passage whose words are the quotation's, None if a letter differs.

    Quotation marks, dashes, ligatures, white space and hyphens at line ends are compared by what
    they mean. `[t]he` stands for "The", `claim[s]` for "claim", `[sic]` for nothing; words in
    brackets count only if the passage has them. A comma or full stop before the closing mark may
    be the writer's own. The first place wins.
    """
    segments = [
        part for part in _ELLIPSIS.split(fold(quote).text.strip(" '")) if part.strip(" .,;")
    ]
    if not segments:
        return None
    folded = fold(passage)
    for exact in (True, False):
        place = _place([_pattern(part, whole=exact) for part in segments], folded.text)
        if place is not None:
            return folded.span(*place)
    return None


def _place(patterns: list[re.Pattern[str]], text: str) -> tuple[int, int] | None:
    for count, first in enumerate(patterns[0].finditer(text)):
        end: int | None = first.end()
        for pattern in patterns[1:]:
            following = pattern.search(text, end, min(len(text), end + _LONGEST_OMISSION))
            end = following.end() if following else None
            if end is None:
                break
        if end is not None:
            return first.start(), end
        if count >= _MOST_BEGINNINGS:
            break
    return None


def _pattern(segment: str, *, whole: bool) -> re.Pattern[str]:
    """Make the pattern of a run of quoted words; without `whole` its last stop is free."""
    segment = _SIC.sub(_SIC_SIGN, segment.strip())
    if not whole:
        segment = segment.rstrip(" .,;")
    source, done = "", 0
    for match in _BRACKETED.finditer(segment):
        source += _letters(segment[done : match.start()])
        source += _bracket(match, attached=segment[: match.start()][-1:].isalpha())
        done = match.end()
    source += _letters(segment[done:])
    before = r"(?<!\w)" if segment[:1].isalnum() or segment[:1] == "[" else ""
    after = r"(?!\w)" if segment[-1:].isalnum() or segment[-1:] == "]" else ""
    return re.compile(before + source + after)


def _letters(words: str) -> str:
    """Match letters one by one; where a line ended in a hyphen it may be there or not."""
    return "".join(
        _LETTERS.get(letter) or f"{re.escape(letter)}{_LINE_HYPHEN}?" for letter in words
    )


def _bracket(match: re.Match[str], *, attached: bool) -> str:
    inside, literal = match["inside"], re.escape(match[0])
    if attached and inside in _ENDINGS:
        return rf"(?:{literal}|{_ENDING})"
    if len(inside) == 1 and inside.isalpha():
        return rf"(?:{literal}|[{inside.lower()}{inside.upper()}])"
    return literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text reduced to what must agree; `span` gives back the place in the original."""

    text: str
    # For each character of `text`, where it begins and ends in the original.
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands in the original."""
        first = bisect_right(self.starts, self.starts[start]) - 1
        return Span(self.starts[min(first, start)], self.ends[end - 1])


_PIECE = re.compile(
    r"(?P<hyphen>(?<=[^\W\d_])[-‐\u00ad]\n\s*(?=[^\W\d_]))|(?P<space>\s+)|(?P<one>.)"
)


def fold(text: str) -> Folded:
    """Reduce a text to what must agree, and remember where each character came from."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        for letter in _folded(match):
            letters.append(letter)
            starts.append(match.start())
            ends.append(match.end())
    return Folded(text="".join(letters), starts=tuple(starts), ends=tuple(ends))


def _folded(match: re.Match[str]) -> str:
    if match["hyphen"]:
        return _LINE_HYPHEN
    if match["space"]:
        return " "
    letter = match["one"]
    if letter in _INVISIBLE:
        return ""
    if letter.isascii():
        return "'" if letter in _MARK_KINDS else letter
    return _MARK_KINDS.get(letter) or _DASHES.get(letter) or unicodedata.normalize("NFKC", letter)
