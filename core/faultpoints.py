"""Points at which a test may end the process at once, as a power cut would.

Nothing happens at them unless ONPOINT_FAULT_AT says at which of them, counted from one, the
process is to die; ONPOINT_FAULT_LOG names a file in which those that were passed are noted.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path


class _Count:
    """How many points were passed, and at which it ends."""

    def __init__(self, at: int, log: str | None) -> None:
        self._at = at
        self._log = None if log is None else Path(log)
        self._passed = 0
        self._turn = threading.Lock()

    def point(self, name: str) -> None:
        if not self._at and self._log is None:
            return
        with self._turn:
            self._passed += 1
            if self._log is not None:
                with self._log.open("a", encoding="utf-8") as log:
                    log.write(f"{name}\n")
            if self._passed == self._at:
                # Windows has no such signal, and ends a process as surely by the other.
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


_count = _Count(
    int(os.environ.get("ONPOINT_FAULT_AT") or 0), os.environ.get("ONPOINT_FAULT_LOG") or None
)


def fault(name: str) -> None:
    """Pass the point `name`; at the one that a test has named, nothing comes after it."""
    _count.point(name)


def die_at(at: int, *, log: str | None) -> None:
    """Count anew, and die at this point; at none where it is 0."""
    global _count  # noqa: PLW0603  there is one count in a process
    _count = _Count(at, log)
