"""`onpoint traces` and `onpoint drafts`, as another program calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import docx
import pytest
from typer.testing import CliRunner, Result

from core.app import Onpoint
from core.cli import cli
from core.settings import Settings

Run = Callable[..., Result]
QUESTION = "When has a shop notice of a hazard on its floor?"


@pytest.fixture
def run(demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `onpoint` on the demonstration library, in a folder of this test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ONPOINT_{name}".upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", demo_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def invoke(*words: object) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words])

    return invoke


def told(result: Result) -> dict[str, object]:
    return json.loads(result.stdout)


def test_records_and_drafts_are_listed_shown_and_taken_away(
    run: Run, demo_url: str, tmp_path: Path
) -> None:
    with Onpoint.open(Settings(DATABASE_URL=demo_url)) as app:
        matter = app.matters.open("0042-0007", "Dunmore lease")
        answer = app.ask(QUESTION)
        draft_id = app.drafts.begin(matter.matter_id, answer)

    (head,) = told(run("traces", "list", "--json"))["traces"]  # type: ignore[misc]
    assert (head["trace_id"], head["question"]) == (answer.trace_id, QUESTION)
    assert told(run("traces", "list", "--matter", "0042-0007", "--json"))["traces"] == [head]
    shown = told(run("traces", "show", answer.trace_id, "--json"))
    assert (shown["whole"], shown["answer"]["text"]) == (True, answer.text)  # type: ignore[index]
    assert "as it was written" in run("traces", "show", answer.trace_id).output
    said = run("traces", "export", answer.trace_id, "--what", "statement", "--out", "s.docx")
    assert said.exit_code == 0
    written = [each.text for each in docx.Document(str(tmp_path / "s.docx")).paragraphs]
    assert "Disclosure of the use of artificial intelligence" in written

    (one,) = told(run("drafts", "list", "--json"))["drafts"]  # type: ignore[misc]
    assert (one["draft_id"], one["title"]) == (str(draft_id), QUESTION)
    draft = told(run("drafts", "show", draft_id, "--json"))
    assert {each["support"] for each in draft["sentences"]} == {"verified"}  # type: ignore[attr-defined]
    file = told(
        run("drafts", "export", draft_id, "--form", "markdown", "--cite", "inline", "--json")
    )
    text = (tmp_path / str(file["file"])).read_text("utf-8")
    assert "## Table of authorities" in text and "invented, for demonstration" in text


@pytest.mark.parametrize("family", ["traces", "drafts"])
def test_what_is_not_there_and_what_is_no_id_are_said_in_words(run: Run, family: str) -> None:
    missing = run(family, "show", uuid4(), "--json")
    assert missing.exit_code == 1
    assert str(told(missing)["error"]["code"]).startswith("no_such_")  # type: ignore[index]
    wrong = run(family, "export", "nonsense", "--json")
    assert (wrong.exit_code, told(wrong)["error"]["code"]) == (2, "usage")  # type: ignore[index]
