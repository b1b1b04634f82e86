"""What the doctor finds, in words, with the fix."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from core.library import doctor, vector_index
from core.library.db import Database
from core.library.doctor import HeldEncoder, Severity
from tests.db.shelf import DIMENSIONS, Shelved, shelve


def subjects(url: str, fingerprint: str | None = None) -> list[str]:
    found = doctor.examine(url, home=Path(), fingerprint=fingerprint, wait=0.2)
    assert all(each.words and each.fix for each in found)
    return [each.subject for each in found if each.subject != "disk"]


def execute(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def test_a_sound_library_has_no_findings(db: Database) -> None:
    shelve(db, Shelved(source_id="a"))
    assert subjects(db.url, "toy") == []


def test_a_server_out_of_reach_is_found() -> None:
    assert subjects("postgresql://nobody@127.0.0.1:1/none") == ["server"]


def test_e09_a_missing_extension_is_found_with_the_command_that_mends_it(empty_url: str) -> None:
    found = doctor.examine(empty_url, home=Path(), wait=0.2)
    (extension,) = [each for each in found if each.subject == "extension"]
    assert extension.severity is Severity.FATAL
    assert "CREATE EXTENSION vector" in extension.words


def test_a_schema_older_than_this_onpoint_is_found(db: Database, owner_url: str) -> None:
    execute(owner_url, "DELETE FROM migrations")
    assert subjects(db.url) == ["schema"]


def test_a_schema_newer_than_this_onpoint_is_found(db: Database, owner_url: str) -> None:
    execute(owner_url, "INSERT INTO migrations VALUES (9999, 'later', '')")
    assert subjects(db.url) == ["schema"]


def test_d12_an_encoder_other_than_the_one_of_the_vectors_is_found(db: Database) -> None:
    shelve(db, Shelved(source_id="a"))
    assert subjects(db.url, "another") == ["encoder"]
    assert subjects(db.url, None) == []


def test_an_encoder_that_no_vector_was_made_with_does_not_count() -> None:
    unused = HeldEncoder(encoder_id=1, name="x", fingerprint="x", dimensions=4, passages=0)
    assert doctor.encoder_finding("another", (unused,)) is None


def test_e08_an_index_that_is_invalid_is_found(
    db: Database, admin_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(db, Shelved(source_id="a"))
    assert subjects(db.url) == []
    vector_index.create_index(db, encoder_id=1, dimensions=DIMENSIONS)
    execute(
        admin_url,
        "UPDATE pg_index SET indisvalid = false"
        " WHERE indexrelid = 'passages_embedding_1'::regclass",
    )
    assert subjects(db.url) == ["vector_index"]
    vector_index.drop_index(db, 1)
    monkeypatch.setattr(doctor, "FEW_PASSAGES", 0)
    assert subjects(db.url) == ["vector_index"]


@pytest.mark.parametrize(
    ("free", "total", "low"),
    [
        (50, 100, False),
        (1, 1000, True),
        # a small disk may have less than two gigabytes and room enough
        (1, 10, False),
        (0, 10, True),
    ],
)
def test_a_disk_nearly_full_is_found(free: int, total: int, *, low: bool) -> None:
    assert low == (doctor.disk_finding(free * 1024**3, total * 1024**3) is not None)
