"""`onpoint style card`, as another program calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from core.app import Onpoint
from core.cli import cli
from core.settings import Settings
from tests.writers import BLUNT, WORDY, written

Run = Callable[..., Result]


@pytest.fixture
def run(demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `onpoint` on the demonstration library, in a folder of this test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ONPOINT_{name}".upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", demo_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))

    def invoke(*words: object) -> Result:
        return CliRunner().invoke(cli, ["style", "card", *map(str, words)])

    return invoke


def test_a_card_is_made_listed_shown_edited_and_removed(run: Run, demo_url: str) -> None:
    with Onpoint.open(Settings(DATABASE_URL=demo_url)) as app:
        matter = app.matters.open("0042-0007", "Dunmore lease").matter_id
        app.matters.change(matter, teaches_style=True)
        ours = [app.filings.add_text(matter, "Brief", text).filing_id for text in written(BLUNT, 3)]
        for text in written(WORDY, 5):
            app.filings.add_text(matter, "Reply", text)
    chosen = [word for filing in ours for word in ("--filing", filing)]
    made = json.loads(run("make", "Ours", *chosen, "--json").stdout)
    card_id = made["card_id"]
    assert (made["kind"], made["made_of"]) == ("filings", ["0042-0007"])
    assert made["counts"]["documents"] == 3
    (head,) = json.loads(run("list", "--json").stdout)["cards"]
    assert (head["card_id"], head["name"]) == (card_id, "Ours")
    assert "begins sentences with But" in run("show", card_id).stdout
    edited = json.loads(run("edit", card_id, "--text", "Be brief.", "--recount", "--json").stdout)
    assert edited["lines"][0]["text"] == "Be brief."
    off = json.loads(run("edit", card_id, "--line", "but", "--off", "--json").stdout)
    assert [line["on"] for line in off["lines"] if line["key"] == "but"] == [False]
    told = json.loads(run("show", card_id, "--topic", "a ferry", "--json").stdout)["told"]
    assert "Be brief." in told
    assert "Begin sentences with But" not in told
    assert json.loads(run("remove", card_id, "--json").stdout) == {"removed": True}
    assert json.loads(run("list", "--json").stdout) == {"cards": []}


def test_what_cannot_be_done_is_said(run: Run) -> None:
    nothing = run("make", "Ours", "--json")
    assert (nothing.exit_code, json.loads(nothing.stdout)["error"]["code"]) == (2, "usage")
    missing = run("show", uuid4(), "--json")
    assert (missing.exit_code, json.loads(missing.stdout)["error"]["code"]) == (1, "no_such_card")
    assert run("edit", uuid4()).exit_code == 2
    assert "no id" in run("remove", "made-up").stderr
