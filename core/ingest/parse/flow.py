"""Which line goes on in the next, which ends a paragraph, and which only ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from operator import sub
from statistics import median

from core.ingest.parse.rows import Row
from core.ingest.parse.sheet import Sheet


class Join(StrEnum):
    """What stands between two lines."""

    SAME = " "
    LINE = "\n"
    PARAGRAPH = "\n\n"


_LEVEL = 6.0  # points: lines that begin so near each other begin at the same place
_CENTRED = 5.0
# Dots that lead to the number of a page.
_LEADER = re.compile(r"(?:\.\s?){5,}")
_ENDS = re.compile(r"[.?!:;][\"”’')\]]*(?:\[\d+\]|\d{1,3})?$")
_NUMBERED = re.compile(
    r"(?:\d{1,3}\.|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})\)|[a-zA-Z]\.|[ivxIVX]{1,5}\."
    r"|[•●▪■○·*–-]|[§¶]+(?:\s?\d+)?|Q\.?|A\.?)(?:\s|$)"
)
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.'’-]+ ){1,4}?[A-Z.'’-]*[A-Z]:|Q\.?\s|A\.?\s")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """Lines that are read one after another, and the measure they are set to."""

    sheet: Sheet
    rows: list[Row]
    left: float
    right: float
    # From one line to the next, most often.
    pitch: float
    # How far to the right lines reach that begin at a place.
    reach: dict[int, float]


def column_of(sheet: Sheet, rows: list[Row]) -> Column:
    """Measure lines that are read one after another."""
    lefts = sorted([row.left for row in rows])
    rights = sorted([row.right for row in rows])
    bottoms = [row.bottom for row in rows]
    forward = [step for step in map(sub, bottoms[1:], bottoms) if step > 3]
    return Column(
        sheet=sheet,
        rows=rows,
        left=lefts[len(lefts) // 10],
        right=rights[(9 * len(rights)) // 10],
        pitch=median(forward) if forward else 0.0,
        reach=_reach(rows),
    )


def _reach(rows: list[Row]) -> dict[int, float]:
    """Measure how far lines reach, by where they begin; a lone indented line tells nothing."""
    reach: dict[int, float] = {}
    for before, after in pairwise(rows):
        left = after.left
        if -4 <= before.left - left <= 4:
            place = round(left / 4)
            reach[place] = max(reach.get(place, 0.0), before.right, after.right)
    return reach


def joins_of(column: Column) -> list[Join]:
    """Return what stands before each line of a column but the first."""
    joins: list[Join] = []
    step = column.pitch  # from line to line in this paragraph
    opening = True  # True where the line before is its paragraph's first
    for (before, after), full in zip(pairwise(column.rows), _full(column), strict=True):
        join = _join(column, before, after, step=step, opening=opening, full=full)
        joins.append(join)
        opening = join is not Join.SAME
        step = column.pitch if opening else after.bottom - before.bottom
    return joins


def _full(column: Column) -> list[bool]:
    """Tell which lines break because they are full; in an address none does, whatever its width."""
    full = [is_full(column, before, after) for before, after in pairwise(column.rows)]
    start = 0
    for at in range(1, len(full) + 1):
        if at < len(full) and _is_level(column.rows[at], column.rows[at + 1]):
            continue
        if _is_listed(column, column.rows[start : at + 1], sum(full[start:at])):
            full[start:at] = [False] * (at - start)
        start = at
    return full


def _is_listed(column: Column, rows: list[Row], full: int) -> bool:
    """Tell whether lines are a list or an address, though some of them are full."""
    following = len(rows) - 1
    if not full or not following:
        return False
    if following == 1:
        first = rows[0]
        narrow = first.right - first.left < column.sheet.width / 3
        return (narrow or first.words.isupper()) and not rows[1].words[0].islower()
    if full <= 0.6 * following:
        return True
    if following < 3 or max(row.right - row.left for row in rows) >= column.sheet.width / 2:
        return False
    return sum(not row.words[0].islower() for row in rows[1:]) > 0.8 * following


def _is_level(before: Row, after: Row) -> bool:
    return (
        abs(before.left - after.left) <= _LEVEL
        and after.bottom - before.bottom < 2.6 * before.height
    )


def _join(
    column: Column, before: Row, after: Row, *, step: float, opening: bool, full: bool
) -> Join:
    if _leads(before):
        return Join.LINE
    if _is_broken(before, after) or _hangs(before, after):
        return Join.SAME
    apart = _is_apart(column, before, after, step, opening=opening)
    if apart and not (full and _goes_on(before, after)):
        return Join.PARAGRAPH
    centred = _is_centred(column, before) + _is_centred(column, after)
    if centred and abs(before.left - after.left) > 2:
        filled = full and centred < 2
        if not filled and not _goes_on(before, after):
            return Join.LINE if centred == 2 else Join.PARAGRAPH
    return _flowing(column, before, after, opening=opening, full=full)


def _leads(row: Row) -> bool:
    """Tell whether dots lead to the number of a page."""
    words = row.words
    return (".." in words or ". ." in words) and _LEADER.search(words) is not None


def _goes_on(before: Row, after: Row) -> bool:
    """Tell whether a sentence that has not ended goes on with a small letter."""
    return after.words[:1].islower() and not _ENDS.search(before.words)


def _flowing(column: Column, before: Row, after: Row, *, opening: bool, full: bool) -> Join:
    """Join lines between which neither white nor print makes a break."""
    if "A" <= after.words[0] <= "Z" and _SPEAKER.match(after.words):
        return Join.PARAGRAPH
    if full:
        return _full_join(before, after, before.words, after.words, opening=opening)
    halted = before.words.endswith((":", ";"))
    if _NUMBERED.match(after.words) or after.left > before.left + 2 * _LEVEL:
        return Join.LINE if halted else Join.PARAGRAPH
    # In an address a line may end in a full stop: "6053 Chase Rd."
    alone = opening and before.right - before.left < 0.5 * (column.right - column.left)
    ended = _ENDS.search(before.words) and not halted and not alone
    return Join.PARAGRAPH if ended else Join.LINE


def _hangs(before: Row, after: Row) -> bool:
    """Tell whether a line of a table of contents is the rest of the one above."""
    near = after.bottom - before.bottom < 1.6 * before.height
    return after.left > before.left + _LEVEL and near and _leads(after)


def _is_broken(before: Row, after: Row) -> bool:
    """Tell whether a word is broken between two lines."""
    words = before.words
    near = after.bottom - before.bottom < 2.6 * before.height
    return words[-1] == "-" and words[-2:-1].isalpha() and near


def _full_join(before: Row, after: Row, words: str, following: str, *, opening: bool) -> Join:
    """Join a line that fills its measure with the next."""
    shift = after.left - before.left
    if abs(shift) <= _LEVEL:
        return Join.SAME
    if shift < 0:
        goes_on = opening or following[:1].islower() or not _ENDS.search(words)
        return Join.SAME if goes_on else Join.PARAGRAPH
    hangs = _NUMBERED.match(words) is not None or following[:1].islower()
    return Join.SAME if hangs and not _NUMBERED.match(following) else Join.PARAGRAPH


def _is_apart(column: Column, before: Row, after: Row, step: float, *, opening: bool) -> bool:
    """Tell whether more white, or another size of print, parts two lines."""
    taken, height = after.bottom - before.bottom, before.height
    usual = column.pitch if opening else step
    if _is_centred(column, before) and _is_centred(column, after):
        usual = 1.2 * height
    if taken > 1.35 * max(usual, 0.8 * height) or taken < -height:
        return True
    return not 0.84 < after.height / max(height, 0.1) < 1.19


def _is_centred(column: Column, row: Row) -> bool:
    left, right = column.left, column.right
    return (
        row.left > left + 3 * _LEVEL
        and row.right < right - 3 * _LEVEL
        and abs((row.left + row.right) - (left + right)) < 2 * _CENTRED
    )


def is_full(column: Column, before: Row, after: Row) -> bool:
    """Tell whether the next line's first word would not have fitted into this one."""
    place, reach = round(after.left / 4), column.reach
    near = reach.get(place - 1, 0.0), reach.get(place, 0.0), reach.get(place + 1, 0.0)
    return before.right + after.pieces[0].ahead + 3 > (max(near) or column.right)


def join_across(before: Column, after: Column) -> Join:
    """Return what stands between two columns, or two pages."""
    last, first = before.rows[-1], after.rows[0]
    words, following = last.words, first.words
    if _is_centred(before, last) or _is_centred(after, first) or _SPEAKER.match(following):
        return Join.PARAGRAPH
    ratio = first.height / max(last.height, 0.1)
    if not 0.9 < ratio < 1.1:
        return Join.PARAGRAPH
    ended = _ENDS.search(words) is not None
    if not ended and following[:1].islower():
        return Join.SAME
    if before.sheet is after.sheet:
        return Join.PARAGRAPH
    indented = first.left > after.left + _LEVEL and not _continues_indented(after)
    filled = last.right > before.right - 0.15 * (before.right - before.left)
    return (
        Join.SAME
        if filled and not indented and not _NUMBERED.match(following)
        else (Join.PARAGRAPH)
    )


def _continues_indented(column: Column) -> bool:
    return len(column.rows) > 1 and column.rows[1].left > column.rows[0].left - _LEVEL
