"""Many matters with filings at once, put on the shelf by the superuser: the facade takes longer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
from pgvector.psycopg import register_vector

from core.ingest.filings import contents_of
from core.library.filings import Contents
from core.library.passages import stored_vector
from core.model import FilingId, MatterId, PersonId
from core.search.encoder import Encoder
from tests.db.test_search import WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A filing that was put on the shelf."""

    matter_id: MatterId
    filing_id: FilingId
    name: str
    contents: Contents


def passage(rng: random.Random, n: int) -> str:
    """A text of one passage; the word case{n} is in no other."""
    return f"The {' '.join(rng.choices(WORDS, k=rng.randint(5, 25)))} was considered, case{n}."


def put_filings(
    superuser: str,
    person_id: PersonId,
    encoder: Encoder,
    texts: Sequence[Sequence[str]],
) -> list[Put]:
    """Open a matter for each sequence of texts and put them on its shelf; return all, in order."""
    matters = [(MatterId(uuid4()), f"{n:05d}", "Of many", person_id) for n in range(len(texts))]
    put = [
        Put(
            matter_id=matter_id,
            filing_id=FilingId(uuid4()),
            name=f"Filing {at:05d}",
            contents=contents_of(text, encoder),
        )
        for (matter_id, *_), held in zip(matters, texts, strict=True)
        for at, text in enumerate(held)
    ]
    with psycopg.connect(superuser) as connection:
        register_vector(connection)
        _copy(connection, "matters (matter_id, number, name, opened_by)", matters)
        _copy(
            connection,
            "filings (filing_id, matter_id, name, text, content_sha256, lengths, passages, terms,"
            " encoder, added_by)",
            [_filing(one, person_id) for one in put],
        )
        _copy(connection, "filing_passages", [row for one in put for row in _passages(one)])
        _copy(
            connection,
            "filing_postings (filing_id, matter_id, term, passages, frequencies)",
            [
                (one.filing_id, one.matter_id, *each)
                for one in put
                for each in one.contents.postings
            ],
        )
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return put


def join_team(superuser: str, person_id: PersonId, matters: Sequence[MatterId]) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.cursor().executemany(
            "INSERT INTO team_members (matter_id, person_id, added_by) VALUES (%s, %s, %s)",
            [(matter_id, person_id, person_id) for matter_id in matters],
        )
        connection.execute("ANALYZE team_members")


def _copy(connection: psycopg.Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _filing(one: Put, person_id: UUID) -> tuple[object, ...]:
    held = one.contents
    return (
        *(one.filing_id, one.matter_id, one.name, held.text, held.content_sha256),
        *(held.lengths.astype("<i4").tobytes(), len(held.passages), int(held.lengths.sum())),
        *(held.encoder, person_id),
    )


def _passages(one: Put) -> list[tuple[object, ...]]:
    held = zip(one.contents.passages, one.contents.vectors, strict=True)
    return [
        (one.filing_id, n, one.matter_id, span.start, span.end, stored_vector(vector))
        for n, (span, vector) in enumerate(held)
    ]
