"""A process that has every reader ready and splits off a child for each file it is given.

A fork takes milliseconds where a new Python takes a second. It watches what each child takes of
time, memory and disk, and kills those that take too much; when its parent is gone, it ends them
all, and removes what they wrote.
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import shutil
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from core.ingest.parse.child import answer, warm_up
from core.ingest.parse.errands import ERRANDS, HEAD, TRAILER, End, Errand

_TICK = 0.2  # seconds between two looks at what children take
_SELDOM = (50_000, 20, 100)  # a child lives for a second: looking for garbage costs more
_PARENT_DIES, _SUBREAPER = 1, 36  # linux/prctl.h


@dataclass(frozen=True, slots=True, kw_only=True)
class _Child:
    errand: Errand
    # Where its answer goes; the trailer is written behind it.
    reply: int
    deadline: float
    ended_by: End = End.ITSELF


def main(control: int, room: str) -> None:
    """Serve errands from a socket, each with a pipe for its answer, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whoever stops the service may tell all its processes: this one ends with its parent.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _prctl(_SUBREAPER)
    warm_up(Path(room))
    gc.collect()
    gc.freeze()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.signal(signal.SIGCHLD, _woken)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    children: dict[int, _Child] = {}
    try:
        _serve(socket.socket(fileno=control), woken, children)
    finally:
        for pid in children:
            _kill(pid)
            with suppress(ChildProcessError):  # it writes no more once it is gone
                os.waitpid(pid, 0)
        shutil.rmtree(room, ignore_errors=True)


def _serve(control: socket.socket, woken: int, children: dict[int, _Child]) -> None:
    while True:
        ready, _, _ = select.select([control, woken], [], [], _TICK if children else None)
        if woken in ready:
            os.read(woken, 1024)
        if control in ready:
            received = _receive(control)
            if received is None:
                return
            pid, child = _split_off(*received, control)
            children[pid] = child
        _reap(children)
        _watch(children)


def _receive(control: socket.socket) -> tuple[Errand, int] | None:
    """The next errand and its pipe; None where the parent is gone."""
    head, handles, _, _ = socket.recv_fds(control, HEAD, 1)
    if len(head) < HEAD:
        return None
    length, told = int.from_bytes(head, "little"), bytearray()
    while len(told) < length:
        part = control.recv(length - len(told))
        if not part:
            return None
        told += part
    return ERRANDS.validate_json(bytes(told)), handles[0]


def _split_off(errand: Errand, reply: int, control: socket.socket) -> tuple[int, _Child]:
    pid = os.fork()
    if pid == 0:
        _be_child(errand, reply, control)
    return pid, _Child(
        errand=errand, reply=reply, deadline=time.monotonic() + errand.limits.seconds
    )


def _be_child(errand: Errand, reply: int, control: socket.socket) -> None:
    """Do the errand and end, whatever happens: a child never returns into the server's loop."""
    status = 1
    try:
        control.close()
        gc.set_threshold(*_SELDOM)
        signal.set_wakeup_fd(-1)
        for each in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        os.setsid()
        _prctl(_PARENT_DIES, signal.SIGKILL)
        told = memoryview(answer(errand))
        while told:
            told = told[os.write(reply, told) :]
        status = 0
    finally:
        os._exit(status)


def _woken(_signal: int, _frame: FrameType | None) -> None:
    """Do nothing: a signal that is handled writes to the pipe that is waited for."""


def _reap(children: dict[int, _Child]) -> None:
    while True:
        try:
            pid, status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        child = children.pop(pid, None)
        if child is None:
            continue  # left behind by a child that started it
        _kill_session(pid)
        try:
            os.write(child.reply, TRAILER.pack(child.ended_by, status, used.ru_maxrss))
        except OSError:
            continue  # nobody waits for it any more
        finally:
            os.close(child.reply)


def _watch(children: dict[int, _Child]) -> None:
    for pid, child in children.items():
        excess = _excess(pid, child) if child.ended_by is End.ITSELF else End.ITSELF
        if excess is not End.ITSELF:
            children[pid] = replace(child, ended_by=excess)
            _kill(pid)


def _excess(pid: int, child: _Child) -> End:
    limits = child.errand.limits
    if time.monotonic() > child.deadline:
        return End.TIME
    if _resident(pid) > limits.memory:
        return End.MEMORY
    if _written(child.errand.folder) + _written(child.errand.scratch) > limits.disk:
        return End.DISK
    return End.ITSELF


def _resident(pid: int) -> int:
    """Bytes of memory of a child and of all that it started; 0 where the system does not tell."""
    total = 0
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        total += int(pages[1]) * os.sysconf("SC_PAGE_SIZE")
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except (OSError, IndexError):
        return total
    return total + sum(_resident(int(each)) for each in started)


def _written(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(Path(root, name)).st_size
            except OSError:
                continue  # gone meanwhile
    return total


def _kill(pid: int) -> None:
    _kill_session(pid)
    with suppress(OSError):  # it has ended
        os.kill(pid, signal.SIGKILL)


def _kill_session(pid: int) -> None:
    """Kill all that a child started: it leads their session, which none of them can leave."""
    with suppress(OSError):  # there is nobody in it, or not yet
        os.killpg(pid, signal.SIGKILL)


def _prctl(option: int, value: int = 1) -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
