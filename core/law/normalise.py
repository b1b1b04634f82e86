"""A text as the citation finder should read it, and the way back to the text as it stands.

Printed law breaks citations over lines, hyphenates them and sets them with dashes and spaces of
every width; the finder reads one clean line a paragraph, and each place in it is known in the
original.
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
_BLANKS = re.compile(
    r"(?<=\. )[—–]{1,8}(?=[ ,.;(]|$)|(?<=, )[—–]{1,8}(?= ?\()|[—–]{1,8}(?= U\. ?S\.)"
)
_CHANGED = re.compile(
    # What is invisible, and a word or a page range over the end of a line.
    r"(?P<dropped>\u00ad\n?|[\u200b\u200c\u200d\u2060\ufeff]|(?<=[a-z])-\n(?=[a-z])|(?<=\d-)\n(?=\d))"
    r"|[ \n]{2,}+|\n"
)


# Some editions repeat volume and reporter before every page: "116 U. S. 616, 116 U. S. 624-625",
# "id. at 116 U. S. 627"; read as they stand, each would be a case of its own.
_VOLUME = re.compile(r"(?<![\w.])(?P<volume>\d{1,3}) U\. ?S\. (?=\d)")
_PAGES_BETWEEN = re.compile(r"\d[\d-]{0,12}(?:, nn?\. ?[\d-]{1,7})?,(?: and)? ")
_AT = re.compile(r"(?:[Ii]d\.|[Ii]bid\.|supra|U\. ?S\.),? at $")
# A line this long that ends in the middle of a sentence was broken by a page, not by the writer.
_FULL_LINE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """From `clean[i]` on, a rewritten text stands at `original[i]` of the text before it."""

    clean: tuple[int, ...]
    original: tuple[int, ...]

    def back(self, offset: int) -> int:
        i = bisect_right(self.clean, offset) - 1
        return self.original[i] + offset - self.clean[i]


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """`text` is clean; `span` gives back the place in the original."""

    text: str
    _steps: tuple[_Step, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands in the original; the span is never empty."""
        first, last = self._original(start), self._original(max(start, end - 1))
        return Span(first, last + 1)

    def _original(self, offset: int) -> int:
        for step in reversed(self._steps):
            offset = step.back(offset)
        return offset


def normalise(text: str) -> Normalised:
    """Clean a text for the finder: a blank line becomes one line end, any other a space."""
    letters = _BLANKS.sub(_underscores, text).translate(_LETTERS)
    spaced, first = _rewrite(
        letters,
        [(m.start(), m.end(), _replacement(letters, m)) for m in _CHANGED.finditer(letters)],
    )
    repeated = _repeated_volumes(spaced)
    if not repeated:
        return Normalised(text=spaced, _steps=(first,))
    clean, second = _rewrite(spaced, repeated)
    return Normalised(text=clean, _steps=(first, second))


def _rewrite(text: str, changes: list[tuple[int, int, str]]) -> tuple[str, _Step]:
    pieces: list[str] = []
    clean, original = [0], [0]
    done = length = 0
    for start, end, put in changes:
        pieces += (text[done:start], put)
        length += start - done + len(put)
        done = end
        clean.append(length)
        original.append(end)
    pieces.append(text[done:])
    return "".join(pieces), _Step(clean=tuple(clean), original=tuple(original))


def _underscores(match: re.Match[str]) -> str:
    return "_" * len(match[0])


def _replacement(letters: str, match: re.Match[str]) -> str:
    """Of white space, a space or the end of a paragraph; of anything else, nothing."""
    if match["dropped"]:
        return ""
    return "\n" if match[0].count("\n") > 1 and not _runs_on(letters, match.start()) else " "


def _runs_on(letters: str, at: int) -> bool:
    """Tell the page break in "Hudson v. / Palmer" from the end of a paragraph or a heading."""
    if at - letters.rfind("\n", 0, at) < _FULL_LINE:
        return False
    return letters[at - 1].islower() or letters[at - 1] in ",&" or letters.endswith(" v.", 0, at)


def _repeated_volumes(text: str) -> list[tuple[int, int, str]]:
    repeated: list[tuple[int, int, str]] = []
    before: re.Match[str] | None = None
    for match in _VOLUME.finditer(text):
        again = (
            before is not None
            and before["volume"] == match["volume"]
            and _PAGES_BETWEEN.fullmatch(text, before.end(), match.start()) is not None
        )
        if again or _AT.search(text, max(0, match.start() - 14), match.start()):
            repeated.append((match.start(), match.end(), ""))
        before = match
    return repeated
