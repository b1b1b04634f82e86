"""`onpoint verify` over a home of its own."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from core.cli import cli
from tests.db.homes import new_home

TEXT = "The lessor owes a duty to warn the tenant of ice on the stairs."


def test_verify_says_that_a_home_is_whole_and_what_went_missing() -> None:
    runner = CliRunner()

    def run(*words: str) -> tuple[int, dict[str, object]]:
        done = runner.invoke(cli, [*words, "--home", str(home), "--json"])
        return done.exit_code, json.loads(done.stdout)

    with new_home() as home:
        run("matters", "open", "12", "Ice")
        brief = home / "brief.txt"
        brief.write_text(TEXT, encoding="utf-8")
        run("upload", str(brief), "--matter", "12", "--no-wait")
        code, whole = run("verify")
        assert (code, whole["whole"], whole["files"], whole["faults"]) == (0, True, 1, [])
        (kept,) = [each for each in (home / "files").rglob("*") if each.is_file()]
        kept.unlink()
        code, broken = run("verify")
        assert (code, broken["whole"]) == (1, False)
        (fault,) = broken["faults"]
        assert fault["kind"] == "missing_file"
