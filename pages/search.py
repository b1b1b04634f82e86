"""Search: one box for a citation, a name, a docket number, a phrase or a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Filters, Mode, QueryKind, SearchResult
from pages.parts.address import typed
from pages.parts.app import desk
from pages.parts.filing_hits import filing_hits
from pages.parts.filters import ask_filters, ask_matter
from pages.parts.hits import hit_list
from pages.parts.html import Html, el, joined, show
from pages.parts.links import ask_address, search_address
from pages.parts.look import wake_browser
from pages.parts.search_help import nothing_found, ways_to_ask
from pages.parts.welcome import greet, import_seen
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import MatterId

LONGEST_QUERY = 10_000
OTHER_READINGS = {
    Mode.LEXICAL: "by its words only",
    Mode.SEMANTIC: "by its sense only",
    Mode.AUTO: "by words and sense",
}


def draw() -> None:
    app = desk()
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
        filters, matter = ask_filters(app), ask_matter(app)
    with left:
        if query:
            _results(app, query, filters, matter)
        else:
            import_seen()
            show(ways_to_ask(coverage))


def _results(app: Onpoint, query: str, filters: Filters, matter: MatterId | None) -> None:
    habits, page = app.search_habits(), _page()
    mode, k = _mode() or habits.mode, habits.results
    with st.spinner("Searching …"):
        result = app.search(
            query, filters=filters, k=k, offset=(page - 1) * k, mode=mode, matter=matter
        )
    notices = [el("p", notice, class_="notice") for notice in result.notices]
    found = nothing_found(result, narrowed=filters != Filters())
    if result.hits:
        found = joined([hit_list(app, result.hits, query), _pager(result, page, k)])
    mine = filing_hits(app, result.filings, query)
    show(joined([_understood_line(result, filters, mode), *notices, mine, found]))


def _page() -> int:
    written = st.query_params.get("p", "1")
    return (
        max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 5 else 1
    )


def _mode() -> Mode | None:
    written = st.query_params.get("mode", "")
    return Mode(written) if written in OTHER_READINGS else None


def _here(**changed: str | int | None) -> str:
    """Return the address of this search with something changed."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    return search_address(**{**asked, **changed})


def _understood_line(result: SearchResult, filters: Filters, mode: Mode) -> Html:
    others = [other for other in OTHER_READINGS if other is not mode]
    reread = [el("a", OTHER_READINGS[one], href=_here(mode=one, p=None)) for one in others]
    plain = result.understood.kind in (QueryKind.WORDS, QueryKind.PHRASE, QueryKind.CAPTION)
    parts = [
        joined(["Understood as ", result.understood.words]),
        joined(["read it ", joined(reread, " or ")]) if plain else None,
        "narrowed" if filters != Filters() else None,
        f"{counted(result.found, 'case')} in {result.seconds:.2f} s",
    ]
    return el("div", joined([part for part in parts if part], " · "), class_="under")


def _pager(result: SearchResult, page: int, per_page: int) -> Html:
    last = page * per_page >= result.found
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


draw()
wake_browser()
