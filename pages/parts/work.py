"""Long work beside the screen: it goes on while the reader looks elsewhere, and can be stopped.

One thread does the work and leaves notes; the screen reads the notes when it draws.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Note = TypeVar("Note")
Outcome = TypeVar("Outcome")


class Stopped(Exception):
    """The reader asked for the work to stop."""


class Work(Generic[Note, Outcome]):
    """A piece of work under way. `do` is given a function to leave notes with.

    Leaving a note raises Stopped once the reader has asked to stop: that is where work ends.
    """

    def __init__(self, title: str, do: Callable[[Callable[[Note], None]], Outcome]) -> None:
        self.title = title
        self.notes: list[Note] = []
        self.outcome: Outcome | None = None
        self.error: Exception | None = None
        self._do = do
        self._stop = threading.Event()
        self._done = threading.Event()
        # A daemon: a server that is told to end does not wait for it.
        threading.Thread(target=self._run, name="onpoint-work", daemon=True).start()

    @property
    def done(self) -> bool:
        return self._done.is_set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; say whether it has come."""
        return self._done.wait(seconds)

    def _leave(self, note: Note) -> None:
        if self._stop.is_set():
            raise Stopped
        self.notes.append(note)

    def _run(self) -> None:
        try:
            self.outcome = self._do(self._leave)
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001  told on the screen by whoever reads the work
            self.error = error
        finally:
            self._done.set()
