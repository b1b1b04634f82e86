"""One text made of many lines, which knows for each character where on its page it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse.flow import Column, Join
from core.ingest.parse.hyphens import joins_without
from core.ingest.parse.rows import Piece, Row
from core.ingest.parse.sheet import Sheet

NOWHERE = -1
# From which place on in a sheet's text, or NOWHERE, and how many characters.
Run = tuple[int, int]
# A raised figure is at most this part of its line's height, and its foot so far above the line's.
_RAISED = 0.82
_WORD_OR_LEADER = re.compile(r"(?P<leader>\.(?:\s?\.){4,})|(?:(?!\.(?:\s?\.){4})\S)+")
_DASHES = ("-", "—")
_GLUED = re.compile(r"\w[-—]$")
_FIGURES = re.compile(r"\d+|[*†‡]{1,4}")
_NOTE_MARK = re.compile(r"(\d{1,3}|[*†‡]{1,4})(?:\s|(?=[^\W\d_]|[\"“(]))")


class RunningText:
    """A text that grows by lines."""

    def __init__(self, known: Callable[[], set[str]]) -> None:
        self._known = known
        self._parts: list[str] = []
        self.length = 0
        # Of the page being written: which places in the sheet's text follow one another in it.
        self.places: list[Run] = []

    def text(self) -> str:
        return "".join(self._parts)

    def turn_page(self) -> None:
        self.places = []

    def add(self, words: str, place: int = NOWHERE) -> None:
        """Add characters that stand one after another in the sheet's text; or nowhere."""
        self._parts.append(words)
        self.length += len(words)
        self.places.append((place, len(words)))

    def join(self, join: Join, following: str, *, within: bool) -> bool:
        """Add what stands before a line; `within` where both lines stand on one page.

        Between two pages it belongs to neither. True where the page before lost its last character.
        """
        if not self.length:
            return False
        lost = False
        between: str = join
        if join is not Join.PARAGRAPH and self._parts[-1].endswith(_DASHES):
            tail = self._tail()
            if _GLUED.search(tail):
                between = "" if following[0].isalnum() else join
                if joins_without(tail, following, self._known):
                    self._drop_hyphen(within=within)
                    lost = not within
        self._parts.append(between)
        self.length += len(between)
        if within:
            self.places.append((NOWHERE, len(between)))
        return lost

    def _tail(self) -> str:
        tail = self._parts[-1]
        return tail if len(tail) > 30 else "".join(self._parts[-3:])

    def _drop_hyphen(self, *, within: bool) -> None:
        self._parts[-1] = self._parts[-1][:-1]
        self.length -= 1
        if within:
            self.places = without_last(self.places)


def without_last(places: list[Run]) -> list[Run]:
    """Return the places of a text that lost its last character."""
    place, length = places[-1]
    return [*places[:-1], (place, length - 1)]


def characters(places: Sequence[Run]) -> NDArray[np.int64]:
    """Return the place of each character, or NOWHERE."""
    runs = np.array(places, np.int64).reshape(-1, 2)
    firsts, lengths = runs[:, 0], runs[:, 1]
    before = np.cumsum(lengths) - lengths
    placed = np.repeat(firsts - before, lengths) + np.arange(int(lengths.sum()))
    return np.where(np.repeat(firsts == NOWHERE, lengths), NOWHERE, placed)


def add_row(running: RunningText, sheet: Sheet, row: Row, *, noted: bool = False) -> None:
    """Add a line's words; a raised figure, and a footnote's own (`noted`), goes into brackets."""
    for at, piece in enumerate(row.pieces):
        start = piece.start
        if at and not (_may_be_raised(row, piece) and _begins_raised(sheet, row, start)):
            running.add(" ")
        if at == 0 and noted:
            start = _add_note_mark(running, sheet, start, piece.end)
        _add_words(running, sheet, row, piece, start)


def _may_be_raised(row: Row, piece: Piece) -> bool:
    """Tell whether a piece has a figure that is low enough; most have none."""
    return piece.lowest < _RAISED * row.height + 0.1


def _add_note_mark(running: RunningText, sheet: Sheet, start: int, end: int) -> int:
    mark = _NOTE_MARK.match(sheet.text, start, end)
    if mark is None:
        return start
    _bracket(running, mark[1], start)
    running.add(" ")
    return start + len(mark[0])


def _bracket(running: RunningText, figures: str, place: int) -> None:
    running.add("[")
    running.add(figures, place)
    running.add("]")


def _add_words(running: RunningText, sheet: Sheet, row: Row, piece: Piece, start: int) -> None:
    """Add the words of a piece from `start` on."""
    if not _may_be_raised(row, piece):
        if start < piece.end:
            _add_stretch(running, sheet.text[start : piece.end], start)
        return
    for low, high, raised in _stretches(sheet, row, start, piece.end):
        words = sheet.text[low:high]
        if raised:
            _bracket(running, words, low)
            if sheet.text[high : high + 1].isalnum():
                running.add(" ")
        else:
            _add_stretch(running, words, low)


def _add_stretch(running: RunningText, words: str, place: int) -> None:
    if "  " in words or "\n" in words or "...." in words or ". . . . " in words:
        _add_spaced(running, words, place)
    else:
        running.add(words, place)


def _add_spaced(running: RunningText, words: str, place: int) -> None:
    """Add words between which the sheet has more than a space, or dots that lead to a number."""
    for at, word in enumerate(_WORD_OR_LEADER.finditer(words)):
        if at:
            running.add(" ")
        if word["leader"]:
            running.add("...", place + word.start())
        else:
            running.add(word[0], place + word.start())


def _stretches(sheet: Sheet, row: Row, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield a piece in stretches: from, to, and whether it is a footnote's raised figure."""
    at = start
    for figures in _FIGURES.finditer(sheet.text, start, end):
        low = _first_raised(sheet, row, figures.start(), figures.end())
        if low is None:
            continue
        words_end = low
        while words_end > at and sheet.text[words_end - 1] == " ":
            words_end -= 1
        if words_end > at:
            yield at, words_end, False
        yield low, figures.end(), True
        at = figures.end()
    if at < end:
        yield at, end, False


def _first_raised(sheet: Sheet, row: Row, start: int, end: int) -> int | None:
    """Return from where on figures are raised up to their end; None where they are not."""
    if sheet.text[end : end + 1] in {"/", "⁄"}:
        return None
    first = end
    while first > start and _is_raised(sheet, row, first - 1):
        first -= 1
    return first if first < end and end - first <= 4 else None


def _begins_raised(sheet: Sheet, row: Row, start: int) -> bool:
    figures = _FIGURES.match(sheet.text, start)
    return figures is not None and _first_raised(sheet, row, start, figures.end()) == start


def _is_raised(sheet: Sheet, row: Row, at: int) -> bool:
    _, top, _, bottom = sheet.boxes[:, at].tolist()
    height = bottom - top
    return 0 < height <= _RAISED * row.height and row.bottom - bottom > 0.1 * row.height


def add_column(
    running: RunningText, column: Column, joins: list[Join], noted: list[bool]
) -> list[tuple[float, int]]:
    """Add a column's lines; return for each its height on the page and where it begins."""
    begins: list[tuple[float, int]] = []
    for at, row in enumerate(column.rows):
        if at:
            join = Join.PARAGRAPH if noted[at] else joins[at - 1]
            running.join(join, column.sheet.word(row.pieces[0].first), within=True)
        begins.append(((row.top + row.bottom) / 2, running.length))
        add_row(running, column.sheet, row, noted=noted[at])
    return begins
