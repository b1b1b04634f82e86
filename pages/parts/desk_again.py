"""Filings that an earlier version of Onpoint has read, and the button that has them read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act
from pages.parts.html import el, show
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import MatterId

# With one click: each takes some hundredths of a second to be asked for.
AT_ONCE = 200


def offer_rereading(app: Onpoint, matter_id: MatterId | None, outdated: int) -> None:
    """Draw a line that says so, and the button; nothing where all was read by this version."""
    if not outdated:
        return
    said, button = st.columns([0.66, 0.34], vertical_alignment="center", gap="medium")
    were = "was" if outdated == 1 else "were"
    with said:
        show(
            el(
                "p",
                f"{counted(outdated, 'filing')} {were} read by an earlier version of Onpoint. ",
                "They are found as before until they are read again.",
                class_="meta",
            )
        )
    some = min(outdated, AT_ONCE)
    button.button(
        f"Read {some:,} of them again" if some < outdated else "Read again",
        key="read_again",
        type="tertiary",
        on_click=act,
        args=(
            "desk",
            f"{counted(some, 'filing')} to be read again. Nothing is lost meanwhile.",
            lambda: _again(app, matter_id),
        ),
    )


def _again(app: Onpoint, matter_id: MatterId | None) -> None:
    for filing in app.filings.outdated(matter_id)[:AT_ONCE]:
        app.filings.reread(filing.filing_id)
