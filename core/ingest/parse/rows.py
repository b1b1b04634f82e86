"""Pieces of a line, and the rows that they make across a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse.sheet import Floats, Sheet

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


def pieces_of(sheets: Sequence[Sheet], skipped: Sequence[set[int]]) -> list[list[Piece]]:
    """Put together words of each page that follow one another, but for those skipped."""
    counts = [len(sheet.words) for sheet in sheets]
    begins = np.cumsum([0, *counts])
    words = np.concatenate([sheet.words for sheet in sheets])
    kept = np.ones(len(words), np.bool_)
    kept[[at + begin for each, begin in zip(skipped, begins, strict=False) for at in each]] = False
    parted = _parted(words, np.concatenate([sheet.breaks for sheet in sheets]))
    parted[begins[:-1][np.array(counts) > 0]] = True
    parted[1:] |= ~kept[:-1]
    words, chosen = words[kept], np.flatnonzero(kept)
    at = np.flatnonzero(parted[kept])
    if not len(at):
        return [[] for _ in sheets]
    firsts, lasts = chosen[at], chosen[np.append(at[1:], len(chosen)) - 1]
    moved = np.repeat(begins[:-1], counts)[firsts]
    sizes = np.concatenate([sheet.sizes for sheet in sheets])[kept]
    lowest = np.concatenate([sheet.lowest for sheet in sheets])[kept]
    columns = (
        *np.minimum.reduceat(words[:, :2], at).T.tolist(),
        *np.maximum.reduceat(words[:, 2:], at).T.tolist(),
        (firsts - moved).tolist(),
        (lasts - moved + 1).tolist(),
        np.concatenate([sheet.starts for sheet in sheets])[firsts].tolist(),
        np.concatenate([sheet.ends for sheet in sheets])[lasts].tolist(),
        np.maximum.reduceat(sizes, at).tolist(),
        (words[at, 2] - words[at, 0]).tolist(),
        np.minimum.reduceat(lowest, at).tolist(),
    )
    pieces = list(map(Piece, *columns))
    cuts = np.searchsorted(firsts, begins).tolist()
    return [pieces[low:high] for low, high in pairwise(cuts)]


def _parted(words: Floats, breaks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell before which words a piece begins."""
    parted = np.ones(len(words), np.bool_)
    before, after = words[:-1], words[1:]
    height = np.minimum(before[:, 3] - before[:, 1], after[:, 3] - after[:, 1])
    gap = after[:, 0] - before[:, 2]
    overlap = np.minimum(before[:, 3], after[:, 3]) - np.maximum(before[:, 1], after[:, 1])
    far = (gap > _WIDEST_GAP * height) | (gap < -0.5 * height)
    parted[1:] = breaks[:-1] | far | (overlap < 0.35 * height)
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
