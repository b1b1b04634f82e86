"""Puts a prepared batch of cases on the shelf: all of it in one transaction, or none.

A case that is there already with other content keeps its number, so that links to it hold; what
was made of its old content goes in the same transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from core.errors import EncoderMismatch
from core.ingest.prepare import CasePrepared, EncoderUsed, Prepared
from core.ingest.rows import (
    CASE_CITATIONS,
    CASES,
    CITATIONS,
    OPINIONS,
    PAGES,
    PASSAGES,
    POSTINGS,
    Placed,
    Row,
    case_citation_rows,
    case_row,
    citation_rows,
    opinion_row,
    passage_rows,
    posting_rows,
)
from core.library.db import Database, Reader, Transaction
from core.model import CaseRecord


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
        citations = tx.copy("citations", CITATIONS, citation_rows(placed))
        tx.execute("insert_treatment_cues", opinion_ids=[each.opinion_id for each in placed])
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
        row = case_row(ids[-1], case.record, hashes[case.record.source_id])
        if held is None:
            rows.append(row)
        else:
            tx.execute("update_case", **dict(zip(CASES, row, strict=True)))
    _clear(tx, [held.case_id for held in known.values()])
    tx.copy("cases", CASES, rows)
    tx.copy("case_citations", CASE_CITATIONS, case_citation_rows(cases, ids))
    return ids


def _clear(tx: Transaction, case_ids: list[int]) -> None:
    if case_ids:
        tx.execute("unlink_cases_citing", case_ids=case_ids)
        tx.execute("delete_opinions", case_ids=case_ids)
        tx.execute("delete_case_citations", case_ids=case_ids)


def _place(tx: Transaction, cases: Sequence[CasePrepared], case_ids: Sequence[int]) -> list[Placed]:
    pairs = [
        (case, case_id, at)
        for case, case_id in zip(cases, case_ids, strict=True)
        for at in range(len(case.opinions))
    ]
    ids = _reserve(tx, "reserve_opinions", len(pairs))
    return [
        Placed(case=case, case_id=case_id, opinion_id=opinion_id, at=at)
        for (case, case_id, at), opinion_id in zip(pairs, ids, strict=True)
    ]


def _store_opinions(tx: Transaction, placed: Sequence[Placed]) -> None:
    tx.copy("opinions", OPINIONS, (opinion_row(opinion) for opinion in placed))
    tx.copy(
        "pages",
        PAGES,
        (
            (opinion.opinion_id, page.start, page.label)
            for opinion in placed
            for page in opinion.record.pages
        ),
    )


def _store_passages(
    tx: Transaction, batch: Prepared, placed: Sequence[Placed], encoder_id: int
) -> int:
    """Write the passages and, as one segment of the lexical index, their postings."""
    ids = _reserve(tx, "reserve_passages", len(batch.lengths))
    if not ids:
        return 0
    rows = passage_rows(batch, placed, ids, encoder_id)
    written = tx.copy("passages", PASSAGES, rows)
    segment = _number(tx.value("insert_segment", passages=written))
    tx.copy("postings", POSTINGS, posting_rows(batch, segment, ids[0]))
    return written
