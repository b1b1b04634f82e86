"""The look of every screen, and what the browser does by itself.

One stylesheet on top of Streamlit's theme, and one small script; both come from this server.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2 import ComponentRenderer

_HERE = Path(__file__).parent
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
FAVICON = _HERE / "favicon.svg"


def dress() -> None:
    """Put the stylesheet on the page."""
    st.html(_HERE / "look.css")


def colour(accent: str | None) -> None:
    """Give the page the firm's own accent, #rrggbb; None leaves ours."""
    if accent is not None and _COLOUR.fullmatch(accent):
        # On dark paper the same colour, lightened until it can be read.
        both = f"light-dark({accent},color-mix(in oklab,{accent} 40%,#fff))"
        st.html(f"<style>:root{{--accent:{both}}}</style>")


def wake_browser(*, scroll_to: str | None = None) -> None:
    """Let links, keys and copying work in the browser; scroll to the element with that id."""
    _browser()(key="browser", data={"scroll": scroll_to})


@cache
def _browser() -> ComponentRenderer:
    script = (_HERE / "browser.js").read_text(encoding="utf-8")
    return st.components.v2.component("onpoint_browser", js=script)
