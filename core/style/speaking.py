"""An adapter in place of a language model: it words lines as its author does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.ask.llm import AnswerModel
from core.ask.models import open_style_model
from core.ask.prompts import Message
from core.errors import ModelFailed, OnpointError
from core.settings import Settings
from core.style.restyler import prompted
from core.style.teach.dataset import told

# Words lines, one for one.
Words = Callable[[Sequence[str]], Sequence[str]]

# A token of the content lock, and the form in which an adapter has learnt tokens.
_LOCKED = re.compile(r"\[([A-Z]\d+)\]")
_LEARNT = re.compile(r"⟦([A-Z]\d+)⟧")


@dataclass(frozen=True, slots=True)
class Trained:
    """Words lines as one adapter does, wherever it runs."""

    words: Words

    def restyle(self, lines: Sequence[str]) -> Mapping[int, str]:
        """Return the new wording of each line by its number, from 1.

        Raises ModelFailed, whatever it was that failed: the plain answer is there.
        """
        learnt = [_LOCKED.sub(r"⟦\1⟧", line) for line in lines]
        try:
            written = self.words(learnt)
        except ModelFailed:
            raise
        except (OnpointError, RuntimeError, MemoryError) as failure:
            raise ModelFailed(f"The style model could not word this: {failure}") from failure
        return {n: _LEARNT.sub(r"[\1]", line) for n, line in enumerate(written, start=1)}


def served_words(model: AnswerModel) -> Words:
    """Return what has a served adapter word lines, each asked as it was asked in training."""

    def words(lines: Sequence[str]) -> Sequence[str]:
        asked = (Message(role="user", text=told(line)) for line in lines)
        return [" ".join(model.write((message,)).split()) for message in asked]

    return words


def prompt_voice(now: Settings, how_we_write: str) -> Words | None:
    """Return what words learnt lines in the prompt voice, to measure an adapter against it.

    None where no model is set that could. A line that it leaves out stays as it is.
    """
    restyler = prompted(open_style_model(now), how_we_write)
    if restyler is None:
        return None

    def words(lines: Sequence[str]) -> Sequence[str]:
        given = restyler.restyle([_LEARNT.sub(r"[\1]", line) for line in lines])
        return [
            _LOCKED.sub(r"⟦\1⟧", given[n]) if n in given else line
            for n, line in enumerate(lines, start=1)
        ]

    return words
