"""What can be done with an answer: copied with its citations, looked into, saved to a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import MatterState, Standing
from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, show
from pages.parts.links import draft_address, read_id, record_address, same_address
from pages.parts.matter_view import matter_called, my_matters

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Answer, DraftId, Matter, MatterId

_SAVED = "answer_saved"


def asked_for(app: Onpoint) -> MatterId | None:
    """Say for which matter a question is asked; None where the address names none to be read."""
    asked = read_id(st.query_params.get("matter", ""))
    matter = next((one for one in my_matters(app) if one.matter_id == asked), None)
    if matter is None:
        return None
    none = el("a", "ask for no matter", href=same_address("ask", matter=None))
    said = f"Asked for {matter_called(matter)}: its team may open the record. "
    show(el("p", said, none, class_="meta"))
    return matter.matter_id


def answer_acts(app: Onpoint, answer: Answer) -> None:
    """Draw the acts below an answer; saving only for whoever works on matters."""
    show(_links(app, answer))
    if answer.standing is not Standing.ABSTAINED and "drafts.begin" in app.who.rights():
        _save(app, answer)


def _links(app: Onpoint, answer: Answer) -> Html:
    paragraphs = app.with_citations(answer.text, answer.sources) if answer.sources else ()
    whole = "\n\n".join(paragraphs)
    several = len(paragraphs) > 1
    return el(
        "div",
        _copy("Copy with citations", whole) if whole else None,
        *(
            _copy(f"Copy paragraph {n}", words) if several else None
            for n, words in enumerate(paragraphs, start=1)
        ),
        el("a", "Record", href=record_address(answer.trace_id), class_="act-link"),
        class_="answer-acts",
    )


def _copy(label: str, words: str) -> Html:
    return el("button", label, class_="act", data_act="words", data_words=words, type="button")


def _save(app: Onpoint, answer: Answer) -> None:
    saved: dict[str, DraftId] = st.session_state.setdefault(_SAVED, {})
    if answer.trace_id in saved:
        link = el("a", "Open the draft", href=draft_address(saved[answer.trace_id]))
        show(el("p", el("span", "✓ ", class_="ok"), "Saved. ", link, class_="said", role="status"))
        return
    matters = [one for one in my_matters(app) if one.state is MatterState.OPEN]
    if not matters:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="save_answer"):
        st.selectbox(
            "Save to a matter as a draft",
            matters,
            key="save_matter",
            index=0 if len(matters) == 1 else None,
            placeholder="Choose a matter",
            format_func=matter_called,
        )
        st.button("Save", key="save_answer_go", on_click=_saved, args=(app, answer))
    tell_act("save_answer")


def _saved(app: Onpoint, answer: Answer) -> None:
    matter: Matter | None = st.session_state.get("save_matter")
    if matter is None:
        return

    def save() -> None:
        st.session_state[_SAVED][answer.trace_id] = app.drafts.begin(matter.matter_id, answer)

    act("save_answer", None, save)
