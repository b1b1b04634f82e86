"""Workers: they take what is to be done, do it, and leave the rest as they found it.

One of a process's threads takes small files alone, so that these never wait for a big one.
"""

from __future__ import annotations

import contextlib
import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from uuid import uuid4

from core.errors import (
    DatabaseUnavailable,
    NoSuchFiling,
    NoSuchMatter,
    NotAllowed,
    NotSignedIn,
    UsageError,
)
from core.faultpoints import fault
from core.ingest.accept import sweep
from core.ingest.parse.parsed import Unreadable
from core.ingest.shop import Shop
from core.ingest.steps import carry, read, recognised
from core.ingest.work import LEASE, Again, Halt, Lost, Stopping, Work
from core.library import jobs
from core.library.jobs import Job
from core.library.uploads import Stored
from core.model import UploadState

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
SMALL = 2_000_000  # bytes
ANY = 1 << 62
MUCH = 2  # times: what is so much smaller is done between two pieces of the larger
# Seconds between two looks at the queue, at the database, at files that nobody has.
LOOK, RETRY, SWEEP = 1.0, 1.0, 3_600.0
_FIRST_DELAY, _LONGEST_DELAY = 2.0, 300.0
_ENDS = (Halt, Unreadable, UsageError, NoSuchFiling, NoSuchMatter, NotAllowed, NotSignedIn)
_NOT_THEIRS = (
    "Whoever asked for this may not work on this matter now. Retry it to go on in your own name."
)
_LOCKED = "This file is locked, and could not be read just now. Give its password again."
_AGAIN = "This did not work and will be tried again by itself."
_STOPPED = (
    "This was tried {} times and never worked. Nothing of it can be searched; the file is safe. "
    "Retry it, or ask an administrator to look at the log."
)


# Other work: it says whether there was some, and lets go once the event is set.
Chore = Callable[[threading.Event], bool]


class Workers:
    """The threads of one process that work on uploads. `stop` them before the house is closed."""

    def __init__(self, shop: Shop, chores: Sequence[Chore] = ()) -> None:
        self._shop = shop
        self._chores = chores
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin: one thread for whatever comes, one for small files alone."""
        for name, most in (("any", ANY), ("small", SMALL)):
            thread = threading.Thread(
                target=self._run, args=(most,), name=f"onpoint-worker-{name}", daemon=True
            )
            thread.start()
            self._threads.append(thread)
        for chore in self._chores:
            thread = threading.Thread(
                target=self._do, args=(chore,), name="onpoint-worker-chore", daemon=True
            )
            thread.start()
            self._threads.append(thread)

    def stop(self, grace: float = 35.0) -> None:
        """Let go of what is being done at its next piece, and wait for that."""
        self._stop.set()
        self._shop.bell.set()
        border = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, border - time.monotonic()))

    def _run(self, most: int) -> None:
        swept = 0.0
        while not self._stop.is_set():
            try:
                if most == ANY and time.monotonic() - swept > SWEEP:
                    sweep(self._shop)
                    swept = time.monotonic()
                if work_once(self._shop, self._stop, most=most):
                    continue
                self._shop.bell.wait(LOOK * random.uniform(0.75, 1.25))  # noqa: S311  no secret
                self._shop.bell.clear()
            except Exception:
                log.exception("worker failed, goes on")
                self._stop.wait(RETRY)

    def _do(self, chore: Chore) -> None:
        """Do other work than on files, which takes long and waits for nobody."""
        while not self._stop.is_set():
            try:
                if not chore(self._stop):
                    self._stop.wait(LOOK)
            except Exception:
                log.exception("worker failed, goes on")
                self._stop.wait(RETRY)


def work_once(shop: Shop, stop: threading.Event, *, most: int = ANY, within: bool = False) -> bool:
    """Take one piece of work and do what can be done of it; False where there is none.

    Between two pages or passages of it, one that is much smaller is done first, so that it need
    not wait for the whole; `within` such a one, no other.
    """
    try:
        job = jobs.claim(shop.db, uuid4(), lease=LEASE, most=most)
    except DatabaseUnavailable:
        stop.wait(RETRY)
        return True
    if job is None:
        return False
    fault("job claimed")

    def between(upload: Stored) -> None:
        work_once(shop, stop, most=upload.bytes // MUCH, within=True)

    _do(shop, job, Work(shop, job, stop) if within else Work(shop, job, stop, between), stop)
    return True


def drain(shop: Shop) -> int:
    """Do all that can be done now; return how many pieces of work that were."""
    never, done = threading.Event(), 0
    while work_once(shop, never):
        done += 1
    return done


def unlock(shop: Shop, job: Job, password: str) -> None:
    """Do so much of the work as takes the password, here and now, and leave the rest to others.

    Raises UsageError where the password does not fit, or the file cannot be read with it either.
    """
    work = Work(shop, job, threading.Event())
    try:
        with work.kept_alive():
            work.begin()
            recognised(work, read(work, password), password)
    except Unreadable as error:
        jobs.end(shop.db, job, error.need or UploadState.REFUSED, error.reason)
        raise UsageError(error.reason) from error
    except Lost:
        return
    except BaseException:
        with contextlib.suppress(DatabaseUnavailable):
            jobs.end(shop.db, job, UploadState.NEEDS_PASSWORD, _LOCKED)
        raise
    jobs.free(shop.db, job, delay=0, because=None)


def _do(shop: Shop, job: Job, work: Work, stop: threading.Event) -> None:
    if job.attempt > MOST_ATTEMPTS:
        # It ended whoever took it, so that nobody could say why.
        jobs.end(shop.db, job, UploadState.STOPPED, _STOPPED.format(MOST_ATTEMPTS))
        return
    try:
        with work.kept_alive():
            carry(work)
    except Lost:
        log.info("work lost job=%s filing=%s", job.job_id, job.filing_id)
    except Stopping:
        jobs.free(shop.db, job, delay=0, because=None, counts=False)
    except _ENDS as why:
        jobs.end(shop.db, job, *_left_as(why))
    except DatabaseUnavailable:
        _let_go(shop, job, stop)
    except Again:
        _failed(shop, job)
    except Exception:
        log.exception(
            "work failed job=%s filing=%s attempt=%s", job.job_id, job.filing_id, job.attempt
        )
        _failed(shop, job)


def _left_as(why: Exception) -> tuple[UploadState, str]:
    """Say where work leaves an upload that leads to nothing more by itself, and in which words."""
    match why:
        case Halt():
            return why.state, why.reason
        case Unreadable():
            return why.need or UploadState.REFUSED, why.reason
        case UsageError():
            return UploadState.STOPPED, str(why)
        case _:
            return UploadState.STOPPED, _NOT_THEIRS


def _failed(shop: Shop, job: Job) -> None:
    if job.attempt >= MOST_ATTEMPTS:
        jobs.end(shop.db, job, UploadState.STOPPED, _STOPPED.format(MOST_ATTEMPTS))
        return
    delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2**job.attempt) * random.uniform(0.5, 1.5)  # noqa: S311  no secret
    jobs.free(shop.db, job, delay=delay, because=_AGAIN)


def _let_go(shop: Shop, job: Job, stop: threading.Event) -> None:
    """Give work back once the database is there again: it was not the work that failed."""
    while not stop.is_set():
        try:
            jobs.free(shop.db, job, delay=0, because=None, counts=False)
        except DatabaseUnavailable:
            stop.wait(RETRY)
        else:
            return
