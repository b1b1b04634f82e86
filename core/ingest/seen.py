"""Remembers which records an import has met, on disk, however many there are."""

from __future__ import annotations

import sqlite3


class Seen:
    """The records of one import, by source id, with the content each had first."""

    def __init__(self) -> None:
        # A nameless SQLite database: in memory while small, then a file that goes away by itself.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(
            "CREATE TABLE seen (source_id TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID"
        )
        self._base.execute("BEGIN")

    def first(self, source_id: str, content: bytes) -> bytes | None:
        """Note a record; return the content it was met with before, None where it is new."""
        row = self._base.execute(
            "SELECT content FROM seen WHERE source_id = ?", (source_id,)
        ).fetchone()
        if row is not None:
            return bytes(row[0])
        self._base.execute("INSERT INTO seen VALUES (?, ?)", (source_id, content))
        return None

    def close(self) -> None:
        self._base.close()
