"""A process that has every reader ready and splits off a child for each file it is given.

A fork takes milliseconds where a new Python takes a second, and comes before the file does:
one child always stands ready, which has read a page of our own to warm up. It watches what each
child takes of time, memory and disk, and kills those that take too much; when its parent is gone,
it ends them all, and removes what they wrote.
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
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from core.ingest.parse.child import answer, rehearse, warm_up
from core.ingest.parse.errands import TRAILER, End, Errand, give, take

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


class _Ready(NamedTuple):
    """A child that waits for an errand, and where it is given one."""

    pid: int
    hand: socket.socket


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
    brood = _Brood(Path(room), (control, woken, wake))
    try:
        _serve(socket.socket(fileno=control), woken, brood)
    finally:
        brood.end()
        shutil.rmtree(room, ignore_errors=True)


def _serve(control: socket.socket, woken: int, brood: _Brood) -> None:
    while True:
        brood.get_ready()
        ready, _, _ = select.select([control, woken], [], [], _TICK if brood.works else None)
        if woken in ready:
            os.read(woken, 1024)
        if control in ready:
            received = take(control)
            if received is None:
                return
            brood.send(*received)
        brood.reap()
        brood.watch()


class _Brood:
    """All children: those at work, and one that is split off before it is needed."""

    def __init__(self, room: Path, ours: Sequence[int]) -> None:
        self._room = room
        # Handles that no child may keep.
        self._ours = ours
        self._children: dict[int, _Child] = {}
        self._ready: _Ready | None = None
        self._wanted = True

    @property
    def works(self) -> bool:
        return bool(self._children)

    def get_ready(self) -> None:
        """Split a child off for the next errand, once for each; one that died is not followed."""
        if self._wanted:
            self._wanted = False
            self._ready = self._split_off()

    def send(self, errand: Errand, reply: int) -> None:
        """Give an errand to the child that is ready, or to a fresh one where that has died."""
        pid = self._given(errand, reply)
        deadline = time.monotonic() + errand.limits.seconds
        self._children[pid] = _Child(errand=errand, reply=reply, deadline=deadline)
        self._wanted = True

    def _given(self, errand: Errand, reply: int) -> int:
        while True:
            (pid, hand), self._ready = self._ready or self._split_off(), None
            with hand, suppress(OSError):  # it was killed while it waited
                give(errand, reply, hand)
                return pid

    def _split_off(self) -> _Ready:
        """Split off a child. It holds nobody's handle: neither hears nor answers for another."""
        hand, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            hand.close()
            for handle in (*self._ours, *(each.reply for each in self._children.values())):
                os.close(handle)
            _be_child(theirs, self._room)
        theirs.close()
        return _Ready(pid, hand)

    def reap(self) -> None:
        """Tell of each child that has ended how it did."""
        while True:
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child = self._children.pop(pid, None)
            if child is None:
                continue  # left behind by a child that started it, or killed before it had to do
            _kill_session(pid)
            try:
                os.write(child.reply, TRAILER.pack(child.ended_by, status, used.ru_maxrss))
            except OSError:
                continue  # nobody waits for it any more
            finally:
                os.close(child.reply)

    def watch(self) -> None:
        """Kill the children that take too much."""
        for pid, child in self._children.items():
            excess = _excess(pid, child) if child.ended_by is End.ITSELF else End.ITSELF
            if excess is not End.ITSELF:
                self._children[pid] = replace(child, ended_by=excess)
                _kill(pid)

    def end(self) -> None:
        """Kill all, and see that none writes any more."""
        waiting = [self._ready.pid] if self._ready else []
        for pid in (*self._children, *waiting):
            _kill(pid)
            with suppress(ChildProcessError):  # it is gone already
                os.waitpid(pid, 0)


def _be_child(hand: socket.socket, room: Path) -> None:
    """Do one errand and end, whatever happens: a child never returns into the server's loop."""
    status = 1
    try:
        gc.set_threshold(*_SELDOM)
        signal.set_wakeup_fd(-1)
        for each in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        os.setsid()
        _prctl(_PARENT_DIES, signal.SIGKILL)
        rehearse(room)
        taken = take(hand)
        hand.close()
        if taken is not None:
            errand, reply = taken
            told = memoryview(answer(errand))
            while told:
                told = told[os.write(reply, told) :]
            status = 0
    finally:
        os._exit(status)


def _woken(_signal: int, _frame: FrameType | None) -> None:
    """Do nothing: a signal that is handled writes to the pipe that is waited for."""


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
