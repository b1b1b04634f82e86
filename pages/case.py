"""A case to read: its writings, its pages, the cases it cites and those that cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Span
from pages.parts.app import desk
from pages.parts.case_view import case_view
from pages.parts.html import Html, el, show
from pages.parts.links import library_address, read_case_id, read_place, search_address
from pages.parts.look import wake_browser
from pages.parts.our_filings import our_filings
from pages.parts.reading import page_start, place_of

if TYPE_CHECKING:
    from core.model import Opinion, OpinionId

# Citing cases shown at first; the page says how many more there are.
CITING_SHOWN = 12
CITING_ALL = 1000


def draw() -> str | None:
    """Draw the case the address names; return the id of the element to scroll to."""
    app = desk()
    case_id = read_case_id(st.query_params.get("case", ""))
    case = app.case(case_id) if case_id is not None else None
    if case is None:
        show(_not_held())
        return None
    app.read(case.case_id)
    opinions = app.opinions(case.case_id)
    found = _found(opinions, st.query_params.get("at", ""))
    citing = app.cited_by(case.case_id)
    show(
        case_view(
            case,
            opinions,
            cited=app.cited_cases(case.case_id),
            citing=citing,
            ours=our_filings(app.in_our_filings(case.case_id)),
            citing_shown=CITING_ALL if "citing" in st.query_params else CITING_SHOWN,
            found=found,
        )
    )
    return place_of(opinions, found)


def _found(opinions: tuple[Opinion, ...], at: str) -> tuple[OpinionId, Span] | None:
    """Read `at`: a place in an opinion, or the label of a page."""
    place = read_place(at)
    if place is not None:
        return place if any(o.opinion_id == place[0] for o in opinions) else None
    for opinion in opinions:
        start = page_start(opinion, at)
        if start is not None:
            return opinion.opinion_id, Span(start, start)
    return None


def _not_held() -> Html:
    return el(
        "div",
        el("h2", "This case is not in this library"),
        el("p", "It may have been taken out, or the link was made in another library."),
        el(
            "p",
            el("a", "Search", href=search_address()),
            " or ",
            el("a", "see what is held", href=library_address()),
            ".",
        ),
        class_="quiet",
    )


wake_browser(scroll_to=draw())
