"""Letters on a page become boxes, one a line, to be drawn over its picture."""

from __future__ import annotations

import numpy as np
import pytest

from core.ingest.highlight import boxes_of
from core.library.filing_pages import Letters
from core.model import Box, Span

WIDE, HIGH = 0.01, 0.02


def row(count: int, *, left: float, top: float) -> list[list[float]]:
    """Letters side by side; the last one of a line is the space, which has no place."""
    places = [[left + WIDE * n, top, left + WIDE * (n + 1), top + HIGH] for n in range(count - 1)]
    return [*places, [0.0, 0.0, 0.0, 0.0]]


def page(*rows: list[list[float]], notes: int = 0, start: int = 100) -> Letters:
    """A page whose text begins at `start`; its last `notes` letters are footnotes, at 900."""
    letters = [each for line in rows for each in line]
    body = len(letters) - notes
    return Letters(
        number=3,
        span=Span(start, start + body),
        notes=Span(900, 900 + notes),
        boxes=np.array(letters).reshape(-1, 4),
    )


def box(left: float, top: float, letters: int) -> Box:
    return Box(left=left, top=top, right=left + WIDE * letters, bottom=top + HIGH)


def rounded(boxes: tuple[Box, ...]) -> list[tuple[float, ...]]:
    return [tuple(round(float(s), 6) for s in (b.left, b.top, b.right, b.bottom)) for b in boxes]


TWO_LINES = (row(5, left=0.1, top=0.1), row(5, left=0.1, top=0.13))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        # All of it: a box for each line.
        (Span(100, 110), [box(0.1, 0.1, 4), box(0.1, 0.13, 4)]),
        # Within the first line.
        (Span(101, 103), [box(0.11, 0.1, 2)]),
        # From one line into the next.
        (Span(103, 107), [box(0.13, 0.1, 1), box(0.1, 0.13, 2)]),
        # Begun on the page before, going on on the next.
        (Span(0, 500), [box(0.1, 0.1, 4), box(0.1, 0.13, 4)]),
        # The space between the lines has no place.
        (Span(104, 105), []),
        # Not on this page.
        (Span(0, 100), []),
    ],
)
def test_a_part_of_the_text_is_boxed_line_by_line(span: Span, expected: list[Box]) -> None:
    assert rounded(boxes_of(page(*TWO_LINES), span)) == rounded(tuple(expected))


def test_columns_side_by_side_are_boxed_each_for_itself() -> None:
    columns = page(row(5, left=0.1, top=0.1), row(5, left=0.6, top=0.1))
    expected = (box(0.1, 0.1, 4), box(0.6, 0.1, 4))
    assert rounded(boxes_of(columns, Span(100, 110))) == rounded(expected)


def test_footnotes_stand_behind_the_text_of_all_pages() -> None:
    held = page(*TWO_LINES, row(4, left=0.1, top=0.9), notes=4)
    assert rounded(boxes_of(held, Span(901, 903))) == rounded((box(0.11, 0.9, 2),))
    assert boxes_of(held, Span(500, 600)) == ()


def test_a_page_without_places_has_no_boxes() -> None:
    held = Letters(
        number=1, span=Span(0, 9), notes=Span(9, 9), boxes=np.zeros((0, 4), dtype=np.float64)
    )
    assert boxes_of(held, Span(0, 9)) == ()
