"""The queue: work to be done on uploads, taken by whoever is free, with the rights of who asked.

A worker has what it took for the time of a lease, and says again and again that it is still at
it; what it let go of, dead or alive, another takes up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from core.library.db import Database, Transaction
from core.model import FilingId, MatterId, PersonId, Scope, UploadState


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work that a worker has taken, and the how manieth time it is tried."""

    job_id: UUID
    filing_id: FilingId
    matter_id: MatterId
    person_id: PersonId
    attempt: int
    worker: UUID


def queue(
    tx: Transaction, scope: Scope, matter_id: MatterId, filing_id: FilingId, *, weight: int
) -> None:
    """Ask for an upload of so many bytes to be worked on, in the name of whoever asks."""
    _put(tx, scope, matter_id, filing_id, weight=weight, worker=None, lease=None)


def take_up(
    tx: Transaction,
    scope: Scope,
    matter_id: MatterId,
    filing_id: FilingId,
    *,
    weight: int,
    lease: float,
) -> Job | None:
    """Ask for an upload to be worked on, and be the one who does; None where somebody else is."""
    worker = uuid4()
    job_id = _put(
        tx,
        scope,
        matter_id,
        filing_id,
        weight=weight,
        worker=worker,
        lease=timedelta(seconds=lease),
    )
    if job_id is None:
        return None
    return Job(
        job_id=job_id,
        filing_id=filing_id,
        matter_id=matter_id,
        person_id=scope.person_id,
        attempt=0,
        worker=worker,
    )


def drop(tx: Transaction, filing_id: FilingId) -> bool:
    """Ask for no more work on an upload; False where none was to be done."""
    return tx.execute("delete_job", filing_id=filing_id) == 1


def finish(tx: Transaction, job: Job) -> bool:
    """End work that is done; False where it was taken from this worker, or is wanted no more."""
    return tx.execute("finish_job", job=job.job_id, worker=job.worker) == 1


def tell_progress(tx: Transaction, job: Job, step: str, *, done: int, total: int) -> bool:
    """Say what is being done; False where the work is not this worker's, or not to be seen."""
    touched = tx.execute(
        "update_upload_progress",
        job=job.job_id,
        worker=job.worker,
        step=step,
        done=done,
        total=total,
    )
    return touched == 1


def hold(tx: Transaction, job: Job) -> bool:
    """Keep work this worker's until the transaction ends; False where it is not, or not seen."""
    return tx.value("hold_job", job=job.job_id, worker=job.worker) is not None


def claim(db: Database, worker: UUID, *, lease: float, most: int) -> Job | None:
    """Take the next work of `most` bytes at most, for `lease` seconds; None where there is none."""
    found = db.rows("claim_job", _Claimed, worker=worker, lease=timedelta(seconds=lease), most=most)
    if not found:
        return None
    (claimed,) = found
    return Job(
        job_id=claimed.job,
        filing_id=FilingId(claimed.filing),
        matter_id=MatterId(claimed.matter),
        person_id=PersonId(claimed.person),
        attempt=claimed.attempt,
        worker=worker,
    )


def keep(db: Database, job: Job, *, lease: float) -> bool:
    """Say that the worker is still at it; False where the work is not this worker's any more."""
    length = timedelta(seconds=lease)
    return db.value("keep_job", job=job.job_id, worker=job.worker, lease=length) is True


def free(db: Database, job: Job, *, delay: float, because: str | None, counts: bool = True) -> bool:
    """Give work back for `delay` seconds; whether the attempt counts is for the caller to say."""
    freed = db.value(
        "free_job",
        job=job.job_id,
        worker=job.worker,
        delay=timedelta(seconds=delay),
        because=because,
        counts=counts,
    )
    return freed is True


def end(db: Database, job: Job, state: UploadState, because: str) -> bool:
    """End work that leads to nothing more by itself, and say where that leaves the upload."""
    ended = db.value("end_job", job=job.job_id, worker=job.worker, left_as=state, because=because)
    return ended is True


def _put(
    tx: Transaction,
    scope: Scope,
    matter_id: MatterId,
    filing_id: FilingId,
    *,
    weight: int,
    worker: UUID | None,
    lease: timedelta | None,
) -> UUID | None:
    found = tx.value(
        "insert_job",
        matter_id=matter_id,
        filing_id=filing_id,
        person_id=scope.person_id,
        weight=weight,
        worker=worker,
        lease=lease,
    )
    return found if isinstance(found, UUID) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    job: UUID
    filing: UUID
    matter: UUID
    person: UUID
    attempt: int
