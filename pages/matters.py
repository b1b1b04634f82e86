"""Matters: what the firm works on, who works on it, and who is kept out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import MatterId
from pages.parts.acts import act, tell_act
from pages.parts.app import desk
from pages.parts.html import el, joined, show
from pages.parts.links import matters_address, read_id
from pages.parts.look import wake_browser
from pages.parts.matter_list import matter_table, nothing_yet
from pages.parts.matter_rules import rules
from pages.parts.matter_team import team
from pages.parts.matter_view import no_such_matter, title
from pages.parts.matter_walls import walls
from pages.parts.probe import probe
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint

LONGEST = 200


def draw() -> None:
    app = desk()
    asked = st.query_params.get("matter", "")
    if asked:
        _one(app, asked)
    else:
        _all(app)


def _all(app: Onpoint) -> None:
    matters = app.matters.all()
    show(joined([el("h1", "Matters"), el("p", counted(len(matters), "matter"), class_="meta")]))
    left, right = st.columns([0.64, 0.36], gap="large")
    with left:
        show(matter_table(matters) if matters else nothing_yet())
        if "walls.probe" in app.who.rights():
            probe(app)
    with right:
        _open(app)


def _open(app: Onpoint) -> None:
    show(el("h2", "Open a matter"))
    with st.form("open_matter", border=False, clear_on_submit=True):
        st.text_input(
            "Client-matter number", key="matter_number", max_chars=LONGEST, placeholder="0042-0007"
        )
        st.text_input("Name", key="matter_name", max_chars=LONGEST)
        st.form_submit_button(
            "Open the matter", key="matter_open", type="primary", on_click=_opened, args=(app,)
        )
    tell_act("open_matter")


def _opened(app: Onpoint) -> None:
    typed = st.session_state
    number, name = typed["matter_number"].strip(), typed["matter_name"].strip()
    act(
        "open_matter",
        f"{number} is open. Choose it in the list, and name its team.",
        lambda: app.matters.open(number, name),
    )


def _one(app: Onpoint, asked: str) -> None:
    chosen = read_id(asked)
    matter = app.matters.get(MatterId(chosen)) if chosen else None
    if matter is None:
        show(no_such_matter())
        return
    show(joined([el("a", "‹ All matters", href=matters_address(), class_="back"), title(matter)]))
    people, kept_out, ruled = st.tabs(["Team", "Walls", "Rules"], key="matter_tab")
    with people:
        team(app, matter)
    with kept_out:
        walls(app, matter)
    with ruled:
        rules(app, matter)


draw()
wake_browser()
