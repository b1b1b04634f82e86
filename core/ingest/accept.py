"""Taking files in: accepted is what is on the disk under its hash, with its row and its work.

The file is written and flushed before the row is; a crash in between leaves a file that nobody
knows of, which the sweep removes, and never a row without its file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from core.access.matters import writable
from core.access.permits import Who
from core.access.trail import record
from core.errors import NoSuchFiling
from core.faultpoints import fault
from core.ingest.files import ABANDONED, Received
from core.ingest.shop import Shop
from core.library import jobs, uploads
from core.library.db import Database, Transaction
from core.model import FilingId, MatterId, Upload, UploadState

LONGEST_NAME = 200
NAMELESS = "Unnamed file"
_LONGEST_ENDING = 12


def accept(
    shop: Shop,
    who: Who,
    matter_id: MatterId,
    name: str,
    source: Path | Iterable[bytes],
    *,
    part_of: FilingId | None = None,
) -> Upload:
    """Take a file in and ask for it to be worked on; the upload of these bytes that there is.

    Where the matter has these very bytes already, the upload says so by naming itself as what it
    is a duplicate of. Raises NoSuchMatter, UsageError (the matter is closed), LimitReached,
    LibraryError.
    """
    with shop.db.transaction(scope=who.scope) as tx:
        writable(tx, matter_id)
    most = shop.rules.now().filing_megabytes
    with shop.files.receive(source, megabytes=most) as received:
        shop.use(who).upload(received.size)
        with shop.db.transaction(scope=who.scope) as tx:
            # Asked again: what was allowed before the file came may not be any more.
            writable(tx, matter_id)
            uploads.lock_bytes(tx, matter_id, received.sha256)
            shop.files.keep(received, matter_id)
            taken = _taken_in(tx, who, matter_id, shown(name), received, part_of)
        fault("upload accepted")
    shop.bell.set()
    return taken


def ask_for_work(tx: Transaction, who: Who, upload: uploads.Stored) -> None:
    """Have an upload worked on, in the name of whoever asks."""
    uploads.tell_state(tx, upload.filing_id, UploadState.WAITING, None)
    jobs.queue(tx, who.scope, upload.matter_id, upload.filing_id, weight=upload.bytes)


def sweep(shop: Shop, *, older: float = ABANDONED) -> None:
    """Remove the files that no upload has: of what was broken off, or could not be removed."""
    shop.files.sweep(partial(remove_file, shop), older=older)


def remove_file(shop: Shop, matter_id: UUID, sha256: bytes) -> bool:
    """Remove a file unless some upload has it; False where one does."""
    with shop.db.transaction() as tx:
        uploads.lock_bytes(tx, MatterId(matter_id), sha256)
        if uploads.file_is_kept(tx, matter_id, sha256):
            return False
        shop.files.remove(matter_id, sha256)
        return True


def shown(name: str) -> str:
    """Make a name fit to be shown: no path, nothing that cannot be seen, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = " ".join("".join(c if c.isprintable() else " " for c in last).split()).lstrip(". ")
    if len(clean) <= LONGEST_NAME:
        return clean or NAMELESS
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return f"{clean[: LONGEST_NAME - 1]}…"
    return f"{stem[: LONGEST_NAME - len(ending) - 2]}….{ending}"


def known(db: Database, who: Who, filing_id: FilingId) -> Upload:
    """Return an upload that whoever asks may see. Raises NoSuchFiling."""
    with db.transaction(scope=who.scope) as tx:
        return _found(tx, filing_id)


def _taken_in(
    tx: Transaction,
    who: Who,
    matter_id: MatterId,
    name: str,
    received: Received,
    part_of: FilingId | None,
) -> Upload:
    filing_id = uploads.add(
        tx,
        who.scope,
        matter_id,
        name=name,
        size=received.size,
        sha256=received.sha256,
        part_of=part_of,
    )
    fault("upload row written")
    if filing_id is None:
        return _again(tx, who, matter_id, received.sha256)
    jobs.queue(tx, who.scope, matter_id, filing_id, weight=received.size)
    detail = {"filing_id": str(filing_id), "bytes": received.size}
    record(tx, "filing.upload", subject=name, matter_id=matter_id, detail=detail)
    return _found(tx, filing_id)


def _again(tx: Transaction, who: Who, matter_id: MatterId, sha256: bytes) -> Upload:
    """The same bytes are there: what was cancelled is wanted again."""
    filing_id = uploads.upload_with(tx, matter_id, sha256)
    held = None if filing_id is None else uploads.stored(tx, filing_id)
    if held is None:
        raise NoSuchFiling
    if held.state is UploadState.CANCELLED:
        ask_for_work(tx, who, held)
    found = _found(tx, held.filing_id)
    return replace(found, duplicate_of=found.duplicate_of or found.filing_id)


def _found(tx: Transaction, filing_id: FilingId) -> Upload:
    found = uploads.upload(tx, filing_id)
    if found is None:
        raise NoSuchFiling
    return found
