"""Adapters on the page, each with what may be done with it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.model.training import AdapterState
from pages.parts.acts import act, tell_act
from pages.parts.adapter_view import RUNNING, adapter_head, ledger_view
from pages.parts.html import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.app import Onpoint
    from core.model.training import StyleAdapter, StyleEvaluation

_MEASURABLE = frozenset({AdapterState.TRAINED, AdapterState.EVALUATED})
_RENAMED = frozenset({AdapterState.TRAINED, AdapterState.EVALUATED, AdapterState.RETIRED})


def draw_adapters(app: Onpoint, *, busy: bool) -> None:
    """Draw the adapters; again and again while one of them is worked on."""
    adapters = app.style.adapters()
    if is_busy(adapters) is not busy:
        # The whole screen once more: it begins, or ends, to be drawn by itself.
        st.rerun(scope="app")
    tell_act("style_adapters")
    for adapter in adapters:
        _one(app, adapter)


def is_busy(adapters: Sequence[StyleAdapter]) -> bool:
    return any(each.state in RUNNING or each.measuring for each in adapters)


def _one(app: Onpoint, adapter: StyleAdapter) -> None:
    found = app.style.evaluation(adapter.adapter_id)
    show(adapter_head(adapter, found))
    if "style.ledger" in app.who.rights() and (
        ledger := ledger_view(app.style.ledger(adapter.adapter_id))
    ):
        show(ledger)
    key = str(adapter.adapter_id)
    with st.container(horizontal=True, key=f"style_acts_{key}"):
        for offer in _offers(app, adapter, found):
            st.button(
                offer.label,
                key=f"{offer.key}_{key}",
                disabled=offer.off,
                help=offer.why,
                on_click=act,
                args=("style_adapters", offer.said, offer.do),
            )
        if adapter.state in _RENAMED and "style.serve" in app.who.rights():
            with st.popover("Where it speaks"):
                _served(app, adapter)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What can be clicked at an adapter, and what is said once it is done."""

    key: str
    right: str
    when: bool
    label: str
    said: str
    do: Callable[[], object]
    off: bool = False
    why: str | None = None


def _offers(app: Onpoint, adapter: StyleAdapter, found: StyleEvaluation) -> Iterator[_Offer]:
    at, style, state = adapter.adapter_id, app.style, adapter.state
    rights = app.who.rights()
    wanting = None if found.passes else "It may speak once every condition above holds."
    every = (
        _Offer(key="style_stop", right="style.cancel", when=state in RUNNING, label="Stop",
               said="It is stopped.", do=lambda: style.cancel(at)),
        _Offer(key="style_measure", right="style.evaluate",
               when=state in _MEASURABLE and not adapter.measuring, label="Evaluate",
               said="It is being measured.", do=lambda: style.evaluate(at, wait=False)),
        _Offer(key="style_promote", right="style.promote", when=state is AdapterState.EVALUATED,
               label="Promote", said="It may speak: choose it in Settings.",
               do=lambda: style.promote(at), off=not found.passes, why=wanting),
        _Offer(key="style_retire", right="style.retire", when=state is AdapterState.PROMOTED,
               label="Switch off", said="It is switched off, in every session.",
               do=lambda: style.retire(at)),
        _Offer(key="style_back", right="style.roll_back", when=state is AdapterState.PROMOTED,
               label="Back to the one before", said="The one before speaks again, or none.",
               do=lambda: style.roll_back(adapter.voice_id)),
    )  # fmt: skip
    return (each for each in every if each.when and each.right in rights)


def _served(app: Onpoint, adapter: StyleAdapter) -> None:
    key = f"style_served_{adapter.adapter_id}"
    with st.form(f"{key}_form", border=False):
        st.text_input(
            "Its name on a server",
            value=adapter.served or "",
            key=key,
            placeholder="openai:firm-voice",
            help="provider:model, at the address that Settings has for the style model. Empty: it "
            "speaks in this process. It has to be measured anew.",
        )
        st.form_submit_button("Save", on_click=_name_served, args=(app, adapter, key))


def _name_served(app: Onpoint, adapter: StyleAdapter, key: str) -> None:
    act(
        "style_adapters",
        "Saved. Evaluate it again: it speaks elsewhere now.",
        lambda: app.style.serve(adapter.adapter_id, st.session_state[key].strip() or None),
    )
