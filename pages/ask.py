"""Ask: a question in, an answer out whose every sentence opens the page it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.address import typed
from pages.parts.answer_acts import answer_acts, asked_for
from pages.parts.answer_view import answer_text, nearest, source_list
from pages.parts.answering import Asked, answer_to
from pages.parts.app import desk
from pages.parts.conversation import (
    LONGEST_QUESTION,
    asked_so_far,
    at_most,
    choose_length,
    earlier,
    follow_up,
    how_read,
    offer_length,
)
from pages.parts.filters import ask_filters
from pages.parts.html import Html, el, joined, show
from pages.parts.links import record_address
from pages.parts.look import wake_browser
from pages.parts.said_in_filings import said_in_filings
from pages.parts.voice import choose_voice
from pages.parts.welcome import greet

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Answer


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
    with st.container(key="ask_choices", horizontal=True):
        with st.popover("Narrow", key="ask_narrow"):
            filters = ask_filters(app)
        voice, length = choose_voice(app.voices()), choose_length()
    if not question:
        show(_how(at_most(app.budget())))
        return
    asked = Asked(
        questions=asked_so_far(question),
        filters=filters,
        voice=voice.voice,
        speaks=voice.speaks,
        length=length,
        revision=coverage.revision,
        matter=asked_for(app),
    )
    if before := earlier(asked.questions):
        show(joined([before, el("h2", asked.questions[-1], class_="asked")]))
    answer = answer_to(app, asked)
    if answer is not None:
        _show_answer(app, answer, asked)


def _show_answer(app: Onpoint, answer: Answer, asked: Asked) -> None:
    said, sources = st.columns([0.58, 0.42], gap="large")
    with said:
        show(joined([how_read(answer), answer_text(answer)]))
        if asked.matter is not None:
            # Read at each look, not kept with the answer: walls and filings may have changed.
            found = app.quotations(answer.filings)
            show(said_in_filings(found, named=len(answer.filings)))
        answer_acts(app, answer)
        if answer.claims:
            offer_length(asked.length)
        follow_up(asked.questions)
    with sources:
        beside = source_list(app, answer) or nearest(answer)
        if beside:
            show(beside)


def _how(most: str) -> Html:
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
        el("p", most, class_="meta") if most else None,
        el("p", el("a", "Records of your questions", href=record_address()), class_="meta"),
        class_="quiet",
    )


draw()
wake_browser()
