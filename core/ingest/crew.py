"""The processes that prepare cases side by side, one for each processor.

Each does the whole of the work for the batches it is given. One that dies is noticed and
replaced; all of them end when the process that started them ends, however it ends.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self, cast

from core.errors import ImportFailed, OnpointError
from core.ingest.prepare import EncoderFactory, Prepared, prepare
from core.model import CaseRecord

# Read by the libraries when they are first imported: a process keeps to one processor.
_ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
# Batches a worker holds: one in work, one waiting, so that it never idles.
DEPTH = 2
# Processes that may die one after the other, none having done anything, before it is given up.
MOST_DEATHS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A batch that came back.

    Prepared, or with the error that stops the import, or neither where its process died.
    """

    number: int
    prepared: Prepared | OnpointError | None


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    # Batches by number, the one in work first.
    held: dict[int, Sequence[CaseRecord]]


class Crew:
    """A number of worker processes; close it, or use it in a `with`."""

    def __init__(self, encoder_factory: EncoderFactory, *, count: int) -> None:
        self._factory = encoder_factory
        self._deaths = 0
        self._workers = [self._hire() for _ in range(count)]

    @property
    def has_room(self) -> bool:
        return any(len(worker.held) < DEPTH for worker in self._workers)

    def give(self, number: int, records: Sequence[CaseRecord]) -> None:
        """Give a batch to the worker that has least to do."""
        worker = min(self._workers, key=lambda worker: len(worker.held))
        worker.held[number] = records
        # Where it has died, `take` says so.
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.connection.send((number, tuple(records)))

    def take(self) -> list[Done]:
        """Wait until batches come back, or a worker dies, and return what there is."""
        by_connection = {worker.connection: worker for worker in self._workers}
        found: list[Done] = []
        for ready in wait(list(by_connection)):
            found += self._received(by_connection[ready])  # type: ignore[index]  # wait() gives back what it was given
        return found

    def _received(self, worker: _Worker) -> list[Done]:
        try:
            number, prepared = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._replaced(worker)
        self._deaths = 0
        del worker.held[number]
        return [Done(number=number, prepared=prepared)]

    def _replaced(self, worker: _Worker) -> list[Done]:
        """Put a new process in a dead one's place; what it had not begun goes to others."""
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise ImportFailed(
                "The processes that prepare the cases die again and again, most likely for want "
                "of memory. What was imported stays; run it again with fewer workers."
            )
        self._workers.remove(worker)
        _end(worker)
        self._workers.append(self._hire())
        in_work, *waiting = worker.held or [None]
        for number in waiting:
            if number is not None:
                self.give(number, worker.held[number])
        return [] if in_work is None else [Done(number=in_work, prepared=None)]

    def _hire(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._factory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process=process, connection=cast("Connection", ours), held={})

    def close(self) -> None:
        for worker in self._workers:
            _end(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _work(connection: Connection, encoder_factory: EncoderFactory) -> None:
    """Prepare what comes until nothing more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    batches: SimpleQueue[tuple[int, Sequence[CaseRecord]]] = SimpleQueue()
    Thread(target=_listen, args=(connection, batches), daemon=True).start()
    try:
        encoder = encoder_factory()
    except OnpointError as error:
        connection.send((batches.get()[0], error))
        return
    while True:
        number, records = batches.get()
        try:
            connection.send((number, prepare(records, encoder)))
        except OnpointError as error:
            connection.send((number, error))


def _listen(connection: Connection, batches: SimpleQueue[tuple[int, Sequence[CaseRecord]]]) -> None:
    """Take batches off the pipe, so that the parent never waits; end when the parent has."""
    try:
        while True:
            batches.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)
