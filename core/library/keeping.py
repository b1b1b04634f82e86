"""What is kept, looked over: broken rules, files that are to be there.

The app's own role is not shown what is in matters; the owner of the tables is, and is told ids and
counts, never a name or a text.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import psycopg
from psycopg.rows import kwargs_row, scalar_row

from core.library.faults import in_words
from core.library.queries import checks, query
from core.library.reach import reach

_SHOWN = 5  # ids that are named of what breaks a rule
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule of sql/checks that does not hold: how often, and ids of the first."""

    name: str
    question: str
    count: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that is to be there, with its hash and its size."""

    matter_id: UUID
    filing_id: UUID
    sha256: bytes
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """How many filings and cases have vectors of another encoder."""

    filings: int
    cases: int


class Keeping:
    """One look at all rows, as they are at one moment; those of matters are the owner's to see."""

    def __init__(self, connection: psycopg.Connection, *, as_owner: bool) -> None:
        self._connection = connection
        hidden = frozenset[str]() if as_owner else self._guarded()
        # Asked of rows that are not shown, a rule would always hold.
        self._rules: list[tuple[str, LiteralString]] = [
            (name, text) for name, text in checks() if hidden.isdisjoint(_WORD.findall(text))
        ]

    def rules(self) -> int:
        """Return how many rules can be asked."""
        return len(self._rules)

    def broken_rules(self) -> Generator[BrokenRule]:
        """Ask every rule that can be asked; yield those that do not hold."""
        for name, text in self._rules:
            broken = self._connection.execute(text).fetchall()
            if broken:
                yield BrokenRule(
                    name=name,
                    question=text.split("\n", 1)[0].removeprefix("-- "),
                    count=len(broken),
                    first=tuple(str(row[0]) for row in broken[:_SHOWN]),
                )

    def files(self) -> list[KeptFile]:
        """Return the files that are to be there, by matter, then filing."""
        with self._connection.cursor(row_factory=kwargs_row(KeptFile)) as cursor:
            return cursor.execute(query("select_kept_files")).fetchall()

    def has_file(self, matter_id: UUID, sha256: bytes) -> bool:
        """Say whether a file is some upload's, which any role may ask."""
        known = {"matter_id": matter_id, "sha256": sha256}
        with self._connection.cursor(row_factory=scalar_row) as cursor:
            found: object = cursor.execute(query("file_is_kept"), known).fetchone()
        return found is True

    def _guarded(self) -> frozenset[str]:
        """Return the tables of which a role that is not their owner sees a part only."""
        with self._connection.cursor(row_factory=scalar_row) as cursor:
            found: list[str] = cursor.execute(query("select_guarded_tables")).fetchall()
        return frozenset(found)

    def otherwise_encoded(self, encoder: str) -> Otherwise:
        """Count what has vectors of another encoder than the one of this fingerprint."""
        with self._connection.cursor(row_factory=kwargs_row(Otherwise)) as cursor:
            found = cursor.execute(query("count_other_encoders"), {"encoder": encoder}).fetchone()
        return found or Otherwise(filings=0, cases=0)

    def break_in_trail(self) -> datetime | None:
        """Return when the first entry of the audit trail was written that does not fit."""
        with self._connection.cursor(row_factory=scalar_row) as cursor:
            found: object = cursor.execute(query("find_break_in_audit")).fetchone()
        return found if isinstance(found, datetime) else None


@contextmanager
def keeping(url: str, *, as_owner: bool = True) -> Generator[Keeping]:
    """Look at all that is kept, as the role in `url`, at one moment; nothing can be changed.

    `as_owner` says that the role owns the tables. Without it, what is in matters is not looked at.

    Raises DatabaseUnavailable and DatabaseUnfit.
    """
    with in_words(), reach(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield Keeping(connection, as_owner=as_owner)


def file_is_kept(url: str, matter_id: UUID, sha256: bytes) -> bool:
    """Say whether a file is some upload's, once nobody takes it in or removes it any more."""
    known = {"matter_id": matter_id, "sha256": sha256}
    with in_words(), reach(url) as connection, connection.transaction():
        connection.execute(query("lock_bytes"), known)
        with connection.cursor(row_factory=scalar_row) as cursor:
            found: object = cursor.execute(query("file_is_kept"), known).fetchone()
    return found is True
