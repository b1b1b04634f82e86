"""Where a part of a filing's text stands on its pages, as boxes to be drawn over a picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.library.filing_pages import Letters
from core.model import Box, Span

Place = tuple[float, float, float, float]  # left, top, right, bottom

# Letters are on one line where they share so much of the lower one's height.
_SAME_LINE = 0.5
# A gap wider than so much of the page parts two columns, or two cells.
_WIDEST_GAP = 0.1
# Letters overlap their neighbours a little; further back than this, a line begins anew.
_STEP_BACK = 0.02


def boxes_of(letters: Letters, span: Span) -> tuple[Box, ...]:
    """Return the boxes of a part of the text on one page, one for each line, in reading order."""
    lines = _lines(_placed(letters, span))
    return tuple(
        Box(left=left, top=top, right=right, bottom=bottom) for left, top, right, bottom in lines
    )


def _placed(letters: Letters, span: Span) -> list[Place]:
    """Return the places of the letters of a span that have one, body before notes."""
    if not len(letters.boxes):
        return []
    body = letters.span.end - letters.span.start
    parts = (_part(letters.span, span, 0), _part(letters.notes, span, body))
    boxes: NDArray[np.float64] = np.concatenate([letters.boxes[part] for part in parts])
    seen = boxes[(boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])]
    return [(left, top, right, bottom) for left, top, right, bottom in seen.tolist()]


def _part(held: Span, span: Span, before: int) -> slice:
    start, end = max(held.start, span.start), min(held.end, span.end)
    return slice(before + start - held.start, before + max(end, start) - held.start)


def _lines(places: list[Place]) -> Iterator[Place]:
    if not places:
        return
    line, *rest = places
    for place in rest:
        if _goes_on(line, place):
            line = _both(line, place)
        else:
            yield line
            line = place
    yield line


def _goes_on(line: Place, place: Place) -> bool:
    shared = min(line[3], place[3]) - max(line[1], place[1])
    lower = min(line[3] - line[1], place[3] - place[1])
    return (
        shared >= _SAME_LINE * lower
        and place[0] >= line[2] - _STEP_BACK
        and place[0] - line[2] <= _WIDEST_GAP
    )


def _both(one: Place, other: Place) -> Place:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
