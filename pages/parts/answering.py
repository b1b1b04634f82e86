"""An answer being written beside the screen: watched, stopped, and not asked for twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.model import Answer, Filters, Length, MatterId, Voice
from pages.parts.answer_view import draft
from pages.parts.html import el, show
from pages.parts.work import Work

if TYPE_CHECKING:
    from core.app import Onpoint

# Seconds between two looks at an answer being written.
GLANCE = 0.1
# Answers kept for one visitor, so that going back shows them at once.
KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that an answer depends on: the same again is not asked twice."""

    questions: tuple[str, ...]
    filters: Filters
    voice: Voice
    speaks: str | None
    length: Length
    revision: int
    # The matter for which it is asked, if any.
    matter: MatterId | None


def answer_to(app: Onpoint, asked: Asked) -> Answer | None:
    """Return the answer, from before where the same was asked; None when it was stopped."""
    kept: dict[Asked, Answer] = st.session_state.setdefault("answers", {})
    if asked not in kept:
        answer = _answer(app, asked)
        if answer is None:
            return None
        kept[asked] = answer
        while len(kept) > KEPT:
            kept.pop(next(iter(kept)))
    return kept[asked]


def _answer(app: Onpoint, asked: Asked) -> Answer | None:
    """Let the answer be written, showing it as it comes; None when the reader stopped it."""
    if st.session_state.get("stopped") == asked:
        _offer_again()
        return None
    *before, question = asked.questions
    work: Work[str, Answer] = Work(
        question,
        lambda note: app.ask(
            question,
            before=before,
            filters=asked.filters,
            voice=asked.voice,
            speaks=asked.speaks,
            length=asked.length,
            on_text=note,
            matter=asked.matter,
        ),
    )
    place = st.empty()
    with st.container(key="ask_buttons"):
        stop = st.empty()
        stop.button("Stop", key="ask_stop", on_click=_stop, args=(work, asked))
    while not work.wait(GLANCE):
        with place.container():
            show(draft(work.notes[-1] if work.notes else ""))
    place.empty()
    stop.empty()
    if work.error:
        raise work.error
    return work.outcome


def _stop(work: Work[str, Answer], asked: Asked) -> None:
    work.stop()
    st.session_state["stopped"] = asked


def _offer_again() -> None:
    show(el("div", el("p", "Stopped. Nothing of it was kept."), class_="quiet"))
    st.button("Ask again", key="ask_again", on_click=lambda: st.session_state.pop("stopped", None))
