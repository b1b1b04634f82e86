"""Work on one upload: who does it for whom, what its steps made so far, whether to go on.

A worker says every few seconds that it is still there. Where the work was taken from it, or is
wanted no more, it stops at the next piece and writes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Never

from core.access.permits import Who, require
from core.errors import DatabaseUnavailable, NoSuchFiling
from core.faultpoints import fault
from core.ingest.shop import Shop
from core.library import jobs, uploads
from core.library.db import Transaction
from core.library.jobs import Job
from core.library.uploads import Stored
from core.model import UploadState

# What the steps make is done anew where this has changed.
VERSION = 1
# Seconds: who is silent for so long is given up, and his work taken by another.
LEASE = 30.0
BEAT = LEASE / 4


class Lost(Exception):
    """The work is not this worker's any more."""


class Stopping(Exception):
    """This worker is to stop: somebody else goes on."""


class Again(Exception):
    """It did not work this time, as where a computer has too much to do: it is tried again."""


class Halt(Exception):
    """There is nothing more to be done unless somebody does something, or for good."""

    def __init__(self, state: UploadState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


class Work:
    """One job, its upload, and the person in whose name all is done."""

    def __init__(
        self,
        shop: Shop,
        job: Job,
        stop: threading.Event,
        between: Callable[[Stored], None] = lambda _: None,
    ) -> None:
        self.shop = shop
        self.job = job
        # What may be done between two pieces of this.
        self._between = between
        self.who = Who(shop.db, job.person_id)
        self._stop = stop
        self._lost = threading.Event()
        self._upload: Stored | None = None

    @property
    def version(self) -> int:
        """The version of the pipeline that does it."""
        return VERSION

    @property
    def upload(self) -> Stored:
        """What is worked on. Raises NoSuchFiling where it may not be read, or is gone."""
        if self._upload is None:
            with self.transaction() as tx:
                self._upload = uploads.stored(tx, self.job.filing_id)
        if self._upload is None:
            raise NoSuchFiling
        return self._upload

    def begin(self) -> None:
        """See that whoever asked may still ask. Raises NotSignedIn, NotAllowed, NoSuchFiling."""
        require(self.who, "filings.upload")
        assert self.upload.filing_id == self.job.filing_id  # noqa: S101  it was asked for by that

    @contextmanager
    def transaction(self, *, lasting: bool = True) -> Generator[Transaction]:
        """Open a transaction in the name of whoever asked for the work."""
        with self.shop.db.transaction(scope=self.who.scope, lasting=lasting) as tx:
            yield tx

    def go_on(self) -> None:
        """Raise Lost or Stopping where this worker is not to go on."""
        if self._lost.is_set():
            raise Lost
        if self._stop.is_set():
            raise Stopping

    def gone(self) -> Never:
        """Raise Lost where the work is not this worker's, NoSuchFiling where it may not be seen."""
        if jobs.keep(self.shop.db, self.job, lease=LEASE):
            raise NoSuchFiling
        raise Lost

    def progress(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done and how much of it is. Raises NoSuchFiling, Lost, Stopping."""
        self.go_on()
        with self.transaction(lasting=False) as tx:
            told = jobs.tell_progress(tx, self.job, step, done=done, total=total)
        if not told:
            self.gone()
        fault(f"{step}: {done} of {total}")
        if done:
            self._between(self.upload)

    def made(self, step: str) -> bytes | None:
        """Return what a step made when it was done before; None where it was not."""
        scope, filing_id = self.who.scope, self.job.filing_id
        return uploads.step_made(self.shop.db, scope, filing_id, step, version=VERSION)

    @contextmanager
    def keeping(self, step: str, output: bytes) -> Generator[Transaction]:
        """Keep what a step made, with what is written in the block, or neither."""
        self.go_on()
        fault(f"{step}: made")
        with self.transaction() as tx:
            if not jobs.hold(tx, self.job):
                self.gone()
            uploads.keep_step(
                tx, self.job.matter_id, self.job.filing_id, step, output, version=VERSION
            )
            yield tx
            fault(f"{step}: written")
        fault(f"{step}: kept")

    @contextmanager
    def kept_alive(self) -> Generator[None]:
        """Say every few seconds, for the time of the block, that somebody is at it."""
        over = threading.Event()
        beating = threading.Thread(
            target=self._beat, args=(over,), name="onpoint-beat", daemon=True
        )
        beating.start()
        try:
            yield
        finally:
            over.set()
            beating.join()

    def _beat(self, over: threading.Event) -> None:
        while not over.wait(BEAT):
            try:
                if not jobs.keep(self.shop.db, self.job, lease=LEASE):
                    self._lost.set()
                    return
            except DatabaseUnavailable:
                continue  # it will be asked whose this is when it is back
