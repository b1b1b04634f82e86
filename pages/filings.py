"""The filings desk: files dropped on it become searchable, or say what they need from somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import FilingId, MatterState
from pages.parts.acts import act, tell_act
from pages.parts.address import typed
from pages.parts.app import desk
from pages.parts.desk_list import Desk, draw_desk
from pages.parts.drop import drop_zone
from pages.parts.filing_removal import DESK_TOP
from pages.parts.filing_view import no_matter_yet, no_such_filing
from pages.parts.html import Html, el, joined, show
from pages.parts.links import filings_address, read_id
from pages.parts.look import wake_browser
from pages.parts.matter_view import matter_called, my_matters
from pages.parts.one_filing import draw_filing
from pages.parts.upload_words import Heap
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model import Matter

LONGEST_NAME = 200
LONGEST_TEXT = 1_000_000


def draw() -> str | None:
    """Draw the desk, or the filing that the address names; return the place to scroll to."""
    app = desk()
    asked = st.query_params.get("filing", "")
    if not asked:
        _desk(app)
        # From a long page that was scrolled down, back to what is said on the desk.
        return "desk-top" if st.session_state.pop(DESK_TOP, False) else None
    filing_id = read_id(asked)
    if filing_id is None:
        show(no_such_filing())
        return None
    return draw_filing(app, FilingId(filing_id))


def _desk(app: Onpoint) -> None:
    matters = my_matters(app)
    asked = read_id(st.query_params.get("matter", ""))
    chosen = [one for one in matters if one.matter_id == asked]
    shown = chosen or matters
    show(joined([el("h1", "Filings", id="desk-top"), _whose(matters, chosen)]))
    if not shown:
        show(no_matter_yet())
        return
    left, right = st.columns([0.7, 0.3], gap="large")
    with right, st.container(key="add_files"):
        _add(app, [one for one in shown if one.state is MatterState.OPEN])
    with left:
        draw_desk(
            app,
            Desk(
                matters={one.matter_id: one for one in shown},
                matter_id=chosen[0].matter_id if chosen else None,
                heap=_asked_heap(),
                part=_asked_part(),
                named=_asked_name(),
            ),
        )


def _whose(matters: Sequence[Matter], chosen: Sequence[Matter]) -> Html:
    if not chosen:
        return el("p", counted(len(matters), "matter"), class_="meta")
    every = el("a", "all my matters", href=filings_address())
    return el("p", matter_called(chosen[0]), " · ", every, class_="meta")


def _asked_heap() -> Heap | None:
    asked = st.query_params.get("show", "")
    return Heap(asked) if asked in {*Heap} else None


def _asked_part() -> int:
    written = st.query_params.get("part", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1
    return max(1, number)


def _asked_name() -> str:
    return typed(
        "Find by name",
        "name",
        placeholder="Part of a name",
        max_chars=LONGEST_NAME,
        hidden_label=True,
    )


def _add(app: Onpoint, matters: Sequence[Matter]) -> None:
    if not matters:
        show(el("p", "The matter is closed: nothing is added to it.", class_="meta"))
        return
    show(el("h2", "Add filings"))
    matter = st.selectbox("To the matter", matters, key="filing_matter", format_func=matter_called)
    drop_zone(matter)
    with (
        st.expander("Paste a text instead", key="filing_paste"),
        st.form("add_filing", border=False),
    ):
        st.text_input("Name", key="filing_name", max_chars=LONGEST_NAME)
        st.text_area("Text", key="filing_text", max_chars=LONGEST_TEXT, height=240)
        st.form_submit_button("Add the text", key="filing_add", on_click=_added, args=(app,))
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


wake_browser(scroll_to=draw())
