"""Search: one box for a citation, a name, a docket number, a phrase or a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Filters, Mode, QueryKind, SearchResult
from pages.parts.address import typed
from pages.parts.app import open_app
from pages.parts.filters import ask_filters
from pages.parts.hits import hit_list
from pages.parts.html import Html, el, joined, show
from pages.parts.links import ask_address, library_address, search_address
from pages.parts.look import wake_browser
from pages.parts.welcome import greet, import_seen
from pages.parts.words import counted, years_covered

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Coverage

PER_PAGE = 10
LONGEST_QUERY = 10_000
OTHER_READINGS = {
    Mode.LEXICAL: "by its words only",
    Mode.SEMANTIC: "by its sense only",
    Mode.AUTO: "by words and sense",
}


def draw() -> None:
    app = open_app()
    coverage = app.coverage()
    if not coverage.cases:
        greet(app)
        return
    query = typed(
        "Search cases",
        "q",
        hidden_label=True,
        max_chars=LONGEST_QUERY,
        placeholder="A citation, a case name, a docket number, “an exact phrase”, or a question",
    )
    left, right = st.columns([0.79, 0.21], gap="large")
    with right, st.container(key="filters"):
        filters = ask_filters(app)
    with left:
        if query:
            _results(app, query, filters)
        else:
            import_seen()
            show(_ways(coverage))


def _results(app: Onpoint, query: str, filters: Filters) -> None:
    page = _page()
    with st.spinner("Searching …"):
        result = app.search(
            query, filters=filters, k=PER_PAGE, offset=(page - 1) * PER_PAGE, mode=_mode()
        )
    notices = [el("p", notice, class_="notice") for notice in result.notices]
    found = _nothing(result, filters)
    if result.hits:
        found = joined([hit_list(app, result.hits, query), _pager(result, page)])
    show(joined([_understood_line(result, filters), *notices, found]))


def _page() -> int:
    written = st.query_params.get("p", "1")
    return (
        max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 5 else 1
    )


def _mode() -> Mode:
    written = st.query_params.get("mode", "")
    return Mode(written) if written in OTHER_READINGS else Mode.AUTO


def _here(**changed: str | int | None) -> str:
    """Return the address of this search with something changed."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    return search_address(**{**asked, **changed})


def _understood_line(result: SearchResult, filters: Filters) -> Html:
    others = [mode for mode in OTHER_READINGS if mode is not _mode()]
    reread = [el("a", OTHER_READINGS[mode], href=_here(mode=mode, p=None)) for mode in others]
    plain = result.understood.kind in (QueryKind.WORDS, QueryKind.PHRASE, QueryKind.CAPTION)
    parts = [
        joined(["Understood as ", result.understood.words]),
        joined(["read it ", joined(reread, " or ")]) if plain else None,
        "narrowed" if filters != Filters() else None,
        f"{counted(result.found, 'case')} in {result.seconds:.2f} s",
    ]
    return el("div", joined([part for part in parts if part], " · "), class_="under")


def _pager(result: SearchResult, page: int) -> Html:
    last = page * PER_PAGE >= result.found
    return el(
        "nav",
        el("a", "‹ Previous", href=_here(p=page - 1)) if page > 1 else None,
        el(
            "span",
            f"{result.hits[0].rank}–{result.hits[-1].rank} of {result.found:,}",
            class_="meta",
        ),
        None if last else el("a", "Next ›", href=_here(p=page + 1)),
        el("a", "Ask this", href=ask_address(result.query)),
        class_="pager",
        aria_label="Pages of results",
    )


def _nothing(result: SearchResult, filters: Filters) -> Html:
    understood, years = result.understood, years_covered(result.coverage)
    sought = understood.citation or understood.docket_number
    said = f"{sought} is not in this library." if sought else "No case here has that."
    held = f"It holds {counted(result.coverage.cases, 'case')}"
    return el(
        "div",
        el("h2", said),
        el("p", f"{held} from {counted(result.coverage.courts, 'court')}, {years or 'undated'}."),
        el("p", "That a case is not here says nothing about whether it exists.")
        if sought
        else None,
        el("p", "Take a filter away at the right; some may leave it out.")
        if filters != Filters()
        else None,
        el(
            "p",
            "Try fewer or other words, or ",
            el("a", "import more cases", href=library_address()),
            ".",
        ),
        class_="quiet",
    )


def _ways(coverage: Coverage) -> Html:
    ways = (
        ("A citation", "556 U.S. 418, or 556 US 418, 435 for a page"),
        ("A case name", "Nken v. Holder"),
        ("A docket number", "No. 08-681"),
        ("An exact phrase", "“irreparable injury absent a stay”"),
        ("A question", "does removal pending review count as irreparable harm"),
    )
    rows = [el("tr", el("td", what), el("td", example)) for what, example in ways]
    held = f"{counted(coverage.cases, 'case')} from {counted(coverage.courts, 'court')}"
    return el(
        "div",
        el("p", f"Searches {held}. Write any of these in the box above:", class_="meta"),
        el("table", *rows, class_="ways"),
    )


draw()
wake_browser()
