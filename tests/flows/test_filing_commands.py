"""The filings desk on the command line: files handed in, shown, settled, watched for, loaded."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from core.cli import cli
from core.ingest import work

Run = Callable[..., Result]
Say = Callable[..., dict[str, object]]
MOTION = (
    "UNITED STATES DISTRICT COURT\nDISTRICT OF MASSACHUSETTS\n\nORCHARD LESSORS, INC., Plaintiff,\n"
    "v.\nTENANTS OF PIER FIVE, Defendants.\n\nCivil Action No. 1:21-cv-10417\n\n"
    "MOTION TO DISMISS\n\nThe lessor owes a duty to warn of ice. See 556 U.S. 418 (2009).\n\n"
)

OPINION = (
    "SUPREME COURT OF THE UNITED STATES\n\nQUARRY CORP. v. STONES\n\nNo. 22-1\n\nOPINION\n\n"
    "We hold that the lessor of a quarry owes no duty to warn of falling stones. Affirmed.\n"
)


@pytest.fixture
def run(database_url: str, admin_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `onpoint` on a library with a paralegal, pat, on the team of matter 77, and a lawyer."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))
    with psycopg.connect(admin_url) as connection:
        connection.execute(
            "INSERT INTO people (login, name, roles) VALUES ('pat', 'Pat', '{paralegal}'),"
            " ('ann', 'Ann', '{lawyer}'), ('bob', 'Bob', '{lawyer}')"
        )

    def invoke(*words: object, **given: str) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], **given)

    for words in (("matters", "open", "77", "Ice"), ("matters", "add", "77", "pat")):
        assert invoke("--as", "ann", *words).exit_code == 0
    return invoke


@pytest.fixture
def say(run: Run) -> Say:
    """Run `onpoint … --json` as somebody, expect success, and return what it printed."""

    def invoke(login: str, *words: object) -> dict[str, object]:
        result = run("--as", login, *words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    (made / "Motion.txt").write_text(MOTION, encoding="utf-8")
    return made


def test_files_are_handed_in_shown_described_and_deleted_with_a_receipt(
    say: Say, run: Run, folder: Path
) -> None:
    paper, empty = folder / "Motion.txt", folder / "Empty.txt"
    empty.write_bytes(b"")
    rows = say("pat", "upload", paper, empty, folder / "gone.pdf", "--matter", "77")["files"]
    assert [(row["file"], row["state"]) for row in rows] == [
        (str(paper), "searchable"),
        (str(empty), "refused"),
        (str(folder / "gone.pdf"), "refused"),
    ]
    assert all(row["reason"] for row in rows[1:])
    assert rows[0]["passages"] >= 1
    again = say("pat", "upload", paper, "--matter", "77")["files"][0]
    assert again["filing_id"] == again["duplicate_of"] == rows[0]["filing_id"]

    listed = say("ann", "filings", "list", "--matter", "77")["uploads"]
    assert {one["name"] for one in listed} >= {"Motion.txt"}
    shown = say("ann", "filings", "show", "Motion.txt")
    assert shown["text"].startswith("UNITED STATES DISTRICT COURT")
    said = say("pat", "filings", "describe", "Motion.txt", "judge", "Harrow")["description"]
    assert {"field": "judge", "value": "Harrow", "confidence": 1.0, "confirmed_by": "Pat"} in said
    assert say("ann", "search", "duty to warn of ice")["filings"][0]["name"] == "Motion.txt"

    receipt = say("ann", "filings", "delete", "Motion.txt")
    assert (receipt["filings"], receipt["files"]) == (1, 1)
    assert receipt["bytes"] == len(MOTION)
    assert run("--as", "ann", "filings", "show", "Motion.txt").exit_code == 1
    assert say("ann", "search", "duty to warn of ice")["filings"] == []


def test_b01_a_stranger_finds_no_filing_and_no_matter(say: Say, run: Run, folder: Path) -> None:
    paper = folder / "Motion.txt"
    filing_id = say("pat", "upload", paper, "--matter", "77")["files"][0]["filing_id"]
    refused = run("--as", "bob", "upload", paper, "--matter", "77", "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["error"]["code"]) == (1, "no_such_matter")
    for words in (("show",), ("delete",), ("retry",), ("cancel",)):
        result = run("--as", "bob", "filings", *words, filing_id, "--json")
        assert json.loads(result.stdout)["error"]["code"] == "no_such_filing"
    assert say("bob", "filings", "list") == {"uploads": []}


def test_a_new_version_takes_the_place_of_the_old_in_search(say: Say, folder: Path) -> None:
    newer = folder / "Motion, corrected.txt"
    newer.write_text(MOTION + "The stairs were salted.", encoding="utf-8")
    say("pat", "upload", folder / "Motion.txt", newer, "--matter", "77")
    chain = say("pat", "filings", "replace", "Motion.txt", "Motion, corrected.txt")["versions"]
    assert {one["name"] for one in chain} == {"Motion.txt", "Motion, corrected.txt"}
    found = say("ann", "search", "duty to warn of ice")["filings"]
    assert [hit["name"] for hit in found] == ["Motion, corrected.txt"]
    assert say("ann", "filings", "show", "Motion.txt")["text"].startswith("UNITED STATES")


def test_d09_what_an_earlier_version_has_read_is_read_again(
    say: Say, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = say("pat", "upload", folder / "Motion.txt", "--matter", "77")["files"][0]
    assert say("pat", "filings", "reread") == {"asked": 0, "texts": 0, "uploads": []}
    monkeypatch.setattr(work, "VERSION", work.VERSION + 1)
    memo = folder / "Memo.txt"
    memo.write_text("The stairs were salted.", encoding="utf-8")
    say("ann", "matters", "file", "77", memo)
    # What was added by this version is none of it.
    told = say("pat", "filings", "reread", "--matter", "77")
    assert (told["asked"], told["texts"], len(told["uploads"])) == (1, 0, 1)
    # It reads as it did, and so has the id that it had.
    (listed,) = say("pat", "filings", "list")["uploads"]
    assert (listed["filing_id"], listed["state"]) == (row["filing_id"], "searchable")
    assert say("ann", "filings", "reread", "Memo.txt")["texts"] == 1
    assert "all was read by this version" in run("--as", "pat", "filings", "reread").stdout


def test_an_opinion_is_published_once_somebody_said_what_it_is(
    say: Say, run: Run, folder: Path
) -> None:
    slip = folder / "Slip.txt"
    slip.write_text(OPINION, encoding="utf-8")
    say("pat", "upload", slip, "--matter", "77")
    unsaid = run("--as", "pat", "filings", "publish", "Slip.txt", "--date", "2024-03-01")
    assert unsaid.exit_code == 2
    assert "--name (it seems to be" in unsaid.stderr
    assert say("ann", "search", "quarry stones")["hits"] == []

    say("pat", "filings", "describe", "Slip.txt", "court", "scotus")
    publish = ("filings", "publish", "Slip.txt", "--name", "Quarry v. Stones")
    told = say("pat", *publish, "--date", "2024-03-01", "--citation", "612 U.S. 999")
    assert told["case"]["case_name"] == "Quarry v. Stones"
    (hit,) = say("ann", "search", "612 U.S. 999")["hits"]
    assert (hit["case_id"], hit["court"]) == (told["case_id"], "scotus")
    # The same words from a file of no matter are the same case, corrected.
    corrected = ("--court", "2d Cir.", "--name", "Quarry", "--date", "2024", "--docket", "22-1")
    again = say("pat", "filings", "publish", slip, *corrected)
    assert (again["case_id"], again["case"]["court"]) == (told["case_id"], "ca2")
    assert run("--as", "ann", "filings", "publish", slip, *corrected).exit_code == 1
    assert run("--as", "pat", *publish, "--date", "soon").exit_code == 2


def test_j05_without_the_tables_owner_verify_says_what_it_did_not_look_at(
    say: Say, run: Run, folder: Path
) -> None:
    say("pat", "upload", folder / "Motion.txt", "--matter", "77", "--no-wait")
    told = say("pat", "verify")
    assert (told["whole"], told["faults"], told["files"]) == (False, [], 1)
    assert told["not_looked_at"]
    said = " ".join(run("verify").stdout.split())
    assert "nothing wrong was found" in said
    assert "ONPOINT_OWNER_URL" in said


def test_what_was_queued_is_cancelled_and_retried(say: Say, run: Run, folder: Path) -> None:
    row = say("pat", "upload", folder / "Motion.txt", "--matter", "77", "--no-wait")["files"][0]
    assert row["state"] == "waiting"
    assert say("pat", "filings", "cancel", "Motion.txt")["state"] == "cancelled"
    assert run("--as", "pat", "filings", "cancel", "Motion.txt").exit_code == 2
    assert say("pat", "filings", "retry", "Motion.txt")["state"] == "searchable"
    assert run("--as", "pat", "filings", "password", "Motion.txt", input="x\n").exit_code == 2


def test_a_folder_is_watched_and_the_same_files_are_taken_in_once(say: Say, folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "Letter.txt").write_text("Dear Madam, the ice.", encoding="utf-8")
    (folder / ".hidden.txt").write_text("Not this one.", encoding="utf-8")
    for _ in range(2):
        taken = say("pat", "watch", folder, "--matter", "77", "--once")["uploads"]
        assert sorted(one["name"] for one in taken) == ["Letter.txt", "Motion.txt"]
    assert len(say("pat", "filings", "list")["uploads"]) == 2


def test_a_document_loader_named_by_its_class_fills_a_matter(
    say: Say, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "our_loader.py").write_text(LOADER, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    loader = ("import", "loader", "our_loader.Papers", "--matter", "77")
    added = say("pat", *loader, "--set", "times=2")
    assert [(one["name"], one["characters"]) for one in added["filings"]] == [
        ("brief.txt", len("First page. Ice.\n\nSecond page. Ice.")),
    ]
    assert [one["item"] for one in added["failed"]] == ["nothing.txt"]
    for words in (("our_loader.Nobody",), ("json.JSONDecoder",), ("nowhere",)):
        refused = run("--as", "pat", "import", "loader", *words, "--matter", "77")
        assert refused.exit_code == 2, refused.output
    assert run("--as", "pat", *loader, "--set", "wrong=1").exit_code == 2


LOADER = """
from types import SimpleNamespace as Document

class Papers:
    def __init__(self, times):
        self.times = int(times)

    def lazy_load(self):
        for page in ("First", "Second")[: self.times]:
            yield Document(page_content=f"{page} page. Ice.", metadata={"source": "in/brief.txt"})
        yield Document(page_content="  ", metadata={"source": "in/nothing.txt"})
"""


@pytest.mark.slow
def test_d06_a_worker_does_what_is_queued_and_ends_when_it_is_told_to(
    say: Say, folder: Path
) -> None:
    say("pat", "upload", folder / "Motion.txt", "--matter", "77", "--no-wait")
    worker = subprocess.Popen(
        [sys.executable, "-m", "core.cli", "worker"],
        cwd=Path(__file__).parents[2],
        env=os.environ.copy(),
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 120
        while say("pat", "filings", "list")["uploads"][0]["state"] != "searchable":
            assert time.monotonic() < until, "the worker did not do it"
            time.sleep(1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    finally:
        worker.kill()
        worker.wait()
