"""The desk where files are handed in, and what becomes of them is seen and settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from core.access.matters import writable
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchFiling, UsageError
from core.ingest import work
from core.ingest.accept import accept, ask_for_work, known
from core.ingest.rereading import again
from core.ingest.shop import Shop
from core.ingest.work import LEASE
from core.ingest.worker import unlock
from core.library import filing_pages, filings, jobs, readings, uploads
from core.library.db import Transaction
from core.library.uploads import Stored
from core.model import Filing, FilingId, MatterId, PageState, Tally, Upload, UploadState

_ENDED = frozenset(
    {
        UploadState.NEEDS_OCR,
        UploadState.NEEDS_CONVERTER,
        UploadState.REFUSED,
        UploadState.STOPPED,
        UploadState.CANCELLED,
    }
)
_UNDER_WAY = frozenset(set(UploadState) - _ENDED - {UploadState.SEARCHABLE, UploadState.UNPACKED})


class Uploading:
    """Files of the matters that one person may read, on their way to the shelf."""

    desk = "filings"

    def __init__(self, shop: Shop, who: Who) -> None:
        self.who = who
        self._shop = shop
        self._db = shop.db

    @permitted
    def upload(self, matter_id: MatterId, name: str, source: Path | Iterable[bytes]) -> Upload:
        """Take a file in, given as its path or in pieces; it is worked on by itself from then on.

        Where the matter has the same bytes already that upload is returned, and names itself as
        what it is a duplicate of. Raises NoSuchMatter, UsageError (matter closed), LimitReached
        and LibraryError (no room on the disk).
        """
        return accept(self._shop, self.who, matter_id, name, source)

    @permitted
    def uploads(
        self,
        matter_id: MatterId | None = None,
        *,
        states: Collection[UploadState] | None = None,
        named: str = "",
        k: int | None = None,
        offset: int = 0,
    ) -> tuple[Upload, ...]:
        """What was handed in to a matter, or to any that you may read; the latest first.

        In some `states`, with a part of a name in any case: the `offset + 1`st to `offset + k`th.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            return uploads.uploads(tx, matter_id, states=states, named=named, most=k, beyond=offset)

    @permitted
    def tally(self, matter_id: MatterId | None = None, *, named: str = "") -> Tally:
        """How much was handed in to a matter, or to any that you may read, and how far it is."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return Tally(
                uploads=uploads.tally(tx, matter_id, named=named),
                texts=filings.count_texts(tx, matter_id, named=named),
                outdated=readings.count_outdated(tx, matter_id, pipeline=work.VERSION),
            )

    @permitted
    def texts(
        self,
        matter_id: MatterId | None = None,
        *,
        named: str = "",
        k: int | None = None,
        offset: int = 0,
    ) -> tuple[Filing, ...]:
        """Filings that never were files, by matter, then name."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return filings.texts(tx, matter_id, named=named, most=k, beyond=offset)

    @permitted
    def upload_of(self, filing_id: FilingId) -> Upload | None:
        """How far one file is; None where there is none that you may read, or it was typed in."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return uploads.upload(tx, filing_id)

    @permitted
    def give_password(self, filing_id: FilingId, password: str) -> Upload:
        """Read a locked file with its password, which is used now and kept nowhere.

        Raises NoSuchFiling, and UsageError where the file waits for none, or for another.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            upload = _open(tx, filing_id)
            job = None
            if upload.state is UploadState.NEEDS_PASSWORD:
                job = jobs.take_up(
                    tx,
                    self.who.scope,
                    upload.matter_id,
                    filing_id,
                    weight=upload.bytes,
                    lease=LEASE,
                )
            if job is None:
                raise UsageError("This file waits for no password.")
            self._tell(tx, "filing.password", upload)
        unlock(self._shop, job, password)
        return self._rung(filing_id)

    @permitted
    def retry(self, filing_id: FilingId) -> Upload:
        """Have a file worked on again that had come to an end.

        Of one that can be searched the pages are read that are pictures: what comes of it is an
        upload of its own, which takes its place. Raises NoSuchFiling, UsageError.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            upload = _open(tx, filing_id)
            if upload.state is UploadState.SEARCHABLE and _has_pictures(tx, filing_id):
                filing_id = again(tx, self.who, upload)
            else:
                self._take_up(tx, upload)
        return self._rung(filing_id)

    def _take_up(self, tx: Transaction, upload: Stored) -> None:
        if upload.state not in _ENDED:
            raise UsageError("There is nothing to retry here.")
        if upload.state is UploadState.REFUSED:
            uploads.forget_steps(tx, upload.filing_id)
        ask_for_work(tx, self.who, upload)
        self._tell(tx, "filing.retry", upload)

    @permitted
    def cancel(self, filing_id: FilingId) -> Upload:
        """Have no more work done on a file; it stays, and can be retried.

        Raises NoSuchFiling, and UsageError where it is done already.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            upload = _held(tx, filing_id)
            if upload.state not in _UNDER_WAY:
                raise UsageError("There is nothing to cancel here: it has ended already.")
            self._cancel(tx, upload)
        return known(self._db, self.who, filing_id)

    @permitted
    def cancel_all(self, *filing_ids: FilingId) -> int:
        """Have no more work done on any of these files; return on how many some was to be done.

        Raises NoSuchFiling where one may not be read, and then nothing is changed.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            found = [_held(tx, filing_id) for filing_id in sorted(filing_ids)]
            wanted = [each for each in found if each.state in _UNDER_WAY]
            for upload in wanted:
                self._cancel(tx, upload)
        return len(wanted)

    def _cancel(self, tx: Transaction, upload: Stored) -> None:
        jobs.drop(tx, upload.filing_id)
        uploads.tell_state(tx, upload.filing_id, UploadState.CANCELLED, None)
        self._tell(tx, "filing.cancel", upload)

    @permitted
    def release(self, filing_id: FilingId) -> Upload:
        """Let a file be searched in spite of what was found in it.

        Raises NoSuchFiling, UsageError.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            upload = _open(tx, filing_id)
            if upload.state is not UploadState.NEEDS_RELEASE:
                raise UsageError("There is nothing to release here.")
            uploads.tell_released(tx, filing_id, self.who.scope.person_id)
            ask_for_work(tx, self.who, upload)
            self._tell(tx, "filing.release", upload)
        return self._rung(filing_id)

    def _rung(self, filing_id: FilingId) -> Upload:
        self._shop.bell.set()
        return known(self._db, self.who, filing_id)

    def _tell(self, tx: Transaction, action: str, upload: Stored) -> None:
        record(
            tx,
            action,
            subject=upload.name,
            matter_id=upload.matter_id,
            detail={"filing_id": str(upload.filing_id)},
        )


def _has_pictures(tx: Transaction, filing_id: FilingId) -> bool:
    """Say whether a filing has pages that nothing here could read yet."""
    return any(page.state is PageState.NEEDS_OCR for page in filing_pages.pages(tx, filing_id))


def _open(tx: Transaction, filing_id: FilingId) -> Stored:
    """Return an upload of a matter that is open. Raises NoSuchFiling, UsageError."""
    upload = _held(tx, filing_id)
    writable(tx, upload.matter_id)
    return upload


def _held(tx: Transaction, filing_id: FilingId) -> Stored:
    upload = uploads.stored(tx, filing_id)
    if upload is None:
        raise NoSuchFiling
    return upload
