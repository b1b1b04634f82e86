"""The filings of a matter: put on its shelf, listed, read, removed.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray

from core.library.db import Reader, Transaction
from core.library.passages import stored_vector
from core.model import (
    CitationKind,
    Filing,
    FilingId,
    FoundCitation,
    MatterId,
    ReporterCitation,
    Scope,
    Span,
)

_SMALLINT = 32_767


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contents:
    """A filing's text and all that was made of it. Lengths, vectors run over its passages."""

    text: str
    content_sha256: bytes
    passages: tuple[Span, ...]
    # Lexical terms in each passage.
    lengths: NDArray[np.int32]
    # float16, shape (n, d), unit length.
    vectors: NDArray[np.float16]
    # For each term the passages that have it, ascending, and how often, as stored.
    postings: tuple[tuple[str, bytes, bytes], ...]
    citations: tuple[FoundCitation, ...]
    # Fingerprint of the encoder.
    encoder: str
    # By which near duplicates are known; None where nobody looks for such.
    signature: bytes | None = None
    # Offset at which the footnotes begin, which stand behind the body; None where there are none.
    footnotes_start: int | None = None


def filings(db: Reader, matter_id: MatterId) -> tuple[Filing, ...]:
    """Return the filings of a matter, by name, without their texts."""
    return tuple(db.rows("select_filings", _filing, matter_id=matter_id, filing_ids=None))


def filings_by_id(db: Reader, ids: Sequence[FilingId]) -> dict[FilingId, Filing]:
    """Return these filings without their texts, by number of the matter, then name."""
    found = db.rows("select_filings", _filing, matter_id=None, filing_ids=list(ids))
    return {filing.filing_id: filing for filing in found}


def texts(
    db: Reader,
    matter_id: MatterId | None,
    *,
    named: str = "",
    most: int | None = None,
    beyond: int = 0,
) -> tuple[Filing, ...]:
    """Return filings of a matter, or of any, that never were files, by matter, then name."""
    ids = db.rows("select_texts", _id, matter_id=matter_id, named=named, most=most, beyond=beyond)
    return tuple(filings_by_id(db, ids).values()) if ids else ()


def count_texts(db: Reader, matter_id: MatterId | None, *, named: str = "") -> int:
    """Count the filings of a matter, or of any, that never were files."""
    found = db.value("count_texts", matter_id=matter_id, named=named)
    return found if isinstance(found, int) else 0


def filing_with(db: Reader, matter_id: MatterId, content_sha256: bytes) -> FilingId | None:
    """Return the filing of a matter that has this very text."""
    found = db.value("select_filing_by_content", matter_id=matter_id, content_sha256=content_sha256)
    return FilingId(found) if isinstance(found, UUID) else None


def text_of(db: Reader, filing_id: FilingId) -> str | None:
    """Return what a filing says; None where it is not there."""
    found = db.value("select_filing_text", filing_id=filing_id)
    return found if isinstance(found, str) else None


def footnotes_of(db: Reader, filing_id: FilingId) -> int | None:
    """Return where a filing's footnotes begin; None where there are none apart."""
    found = db.value("select_filing_footnotes", filing_id=filing_id)
    return found if isinstance(found, int) else None


def citations(db: Reader, filing_id: FilingId) -> tuple[FoundCitation, ...]:
    """Return the citations found in a filing, in their order."""
    return tuple(db.rows("select_filing_citations", _citation, filing_id=filing_id))


def put(
    transaction: Transaction,
    scope: Scope,
    matter_id: MatterId,
    name: str,
    contents: Contents,
    *,
    filing_id: FilingId | None = None,
    pipeline: int = 1,
    instead_of: Filing | None = None,
) -> FilingId | None:
    """Put a filing on a matter's shelf; None where one of the same text stands there.

    `pipeline` is the version that read it. One that comes `instead_of` another was added when that
    one was, and is itself replaced by what had replaced that one.
    """
    # The id is made here: whoever tries a wall out may write a filing that they cannot read.
    filing_id = filing_id or FilingId(uuid4())
    written = transaction.execute(
        "insert_filing",
        filing_id=filing_id,
        matter_id=matter_id,
        name=name,
        text=contents.text,
        **_columns(contents),
        pipeline=pipeline,
        added_by=scope.person_id,
        added_at=instead_of and instead_of.added_at,
        replaced_by=instead_of and instead_of.replaced_by,
    )
    if not written:
        return None
    _put_contents(transaction, matter_id, filing_id, contents)
    return filing_id


