"""The drafts of a matter's team: every text that was saved, and who says to have read what.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from core.library.db import Reader, Transaction
from core.model import Confirmation, DraftHead, DraftId, MatterId, TraceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A version as the database has it; what was said of its sentences is JSON."""

    version: int
    text: str
    claims: str
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The answer that a draft began with, as JSON."""

    origin: str
    started_by: str
    started_at: datetime


def begin(transaction: Transaction, matter_id: MatterId, title: str, origin: str) -> DraftId:
    """Begin a draft in the name of whoever asks; it has no version yet."""
    draft_id = DraftId(uuid4())
    transaction.execute(
        "insert_draft", draft_id=draft_id, matter_id=matter_id, title=title, origin=origin
    )
    return draft_id


def save(
    transaction: Transaction, draft_id: DraftId, *, based_on: int, text: str, claims: str
) -> bool:
    """Save the version after `based_on`; False where that is not the latest any more."""
    touched = transaction.execute(
        "insert_draft_version", draft_id=draft_id, based_on=based_on, text=text, claims=claims
    )
    return touched == 1


def heads(db: Reader, matter_id: MatterId | None) -> tuple[DraftHead, ...]:
    """Return the drafts that whoever asks may open, or a matter's; those saved last first."""
    return tuple(db.rows("select_drafts", _head, matter_id=matter_id, draft_id=None))


def head(db: Reader, draft_id: DraftId) -> DraftHead | None:
    """Return one draft; None where it is not there."""
    return db.row("select_drafts", _head, matter_id=None, draft_id=draft_id)


def origin(db: Reader, draft_id: DraftId) -> Origin | None:
    """Return what a draft began with; None where it is not there."""
    return db.row("select_draft_origin", Origin, draft_id=draft_id)


def versions(db: Reader, draft_id: DraftId, version: int | None = None) -> list[Saved]:
    """Return what was saved of a draft, the first first; or one version alone."""
    return db.rows("select_draft_versions", Saved, draft_id=draft_id, version=version)


def rename(transaction: Transaction, draft_id: DraftId, title: str) -> bool:
    return transaction.execute("update_draft_title", draft_id=draft_id, title=title) == 1


def remove(transaction: Transaction, draft_id: DraftId) -> bool:
    """Remove a draft with all its versions; False where it is not there, or is held."""
    return transaction.execute("delete_draft", draft_id=draft_id) == 1


def confirm(transaction: Transaction, draft_id: DraftId, n: int, version: int) -> bool:
    """Say to have read source `n`, or with 0 reviewed a version; False where that was said."""
    touched = transaction.execute(
        "insert_draft_confirmation", draft_id=draft_id, n=n, version=version
    )
    return touched == 1


def take_over(transaction: Transaction, draft_id: DraftId, trace_id: TraceId) -> None:
    """Take over what whoever asks says to have read of the answer that a draft began with."""
    transaction.execute("copy_trace_confirmations", draft_id=draft_id, trace_id=trace_id)


def withdraw(transaction: Transaction, draft_id: DraftId, n: int, version: int) -> bool:
    """Take back what one has said; False where one has not, or it is held."""
    touched = transaction.execute(
        "delete_draft_confirmation", draft_id=draft_id, n=n, version=version
    )
    return touched == 1


def confirmations(db: Reader, draft_id: DraftId) -> tuple[Confirmation, ...]:
    """Return who says to have read what, by source, then version, then time."""
    return tuple(db.rows("select_draft_confirmations", Confirmation, draft_id=draft_id))


def _head(
    *,
    draft_id: UUID,
    matter_id: UUID,
    title: str,
    version: int,
    saved_by: str,
    saved_at: datetime,
) -> DraftHead:
    return DraftHead(
        draft_id=DraftId(draft_id),
        matter_id=MatterId(matter_id),
        title=title,
        version=version,
        saved_by=saved_by,
        saved_at=saved_at,
    )
