"""The firm's voices on the page: what teaches them, what is trained, measured and let speak."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.model.training import AdapterState
from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, joined, show
from pages.parts.times import moment
from pages.parts.words import capital, counted, dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model.training import StyleAdapter, StyleDataset, StyleEvaluation

_ABOUT = (
    "An adapter learns how the firm writes from filings of matters that consent, and words "
    "grounded answers anew. It may speak once its evaluation passes every condition below."
)
_NOTHING = (
    "No voice yet. Let matters teach the style model (under Matters), then make a dataset of their "
    "finished argument."
)
_RUNNING = frozenset({AdapterState.WAITING, AdapterState.TRAINING})
_MEASURABLE = frozenset({AdapterState.TRAINED, AdapterState.EVALUATED})
_MADE = "style_made"
# Of a loss curve, in pixels.
_WIDE, _HIGH = 220, 44


def draw_training(app: Onpoint) -> None:
    """Draw the section: datasets, adapters with the gate, and the ways to another of each."""
    show(joined([el("h2", "Voices that are trained"), el("p", _ABOUT, class_="meta")]))
    left, right = st.columns([0.34, 0.66], gap="large")
    datasets = app.style.datasets()
    with left:
        _teach(app)
        if datasets:
            _train(app, datasets)
    with right:
        tell_act("style_adapters")
        adapters = app.style.adapters()
        if not datasets:
            show(el("p", _NOTHING, class_="quiet"))
        else:
            show(_dataset_table(datasets))
        for adapter in adapters:
            _one(app, adapter)


def _teach(app: Onpoint) -> None:
    with st.form("style_teach", border=False):
        st.text_input("Name of the voice", key="style_voice", max_chars=80)
        st.multiselect(
            "Filings that teach it",
            app.cards.sources(),
            key="style_filings",
            format_func=lambda one: one.name,
            placeholder="All finished argument of ours",
        )
        st.checkbox(
            "Leave out names and identifiers of persons", key="style_deidentify", value=True
        )
        st.form_submit_button("Make a dataset", on_click=_taught, args=(app,))
    tell_act("style_teach")
    for said in st.session_state.get(_MADE, ()):
        show(el("p", said, class_="notice"))


def _taught(app: Onpoint) -> None:
    def make() -> None:
        chosen = [one.filing_id for one in st.session_state["style_filings"]]
        made = app.style.make_dataset(
            st.session_state["style_voice"],
            filings=chosen or None,
            deidentify=st.session_state["style_deidentify"],
        )
        left = [f"Left out, {why}: {count:,}." for why, count in made.left_out.items() if count]
        st.session_state[_MADE] = (*made.warnings, *left)

    act("style_teach", "The dataset is made.", make)


def _train(app: Onpoint, datasets: Sequence[StyleDataset]) -> None:
    with st.form("style_train", border=False):
        st.selectbox("Dataset", datasets, key="style_dataset", format_func=_dataset_named)
        st.text_input(
            "Folder of the base model",
            key="style_base",
            placeholder="/models/open-weight-3b",
            help="On this server: a model with its config.json, which is not changed.",
        )
        st.form_submit_button("Train an adapter", on_click=_asked, args=(app,))


def _asked(app: Onpoint) -> None:
    act(
        "style_adapters",
        "It waits to be trained; a worker takes it.",
        lambda: app.style.train(
            st.session_state["style_dataset"].dataset_id, Path(st.session_state["style_base"])
        ),
    )


def _dataset_named(one: StyleDataset) -> str:
    return f"{one.voice}: {counted(one.examples, 'passage')}"


def _dataset_table(datasets: Sequence[StyleDataset]) -> Html:
    titles = ("Voice", "Passages", "Words", "Sources", "Made", "")
    rows = (
        el(
            "tr",
            el("td", one.voice),
            *(el("td", f"{n:,}", class_="num") for n in (one.examples, one.words, one.sources)),
            el("td", f"{one.made_by}, {moment(one.made_at)}", class_="soft"),
            el("td", f"△ {counted(one.withdrawn, 'source')} withdrawn", class_="warn")
            if one.withdrawn
            else el("td"),
        )
        for one in datasets
    )
    head = el("tr", *(el("th", title, scope="col") for title in titles))
    return el("table", head, *rows, class_="held-list wide")


def _one(app: Onpoint, adapter: StyleAdapter) -> None:
    found = app.style.evaluation(adapter.adapter_id)
    show(_head(adapter, found))
    rights, key = app.who.rights(), str(adapter.adapter_id)
    with st.container(horizontal=True, key=f"style_acts_{key}"):
        if adapter.state in _RUNNING:
            _button(app, "Stop", f"style_stop_{key}", "style.cancel", adapter)
        if adapter.state in _MEASURABLE and "style.evaluate" in rights:
            _button(app, "Evaluate", f"style_measure_{key}", "style.evaluate", adapter)
        if adapter.state is AdapterState.EVALUATED and "style.promote" in rights:
            _button(
                app,
                "Promote",
                f"style_promote_{key}",
                "style.promote",
                adapter,
                off=not found.passes,
            )
        if adapter.state is AdapterState.PROMOTED and "style.retire" in rights:
            _button(app, "Switch off", f"style_retire_{key}", "style.retire", adapter)


def _button(
    app: Onpoint, label: str, key: str, what: str, adapter: StyleAdapter, *, off: bool = False
) -> None:
    done = {
        "style.cancel": (app.style.cancel, "It is stopped."),
        "style.evaluate": (app.style.evaluate, "It is measured."),
        "style.promote": (app.style.promote, "It may speak: choose it in Settings."),
        "style.retire": (app.style.retire, "It is switched off, in every session."),
    }
    do, said = done[what]
    st.button(
        label,
        key=key,
        disabled=off,
        on_click=act,
        args=("style_adapters", said, lambda: do(adapter.adapter_id)),
    )


def _head(adapter: StyleAdapter, found: StyleEvaluation) -> Html:
    left = f"about {adapter.seconds_left:.0f} s left" if adapter.seconds_left else None
    step = f"step {adapter.step:,} of {adapter.steps:,}" if adapter.steps else None
    running = adapter.state in _RUNNING
    return el(
        "div",
        el("h3", f"{adapter.voice}, over {Path(adapter.base).name}"),
        el(
            "p",
            dotted(
                capital(adapter.state),
                f"asked for by {adapter.asked_by}, {moment(adapter.asked_at)}",
                step if running else None,
                left if running else None,
            ),
            class_="meta",
        ),
        el("p", adapter.reason, class_="notice") if adapter.reason else None,
        _curve(adapter.curve),
        _gate(found),
        class_="block",
    )


def _gate(found: StyleEvaluation) -> Html:
    """Return the conditions, each with a shape and a word as well as a colour."""
    rows = [el("li", _mark(each.holds), " ", each.seen) for each in found.conditions]
    return el("ul", *rows, class_="claims")


def _mark(holds: bool) -> Html:  # noqa: FBT001  a mark is one or the other
    words, colour = ("✓ holds", "ok") if holds else ("△ wanting", "warn")
    return el("span", words, class_=f"tag {colour}")


def _curve(points: Sequence[tuple[int, float]]) -> Html | None:
    """Return the loss as a line, the first and the last in figures."""
    if len(points) < 2:
        return None
    most, least = max(loss for _, loss in points), min(loss for _, loss in points)
    last = points[-1][0] or 1
    spread = (most - least) or 1.0
    line = " ".join(
        f"{_WIDE * step / last:.1f},{_HIGH - (_HIGH - 4) * (loss - least) / spread - 2:.1f}"
        for step, loss in points
    )
    drawn = el(
        "svg",
        el("polyline", points=line, fill="none", stroke="currentColor", stroke_width="1.5"),
        width=_WIDE,
        height=_HIGH,
        role="img",
        aria_label=f"Loss from {points[0][1]:.2f} to {points[-1][1]:.2f}",
    )
    said = f"Loss {points[0][1]:.2f} at first, {points[-1][1]:.2f} at last"
    return el("p", drawn, el("span", said, class_="meta"), class_="curve")
