"""A page of a filing as it looks, with the passage that is meant marked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import PageState, Span
from pages.parts.html import Html, el, joined
from pages.parts.links import filings_address, page_image_address
from pages.parts.words import dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import Box, FilingId, FilingPage

# Pixels: sharp on a good screen, where a page is shown half as wide.
WIDTH = 1400
PLACE = "filing-page-place"
# Below this a reading of a scan is likely to have wrong words in it.
LIKELY_WRONG = 0.7
_HUNDRED = 100
# Pages that are named one by one.
NAMED = 12


def sheet(
    filing_id: FilingId, pages: Sequence[FilingPage], page: FilingPage, boxes: Sequence[Box]
) -> Html:
    """Return a page as a picture; `boxes` are marked on it, the first is scrolled to."""
    ratio = f"aspect-ratio:{page.width:.0f}/{page.height:.0f}"
    picture = el(
        "img",
        src=page_image_address(filing_id, page.number, width=WIDTH),
        alt=f"Page {page.number} of {len(pages)} as it looks; its words are under “Text”",
    )
    marks = [_mark(box, first=n == 0) for n, box in enumerate(boxes)]
    return el("div", picture, *marks, class_="sheet", style=ratio)


def page_line(
    filing_id: FilingId, pages: Sequence[FilingPage], page: FilingPage, at: Span | None
) -> Html:
    """Return the line above a page: which it is, how its text was come by, and the ways on."""
    printed = f"printed as {page.label}" if page.label and page.label != str(page.number) else None
    return el(
        "nav",
        _step(filing_id, page.number - 1, "‹ before", possible=page.number > 1),
        el("span", f"Page {page.number:,} of {len(pages):,}", class_="nb"),
        _step(filing_id, page.number + 1, "next ›", possible=page.number < len(pages)),
        el("span", dotted(printed, read_how(page)), class_="meta"),
        _back(filing_id, page, at),
        class_="page-line",
    )


def read_how(page: FilingPage) -> Html | None:
    """Say how a page's text was come by, where it was not simply there."""
    if page.state is PageState.NEEDS_OCR:
        return el("span", "△ a picture without text: needs OCR", class_="warn")
    if page.state is PageState.EMPTY:
        return el("span", "○ empty", class_="soft")
    if page.state is not PageState.OCR:
        return None
    if page.confidence is None:
        return el("span", "read from a scan", class_="soft")
    sure = f"{page.confidence * _HUNDRED:.0f} % sure"
    if _unsure(page):
        return el("span", f"△ read from a scan, {sure}: look before you quote", class_="warn")
    return el("span", f"read from a scan, {sure}", class_="soft")


def doubtful_pages(filing_id: FilingId, pages: Sequence[FilingPage]) -> Html | None:
    """Name the pages without text, and those that were read unsurely; None where all is well."""
    unread = [one.number for one in pages if one.state is PageState.NEEDS_OCR]
    unsure = [one.number for one in pages if one.state is PageState.OCR and _unsure(one)]
    lines = [
        el("p", "△ ", said, " ", _numbers(filing_id, numbers), class_="meta")
        for said, numbers in (
            ("Pictures without text, so not searched:", unread),
            ("Read from a scan, with doubtful words:", unsure),
        )
        if numbers
    ]
    return el("div", *lines, class_="notice") if lines else None


def page_at(pages: Sequence[FilingPage], at: Span | None) -> FilingPage | None:
    """Return the page on which a passage begins, in its body or in its footnotes."""
    if at is None:
        return None
    return next(
        (
            one
            for one in pages
            for span in (one.span, one.notes)
            if span.start <= at.start < span.end
        ),
        None,
    )


def _unsure(page: FilingPage) -> bool:
    return page.confidence is not None and page.confidence < LIKELY_WRONG


def _numbers(filing_id: FilingId, numbers: Sequence[int]) -> Html:
    links = [
        el("a", f"page {n:,}", href=filings_address(filing=filing_id, page=n))
        for n in numbers[:NAMED]
    ]
    more = [f"{len(numbers) - NAMED:,} more"] if len(numbers) > NAMED else []
    return joined([*links, *more], ", ")


def _mark(box: Box, *, first: bool) -> Html:
    edges = {
        "left": box.left,
        "top": box.top,
        "width": box.right - box.left,
        "height": box.bottom - box.top,
    }
    style = ";".join(f"{edge}:{part:.3%}" for edge, part in edges.items())
    return el("i", style=style, class_="lit", id=PLACE if first else None)


def _step(filing_id: FilingId, number: int, words: str, *, possible: bool) -> Html:
    if not possible:
        return el("span", words, class_="soft")
    return el("a", words, href=filings_address(filing=filing_id, page=number))


def _back(filing_id: FilingId, page: FilingPage, at: Span | None) -> Html | None:
    """Return the way back to the passage that was looked for, from another page."""
    if at is None or page.span.start <= at.start < page.span.end:
        return None
    return el("a", "back to the passage", href=filings_address(filing=filing_id, at=at))
