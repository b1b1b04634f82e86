"""What an import leaves to do once every case is on the shelf.

Links between the cases, the lexical index in one piece, the index of vectors: each is done only
where it is due, so that an import that was broken off here is finished by the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.law.captions import names_agree
from core.library.citing import resolve_citations
from core.library.db import Database
from core.library.segments import merge_segments
from core.library.vector_index import IndexState, create_index, drop_index, index_state

# Below this, looking at every vector is faster than an index is worth.
FEWEST_INDEXED = 2_000
# Building the index anew for so many vectors costs less than a large import into it.
CHEAP_TO_REBUILD = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Encoded:
    """An encoder of the library, and how many passages have vectors of it."""

    encoder_id: int
    name: str
    fingerprint: str
    dimensions: int
    passages: int


def make_ready(db: Database) -> None:
    """Drop a small index of vectors before a large import: it is built again at the end."""
    for encoded in _encoded(db):
        if encoded.passages < CHEAP_TO_REBUILD:
            drop_index(db, encoded.encoder_id)


def finish(db: Database, say: Callable[[str], None]) -> None:
    """Link the cases, join the segments, index the vectors, and measure the tables."""
    say("linking citations")
    with db.transaction() as transaction:
        # Two imports that end at once would each wait for rows that the other has.
        transaction.execute("lock_shelf")
        resolve_citations(transaction, names_agree)
    say("joining the word index")
    with db.transaction() as transaction:
        transaction.execute("lock_shelf")
        merge_segments(transaction)
    for encoded in _encoded(db):
        if encoded.passages >= FEWEST_INDEXED and _is_due(db, encoded.encoder_id):
            say("indexing the vectors")
            drop_index(db, encoded.encoder_id)
            create_index(db, encoder_id=encoded.encoder_id, dimensions=encoded.dimensions)


def measure_tables(db: Database) -> None:
    """Tell Postgres how large the tables have become, so that it plans searches rightly."""
    with db.transaction() as transaction:
        transaction.execute("measure_public_shelf")


def _is_due(db: Database, encoder_id: int) -> bool:
    return index_state(db, encoder_id) is not IndexState.WHOLE


def _encoded(db: Database) -> list[_Encoded]:
    return db.rows("count_encoded_passages", _Encoded)
