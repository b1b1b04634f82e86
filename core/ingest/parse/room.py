"""The folder under which readers write, gone when the sandbox is; what a killed one left, too."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "onpoint-reading-"
_HELD = "held"
# Seconds: a younger one may be somebody's who has not locked it yet.
_OLD = 3600


class Room:
    """A folder of this process's own, made when it is first asked for."""

    def __init__(self, parent: Path | None) -> None:
        self._parent = parent
        self._made: tuple[Path, FileLock] | None = None
        self._lock = threading.Lock()

    def path(self) -> Path:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made[0]

    def close(self) -> None:
        with self._lock:
            made, self._made = self._made, None
        if made is not None:
            made[1].release()
            shutil.rmtree(made[0], ignore_errors=True)

    def _make(self) -> tuple[Path, FileLock]:
        parent = Path(tempfile.gettempdir()) if self._parent is None else self._parent
        parent.mkdir(parents=True, exist_ok=True)
        sweep(parent)
        room = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent)).resolve()
        # Held for as long as this process lives, from whichever thread.
        held = FileLock(room / _HELD, thread_local=False)
        held.acquire(timeout=0)
        return room, held


def sweep(parent: Path) -> None:
    """Remove the rooms of processes that were killed before they could."""
    for room in parent.glob(f"{_PREFIX}*"):
        try:
            if time.time() - room.stat().st_mtime < _OLD:
                continue
            with FileLock(room / _HELD, timeout=0):
                pass
        except (OSError, Timeout):
            continue  # somebody else's, or in use
        shutil.rmtree(room, ignore_errors=True)
