"""The one library that all screens of this server share, and who is using it."""

from __future__ import annotations

import streamlit as st

from core.app import Onpoint
from core.settings import Settings


@st.cache_resource(show_spinner="Opening the library …", on_release=lambda app: app.close())
def open_app() -> Onpoint:
    """Return the open library; the first call opens it, which may start the database."""
    return Onpoint.open(Settings())


def desk() -> Onpoint:
    """Return the open library, acting as whoever's browser this is; asked anew at each run."""
    return open_app()
