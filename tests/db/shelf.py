"""Puts small cases on the shelf for tests, straight through COPY, without import or encoder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from pgvector import HalfVector

from core.library.db import Database, Transaction
from core.model import LegalDate

_IDS = count(1)
DIMENSIONS = 4


@dataclass(kw_only=True)
class Writing:
    """An opinion: its passages are its paragraphs; `citations` are (text, columns)."""

    text: str = "We affirm."
    kind: str = "majority"
    author: str | None = None
    pages: tuple[tuple[int, str], ...] = ()
    citations: tuple[tuple[str, dict[str, object]], ...] = ()
    vectors: tuple[tuple[float, ...], ...] = ()


@dataclass(kw_only=True)
class Shelved:
    source_id: str
    name: str | None = None
    court: str = "scotus"
    filed: str | None = "2009-04-22"
    docket: str | None = None
    places: tuple[str, ...] = ()
    writings: tuple[Writing, ...] = field(default_factory=lambda: (Writing(),))


def shelve(db: Database, *cases: Shelved) -> dict[str, int]:
    """Write the cases in one transaction; return their ids by source id."""
    with db.transaction() as transaction:
        _ensure(transaction, {case.court for case in cases})
        return {case.source_id: _write(transaction, case) for case in cases}


def cite(place: str, **more: object) -> tuple[str, dict[str, object]]:
    """A full citation to `volume reporter page`, as it stands in the text."""
    volume, *reporter, page = place.split()
    columns = {"volume": volume, "reporter": " ".join(reporter), "page": page, "kind": "full"}
    return place, columns | more


def short(text: str, antecedent: int, **more: object) -> tuple[str, dict[str, object]]:
    return text, {"kind": "id", "antecedent": antecedent} | more


def _ensure(transaction: Transaction, courts: set[str]) -> None:
    for court in sorted(courts):
        transaction.execute("upsert_court", court=court, name=court.title(), jurisdiction=None)
    if not transaction.rows("select_encoders", dict):
        transaction.value("insert_encoder", name="toy", fingerprint="toy", dimensions=DIMENSIONS)


def _write(transaction: Transaction, case: Shelved) -> int:
    case_id = next(_IDS)
    filed = None if case.filed is None else LegalDate.parse(case.filed)
    first, last = (None, None) if filed is None else (filed.first, filed.last)
    digest = hashlib.sha256(case.source_id.encode()).digest()
    transaction.copy(
        "cases",
        "case_id source_id court case_name docket_number date_filed filed_first filed_last "
        "content_sha256".split(),
        [
            (
                *(case_id, case.source_id, case.court, case.name, case.docket),
                *(case.filed, first, last, digest),
            )
        ],
    )
    transaction.copy(
        "case_citations",
        "case_id ordinal as_printed volume reporter page".split(),
        [(case_id, n, place, *_place(place)) for n, place in enumerate(case.places)],
    )
    for ordinal, writing in enumerate(case.writings):
        _write_opinion(transaction, case, case_id, ordinal, writing)
    return case_id


def _place(place: str) -> tuple[str, str, str]:
    volume, *reporter, page = place.split()
    return volume, " ".join(reporter), page


def _write_opinion(
    transaction: Transaction, case: Shelved, case_id: int, ordinal: int, writing: Writing
) -> None:
    opinion_id = next(_IDS)
    transaction.copy(
        "opinions",
        "opinion_id case_id ordinal kind author text".split(),
        [(opinion_id, case_id, ordinal, writing.kind, writing.author, writing.text)],
    )
    transaction.copy(
        "pages",
        "opinion_id start_offset label".split(),
        [(opinion_id, start, label) for start, label in writing.pages],
    )
    _write_passages(transaction, case, case_id, opinion_id, writing)
    _write_citations(transaction, case_id, opinion_id, writing)
    transaction.execute("insert_treatment_cues", opinion_ids=[opinion_id])


def _write_passages(
    transaction: Transaction, case: Shelved, case_id: int, opinion_id: int, writing: Writing
) -> None:
    filed = None if case.filed is None else LegalDate.parse(case.filed)
    rows, start = [], 0
    for n, paragraph in enumerate(writing.text.split("\n\n")):
        vector = writing.vectors[n] if n < len(writing.vectors) else (1.0, 0.0, 0.0, 0.0)
        rows.append(
            (next(_IDS), case_id, opinion_id, start, start + len(paragraph))
            + (len(paragraph.split()), case.court, writing.kind)
            + ((None, None) if filed is None else (filed.first, filed.last))
            + (1, HalfVector(np.array(vector)))
        )
        start += len(paragraph) + 2
    transaction.copy(
        "passages",
        "passage_id case_id opinion_id start_offset end_offset terms court kind filed_first "
        "filed_last encoder_id embedding".split(),
        rows,
    )


def _write_citations(
    transaction: Transaction, case_id: int, opinion_id: int, writing: Writing
) -> None:
    columns = (
        "kind volume reporter page plaintiff defendant pincite signal parenthetical antecedent"
    ).split()
    rows, after = [], 0
    for ordinal, (text, given) in enumerate(writing.citations):
        start = writing.text.index(text, after)
        after = start + len(text)
        # A sentence of the toy texts begins with "See", so that "S. Ct." ends none.
        sentence = given.get("sentence") or (max(0, writing.text.rfind("See ", 0, start)), after)
        rows.append(
            (
                *(opinion_id, ordinal, case_id, start, after, *sentence),
                *(given.get(column) for column in columns),
                "unresolved" if "antecedent" in given else "not_held",
            )
        )
    transaction.copy(
        "citations",
        [
            *("opinion_id", "ordinal", "case_id", "start_offset", "end_offset"),
            *("sentence_start", "sentence_end", *columns, "status"),
        ],
        rows,
    )
