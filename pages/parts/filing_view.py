"""Filings on the screen: a matter's list of them, and one of them to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import Span
from pages.parts.html import Html, el, joined
from pages.parts.links import file_address, filings_address
from pages.parts.reading import paragraphs
from pages.parts.times import day
from pages.parts.upload_words import kind_of_file, weight
from pages.parts.words import counted, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.model import Filing, Matter, Upload

_PLACE = "filing-place"
WORDS_A_PAGE = 250
LETTERS_A_WORD = 6


def filing_head(filing: Filing | None, upload: Upload | None, matter: Matter | None) -> Html:
    """Return a filing's name, the way back to its matter, and what there is to say of it."""
    named = (matter.name or matter.number) if matter else ""
    matter_id = matter.matter_id if matter else None
    back = el("a", f"‹ {named or 'Filings'}", href=filings_address(matter=matter_id))
    return el(
        "header",
        el("nav", back, class_="back-line meta"),
        el("h1", upload.name if upload else filing.name if filing else ""),
        el("div", _file_line(upload) if upload else _text_line(filing), class_="meta"),
        class_="filing-head",
    )


def filing_text(filing: Filing, at: Span | None) -> Html:
    """Return a filing's text to read, the passage at `at` marked."""
    written = filing.text or ""
    text = (
        el("p", joined(_marked(written, span, at)), id=_id(span, at))
        for span in paragraphs(written)
    )
    return el("article", el("section", *text, class_="op filing"), class_="filing-reading")


def _file_line(upload: Upload) -> Html:
    size = dotted(kind_of_file(upload), counted(upload.pages, "page") if upload.pages else None)
    kept = el(
        "a", f"the file as it came, {weight(upload.bytes)}", href=file_address(upload.filing_id)
    )
    return dotted(size, f"handed in by {upload.added_by}", kept)


def _text_line(filing: Filing | None) -> str:
    if filing is None:
        return ""
    return f"{long_about(filing)} · added by {filing.added_by}, {day(filing.added_at)}"


def place_in(at: Span | None) -> str | None:
    """Return the id of the element to scroll to."""
    return None if at is None else _PLACE


def read_span(at: str) -> Span | None:
    """Read `120-340`; None for anything else."""
    start, _, end = at.partition("-")
    if not all(n.isascii() and n.isdigit() and len(n) < 10 for n in (start, end)):
        return None
    return Span(int(start), int(end)) if int(start) < int(end) else None


def no_such_filing() -> Html:
    return el(
        "div",
        el("h2", "There is no such filing"),
        el("p", el("a", "All filings", href=filings_address())),
        class_="quiet",
    )


def no_matter_yet() -> Html:
    """Say why there is no filing to show, and what leads on."""
    return el(
        "div",
        el("p", "You are on no matter’s team yet, so there are no filings to show."),
        el("p", "Ask the lawyer who leads a matter to put you on its team.", class_="meta"),
        class_="quiet",
    )


def long_about(filing: Filing) -> str:
    """Say about how long a filing is, in pages."""
    pages = max(1, round(filing.characters / LETTERS_A_WORD / WORDS_A_PAGE))
    return f"about {counted(pages, 'page')}"


def _id(span: Span, at: Span | None) -> str | None:
    begins = at is not None and span.start <= at.start < span.end
    return _PLACE if begins else None


def _marked(written: str, span: Span, at: Span | None) -> Iterator[Html | str]:
    """Yield a paragraph in pieces, what lies in `at` marked."""
    start = min(max(at.start, span.start), span.end) if at else span.end
    end = min(max(at.end, span.start), span.end) if at else span.end
    yield written[span.start : start]
    if start < end:
        yield el("mark", written[start:end])
    yield written[max(start, end) : span.end]
