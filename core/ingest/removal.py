"""Removing filings with all that was made of them, and a receipt for it.

The rows go in one transaction; the files after it, each unless it was handed in again meanwhile.
What a crash leaves of them no row knows, and the next sweep takes.
"""

from __future__ import annotations

from uuid import UUID

from core.access.matters import releasable
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchFiling, UsageError
from core.faultpoints import fault
from core.ingest.accept import ask_for_work, remove_file
from core.ingest.shop import Shop
from core.library import removing, uploads
from core.library.db import Transaction
from core.library.removing import Removable
from core.model import FilingId, MatterId, Receipt


class Removal:
    """Filings and uploads, taken away for good."""

    desk = "filings"
    who: Who
    _shop: Shop

    @permitted
    def remove(self, *filing_ids: FilingId) -> Receipt:
        """Remove filings or uploads with all that was made of them and all that came in them.

        Every one of them, or none. An upload of the same words takes the place of one removed.
        Raises NoSuchFiling, and UsageError where one is under legal hold.
        """
        if not filing_ids:
            raise UsageError("Name what is to be removed.")
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            gone = _locked(tx, filing_ids)
            for matter_id in sorted({one.matter_id for one in gone}):
                releasable(tx, matter_id)
            entries = [self._remove(tx, one) for one in gone]
            fault("remove: rows")
        fault("remove: committed")
        files = {
            (one.matter_id, one.sha256): one.bytes
            for one in gone
            if one.sha256 is not None and remove_file(self._shop, one.matter_id, one.sha256)
        }
        return _receipt(gone, list(files.values()), entries[-1])

    def _remove(self, tx: Transaction, one: Removable) -> UUID:
        waiting = removing.same_words(tx, one.filing_id)
        entry_id = record(
            tx,
            "filing.remove",
            subject=one.name,
            matter_id=one.matter_id,
            detail=_told(one),
        )
        if not removing.remove(tx, one):
            raise NoSuchFiling
        for filing_id in waiting:
            # Two of the same words were handed in: the other is put on the shelf instead.
            if (held := uploads.stored(tx, filing_id)) is not None:
                ask_for_work(tx, self.who, held)
                self._shop.bell.set()
        return entry_id


def clear(shop: Shop, matter_id: MatterId) -> None:
    """Remove the files of a matter that is no more."""
    for sha256 in shop.files.of(matter_id):
        remove_file(shop, matter_id, sha256)


def _locked(tx: Transaction, filing_ids: tuple[FilingId, ...]) -> list[Removable]:
    """Return all that goes, as it is until the transaction ends: nobody adds to it any more."""
    held: set[FilingId] = set()
    while fresh := [one for one in removing.removable(tx, filing_ids) if one.filing_id not in held]:
        for sha256, matter_id in sorted((one.sha256, one.matter_id) for one in fresh if one.sha256):
            uploads.lock_bytes(tx, matter_id, sha256)
        removing.halt(tx, [one.filing_id for one in fresh])
        held |= {one.filing_id for one in fresh}
    if not set(filing_ids) <= held:
        raise NoSuchFiling
    return removing.removable(tx, filing_ids)


def _told(one: Removable) -> dict[str, object]:
    return {
        "filing_id": str(one.filing_id),
        "passages": one.passages,
        "bytes": one.bytes,
        "sha256": None if one.sha256 is None else one.sha256.hex(),
    }


def _receipt(gone: list[Removable], files: list[int], entry_id: UUID) -> Receipt:
    """Count what went: a filing that was read more than once is one, and has one file."""
    return Receipt(
        filings=len({(one.matter_id, one.sha256 or one.filing_id) for one in gone}),
        passages=sum(one.passages or 0 for one in gone),
        files=len(files),
        bytes=sum(files),
        entry_id=entry_id,
    )
