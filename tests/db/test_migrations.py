"""The schema's steps: once each, whole or not at all, safe in a crowd."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.errors import DatabaseUnavailable, DatabaseUnfit
from core.library import migrations, schema
from tests.fix_db import TestServer, made

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small steps of a schema of this test's own."""
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE one (n integer);\n")
    (tmp_path / "0002_second.sql").write_text("CREATE TABLE two (n integer);\n")
    return tmp_path


@pytest.fixture
def url(server: TestServer) -> Iterator[str]:
    """A database with the vector extension and nothing else, as its owner."""
    with made(server, "template1") as address:
        with psycopg.connect(server.as_admin(address), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        yield server.as_owner(address)


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in found.fetchall()}


def test_each_step_is_taken_once_in_order(url: str, folder: Path) -> None:
    assert migrations.migrate(url, folder=folder) == ["0001_first", "0002_second"]
    assert migrations.migrate(url, folder=folder) == []
    (folder / "0003_third.sql").write_text("CREATE TABLE three (n integer);\n")
    assert migrations.migrate(url, folder=folder) == ["0003_third"]
    assert {"one", "two", "three", "migrations"} == tables(url)


def test_d16_a_step_that_breaks_off_is_undone_whole_and_taken_again(url: str, folder: Path) -> None:
    broken = folder / "0002_second.sql"
    broken.write_text("CREATE TABLE two (n integer); SELECT 1/0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrations.migrate(url, folder=folder)
    assert {"one", "migrations"} == tables(url)
    broken.write_text("CREATE TABLE two (n integer);")
    assert migrations.migrate(url, folder=folder) == ["0002_second"]


def test_a_schema_made_by_a_newer_onpoint_is_refused(url: str, folder: Path) -> None:
    migrations.migrate(url, folder=folder)
    (folder / "0002_second.sql").unlink()
    with pytest.raises(DatabaseUnfit, match=r"newer Onpoint \(schema 2, this one knows 1\)"):
        migrations.migrate(url, folder=folder)


def test_a_step_changed_after_it_was_taken_is_refused(url: str, folder: Path) -> None:
    migrations.migrate(url, folder=folder)
    (folder / "0001_first.sql").write_text("CREATE TABLE one (n bigint);\n")
    with pytest.raises(DatabaseUnfit, match=r"Step 1 .* \(first\) is not the one"):
        migrations.migrate(url, folder=folder)


def test_line_ends_of_another_system_are_no_change(url: str, folder: Path) -> None:
    migrations.migrate(url, folder=folder)
    (folder / "0001_first.sql").write_bytes(b"CREATE TABLE one (n integer);\r\n")
    assert migrations.migrate(url, folder=folder) == []


def test_numbers_that_skip_or_repeat_are_refused(url: str, folder: Path) -> None:
    (folder / "0002_twice.sql").write_text("SELECT 1;")
    with pytest.raises(DatabaseUnfit, match="not numbered"):
        migrations.migrate(url, folder=folder)


def test_three_processes_that_migrate_at_once_take_each_step_once(url: str, folder: Path) -> None:
    (folder / "0001_first.sql").write_text("SELECT pg_sleep(0.5); CREATE TABLE one (n integer);\n")
    code = (
        "import sys; from pathlib import Path; from core.library.migrations import migrate;"
        "print(migrate(sys.argv[1], folder=Path(sys.argv[2])))"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, url, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(3)
    ]
    said = [process.communicate()[0].strip() for process in processes]
    assert sorted(said, key=len, reverse=True) == ["['0001_first', '0002_second']", "[]", "[]"]


def test_an_absent_server_is_said_in_words() -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        migrations.migrate("postgresql://nobody@127.0.0.1:1/none", wait=0.1)


def test_schema_sql_is_what_the_migrations_make(admin_url: str) -> None:
    dumped = schema.dump(admin_url)
    assert dumped == schema.FILE.read_text(encoding="utf-8"), (
        "sql/schema.sql is not what the migrations make: python -m core.library.schema writes it"
    )
