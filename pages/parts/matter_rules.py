"""What may be done with a matter's papers, whether it is open, and how it is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import MatterState
from pages.parts.acts import act, tell_act
from pages.parts.html import el, show

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Matter

# What is asked, by the field of the matter, and what each answer means.
QUESTIONS = {
    "external_models": (
        "External models may read it",
        "Its text may be sent to a language model outside the firm.",
    ),
    "teaches_style": (
        "It may teach the firm’s style",
        "The firm’s own argument in it may be used to train the style model.",
    ),
    "asks_release": (
        "Filings are looked at before they can be searched",
        "One in which something was found waits until somebody has looked at it and released it.",
    ),
    "legal_hold": ("Legal hold", "Nothing in it can be removed until the hold is taken away."),
}


def rules(app: Onpoint, matter: Matter) -> None:
    """Draw the switches of a matter; each takes effect at once."""
    for field, (label, meaning) in QUESTIONS.items():
        key = f"rule_{field}"
        st.session_state[key] = bool(getattr(matter, field))
        st.checkbox(label, key=key, on_change=_changed, args=(app, matter, field, label))
        show(el("p", meaning, class_="meta under-box"))
    _state(app, matter)
    tell_act("rules")
    _remove(app, matter)


def _changed(app: Onpoint, matter: Matter, field: str, label: str) -> None:
    value = bool(st.session_state[f"rule_{field}"])
    said = f"{label}: {'yes' if value else 'no'}."
    act("rules", said, lambda: app.matters.change(matter.matter_id, **{field: value}))


def _state(app: Onpoint, matter: Matter) -> None:
    is_open = matter.state is MatterState.OPEN
    other = MatterState.CLOSED if is_open else MatterState.OPEN
    st.button(
        "Close the matter" if is_open else "Open it again",
        key="rule_state",
        on_click=act,
        args=(
            "rules",
            f"The matter is {other.value}.",
            lambda: app.matters.change(matter.matter_id, state=other),
        ),
    )


def _remove(app: Onpoint, matter: Matter) -> None:
    with st.expander("Remove the matter with all its filings", key="rule_remove"):
        if matter.legal_hold:
            show(el("p", "It is under legal hold: nothing in it can be removed."))
            return
        show(el("p", "This cannot be undone. Write the matter’s number to confirm."))
        st.text_input("Matter number", key="rule_number", placeholder=matter.number)
        st.button("Remove for good", key="rule_remove_go", on_click=_removed, args=(app, matter))
        tell_act("remove")


def _removed(app: Onpoint, matter: Matter) -> None:
    if st.session_state["rule_number"].strip() != matter.number:
        st.session_state["rule_number"] = ""
        return
    act("remove", "Removed.", lambda: app.matters.remove(matter.matter_id))
