"""A conversation about one question: it stands in the address, and goes on below the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Length
from pages.parts.html import Html, el
from pages.parts.links import ask_address
from pages.parts.words import capital, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import Answer, Budget

LONGEST_QUESTION = 4_000
# Questions that follow the first; then a new one is begun.
MOST_FOLLOWING = 12


def asked_so_far(first: str) -> tuple[str, ...]:
    """Return the questions of the conversation in the address, the first one first."""
    following = st.query_params.get_all("then")[:MOST_FOLLOWING]
    return (first, *(one[:LONGEST_QUESTION] for one in following if one.strip()))


def earlier(questions: Sequence[str]) -> Html | None:
    """Return the questions before the last, each opening the conversation as it stood there."""
    rows = [
        el("li", el("a", question, href=ask_address(*questions[: place + 1])))
        for place, question in enumerate(questions[:-1])
    ]
    return el("ol", *rows, class_="earlier", aria_label="Asked before") if rows else None


def follow_up(questions: Sequence[str]) -> None:
    """Draw the field in which the conversation goes on; what is typed joins the address."""
    if len(questions) > MOST_FOLLOWING:
        st.caption("This conversation is long. Begin a new one with your next question.")
        return
    st.session_state["more"] = ""
    st.text_input(
        "Ask a follow-up",
        key="more",
        max_chars=LONGEST_QUESTION,
        placeholder="Ask a follow-up: “and in the First Circuit?”, “what do the dissents say?”",
        label_visibility="collapsed",
        on_change=_go_on,
    )


def choose_length() -> Length:
    """Return how much of an answer the address asks for."""
    return Length.LONG if st.query_params.get("long") else Length.SHORT


def offer_length(length: Length) -> None:
    """Draw the button for the other length."""
    words = "Longer answer" if length is Length.SHORT else "Shorter answer"
    st.button(words, key="ask_length", on_click=_other_length, args=(length,))


def how_read(answer: Answer) -> Html | None:
    """Say how the question was read, where that is more than the words of it."""
    read = answer.restated
    if read is None:
        return None
    said = (
        f"Issue: {capital(read.issue.rstrip('.'))}." if read.issue else "",
        f"Rule: {capital(read.rule.rstrip('.'))}." if read.rule else "",
        f"Understood with what was asked before: “{read.whole}”"
        if not read.issue and read.whole != " ".join(read.question.split())
        else "",
        f"Searched only: {'; '.join(read.narrowed)}." if read.narrowed else "",
    )
    words = " ".join(part for part in said if part)
    return el("p", words, class_="how-read meta") if words else None


def at_most(budget: Budget) -> str:
    """Say what an answer takes at most; empty where no language model is asked."""
    if not budget.tokens:
        return ""
    cost = f", about {budget.money}" if budget.money else ""
    tokens = counted(budget.tokens, "token")
    return f"An answer takes at most {tokens} and {budget.seconds:.0f} seconds{cost}."


def _go_on() -> None:
    more = st.session_state["more"].strip()
    if more:
        st.query_params["then"] = [*st.query_params.get_all("then"), more]


def _other_length(length: Length) -> None:
    if length is Length.SHORT:
        st.query_params["long"] = "1"
    else:
        st.query_params.pop("long", None)
