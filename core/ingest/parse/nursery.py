"""Where children come from: split off a process that is ready, or started one by one.

The second is for systems that cannot split processes; it takes a second more for each file.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import Protocol

import psutil

from core.ingest.parse.errands import ERRANDS, TRAILER, End, Errand, give
from core.ingest.parse.parsed import LARGEST

_GRACE = 15.0  # seconds past a child's time, by which its end must have been told
_LEAVING = 10.0  # seconds that a zygote may take to end its children and tidy up
_STARTING = 5.0  # seconds that a new Python may take until it has our modules
_TICK = 0.2  # seconds between two looks at a child that is watched from here
_PART = 1 << 20  # bytes read at once
_PATH = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
_SERVE = f"{_PATH}from core.ingest.parse.zygote import main; main(int(sys.argv[2]), sys.argv[3])"
_ONE = f"{_PATH}from core.ingest.parse.child import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A child that has ended, and what it told before."""

    told: memoryview
    by: End
    # 0 where it ended as it should.
    status: int
    # Bytes of memory at its peak; 0 where nobody counted.
    peak: int


class Nursery(Protocol):
    """Lets a child do an errand and waits for its end."""

    def ask(self, errand: Errand) -> Ended | None:
        """Return how a child ended; None where the nursery itself is gone."""
        ...

    def close(self) -> None: ...

    def kill(self) -> None: ...


class Zygote:
    """A process that has all readers ready and splits off a child for each errand."""

    def __init__(self, room: Path) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603  our own Python, our own program
                [*_python(_SERVE), str(handle), str(room)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                pass_fds=(handle,),
                start_new_session=True,
            )
        self._lock = threading.Lock()

    def ask(self, errand: Errand) -> Ended | None:
        answer, reply = os.pipe()
        try:
            try:
                self._send(errand, reply)
            finally:
                os.close(reply)
            told = _read(answer, time.monotonic() + errand.limits.seconds + _GRACE)
        except OSError:
            return None
        finally:
            os.close(answer)
        if len(told) < TRAILER.size:
            return None
        by, status, peak = TRAILER.unpack(told[-TRAILER.size :])
        return Ended(told=told[: -TRAILER.size], by=End(by), status=status, peak=peak * 1024)

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(_LEAVING)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once; the system ends its children with it."""
        self._process.kill()
        self._process.wait()
        self._control.close()

    def _send(self, errand: Errand, reply: int) -> None:
        with self._lock:
            give(errand, reply, self._control)


class Alone:
    """A Python of its own for each errand, watched from here."""

    def ask(self, errand: Errand) -> Ended | None:
        with subprocess.Popen(  # noqa: S603  our own Python, our own program
            _python(_ONE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        ) as process:
            return _watched(process, errand)

    def close(self) -> None:
        """Do nothing: each child is gone when its errand is."""

    def kill(self) -> None:
        """Do nothing: each child is gone when its errand is."""


def _watched(process: subprocess.Popen[bytes], errand: Errand) -> Ended:
    """Give a child its errand, and kill it where it takes too much time or memory."""
    deadline = time.monotonic() + errand.limits.seconds + _STARTING
    told: bytes | None = ERRANDS.dump_json(errand)
    peak, by = 0, End.ITSELF
    while True:
        try:
            answer, _ = process.communicate(told, timeout=_TICK)
        except subprocess.TimeoutExpired:
            told = None  # it has it, or will be given the rest of it
            peak = max(peak, _resident(process.pid))
            by = _excess(peak, deadline, errand)
            if by is not End.ITSELF:
                _kill_session(process)
        else:
            return Ended(told=memoryview(answer), by=by, status=process.returncode, peak=peak)


def _excess(peak: int, deadline: float, errand: Errand) -> End:
    if peak > errand.limits.memory:
        return End.MEMORY
    return End.TIME if time.monotonic() > deadline else End.ITSELF


def _read(answer: int, deadline: float) -> memoryview:
    """All that is told until the pipe's other ends close. Raises OSError where that is too much."""
    told = bytearray()
    while True:
        ready, _, _ = select([answer], [], [], max(deadline - time.monotonic(), 0))
        if not ready or len(told) > LARGEST:
            raise TimeoutError
        part = os.read(answer, _PART)
        if not part:
            return memoryview(told)
        told += part


def _python(program: str) -> list[str]:
    """A command that runs a program with our modules and without the environment's."""
    return [sys.executable, "-I", "-W", "ignore", "-c", program, json.dumps(sys.path)]


def _environment() -> dict[str, str]:
    """No password and no address of ours is where a reader could see it."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    # One thread for numpy: who has several cannot split in two.
    return kept | {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _resident(pid: int) -> int:
    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:
        return 0


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
