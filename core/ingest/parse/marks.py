"""Marks that stand beside a page's text: a clerk's stamp, and print that runs up a side."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from core.ingest.parse.rows import Piece, words_in
from core.ingest.parse.sheet import Sheet

# A word as much higher than wide as this runs up or down the page.
_UPRIGHT = 1.6
# The outer part of a page's width in which firms print their name along the side.
_SIDE = 0.17
_STAMPED = re.compile(r"(?:e-?)?(?:filed|received|entered|lodged)", re.IGNORECASE)
_CLERK = re.compile(r"\b(?:clerk|deputy|by:?)\b", re.IGNORECASE)
_LONGEST_STAMP = 9  # lines


def sideways(sheets: Sequence[Sheet]) -> list[list[int]]:
    """Return for each page the words that run up or down along a side of it."""
    words = np.concatenate([sheet.words for sheet in sheets])
    wide, high = words[:, 2] - words[:, 0], words[:, 3] - words[:, 1]
    tall = np.flatnonzero(high > _UPRIGHT * wide)
    ends = np.cumsum([len(sheet.words) for sheet in sheets])
    # Most pages have none, and are not looked at one by one.
    suspected = set(np.searchsorted(ends, tall, "right").tolist())
    return [_sideways(sheet) if at in suspected else [] for at, sheet in enumerate(sheets)]


def _sideways(sheet: Sheet) -> list[int]:
    words = sheet.words
    wide, high = words[:, 2] - words[:, 0], words[:, 3] - words[:, 1]
    upright = (high > _UPRIGHT * wide) & (sheet.ends - sheet.starts > 2)
    outer = (words[:, 2] < _SIDE * sheet.width) | (words[:, 0] > (1 - _SIDE) * sheet.width)
    sure = np.flatnonzero(upright & outer)
    if not len(sure):
        return []
    left, right = words[sure, 0].min() - 2, words[sure, 2].max() + 2
    top, bottom = words[sure, 1].min() - 60, words[sure, 3].max() + 60
    along = (words[:, 0] >= left) & (words[:, 2] <= right)
    along &= (words[:, 1] >= top) & (words[:, 3] <= bottom)
    return np.flatnonzero(along).tolist()


def clerks_stamp(sheet: Sheet, pieces: list[Piece]) -> list[Piece]:
    """Return the lines of a stamp such as FILED, a court, a date and its clerk; none without."""
    heads = [
        piece
        for piece in pieces
        if piece.last - piece.first == 1
        and piece.top < 0.45 * sheet.height
        and _STAMPED.fullmatch(words_in(sheet, piece))
    ]
    for head in heads:
        stamp = _below(pieces, head)
        if any(_CLERK.search(words_in(sheet, each)) for each in stamp):
            return stamp
    return []


def _below(pieces: list[Piece], head: Piece) -> list[Piece]:
    """Return what stands centred below a piece, line by line."""
    found = [head]
    middle = (head.left + head.right) / 2
    for piece in sorted(pieces, key=lambda each: each.top):
        last = found[-1]
        off = abs((piece.left + piece.right) / 2 - middle)
        if piece.top <= last.top or off > 30 or len(found) == _LONGEST_STAMP:
            continue
        if piece.top - last.bottom > 1.2 * piece.height:
            break
        found.append(piece)
    return found
