"""Puts a prepared batch of cases on the shelf: all of it in one transaction, or none.

A case that is there already with other content keeps its number, so that links to it hold; what
was made of its old content goes in the same transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np
from pgvector import HalfVector

from core.errors import EncoderMismatch
from core.ingest.prepare import CasePrepared, CitationPrepared, EncoderUsed, Prepared
from core.library.db import Database, Reader, Transaction
from core.model import CaseRecord, OpinionRecord

_SMALLINT = 32_767

_CASES = (
    "case_id source_id court case_name docket_number date_filed filed_first filed_last "
    "date_argued source license invented extra content_sha256"
).split()
_CASE_CITATIONS = "case_id ordinal as_printed volume reporter page".split()
_OPINIONS = "opinion_id case_id ordinal kind author text footnotes_start".split()
_PAGES = "opinion_id start_offset label".split()
_PASSAGES = (
    "passage_id case_id opinion_id start_offset end_offset terms court kind filed_first "
    "filed_last encoder_id embedding"
).split()
_POSTINGS = "term segment passages frequencies".split()
_CITATIONS = (
    "opinion_id ordinal case_id kind start_offset end_offset sentence_start sentence_end volume "
    "reporter page plaintiff defendant year pincite signal parenthetical antecedent status"
).split()

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record the library holds, and the sha256 of its content as imported."""

    source_id: str
    case_id: int
    content_sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """How much was put on the shelf."""

    cases: int = 0
    opinions: int = 0
    passages: int = 0
    citations: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _EncoderRow:
    encoder_id: int
    name: str
    fingerprint: str
    dimensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """An opinion with the numbers it has on the shelf."""

    case: CasePrepared
    case_id: int
    opinion_id: int
    # Index in `case.opinions`.
    at: int

    @property
    def record(self) -> OpinionRecord:
        return self.case.record.opinions[self.at]


def content_sha256(record: CaseRecord) -> bytes:
    """Return the hash by which an unchanged record is known: sha256 of its canonical JSON."""
    canonical = json.dumps(asdict(record), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).digest()


def known_records(reader: Reader, source_ids: Sequence[str]) -> dict[str, Known]:
    """Return what the library holds of these records, by source id."""
    found = reader.rows("select_known_records", Known, source_ids=list(source_ids))
    return {known.source_id: known for known in found}


def store(db: Database, batch: Prepared, hashes: Mapping[str, bytes]) -> Stored:
    """Write a batch; `hashes` are the content hashes by source id.

    A case that was stored meanwhile with the same content is written again, to the same effect.
    Raises EncoderMismatch and DatabaseUnavailable, and then nothing was written.
    """
    with db.transaction() as tx:
        tx.execute("lock_shelf")
        encoder_id = _encoder_id(tx, batch.encoder)
        case_ids = _store_cases(tx, batch.cases, hashes)
        placed = _place(tx, batch.cases, case_ids)
        _store_opinions(tx, placed)
        passages = _store_passages(tx, batch, placed, encoder_id)
        citations = tx.copy("citations", _CITATIONS, _citation_rows(placed))
        tx.execute("bump_revision")
    return Stored(
        cases=len(batch.cases), opinions=len(placed), passages=passages, citations=citations
    )


def require_same_encoder(reader: Reader, encoder: EncoderUsed) -> int | None:
    """Return the encoder's number in the library, None where nothing was encoded yet.

    Raises EncoderMismatch where the library's vectors were made with another.
    """
    held = reader.rows("select_encoders", _EncoderRow)
    for row in held:
        if row.fingerprint == encoder.fingerprint:
            return row.encoder_id
    if held:
        raise EncoderMismatch(
            f"The library's vectors were made with {held[0].name}; this encoder is "
            f"{encoder.name}, or another version of it. Nothing was imported. Set "
            "ONPOINT_ENCODER to the one the library was made with, or start a new home."
        )
    return None


def _encoder_id(tx: Transaction, encoder: EncoderUsed) -> int:
    held = require_same_encoder(tx, encoder)
    if held is not None:
        return held
    return _number(tx.value("insert_encoder", **asdict(encoder)))


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"the database gave {value!r} for a number")
    return value


def _reserve(tx: Transaction, query: str, count: int) -> range:
    if not count:
        return range(0)
    last = _number(tx.value(query, count=count))
    return range(last - count + 1, last + 1)


def _store_cases(
    tx: Transaction, cases: Sequence[CasePrepared], hashes: Mapping[str, bytes]
) -> list[int]:
    """Write the cases, new or again, and return their numbers in order."""
    for court in {(c.record.court, c.record.court_name, c.record.jurisdiction) for c in cases}:
        tx.execute(
            "upsert_court", **dict(zip(("court", "name", "jurisdiction"), court, strict=True))
        )
    known = known_records(tx, [case.record.source_id for case in cases])
    new = iter(_reserve(tx, "reserve_cases", len(cases) - len(known)))
    ids: list[int] = []
    rows: list[Row] = []
    for case in cases:
        held = known.get(case.record.source_id)
        ids.append(next(new) if held is None else held.case_id)
        row = _case_row(ids[-1], case.record, hashes[case.record.source_id])
        if held is None:
            rows.append(row)
        else:
            tx.execute("update_case", **dict(zip(_CASES, row, strict=True)))
    _clear(tx, [held.case_id for held in known.values()])
    tx.copy("cases", _CASES, rows)
    tx.copy("case_citations", _CASE_CITATIONS, _case_citation_rows(cases, ids))
    return ids


