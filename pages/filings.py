"""Filings: the papers of the matters one works on, to read and to add to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import FilingId, MatterState
from pages.parts.acts import act, tell_act
from pages.parts.app import desk
from pages.parts.filing_view import (
    filing_table,
    filing_text,
    no_matter_yet,
    no_such_filing,
    place_in,
    read_span,
)
from pages.parts.html import el, joined, show
from pages.parts.links import filings_address, read_id
from pages.parts.look import wake_browser
from pages.parts.matter_view import matter_called, my_matters
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model import Filing, Matter

LONGEST_NAME = 200
LONGEST_TEXT = 1_000_000


def draw() -> str | None:
    """Draw the list, or the filing that the address names; return the place to scroll to."""
    app = desk()
    asked = st.query_params.get("filing", "")
    if not asked:
        _list(app)
        return None
    filing_id = read_id(asked)
    filing = app.filings.get(FilingId(filing_id)) if filing_id else None
    if filing is None:
        show(no_such_filing())
        return None
    at = read_span(st.query_params.get("at", ""))
    show(filing_text(filing, app.matters.get(filing.matter_id), at))
    _remove(app, filing)
    return place_in(at)


def _list(app: Onpoint) -> None:
    matters = my_matters(app)
    asked = read_id(st.query_params.get("matter", ""))
    shown = [one for one in matters if asked in (None, one.matter_id)]
    said = (
        counted(len(matters), "matter")
        if len(shown) == len(matters)
        else el("a", "‹ All my matters", href=filings_address())
    )
    show(joined([el("h1", "Filings"), el("p", said, class_="meta")]))
    tell_act("removed")
    left, right = st.columns([0.64, 0.36], gap="large")
    with left:
        for matter in shown:
            show(filing_table(matter, app.filings.all(matter.matter_id)))
        if not shown:
            show(no_matter_yet())
    with right:
        _add(app, [one for one in shown if one.state is MatterState.OPEN])


def _add(app: Onpoint, matters: Sequence[Matter]) -> None:
    if not matters:
        return
    show(el("h2", "Add a filing"))
    with st.form("add_filing", border=False):
        st.selectbox("Matter", matters, key="filing_matter", format_func=matter_called)
        st.text_input("Name", key="filing_name", max_chars=LONGEST_NAME)
        st.text_area("Text", key="filing_text", max_chars=LONGEST_TEXT, height=240)
        st.form_submit_button(
            "Add the filing", key="filing_add", type="primary", on_click=_added, args=(app,)
        )
    tell_act("add_filing")


def _added(app: Onpoint) -> None:
    typed = st.session_state
    matter: Matter | None = typed["filing_matter"]
    name, text = typed["filing_name"].strip(), typed["filing_text"]
    if matter is None:
        return

    def add() -> None:
        app.filings.add_text(matter.matter_id, name, text)
        typed["filing_name"] = typed["filing_text"] = ""

    act("add_filing", f"“{name}” is on the shelf and can be searched.", add)


def _remove(app: Onpoint, filing: Filing) -> None:
    with st.expander("Remove this filing", key="filing_remove"):
        show(el("p", "It goes from the shelf, and with it all that was made of it."))
        st.button("Remove for good", key="filing_remove_go", on_click=_removed, args=(app, filing))
        tell_act("remove_filing")


def _removed(app: Onpoint, filing: Filing) -> None:
    act("remove_filing", "Removed.", lambda: app.filings.remove(filing.filing_id))


wake_browser(scroll_to=draw())
