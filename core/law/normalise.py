"""A text as the citation finder should read it, and the way back to the text as it stands.

Printed law breaks citations over lines, hyphenates them and sets them with dashes and spaces of
every width; the finder reads one clean line a paragraph, and each place in it is known in the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from core.model import Span

_SPACES = "\t\r\f\v\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
# One character for one, so that offsets stay: dashes that stand in page ranges, apostrophes that
# stand in "App’x", an em dash that would glue a name to the sentence before it.
_LETTERS = {
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, "–‐‑‒−"), "-"),
    **dict.fromkeys(map(ord, "’‘ʼ`"), "'"),
    ord("—"): " ",
}
# Blanks of a page not yet printed, set as dashes: "555 U. S. ——, —— (2009)".
_BLANKS = re.compile(r"(?<=\. )[—–]{1,8}(?=[ ,.;(]|$)|(?<=, )[—–]{1,8}(?= ?\()|[—–]{1,8}(?= U\. ?S\.)")
_CHANGED = re.compile(
    r"\u00ad\n?|[\u200b\u200c\u200d\u2060\ufeff]"  # invisible
    r"|(?<=[a-z])-\n(?=[a-z])|(?<=\d-)\n(?=\d)"  # a word or a page range over the line's end
    r"|[ \n]{2,}+|\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """`text` is clean; `span` gives back the place in the original."""

    text: str
    # Parallel, ascending: from `_clean[i]` on, the original is at `_original[i]`.
    _clean: tuple[int, ...]
    _original: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands in the original; the span is never empty."""
        return Span(self._at(start), max(self._at(start), self._at(end - 1)) + 1)

    def _at(self, offset: int) -> int:
        i = bisect_right(self._clean, offset) - 1
        return self._original[i] + offset - self._clean[i]


def normalise(text: str) -> Normalised:
    """Clean a text for the finder. A blank line becomes one line end, any other line end a space."""
    letters = _BLANKS.sub(_underscores, text).translate(_LETTERS)
    pieces: list[str] = []
    clean, original = [0], [0]
    done = length = 0
    for match in _CHANGED.finditer(letters):
        put = _replacement(match[0])
        pieces += (letters[done : match.start()], put)
        length += match.start() - done + len(put)
        done = match.end()
        clean.append(length)
        original.append(done)
    pieces.append(letters[done:])
    return Normalised(text="".join(pieces), _clean=tuple(clean), _original=tuple(original))


def _underscores(match: re.Match[str]) -> str:
    return "_" * len(match[0])


def _replacement(found: str) -> str:
    """Of white space, a space or the end of a paragraph; of anything else, nothing."""
    if found.strip(" \n") or found == "\u00ad\n":
        return ""
    return "\n" if found.count("\n") > 1 else " "
