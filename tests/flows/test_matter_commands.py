"""Matters and walls on the command line: teams, filings, walls, the probe, as different people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from core.cli import cli
from tests.db.office import DUTY

Run = Callable[..., Result]
Say = Callable[..., dict[str, object]]


@pytest.fixture
def run(database_url: str, admin_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `onpoint` on a library with two lawyers, ann and bob, and an admin, adam."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))
    with psycopg.connect(admin_url) as connection:
        connection.execute(
            "INSERT INTO people (login, name, roles) VALUES ('ann', 'Ann', '{lawyer}'),"
            " ('bob', 'Bob', '{lawyer}'), ('adam', 'Adam', '{admin}')"
        )

    def invoke(*words: object) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words])

    return invoke


@pytest.fixture
def say(run: Run) -> Say:
    """Run `onpoint … --json` as somebody, expect success, and return what it printed."""

    def invoke(login: str, *words: object) -> dict[str, object]:
        result = run("--as", login, *words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return invoke


def test_a_matter_is_opened_staffed_filled_searched_walled_and_removed(
    run: Run, say: Say, tmp_path: Path
) -> None:
    paper = tmp_path / "Memorandum.txt"
    paper.write_text(DUTY, encoding="utf-8")
    opened = say("ann", "matters", "open", "77", "Ice on the stairs")
    assert opened["number"] == "77"
    assert [each["name"] for each in say("ann", "matters", "file", "77", paper)["filings"]] == [
        "Memorandum.txt"
    ]
    assert [each["login"] for each in say("ann", "matters", "add", "77", "BOB")["team"]] == [
        "ann",
        "bob",
    ]
    found = say("bob", "search", "duty to warn of ice", "--matter", "77")
    assert [(hit["rank"], hit["matter"], hit["name"]) for hit in found["filings"]] == [
        (1, "77", "Memorandum.txt")
    ]
    assert found["filings"][0]["passages"] == [{"start": 0, "end": len(DUTY), "text": DUTY}]
    walls = say("ann", "walls", "raise", "77", "bob", "--reason", "Acted for the tenant")["walls"]
    assert [(wall["login"], wall["reason"]) for wall in walls] == [("bob", "Acted for the tenant")]
    assert say("bob", "matters", "list") == {"matters": []}
    assert say("bob", "search", "duty to warn of ice")["filings"] == []
    refused = run("--as", "bob", "search", "ice", "--matter", opened["matter_id"], "--json")
    never = run("--as", "bob", "search", "ice", "--matter", "no such number", "--json")
    assert refused.exit_code == never.exit_code == 1
    assert refused.stdout == never.stdout
    assert json.loads(never.stdout)["error"]["code"] == "no_such_matter"
    assert say("ann", "walls", "lower", "77", "bob") == {"walls": []}
    assert say("ann", "matters", "leave", "77", "bob")["team"][0]["login"] == "ann"
    changed = say("ann", "matters", "change", "77", "--legal-hold", "--state", "closed")
    assert (changed["legal_hold"], changed["state"]) == (True, "closed")
    assert run("--as", "ann", "matters", "remove", "77").exit_code == 2
    say("ann", "matters", "change", "77", "--no-legal-hold")
    say("ann", "matters", "remove", "77")
    assert say("ann", "matters", "list") == {"matters": []}


def test_the_probe_says_that_walls_hold_and_exits_with_one_where_they_do_not(
    run: Run, say: Say, admin_url: str
) -> None:
    report = say("adam", "walls", "probe", "bob")
    assert (report["login"], report["holds"], report["walls"]) == ("bob", True, 0)
    assert all(check["same"] and check["clean"] for check in report["checks"])
    told = run("--as", "adam", "walls", "probe", "bob")
    assert "The wall holds" in told.output
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            "CREATE OR REPLACE FUNCTION readable_matters() RETURNS uuid[] LANGUAGE sql STABLE"
            " SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp BEGIN ATOMIC"
            " SELECT array_agg(matter_id) FROM team_members WHERE person_id = acting_person(); END"
        )
    leaking = run("--as", "adam", "walls", "probe", "bob")
    assert leaking.exit_code == 1
    assert "LEAKS" in leaking.output
    assert run("--as", "ann", "walls", "probe", "bob").exit_code == 1


def test_a_number_that_several_matters_have_is_no_name(run: Run, say: Say) -> None:
    for name in ("One", "Two"):
        say("ann", "matters", "open", "77", name)
    several = run("--as", "ann", "matters", "team", "77")
    assert several.exit_code == 2
    assert "2 matters have the number 77" in several.output
