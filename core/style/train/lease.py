"""Work that is held by a lease: kept alive while it is done, another's when its worker is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

LEASE = 60.0  # seconds
MOST_ATTEMPTS = 5


@contextmanager
def kept_alive(keep: Callable[[], None]) -> Generator[None]:
    """Have the lease renewed in the background, four times in the time of one."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(LEASE / 4):
            keep()

    thread = threading.Thread(target=beat, name="onpoint-style-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
