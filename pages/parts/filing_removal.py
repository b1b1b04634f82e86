"""Removing a filing for good, and the receipt that says what went with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, say, tell_act
from pages.parts.html import el, show
from pages.parts.upload_words import weight
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import FilingId, MatterId, Receipt


# Kept by this name: the desk is to be shown from its top.
DESK_TOP = "desk_top"


def removal(app: Onpoint, filing_id: FilingId, matter_id: MatterId, *, held: bool) -> None:
    """Draw the button that removes a filing; `held`: its matter is under legal hold."""
    with st.expander("Remove this filing", key="filing_remove"):
        if held:
            show(el("p", "Its matter is under legal hold: nothing in it can be removed."))
            return
        show(
            el("p", "It goes with its file, its text, and all that was made of them. No way back.")
        )
        st.button(
            "Remove for good",
            key="filing_remove_go",
            on_click=_removed,
            args=(app, filing_id, matter_id),
        )
        tell_act("remove_filing")


def receipt_words(receipt: Receipt) -> str:
    """Say what was removed, counted, and where the audit trail has it."""
    gone = ", ".join(
        (
            counted(receipt.filings, "filing"),
            counted(receipt.passages, "passage"),
            f"{counted(receipt.files, 'file')} ({weight(receipt.bytes)})",
        )
    )
    return f"Removed for good: {gone}. The receipt is entry {receipt.entry_id} of the audit trail."


def _removed(app: Onpoint, filing_id: FilingId, matter_id: MatterId) -> None:
    def remove() -> None:
        receipt = app.filings.remove(filing_id)
        # Back to the desk, where the receipt is shown.
        st.query_params.from_dict({"matter": str(matter_id)})
        say("desk", receipt_words(receipt))
        st.session_state[DESK_TOP] = True

    act("remove_filing", None, remove)
