"""The vector extension that search by meaning needs: is it there, and is it new enough?

Versions before 0.8.4 can corrupt an index, so they are refused, with the way out in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DatabaseUnfit

if TYPE_CHECKING:
    import psycopg

# pgvector's own change log: 0.8.4 mends index corruption in earlier versions.
OLDEST = (0, 8, 4)
_OLDEST_WORDS = ".".join(str(part) for part in OLDEST)


def fault(installed: str | None, available: str | None) -> str | None:
    """Say what is wrong with the extension and how it is mended; None where all is well.

    `installed` is its version in the database, `available` the one that the server's files
    hold; None where there is none.
    """
    if installed is not None and _parts(installed) >= OLDEST:
        return None
    if available is None:
        return (
            "The database server has no pgvector. Install pgvector "
            f"{_OLDEST_WORDS} or newer on the server (package postgresql-<version>-pgvector), "
            "then run in the database, as its administrator: CREATE EXTENSION vector;"
        )
    if _parts(available) < OLDEST:
        return (
            f"The database server's pgvector is {available}; versions before {_OLDEST_WORDS} can "
            "corrupt an index. Install a newer one on the server, then run in the database, as "
            "its administrator: ALTER EXTENSION vector UPDATE;"
        )
    if installed is None:
        return (
            "pgvector is on the server but not switched on in this database. Run in it, as its "
            "administrator: CREATE EXTENSION vector;"
        )
    return (
        f"The database uses pgvector {installed}; versions before {_OLDEST_WORDS} can corrupt an "
        f"index, and the server has {available}. Run in the database, as its administrator: "
        "ALTER EXTENSION vector UPDATE;"
    )


def require(connection: psycopg.Connection) -> None:
    """Refuse a database without a fit extension; raises DatabaseUnfit with the fix named."""
    found = connection.execute(
        "SELECT installed_version, default_version FROM pg_available_extensions"
        " WHERE name = 'vector'"
    ).fetchone()
    wrong = fault(*(found or (None, None)))
    if wrong is not None:
        raise DatabaseUnfit(wrong)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
