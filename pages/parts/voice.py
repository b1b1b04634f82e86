"""The voice of an answer: chosen beside the question by whoever may, and told in its footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Voice

if TYPE_CHECKING:
    from core.model import Footer, Voices

NAMES = {Voice.OFF: "Voice off", Voice.PROMPT: "Prompt", Voice.ADAPTER: "Adapter"}


def choose_voice(voices: Voices) -> Voice:
    """Draw the choice where there is one, and return the voice the answer is to have.

    The voice stands in the address only where it is not the usual one.
    """
    asked = st.query_params.get("voice")
    chosen = next((voice for voice in voices.choices if voice.value == asked), voices.usual)
    if len(voices.choices) == 1:
        return voices.usual
    st.session_state["voice"] = chosen
    st.segmented_control(
        "Voice of this answer",
        list(voices.choices),
        key="voice",
        required=True,
        label_visibility="collapsed",
        format_func=NAMES.__getitem__,
        on_change=_to_address,
        args=(voices.usual,),
    )
    return chosen


def voice_words(footer: Footer) -> str:
    """Say which voice an answer has, and why not the one that was asked for."""
    said = f"voice: {footer.voice}"
    if footer.lock:
        said += f", content lock {footer.lock}"
    return said + (f" ({footer.voice_reason})" if footer.voice_reason else "")


def _to_address(usual: Voice) -> None:
    chosen: Voice = st.session_state["voice"]
    if chosen is usual:
        st.query_params.pop("voice", None)
    else:
        st.query_params["voice"] = chosen.value
