"""The look of every screen, and what the browser does by itself.

One stylesheet on top of Streamlit's theme, and one small script; both come from this server.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2 import ComponentRenderer

_HERE = Path(__file__).parent
FAVICON = _HERE / "favicon.svg"


def dress() -> None:
    """Put the stylesheet on the page."""
    st.html(_HERE / "look.css")


def wake_browser(*, scroll_to: str | None = None) -> None:
    """Let links, keys and copying work in the browser; scroll to the element with that id."""
    _browser()(key="browser", data={"scroll": scroll_to})


@cache
def _browser() -> ComponentRenderer:
    script = (_HERE / "browser.js").read_text(encoding="utf-8")
    return st.components.v2.component("onpoint_browser", js=script)
