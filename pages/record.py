"""Record: how an answer came about, opened again: its sources as they were, and every check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import MatterId, TraceId
from pages.parts.acts import act, tell_act
from pages.parts.answer_view import answer_text
from pages.parts.app import desk
from pages.parts.html import el, joined, show
from pages.parts.links import ask_address, read_id, record_address
from pages.parts.look import wake_browser
from pages.parts.matter_view import matter_called
from pages.parts.record_view import (
    head,
    how_it_came_about,
    no_such_record,
    papers,
    record_table,
    source_as_it_was,
)
from pages.parts.said_in_filings import said_in_filings
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Trace

PER_PAGE = 100


def draw() -> None:
    app = desk()
    asked = st.query_params.get("trace", "")
    if not asked:
        _all(app)
        return
    chosen = read_id(asked)
    trace = app.traces.get(TraceId(chosen)) if chosen else None
    if trace is None:
        show(no_such_record())
        return
    _one(app, trace)


def _all(app: Onpoint) -> None:
    chosen = read_id(st.query_params.get("matter", ""))
    matter = app.matters.get(MatterId(chosen)) if chosen else None
    whose = f"of {matter_called(matter)}" if matter else "of your questions"
    show(el("h1", f"Records {whose}"))
    found = app.traces.all(matter.matter_id if matter else None, k=PER_PAGE)
    if not found:
        show(
            el(
                "div",
                el("p", "Nothing is recorded here."),
                el("p", el("a", "Ask a question", href=ask_address("")), class_="meta"),
                class_="quiet",
            )
        )
        return
    said = "How each answer came about: what was asked, searched, found, rejected and checked."
    show(joined([el("p", said, class_="meta"), record_table(found, matter=matter)]))


def _one(app: Onpoint, trace: Trace) -> None:
    matter = app.matters.get(trace.head.matter_id) if trace.head.matter_id else None
    show(joined([el("a", "‹ Records", href=record_address(), class_="back"), head(trace, matter)]))
    said, sources = st.columns([0.58, 0.42], gap="large")
    with said:
        show(answer_text(trace.answer))
        if trace.answer.filings:
            show(said_in_filings(trace.filings, named=len(trace.answer.filings)))
        show(how_it_came_about(trace))
    with sources, st.container(key="record_side"):
        _reviewed(app, trace)
        show(papers(trace))
        if trace.answer.sources:
            show(el("h4", f"{counted(len(trace.answer.sources), 'source')}, as they were"))
        for source in trace.answer.sources:
            show(source_as_it_was(trace, source))
            _confirm(app, trace, source.n, "I have read this source")


def _reviewed(app: Onpoint, trace: Trace) -> None:
    _confirm(app, trace, 0, "I have reviewed this answer")
    tell_act("record")


def _confirm(app: Onpoint, trace: Trace, n: int, label: str) -> None:
    """Draw the box by which somebody says to have read or reviewed; ticked by whoever has."""
    key = f"{'confirm' if n else 'reviewed'}_{trace.head.trace_id}_{n}"
    st.session_state[key] = any(said.n == n and said.own for said in trace.confirmations)
    st.checkbox(label, key=key, on_change=_confirmed, args=(app, trace, n, key))


def _confirmed(app: Onpoint, trace: Trace, n: int, key: str) -> None:
    desk_of = app.traces
    change = desk_of.confirm if st.session_state[key] else desk_of.withdraw
    act("record", None, lambda: change(trace.head.trace_id, n))


draw()
wake_browser()
