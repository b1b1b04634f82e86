"""What search asks of the filings: their words, their nearest vectors, their passages.

Every reader here is a transaction that names who asks. Row-level security leaves nothing but what
they may read, so that no count and no rank knows of anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector

from core.library.db import Reader
from core.model import FilingId, FilingPassage, MatterId, ReporterCitation, Span


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A passage of a filing."""

    filing_id: FilingId
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterShelf:
    """How much a matter holds: what its words are weighed by."""

    matter_id: MatterId
    passages: int
    terms: int
    # Filings whose vectors another encoder made.
    otherwise_encoded: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilingPostings:
    """The passages of one filing that have a term, ascending, and how often."""

    matter_id: MatterId
    filing_id: FilingId
    term: str
    passages: NDArray[np.int32]
    frequencies: NDArray[np.uint8]
    # Lexical terms of each passage of the filing, in order.
    lengths: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNeighbour:
    """A passage near a vector, and the cosine of the angle between the two."""

    place: Place
    similarity: float


def shelves(db: Reader, *, matter: MatterId | None, encoder: str) -> list[MatterShelf]:
    """Return the matters with filings that may be read: all of them, or one."""
    return db.rows("measure_private_shelves", _shelf, matter_id=matter, encoder=encoder)


def postings(db: Reader, terms: Sequence[str], *, matter: MatterId | None) -> list[FilingPostings]:
    """Return where these terms stand, by filing, then term."""
    return db.rows("select_filing_postings", _postings, terms=list(terms), matter_id=matter)


def nearest(
    db: Reader,
    vector: NDArray[np.float32],
    *,
    matter: MatterId | None,
    encoder: str,
    most: int,
) -> list[FilingNeighbour]:
    """Return the `most` passages nearest to the unit `vector`, each one looked at."""
    return db.rows(
        "nearest_filing_passages",
        _neighbour,
        vector=HalfVector(vector),
        encoder=encoder,
        matter_id=matter,
        most=most,
    )


def citing(db: Reader, citation: ReporterCitation, *, matter: MatterId | None) -> list[Place]:
    """Return the passages that cite a place in a reporter, by filing, then place."""
    return db.rows(
        "select_filings_citing",
        _place,
        volume=citation.volume,
        reporter=citation.reporter,
        page=citation.page,
        matter_id=matter,
    )


def passages(db: Reader, places: Sequence[Place], *, beyond: int = 0) -> dict[Place, FilingPassage]:
    """Read these passages; with `beyond`, their text runs on by so many characters."""
    found = db.rows(
        "select_filing_passages",
        _passage,
        filing_ids=[place.filing_id for place in places],
        ordinals=[place.ordinal for place in places],
        beyond=beyond,
    )
    return {Place(filing_id=each.filing_id, ordinal=each.ordinal): each for each in found}


def _shelf(*, matter_id: UUID, passages: int, terms: int, otherwise_encoded: int) -> MatterShelf:
    return MatterShelf(
        matter_id=MatterId(matter_id),
        passages=passages,
        terms=terms,
        otherwise_encoded=otherwise_encoded,
    )


def _postings(
    *,
    matter_id: UUID,
    filing_id: UUID,
    term: str,
    passages: bytes,
    frequencies: bytes,
    lengths: bytes,
) -> FilingPostings:
    return FilingPostings(
        matter_id=MatterId(matter_id),
        filing_id=FilingId(filing_id),
        term=term,
        passages=np.frombuffer(passages, dtype="<i4").astype(np.int32, copy=False),
        frequencies=np.frombuffer(frequencies, dtype=np.uint8),
        lengths=np.frombuffer(lengths, dtype="<i4").astype(np.int32, copy=False),
    )


def _neighbour(*, filing_id: UUID, ordinal: int, similarity: float) -> FilingNeighbour:
    return FilingNeighbour(
        place=_place(filing_id=filing_id, ordinal=ordinal), similarity=similarity
    )


def _place(*, filing_id: UUID, ordinal: int) -> Place:
    return Place(filing_id=FilingId(filing_id), ordinal=ordinal)


def _passage(
    *, filing_id: UUID, ordinal: int, start_offset: int, end_offset: int, text: str
) -> FilingPassage:
    return FilingPassage(
        filing_id=FilingId(filing_id),
        ordinal=ordinal,
        span=Span(start_offset, end_offset),
        text=text,
    )
