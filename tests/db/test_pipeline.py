"""Imports: twice adds nothing, and no way of stopping one loses or doubles anything."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import psycopg
import pytest

from core.errors import EncoderMismatch
from core.ingest import pipeline
from core.ingest.importers.jsonl import read_jsonl
from core.ingest.meter import Meter
from core.ingest.pipeline import ImportProgress, ImportReport, import_cases
from core.library.db import Database
from core.model import BadRecord, CaseRecord, OpinionKind, OpinionRecord
from core.search.encoder import Encoder
from core.search.plan import Searcher
from core.search.terms import terms

# Worker processes are new interpreters: what they are given must be found by import.
IMPORTING = Path(__file__).parent / "importing"
sys.path.insert(0, str(IMPORTING))
from cases_to_import import Fatal, Quick, a_case, many  # noqa: E402


def rows(db: Database, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(db.url) as connection:
        return connection.execute(statement).fetchall()


def contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that the shelf holds, by names that do not depend on the order of import."""
    numbered = """
        WITH passage AS (
            SELECT passages.*, source_id, ordinal
            FROM passages JOIN cases USING (case_id) JOIN opinions USING (opinion_id)
        )
    """
    return {
        "cases": rows(
            db,
            "SELECT source_id, court, case_name, docket_number, date_filed, filed_first,"
            " filed_last, extra, content_sha256 FROM cases ORDER BY source_id",
        ),
        "case_citations": rows(
            db,
            "SELECT source_id, ordinal, as_printed, volume, reporter, page"
            " FROM case_citations JOIN cases USING (case_id) ORDER BY 1, 2",
        ),
        "opinions": rows(
            db,
            "SELECT source_id, ordinal, kind, author, text FROM opinions"
            " JOIN cases USING (case_id) ORDER BY 1, 2",
        ),
        "pages": rows(
            db,
            "SELECT source_id, start_offset, label FROM pages JOIN opinions USING (opinion_id)"
            " JOIN cases USING (case_id) ORDER BY 1, 2",
        ),
        "passages": rows(
            db,
            numbered + "SELECT source_id, ordinal, start_offset, end_offset, terms, court, kind,"
            " filed_first FROM passage ORDER BY 1, 2, 3",
        ),
        "citations": rows(
            db,
            "SELECT source_id, citations.ordinal, citations.kind, start_offset, sentence_start,"
            " volume, reporter, page, pincite, antecedent FROM citations JOIN cases"
            " USING (case_id) ORDER BY 1, 2",
        ),
    }


def postings(db: Database) -> dict[str, dict[tuple[object, ...], list[int]]]:
    """The lexical index read slowly: for each term the living passages and where it stands."""
    places = {
        passage_id: place
        for passage_id, *place in rows(
            db,
            "SELECT passage_id, source_id, start_offset FROM passages JOIN cases USING (case_id)",
        )
    }
    index: dict[str, dict[tuple[object, ...], list[int]]] = {}
    for term, ids, frequencies, positions in rows(
        db, "SELECT term, passages, frequencies, positions FROM postings"
    ):
        numbers = np.frombuffer(ids, dtype="<i4").tolist()
        assert numbers == sorted(set(numbers))
        standing = iter(np.frombuffer(positions, dtype="<u2").tolist())
        for passage_id, frequency in zip(numbers, frequencies, strict=True):
            here = list(islice(standing, frequency))
            if passage_id in places:
                index.setdefault(str(term), {})[tuple(places[passage_id])] = here
        assert list(standing) == []
    return index


def run(
    db: Database,
    records: Iterable[CaseRecord | BadRecord],
    factory: object = Quick,
    **how: object,
) -> ImportReport:
    return import_cases(db, factory, records, **how)  # type: ignore[arg-type]


def test_a_case_is_stored_with_everything_that_points_into_it(db: Database) -> None:
    report = run(db, [a_case()])
    assert (report.cases, report.opinions, report.passages, report.skipped) == (1, 1, 1, 0)
    assert (report.failed, report.notices) == ((), ())
    held = contents(db)
    assert held["case_citations"] == [
        ("test/1", 0, "1 U.S. 418", "1", "U.S.", "418"),
        ("test/1", 1, "not a citation", None, None, None),
    ]
    assert held["pages"] == [("test/1", 0, "1"), ("test/1", 20, "2")]
    full = next(row for row in held["citations"] if row[2] == "full")
    assert full[5:9] == ("556", "U.S.", "418", "434")
    assert report.citations == len(held["citations"])
    assert rows(db, "SELECT revision FROM library") != [(0,)]


def test_the_passage_has_the_vector_and_the_terms_of_its_text(
    db: Database, encoder: Encoder
) -> None:
    case = a_case()
    run(db, [case], lambda: encoder)
    text = case.opinions[0].text
    ((vector, start, end),) = rows(
        db, "SELECT embedding::text, start_offset, end_offset FROM passages"
    )
    stored = np.array(json.loads(str(vector)))
    assert float(stored @ encoder.encode([text[start:end]])[0]) == pytest.approx(1, abs=1e-3)
    words = terms(text)
    expected = {
        word: {("test/1", 0): [n for n, each in enumerate(words) if each == word]}
        for word in set(words)
    }
    assert expected == postings(db)


