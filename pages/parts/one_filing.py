"""One filing: its page with the passage marked, its text, and beside it all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Span, UploadState
from pages.parts.acts import tell_act
from pages.parts.filing_facts import facts
from pages.parts.filing_found import findings_list
from pages.parts.filing_publish import publication
from pages.parts.filing_removal import removal
from pages.parts.filing_sheet import PLACE, doubtful_pages, page_at, page_line, sheet
from pages.parts.filing_versions import versions
from pages.parts.filing_view import filing_head, filing_text, no_such_filing, place_in, read_span
from pages.parts.html import Html, el, joined, show
from pages.parts.links import filings_address
from pages.parts.mend import mend, release
from pages.parts.upload_words import Heap, heap_of, how_far, state_mark, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model import Filing, FilingId, FilingPage, Finding, Upload

GLANCE = 1.5


def draw_filing(app: Onpoint, filing_id: FilingId) -> str | None:
    """Draw a filing that may be worked on still; return the place to scroll to."""
    upload, filing = app.filings.upload_of(filing_id), app.filings.get(filing_id)
    if upload is None and filing is None:
        show(no_such_filing())
        return None
    matter_id = upload.matter_id if upload else filing.matter_id
    matter = app.matters.get(matter_id)
    show(filing_head(filing, upload, matter))
    if upload is not None:
        _state(app, upload)
    at = read_span(st.query_params.get("at", ""))
    left, right = st.columns([0.63, 0.37], gap="large")
    with left:
        place = _reading(app, filing_id, filing, at)
    with right, st.container(key="filing_side"):
        findings = app.filings.findings(filing_id)
        if findings:
            _findings(app, upload, filing_id, findings)
        facts(app, filing_id)
        if filing is not None:
            versions(app, filing)
            publication(app, filing)
        removal(app, filing_id, matter_id, held=bool(matter and matter.legal_hold))
    return place


def _state(app: Onpoint, upload: Upload) -> None:
    """Draw where a filing is; by itself again and again while it is worked on."""
    busy = heap_of(upload) is Heap.WORKING
    st.fragment(_state_line, run_every=GLANCE if busy else None)(app, upload, busy=busy)


def _state_line(app: Onpoint, upload: Upload, *, busy: bool) -> None:
    # Asked each time: a click on its button draws this line alone, of what was known before it.
    now = app.filings.upload_of(upload.filing_id)
    if now is None or now.state is not upload.state:
        st.rerun(scope="app")
    where = how_far(now) if busy else state_mark(now)
    told = el("div", times(now), class_="meta")
    show(el("div", where, told, _reading_again(now), _why(now), class_="filing-state"))
    if now.state is not UploadState.NEEDS_RELEASE:
        with st.container(key="filing_mend"):
            mend(app, now, "filing")
    tell_act("filing")


def _reading_again(upload: Upload) -> Html | None:
    """Say that a filing is read once more, or that this is that, and what is found meanwhile."""
    if upload.state is UploadState.SEARCHABLE:
        if upload.newer is None:
            return None
        newer = el("a", "its newer reading", href=filings_address(filing=upload.newer))
        return el("p", "The file was read again: see ", newer, ".", class_="why")
    if upload.reading == 1:
        return None
    return el("p", "It is read again; until that is done it is found as it was.", class_="why")


def _why(upload: Upload) -> Html | None:
    return el("p", upload.reason, class_="why") if upload.reason else None


def _findings(
    app: Onpoint, upload: Upload | None, filing_id: FilingId, findings: Sequence[Finding]
) -> None:
    show(el("h2", "Look at this first"))
    show(findings_list(filing_id, findings))
    if upload is not None and upload.state is UploadState.NEEDS_RELEASE:
        show(el("p", "Nobody can search this filing until somebody has looked.", class_="meta"))
        release(app, upload, "filing")


def _reading(
    app: Onpoint, filing_id: FilingId, filing: Filing | None, at: Span | None
) -> str | None:
    """Draw the page or the text; return the place to scroll to."""
    pages = app.filings.pages(filing_id)
    if (doubts := doubtful_pages(filing_id, pages)) is not None:
        show(doubts)
    as_text = "text" in st.query_params or not pages
    if pages and filing is not None:
        show(_views(filing_id, at, as_text=as_text))
    if not as_text:
        return _page(app, filing_id, pages, at)
    if filing is None:
        show(_no_text_yet(app, filing_id))
        return None
    show(filing_text(filing, at))
    return place_in(at)


def _no_text_yet(app: Onpoint, filing_id: FilingId) -> Html:
    upload = app.filings.upload_of(filing_id)
    if upload is None or upload.duplicate_of is None:
        return el("p", "Its text is here as soon as it is searchable.", class_="meta")
    same = el("a", "another filing", href=filings_address(filing=upload.duplicate_of))
    return el("p", "It has the very words of ", same, " of this matter: that one is found.")


def _page(
    app: Onpoint, filing_id: FilingId, pages: Sequence[FilingPage], at: Span | None
) -> str | None:
    page = _asked_page(pages) or page_at(pages, at) or pages[0]
    marked = dict(app.filings.boxes(filing_id, at)) if at else {}
    boxes = marked.get(page.number, ())
    show(joined([page_line(filing_id, pages, page, at), sheet(filing_id, pages, page, boxes)]))
    return PLACE if boxes else None


def _asked_page(pages: Sequence[FilingPage]) -> FilingPage | None:
    written = st.query_params.get("page", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0
    return pages[number - 1] if 0 < number <= len(pages) else None


def _views(filing_id: FilingId, at: Span | None, *, as_text: bool) -> Html:
    ways = [
        el(
            "a",
            words,
            href=filings_address(filing=filing_id, at=at, text=1 if text else None),
            class_="on" if text is as_text else None,
            aria_current="true" if text is as_text else None,
        )
        for words, text in (("Page", False), ("Text", True))
    ]
    return el("nav", *ways, class_="heaps", aria_label="Look at it as")
