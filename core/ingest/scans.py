"""Puts what was read from the pictures of pages where it belongs in a filing's text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse.parsed import Parsed, ParsedPage
from core.model import Span

_BETWEEN = "\n\n"  # parts two paragraphs, and so two pages that were read


def with_readings(parsed: Parsed, readings: Mapping[int, Parsed]) -> Parsed:
    """Return what was read of a file with these pages' pictures read too, by page number.

    What a page said before stays, and stands before what its picture says. All that points into
    the text is moved with it.
    """
    if not readings:
        return parsed
    made = _Made()
    pages = [made.add(parsed.text, page, readings.get(page.number)) for page in parsed.pages]
    made.end(parsed.text)
    return replace(
        parsed,
        text="".join(made.parts),
        pages=tuple(replace(page, notes=made.moved(page.notes)) for page in pages),
        footnotes_start=None if parsed.footnotes_start is None else made.at(parsed.footnotes_start),
        taken=tuple(replace(each, at=made.at(each.at)) for each in parsed.taken),
        hidden=tuple(replace(each, span=made.moved(each.span)) for each in parsed.hidden),
    )


class _Made:
    """The new text as it grows, and where what stood in the old one stands in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._length = 0
        self._read_to = 0
        # Ascending: from the old offset on everything is moved by so much.
        self._from: list[int] = [0]
        self._moves: list[int] = [0]

    def add(self, text: str, page: ParsedPage, reading: Parsed | None) -> ParsedPage:
        """Add a page's body, with what its picture says; return the page where it now stands."""
        self._say(text[self._read_to : page.span.start])
        self._read_to = max(self._read_to, page.span.start)
        old = text[self._read_to : page.span.end]
        if old.strip() or (reading and reading.text):
            self._part()
        start = self._length
        self._mark()
        self._say(old)
        self._read_to = max(self._read_to, page.span.end)
        if reading is None:
            return replace(page, span=Span(start, self._length))
        between = _BETWEEN if old.strip() and reading.text else ""
        self._say(between + reading.text)
        (read,) = reading.pages
        return replace(
            page,
            span=Span(start, self._length),
            state=read.state,
            confidence=read.confidence,
            boxes=_boxes(page, len(old), len(between), read),
        )

    def end(self, text: str) -> None:
        """Add what stands behind the body of the last page."""
        rest = text[self._read_to :]
        if rest.strip():
            self._part()
        self._mark()
        self._say(rest)

    def at(self, offset: int) -> int:
        return offset + self._moves[bisect_right(self._from, offset) - 1]

    def moved(self, span: Span) -> Span:
        # An end is where the last letter of it stands, and not where the next page begins.
        start = self.at(span.start)
        return Span(start, max(start, self.at(span.end - 1) + 1)) if span.end else Span(0, 0)

    def _say(self, words: str) -> None:
        self.parts.append(words)
        self._length += len(words)

    def _part(self) -> None:
        """See that what comes next does not run into what was read from a picture."""
        if self._length and not "".join(self.parts[-2:]).endswith(_BETWEEN):
            self._say(_BETWEEN)

    def _mark(self) -> None:
        self._from.append(self._read_to)
        self._moves.append(self._length - self._read_to)


def _boxes(page: ParsedPage, old: int, between: int, read: ParsedPage) -> NDArray[np.uint16]:
    """Places of a page's letters: of what it said before, of its picture, then of its notes."""
    notes = page.notes.end - page.notes.start
    held = page.boxes if len(page.boxes) else np.zeros((old + notes, 4), np.uint16)
    apart = np.zeros((between, 4), np.uint16)
    return np.concatenate([held[:old], apart, read.boxes, held[old:]])
