"""What goes with a filing when it is removed: what came in it, its rows, and its place in line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.library import filings, versions
from core.library.db import Reader, Transaction
from core.model import FilingId, MatterId


@dataclass(frozen=True, slots=True, kw_only=True)
class Removable:
    """A filing or an upload, with the hash of its file and how much it is."""

    filing_id: FilingId
    matter_id: MatterId
    name: str
    # None of what was added as a text.
    sha256: bytes | None
    bytes: int
    # None of what is not on the shelf.
    passages: int | None


def removable(db: Reader, ids: Sequence[FilingId]) -> list[Removable]:
    """Return these filings and uploads with all that came in them, the innermost first."""
    return db.rows("select_removable", _removable, filing_ids=list(ids))


def halt(transaction: Transaction, ids: Sequence[FilingId]) -> None:
    """Let nobody work on these uploads any more, nor put anything into them."""
    # In the order in which work is ended: first the job, then the upload.
    transaction.execute("halt_uploads", filing_ids=list(ids))
    transaction.execute("lock_uploads", filing_ids=list(ids))


def remove(transaction: Transaction, one: Removable) -> bool:
    """Remove a filing or an upload with all rows of it; False where it is not there any more."""
    versions.relink(transaction, one.filing_id)
    shelved = filings.remove(transaction, one.filing_id)
    handed_in = transaction.execute("delete_upload", filing_id=one.filing_id) == 1
    return shelved == (one.passages is not None) and handed_in == (one.sha256 is not None)


def same_words(db: Reader, filing_id: FilingId) -> list[FilingId]:
    """Return the uploads that have the words of a filing and are read there, the first first."""
    return db.rows("select_same_words", _id, filing_id=filing_id)


def _id(*, filing_id: UUID) -> FilingId:
    return FilingId(filing_id)


def _removable(
    *,
    filing_id: UUID,
    matter_id: UUID,
    name: str,
    sha256: bytes | None,
    bytes: int | None,  # noqa: A002  the column's name
    passages: int | None,
) -> Removable:
    return Removable(
        filing_id=FilingId(filing_id),
        matter_id=MatterId(matter_id),
        name=name,
        sha256=sha256,
        bytes=bytes or 0,
        passages=passages,
    )
