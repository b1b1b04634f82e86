"""The door to the database: queries by name, transactions, COPY, and what happens without it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import psutil
import psycopg
import pytest
from pgvector import HalfVector
from psycopg.conninfo import make_conninfo

from core.errors import DatabaseUnavailable, DatabaseUnfit, LibraryError, UsageError
from core.library import cluster, embedded, extension
from core.library.db import CHECKOUT_SECONDS, Database
from core.library.migrations import migrate
from tests.db.homes import new_home
from tests.db.shelf import Shelved, shelve


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    case_id: int
    source_id: str


@pytest.fixture
def own_server() -> Iterator[embedded.Server]:
    """A server of this test's own, which it may kill."""
    with new_home() as home, embedded.start(home) as server:
        yield server


def test_rows_become_records_in_the_querys_order(db: Database) -> None:
    ids = shelve(db, Shelved(source_id="b"), Shelved(source_id="a"))
    assert [
        SourceRow(case_id=ids["b"], source_id="b"),
        SourceRow(case_id=ids["a"], source_id="a"),
    ] == (db.rows("select_source_ids", SourceRow))


def test_a_row_and_a_value_that_are_not_there_are_none(db: Database) -> None:
    assert db.value("select_case_by_source_id", source_id="none") is None
    assert db.row("select_source_ids", SourceRow) is None


def test_a_query_without_a_file_is_a_mistake_of_ours(db: Database) -> None:
    with pytest.raises(FileNotFoundError):
        db.value("select_nothing_of_the_sort")


def test_a_transaction_is_undone_whole_on_an_exception(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction() as transaction:
        transaction.execute("upsert_court", court="ca1", name="First Circuit", jurisdiction=None)
        raise ZeroDivisionError
    assert db.rows("select_court_ids", dict) == []


def test_copy_converts_every_type_of_the_schema(db: Database) -> None:
    shelve(db, Shelved(source_id="a", filed="2009-04"))
    with db.transaction() as transaction:
        written = transaction.copy(
            "cases",
            ("source_id", "court", "extra", "content_sha256", "invented", "case_name"),
            [("x", "scotus", {"slip": ["1", None]}, b"\0\xff", True, "Éire ‘v.’ 法")],
        )
    assert written == 1
    with psycopg.connect(db.url) as connection:
        row = connection.execute(
            "SELECT extra, content_sha256, invented, case_name, filed_last FROM cases"
            " WHERE source_id = 'x'"
        ).fetchone()
    assert row == ({"slip": ["1", None]}, b"\0\xff", True, "Éire ‘v.’ 法", None)


def test_a_halfvec_comes_back_as_it_went(db: Database) -> None:
    vector = np.array([0.5, -0.25, 0.0, 1.0], dtype=np.float32)
    shelve(db, Shelved(source_id="a"))
    with psycopg.connect(db.url) as connection:
        connection.execute("UPDATE passages SET embedding = %s::halfvec", (str(vector.tolist()),))
    with db.transaction() as transaction:
        (found,) = transaction._connection.execute("SELECT embedding FROM passages").fetchone()  # type: ignore[misc]
    assert found == HalfVector(vector)


def test_text_with_nul_is_refused_in_words_and_nothing_is_written(db: Database) -> None:
    with pytest.raises(UsageError, match="NUL"), db.transaction() as transaction:
        transaction.execute("upsert_court", court="a\0b", name="x", jurisdiction=None)
    with pytest.raises(UsageError, match="cannot store"), db.transaction() as transaction:
        transaction.copy("courts", ("court", "name"), [("a\0b", "x")])
    assert db.rows("select_court_ids", dict) == []


def test_sessions_are_in_utc_with_limits_on_what_runs_away(db: Database) -> None:
    with db._pool.connection() as connection:
        shown = [
            connection.execute(f"SHOW {name}").fetchone()
            for name in ("timezone", "statement_timeout", "idle_in_transaction_session_timeout")
        ]
    assert shown == [("UTC",), ("30s",), ("1min",)]


def test_a_statement_over_its_limit_is_stopped_in_words(db: Database) -> None:
    with pytest.raises(LibraryError, match="took too long"), db.transaction(seconds=0.05) as tx:
        tx._connection.execute("SELECT pg_sleep(5)")


def test_a_limit_ends_with_its_transaction(db: Database) -> None:
    with Database.open(db.url, size=1) as single:
        with single.transaction(seconds=None) as tx:
            assert tx._connection.execute("SHOW statement_timeout").fetchone() == ("0",)
        with single._pool.connection() as connection:
            assert connection.execute("SHOW statement_timeout").fetchone() == ("30s",)


def test_e03_a_read_whose_connection_was_killed_is_tried_once_more(db: Database) -> None:
    shelve(db, Shelved(source_id="a"))
    _kill_backends(db)
    assert len(db.rows("select_source_ids", SourceRow)) == 1


def test_e03_a_transaction_whose_connection_was_killed_writes_nothing(db: Database) -> None:
    with pytest.raises(DatabaseUnavailable), db.transaction() as transaction:
        transaction.execute("upsert_court", court="ca1", name="x", jurisdiction=None)
        _kill_backends(db)
        transaction.execute("upsert_court", court="ca2", name="x", jurisdiction=None)
    assert db.rows("select_court_ids", dict) == []


def test_e04_a_request_that_finds_no_free_connection_gives_up_in_the_stated_time(
    database_url: str,
) -> None:
    with Database.open(database_url, size=1) as single, single.transaction():
        started = time.monotonic()
        with pytest.raises(DatabaseUnavailable):
            single.value("select_revision")
        assert time.monotonic() - started < CHECKOUT_SECONDS + 2


@pytest.mark.slow
def test_e01_postgres_restarted_under_load_fails_fast_in_words_and_the_pool_heals(
    own_server: embedded.Server,
) -> None:
    migrate(own_server.owner_url, app_url=own_server.url)
    with Database.open(own_server.url, size=4) as db:
        outcomes = _load(db, during=lambda: _kill_server(own_server))
        assert db.value("select_revision") == 0
    errors = {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)}
    assert errors <= {DatabaseUnavailable}
    assert any(outcome == 0 for outcome in outcomes)


