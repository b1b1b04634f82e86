"""Ask: a question in, an answer out whose every sentence opens the page it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Answer, MatterId, Voice
from pages.parts.address import typed
from pages.parts.answer_acts import answer_acts, asked_for
from pages.parts.answer_view import answer_text, draft, nearest, source_list
from pages.parts.app import desk
from pages.parts.html import Html, el, show
from pages.parts.links import record_address
from pages.parts.look import wake_browser
from pages.parts.voice import choose_voice
from pages.parts.welcome import greet
from pages.parts.work import Work

if TYPE_CHECKING:
    from core.app import Onpoint

LONGEST_QUESTION = 4_000
# Seconds between two looks at an answer being written.
GLANCE = 0.1
# Answers kept for one visitor, so that going back shows them at once.
KEPT = 8


def draw() -> None:
    app = desk()
    coverage = app.coverage()
    if not coverage.cases:
        greet(app)
        return
    question = typed(
        "Question",
        "q",
        hidden_label=True,
        max_chars=LONGEST_QUESTION,
        placeholder="Ask a question of law; the answer quotes the opinions it rests on",
    )
    if not question:
        show(_how())
        return
    voice, matter = choose_voice(app.voices()), asked_for(app)
    kept: dict[tuple[str, int, Voice, MatterId | None], Answer] = st.session_state.setdefault(
        "answers", {}
    )
    key = (question, coverage.revision, voice, matter)
    if key not in kept:
        answer = _answer(app, question, voice, matter)
        if answer is None:
            return
        kept[key] = answer
        while len(kept) > KEPT:
            kept.pop(next(iter(kept)))
    _show_answer(app, kept[key])


def _answer(app: Onpoint, question: str, voice: Voice, matter: MatterId | None) -> Answer | None:
    """Let the answer be written, showing it as it comes; None when the reader stopped it."""
    if st.session_state.get("stopped") == question:
        _offer_again()
        return None
    work: Work[str, Answer] = Work(
        question, lambda note: app.ask(question, voice=voice, on_text=note, matter=matter)
    )
    place = st.empty()
    with st.container(key="ask_buttons"):
        stop = st.empty()
        stop.button("Stop", key="ask_stop", on_click=_stop, args=(work, question))
    while not work.wait(GLANCE):
        with place.container():
            show(draft("".join(work.notes)))
    place.empty()
    stop.empty()
    if work.error:
        raise work.error
    return work.outcome


def _stop(work: Work[str, Answer], question: str) -> None:
    work.stop()
    st.session_state["stopped"] = question


def _offer_again() -> None:
    show(el("div", el("p", "Stopped. Nothing of it was kept."), class_="quiet"))
    st.button("Ask again", key="ask_again", on_click=lambda: st.session_state.pop("stopped", None))


def _show_answer(app: Onpoint, answer: Answer) -> None:
    said, sources = st.columns([0.58, 0.42], gap="large")
    with said:
        show(answer_text(answer))
        answer_acts(app, answer)
    with sources:
        beside = source_list(app, answer) or nearest(answer.nearest)
        if beside:
            show(beside)


def _how() -> Html:
    return el(
        "div",
        el("p", "Ask as you would ask a colleague:"),
        el("p", el("em", "When does a court stay a removal order while it reviews it?")),
        el(
            "p",
            "Each sentence of the answer carries the number of the passage it rests on; "
            "one click opens the opinion at that page. What no opinion here supports is not said.",
            class_="meta",
        ),
        el("p", el("a", "Records of your questions", href=record_address()), class_="meta"),
        class_="quiet",
    )


draw()
wake_browser()
