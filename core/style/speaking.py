"""An adapter in place of a language model: it words lines as its author does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from core.ask.models import open_style_model
from core.errors import ModelFailed, OnpointError
from core.settings import Settings
from core.style.adapter import Adapters
from core.style.restyler import prompted

# A token of the content lock, and the form in which an adapter has learnt tokens.
_LOCKED = re.compile(r"\[([A-Z]\d+)\]")
_LEARNT = re.compile(r"⟦([A-Z]\d+)⟧")


class AdapterRestyler:
    """Words lines as one adapter does."""

    def __init__(self, adapters: Adapters, name: str) -> None:
        self._adapters = adapters
        self._name = name

    def restyle(self, lines: Sequence[str]) -> Mapping[int, str]:
        """Return the new wording of each line by its number, from 1.

        Raises ModelFailed, whatever it was that failed: the plain answer is there.
        """
        told = [_LOCKED.sub(r"⟦\1⟧", line) for line in lines]
        try:
            written = self._adapters.restyle(self._name, told)
        except ModelFailed:
            raise
        except (OnpointError, RuntimeError, MemoryError) as failure:
            raise ModelFailed(f"The style model could not word this: {failure}") from failure
        return {n: _LEARNT.sub(r"[\1]", line) for n, line in enumerate(written, start=1)}


def prompt_voice(now: Settings) -> Callable[[Sequence[str]], Sequence[str]] | None:
    """Return what words learnt lines in the prompt voice, to measure an adapter against it.

    None where no model is set that could. A line that it leaves out stays as it is.
    """
    restyler = prompted(open_style_model(now), now.style_words)
    if restyler is None:
        return None

    def words(lines: Sequence[str]) -> Sequence[str]:
        given = restyler.restyle([_LEARNT.sub(r"[\1]", line) for line in lines])
        return [
            _LOCKED.sub(r"⟦\1⟧", given[n]) if n in given else line
            for n, line in enumerate(lines, start=1)
        ]

    return words