def make_anew(
    transaction: Transaction, filing: Filing, contents: Contents, *, pipeline: int
) -> bool:
    """Have a filing searched by what was made anew of its text; False where that is another."""
    fits = transaction.execute(
        "update_filing_contents",
        filing_id=filing.filing_id,
        **_columns(contents),
        pipeline=pipeline,
    )
    if not fits:
        return False
    for made in ("delete_filing_passages", "delete_filing_postings", "delete_filing_citations"):
        transaction.execute(made, filing_id=filing.filing_id)
    _put_contents(transaction, filing.matter_id, filing.filing_id, contents)
    return True


def lock(transaction: Transaction, ids: Sequence[FilingId]) -> None:
    """Let nobody else change or remove these filings until the transaction ends."""
    transaction.execute("lock_filings", filing_ids=list(ids))


def remove(transaction: Transaction, filing_id: FilingId) -> bool:
    """Remove a filing with all that was made of it; False where it is not there, or is held."""
    return transaction.execute("delete_filing", filing_id=filing_id) == 1


def _columns(contents: Contents) -> dict[str, object]:
    """Return what the row of a filing says of its contents."""
    return {
        "content_sha256": contents.content_sha256,
        "lengths": contents.lengths.astype("<i4").tobytes(),
        "passages": len(contents.passages),
        "terms": int(contents.lengths.sum()),
        "encoder": contents.encoder,
        "signature": contents.signature,
        "footnotes_start": contents.footnotes_start,
    }


def _put_contents(
    transaction: Transaction, matter_id: MatterId, filing_id: FilingId, contents: Contents
) -> None:
    # No COPY: Postgres has none into a table with row-level security.
    place = {"matter_id": matter_id, "filing_id": filing_id}
    transaction.execute(
        "insert_filing_passages",
        **place,
        starts=[span.start for span in contents.passages],
        ends=[span.end for span in contents.passages],
        vectors=[stored_vector(row) for row in contents.vectors],
    )
    terms, passages, frequencies = (
        map(list, zip(*contents.postings, strict=True)) if contents.postings else ([], [], [])
    )
    transaction.execute(
        "insert_filing_postings", **place, terms=terms, passages=passages, frequencies=frequencies
    )
    transaction.execute(
        "insert_filing_citations",
        **place,
        citations=json.dumps([_row(n, found) for n, found in enumerate(contents.citations)]),
    )


def _row(ordinal: int, found: FoundCitation) -> dict[str, object]:
    place = found.citation
    known_year = found.year is not None and 0 < found.year <= _SMALLINT
    return {
        "ordinal": ordinal,
        "kind": found.kind.value,
        "start_offset": found.span.start,
        "end_offset": found.span.end,
        "full_start": found.full_span.start,
        "full_end": found.full_span.end,
        "volume": place.volume if place else None,
        "reporter": place.reporter if place else None,
        "page": place.page if place else None,
        "plaintiff": found.plaintiff,
        "defendant": found.defendant,
        "year": found.year if known_year else None,
        "pincite": found.pincite,
        "signal": found.signal,
        "parenthetical": found.parenthetical,
        "antecedent": found.antecedent,
    }


def _citation(  # noqa: PLR0913  the columns of a citation
    *,
    kind: str,
    text: str,
    start_offset: int,
    end_offset: int,
    full_start: int,
    full_end: int,
    volume: str | None,
    reporter: str | None,
    page: str | None,
    plaintiff: str | None,
    defendant: str | None,
    year: int | None,
    pincite: str | None,
    signal: str | None,
    parenthetical: str | None,
    antecedent: int | None,
) -> FoundCitation:
    place = None
    if volume and reporter and page:
        place = ReporterCitation(volume=volume, reporter=reporter, page=page)
    return FoundCitation(
        kind=CitationKind(kind),
        span=Span(start_offset, end_offset),
        full_span=Span(full_start, full_end),
        text=text,
        citation=place,
        plaintiff=plaintiff,
        defendant=defendant,
        pincite=pincite,
        year=year,
        signal=signal,
        parenthetical=parenthetical,
        antecedent=antecedent,
    )


def _id(*, filing_id: UUID) -> FilingId:
    return FilingId(filing_id)


def _filing(  # noqa: PLR0913  the columns of a filing
    *,
    filing_id: UUID,
    matter_id: UUID,
    name: str,
    characters: int,
    passages: int,
    added_by: str,
    added_at: datetime,
    replaced_by: UUID | None,
    reading: int,
) -> Filing:
    return Filing(
        filing_id=FilingId(filing_id),
        matter_id=MatterId(matter_id),
        name=name,
        characters=characters,
        passages=passages,
        added_by=added_by,
        added_at=added_at,
        replaced_by=None if replaced_by is None else FilingId(replaced_by),
        reading=reading,
    )