def test_e01_without_a_server_a_request_fails_fast_in_words_and_the_next_start_heals_the_pool(
    own_server: embedded.Server,
) -> None:
    migrate(own_server.owner_url, app_url=own_server.url)
    with Database.open(own_server.url, size=2) as db:
        assert db.value("select_revision") == 0
        own_server._closing.set()  # nobody starts it again by himself
        cluster.end(own_server.place)
        started = time.monotonic()
        with pytest.raises(DatabaseUnavailable, match="Nothing is lost"):
            db.value("select_revision")
        assert time.monotonic() - started < CHECKOUT_SECONDS + 2
        with embedded.start(own_server.place.folder.parent):
            assert _healed(db) < 10


def test_e02_an_absent_server_is_waited_for_with_back_off_then_said_in_words() -> None:
    started = time.monotonic()
    with pytest.raises(DatabaseUnavailable, match="does not answer .tried for 0.5 seconds"):
        Database.open("postgresql://nobody@127.0.0.1:1/none", wait=0.5)
    assert 0.1 < time.monotonic() - started < 3


def test_e02_a_server_that_comes_late_is_found() -> None:
    with new_home() as home:
        with embedded.start(home) as server:
            url = server.url
        late: list[embedded.Server] = []
        starter = threading.Timer(0.5, lambda: late.append(embedded.start(home)))
        starter.start()
        with Database.open(url, wait=60) as db:
            assert db.url == url
        starter.join()
        late[0].close()


def test_e02_a_wrong_password_is_not_waited_for(database_url: str) -> None:
    started = time.monotonic()
    with pytest.raises(DatabaseUnfit, match="refuses"):
        Database.open(make_conninfo(database_url, password="guess"), wait=30)
    assert time.monotonic() - started < 5


def test_an_address_that_is_none_is_said_so() -> None:
    with pytest.raises(DatabaseUnfit, match="no address"):
        Database.open("postgres//what", wait=0)


@pytest.mark.parametrize(
    ("installed", "available", "fix"),
    [
        ("0.8.4", "0.8.4", None),
        ("0.8.5", "0.8.5", None),
        ("0.10.0", "0.10.0", None),
        # installed well enough, whatever the files of a newer server say
        ("0.8.5", "0.7.0", None),
        (None, None, "CREATE EXTENSION vector"),
        (None, "0.8.5", "CREATE EXTENSION vector"),
        (None, "0.8.3", "Install a newer one"),
        ("0.8.3", "0.8.5", "ALTER EXTENSION vector UPDATE"),
        ("0.7.4", "0.7.4", "Install a newer one"),
    ],
)
def test_e09_a_vector_extension_missing_or_too_old_is_refused_with_the_fix_named(
    installed: str | None, available: str | None, fix: str | None
) -> None:
    said = extension.fault(installed, available)
    assert (said is None) == (fix is None)
    assert fix is None or fix in (said or "")


def test_e09_a_database_without_the_extension_is_refused_at_start(empty_url: str) -> None:
    with pytest.raises(DatabaseUnfit, match="CREATE EXTENSION vector"):
        Database.open(empty_url)
    with pytest.raises(DatabaseUnfit, match="CREATE EXTENSION vector"):
        migrate(empty_url)


def _kill_backends(db: Database) -> None:
    with psycopg.connect(db.url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _kill_server(server: embedded.Server) -> None:
    pid = cluster.server_process(server.place)
    assert pid is not None
    psutil.Process(pid).kill()


def _load(db: Database, *, during: Callable[[], None]) -> list[object]:
    """Eight readers for four seconds; the deed is done after one."""
    outcomes: list[object] = []
    end = time.monotonic() + 6

    def read() -> None:
        while time.monotonic() < end:
            try:
                outcomes.append(db.value("select_revision"))
            except Exception as error:  # noqa: BLE001  what it is, is the question
                outcomes.append(error)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    during()
    for reader in readers:
        reader.join()
    return outcomes


def _healed(db: Database) -> float:
    """Seconds until a read succeeds again."""
    started = time.monotonic()
    while time.monotonic() - started < 20:
        try:
            db.value("select_revision")
        except DatabaseUnavailable:
            continue
        return time.monotonic() - started
    return 20
