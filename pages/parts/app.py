"""The one library that all screens of this server share, and who is using it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from core.app import Onpoint
from core.errors import NotSignedIn
from core.settings import Settings
from pages.parts.visitor import acting, screen_visit, visit_of

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

_WHOSE = "whose"


@st.cache_resource(show_spinner="Opening the library …", on_release=lambda app: app.close())
def open_app() -> Onpoint:
    """Return the open library; the first call opens it, which may start the database.

    It acts as its owner: a screen takes `desk`, an address of our own `desk_for`.
    """
    return Onpoint.open(Settings())


def desk() -> Onpoint:
    """Return the open library, acting as whoever's browser this is; asked anew at each run.

    What a window holds is forgotten where it is another person's now. Raises NotSignedIn.
    """
    visit = screen_visit()
    try:
        app = acting(open_app(), visit)
    except NotSignedIn:
        st.session_state.clear()
        raise
    _own_window(hashlib.sha256(visit.token.encode("utf-8", "replace")).hexdigest())
    return app


def desk_for(connection: HTTPConnection) -> Onpoint:
    """Return the library, acting as whoever asks for an address of ours. Raises NotSignedIn."""
    return acting(open_app(), visit_of(connection))


def session_token() -> str:
    """Return the token of the session that looks at this screen; empty where nobody signs in."""
    return screen_visit().token


def _own_window(whose: str) -> None:
    # A window that lost its connection comes back with the cookies of now: another's, perhaps.
    if st.session_state.get(_WHOSE, whose) != whose:
        st.session_state.clear()
    st.session_state[_WHOSE] = whose
