"""Footnotes: the small print at the foot of a page, which stands apart from the body."""

from __future__ import annotations

import re

from core.ingest.parse.rows import Row
from core.ingest.parse.sheet import Rule, Sheet

# A note's print is at most this part of the body's.
_SMALLER = 0.93
_MARK = re.compile(r"\[?(?:\d{1,3}|[*†‡]{1,4})\]?(?:[.)]\s|\s|(?=[^\W\d_]|[\"“(]))")
_DASHES = re.compile(r"[—–_\-\s]{3,}[xX]?")
_DRAWN = "—–_- xX"  # what such a row may end in
_LONE_MARK = re.compile(r"\d{1,3}|[*†‡]{1,4}")


def rows_without_dashes(sheet: Sheet, rows: list[Row]) -> None:
    """Take out rows that only draw a line with dashes; it counts as a rule."""
    drawn = [row for row in rows if row.words[-1] in _DRAWN and _DASHES.fullmatch(row.words)]
    for row in drawn:
        if row.right - row.left > 30:
            sheet.rules.append(Rule(row.left, row.right, (row.top + row.bottom) / 2))
            rows.remove(row)


def body_height(rows: list[Row]) -> float:
    """Return the height of the largest print that makes up a good part of a page."""
    widths: dict[int, int] = {}  # by twice their height
    for row in rows:
        height = round(row.height * 2)
        widths[height] = widths.get(height, 0) + int(row.right - row.left)
    enough = 0.15 * sum(widths.values())
    return max((height for height, wide in widths.items() if wide >= enough), default=0) / 2


def first_note(sheet: Sheet, rows: list[Row], usual: float, *, going_on: bool) -> int:
    """Return which row is the first of the footnotes; the number of rows where there are none.

    `usual` is the height of the body's print; `going_on` where the page before ends in a note.
    """
    small = len(rows)
    while small and rows[small - 1].height <= _SMALLER * usual:
        small -= 1
    first = _first_small(sheet, rows, small, going_on=going_on)
    ruled = _below_rule(sheet, rows, usual, going_on=going_on)
    return first if ruled is None else min(first, ruled)


def _first_small(sheet: Sheet, rows: list[Row], small: int, *, going_on: bool) -> int:
    """Return the first note of the small print that begins at row `small`."""
    for at in range(small, len(rows)):
        if is_marked(sheet, rows[at]):
            before = rows[small:at]
            return small if going_on and before and _is_apart(rows, small) else at
    return small if going_on and small and _is_apart(rows, small) else len(rows)


def _is_apart(rows: list[Row], at: int) -> bool:
    return 0 < at < len(rows) and rows[at].top - rows[at - 1].bottom > 0.3 * rows[at].height


def _below_rule(sheet: Sheet, rows: list[Row], usual: float, *, going_on: bool) -> int | None:
    """Return the first row below the short line that is drawn above footnotes."""
    if not rows or not sheet.rules:
        return None
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    for rule in sorted(sheet.rules, key=lambda each: each.y):
        wide = rule.right - rule.left
        # Above what goes on from the page before, the line is as wide as the text.
        widest = (1.05 if going_on else 0.75) * (right - left)
        if abs(rule.left - left) > 40 or not 60 <= wide <= widest:
            continue
        at = next((at for at, row in enumerate(rows) if row.top > rule.y - 4), 0)
        if at == 0 or rows[at].top - rule.y > 40 or rule.y < rows[at - 1].bottom + 1:
            continue  # nothing stands below it, or it underlines the words above
        if max(row.height for row in rows[at:]) > 1.03 * usual:
            continue
        if is_marked(sheet, rows[at]) or (going_on and rows[at].height <= _SMALLER * usual):
            return at
    return None


def is_marked(sheet: Sheet, row: Row) -> bool:
    """Tell whether a row begins with a footnote's number or sign."""
    piece = row.pieces[0]
    if _LONE_MARK.fullmatch(sheet.word(piece.first)):
        return piece.last - piece.first > 1 or len(row.pieces) > 1
    return _MARK.match(row.words) is not None
