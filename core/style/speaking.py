"""An adapter in place of a language model: it words lines as its author does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.errors import ModelFailed, OnpointError
from core.style.adapter import Adapters

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