def _clear(tx: Transaction, case_ids: list[int]) -> None:
    if case_ids:
        tx.execute("unlink_cases_citing", case_ids=case_ids)
        tx.execute("delete_opinions", case_ids=case_ids)
        tx.execute("delete_case_citations", case_ids=case_ids)


def _case_row(case_id: int, record: CaseRecord, content: bytes) -> Row:
    filed, argued = record.date_filed, record.date_argued
    return (
        case_id,
        record.source_id,
        record.court,
        record.case_name,
        record.docket_number,
        None if filed is None else str(filed),
        None if filed is None else filed.first,
        None if filed is None else filed.last,
        None if argued is None else str(argued),
        record.source,
        record.license,
        record.invented,
        dict(record.extra),
        content,
    )


def _case_citation_rows(cases: Sequence[CasePrepared], ids: Sequence[int]) -> Iterator[Row]:
    for case, case_id in zip(cases, ids, strict=True):
        written = zip(case.record.citations, case.places, strict=True)
        for ordinal, (printed, place) in enumerate(written):
            parts = (place.volume, place.reporter, place.page) if place else (None, None, None)
            yield (case_id, ordinal, printed, *parts)


def _place(
    tx: Transaction, cases: Sequence[CasePrepared], case_ids: Sequence[int]
) -> list[_Placed]:
    pairs = [
        (case, case_id, at)
        for case, case_id in zip(cases, case_ids, strict=True)
        for at in range(len(case.opinions))
    ]
    ids = _reserve(tx, "reserve_opinions", len(pairs))
    return [
        _Placed(case=case, case_id=case_id, opinion_id=opinion_id, at=at)
        for (case, case_id, at), opinion_id in zip(pairs, ids, strict=True)
    ]


def _store_opinions(tx: Transaction, placed: Sequence[_Placed]) -> None:
    tx.copy("opinions", _OPINIONS, (_opinion_row(opinion) for opinion in placed))
    tx.copy(
        "pages",
        _PAGES,
        (
            (opinion.opinion_id, page.start, page.label)
            for opinion in placed
            for page in opinion.record.pages
        ),
    )


def _opinion_row(opinion: _Placed) -> Row:
    record = opinion.record
    numbers = (opinion.opinion_id, opinion.case_id, opinion.at)
    return (*numbers, str(record.kind), record.author, record.text, record.footnotes_start)


def _store_passages(
    tx: Transaction, batch: Prepared, placed: Sequence[_Placed], encoder_id: int
) -> int:
    """Write the passages and, as one segment of the lexical index, their postings."""
    ids = _reserve(tx, "reserve_passages", len(batch.lengths))
    if not ids:
        return 0
    rows = _passage_rows(batch, placed, ids, encoder_id)
    written = tx.copy("passages", _PASSAGES, rows)
    segment = _number(tx.value("insert_segment", passages=written))
    tx.copy("postings", _POSTINGS, _posting_rows(batch, segment, ids[0]))
    return written


def _passage_rows(
    batch: Prepared, placed: Iterable[_Placed], ids: Iterable[int], encoder_id: int
) -> Iterator[Row]:
    numbered = zip(ids, batch.lengths.tolist(), batch.vectors, strict=True)
    for opinion in placed:
        record = opinion.case.record
        filed = record.date_filed
        shared = (
            record.court,
            str(opinion.record.kind),
            None if filed is None else filed.first,
            None if filed is None else filed.last,
            encoder_id,
        )
        for span in opinion.case.opinions[opinion.at].passages:
            passage_id, terms, vector = next(numbered)
            place = (passage_id, opinion.case_id, opinion.opinion_id, span.start, span.end, terms)
            yield (*place, *shared, HalfVector(vector))


def _posting_rows(batch: Prepared, segment: int, first_passage: int) -> Iterator[Row]:
    postings = batch.postings
    ids = (postings.passages + np.int32(first_passage)).astype("<i4").tobytes()
    frequencies = postings.frequencies.tobytes()
    borders = pairwise([0, *postings.ends.tolist()])
    for term, (start, end) in zip(postings.terms, borders, strict=True):
        yield (term, segment, ids[4 * start : 4 * end], frequencies[start:end])


def _citation_rows(placed: Iterable[_Placed]) -> Iterator[Row]:
    for opinion in placed:
        citations = opinion.case.opinions[opinion.at].citations
        for ordinal, citation in enumerate(citations):
            yield (opinion.opinion_id, ordinal, opinion.case_id, *_citation_row(citation))


def _citation_row(citation: CitationPrepared) -> Row:
    found, place = citation.found, citation.found.citation
    known_year = found.year is not None and 0 < found.year <= _SMALLINT
    return (
        str(found.kind),
        found.span.start,
        found.span.end,
        citation.sentence.start,
        citation.sentence.end,
        place.volume if place else None,
        place.reporter if place else None,
        place.page if place else None,
        found.plaintiff,
        found.defendant,
        found.year if known_year else None,
        found.pincite,
        found.signal,
        found.parenthetical,
        found.antecedent,
        str(citation.status),
    )
