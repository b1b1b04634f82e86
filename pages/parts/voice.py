"""The voice of an answer: chosen beside the question by whoever may, and told in its footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.model import Voice
from pages.parts.acts import act, tell_act
from pages.parts.html import el, show

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Footer, Voices

_USUAL = "usual_voice"
NAMES = {Voice.OFF: "Voice off", Voice.PROMPT: "Prompt", Voice.ADAPTER: "Adapter"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A voice to choose; of adapters' voices which one, where there are several."""

    voice: Voice
    speaks: str | None = None

    @property
    def label(self) -> str:
        return self.speaks or NAMES[self.voice]


def choose_voice(voices: Voices) -> Wanted:
    """Draw the choice where there is one, and return the voice the answer is to have.

    The voice stands in the address only where it is not the usual one.
    """
    options = _options(voices)
    usual = next(one for one in options if one.voice is voices.usual)
    if len(options) == 1:
        return usual
    asked = st.query_params.get("voice"), st.query_params.get("speaks")
    chosen = next((one for one in options if asked == (one.voice.value, one.speaks)), usual)
    st.session_state["voice"] = chosen
    st.segmented_control(
        "Voice of this answer",
        options,
        key="voice",
        required=True,
        label_visibility="collapsed",
        format_func=lambda one: one.label,
        on_change=_to_address,
        args=(usual,),
    )
    return chosen


def _options(voices: Voices) -> list[Wanted]:
    """Return each voice once; where adapters speak for several, these by name."""
    several = len(voices.names) > 1
    return [
        Wanted(voice, name)
        for voice in voices.choices
        for name in (voices.names if several and voice is Voice.ADAPTER else (None,))
    ]


def usual_voice(app: Onpoint) -> None:
    """Draw the choice of one's own usual voice, where there is one to choose."""
    voices = app.voices()
    if len(voices.choices) == 1:
        return
    show(el("h2", "How your answers are worded"))
    options = [None, *voices.choices]
    st.session_state[_USUAL] = voices.preferred if voices.preferred in options else None
    st.selectbox(
        "Your usual voice",
        options,
        key=_USUAL,
        label_visibility="collapsed",
        format_func=lambda one: "As the firm does" if one is None else NAMES[one],
        on_change=_prefer,
        args=(app,),
    )
    tell_act("usual_voice")


def _prefer(app: Onpoint) -> None:
    act("usual_voice", "Saved.", lambda: app.prefer_voice(st.session_state[_USUAL]))


def voice_words(footer: Footer) -> str:
    """Say which voice an answer has, and why not the one that was asked for."""
    named = f" ({footer.speaks})" if footer.speaks else ""
    said = f"voice: {footer.voice}{named}"
    if footer.lock:
        said += f", content lock {footer.lock}"
    if footer.card:
        said += f", style card {footer.card}"
    return said + (f" ({footer.voice_reason})" if footer.voice_reason else "")


def _to_address(usual: Wanted) -> None:
    chosen: Wanted = st.session_state["voice"]
    for name, value in (("voice", chosen.voice.value), ("speaks", chosen.speaks)):
        if chosen == usual or value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value
