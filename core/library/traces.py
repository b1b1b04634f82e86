"""The records of answers: how each came about, and who says to have read what of it.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.library.db import Reader, Transaction
from core.model import Confirmation, MatterId, TraceHead, TraceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it is written: JSON, of which every byte counts."""

    trace_id: TraceId
    matter_id: MatterId | None
    asked_at: datetime
    text: str

    @property
    def sha256(self) -> str:
        return sha256(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record as the database has it, and what of it is not as the audit trail says."""

    head: TraceHead
    text: str
    faults: tuple[str, ...]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def keep(transaction: Transaction, record: Record) -> None:
    """Keep a record in the name of whoever asks."""
    transaction.execute(
        "insert_trace",
        trace_id=record.trace_id,
        matter_id=record.matter_id,
        asked_at=record.asked_at,
        record=record.text,
    )


def heads(
    db: Reader, matter_id: MatterId | None, *, before: datetime | None, k: int, days: int
) -> list[TraceHead]:
    """Return records of whoever asks, or a matter's: the latest first, none older than `days`."""
    return db.rows("select_traces", _head, matter_id=matter_id, before=before, k=k, days=days)


def held(db: Reader, trace_id: TraceId, *, days: int) -> Held | None:
    """Return one record; None where there is none to be read, or none any more."""
    return db.row("select_trace", _held, trace_id=trace_id, days=days)


def put(transaction: Transaction, trace_id: TraceId, matter_id: MatterId) -> bool:
    """Put a record of one's own with a matter; False where there is none that is of no matter."""
    touched = transaction.execute("update_trace_matter", trace_id=trace_id, matter_id=matter_id)
    return touched == 1


def forget(transaction: Transaction, days: int) -> None:
    """Forget what was asked more than so many days ago, but for matters under legal hold."""
    transaction.value("forget_traces", days=days)


def confirm(transaction: Transaction, trace_id: TraceId, n: int) -> bool:
    """Say to have read source `n`, or with 0 reviewed the whole; False where that was said."""
    return transaction.execute("insert_trace_confirmation", trace_id=trace_id, n=n) == 1


def withdraw(transaction: Transaction, trace_id: TraceId, n: int) -> bool:
    """Take back what one has said; False where one has not, or it is held."""
    return transaction.execute("delete_trace_confirmation", trace_id=trace_id, n=n) == 1


def confirmations(db: Reader, trace_id: TraceId) -> tuple[Confirmation, ...]:
    """Return who says to have read what, by source, then time."""
    return tuple(db.rows("select_trace_confirmations", Confirmation, trace_id=trace_id))


def _head(
    *,
    trace_id: UUID,
    asked_at: datetime,
    asked_by: str,
    matter_id: UUID | None,
    question: str,
    standing: str,
) -> TraceHead:
    return TraceHead(
        trace_id=TraceId(trace_id),
        asked_at=asked_at,
        asked_by=asked_by,
        matter_id=None if matter_id is None else MatterId(matter_id),
        question=question,
        standing=standing,
    )


def _held(*, record: str, faults: list[str] | None, **head: object) -> Held:
    return Held(
        head=_head(**head),  # pyright: ignore[reportArgumentType]
        text=record,
        faults=tuple(faults or ()),
    )
