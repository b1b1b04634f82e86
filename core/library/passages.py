"""Passages, the unit of retrieval: read by id, and served to the two arms of search.

The lexical arm takes its numbers and postings from here, the dense arm its nearest vectors.
Ties are not settled here: the arms know the stable key (source id, opinion, start).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector

from core.library.db import Database, Reader
from core.model import (
    CaseId,
    Filters,
    OpinionId,
    OpinionKind,
    Passage,
    PassageId,
    Span,
)

# What the index looks at before it stops under filters that few passages pass.
MOST_SCANNED = 20_000
# The highest frequency that a posting holds: one byte.
MOST_OFTEN = 255
# pgvector's own limit on hnsw.ef_search.
MOST_CANDIDATES = 1000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Postings:
    """The passages of one segment that have a term, ascending, and how often.

    A frequency is at most MOST_OFTEN. Numbers of passages that were deleted may be among them:
    they are not in the table.
    """

    term: str
    segment: int
    passages: NDArray[np.int32]
    frequencies: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occurrences(Postings):
    """Postings that also say where in its passage a term stands: terms before it, from 0.

    One passage's positions follow another's, ascending, as many as its frequency says.
    """

    positions: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A passage near a vector, and the cosine of the angle between the two."""

    passage_id: PassageId
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a passage of a case is, and the cosine of the angle between a vector and its own."""

    passage_id: PassageId
    case_id: CaseId
    opinion_id: OpinionId
    kind: OpinionKind
    span: Span
    similarity: float


def passages(db: Reader, ids: Sequence[PassageId]) -> list[Passage]:
    """Return the passages of these ids, in their order; ids without a passage are left out."""
    if not ids:
        return []
    found = {
        each.passage_id: each for each in db.rows("select_passages", _passage, passage_ids=[*ids])
    }
    return [found[passage_id] for passage_id in ids if passage_id in found]


def source_ids(db: Reader) -> dict[CaseId, str]:
    """Return the source id of every case: the first part of the stable key."""
    return dict(db.rows("select_source_ids", _source_id))


def postings(db: Reader, terms: Iterable[str]) -> list[Postings]:
    """Return the postings of these terms, by term and segment; terms not held are left out."""
    return db.rows("select_postings", postings_from_row, terms=sorted(set(terms)))


def occurrences(db: Reader, terms: Iterable[str]) -> list[Occurrences]:
    """Return where these terms stand, by term and segment; terms not held are left out."""
    return db.rows("select_occurrences", occurrences_from_row, terms=sorted(set(terms)))


def nearest(
    db: Database,
    vector: NDArray[np.float32],
    *,
    encoder_id: int,
    filters: Filters,
    most: int,
) -> list[Neighbour]:
    """Return up to `most` passages nearest to the unit `vector`, by the vector index.

    Nearest first. Under filters the index goes on looking until it has enough or has looked at
    MOST_SCANNED; where few passages pass, `nearest_exactly` is the one to ask.
    """
    candidates = min(max(most, 40), MOST_CANDIDATES)
    with db.transaction(seconds=30) as transaction:
        transaction.row("set_vector_scan", dict, candidates=candidates, tuples=MOST_SCANNED)
        return transaction.rows(
            "nearest_passages",
            _neighbour,
            vector=HalfVector(vector),
            dimensions=len(vector),
            encoder_id=encoder_id,
            most=most,
            **_narrowed(filters),
        )


def nearest_exactly(
    db: Reader,
    vector: NDArray[np.float32],
    *,
    encoder_id: int,
    filters: Filters,
    most: int,
) -> list[Neighbour]:
    """Return the `most` passages nearest to the unit `vector`, each one looked at."""
    return db.rows(
        "nearest_passages_exactly",
        _neighbour,
        vector=HalfVector(vector),
        encoder_id=encoder_id,
        most=most,
        **_narrowed(filters),
    )


def of_cases(
    db: Reader, case_ids: Sequence[CaseId], vector: NDArray[np.float32], *, encoder_id: int
) -> list[Place]:
    """Return every passage of these cases, by case, opinion and place, measured by a vector."""
    return db.rows(
        "measure_passages_of_cases",
        _measured,
        case_ids=[*case_ids],
        vector=HalfVector(vector),
        encoder_id=encoder_id,
    )


def stored_vector(vector: NDArray[np.float16]) -> object:
    """Return a vector, shape (d,), in the form that `Transaction.copy` takes for an embedding."""
    return HalfVector(vector)


def _narrowed(filters: Filters) -> dict[str, object]:
    """Return the filters as parameters; null where nothing is narrowed."""
    return {
        "courts": sorted(filters.courts) or None,
        "kinds": sorted(filters.kinds) or None,
        "filed_from": filters.filed_from,
        "filed_to": filters.filed_to,
        "as_of": filters.as_of,
        "exclude": sorted(filters.exclude) or None,
    }


def _passage(  # noqa: PLR0913  the columns of a passage
    *,
    passage_id: int,
    opinion_id: int,
    case_id: int,
    kind: str,
    author: str | None,
    start_offset: int,
    end_offset: int,
    text: str,
    page: str | None,
) -> Passage:
    return Passage(
        passage_id=PassageId(passage_id),
        opinion_id=OpinionId(opinion_id),
        case_id=CaseId(case_id),
        kind=OpinionKind(kind),
        author=author,
        span=Span(start_offset, end_offset),
        text=text,
        page=page,
    )


def _measured(
    *,
    passage_id: int,
    case_id: int,
    opinion_id: int,
    kind: str,
    start_offset: int,
    end_offset: int,
    similarity: float,
) -> Place:
    return Place(
        passage_id=PassageId(passage_id),
        case_id=CaseId(case_id),
        opinion_id=OpinionId(opinion_id),
        kind=OpinionKind(kind),
        span=Span(start_offset, end_offset),
        similarity=similarity,
    )


def _source_id(*, case_id: int, source_id: str) -> tuple[CaseId, str]:
    return CaseId(case_id), source_id


def _neighbour(*, passage_id: int, similarity: float) -> Neighbour:
    return Neighbour(passage_id=PassageId(passage_id), similarity=similarity)


def postings_from_row(*, term: str, segment: int, passages: bytes, frequencies: bytes) -> Postings:
    """Make postings of the columns that select_postings gives."""
    return Postings(
        term=term,
        segment=segment,
        passages=np.frombuffer(passages, dtype="<i4").astype(np.int32, copy=False),
        frequencies=np.frombuffer(frequencies, dtype=np.uint8),
    )


def occurrences_from_row(
    *, term: str, segment: int, passages: bytes, frequencies: bytes, positions: bytes
) -> Occurrences:
    """Make occurrences of the columns that select_occurrences gives."""
    return Occurrences(
        term=term,
        segment=segment,
        passages=np.frombuffer(passages, dtype="<i4").astype(np.int32, copy=False),
        frequencies=np.frombuffer(frequencies, dtype=np.uint8),
        positions=np.frombuffer(positions, dtype="<u2").astype(np.uint16, copy=False),
    )
