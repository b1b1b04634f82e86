"""On which pages authorities are cited, counted before a program lays the paper out.

Lines are exact and the type is known, so that the count is that of Word and LibreOffice but for a
line that they hyphenate or break elsewhere. The table in the file is a field: they count anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.paper.lines import count_lines, line_of_each
from core.paper.paper import Authority, Block, Heading, Note, Paper, Paragraph, Piece, Text
from core.paper.sheet import (
    HEADING_LINE,
    NOTE_LINE,
    NOTE_RULE,
    NOTE_SIZE,
    TEXT_HIGH,
    TEXT_WIDE,
    setting,
)

# From so many different pages on Word writes "passim" (switch \p of its field TOA).
PASSIM = 5
_FEWEST = 2  # lines of a paragraph that are left alone at the foot or the head of a page


@dataclass(frozen=True, slots=True)
class _Line:
    high: float
    # Lines of the notes that are called on it.
    notes: int = 0
    authorities: tuple[Authority, ...] = ()


@dataclass(slots=True)
class _Pages:
    """Pages being filled; the first is 1."""

    page: int = 1
    used: float = 0.0
    notes: int = 0
    found: defaultdict[Authority, set[int]] = field(default_factory=lambda: defaultdict(set))

    def fits(self, lines: Sequence[_Line]) -> bool:
        notes = self.notes + sum(line.notes for line in lines)
        foot = NOTE_RULE + notes * NOTE_LINE if notes else 0.0
        return self.used + sum(line.high for line in lines) + foot <= TEXT_HIGH

    def turn(self) -> None:
        if self.used:
            self.page, self.used, self.notes = self.page + 1, 0.0, 0

    def put(self, lines: Iterable[_Line]) -> None:
        for line in lines:
            if not self.fits([line]):
                self.turn()
            self.used += line.high
            self.notes += line.notes
            for authority in line.authorities:
                self.found[authority].add(self.page)


def pages_of(paper: Paper) -> Mapping[Authority, tuple[int, ...]]:
    """Return the pages on which each authority is cited, ascending; the body begins on page 1."""
    pages = _Pages()
    heading: list[_Line] = []
    for block in paper.blocks:
        lines = list(_lines(block, brief=paper.brief))
        if isinstance(block, Heading):
            heading += lines
            continue
        _put(pages, heading, lines)
        pages.used += _after(block, brief=paper.brief)
        heading = []
    return {authority: tuple(sorted(found)) for authority, found in pages.found.items()}


def pages_in_words(pages: Sequence[int]) -> str:
    """Write the pages of an authority as its table does: `2, 4`, or `passim`."""
    return "passim" if len(pages) >= PASSIM else ", ".join(map(str, pages))


def _put(pages: _Pages, heading: Sequence[_Line], lines: Sequence[_Line]) -> None:
    """Put a paragraph on the pages: no line of it alone, no heading without it."""
    begins = [*heading, *lines[:_FEWEST]]
    if not pages.fits(begins):
        pages.turn()
    pages.put(begins)
    rest = lines[_FEWEST:]
    for at, line in enumerate(rest):
        # The last lines go on together.
        if at == len(rest) - _FEWEST and not pages.fits(rest[at:]):
            pages.turn()
        pages.put([line])


def _lines(block: Block, *, brief: bool) -> Iterator[_Line]:
    if isinstance(block, Heading):
        lines = count_lines(block.words, size=12, wide=TEXT_WIDE)
        yield from [_Line(HEADING_LINE)] * lines
    elif isinstance(block, Paragraph):
        yield from _paragraph(block, brief=brief)
    else:
        yield from (_Line(14.0) for _ in range(len(block.rows) + 1))


def _after(block: Block, *, brief: bool) -> float:
    return setting(block.manner, brief=brief).after if isinstance(block, Paragraph) else 0.0


def _paragraph(block: Paragraph, *, brief: bool) -> list[_Line]:
    how = setting(block.manner, brief=brief)
    words, marks = _flat(block.pieces)
    # The first line's indent is as wide as some spaces.
    indent = "\u00a0" * round(how.first / (how.size * 0.25))
    on = [0, *line_of_each(indent + words, size=how.size, wide=how.wide)]
    count = on[-1] + 1
    notes: defaultdict[int, int] = defaultdict(int)
    cited: defaultdict[int, list[Authority]] = defaultdict(list)
    for at, piece in marks:
        line = on[min(len(indent) + at, len(on) - 1)]
        if isinstance(piece, Note):
            notes[line] += _note_lines(piece)
            cited[line] += [each for each in piece.pieces if isinstance(each, Authority)]
        else:
            cited[line].append(piece)
    return [_Line(how.line, notes[n], tuple(cited[n])) for n in range(count)]


def _flat(pieces: Sequence[Piece]) -> tuple[str, list[tuple[int, Note | Authority]]]:
    """Return the words of a paragraph, and at which offset its notes and authorities stand."""
    words, marks = "", list[tuple[int, Note | Authority]]()
    for piece in pieces:
        if isinstance(piece, Text):
            words += piece.words
        else:
            marks.append((len(words), piece))
    return words, marks


def _note_lines(note: Note) -> int:
    words = "".join(piece.words for piece in note.pieces if isinstance(piece, Text))
    return count_lines(f"00 {words}", size=NOTE_SIZE, wide=TEXT_WIDE)
