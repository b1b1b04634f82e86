"""The library's shape over time: numbered steps, each taken once, in order, whole or not at all.

A step that was taken is known by its checksum, so a changed one is refused; a library made by
a newer Onpoint is refused too, before anything of it is touched.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString, cast

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from core.errors import DatabaseUnavailable, DatabaseUnfit
from core.library import extension
from core.library.queries import SQL
from core.library.reach import WAIT_SECONDS, reach

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = SQL / "migrations"
GRANTS = SQL / "grants.sql"
# "onpoint" on a telephone's keys: one number for all who migrate the same database.
_LOCK = 6676468
_TABLE = """
    CREATE TABLE IF NOT EXISTS migrations (
        number integer PRIMARY KEY,
        name text NOT NULL,
        sha256 bytea NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    )
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One migration: its number, its name and the checksum of its text."""

    number: int
    name: str
    sha256: bytes


def migrate(
    url: str, *, app_url: str | None = None, folder: Path = FOLDER, wait: float = WAIT_SECONDS
) -> list[str]:
    """Bring the database to this Onpoint's schema; return the names of the steps taken.

    `url` is the owner's; the role of `app_url` is given the app's rights. Safe when several
    processes do it at once: one works, the others wait and find it done. Raises DatabaseUnfit
    where the schema is newer, a step was changed after it was taken, or the vector extension is
    missing or too old; DatabaseUnavailable where nobody answers within `wait` seconds.
    """
    with reach(url, wait=wait) as connection:
        try:
            connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
            connection.execute("SET client_min_messages = warning")
            extension.require(_with_extension(connection))
            connection.execute(_TABLE)
            names = [_take(connection, step, folder) for step in _due(connection, folder)]
            if app_url is not None:
                _grant(connection, _role_of(app_url, wait))
        except psycopg.OperationalError as error:
            raise DatabaseUnavailable(
                "The database was lost while its schema was being changed. The step in hand was "
                "undone; start again and it goes on from there."
            ) from error
        else:
            return names


def require_current(connection: psycopg.Connection) -> None:
    """Refuse a database whose schema is not this Onpoint's; raises DatabaseUnfit with the fix."""
    known, done = steps(), taken(connection)
    wrong = difference(known, done)
    if wrong is None and len(done) < len(known):
        wrong = (
            f"The library's schema is at step {len(done)} of {len(known)}. Set ONPOINT_OWNER_URL "
            "to the address of the role that owns it, and run: onpoint migrate"
        )
    if wrong is not None:
        raise DatabaseUnfit(wrong)


def steps(folder: Path = FOLDER) -> list[Step]:
    """The steps this Onpoint knows, in order; raises DatabaseUnfit where a number is twice."""
    found = [_step(path) for path in sorted(folder.glob("[0-9]*.sql"))]
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise DatabaseUnfit(f"The migrations in {folder} are not numbered 0001, 0002 and so on.")
    return found


def taken(connection: psycopg.Connection) -> list[Step]:
    """The steps this database has taken, in order; none where it is empty."""
    if connection.execute("SELECT to_regclass('migrations')").fetchone() == (None,):
        return []
    with connection.cursor(row_factory=class_row(Step)) as cursor:
        return cursor.execute(
            "SELECT number, name, sha256 FROM migrations ORDER BY number"
        ).fetchall()


def difference(known: Sequence[Step], taken: Sequence[Step]) -> str | None:
    """Say why a database with the steps `taken` cannot be used by us; None where it can."""
    if len(taken) > len(known):
        return (
            f"The library was made by a newer Onpoint (schema {taken[-1].number}, this one knows "
            f"{len(known)}). Nothing was touched. Update Onpoint, then start it again."
        )
    for ours, theirs in zip(known, taken, strict=False):
        if ours.sha256 != theirs.sha256:
            return (
                f"Step {theirs.number} of the library's schema ({theirs.name}) is not the one this "
                "Onpoint knows: the file in sql/migrations was changed after it was used. Nothing "
                "was touched. Put the file back as it was released."
            )
    return None


def _with_extension(connection: psycopg.Connection) -> psycopg.Connection:
    """Switch the vector extension on where we may; where we may not, `require` has the words."""
    missing = connection.execute("SELECT to_regtype('halfvec') IS NULL").fetchone() == (True,)
    if missing:
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        except (
            psycopg.errors.InsufficientPrivilege,
            psycopg.errors.FeatureNotSupported,
            psycopg.errors.UndefinedFile,
        ):
            return connection
    return connection


def _due(connection: psycopg.Connection, folder: Path) -> list[Step]:
    known, done = steps(folder), taken(connection)
    wrong = difference(known, done)
    if wrong is not None:
        raise DatabaseUnfit(wrong)
    return known[len(done) :]


def _take(connection: psycopg.Connection, step: Step, folder: Path) -> str:
    text = (folder / f"{step.number:04d}_{step.name}.sql").read_bytes()
    with connection.transaction():
        connection.execute(text)
        connection.execute(
            "INSERT INTO migrations (number, name, sha256) VALUES (%s, %s, %s)",
            (step.number, step.name, step.sha256),
        )
    return f"{step.number:04d}_{step.name}"


def _role_of(url: str, wait: float) -> str:
    """Ask the server who an address is: a name may also come from the environment or a file."""
    with reach(url, wait=wait) as connection:
        return str((connection.execute("SELECT current_user").fetchone() or ("",))[0])


def _grant(connection: psycopg.Connection, app: str) -> None:
    rights = cast("LiteralString", GRANTS.read_text(encoding="utf-8"))
    with connection.transaction():
        connection.execute(sql.SQL(rights).format(app=sql.Identifier(app)))


def _step(path: Path) -> Step:
    number, _, name = path.stem.partition("_")
    # Git on Windows may turn line ends: the checksum must not mind.
    text = path.read_bytes().replace(b"\r\n", b"\n")
    return Step(number=int(number), name=name, sha256=hashlib.sha256(text).digest())
