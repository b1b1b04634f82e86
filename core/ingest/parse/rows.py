"""Pieces of a line, and the rows that they make across a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse.sheet import Ints, Sheet

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
    # How high its print is, whatever is raised within it.
    size: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, eq=False)
class Row:
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
    words = sheet.text[sheet.starts[piece.first] : sheet.ends[piece.last - 1]]
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
    firsts = kept[parted[kept]]
    lasts = np.append(kept[np.searchsorted(kept, firsts[1:]) - 1], kept[-1]) + 1
    edges = np.stack([firsts, lasts], axis=1).ravel()
    edges = edges[:-1] if edges[-1] >= len(words) else edges
    low = np.minimum.reduceat(words[:, :2], edges)[::2]
    high = np.maximum.reduceat(words[:, 2:], edges)[::2]
    begins = sheet.boxes[sheet.starts]
    sizes = np.maximum.reduceat(begins[:, 3] - begins[:, 1], edges)[::2].tolist()
    told = np.concatenate([low, high], axis=1).tolist()
    spans = zip(told, firsts.tolist(), lasts.tolist(), sizes, strict=True)
    return [
        Piece(left, top, right, bottom, first, last, size)
        for (left, top, right, bottom), first, last, size in spans
    ]


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
    found: list[tuple[float, float, list[Piece]]] = []
    for piece in sorted(pieces, key=_middle):
        if found and _is_beside(piece, found[-1]):
            top, bottom, beside = found[-1]
            beside.append(piece)
            if piece.height > bottom - top:
                found[-1] = (piece.top, piece.bottom, beside)
        else:
            found.append((piece.top, piece.bottom, [piece]))
    return [_row(sheet, beside) for _, _, beside in found]


def _middle(piece: Piece) -> float:
    return piece.top + piece.bottom


def _is_beside(piece: Piece, row: tuple[float, float, list[Piece]]) -> bool:
    top, bottom, beside = row
    overlap = min(bottom, piece.bottom) - max(top, piece.top)
    height = min(bottom - top, piece.height)
    if overlap <= 0.45 * height:
        return False
    # Two lines set tight overlap too, but never side by side.
    return all(
        min(piece.right, each.right) - max(piece.left, each.left) < 0.5 * height
        or overlap > 0.8 * height
        for each in beside
    )


def _row(sheet: Sheet, pieces: list[Piece]) -> Row:
    if len(pieces) == 1:
        left, top, right, bottom, _, _, size = pieces[0]
        words = words_in(sheet, pieces[0])
        return Row((pieces[0],), left, top, right, bottom, size, words)
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
