"""The firm's voices on the page: what teaches them, what is trained, measured and let speak."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act
from pages.parts.desk_list import GLANCE
from pages.parts.html import el, joined, show
from pages.parts.style_adapters import draw_adapters, is_busy
from pages.parts.style_datasets import (
    dataset_named,
    dataset_table,
    draw_teaching,
    offer_export,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model.training import StyleDataset

_ABOUT = (
    "An adapter learns how the firm writes from filings of matters that consent, and words "
    "grounded answers anew. It may speak once its evaluation passes every condition below."
)
_NOTHING = (
    "No voice yet. Let matters teach the style model (under Matters), then make a dataset of their "
    "finished argument."
)


def draw_training(app: Onpoint) -> None:
    """Draw the section: datasets, adapters with the gate, and the ways to another of each."""
    show(joined([el("h2", "Voices that are trained"), el("p", _ABOUT, class_="meta")]))
    left, right = st.columns([0.34, 0.66], gap="large")
    datasets = app.style.datasets()
    with left:
        draw_teaching(app)
        if datasets:
            _train(app, datasets)
    with right:
        adapters = app.style.adapters()
        if not datasets:
            show(el("p", _NOTHING, class_="quiet"))
        else:
            show(dataset_table(datasets))
            offer_export(app, datasets)
        every = GLANCE if (busy := is_busy(adapters)) else None
        st.fragment(draw_adapters, run_every=every)(app, busy=busy)


def _train(app: Onpoint, datasets: Sequence[StyleDataset]) -> None:
    with st.form("style_train", border=False):
        st.selectbox("Dataset", datasets, key="style_dataset", format_func=dataset_named)
        st.text_input(
            "Folder of the base model",
            key="style_base",
            placeholder="/models/open-weight-3b",
            help="On this server: a model with its config.json, which is not changed.",
        )
        st.form_submit_button("Train an adapter", on_click=_asked, args=(app,))

    if "style.take_served" in app.who.rights():
        with (
            st.expander("Or take in a model that was trained elsewhere"),
            st.form("style_take", border=False),
        ):
            st.selectbox("Dataset", datasets, key="style_taught", format_func=dataset_named)
            st.text_input(
                "Its name where it is served",
                key="style_taken",
                placeholder="openai:firm-voice",
                help="An adapter on the firm’s own server, or a vendor’s fine-tuned model, at the "
                "address that Settings has for the style model.",
            )
            st.form_submit_button("Take it in", on_click=_taken, args=(app,))


def _taken(app: Onpoint) -> None:
    act(
        "style_adapters",
        "It is taken in. Evaluate it before it may speak.",
        lambda: app.style.take_served(
            st.session_state["style_taught"].dataset_id, st.session_state["style_taken"]
        ),
    )


def _asked(app: Onpoint) -> None:
    act(
        "style_adapters",
        "It waits to be trained; a worker takes it.",
        lambda: app.style.train(
            st.session_state["style_dataset"].dataset_id, Path(st.session_state["style_base"])
        ),
    )
