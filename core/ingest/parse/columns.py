"""The order in which a page's lines are read: down one column, then the next.

A table is read row by row, and so is a page that has no columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from core.ingest.parse.rows import Piece, Row, rows_of, words_in
from core.ingest.parse.sheet import Sheet

# Fewer lines side by side are a table's, or a signature beside a date.
_FEWEST = 3
# Between the columns at least this much, in points, is free of ink.
_NARROWEST = 7.0
_DEEPEST = 6  # columns above, below and within columns
# Signs that draw the line between the parties and the number in a caption.
_DRAWN = re.compile(r"[)(|:§\]}*]{1,2}|[-_]+[xX]?")
_PARTY = re.compile(
    r"\b(?:plaintiff|defendant|petitioner|respondent|appell(?:ant|ee)|debtor|claimant"
    r"|v\.|vs\.|-against-|in re)",
    re.IGNORECASE,
)


class Band:
    """Consecutive rows that a gutter parts into a left and a right side."""

    __slots__ = ("left", "right", "rows")

    def __init__(self, rows: Sequence[Row], gutter: float) -> None:
        self.rows = rows
        pieces = [piece for row in rows for piece in row.pieces]
        self.left = [each for each in pieces if each.right <= gutter]
        self.right = [each for each in pieces if each.right > gutter]


def in_reading_order(sheet: Sheet, rows: list[Row], deeper: int = _DEEPEST) -> list[list[Row]]:
    """Return the rows of each column in the order in which they are read."""
    if sum(len(row.pieces) > 1 for row in rows) < _FEWEST and not _is_staggered(rows):
        return [rows] if rows else []
    return list(_parts(sheet, rows, deeper))


def _is_staggered(rows: list[Row]) -> bool:
    """Tell whether two columns' lines may stand at different heights."""
    if len(rows) < 2 * _FEWEST:
        return False
    middle = (min(row.left for row in rows) + max(row.right for row in rows)) / 2
    lefts = sum(row.right < middle for row in rows)
    rights = sum(row.left > middle for row in rows)
    return lefts >= _FEWEST and rights >= _FEWEST


def _parts(sheet: Sheet, rows: list[Row], deeper: int) -> Iterator[list[Row]]:
    found = _longest_band(sheet, rows) if rows and deeper else None
    if found is None:
        if rows:
            yield rows
        return
    start, end, gutter = found
    yield from _parts(sheet, rows[:start], deeper - 1)
    yield from _sides(sheet, Band(rows[start:end], gutter), deeper - 1)
    yield from _parts(sheet, rows[end:], deeper - 1)


def _longest_band(sheet: Sheet, rows: list[Row]) -> tuple[int, int, float] | None:
    """Return from and to which row there are two columns, and where they part."""
    best: tuple[int, int, int, float] | None = None
    for gutter in _gutters(rows):
        for start, end in _free(rows, gutter):
            low, high = _trimmed(rows, start, end, gutter)
            if high > low and _is_columns(sheet, Band(rows[low:high], gutter)):
                found = (high - low, low, high, gutter)
                best = max(best, found) if best else found
    return best[1:] if best else None


def _trimmed(rows: list[Row], start: int, end: int, gutter: float) -> tuple[int, int]:
    """Leave out rows at both ends that stand on one side only: headings, mostly."""
    while start < end and not _has_both(rows[start], gutter):
        start += 1
    while end > start and not _has_both(rows[end - 1], gutter):
        if _PARTY.search(rows[end - 1].words):
            break
        if rows[end - 1].left > gutter or _goes_on(rows, end - 1):
            break
        end -= 1
    return start, end


def _goes_on(rows: list[Row], at: int) -> bool:
    """Tell whether a row stands as close to the one above as lines of one column do."""
    return at > 0 and rows[at].top - rows[at - 1].bottom < 0.5 * rows[at].height


def _has_both(row: Row, gutter: float) -> bool:
    return row.left < gutter < row.right


