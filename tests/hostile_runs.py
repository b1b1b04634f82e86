"""Runs strangers' files through the sandbox and keeps count of what each child took."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from core.ingest.parse.errands import Errand
from core.ingest.parse.nursery import Ended, Nursery, Zygote
from core.ingest.parse.parsed import Parsed, Unreadable
from core.ingest.parse.sandbox import Sandbox


class Counting(Sandbox):
    """A sandbox that remembers the most memory that any of its children had."""

    def __init__(self, *, room: Path) -> None:
        super().__init__(room=room)
        self.peak = 0

    def _open(self) -> Nursery:
        return _Counted(super()._open(), self)


class _Counted:
    def __init__(self, nursery: Nursery, sandbox: Counting) -> None:
        self._nursery, self._sandbox = nursery, sandbox

    def ask(self, errand: Errand) -> Ended | None:
        ended = self._nursery.ask(errand)
        if ended is not None:
            self._sandbox.peak = max(self._sandbox.peak, ended.peak)
        return ended

    def close(self) -> None:
        self._nursery.close()

    def kill(self) -> None:
        self._nursery.kill()


@dataclass(kw_only=True)
class Outcome:
    """What became of one file."""

    what: str
    parsed: Parsed | None
    reason: str
    cause: str
    seconds: float
    peak: int


def read(sandbox: Counting, path: Path, name: str, what: str) -> Outcome:
    """Read a file; its outcome is a text or a reason, or the test has found something."""
    began, sandbox.peak = time.monotonic(), 0
    parsed, reason, cause = None, "", ""
    try:
        parsed, folder = sandbox.parse(path, name)
        shutil.rmtree(folder)
    except Unreadable as refusal:
        reason, cause = refusal.reason, str(refusal.__cause__ or "")
    seconds = time.monotonic() - began
    return Outcome(
        what=what, parsed=parsed, reason=reason, cause=cause, seconds=seconds, peak=sandbox.peak
    )


@dataclass
class Listener:
    """A server that answers nothing and counts who comes."""

    address: str
    came: list[object] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    """Listen on this machine for whoever is sent here by a file."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard = Listener(f"http://127.0.0.1:{server.getsockname()[1]}")

        def answer() -> None:
            while True:
                try:
                    caller, whence = server.accept()
                except OSError:
                    return
                heard.came.append(whence)
                caller.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield heard
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def zygote(sandbox: Sandbox) -> psutil.Process | None:
    """The process that a sandbox splits its children off; None where it has none (yet)."""
    nursery = sandbox._nursery
    return psutil.Process(nursery._process.pid) if isinstance(nursery, Zygote) else None
