"""`onpoint settings` and `onpoint audit`, as another program calls them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from core.cli import cli
from core.settings import Settings
from tests.scripted_models import scripted_models

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `onpoint` on an empty library of this test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ONPOINT_{name}".upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))

    def invoke(*words: object, text: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], input=text)

    return invoke


def test_settings_are_made_shown_undone_and_taken_back(run: Run) -> None:
    made = json.loads(run("settings", "set", "firm_name", "Howe & Co.", "--json").stdout)
    assert (made["value"], made["source"]) == ("Howe & Co.", "here")

    every = json.loads(run("settings", "get", "--json").stdout)["settings"]
    assert {row["name"] for row in every} >= {"style", "answer_key", "external_models", "encoder"}
    listed = json.loads(run("audit", "list", "--action", "setting.", "--json").stdout)["entries"]
    assert listed[0]["words"] == "Appearance, name: from the default to Howe & Co."
    assert listed[0]["user"] == "owner"

    undone = json.loads(run("settings", "undo", listed[0]["entry_id"], "--json").stdout)
    assert undone["source"] == "default"
    run("settings", "set", "search_results", 25)
    assert json.loads(run("settings", "unset", "search_results", "--json").stdout)["value"] == 10
    assert "search_results" in run("settings", "get", "search_results").output


def test_a_key_comes_from_standard_input_and_is_never_printed(run: Run) -> None:
    made = run("settings", "set", "answer_key", "-", "--json", text="sk-314159\n")

    assert json.loads(made.stdout)["is_set"] is True
    shown = "".join(
        run(*words).output
        for words in (("settings", "get"), ("settings", "get", "--json"), ("audit", "list"))
    )
    assert "314159" not in made.output + shown
    assert "kept, not shown" in shown


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("settings", "set", "search_results", "0"), "usage", 2),
        (("settings", "set", "style", "adapter"), "usage", 2),
        (("settings", "set", "no_such", "1"), "usage", 2),
        (("settings", "get", "no_such"), "usage", 2),
        (("settings", "set", "encoder", "x"), "not_allowed", 1),
        (("settings", "test", "firm_name"), "usage", 2),
        (("audit", "list", "--user", "stranger"), "usage", 2),
        (("audit", "list", "--from", "tomorrow"), "usage", 2),
    ],
)
def test_what_cannot_be_is_stated_as_the_contract_says(
    run: Run, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    result = run(*words, "--json")

    assert result.exit_code == exit_code
    assert json.loads(result.stdout)["error"]["code"] == code


def test_a_setting_is_tried_and_the_exit_status_says_what_came_of_it(run: Run) -> None:
    with scripted_models() as wire:
        wire.script = lambda _: "ready"
        run("settings", "set", "answer_base_url", wire.url)

        good = run("settings", "test", "answer_model", "openai:any", "--json")
        bad = run("settings", "test", "answer_model", "openai:keyless", "--json")

    assert (good.exit_code, json.loads(good.stdout)["passed"]) == (0, True)
    assert (bad.exit_code, json.loads(bad.stdout)["passed"]) == (1, False)


def test_the_trail_is_filtered_exported_and_verified(
    run: Run, tmp_path: Path, admin_url: str
) -> None:
    run("settings", "set", "firm_name", "One")
    run("settings", "set", "search_results", 5)
    out = tmp_path / "trail.csv"

    found = json.loads(run("audit", "list", "--about", "firm_name", "--json").stdout)["entries"]
    exported = json.loads(run("audit", "export", "--form", "csv", "--out", out, "--json").stdout)
    lines = run("audit", "export").stdout.splitlines()

    assert [entry["subject"] for entry in found] == ["firm_name"]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert exported["entries"] == len(rows)
    assert [row["subject"] for row in rows] == ["csv", "search_results", "firm_name"]
    assert [json.loads(line)["subject"] for line in lines] == [
        "jsonl",
        "csv",
        "search_results",
        "firm_name",
    ]
    assert run("audit", "export", "--json").exit_code == 2
    mine = json.loads(run("audit", "list", "--mine", "-k", 1, "--json").stdout)["entries"]
    assert mine[0]["action"] == "trail.export"
    assert json.loads(run("audit", "verify", "--json").stdout)["whole"] is True
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE audit_entries SET subject = 'x' WHERE seq = 2")
    broken = run("audit", "verify", "--json")
    assert (broken.exit_code, json.loads(broken.stdout)["whole"]) == (1, False)