def _gutters(rows: list[Row]) -> list[float]:
    """Return where columns may part: before pieces that begin at the same place."""
    places: dict[int, int] = {}
    for row in rows:
        for piece in row.pieces:
            place = round(piece.left / 3)
            places[place] = places.get(place, 0) + 1
    low, high = min(row.left for row in rows), max(row.right for row in rows)
    wide = high - low
    common = sorted(places, key=lambda place: -places[place])[:8]
    gutters = [3.0 * place - 3 for place in common if places[place] >= _FEWEST]
    return [each for each in gutters if low + 0.2 * wide < each < low + 0.8 * wide]


def _free(rows: list[Row], gutter: float) -> Iterator[tuple[int, int]]:
    """Yield runs of rows of which no piece crosses the gutter."""
    start = 0
    for at in range(len(rows) + 1):
        if at < len(rows) and not _crosses(rows[at], gutter):
            continue
        if at - start >= _FEWEST:
            yield start, at
        start = at + 1


def _crosses(row: Row, gutter: float) -> bool:
    return any(
        piece.left < gutter - 1 and piece.right > gutter - _NARROWEST + 3 for piece in row.pieces
    )


def _is_columns(sheet: Sheet, band: Band) -> bool:
    left, right = rows_of(sheet, band.left), rows_of(sheet, band.right)
    if len(left) < _FEWEST or len(right) < _FEWEST:
        return False
    if _is_drawn(sheet, band.left) or _is_drawn(sheet, band.right):
        return _is_caption(sheet, band)
    wide = max(row.right for row in band.rows) - min(row.left for row in band.rows)
    if min(median(map(_width, left)), median(map(_width, right))) < 0.12 * wide:
        return False
    if _is_caption(sheet, band) or (_is_prose(left) and _is_prose(right)):
        return True
    return _switches(band) <= 0.34 * min(len(left), len(right)) + 1 and not _is_list(sheet, band)


def _is_list(sheet: Sheet, band: Band) -> bool:
    """Tell whether one side only numbers or dates what stands on the other."""
    for side in (band.left, band.right):
        told = [row.words for row in rows_of(sheet, side)]
        if sum(len(words) < 8 or words[-1:].isdigit() for words in told) > 0.7 * len(told):
            return True
    return False


def _is_drawn(sheet: Sheet, side: list[Piece]) -> bool:
    signs = sum(_DRAWN.fullmatch(words_in(sheet, each)) is not None for each in side)
    return signs > 0.6 * len(side)


def _is_caption(sheet: Sheet, band: Band) -> bool:
    """Tell whether parties stand on the left, and what the paper is on the right."""
    if band.rows[0].top > 0.75 * sheet.height or len(band.rows) > 40:
        return False
    words = " ".join(words_in(sheet, each) for each in band.left)
    return len({found.casefold() for found in _PARTY.findall(words)}) >= 2


def _is_prose(rows: list[Row]) -> bool:
    """Tell whether lines fill their column, as running text does."""
    edge = sorted(row.right for row in rows)[int(0.9 * (len(rows) - 1))]
    low = min(row.left for row in rows)
    full = sum(row.right > edge - 0.15 * (edge - low) for row in rows)
    return len(rows) >= 5 and full >= 0.6 * len(rows)


def _switches(band: Band) -> int:
    """Count how often whoever drew the page went from one side to the other."""
    order = sorted(
        [(each.first, False) for each in band.left] + [(each.first, True) for each in band.right]
    )
    return sum(before[1] != after[1] for before, after in pairwise(order))


def _width(row: Row) -> float:
    return row.right - row.left


def _sides(sheet: Sheet, band: Band, deeper: int) -> Iterator[list[Row]]:
    """Yield what stands left, then what stands right, each in its own order."""
    for side in (band.left, band.right):
        kept = [each for each in side if not _DRAWN.fullmatch(words_in(sheet, each))] or side
        yield from in_reading_order(sheet, rows_of(sheet, kept), deeper)
