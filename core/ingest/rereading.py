"""Reading again what was read before: by a later version, with another encoder, or scans besides.

What searches find stays as it is until the new reading takes its place.
"""

from __future__ import annotations

from core.access.matters import writable
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchFiling, UsageError
from core.ingest import work
from core.ingest.accept import ask_for_work, known
from core.ingest.contents import contents_of
from core.ingest.shop import Shop
from core.library import filings, readings, uploads
from core.library.db import Transaction
from core.library.uploads import Stored
from core.model import Filing, FilingId, MatterId, Upload, UploadState

_UNDER_WAY = frozenset({UploadState.WAITING, UploadState.WORKING})


class Rereading:
    """Filings that are read again."""

    desk = "filings"
    who: Who
    _shop: Shop

    @permitted
    def outdated(self, matter_id: MatterId | None = None) -> tuple[Filing, ...]:
        """Filings that searches find and an earlier Onpoint, or another encoder, has read.

        Of a matter or of all that are open and may be read, by matter, then name. Raises
        EncoderUnavailable.
        """
        encoder = self._shop.encoder().fingerprint
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            ids = readings.outdated(tx, matter_id, pipeline=work.VERSION, encoder=encoder)
            held = filings.filings_by_id(tx, ids)
        return tuple(held[one] for one in ids if one in held)

    @permitted
    def reread(self, filing_id: FilingId) -> Upload | None:
        """Have a filing's file read again, as an upload of its own that then takes its place.

        What was added as a text is made searchable anew at once, and None returned. Raises
        NoSuchFiling, EncoderUnavailable, and UsageError where it is not searchable, or closed.
        """
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            held = uploads.stored(tx, filing_id)
            new = None if held is None else again(tx, self.who, held)
        if new is None:
            self._make_anew(filing_id)
            return None
        self._shop.bell.set()
        return known(self._shop.db, self.who, new)

    def _make_anew(self, filing_id: FilingId) -> None:
        """Make anew what a filing without a file is searched by. Raises NoSuchFiling."""
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            text = filings.text_of(tx, filing_id)
        if text is None:
            raise NoSuchFiling
        contents = contents_of(text, self._shop.encoder())
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            filings.lock(tx, [filing_id])
            filing = filings.filings_by_id(tx, [filing_id]).get(filing_id)
            if filing is None:
                raise NoSuchFiling
            writable(tx, filing.matter_id)
            filings.make_anew(tx, filing, contents, pipeline=work.VERSION)
            _tell(tx, filing.name, filing.matter_id, filing_id)


def again(tx: Transaction, who: Who, held: Stored) -> FilingId:
    """Have a file read again; return the upload that it is done on."""
    writable(tx, held.matter_id)
    uploads.lock_bytes(tx, held.matter_id, held.sha256)
    latest = uploads.stored(tx, readings.latest(tx, held.filing_id)) or held
    if latest.state in _UNDER_WAY:
        return latest.filing_id
    if latest.state is UploadState.SEARCHABLE:
        latest = _begun(tx, who, latest)
    elif latest.reading == 1:
        raise UsageError("Only what can be searched is read again; retry what has ended.")
    else:
        uploads.forget_steps(tx, latest.filing_id)
    ask_for_work(tx, who, latest)
    _tell(tx, latest.name, latest.matter_id, latest.filing_id)
    return latest.filing_id


def _begun(tx: Transaction, who: Who, latest: Stored) -> Stored:
    if not filings.filings_by_id(tx, [latest.filing_id]):
        raise UsageError("It has the very words of another filing: have that one read again.")
    new = uploads.stored(tx, readings.begin(tx, who.scope, latest.filing_id))
    if new is None:
        raise NoSuchFiling
    return new


def _tell(tx: Transaction, name: str, matter_id: MatterId, filing_id: FilingId) -> None:
    detail = {"filing_id": str(filing_id)}
    record(tx, "filing.reread", subject=name, matter_id=matter_id, detail=detail)
