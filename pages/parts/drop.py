"""The place where files are dropped: a hundred at once, each sent on its own by the browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.html import Html, el
from pages.parts.links import upload_address

if TYPE_CHECKING:
    from streamlit.components.v2 import ComponentRenderer

    from core.model import Matter

_HERE = Path(__file__).parent


def drop_zone(matter: Matter) -> None:
    """Draw the place that takes files for a matter; the screen is drawn anew as they arrive."""
    _zone()(
        key="drop",
        data={"to": upload_address(matter.matter_id)},
        on_taken_change=_nothing_more,
    )


def _nothing_more() -> None:
    """Let the screen be drawn anew: what was taken is in the library already."""


@cache
def _zone() -> ComponentRenderer:
    script = (_HERE / "drop.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "onpoint_drop", html=str(_markup()), js=script, isolate_styles=False
    )


def _markup() -> Html:
    return el(
        "div",
        el(
            "p",
            el("button", "Choose files", type="button", class_="drop-pick"),
            " or drop them anywhere on this page: a hundred at once, folders, archives",
        ),
        el("input", type="file", multiple=True, hidden=True, aria_label="Files to add"),
        el("div", el("i"), class_="gauge drop-far", hidden=True),
        el("p", class_="drop-said", role="status"),
        el("ul", class_="drop-refused"),
        el("button", "Stop sending", type="button", class_="drop-stop", hidden=True),
        el("button", "Send these again", type="button", class_="drop-again", hidden=True),
        class_="drop stHtml",
    )
