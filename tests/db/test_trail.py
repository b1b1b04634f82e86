"""The audit trail: what enters it, who may read it, and that nobody changes it unseen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from core.access.trail import record
from core.app import Onpoint
from core.errors import NotAllowed
from core.ingest.demo import demo_path
from core.model import Answer, Role
from core.search.encoder import Encoder
from tests.firm_house import hired, opened
from tests.fix_db import TestServer

CANARY = "the quetzal of the ninth floor"


@pytest.fixture
def demo(demo_url: str, tmp_path: Path, encoder: Encoder) -> Iterator[Onpoint]:
    with opened(demo_url, tmp_path, encoder=encoder) as app:
        yield app


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Onpoint]:
    with opened(database_url, tmp_path) as app:
        yield app


def as_superuser(server: TestServer, url: str) -> psycopg.Connection:
    return psycopg.connect(server.as_admin(url), autocommit=True)


def write(app: Onpoint, action: str, **parts: object) -> None:
    with app._db.transaction(scope=app.who.scope) as transaction:
        record(transaction, action, **parts)


# --- what enters ---


def test_b22_a_search_says_which_passages_were_seen_and_not_what_was_asked(demo: Onpoint) -> None:
    lawyer, person_id = hired(demo, "lawyer")

    found = lawyer.search(f"covenant not to compete {CANARY}")

    entry = demo.trail.entries(action="search")[0]
    passage = found.hits[0].passages[0]
    assert entry.person_id == person_id
    assert entry.login == "lawyer"
    assert entry.detail["seen"][0] == [
        passage.case_id,
        passage.opinion_id,
        passage.span.start,
        passage.span.end,
    ]
    assert len(entry.detail["seen"]) == sum(len(hit.passages) for hit in found.hits)
    assert entry.text is None
    assert "quetzal" not in "".join(demo.trail.export("jsonl"))


def test_the_words_asked_are_kept_only_while_retention_says_so(
    demo: Onpoint, server: TestServer, demo_url: str
) -> None:
    demo.firm.set("questions_days", 30)
    demo.search(CANARY)
    demo.ask(f"When is a covenant enforceable, by {CANARY}?")

    assert [entry.text for entry in demo.trail.entries(k=2)] == [
        f"When is a covenant enforceable, by {CANARY}?",
        CANARY,
    ]
    with as_superuser(server, demo_url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE audit_texts SET at = at - interval '31 days'")
    assert [entry.text for entry in demo.trail.entries(k=2)] == [None, None]
    demo.firm.set("questions_days", 90)
    assert demo.trail.entries(action="search")[0].text == CANARY
    demo.firm.set("questions_days", 1)
    demo._house.readings._forgot_at = 0.0
    demo.ask("What else?")
    with as_superuser(server, demo_url) as connection:
        kept = connection.execute("SELECT text FROM audit_texts").fetchall()
    assert kept == [("What else?",)]
    assert demo.trail.entries(action="trail.forget")[0].detail == {"days": 1, "texts": 2}
    assert demo.trail.verify().whole


def test_an_answer_enters_with_its_sources_its_model_and_its_voice(demo: Onpoint) -> None:

    answer: Answer = demo.ask("When is a covenant not to compete enforceable?")

    entry = demo.trail.entries(action="ask")[0]
    assert entry.subject == answer.trace_id
    assert len(entry.detail["seen"]) == len(answer.sources)
    assert entry.detail["answer_model"] == "none (extracts)"
    assert entry.detail["voice"] == "off"
    assert entry.words.startswith(f"Asked; the answer ({answer.standing}) rests on")


def test_a_case_read_enters_once_however_often_its_page_is_drawn(demo: Onpoint) -> None:
    case = demo.search("covenant").hits[0].case
    other, _ = hired(demo, "other")

    for _ in range(3):
        demo.read(case.case_id)
    other.read(case.case_id)

    assert [entry.subject for entry in demo.trail.entries(action="read")] == [case.source_id] * 2
    assert demo.trail.entries(action="read")[0].words == f"Read {case.case_name}"


def test_an_import_enters(app: Onpoint) -> None:
    app.import_jsonl([demo_path()])

    assert app.trail.entries(action="library.import")[0].detail["cases"] == 18


def test_what_postgres_cannot_hold_is_left_out_and_the_entry_stays(app: Onpoint) -> None:
    write(app, "search", subject="a\0b", detail={"x": "c\0d", "y": ["\ud800"]}, text="e\0f")

    entry = app.trail.entries()[0]
    assert (entry.subject, entry.detail) == ("ab", {"x": "cd", "y": ["?"]})
    assert app.trail.verify().whole


# --- who reads ---


def test_everybody_reads_their_own_and_only_an_admin_that_of_others(app: Onpoint) -> None:
    lawyer, _ = hired(app, "lawyer")
    paralegal, _ = hired(app, "paralegal", Role.PARALEGAL)
    write(lawyer, "search", subject="of the lawyer")
    write(paralegal, "search", subject="of the paralegal")

    assert [entry.subject for entry in lawyer.trail.mine()] == ["of the lawyer"]
    assert [entry.subject for entry in paralegal.trail.mine()] == ["of the paralegal"]
    assert {entry.subject for entry in app.trail.entries(action="search")} == {
        "of the lawyer",
        "of the paralegal",
    }


def test_b03_without_a_person_the_trail_has_no_rows(app: Onpoint) -> None:
    write(app, "search")

    assert app._db.rows("select_firm_settings", lambda **columns: columns) == []
    with app._db.transaction() as transaction:
        assert transaction.value("count_audit_entries") == 0


def test_nobody_writes_in_anothers_name(app: Onpoint) -> None:
    _, other = hired(app, "other")

    with pytest.raises(NotAllowed):
        write(app, "search", person_id=other)


def test_b10_what_concerns_a_matter_is_told_to_no_admin_who_is_kept_out(app: Onpoint) -> None:
    walled, walled_id = hired(app, "walled", Role.ADMIN, Role.LAWYER)
    seen = [(entry.action, entry.at) for entry in walled.trail.entries()]
    matter = app.matters.open("100-1", CANARY)
    app.matters.add(matter.matter_id, app.who.person().person_id)
    assert walled.trail.entries(action="matter.open")
    app.walls.raise_wall(matter.matter_id, walled_id, "conflict")
    write(app, "filing.read", matter_id=matter.matter_id, subject=CANARY)

    assert [(entry.action, entry.at) for entry in walled.trail.entries()] == seen
    assert CANARY not in "".join(walled.trail.export("csv"))
    assert walled.trail.entries(matter_id=matter.matter_id) == ()
    report = walled.trail.verify()
    assert report.whole
    assert report.entries == len(walled.trail.entries())

    app.matters.remove(matter.matter_id)
    assert [e.action for e in app.trail.entries(matter_id=matter.matter_id)][:2] == [
        "matter.remove",
        "filing.read",
    ]
    assert walled.trail.entries(matter_id=matter.matter_id) == ()


def test_what_a_person_did_in_a_matter_is_not_told_them_once_they_are_kept_out(
    app: Onpoint,
) -> None:
    lawyer, person_id = hired(app, "lawyer")
    matter = app.matters.open("100-1", CANARY)
    app.matters.add(matter.matter_id, person_id)
    write(lawyer, "filing.read", matter_id=matter.matter_id)
    assert [entry.action for entry in lawyer.trail.mine()] == ["filing.read"]

    app.matters.leave(matter.matter_id, person_id)

    assert lawyer.trail.mine() == ()


# --- filter and export ---


def test_the_trail_is_filtered_and_read_page_by_page(app: Onpoint) -> None:
    for n in range(7):
        write(app, "search" if n % 2 else "case.print", subject=str(n))
    page = app.trail.entries(k=3)
    rest = app.trail.entries(k=100, before=page[-1].entry_id)

    assert [entry.subject for entry in (*page, *rest)][:7] == list("6543210")
    assert [entry.subject for entry in app.trail.entries(action="search")] == list("531")
    assert [entry.subject for entry in app.trail.entries(subject="4")] == ["4"]
    assert app.trail.entries(since=page[0].at)[0] == page[0]
    assert app.trail.entries(until=rest[-1].at) == ()
    assert app.trail.entries(person_id=app.who.person().person_id, k=1) == page[:1]


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_c22_an_export_for_spreadsheets_holds_no_formula(app: Onpoint, hostile: str) -> None:
    write(app, "search", subject=hostile)

    rows = list(csv.reader(io.StringIO("".join(app.trail.export("csv")))))
    assert rows[0][:4] == ["at", "login", "action", "subject"]
    assert rows[2][3] == f"'{hostile}"


def test_an_export_of_many_pages_has_every_entry_once_and_enters_itself(
    app: Onpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.access.trail.MOST", 4)
    for n in range(10):
        write(app, "search", subject=str(n))

    lines = [json.loads(line) for line in app.trail.export("jsonl")]

    assert [line["subject"] for line in lines] == ["jsonl", *"9876543210"]
    assert app.trail.entries(k=1)[0].action == "trail.export"


# --- the chain ---


def test_entries_written_at_once_make_one_chain_without_a_gap(
    app: Onpoint, server: TestServer, database_url: str
) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: write(app, "search", subject=str(n)), range(40)))

    with as_superuser(server, database_url) as connection:
        numbers = [row[0] for row in connection.execute("SELECT seq FROM audit_entries ORDER BY 1")]
    assert numbers == list(range(1, 41))
    assert app.trail.verify().whole


def test_what_is_undone_leaves_no_gap(app: Onpoint) -> None:
    write(app, "search")
    with pytest.raises(ZeroDivisionError), app._db.transaction(scope=app.who.scope) as transaction:
        record(transaction, "search")
        raise ZeroDivisionError
    write(app, "search")

    assert len(app.trail.entries()) == 2
    assert app.trail.verify().whole


CHANGES = {
    "a word": "UPDATE audit_entries SET subject = 'x' WHERE seq = 3",
    "the person": "UPDATE audit_entries SET person_id = gen_random_uuid() WHERE seq = 3",
    "the time": "UPDATE audit_entries SET at = at + interval '1 microsecond' WHERE seq = 3",
    "the matter": "UPDATE audit_entries SET matter_id = gen_random_uuid() WHERE seq = 3",
    "a detail": "UPDATE audit_entries SET detail = '{\"n\": 4}' WHERE seq = 3",
    "one taken out": "DELETE FROM audit_entries WHERE seq = 3",
    "the first taken out": "DELETE FROM audit_entries WHERE seq = 1",
    "one taken out, the rest moved up": (
        "DELETE FROM audit_entries WHERE seq = 3;"
        "UPDATE audit_entries SET seq = seq - 1 WHERE seq > 3"
    ),
    "one put in": (
        "INSERT INTO audit_entries (seq, at, action, hash) VALUES (7, now(), 'search', '')"
    ),
    "hash and word": (
        "UPDATE audit_entries SET subject = 'x' WHERE seq = 3;"
        "UPDATE audit_entries AS e SET hash = audit_hash(e, p.hash) FROM audit_entries AS p"
        " WHERE e.seq = 3 AND p.seq = 2"
    ),
    "the words asked": "UPDATE audit_texts SET text = 'something else'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_b22_a_change_made_behind_our_back_shows_and_says_where(
    app: Onpoint, server: TestServer, database_url: str, change: str
) -> None:
    for n in range(6):
        write(app, "search", detail={"n": n}, text="the very words" if n == 2 else None)
    assert app.trail.verify().whole
    with as_superuser(server, database_url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(change)

    report = app.trail.verify()

    assert not report.whole
    assert report.broken_at is not None
    assert f"{report.broken_at:%H:%M:%S}" in report.words


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entries SET subject = 'x'",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries CASCADE",
        "UPDATE audit_texts SET text = 'x'",
        "DELETE FROM audit_texts",
        "TRUNCATE audit_texts",
        "DELETE FROM removed_matters",
        "INSERT INTO removed_matters VALUES (gen_random_uuid(), '{}')",
        "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
        "DROP TABLE audit_texts",
        "ALTER FUNCTION break_in_audit() RENAME TO something_else",
    ],
)
def test_b22_the_app_cannot_change_the_trail(app: Onpoint, database_url: str, change: str) -> None:
    write(app, "search", text="words")

    with psycopg.connect(database_url) as connection:
        connection.execute(
            sql.SQL("SELECT set_config('onpoint.person', {}, false)").format(
                str(app.who.person().person_id)
            )
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(change)


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entries SET subject = 'x'", "TRUNCATE audit_entries CASCADE"]
)
def test_b22_even_the_owner_of_the_tables_is_refused(
    app: Onpoint, server: TestServer, database_url: str, change: str
) -> None:
    write(app, "search")
    with (
        psycopg.connect(server.as_owner(database_url)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"),
    ):
        connection.execute(change)


def test_an_entry_cannot_be_given_a_time_a_place_or_a_hash_of_its_own(
    app: Onpoint, database_url: str
) -> None:
    person = str(app.who.person().person_id)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SELECT set_config('onpoint.person', %s, false)", (person,))
        connection.execute(
            "INSERT INTO audit_entries (seq, at, person_id, action, hash)"
            " VALUES (99, '2001-01-01', %s, 'search', 'x')",
            (person,),
        )

    assert app.trail.entries()[0].at.year > 2001
    assert app.trail.verify().whole


def test_the_time_zone_of_whoever_verifies_does_not_matter(
    app: Onpoint, server: TestServer, database_url: str
) -> None:
    write(app, "search")
    with as_superuser(server, database_url) as connection:
        connection.execute("SET timezone = 'Asia/Kolkata'")
        assert connection.execute("SELECT break_in_audit()").fetchone() == (None,)
