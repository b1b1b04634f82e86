"""Real databases for tests: one server a session, one empty migrated database a test.

ONPOINT_TEST_DATABASE_URL names a server to use instead of the built-in one; its user must be
allowed to create databases and the vector extension.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from filelock import FileLock
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from core.library import embedded
from core.library.db import Database
from core.library.migrations import FOLDER, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(8)


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Address of a server on which databases may be made, shared by all workers of the run."""
    given = os.environ.get("ONPOINT_TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not pytest's own folder: as root nobody else may enter that, and Postgres must.
    home = Path(tempfile.gettempdir()) / f"onpoint-tests-{RUN}"
    home.mkdir(mode=0o755, exist_ok=True)
    server = embedded.start(home)
    yield server.superuser_url
    if server.close():
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """Name of a database with the schema and nothing in it, made once and cloned per test."""
    texts = [path.read_bytes() for path in sorted(FOLDER.glob("*.sql"))]
    name = f"onpoint_template_{hashlib.sha256(b'|'.join(texts)).hexdigest()[:12]}"
    with FileLock(Path(tempfile.gettempdir()) / f"onpoint-tests-{RUN}.lock"):
        if not _exists(server_url, name):
            partial = f"{name}_{RUN[:8]}"
            _administer(server_url, "CREATE DATABASE {}", partial)
            migrate(named(server_url, partial))
            _administer(server_url, "ALTER DATABASE {} RENAME TO {}", partial, name)
    return name


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """Address of a database with nothing in it, no schema either."""
    yield from _made(server_url, "template1")


@pytest.fixture
def database_url(server_url: str, template: str) -> Iterator[str]:
    """Address of an empty, migrated database of this test's own."""
    yield from _made(server_url, template)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """Open an empty, migrated library of this test's own."""
    with Database.open(database_url, size=4) as database:
        yield database


def named(url: str, database: str) -> str:
    """The same server's address, with another database."""
    before, _, query = url.partition("?")
    return f"{before.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")


def _made(server_url: str, template: str) -> Iterator[str]:
    name = f"onpoint_test_{secrets.token_hex(8)}"
    _administer(server_url, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield named(server_url, name)
    finally:
        _administer(server_url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _exists(url: str, name: str) -> bool:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        return found.fetchone() is not None


def _administer(url: str, statement: str, *names: str) -> None:
    own = str(conninfo_to_dict(url)["dbname"])
    assert own not in names, "a test would not drop the database it was given"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            sql.SQL(statement).format(*(sql.Identifier(name) for name in names))  # pyright: ignore[reportArgumentType]
        )
