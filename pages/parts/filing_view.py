"""Filings on the screen: a matter's list of them, and one of them to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import Span
from pages.parts.html import Html, el, joined
from pages.parts.links import filings_address
from pages.parts.reading import paragraphs
from pages.parts.times import day
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.model import Filing, Matter

_PLACE = "filing-place"
WORDS_A_PAGE = 250
LETTERS_A_WORD = 6


def filing_table(matter: Matter, filings: Sequence[Filing]) -> Html:
    """Return a matter's filings; a name opens the filing."""
    head = el("h2", el("span", matter.name or matter.number), " ", _number(matter))
    if not filings:
        return el("section", head, el("p", "No filings yet.", class_="meta"), class_="shelf")
    titles = el(
        "tr",
        el("th", "Filing", scope="col"),
        el("th", "Length", scope="col", class_="num"),
        el("th", "Added", scope="col"),
    )
    rows = (_row(filing) for filing in filings)
    return el("section", head, el("table", titles, *rows, class_="held-list wide"), class_="shelf")


def filing_text(filing: Filing, matter: Matter | None, at: Span | None) -> Html:
    """Return a filing as a page to read, the passage at `at` marked."""
    written = filing.text or ""
    named = (matter.name or matter.number) if matter else ""
    back = el("a", f"‹ {named or 'Filings'}", href=filings_address(matter=filing.matter_id))
    said = f"{long_about(filing)} · added by {filing.added_by}, {day(filing.added_at)}"
    text = (
        el("p", joined(_marked(written, span, at)), id=_id(span, at))
        for span in paragraphs(written)
    )
    return el(
        "article",
        el("nav", back, class_="back-line meta"),
        el("header", el("h1", filing.name), el("div", said, class_="meta")),
        el("section", *text, class_="op filing"),
        class_="filing-reading",
    )


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


def _number(matter: Matter) -> Html:
    return el("span", matter.number, class_="meta nb") if matter.name else el("span")


def _row(filing: Filing) -> Html:
    address = filings_address(filing=filing.filing_id)
    added = f"{day(filing.added_at)}, {filing.added_by}"
    return el(
        "tr",
        el("td", el("a", filing.name, href=address)),
        el("td", long_about(filing).removeprefix("about "), class_="num soft"),
        el("td", added, class_="soft"),
    )


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
