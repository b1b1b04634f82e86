"""The door to the database."""

from __future__ import annotations

from core.library.db import Database


def test_a_migrated_library_is_empty(db: Database) -> None:
    assert db.value("count_cases") == 0