def test_imported_twice_adds_nothing(db: Database) -> None:
    records = [a_case(n) for n in range(1, 6)]
    run(db, records)
    before = contents(db)
    again = run(db, records)
    assert (again.cases, again.skipped, again.passages) == (0, 5, 0)
    assert contents(db) == before
    assert rows(db, "SELECT revision FROM library") == [(1,)]


def test_the_same_id_with_other_content_is_replaced_and_keeps_its_number(db: Database) -> None:
    run(db, [a_case(1), a_case(2)])
    before = rows(db, "SELECT case_id FROM cases ORDER BY source_id")
    report = run(db, [a_case(1, text="Entirely new words about admiralty."), a_case(2)])
    assert (report.cases, report.skipped) == (1, 1)
    assert rows(db, "SELECT case_id FROM cases ORDER BY source_id") == before
    index = postings(db)
    assert ("test/1", 0) in index["admiralti"]
    assert ("test/1", 0) not in index["factor"]
    assert [row[0] for row in contents(db)["citations"]].count("test/1") == 0


def test_the_same_id_twice_in_one_import_keeps_the_first_and_says_so(db: Database) -> None:
    records = [a_case(1), a_case(1), a_case(1, text="Other words.")]
    for _ in range(2):
        report = run(db, records)
        assert [bad.item for bad in report.failed] == ["test/1"]
        assert "other content" in report.failed[0].reason
    assert "settled" in str(contents(db)["opinions"][0][4])


def test_a_syllabus_is_kept_and_not_searched(db: Database) -> None:
    front = OpinionRecord(kind=OpinionKind.SYLLABUS, author=None, text="Held: the stay is denied.")
    case = a_case()
    run(db, [replace(case, opinions=(front, *case.opinions))])
    held = contents(db)
    assert [(row[1], row[2]) for row in held["opinions"]] == [(0, "syllabus"), (1, "majority")]
    assert {row[1] for row in held["passages"]} == {1}


def test_bad_records_and_notices_are_reported_and_the_rest_is_taken(
    db: Database, tmp_path: Path
) -> None:
    good = {"id": "g", "opinions": [{"type": "majority", "text": "Fine words."}]}
    lines = [
        json.dumps(good),
        "no json",
        json.dumps({"opinions": good["opinions"]}),
        json.dumps({"id": "no text"}),
        json.dumps({**good, "id": "dateless", "date_filed": "soon"}),
        json.dumps({**good, "id": "nul", "opinions": [{"text": "a\x00b \ud800"}]}),
        json.dumps({**good, "id": "odd \x00 id", "extra": {"nul\x00": "\x00", "big": 1e999}}),
        json.dumps({**good, "id": "long", "opinions": [{"text": "The stay. " * 30_000}]}),
    ]
    path = tmp_path / "cases.jsonl.gz"
    data = gzip.compress(("\n".join(lines) + "\n").encode())
    path.write_bytes(data[:-8])
    report = run(db, read_jsonl([path], meter=Meter()))
    assert report.cases == 5
    assert [bad.item for bad in report.failed] == [
        "cases.jsonl.gz, line 2",
        "cases.jsonl.gz, line 3",
        "cases.jsonl.gz, line 4 (no text)",
        "cases.jsonl.gz",
    ]
    assert [bad.item for bad in report.notices] == ["cases.jsonl.gz, line 5 (dateless)"]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH_CHARACTERS", 4_000)


@pytest.mark.usefixtures("small_batches")
def test_d15_worker_processes_store_the_same_as_one_process(
    db: Database, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ImportProgress] = []
    meter = Meter(total=100, read=50)
    report = run(db, many(60), workers=2, on_progress=seen.append, meter=meter)
    assert report.cases == 60
    together, index = contents(db), postings(db)
    assert [progress.cases for progress in seen] == sorted(progress.cases for progress in seen)
    assert seen[-1].share == 0.5
    assert rows(db, "SELECT count(*) FROM passages") == [(report.passages,)]
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("TRUNCATE cases, segments CASCADE")
    monkeypatch.setattr(pipeline, "BATCH_CHARACTERS", 10_000_000)
    run(db, many(60))
    assert contents(db) == together
    assert postings(db) == index


