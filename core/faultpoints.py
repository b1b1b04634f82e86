"""Points at which a test may end the process at once, as a power cut would.

Nothing happens at them unless ONPOINT_FAULT_AT says at which of them, counted from one, the
process is to die; ONPOINT_FAULT_LOG names a file in which those that were passed are noted.
"""

from __future__ import annotations

import os
import signal
import threading
from itertools import count
from pathlib import Path

_AT = int(os.environ.get("ONPOINT_FAULT_AT") or 0)
_LOG = os.environ.get("ONPOINT_FAULT_LOG")
_passed = count(1)
_turn = threading.Lock()


def fault(name: str) -> None:
    """Pass the point `name`; at the one that a test has named, nothing comes after it."""
    if not _AT and not _LOG:
        return
    with _turn:
        number = next(_passed)
        if _LOG:
            with Path(_LOG).open("a", encoding="utf-8") as log:
                log.write(f"{number} {name}\n")
        if number == _AT:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
