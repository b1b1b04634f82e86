"""Blind ballots on the screen: one pair after the other, and how the votes stand.

Nothing on the page may tell whose wording is whose: no word, no order, no key and no address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model.training import AdapterState
from core.style.gate.ballots import in_words
from pages.parts.acts import act, tell_act
from pages.parts.adapter_view import title_of
from pages.parts.html import Html, el, show
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model.training import Ballot, BallotId, StyleAdapter, StylePreference

_DONE = "That was the last one. Nothing is left to vote on: thank you."
_NOTHING = (
    "There is nothing to vote on. When a voice is trained and measured, pairs of wordings from "
    "matters that you may read stand here."
)
_HEARD = frozenset({AdapterState.EVALUATED, AdapterState.PROMOTED, AdapterState.RETIRED})
# Ids of the ballots put off in this session; and whether one was voted on in it.
_SKIPPED, _VOTED = "ballots_skipped", "ballots_voted"


def draw_ballots(app: Onpoint) -> None:
    """Draw the next pair, or that there is none; and how the votes stand, once one's own are in."""
    tell_act("ballots")
    left = app.style.ballots()
    put_off = st.session_state.setdefault(_SKIPPED, set())
    waiting = [each for each in left if each.ballot_id not in put_off]
    if waiting:
        _one(app, waiting[0], len(waiting))
    else:
        _none(len(left))
    draw_preferences(app)


def draw_preferences(app: Onpoint) -> None:
    """Draw how the votes on each adapter stand, for whoever may know all that taught it.

    Who has still to vote on an adapter is told nothing of it: that could sway the vote.
    """
    waiting = app.style.ballots() if "style.ballots" in app.who.rights() else ()
    unheard = {each.adapter_id for each in waiting}
    found = [
        (adapter, counts)
        for adapter in app.style.adapters()
        if adapter.state in _HEARD and adapter.adapter_id not in unheard
        if (counts := app.style.preference(adapter.adapter_id)) and counts.voters
    ]
    if found:
        show(_preferences(found))


def _one(app: Onpoint, ballot: Ballot, left: int) -> None:
    show(_pair(ballot, left))
    # The id in the keys is the pair's: a second click on what has gone votes on nothing else.
    key = str(ballot.ballot_id)
    with st.container(horizontal=True, key="ballot_acts"):
        for label, first, shortcut in (("The first", True, "1"), ("The second", False, "2")):
            st.button(
                label,
                key=f"ballot_{label.split()[1]}_{key}",
                on_click=_voted,
                args=(app, ballot.ballot_id),
                kwargs={"first": first},
                shortcut=shortcut,
            )
        st.button(
            "Skip",
            key=f"ballot_skip_{key}",
            type="tertiary",
            on_click=st.session_state[_SKIPPED].add,
            args=(ballot.ballot_id,),
            shortcut="s",
        )


def _voted(app: Onpoint, ballot_id: BallotId, *, first: bool) -> None:
    def vote() -> None:
        app.style.vote(ballot_id, first=first)
        st.session_state[_VOTED] = True

    act("ballots", None, vote)


def _pair(ballot: Ballot, left: int) -> Html:
    plain = (
        el("details", el("summary", "The plain line"), el("p", ballot.plain))
        if ballot.plain
        else None
    )
    return el(
        "div",
        el("p", f"{ballot.voice} · {left:,} left", class_="meta", role="status"),
        el(
            "div",
            *(
                el("section", el("h4", name), el("p", words), aria_label=f"{name} wording")
                for name, words in (("The first", ballot.first), ("The second", ballot.second))
            ),
            class_="pair",
        ),
        plain,
        class_="ballot",
    )


def _none(put_off: int) -> None:
    if put_off:
        said = f"That is all, but for {counted(put_off, 'pair')} that you skipped."
        show(el("p", said, class_="quiet", role="status"))
        st.button(
            "Show what I skipped", key="ballots_again", on_click=st.session_state[_SKIPPED].clear
        )
        return
    said = _DONE if st.session_state.get(_VOTED) else _NOTHING
    show(el("p", said, class_="quiet", role="status"))


def _preferences(found: Sequence[tuple[StyleAdapter, StylePreference]]) -> Html:
    rows = (
        el("li", el("b", title_of(adapter)), ": ", in_words(counts)) for adapter, counts in found
    )
    return el(
        "div", el("h2", "How the votes stand"), el("ul", *rows, class_="claims"), class_="ballot"
    )