def test_d10_in_whatever_order_cases_come_a_search_finds_the_same(
    db: Database, owner_url: str
) -> None:
    """Some say the same in other words only in their names; all but the last cite one case."""
    records = [a_case(n, text="The stay is denied. See 556 U.S. 418.") for n in range(1, 7)]
    records += [a_case(7, text="The stay of removal is granted."), a_case(8, text="A patent.")]
    queries = ("stay denied", "stay of removal", "“the stay is”", "3 U.S. 418", "Party 5 v. Holder")

    def found(order: Sequence[CaseRecord]) -> list[object]:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            connection.execute("TRUNCATE cases, segments CASCADE")
        for record in order:
            run(db, [record])
        searcher = Searcher(db, Quick())
        return [
            [
                (hit.rank, hit.case.source_id, [each.text for each in hit.passages])
                for hit in searcher.search(query).hits
            ]
            for query in queries
        ]

    expected = found(records)
    assert all(expected)
    assert found(records[::-1]) == expected
    assert found([*records[3:], *records[:3]]) == expected


SCRIPT = """
import signal
import sys
import time
from core.ingest import pipeline
from core.library.db import Database
from cases_to_import import Quick, many
pipeline.BATCH_CHARACTERS = 4_000

def said(progress):
    print(progress.cases, flush=True)

def slowly(records):
    # As from a real source: the last record is not there before the signal is.
    for n, record in enumerate(records):
        time.sleep(0.05 if n > 100 else 0)
        yield record

if __name__ == "__main__":
    # Whoever runs the tests in the background has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with Database.open(sys.argv[1]) as db:
        records = slowly(many(int(sys.argv[2])))
        pipeline.import_cases(db, Quick, records, workers=2, on_progress=said)
"""


def started(tmp_path: Path, db: Database, count: int) -> subprocess.Popen[str]:
    """An import in a process of its own, that has stored something."""
    script = tmp_path / "importing.py"
    script.write_text(SCRIPT, encoding="utf-8")
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, str(script), db.url, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{IMPORTING}"},
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) > 0:
            break
    return process


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(child) for child in listed.split()]


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text(encoding="utf-8").split(")")[1].split()[0] != "Z"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_was_killed_goes_on_when_run_again(
    db: Database, owner_url: str, tmp_path: Path, how: signal.Signals
) -> None:
    process = started(tmp_path, db, 400)
    workers = children(process.pid)
    process.send_signal(how)
    process.communicate(timeout=30)
    deadline = time.monotonic() + 15
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in workers if alive(pid)]
    (stored,) = rows(db, "SELECT count(*) FROM cases")[0]
    assert 0 < int(str(stored)) < 400
    report = run(db, many(400))
    assert (report.cases + report.skipped, report.skipped >= int(str(stored))) == (400, True)
    killed, index = contents(db), postings(db)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("TRUNCATE cases, segments CASCADE")
    run(db, many(400))
    assert contents(db) == killed
    assert postings(db) == index


@pytest.mark.usefixtures("small_batches")
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_missing(db: Database) -> None:
    killed: list[int] = []

    def kill_one(progress: ImportProgress) -> None:
        if progress.cases and not killed:
            spawned = [pid for pid in children(os.getpid()) if is_worker(pid)]
            killed.append(spawned[0])
            os.kill(spawned[0], signal.SIGKILL)

    report = run(db, many(60), workers=2, on_progress=kill_one)
    assert killed
    assert (report.cases, report.failed) == (60, ())


def is_worker(pid: int) -> bool:
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.usefixtures("small_batches")
def test_a_case_that_kills_its_process_is_reported_and_the_others_are_taken(db: Database) -> None:
    records = many(40)
    records[17] = a_case(18, text="A poison pill.")
    report = run(db, records, Fatal, workers=1)
    assert report.cases == 39
    assert [bad.item for bad in report.failed] == ["test/18"]


@pytest.mark.usefixtures("small_batches")
def test_e01_a_server_that_is_restarted_in_the_middle_costs_nothing_but_time(
    db: Database,
) -> None:
    ended: list[int] = []

    def end_connections(progress: ImportProgress) -> None:
        if len(ended) < 3 and progress.cases:
            with psycopg.connect(db.url, autocommit=True) as connection:
                found = connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                ended.append(found.rowcount)

    report = run(db, many(60), workers=1, on_progress=end_connections)
    assert ended
    assert (report.cases + report.skipped, report.failed) == (60, ())
    assert rows(db, "SELECT count(*) FROM cases") == [(60,)]


def test_another_encoder_than_the_librarys_is_refused_before_anything_is_written(
    db: Database,
) -> None:
    run(db, [a_case(1)])

    class Other(Quick):
        fingerprint = "1" * 64

    with pytest.raises(EncoderMismatch, match="Nothing was imported"):
        run(db, [a_case(2)], Other)
    assert rows(db, "SELECT count(*) FROM cases") == [(1,)]


def test_records_are_read_one_at_a_time(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless source is held no further than the batches in work."""
    monkeypatch.setattr(pipeline, "BATCH_RECORDS", 2)
    given = 0

    def endless() -> Iterable[CaseRecord]:
        nonlocal given
        for number in itertools.count(1):
            given += 1
            yield a_case(number)

    class Enough(Exception):
        pass

    def stop(_: ImportProgress) -> None:
        raise Enough

    with pytest.raises(Enough):
        run(db, endless(), Fatal, workers=1, on_progress=stop)
    assert given < 20
