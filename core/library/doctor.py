"""What is wrong with the library, in words, and what mends it.

Nothing is changed here: each finding says what a person can do.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psycopg

from core.errors import LibraryError
from core.library import extension, migrations, privileges
from core.library.db import Database
from core.library.reach import reach
from core.library.vector_index import IndexState, index_state

# A bulk import of 100 MB of opinions takes about a gigabyte with its index and log.
LOW_DISK_BYTES = 2 * 1024**3
LOW_DISK_SHARE = 0.05
# Below this many passages looking at each vector is as fast as an index.
FEW_PASSAGES = 10_000
_GIGABYTE = 1024**3


class Severity(StrEnum):
    # Onpoint cannot work.
    FATAL = "fatal"
    # It works, but worse than it could.
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: what, in a sentence, and what mends it."""

    # Stable name: 'server', 'extension', 'role', 'schema', 'encoder', 'disk', 'vector_index'.
    subject: str
    severity: Severity
    words: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEncoder:
    """An encoder that the library knows, and how many passages have its vectors."""

    encoder_id: int
    name: str
    fingerprint: str
    dimensions: int
    passages: int


def examine(
    url: str, *, home: Path, fingerprint: str | None = None, wait: float = 2.0
) -> tuple[Finding, ...]:
    """Look the library over and return what is wrong, the worst first; nothing where all is well.

    `home` is the folder whose disk is measured, `fingerprint` that of the encoder on disk (None
    where none could be loaded: then it is not compared).
    """
    return (*_disk(home), *_database(url, fingerprint, wait))


def unreachable(words: str) -> Finding:
    """Say that no database answers, in the words of whoever tried."""
    return _fatal("server", words, "Start the server, or mend DATABASE_URL; then run this again.")


def disk_finding(free: int, total: int) -> Finding | None:
    """Say that a disk is nearly full; sizes in bytes."""
    if free >= min(LOW_DISK_BYTES, LOW_DISK_SHARE * total):
        return None
    return Finding(
        subject="disk",
        severity=Severity.WARNING,
        words=(
            f"The disk is nearly full: {free / _GIGABYTE:.1f} GB of {total / _GIGABYTE:.0f} GB "
            "are free."
        ),
        fix="Make room, or move Onpoint's home to another disk (ONPOINT_HOME).",
    )


def encoder_finding(fingerprint: str | None, held: tuple[HeldEncoder, ...]) -> Finding | None:
    """Say that the encoder on disk is not the one that the library's vectors were made with."""
    used = [each for each in held if each.passages]
    if fingerprint is None or not used or any(each.fingerprint == fingerprint for each in used):
        return None
    return Finding(
        subject="encoder",
        severity=Severity.FATAL,
        words=(
            f"The library's vectors were made with the encoder {used[0].name} "
            f"({used[0].fingerprint[:12]}); the one on disk is another ({fingerprint[:12]}). "
            "Search by meaning would compare what cannot be compared."
        ),
        fix="Set ONPOINT_ENCODER to the encoder the library was made with, or import again.",
    )


def _disk(home: Path) -> Iterator[Finding]:
    there = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    usage = shutil.disk_usage(there)
    if found := disk_finding(usage.free, usage.total):
        yield found


def _database(url: str, fingerprint: str | None, wait: float) -> Iterator[Finding]:
    try:
        with reach(url, wait=wait) as connection:
            fatal = [*_fit(connection)]
    except LibraryError as error:
        yield _fatal("server", str(error), "Start the server, or mend DATABASE_URL.")
        return
    yield from fatal
    if not fatal:
        with Database.open(url, size=1, wait=wait) as db:
            yield from _vectors(db, fingerprint)


def _fit(connection: psycopg.Connection) -> Iterator[Finding]:
    try:
        extension.require(connection)
    except LibraryError as error:
        yield _fatal("extension", str(error), "See the command in the sentence before.")
    try:
        privileges.require(connection)
    except LibraryError as error:
        yield _fatal("role", str(error), "See the command in the sentence before.")
    known, taken = migrations.steps(), migrations.taken(connection)
    if wrong := migrations.difference(known, taken):
        yield _fatal("schema", wrong, "Use the Onpoint that made the library, or a newer one.")
    elif len(taken) < len(known):
        yield _fatal(
            "schema",
            f"The library's schema is older than this Onpoint: {len(known) - len(taken)} step(s) "
            "are missing.",
            "Run: onpoint migrate",
        )


def _vectors(db: Database, fingerprint: str | None) -> Iterator[Finding]:
    held = tuple(db.rows("count_encoded_passages", HeldEncoder))
    if found := encoder_finding(fingerprint, held):
        yield found
    for each in held:
        state = index_state(db, each.encoder_id)
        if state is IndexState.INVALID or (
            state is IndexState.ABSENT and each.passages > FEW_PASSAGES
        ):
            yield Finding(
                subject="vector_index",
                severity=Severity.WARNING,
                words=(
                    f"The vector index is {state}: every search looks at all vectors and is slow."
                ),
                fix="Run any import again: it ends by building the index.",
            )


def _fatal(subject: str, words: str, fix: str) -> Finding:
    return Finding(subject=subject, severity=Severity.FATAL, words=words, fix=fix)
