"""Bench: what the library does, what a voice does, and what neither should be asked to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import BenchId
from pages.parts.acts import act, tell_act
from pages.parts.app import desk
from pages.parts.bench_race import race_section
from pages.parts.bench_view import advice, probed, run_list, run_view
from pages.parts.html import el, joined, show
from pages.parts.links import read_id
from pages.parts.look import wake_browser
from pages.parts.work import Work

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Advice, BenchRun, Probed

# Seconds between two looks at a run under way.
GLANCE = 0.2
LONGEST = 4_000
_ADVICE, _PROBED, _MADE = "bench_advice", "bench_probed", "bench_made"


def draw() -> None:
    app = desk()
    said = (
        "One question, answered in five ways: a model alone, your library, and your library in a "
        "voice. Facts come from what is looked up; a voice may change the words and nothing else."
    )
    show(joined([el("h1", "Bench"), el("p", said, class_="meta")]))
    _ask(app)
    tell_act("bench")
    _shown(app)
    left, right = st.columns(2, gap="large")
    with left:
        _advise(app)
    with right:
        _closed_book(app)
    race_section(app)
    earlier = run_list(app.bench.runs(k=20))
    if earlier is not None:
        show(earlier)


def _ask(app: Onpoint) -> None:
    with st.form("bench_ask", border=False):
        question = st.text_input(
            "Question", key="bench_question", max_chars=LONGEST, placeholder="A question of law"
        )
        if st.form_submit_button("Run all five") and question.strip():
            _run(app, question)


def _run(app: Onpoint, question: str) -> None:
    """Let the arms answer beside the screen, so that it says what it does."""
    work: Work[str, BenchRun] = Work(question, lambda _: app.bench.run(question))
    with st.spinner("Five answers are being made, one after the other …"):
        while not work.wait(GLANCE):
            pass

    def made() -> None:
        if work.error is not None:
            raise work.error
        if work.outcome is not None:
            st.session_state[_MADE] = work.outcome.bench_id
        st.query_params.clear()

    act("bench", None, made)


def _shown(app: Onpoint) -> None:
    asked = read_id(st.query_params.get("run", ""))
    chosen = BenchId(asked) if asked else st.session_state.get(_MADE)
    run = app.bench.get(chosen) if chosen else None
    if run is not None:
        show(run_view(run))
    elif chosen:
        show(el("p", "There is no such run of yours.", class_="quiet"))


def _advise(app: Onpoint) -> None:
    show(el("h2", "What should we use?"))
    with st.form("bench_need", border=False):
        need = st.text_input(
            "What you need, in plain words",
            key="bench_need_words",
            max_chars=400,
            placeholder="Sound like our appellate partner",
        )
        if st.form_submit_button("Advise") and need.strip():
            act("advice", None, lambda: _keep(_ADVICE, app.bench.advise(need)))
    tell_act("advice")
    given: Advice | None = st.session_state.get(_ADVICE)
    if given is not None:
        show(advice(given))


def _closed_book(app: Onpoint) -> None:
    show(
        joined(
            [
                el("h2", "Books closed"),
                el("p", "What the style model cites when nothing is looked up.", class_="meta"),
            ]
        )
    )
    st.button("Close the books", key="bench_probe", on_click=_probe, args=(app,))
    tell_act("probe")
    found: Probed | None = st.session_state.get(_PROBED)
    if found is not None:
        show(probed(found))


def _probe(app: Onpoint) -> None:
    act("probe", None, lambda: _keep(_PROBED, app.bench.closed_book()))


def _keep(key: str, value: object) -> None:
    st.session_state[key] = value


draw()
wake_browser()
