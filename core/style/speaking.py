"""An adapter in place of a language model: it is asked as one is, and answers line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.ask.prompts import Message
from core.errors import ModelFailed, OnpointError
from core.style.adapter import Adapters
from core.style.masking import masked, same_tokens

_LINE = re.compile(r"^\s*(S\d+)\s*[:.]\s*(\S.*?)\s*$", re.MULTILINE)


class AdapterWriter:
    """Words the numbered lines of a message as one adapter does."""

    def __init__(self, adapters: Adapters, name: str) -> None:
        self._adapters = adapters
        self._name = name

    def write(self, messages: Sequence[Message]) -> str:
        """Return the lines of the last message, each worded anew or as it was.

        Raises ModelFailed, whatever it was that failed: the plain answer is there.
        """
        lines = _LINE.findall(messages[-1].text)
        try:
            return "\n".join(f"{n}: {self._worded(line)}" for n, line in lines)
        except ModelFailed:
            raise
        except (OnpointError, RuntimeError, MemoryError) as failure:
            raise ModelFailed(f"The style model could not word this: {failure}") from failure

    def _worded(self, line: str) -> str:
        """Word one line, citations, quotations and source numbers put back as they were."""
        hidden = masked(line, markers=True)
        (written,) = self._adapters.restyle(self._name, [hidden.text])
        if not same_tokens(hidden.text, written):
            return line
        for token, words in hidden.held.items():
            written = written.replace(token, words)
        return written
