"""Ballots: two wordings of one line, unlabelled, one pair after the other."""

from __future__ import annotations

import streamlit as st

from pages.parts.app import desk
from pages.parts.html import el, joined, show
from pages.parts.look import wake_browser
from pages.parts.style_ballots import draw_ballots

ABOUT = (
    "Two wordings of the same line, one of them a trained voice’s, in an order drawn by lot. Your "
    "vote is secret: votes are counted, and nobody is told whose they are."
)


def draw() -> None:
    show(joined([el("h1", "Which sounds like us?"), el("p", ABOUT, class_="meta")]))
    # A vote draws the next pair, and the rest of the screen stays as it is.
    st.fragment(draw_ballots)(desk())


draw()
wake_browser()
