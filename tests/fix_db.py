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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest
from filelock import FileLock
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from core.library import embedded
from core.library.db import Database
from core.library.migrations import FOLDER, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestServer:
    """A server on which databases may be made: by `admin`, owned by `owner`, used by `url`."""

    __test__ = False

    admin: str
    owner: str
    url: str

    @property
    def user(self) -> str:
        return str(conninfo_to_dict(self.owner)["user"])

    def as_admin(self, url: str) -> str:
        """Return the address of the same database for the server's administrator."""
        return named(self.admin, _database(url))

    def as_owner(self, url: str) -> str:
        """Return the address of the same database for the role that owns its tables."""
        return named(self.owner, _database(url))

    def as_app(self, url: str) -> str:
        """Return the address of the same database for the role that the app connects as."""
        return named(self.url, _database(url))


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    """Start the one server of the run, shared by all its workers."""
    given = os.environ.get("ONPOINT_TEST_DATABASE_URL")
    if given:
        owner, app = (_role(given, name) for name in ("onpoint_test_owner", "onpoint_test_app"))
        yield TestServer(admin=given, owner=owner, url=app)
        return
    # Not pytest's own folder: as root nobody else may enter that, and Postgres must.
    home = Path(tempfile.gettempdir()) / f"onpoint-tests-{RUN}"
    home.mkdir(mode=0o755, exist_ok=True)
    started = embedded.start(home)
    _hurry(started.superuser_url)
    yield TestServer(admin=started.superuser_url, owner=started.owner_url, url=started.url)
    if started.close():
        shutil.rmtree(home, ignore_errors=True)
        _turn().unlink(missing_ok=True)


@pytest.fixture(scope="session")
def template(server: TestServer) -> str:
    """Name of a database with the schema and nothing in it, made once and cloned per test."""
    texts = [path.read_bytes() for path in sorted(FOLDER.glob("*.sql"))]
    name = f"onpoint_template_{hashlib.sha256(b'|'.join(texts)).hexdigest()[:12]}"
    with FileLock(_turn()):
        if not _exists(server, name):
            partial = f"{name}_{RUN[:8]}"
            _administer(server, "CREATE DATABASE {} OWNER {}", partial, server.user)
            with psycopg.connect(named(server.admin, partial), autocommit=True) as connection:
                connection.execute("CREATE EXTENSION vector")
            migrate(named(server.owner, partial), app_url=server.url)
            _administer(server, "ALTER DATABASE {} RENAME TO {}", partial, name)
    return name


@pytest.fixture
def empty_url(server: TestServer) -> Iterator[str]:
    """Address, its owner's, of a database with nothing in it: no schema, no vector extension."""
    with made(server, "template1") as url:
        yield server.as_owner(url)


@pytest.fixture
def database_url(server: TestServer, template: str) -> Iterator[str]:
    """Address, the app's, of an empty, migrated database of this test's own."""
    with made(server, template) as url:
        yield url


@pytest.fixture
def owner_url(server: TestServer, database_url: str) -> str:
    """Address of the same database for the owner of its tables, who may change them."""
    return server.as_owner(database_url)


@pytest.fixture
def admin_url(server: TestServer, database_url: str) -> str:
    """Address of the same database for the server's superuser, whom no policy binds."""
    return server.as_admin(database_url)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """Open an empty, migrated library of this test's own."""
    with Database.open(database_url, size=4) as database:
        yield database


def named(url: str, database: str) -> str:
    """Return the same server's address, with another database."""
    return make_conninfo(url, dbname=database)


def _database(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])


def _role(admin: str, name: str) -> str:
    """Make an ordinary role and return the server's address as that role."""
    with psycopg.connect(admin, autocommit=True) as connection:
        role = sql.Identifier(name)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, name))
    return make_conninfo(admin, user=name, password=name)


def _hurry(admin: str) -> None:
    """Spare the disk: what a test writes need not outlive a power cut."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")


def _turn() -> Path:
    return Path(tempfile.gettempdir()) / f"onpoint-tests-{RUN}.lock"


@contextmanager
def made(server: TestServer, template: str) -> Iterator[str]:
    """Make a database for the time of the block; its address is the app's."""
    name = f"onpoint_test_{secrets.token_hex(8)}"
    _administer(server, "CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, server.user)
    try:
        yield named(server.url, name)
    finally:
        _administer(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _exists(server: TestServer, name: str) -> bool:
    with psycopg.connect(server.admin, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        return found.fetchone() is not None


def _administer(server: TestServer, statement: LiteralString, *names: str) -> None:
    with psycopg.connect(server.admin, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
