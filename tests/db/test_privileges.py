"""The role that serves: one that no wall binds is refused, and ours owns nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from core.errors import DatabaseUnfit
from core.library import doctor, privileges
from core.library.db import Database
from core.library.migrations import migrate
from tests.fix_db import TestServer

FIX = re.compile(r"CREATE ROLE onpoint_app .* ONPOINT_OWNER_URL.* onpoint migrate", re.DOTALL)


@pytest.fixture
def role(server: TestServer, database_url: str) -> Iterator[str]:
    """A role of this test's own, whose name is its password; it has the app's rights."""
    name = "onpoint_test_b04"
    with psycopg.connect(server.as_admin(database_url), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
        try:
            yield name
        finally:
            connection.execute(f"REASSIGN OWNED BY {name} TO {server.user}; DROP OWNED BY {name}")
            connection.execute(f"DROP ROLE {name}")


def test_b04_a_superuser_is_refused_with_the_fix_named(admin_url: str) -> None:
    with pytest.raises(DatabaseUnfit, match="superuser") as refusal:
        Database.open(admin_url)
    assert FIX.search(str(refusal.value))


def test_b04_the_owner_of_the_tables_is_refused_with_the_fix_named(owner_url: str) -> None:
    with pytest.raises(DatabaseUnfit, match="owns Onpoint's tables") as refusal:
        Database.open(owner_url)
    assert FIX.search(str(refusal.value))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER ROLE {role} BYPASSRLS", "BYPASSRLS"),
        ("ALTER ROLE {role} SUPERUSER", "superuser"),
        # What a role is a member of, it may become by SET ROLE.
        ("GRANT {owner} TO {role}", "owns Onpoint's tables"),
        ("ALTER TABLE passages OWNER TO {role}", "owns Onpoint's tables"),
        ("ALTER VIEW {view} OWNER TO {role}", "owns Onpoint's tables"),
    ],
)
def test_b04_a_role_made_too_strong_is_refused_with_the_fix_named(
    server: TestServer, database_url: str, role: str, change: str, words: str
) -> None:
    with psycopg.connect(server.as_admin(database_url), autocommit=True) as connection:
        connection.execute("CREATE VIEW a_view AS SELECT 1 AS n")
        connection.execute(change.format(role=role, owner=server.user, view="a_view"))
    with pytest.raises(DatabaseUnfit, match=words) as refusal:
        Database.open(make_conninfo(database_url, user=role, password=role))
    assert FIX.search(str(refusal.value))


def test_b04_a_role_without_rights_is_told_how_to_be_given_them_and_then_serves(
    server: TestServer, database_url: str, owner_url: str, role: str
) -> None:
    url = make_conninfo(database_url, user=role, password=role)
    with pytest.raises(DatabaseUnfit, match="ONPOINT_OWNER_URL"):
        Database.open(url)
    assert migrate(owner_url, app_url=url) == []
    with Database.open(url) as db:
        assert db.value("select_revision") == 0


def test_b04_the_role_that_serves_owns_nothing_and_may_change_no_schema(
    server: TestServer, db: Database
) -> None:
    with psycopg.connect(db.url) as connection:
        privileges.require(connection)
        owned = connection.execute(
            "SELECT count(*) FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER')"
        )
        assert owned.fetchone() == (0,)
    for statement in (
        "CREATE TABLE mine (n integer)",
        "ALTER TABLE matters DISABLE ROW LEVEL SECURITY",
        "DROP POLICY see ON matters",
        "TRUNCATE matters",
        "UPDATE migrations SET name = ''",
        f"SET ROLE {server.user}",
        "SET SESSION AUTHORIZATION postgres",
    ):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            psycopg.connect(db.url) as connection,
        ):
            connection.execute(statement)


def test_b04_switching_row_security_off_in_a_session_shows_nothing(db: Database) -> None:
    with psycopg.connect(db.url) as connection:
        connection.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            connection.execute("SELECT * FROM matters")


def test_b04_the_doctor_says_so_too(admin_url: str) -> None:
    found = doctor.examine(admin_url, home=Path(), fingerprint=None, wait=0.2)
    (finding,) = [each for each in found if each.subject == "role"]
    assert "superuser" in finding.words
