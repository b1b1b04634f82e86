"""The command line keeps its contract: one JSON object on stdout, stated failures, exit codes."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from core.app import Onpoint
from core.cli import cli
from core.errors import DatabaseUnavailable
from core.library import cluster
from core.settings import Settings
from tests.db.homes import new_home

Run = Callable[..., Result]
Say = Callable[..., dict[str, object]]


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `onpoint` on an empty library of this test's own."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))

    def invoke(*words: object, text: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], input=text)

    return invoke


@pytest.fixture
def say(run: Run) -> Say:
    """Run `onpoint … --json`, expect success, and return the object it printed."""

    def invoke(*words: object, text: str | None = None) -> dict[str, object]:
        result = run(*words, "--json", text=text)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return invoke


def test_the_demonstration_library_is_imported_searched_cited_and_asked(say: Say) -> None:
    first = say("import", "demo")
    assert {"cases": 18, "failed": []}.items() <= first.items()
    again = say("import", "demo")
    assert {"cases": 0, "skipped": 18}.items() <= again.items()

    found = say("search", "117 Merr. 2d 34", "-k", 1)
    assert found["hits"][0]["case_name"] == "State v. Hollowell"
    assert found["hits"][0]["why"] == [{"arm": "exact", "rank": 1}]

    cited = say("cite", "-", text="See State v. Hollowell, 117 Merr. 2d 34, 35 (1992).")
    assert [(one["kind"], one["status"]) for one in cited["citations"]] == [("full", "held")]

    answer = say("ask", "When may an officer stop a person on suspicion?")
    assert answer["standing"] == "grounded"
    texts = {source["n"]: source["text"] for source in answer["sources"]}
    for claim in answer["claims"]:
        assert any(claim["text"] in " ".join(texts[n].split()) for n in claim["sources"])
    assert answer["footer"]["answer_model"] == "none (extracts)"


def test_an_empty_library_answers_every_question_plainly(say: Say) -> None:
    assert say("search", "duty to warn")["hits"] == []
    assert (
        say("cite", "Nken v. Holder, 556 U.S. 418 (2009)")["citations"][0]["status"] == "not_held"
    )
    answer = say("ask", "Is removal irreparable?")
    assert (answer["standing"], answer["claims"], answer["sources"]) == ("abstained", [], [])
    assert say("doctor") == {"ok": True, "findings": []}
    assert say("migrate") == {"applied": []}


def test_search_is_measured_on_judged_queries_and_on_halves_of_them(
    say: Say, tmp_path: Path
) -> None:
    say("import", "demo")
    held = {hit["source_id"] for hit in say("search", "reasonable suspicion")["hits"]}
    (stopped,) = {hit["source_id"] for hit in say("search", "117 Merr. 2d 34", "-k", 1)["hits"]}
    assert stopped in held
    queries, qrels, run_file = tmp_path / "q.jsonl", tmp_path / "qrels.txt", tmp_path / "run.txt"
    asked = [{"qid": f"q{n}", "text": "State v. Hollowell suspicion"} for n in range(20)]
    queries.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    qrels.write_text("".join(f"q{n} 0 {stopped} 1\n" for n in range(20)), encoding="utf-8")
    measured = partial(say, "evaluate", "retrieval", "--queries", queries, "--qrels", qrels)
    whole = measured("--run", run_file)
    assert (whole["queries"], whole["measures"]["R@10"]) == (20, 1.0)
    assert list(whole["arms"]) == ["words", "opinion", "dense", "fused"]
    assert run_file.read_text(encoding="utf-8").splitlines()[0].startswith("q0 Q0 ")
    halves = [measured("--half", half)["queries"] for half in ("even", "odd")]
    assert sum(halves) == 20
    assert min(halves) > 0


def test_a_date_that_is_none_is_wrong_usage_said_in_one_sentence(run: Run) -> None:
    result = run("search", "notice", "--as-of", "yesterday", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"] == {
        "code": "usage",
        "message": "'yesterday' is no date; write 2009, 2009-04 or 2009-04-22.",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        # a mode that comes with a later release is refused, not guessed at
        (("search", "a /5 b", "--mode", "connectors"), "connectors"),
        # a file that is not there
        (("import", "jsonl", "no-such-file.jsonl"), "no-such-file.jsonl"),
        # judgments that are not there
        (("evaluate", "retrieval", "--queries", "none.jsonl", "--qrels", "none.txt"), "none"),
    ],
)
def test_what_cannot_be_done_is_stated_and_nothing_else_is_printed(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    result = run(*words, "--json")
    stated = json.loads(result.stdout)
    message = stated["error"]["message"] if "error" in stated else stated["failed"][0]
    assert said in str(message)
    assert "Traceback" not in result.output


def test_a_server_that_cannot_be_reached_is_stated_with_exit_code_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none?connect_timeout=1")
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path))
    monkeypatch.setattr("core.library.reach.WAIT_SECONDS", 0.5)
    result = CliRunner().invoke(cli, ["doctor", "--json"])
    assert result.exit_code == 1
    findings = json.loads(result.stdout)["findings"]
    assert [finding["subject"] for finding in findings] == ["server"]


def test_a_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONPOINT_WORKERS", "many")
    result = run("search", "notice", "--json")
    assert result.exit_code == 2
    assert "workers" in json.loads(result.stdout)["error"]["message"].lower()


def test_bad_input_gets_one_sentence_each_and_the_rest_is_imported(
    say: Say, tmp_path: Path
) -> None:
    good = {"id": "good", "court": "scotus", "opinions": [{"type": "majority", "text": "We hold."}]}
    lines = [
        b"this is no JSON",
        json.dumps({**good, "id": None}).encode(),
        json.dumps({"id": "no-text", "court": "scotus", "opinions": []}).encode(),
        json.dumps({**good, "id": "no-date", "date_filed": "the ides of March"}).encode(),
        json.dumps({**good, "id": "nul", "case_name": "A\x00 v. B"}).encode(),
        json.dumps({**good, "id": "long", "filler": "x" * 8_000_000}).encode(),
        json.dumps({**good, "id": "latin"}).encode()[:-1] + b', "case_name": "Caf\xe9 v. Bar"}',
        json.dumps(good).encode(),
    ]
    plain = tmp_path / "bad.jsonl"
    plain.write_bytes(b"\n".join(lines))
    whole = gzip.compress(
        b"\n".join(json.dumps({**good, "id": f"gz{n}"}).encode() for n in range(99))
    )
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(whole[: len(whole) * 2 // 3])

    report = say("import", "jsonl", plain, cut)
    assert report["cases"] >= 5
    reasons = [failed["reason"] for failed in report["failed"]]
    assert len(reasons) == 4
    assert all(reason and "Traceback" not in reason for reason in reasons)
    assert say("search", "Café v. Bar", "-k", 1)["hits"][0]["source_id"] == "latin"
    assert say("import", "jsonl", plain, cut)["cases"] == 0


def test_e01_a_killed_database_is_said_in_words_and_search_works_again_by_itself() -> None:
    with new_home() as home:
        settings = Settings(home=home, DATABASE_URL=None)
        with Onpoint.open(settings) as app:
            app.import_demo()
            assert app.search("117 Merr. 2d 34").hits
            process = cluster.server_process(cluster.find(home / "postgres"))
            assert process is not None
            os.kill(process, signal.SIGKILL)
            assert _found_again(app) == "State v. Hollowell"


def _found_again(app: Onpoint) -> str | None:
    """Search until it works again, within the ten seconds that are promised, and some."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return app.search("117 Merr. 2d 34").hits[0].case.case_name
        except DatabaseUnavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
