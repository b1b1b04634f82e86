"""An encoder that remembers the last questions: cases and filings are asked with one vector."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from core.search.encoder import Encoder

REMEMBERED = 64  # questions: a page that is drawn again asks the same ones


class Remembering:
    """The encoder given, asked once for each of the last questions. Threads may share it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def fingerprint(self) -> str:
        return self._encoder.fingerprint

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode(texts)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of unit length of one question; it is shared and not to be written."""
        with self._lock:
            known = self._vectors.get(text)
        if known is None:
            known = self._encoder.encode_query(text)
            known.flags.writeable = False
        with self._lock:
            self._vectors[text] = known
            self._vectors.move_to_end(text)
            while len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)
        return known

    def warm_up(self) -> None:
        self._encoder.warm_up()
