"""What stands around every screen: the name, the ways to go, and what the library holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.html import Html, el, show
from pages.parts.words import counted, dotted, years_covered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.navigation.page import StreamlitPage

    from core.model import Coverage


def draw_sidebar(ways: Sequence[StreamlitPage], coverage: Coverage) -> None:
    """Draw the column at the left; its foot says what every answer is made from."""
    with st.sidebar:
        show(el("div", "Onpoint", class_="brand"))
        for way in ways:
            st.page_link(way)
        with st.container(key="foot"):
            show(_foot(coverage))


def _foot(coverage: Coverage) -> Html:
    if not coverage.cases:
        return el("div", "The library is empty", class_="foot")
    years = years_covered(coverage)
    held = dotted(counted(coverage.cases, "case"), years)
    return el("div", held, el("br"), f"library revision {coverage.revision}", class_="foot")
