"""People: who may sign in, what they may be, and the ways to invite, reset and shut out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Role
from pages.parts.acts import act, tell_act
from pages.parts.app import desk
from pages.parts.html import el, joined, show
from pages.parts.links import read_id
from pages.parts.look import wake_browser
from pages.parts.people_view import ROLES, give_link, person_panel, roster
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint

LONGEST_NAME = 200


def draw() -> None:
    app = desk()
    everybody = app.people.all()
    chosen = read_id(st.query_params.get("person", ""))
    person = next((one for one in everybody if one.person_id == chosen), None)
    at_work = sum(not one.disabled for one in everybody)
    said = f"{counted(at_work, 'person', 'people')} may sign in"
    show(joined([el("h1", "People"), el("p", said, class_="meta")]))
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        show(roster(everybody, chosen))
    with right:
        if person is not None:
            person_panel(app, person)
        else:
            _invite(app)


def _invite(app: Onpoint) -> None:
    show(el("h2", "Invite somebody"))
    with st.form("invite", border=False, clear_on_submit=True):
        st.text_input("Name", key="invite_name", max_chars=LONGEST_NAME)
        st.text_input(
            "Sign-in name",
            key="invite_login",
            max_chars=LONGEST_NAME,
            placeholder="name@firm.example",
        )
        for role, meaning in ROLES.items():
            st.checkbox(role.value.capitalize(), key=f"invite_{role.value}")
            show(el("p", meaning, class_="meta under-box"))
        st.form_submit_button(
            "Make an invitation", key="invite_go", type="primary", on_click=_send, args=(app,)
        )
    tell_act("invite")
    give_link("invite")


def _send(app: Onpoint) -> None:
    typed = st.session_state
    roles = frozenset(role for role in Role if typed[f"invite_{role.value}"])
    name, login = typed["invite_name"].strip(), typed["invite_login"].strip()

    def invite() -> None:
        typed["link"] = ("invite", app.people.invite(login, name, roles))

    act("invite", f"{name or login} is invited.", invite)


draw()
wake_browser()
