"""What a click does, and what is said of it afterwards, at the place where it was clicked.

A refusal is said in the same place and in the words of the facade; nothing else is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import NotSignedIn, OnpointError
from pages.parts.html import Html, el, show

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is to be said of the last click: where, what, and whether it went well."""

    place: str
    words: str
    well: bool


def act(place: str, said: str | None, do: Callable[[], object]) -> None:
    """Do what a click asks for; `tell_act` says at `place` how it went.

    `said` None: what is done says for itself how it went.
    """
    try:
        do()
    except NotSignedIn:
        # The screen itself says so when it is drawn.
        return
    except OnpointError as error:
        refuse(place, str(error))
    else:
        if said is not None:
            say(place, said)


def say(place: str, words: str) -> None:
    """Have it said at `place` that a click went well."""
    st.session_state[_KEPT] = Said(place=place, words=words, well=True)


def refuse(place: str, why: str) -> None:
    """Refuse a click here, before the facade is asked; `tell_act` says why at `place`."""
    st.session_state[_KEPT] = Said(place=place, words=why, well=False)


def tell_act(place: str) -> None:
    """Say once how the last click at this place went."""
    kept = st.session_state.get(_KEPT)
    if isinstance(kept, Said) and kept.place == place:
        del st.session_state[_KEPT]
        show(_line(kept))


def refused(place: str) -> bool:
    """Say whether what was just clicked or entered at this place was refused."""
    kept = st.session_state.get(_KEPT)
    return isinstance(kept, Said) and kept.place == place and not kept.well


def _line(said: Said) -> Html:
    shape, colour, role = ("✓ ", "ok", "status") if said.well else ("△ ", "bad", "alert")
    return el("p", el("span", shape, class_=colour), said.words, class_="said", role=role)
