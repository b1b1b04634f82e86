"""The index of vectors: one for each encoder, made after a load, dropped before a large one.

Without it, or while it is broken, search looks at every vector and says so.
"""

from __future__ import annotations

from enum import StrEnum

from core.library.db import Database, Reader


class IndexState(StrEnum):
    WHOLE = "whole"
    # A build that was broken off.
    INVALID = "invalid"
    ABSENT = "absent"


def index_name(encoder_id: int) -> str:
    return f"passages_embedding_{encoder_id}"


def index_state(db: Reader, encoder_id: int) -> IndexState:
    """Tell whether the vectors of this encoder have an index that can be used."""
    match db.value("select_index_validity", name=index_name(encoder_id)):
        case None:
            return IndexState.ABSENT
        case True:
            return IndexState.WHOLE
        case _:
            return IndexState.INVALID


def create_index(db: Database, *, encoder_id: int, dimensions: int) -> None:
    """Build the index, in one transaction: broken off, it leaves nothing. Writers wait for it."""
    with db.transaction() as transaction:
        transaction.execute("set_build_memory")
        transaction.execute("build_vector_index", encoder_id=encoder_id, dimensions=dimensions)


def drop_index(db: Database, encoder_id: int) -> None:
    """Drop the index, whole or not; nothing where there is none."""
    with db.transaction() as transaction:
        transaction.execute("drop_vector_index", encoder_id=encoder_id)
