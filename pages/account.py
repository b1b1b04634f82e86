"""Your account: your password, sessions and programs, and what is kept of what you did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, tell_act
from pages.parts.app import desk, session_token
from pages.parts.html import Html, el, joined, show
from pages.parts.links import password_address, read_id
from pages.parts.look import wake_browser
from pages.parts.times import moment
from pages.parts.token_view import own_tokens
from pages.parts.trail_view import entry_list, older
from pages.parts.voice import usual_voice
from pages.parts.ways import local_owner

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import BrowserSession

PER_PAGE = 25


def draw() -> None:
    app = desk()
    person = app.who.person()
    roles = ", ".join(sorted(person.roles)) or "no role yet"
    show(
        joined(
            [
                el("h1", person.name or person.login),
                el("p", f"{person.login} · {roles}", class_="meta"),
            ]
        )
    )
    left, right = st.columns([0.44, 0.56], gap="large")
    with left:
        if local_owner(app):
            show(_local())
        else:
            _sessions(app)
            show(_password(app))
        usual_voice(app)
        own_tokens(app)
    with right:
        _trail(app)


def _local() -> Html:
    return el(
        "div",
        el("h2", "Local owner, no sign-in"),
        el(
            "p",
            "This Onpoint answers on this computer only, and whoever sits at it is its owner. "
            "No password is asked for.",
        ),
        el(
            "p",
            "When others shall work with it, start it for the office: docs/operations.md says how. "
            "Then everybody signs in, you too.",
            class_="meta",
        ),
        class_="quiet",
    )


def _password(app: Onpoint) -> Html:
    said = "Change your password" if app.accounts.has_password() else "Choose a password"
    return el("p", el("a", said, href=password_address()))


def _sessions(app: Onpoint) -> None:
    show(el("h2", "Where you are signed in"))
    for session in app.accounts.my_sessions(session_token()):
        _session(app, session)
    tell_act("sessions")


def _session(app: Onpoint, session: BrowserSession) -> None:
    what, end = st.columns([0.78, 0.22], vertical_alignment="center")
    here = el("span", "● this browser", class_="tag ok") if session.here else None
    with what:
        said = f"{session.address} · since {moment(session.began_at)}"
        show(el("div", session.browser, here, el("div", said, class_="meta")))
    end.button(
        "End it",
        key=f"end_{session.session_id}",
        type="tertiary",
        disabled=session.here,
        on_click=act,
        args=(
            "sessions",
            "Ended.",
            lambda: app.accounts.end_session(session.session_id),
        ),
    )


def _trail(app: Onpoint) -> None:
    said = "Your searches, questions and changes are in the firm’s audit trail:"
    show(el("div", el("h2", "What is kept of what you did"), el("p", said, class_="meta")))
    before = read_id(st.query_params.get("before", ""))
    entries = app.trail.mine(before=before, k=PER_PAGE + 1)
    if entries:
        show(entry_list(entries[:PER_PAGE], named=False))
        show(older("account", entries, PER_PAGE))
    else:
        show(el("p", "Nothing yet."))


draw()
wake_browser()
