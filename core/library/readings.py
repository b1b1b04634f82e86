"""Readings of one file: the same bytes read more than once, by what could read them better.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from core.library.db import Reader, Transaction
from core.model import FilingId, MatterId, Scope

# What was found out, and how it is made another reading's.
_FOUND_OUT = {
    "delete_filing_pages": "move_filing_pages",
    "delete_filing_findings": "move_filing_findings",
    "delete_filing_labels": "move_filing_labels",
}


def begin(tx: Transaction, scope: Scope, latest: FilingId) -> FilingId:
    """Have the file read once more; return the reading, `latest` is the one before it."""
    new = FilingId(uuid4())
    tx.execute("insert_reading", new=new, filing_id=latest, added_by=scope.person_id)
    return new


def latest(db: Reader, filing_id: FilingId) -> FilingId:
    """Return the latest reading of an upload's file, finished or not."""
    return _id(db.value("select_latest_reading", filing_id=filing_id)) or filing_id


def standing(db: Reader, filing_id: FilingId) -> FilingId | None:
    """Return the earlier reading of an upload's file that is found; None where none ever was."""
    return _id(db.value("select_standing_reading", filing_id=filing_id))


def of_one_file(db: Reader, one: FilingId, other: FilingId) -> bool:
    """Say whether two uploads are readings of one file."""
    return db.value("are_readings_of_one_file", one=one, other=other) is True


def outdated(
    db: Reader, matter_id: MatterId | None, *, pipeline: int, encoder: str
) -> list[FilingId]:
    """Return the filings found that another version or another encoder has read, in order."""
    return db.rows(
        "select_outdated_filings", _row, matter_id=matter_id, pipeline=pipeline, encoder=encoder
    )


def count_outdated(db: Reader, matter_id: MatterId | None, *, pipeline: int) -> int:
    """Count the filings found that an earlier version has read."""
    found = db.value("count_outdated_filings", matter_id=matter_id, pipeline=pipeline)
    return found if isinstance(found, int) else 0


def were_released(db: Reader, filing_id: FilingId) -> bool:
    """Say whether somebody released an earlier reading in which the same things were found."""
    return db.value("were_findings_released", filing_id=filing_id) is True


def succeed(tx: Transaction, one: FilingId, other: FilingId) -> None:
    """Let what people said of one reading, and what came in it, be of the other from now on."""
    tx.execute("carry_confirmed_descriptions", one=one, other=other)
    tx.execute("move_parts", one=one, other=other)


def merge(tx: Transaction, one: FilingId, into: FilingId) -> None:
    """Let all that was found out by one reading be of another of the same text; drop the one."""
    for former, new in _FOUND_OUT.items():
        tx.execute(former, filing_id=into)
        tx.execute(new, one=one, other=into)
    tx.execute("delete_suggested_descriptions", filing_id=into)
    tx.execute("carry_confirmed_descriptions", one=one, other=into)
    tx.execute("move_suggested_descriptions", one=one, other=into)
    tx.execute("update_upload_as_read", filing_id=into, other=one)
    drop(tx, one)


def drop(tx: Transaction, filing_id: FilingId) -> None:
    """Forget a reading that never stood on the shelf."""
    tx.execute("delete_upload", filing_id=filing_id)


def tell_pipeline(tx: Transaction, filing_id: FilingId, pipeline: int) -> None:
    """Say which version of the pipeline looked at a filing last."""
    tx.execute("update_filing_pipeline", filing_id=filing_id, pipeline=pipeline)


def _row(*, filing_id: UUID) -> FilingId:
    return FilingId(filing_id)


def _id(found: object) -> FilingId | None:
    return FilingId(found) if isinstance(found, UUID) else None
