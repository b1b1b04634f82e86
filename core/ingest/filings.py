"""The desk for filings: a matter's papers, made searchable for its team and for nobody else.

A text is split, counted and encoded while no transaction is open, then written in one: it is
found whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.access.matters import writable
from core.access.permits import Who, permitted
from core.access.probe import Canary
from core.access.trail import record
from core.errors import NoSuchFiling, UsageError
from core.ingest import work
from core.ingest.contents import contents_of
from core.ingest.desk import Uploading
from core.ingest.giving import Giving
from core.ingest.particulars import Particulars
from core.ingest.removal import Removal
from core.ingest.rereading import Rereading
from core.ingest.shop import Shop
from core.ingest.versions import Versions
from core.library import filings
from core.library.db import Reader, Transaction
from core.model import Filing, FilingId, MatterId, ResolvedCitation, Scope
from core.search.cite import resolve_found
from core.search.encoder import Encoder

LONGEST_NAME = 200


class Filings(Uploading, Rereading, Particulars, Versions, Removal, Giving):
    """Filings of the matters that one person may read."""

    desk = "filings"

    def __init__(
        self,
        shop: Shop,
        who: Who,
        opened: Callable[[Filing], None],
        uploaded: Callable[[int], None],
    ) -> None:
        super().__init__(shop, who)
        # What is told of a filing that was opened, and asked before bytes are taken.
        self._opened = opened
        self._uploaded = uploaded

    @permitted
    def all(self, matter_id: MatterId) -> tuple[Filing, ...]:
        """The filings of a matter, by name; none where you may not read it."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return filings.filings(tx, matter_id)

    @permitted
    def get(self, filing_id: FilingId) -> Filing | None:
        """One filing with its text; None where there is none that you may read."""
        with self._db.transaction(scope=self.who.scope) as tx:
            found = filings.filings_by_id(tx, [filing_id]).get(filing_id)
            text = filings.text_of(tx, filing_id)
        if found is None or text is None:
            return None
        self._opened(found)
        return replace(found, text=text)

    @permitted
    def citations(self, filing_id: FilingId) -> tuple[ResolvedCitation, ...]:
        """Citations in a filing, in its order, each with what it is in this library now."""
        with self._db.transaction(scope=self.who.scope) as tx:
            found = filings.citations(tx, filing_id)
        return resolve_found(found, self._db)

    @permitted
    def add_text(self, matter_id: MatterId, name: str, text: str) -> Filing:
        """Add a text to a matter; the one that is there where it has the same text already.

        Raises NoSuchMatter, UsageError (empty, too long, matter closed), LimitReached and
        EncoderUnavailable.
        """
        scope = self.who.scope
        name = _named(name)
        with self._db.transaction(scope=scope) as tx:
            writable(tx, matter_id)
        self._uploaded(len(text.encode("utf-8", "replace")))
        contents = contents_of(text, self._shop.encoder())
        with self._db.transaction(scope=scope) as tx:
            # Asked again: what was allowed before the encoding may not be any more.
            writable(tx, matter_id)
            put = filings.put(tx, scope, matter_id, name, contents, pipeline=work.VERSION)
            if put is not None:
                record(tx, "filing.add", subject=name, matter_id=matter_id, detail=_told(put))
            filing_id = put or filings.filing_with(tx, matter_id, contents.content_sha256)
            return _found(tx, filing_id)


def plant(encoder: Callable[[], Encoder], canary: Canary) -> Callable[[Transaction, Scope], None]:
    """Make the filing that a wall is tried with; what is returned puts it on its shelf."""
    contents = contents_of(canary.text, encoder())

    def put(tx: Transaction, scope: Scope) -> None:
        filings.put(
            tx, scope, canary.matter_id, canary.secret, contents, filing_id=canary.filing_id
        )

    return put


def _told(filing_id: FilingId) -> dict[str, object]:
    return {"filing_id": str(filing_id)}


def _found(tx: Reader, filing_id: FilingId | None) -> Filing:
    held = {} if filing_id is None else filings.filings_by_id(tx, [filing_id])
    if not held:
        raise NoSuchFiling
    return next(iter(held.values()))


def _named(written: str) -> str:
    clean = " ".join("".join(c if c.isprintable() else " " for c in written).split())
    if not clean:
        raise UsageError("A filing needs a name.")
    return clean[:LONGEST_NAME]
