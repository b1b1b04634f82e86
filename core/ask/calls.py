"""One call to a language model, which ends the moment nobody wants it any more.

All calls of the process run on one loop, on a thread of its own. To stop one is to cancel it there,
which closes its connection even while the model is silent: what is not read is not paid for.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache

# Seconds between two looks at the clock while a model is silent: also how fast a stop is noticed.
PATIENCE = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what a model writes; `ending` is why it ended, where the piece says so."""

    text: str
    ending: str | None


class TookTooLong(Exception):
    """The model was silent, or not finished, when its time was up."""

    def __init__(self, *, began: bool) -> None:
        super().__init__()
        self.began = began


Stream = Callable[[], AsyncGenerator[Piece]]


class Call:
    """One call, read piece by piece. Close it when done: `stop`."""

    def __init__(self, stream: Stream) -> None:
        self._read: queue.SimpleQueue[Piece | Exception | None] = queue.SimpleQueue()
        self._running = asyncio.run_coroutine_threadsafe(self._run(stream), _loop())

    def stop(self) -> None:
        """End the call, whatever it is waiting for."""
        self._running.cancel()

    def pieces(self, silent_until: float, ends_at: float) -> Iterator[Piece]:
        """Yield pieces as they come, and an empty one whenever nothing came for a moment.

        Raises TookTooLong, and whatever the provider's client raises.
        """
        came = False
        while True:
            left = (ends_at if came else silent_until) - time.monotonic()
            if left <= 0:
                raise TookTooLong(began=came)
            try:
                piece = self._read.get(timeout=min(PATIENCE, left))
            except queue.Empty:
                yield Piece("", None)
                continue
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise piece
            came = came or bool(piece.text)
            yield piece

    async def _run(self, stream: Stream) -> None:
        try:
            async with aclosing(stream()) as pieces:
                async for piece in pieces:
                    self._read.put(piece)
        except Exception as error:  # noqa: BLE001  every provider has an error tree of its own
            self._read.put(error)
        else:
            self._read.put(None)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language models", daemon=True).start()
    return loop
