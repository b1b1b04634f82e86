"""The pages of a filing: which part of its text stands on each, and where on it each letter is.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.library.db import Reader
from core.model import FilingId, FilingPage, PageState, Span

# Boxes of one page, unpacked: 8 bytes for each of two million letters, more than any page has.
_LARGEST = 16_000_000
_WHOLE = 65_535


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Letters:
    """Where the letters of one page stand."""

    number: int
    span: Span
    notes: Span
    # (n, 4): left, top, right, bottom as parts of width and height, for each letter of the body,
    # then of the notes; zeros where one has no place.
    boxes: NDArray[np.float64]


def pages(db: Reader, filing_id: FilingId) -> tuple[FilingPage, ...]:
    """Return the pages of a filing in order; none where it has no such."""
    return tuple(db.rows("select_filing_pages", _page, filing_id=filing_id))


def letters(db: Reader, filing_id: FilingId, span: Span) -> tuple[Letters, ...]:
    """Return where the letters stand on those pages that have a part of this span, in order."""
    found = db.rows(
        "select_filing_boxes",
        _letters,
        filing_id=filing_id,
        span_start=span.start,
        span_end=span.end,
    )
    return tuple(found)


def _page(  # noqa: PLR0913  the columns of a page
    *,
    number: int,
    label: str | None,
    start_offset: int,
    end_offset: int,
    notes_start: int,
    notes_end: int,
    width: float,
    height: float,
    state: str,
    confidence: float | None,
) -> FilingPage:
    return FilingPage(
        number=number,
        label=label,
        span=Span(start_offset, end_offset),
        notes=Span(notes_start, notes_end),
        width=width,
        height=height,
        state=PageState(state),
        confidence=confidence,
    )


def _letters(
    *,
    number: int,
    start_offset: int,
    end_offset: int,
    notes_start: int,
    notes_end: int,
    boxes: bytes,
) -> Letters:
    raw = zlib.decompressobj().decompress(boxes, _LARGEST)
    return Letters(
        number=number,
        span=Span(start_offset, end_offset),
        notes=Span(notes_start, notes_end),
        boxes=np.frombuffer(raw, dtype="<u2").reshape(-1, 4) / _WHOLE,
    )
