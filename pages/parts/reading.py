"""An opinion as a page to read: paragraphs, page labels in the margin, cited cases as links.

Everything is placed by offsets into the opinion's one string, and nothing of it is changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from core.model import Span
from pages.parts.html import Html, el, joined, text
from pages.parts.links import case_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.model import CitedCase, Opinion, OpinionId, PageLabel

# Characters of a leaf; a line of text is about 68 of them and 28 pixels high.
_LEAF = 12_000
_LINE = 68
_LINE_HEIGHT = 28
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*(?:\n|\Z)))*")


@dataclass(frozen=True, slots=True)
class Reading:
    """One opinion with what is to be shown in it; spans ascend and do not overlap."""

    opinion: Opinion
    cited: Sequence[CitedCase]
    found: Span | None
    # Every offset at which the way of showing changes, ascending.
    cuts: Sequence[int]


def opinion_text(opinion: Opinion, *, cited: Iterable[CitedCase], found: Span | None) -> Html:
    """Return the body and the notes of an opinion; `found` is the passage to mark."""
    reading = _reading(opinion, cited, found)
    notes_start = opinion.footnotes_start
    body: list[tuple[Span, Html]] = []
    notes: list[tuple[Span, Html]] = []
    end = 0
    for span in paragraphs(opinion.text):
        in_notes = notes_start is not None and span.start >= notes_start
        (notes if in_notes else body).append((span, _paragraph(reading, span, end)))
        end = span.end
    apart = el("section", el("h4", "Notes"), *_leaves(notes), class_="notes") if notes else None
    return joined([*_leaves(body), apart])


def paragraphs(written: str) -> Iterator[Span]:
    """Yield the paragraphs of a text: what stands between blank lines, without white space."""
    for match in _PARAGRAPH.finditer(written):
        yield Span(match.start(), match.start() + len(match.group().rstrip()))


def page_start(opinion: Opinion, label: str) -> int | None:
    """Return where the page with this label begins; None where the opinion has no such page."""
    return next((page.start for page in opinion.pages if page.label == label), None)


def _leaves(written: Sequence[tuple[Span, Html]]) -> Iterator[Html]:
    """Gather paragraphs into leaves, which a browser lays out only when they come into view."""
    leaf: list[Html] = []
    first = 0
    for span, paragraph in written:
        first = first if leaf else span.start
        leaf.append(paragraph)
        if span.end - first >= _LEAF:
            yield _leaf(leaf, span.end - first)
            leaf = []
    if leaf:
        yield _leaf(leaf, written[-1][0].end - first)


def _leaf(paragraphs_in_it: Sequence[Html], length: int) -> Html:
    height = max(1, length // _LINE) * _LINE_HEIGHT
    return el(
        "div", *paragraphs_in_it, class_="leaf", style=f"contain-intrinsic-size:auto {height}px"
    )


def _reading(opinion: Opinion, cited: Iterable[CitedCase], found: Span | None) -> Reading:
    apart: list[CitedCase] = []
    for citation in sorted(cited, key=lambda c: (c.span, c.case_id)):
        if not apart or citation.span.start >= apart[-1].span.end:
            apart.append(citation)
    spans = [citation.span for citation in apart] + ([found] if found else [])
    cuts = {edge for span in spans for edge in (span.start, span.end)}
    cuts.update(page.start for page in opinion.pages)
    return Reading(opinion, apart, found, sorted(cuts))


def _paragraph(reading: Reading, span: Span, previous_end: int) -> Html:
    opinion = reading.opinion
    edges = [span.start, *_between(reading.cuts, span), span.end]
    # A page may begin in the white space before the paragraph: its label stands at the start.
    early = _pages(reading, previous_end, span.start + 1)
    pieces = [_page_label(opinion, page, tick=False) for page in early]
    for start, end in pairwise(edges):
        if start > span.start:
            pieces += [
                _page_label(opinion, page, tick=True) for page in _pages(reading, start, start + 1)
            ]
        pieces.append(_piece(reading, Span(start, end)))
    return el("p", *pieces, id=f"at-{opinion.opinion_id}-{span.start}")


def _pages(reading: Reading, start: int, end: int) -> Sequence[PageLabel]:
    pages = reading.opinion.pages
    first = bisect_left(pages, start, key=lambda page: page.start)
    return pages[first : bisect_left(pages, end, key=lambda page: page.start)]


def _between(cuts: Sequence[int], span: Span) -> Sequence[int]:
    return cuts[bisect_right(cuts, span.start) : bisect_left(cuts, span.end)]


def _piece(reading: Reading, span: Span) -> Html:
    piece = text(span.of(reading.opinion.text))
    index = bisect_right(reading.cited, span.start, key=lambda c: c.span.start) - 1
    if index >= 0 and span.end <= reading.cited[index].span.end:
        piece = el("a", piece, href=case_address(reading.cited[index].case_id), class_="held")
    found = reading.found
    if found and found.start <= span.start and span.end <= found.end:
        piece = el("mark", piece)
    return piece


def _page_label(opinion: Opinion, page: PageLabel, *, tick: bool) -> Html:
    at = f"{opinion.opinion_id}.{page.start}"
    return el(
        "a",
        page.label,
        class_="page tick" if tick else "page",
        id=f"pg-{opinion.opinion_id}-{page.start}",
        href=case_address(opinion.case_id, at=at),
        data_page=page.label,
        title=f"Link to page {page.label}",
    )


def place_of(opinions: Sequence[Opinion], found: tuple[OpinionId, Span] | None) -> str | None:
    """Return the id of the element where the found place begins, so it can be scrolled to."""
    opinion = next((o for o in opinions if found and o.opinion_id == found[0]), None)
    if opinion is None or found is None:
        return None
    start = found[1].start
    if any(page.start == start for page in opinion.pages):
        return f"pg-{opinion.opinion_id}-{start}"
    holding = next((p for p in paragraphs(opinion.text) if start < p.end), None)
    return f"at-{opinion.opinion_id}-{holding.start}" if holding else None
