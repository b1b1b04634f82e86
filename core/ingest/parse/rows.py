"""Pieces of a line, and the rows that they make across a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse.sheet import Floats, Ints, Sheet

# Between two words of one piece at most this much of their height; more may part two columns.
_WIDEST_GAP = 0.9


class Piece(NamedTuple):
    """Words that follow one another in a line; half-open, into the sheet's words."""

    left: float
    top: float
    right: float
    bottom: float
    first: int
    last: int
    # Half-open, into the sheet's text.
    start: int
    end: int
    # How high its print is, whatever is raised within it.
    size: float
    # How wide its first word is, and how high its lowest figure: of a raised one, part of `size`.
    ahead: float
    lowest: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Row(NamedTuple):
    """Pieces side by side, from left to right."""

    pieces: tuple[Piece, ...]
    left: float
    top: float
    right: float
    bottom: float
    # Of its longest piece: what is raised or marked beside it does not count.
    height: float
    # Parted by single spaces.
    words: str


def words_in(sheet: Sheet, piece: Piece) -> str:
    """Return a piece's words, parted by single spaces."""
    words = sheet.text[piece.start : piece.end]
    return " ".join(words.split()) if "  " in words or "\n" in words else words


def pieces_of(sheet: Sheet, skipped: set[int]) -> list[Piece]:
    """Put together words that follow one another, but for those skipped."""
    words = sheet.words
    if not len(words):
        return []
    parted = _parted(sheet)
    kept: Ints = np.arange(len(words))
    if skipped:
        dropped = np.zeros(len(words), np.bool_)
        dropped[list(skipped)] = True
        parted[1:] |= dropped[1:] | dropped[:-1]
        kept = np.flatnonzero(~dropped)
        if not len(kept):
            return []
        parted = parted[kept]
    at = np.flatnonzero(parted)
    firsts, lasts = kept[at], kept[np.append(at[1:], len(kept)) - 1] + 1
    starts = sheet.starts[firsts]
    begins = sheet.starts[kept]
    columns = (
        *np.minimum.reduceat(words[kept, :2], at).T.tolist(),
        *np.maximum.reduceat(words[kept, 2:], at).T.tolist(),
        firsts.tolist(),
        lasts.tolist(),
        starts.tolist(),
        sheet.ends[lasts - 1].tolist(),
        np.maximum.reduceat(sheet.boxes[3, begins] - sheet.boxes[1, begins], at).tolist(),
        (words[firsts, 2] - words[firsts, 0]).tolist(),
        _lowest(sheet, starts).tolist(),
    )
    return list(map(Piece, *columns))


def _lowest(sheet: Sheet, starts: Ints) -> Floats:
    """Return how high the lowest figure of each piece is; without figures, endlessly high."""
    lowest = np.full(len(starts), np.inf, np.float32)
    if len(sheet.figures):
        heights = sheet.boxes[3, sheet.figures] - sheet.boxes[1, sheet.figures]
        owners = np.searchsorted(starts, sheet.figures, "right") - 1
        np.minimum.at(lowest, owners, heights)
    return lowest


def _parted(sheet: Sheet) -> NDArray[np.bool_]:
    """Tell before which words a piece begins."""
    words = sheet.words
    parted = np.ones(len(words), np.bool_)
    before, after = words[:-1], words[1:]
    height = np.minimum(before[:, 3] - before[:, 1], after[:, 3] - after[:, 1])
    gap = after[:, 0] - before[:, 2]
    overlap = np.minimum(before[:, 3], after[:, 3]) - np.maximum(before[:, 1], after[:, 1])
    far = (gap > _WIDEST_GAP * height) | (gap < -0.5 * height)
    parted[1:] = sheet.breaks[:-1] | far | (overlap < 0.35 * height)
    return parted


def rows_of(sheet: Sheet, pieces: Iterable[Piece]) -> list[Row]:
    """Put pieces side by side into rows, from above."""
    found: list[list[Piece]] = []
    beside: list[Piece] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=_middle):
        if beside and _is_beside(piece, top, bottom, beside):
            beside.append(piece)
            if piece.bottom - piece.top > bottom - top:
                top, bottom = piece.top, piece.bottom
        else:
            beside, top, bottom = [piece], piece.top, piece.bottom
            found.append(beside)
    return [_row(sheet, beside) for beside in found]


def _middle(piece: Piece) -> float:
    return piece.top + piece.bottom


def _is_beside(piece: Piece, top: float, bottom: float, beside: list[Piece]) -> bool:
    left, over, right, under, *_ = piece
    overlap = min(bottom, under) - max(top, over)
    height = min(bottom - top, under - over)
    if overlap <= 0.45 * height:
        return False
    # Two lines set tight overlap too, but never side by side.
    return overlap > 0.8 * height or all(
        min(right, each.right) - max(left, each.left) < 0.5 * height for each in beside
    )


def _row(sheet: Sheet, pieces: list[Piece]) -> Row:
    if len(pieces) == 1:
        piece = pieces[0]
        left, top, right, bottom, *_ = piece
        return Row((piece,), left, top, right, bottom, piece.size, words_in(sheet, piece))
    ordered = tuple(sorted(pieces))
    longest = max(ordered, key=lambda each: each.right - each.left)
    return Row(
        ordered,
        ordered[0].left,
        min(each.top for each in ordered),
        max(each.right for each in ordered),
        max(each.bottom for each in ordered),
        longest.size,
        " ".join([words_in(sheet, each) for each in ordered]),
    )
