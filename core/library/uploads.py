"""What was handed in to a matter, and how far it is on its way to the shelf.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from core.library.db import Database, Reader, Transaction
from core.model import FileKind, FilingId, MatterId, PersonId, Scope, Upload, UploadState


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An upload as whoever works on it needs to know it."""

    filing_id: FilingId
    matter_id: MatterId
    name: str
    kind: FileKind
    bytes: int
    sha256: bytes
    state: UploadState
    # The how manieth time that the file is read.
    reading: int
    # Its matter wants somebody to look at what was found; and somebody did.
    asks_release: bool
    released: bool
    # In how many archives or messages it came.
    depth: int


def uploads(
    db: Reader,
    matter_id: MatterId | None,
    *,
    states: Collection[UploadState] | None = None,
    named: str = "",
    most: int | None = None,
    beyond: int = 0,
) -> tuple[Upload, ...]:
    """Return what was handed in to a matter, or to any, the latest first.

    Of these states, with this part of a name; `most` of them, those `beyond` the first.
    """
    found = db.rows(
        "select_uploads",
        _upload,
        matter_id=matter_id,
        filing_ids=None,
        states=None if states is None else sorted(states),
        named=named,
        most=most,
        beyond=beyond,
    )
    return tuple(found)


def tally(db: Reader, matter_id: MatterId | None, *, named: str = "") -> dict[UploadState, int]:
    """Count what was handed in to a matter, or to any, by how far it is."""
    return dict(db.rows("count_uploads", _counted, matter_id=matter_id, named=named))


def upload(db: Reader, filing_id: FilingId) -> Upload | None:
    """Return one upload; None where it is not there."""
    return db.row(
        "select_uploads",
        _upload,
        matter_id=None,
        filing_ids=[filing_id],
        states=None,
        named="",
        most=None,
        beyond=0,
    )


def stored(db: Reader, filing_id: FilingId) -> Stored | None:
    """Return one upload as whoever works on it needs it; None where it is not there."""
    return db.row("select_stored_upload", _stored, filing_id=filing_id)


def upload_with(db: Reader, matter_id: MatterId, sha256: bytes) -> FilingId | None:
    """Return the upload of a matter that has these very bytes."""
    found = db.value("select_upload_by_bytes", matter_id=matter_id, sha256=sha256)
    return FilingId(found) if isinstance(found, UUID) else None


def lock_bytes(tx: Transaction, matter_id: MatterId, sha256: bytes) -> None:
    """Let nobody else take in or remove these bytes of this matter until the transaction ends."""
    tx.value("lock_bytes", matter_id=matter_id, sha256=sha256)


def file_is_kept(db: Reader, matter_id: UUID, sha256: bytes) -> bool:
    """Say whether a file is some upload's, whoever may see that."""
    return db.value("file_is_kept", matter_id=matter_id, sha256=sha256) is True


def add(
    tx: Transaction,
    scope: Scope,
    matter_id: MatterId,
    *,
    name: str,
    size: int,
    sha256: bytes,
    part_of: FilingId | None,
) -> FilingId | None:
    """Take a file in; None where the same bytes are in the matter."""
    filing_id = FilingId(uuid4())
    written = tx.execute(
        "insert_upload",
        filing_id=filing_id,
        matter_id=matter_id,
        name=name,
        kind=FileKind.UNKNOWN,
        bytes=size,
        sha256=sha256,
        part_of=part_of,
        added_by=scope.person_id,
    )
    return filing_id if written else None


def tell_read(tx: Transaction, filing_id: FilingId, kind: FileKind, pages: int | None) -> None:
    """Say what an upload was found to be."""
    tx.execute("update_upload_read", filing_id=filing_id, kind=kind, pages=pages)


def tell_state(
    tx: Transaction, filing_id: FilingId, state: UploadState, reason: str | None
) -> None:
    """Say where an upload stands now, and why."""
    tx.execute("update_upload_state", filing_id=filing_id, state=state, reason=reason)


def tell_released(tx: Transaction, filing_id: FilingId, person_id: PersonId) -> None:
    """Say who let an upload be searched in spite of what was found in it."""
    tx.execute("update_upload_released", filing_id=filing_id, person_id=person_id)


def tell_searchable(
    tx: Transaction, filing_id: FilingId, *, duplicate_of: FilingId | None, reason: str | None
) -> None:
    """Say that an upload can be found from now on."""
    tx.execute(
        "update_upload_searchable", filing_id=filing_id, duplicate_of=duplicate_of, reason=reason
    )


def keep_step(
    tx: Transaction,
    matter_id: MatterId,
    filing_id: FilingId,
    step: str,
    output: bytes,
    *,
    version: int,
) -> None:
    """Keep what a step made of an upload, in place of what it made before."""
    tx.execute(
        "upsert_upload_step",
        filing_id=filing_id,
        step=step,
        matter_id=matter_id,
        version=version,
        output=output,
    )


def step_made(
    db: Database, scope: Scope, filing_id: FilingId, step: str, *, version: int
) -> bytes | None:
    """Return what a step made of an upload; None where it has not been done."""
    with db.transaction(scope=scope) as tx:
        made = tx.value("select_upload_step", filing_id=filing_id, step=step, version=version)
    return made if isinstance(made, bytes) else None


def forget_steps(tx: Transaction, filing_id: FilingId) -> None:
    """Forget what the steps made of an upload."""
    tx.execute("delete_upload_steps", filing_id=filing_id)


def _counted(*, state: str, uploads: int) -> tuple[UploadState, int]:
    return UploadState(state), uploads


def _upload(  # noqa: PLR0913  the columns of an upload
    *,
    filing_id: UUID,
    matter_id: UUID,
    name: str,
    kind: str,
    bytes: int,  # noqa: A002  the column's name
    state: str,
    step: str | None,
    done: int,
    total: int,
    reason: str | None,
    part_of: UUID | None,
    came_in: str | None,
    pages: int | None,
    passages: int | None,
    duplicate_of: UUID | None,
    added_by: str,
    accepted_at: datetime,
    answerable_at: datetime | None,
    seconds_left: float | None,
    replaced: bool,
    reading: int,
    newer: UUID | None,
    unread: int,
) -> Upload:
    return Upload(
        filing_id=FilingId(filing_id),
        matter_id=MatterId(matter_id),
        name=name,
        kind=FileKind(kind),
        bytes=bytes,
        state=UploadState(state),
        step=step,
        done=done,
        total=total,
        reason=reason,
        seconds_left=seconds_left,
        part_of=None if part_of is None else FilingId(part_of),
        came_in=came_in,
        replaced=replaced,
        pages=pages,
        passages=passages,
        duplicate_of=None if duplicate_of is None else FilingId(duplicate_of),
        added_by=added_by,
        accepted_at=accepted_at,
        answerable_at=answerable_at,
        reading=reading,
        newer=None if newer is None else FilingId(newer),
        unread=unread,
    )


def _stored(  # noqa: PLR0913  the columns of an upload
    *,
    filing_id: UUID,
    matter_id: UUID,
    name: str,
    kind: str,
    bytes: int,  # noqa: A002  the column's name
    sha256: bytes,
    state: str,
    reading: int,
    asks_release: bool,
    released: bool,
    depth: int,
) -> Stored:
    return Stored(
        filing_id=FilingId(filing_id),
        matter_id=MatterId(matter_id),
        name=name,
        kind=FileKind(kind),
        bytes=bytes,
        sha256=sha256,
        state=UploadState(state),
        reading=reading,
        asks_release=asks_release,
        released=released,
        depth=depth,
    )
