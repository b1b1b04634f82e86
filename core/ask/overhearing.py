"""Keeps what a language model was told and what it wrote, for the record of an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from core.ask.prompts import Message
from core.errors import ModelFailed
from core.model import ModelCall, Spoken

NOT_KEPT = "[Not kept: it may repeat what is not kept of what the model was told.]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who is overheard, and where what was heard goes."""

    model: str
    inside: bool
    # Tokens read and written by it so far.
    tokens: Callable[[], int]
    calls: list[ModelCall]


def overheard(
    drafts: Generator[str], messages: Sequence[Message], listener: Listener
) -> Generator[str]:
    """Pass on what a model has written so far, whole each time, and keep the end of it.

    However it ends: complete, failed, or because the reader stopped.
    """
    began, before = time.monotonic(), listener.tokens()
    outputs, failure = [""], None
    try:
        with closing(drafts):
            for draft in drafts:
                if not draft.startswith(outputs[-1]):
                    outputs.append("")  # another attempt, which begins anew
                outputs[-1] = draft
                yield draft
    except ModelFailed as failed:
        failure = str(failed)
        raise
    finally:
        call = ModelCall(
            model=listener.model,
            inside=listener.inside,
            messages=tuple(map(_spoken, messages)),
            outputs=_kept(messages, tuple(filter(None, outputs))),
            failure=failure,
            seconds=round(time.monotonic() - began, 3),
            tokens=listener.tokens() - before,
        )
        listener.calls.append(call)


def _spoken(message: Message) -> Spoken:
    kept = message.text if message.in_records is None else message.in_records
    return Spoken(role=message.role, text=kept)


def _kept(messages: Sequence[Message], outputs: tuple[str, ...]) -> tuple[str, ...]:
    """Return what records keep of what was written: whoever was told a secret may repeat it."""
    secret = any(message.in_records is not None for message in messages)
    return tuple(NOT_KEPT for _ in outputs) if secret else outputs
