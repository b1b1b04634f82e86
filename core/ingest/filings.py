"""The desk for filings: a matter's papers, made searchable for its team and for nobody else.

A text is split, counted and encoded while no transaction is open, then written in one: it is
found whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from core.access.matters import releasable, writable
from core.access.permits import Who, permitted
from core.access.probe import Canary
from core.access.trail import record
from core.errors import NoSuchFiling, UsageError
from core.ingest.prepare import Postings, count_terms
from core.ingest.split import split
from core.law.citations import find_citations
from core.library import filings
from core.library.db import Database, Reader, Transaction
from core.library.filings import Contents
from core.model import Filing, FilingId, MatterId, ResolvedCitation, Scope
from core.search.cite import resolve_found
from core.search.encoder import Encoder
from core.search.terms import terms

LONGEST_NAME = 200
LONGEST_TEXT = 20_000_000  # characters: forty volumes of a record


class Filings:
    """Filings of the matters that one person may read."""

    desk = "filings"

    def __init__(
        self,
        db: Database,
        who: Who,
        encoder: Callable[[], Encoder],
        opened: Callable[[Filing], None],
        uploaded: Callable[[int], None],
    ) -> None:
        self.who = who
        self._db = db
        self._encoder = encoder
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
        contents = contents_of(text, self._encoder())
        with self._db.transaction(scope=scope) as tx:
            # Asked again: what was allowed before the encoding may not be any more.
            writable(tx, matter_id)
            put = filings.put(tx, scope, matter_id, name, contents)
            if put is not None:
                record(tx, "filing.add", subject=name, matter_id=matter_id, detail=_told(put))
            filing_id = put or filings.filing_with(tx, matter_id, contents.content_sha256)
            return _found(tx, filing_id)

    @permitted
    def remove(self, *filing_ids: FilingId) -> None:
        """Remove filings with all that was made of them: every one of them, or none.

        Raises NoSuchFiling, and UsageError where one is under legal hold.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            held = filings.filings_by_id(tx, filing_ids)
            if not set(filing_ids) <= set(held):
                raise NoSuchFiling
            for matter_id in sorted({filing.matter_id for filing in held.values()}):
                releasable(tx, matter_id)
            for filing_id, filing in held.items():
                told = _told(filing_id)
                record(
                    tx,
                    "filing.remove",
                    subject=filing.name,
                    matter_id=filing.matter_id,
                    detail=told,
                )
                if not filings.remove(tx, filing_id):
                    raise NoSuchFiling


def contents_of(text: str, encoder: Encoder) -> Contents:
    """Make of a text what its filing is searched by. Raises UsageError and EncoderUnavailable."""
    clean = _stored(text)
    spans = split(clean)
    texts = [span.of(clean) for span in spans]
    counted = [terms(each) for each in texts]
    empty = np.zeros((0, encoder.dimensions), dtype=np.float16)
    return Contents(
        text=clean,
        content_sha256=hashlib.sha256(clean.encode()).digest(),
        passages=spans,
        lengths=np.fromiter(map(len, counted), dtype=np.int32, count=len(counted)),
        vectors=encoder.encode(texts).astype(np.float16) if texts else empty,
        postings=tuple(_packed(count_terms(counted))),
        citations=tuple(find_citations(clean)),
        encoder=encoder.fingerprint,
    )


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


def _stored(text: str) -> str:
    """Return a text as Postgres can hold it; spans are over what is stored."""
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    if not clean.strip():
        raise UsageError("There is no text in this filing.")
    if len(clean) > LONGEST_TEXT:
        raise UsageError(f"A filing has at most {LONGEST_TEXT:,} characters.")
    return clean


def _packed(postings: Postings) -> list[tuple[str, bytes, bytes]]:
    passages = postings.passages.astype("<i4").tobytes()
    frequencies = postings.frequencies.tobytes()
    borders = pairwise([0, *postings.ends.tolist()])
    return [
        (term, passages[4 * start : 4 * end], frequencies[start:end])
        for term, (start, end) in zip(postings.terms, borders, strict=True)
    ]


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
