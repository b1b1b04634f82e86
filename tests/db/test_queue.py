"""The queue: taken by one at a time, in a fair order, and given back by whoever falls silent."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from numpy.typing import NDArray

from core import faultpoints
from core.app import Onpoint
from core.ingest import worker
from core.ingest.parse.sandbox import Sandbox
from core.ingest.work import LEASE
from core.ingest.worker import MOST_ATTEMPTS, SMALL, Workers, drain, work_once
from core.library import jobs
from core.library.jobs import Job
from core.model import MatterId, Upload, UploadState
from tests.db.desks import handed, now_of, open_desk, shop_of
from tests.db.office import DUTY, TAX, Office, matter_with, me
from tests.db.test_search import HashedEncoder

ANY = worker.ANY


class Scripted(HashedEncoder):
    """An encoder that does something first, where the text has a word for it."""

    def __init__(self) -> None:
        self.before: Callable[[], None] = lambda: None
        self.vectors: Callable[[NDArray[np.float32]], NDArray[np.float32]] = lambda made: made

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("poison" in text for text in texts):
            raise RuntimeError("an odd text")
        self.before()
        return self.vectors(super().encode(texts))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(room=tmp_path_factory.mktemp("reading")) as opened:
        yield opened


@pytest.fixture
def encoder() -> Scripted:
    return Scripted()


@pytest.fixture
def office(
    database_url: str, admin_url: str, tmp_path: Path, sandbox: Sandbox, encoder: Scripted
) -> Iterator[Office]:
    with open_desk(database_url, admin_url, tmp_path, sandbox, encoder=encoder) as opened:
        yield opened


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "lawyer")


@pytest.fixture
def matter(ann: Onpoint) -> MatterId:
    return matter_with(ann, "1")


def claimed(app: Onpoint, *, most: int = ANY, lease: float = LEASE) -> Job | None:
    return jobs.claim(app._house.db, uuid4(), lease=lease, most=most)


def due(office: Office) -> None:
    """Let the time pass that work is held back for."""
    office.run("UPDATE jobs SET run_after = now() - interval '1 second'")


# --- whose turn it is ---


def test_work_is_taken_by_one_alone(ann: Onpoint, matter: MatterId) -> None:
    upload = handed(ann, matter, DUTY)
    taken = claimed(ann)
    assert taken is not None
    assert (taken.filing_id, taken.attempt) == (upload.filing_id, 1)
    assert claimed(ann) is None


def test_the_small_go_before_the_big_until_those_have_waited_long(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    big, small = (handed(ann, matter, text * 200, text) for text in ("A long one. ", "B. "))
    office.run("UPDATE jobs SET turn = turn + interval '10 minutes' WHERE weight > 1000")
    first = claimed(ann)
    assert first is not None
    assert first.filing_id == small.filing_id
    handed(ann, matter, DUTY)
    office.run("UPDATE jobs SET turn = now() - interval '1 hour' WHERE weight > 1000")
    second = claimed(ann)
    assert second is not None
    assert second.filing_id == big.filing_id


def test_a_thread_for_small_files_leaves_the_big_ones_alone(ann: Onpoint, matter: MatterId) -> None:
    ann.filings.upload(matter, "Big.txt", [b"x" * (SMALL + 1)])
    assert claimed(ann, most=SMALL) is None
    assert claimed(ann) is not None


def test_d13_each_person_has_a_turn_however_much_another_handed_in(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    for n in range(20):
        handed(ann, matter, f"Ann's paper {n}.")
    bob = office.hire("bob", "lawyer")
    theirs = handed(bob, matter_with(bob, "2"), "Bob's only paper.")
    taken = [claimed(ann) for _ in range(2)]
    assert {job.person_id for job in taken if job} == {me(ann), me(bob)}
    assert theirs.filing_id in {job.filing_id for job in taken if job}


def test_d13_a_claim_takes_no_longer_where_ten_thousand_wait(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    def fill(first: int, last: int) -> None:
        office.run(
            "WITH u AS (INSERT INTO uploads (filing_id, matter_id, name, kind, bytes, sha256,"
            " added_by) SELECT gen_random_uuid(), %s, 'Many', 'text', n, sha256(n::text::bytea), %s"
            " FROM generate_series(%s::bigint, %s::bigint) AS n"
            " RETURNING filing_id, matter_id, bytes, added_by)"
            " INSERT INTO jobs (matter_id, filing_id, person_id, weight, turn)"
            " SELECT matter_id, filing_id, added_by, bytes, now() + bytes * interval '1 ms' FROM u",
            *(matter, me(ann), first, last),
        )
        office.run("ANALYZE jobs")

    def fastest() -> float:
        times: list[float] = []
        for _ in range(15):
            began = time.perf_counter()
            assert claimed(ann) is not None
            times.append(time.perf_counter() - began)
        return min(times)

    fill(1, 100)
    few = fastest()
    fill(101, 10_000)
    assert fastest() < 4 * few + 0.002


# --- who falls silent ---


def test_d05_work_of_a_worker_that_fell_silent_is_taken_by_another(
    ann: Onpoint, matter: MatterId
) -> None:
    handed(ann, matter, DUTY)
    assert claimed(ann, lease=0.2) is not None
    assert claimed(ann) is None
    time.sleep(0.25)
    again = claimed(ann)
    assert again is not None
    assert again.attempt == 2


def test_a_worker_that_says_it_is_there_keeps_its_work(ann: Onpoint, matter: MatterId) -> None:
    handed(ann, matter, DUTY)
    job = claimed(ann, lease=0.2)
    assert job is not None
    assert jobs.keep(ann._house.db, job, lease=60)
    time.sleep(0.25)
    assert claimed(ann) is None


def test_d03_work_done_twice_at_once_has_one_result(
    ann: Onpoint, matter: MatterId, office: Office, encoder: Scripted
) -> None:
    upload = handed(ann, matter, DUTY)
    shop, other = shop_of(ann), list[bool]()

    def overtaken() -> None:
        """The first is slow: its lease runs out, and another does all of it."""
        encoder.before = lambda: None
        office.run("UPDATE jobs SET leased_until = now() - interval '1 second'")
        other.append(work_once(shop, threading.Event()))
        assert now_of(ann, upload).state is UploadState.SEARCHABLE

    encoder.before = overtaken
    assert work_once(shop, threading.Event())
    assert other == [True]
    assert now_of(ann, upload).state is UploadState.SEARCHABLE
    assert office.run("SELECT count(*) FROM filings")[0][0] == 1
    assert office.run("SELECT count(*) FROM audit_entries WHERE action = 'filing.add'") == [(1,)]


@pytest.mark.parametrize("hours", [-1, 1])
def test_d14_a_clock_that_jumps_leaves_no_work_lying_and_repeats_none(
    ann: Onpoint, matter: MatterId, office: Office, hours: int
) -> None:
    handed(ann, matter, DUTY)
    job = claimed(ann)
    assert job is not None
    # Seen from here, where the clock has jumped by so many hours.
    office.run(
        "UPDATE jobs SET leased_until = leased_until - %s * interval '1 hour',"
        " run_after = run_after - %s * interval '1 hour'",
        *(hours, hours),
    )
    assert claimed(ann) is not None
    assert claimed(ann) is None


# --- what goes wrong ---


def test_d04_what_fails_again_and_again_stops_and_the_others_go_on(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    bad, good = handed(ann, matter, "A poison pill."), handed(ann, matter, DUTY)
    shop = shop_of(ann)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        drain(shop)
        assert now_of(ann, good).state is UploadState.SEARCHABLE
        if attempt < MOST_ATTEMPTS:
            assert now_of(ann, bad).state is UploadState.WAITING
            (held_back,) = office.run("SELECT extract(epoch FROM run_after - now()) FROM jobs")
            assert 2**attempt * 0.9 < float(str(held_back[0])) < 2**attempt * 3.1
            due(office)
    stopped = now_of(ann, bad)
    assert stopped.state is UploadState.STOPPED
    assert "5 times" in str(stopped.reason)
    assert office.run("SELECT count(*) FROM jobs") == [(0,)]


def test_d04_what_ends_every_worker_that_takes_it_stops_too(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    upload = handed(ann, matter, DUTY)
    for _ in range(MOST_ATTEMPTS):
        assert claimed(ann) is not None  # and nothing was heard of it again
        office.run("UPDATE jobs SET leased_until = now() - interval '1 second'")
    assert drain(shop_of(ann)) == 1
    assert now_of(ann, upload).state is UploadState.STOPPED


@pytest.mark.parametrize(
    "wrong",
    [
        lambda made: made[:, :-1],  # another dimension
        lambda made: made * np.nan,
        lambda made: made * 0,
        lambda made: made[:-1],  # one too few
    ],
)
def test_d11_vectors_that_are_none_are_refused_and_the_work_is_tried_again(
    ann: Onpoint,
    matter: MatterId,
    office: Office,
    encoder: Scripted,
    wrong: Callable[[NDArray[np.float32]], NDArray[np.float32]],
) -> None:
    upload = handed(ann, matter, DUTY)
    encoder.vectors = wrong
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.WAITING
    assert office.run("SELECT count(*) FROM filing_passages") == [(0,)]
    encoder.vectors = lambda made: made
    due(office)
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.SEARCHABLE


def test_b20_what_was_asked_for_before_a_wall_is_not_published_after_it(
    ann: Onpoint, matter: MatterId, office: Office, encoder: Scripted
) -> None:
    upload = handed(ann, matter, DUTY)

    def wall_off() -> None:
        encoder.before = lambda: None
        office.app.walls.raise_wall(matter, me(ann), "He acted for the other side.")

    encoder.before = wall_off
    drain(shop_of(ann))
    assert office.run("SELECT count(*) FROM filings") == [(0,)]
    ((state, reason),) = office.run("SELECT state, reason FROM uploads")
    assert (state, "may not work on this matter" in str(reason)) == ("stopped", True)

    bob = office.hire("bob", "lawyer")
    office.app.matters.add(matter, me(bob))
    bob.filings.retry(upload.filing_id)
    drain(shop_of(ann))
    assert now_of(bob, upload).state is UploadState.SEARCHABLE


def test_what_is_cancelled_while_it_is_worked_on_is_not_published(
    ann: Onpoint, matter: MatterId, office: Office, encoder: Scripted
) -> None:
    upload = handed(ann, matter, DUTY)
    encoder.before = lambda: ann.filings.cancel(upload.filing_id) and None
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.CANCELLED
    assert office.run("SELECT count(*) FROM filings") == [(0,)]


def test_what_is_small_is_done_between_two_pieces_of_what_is_big(
    ann: Onpoint, matter: MatterId, encoder: Scripted
) -> None:
    big = handed(ann, matter, " ".join(f"The lessor owes duty {n}." for n in range(4000)))
    small = list[Upload]()

    def hand_in() -> None:
        encoder.before = lambda: None
        small.append(handed(ann, matter, DUTY))

    encoder.before = hand_in
    assert work_once(shop_of(ann), threading.Event())
    first, second = (now_of(ann, each).answerable_at for each in (small[0], big))
    assert first is not None
    assert second is not None
    assert first < second


def test_what_a_step_made_is_not_made_again(
    ann: Onpoint, matter: MatterId, office: Office, encoder: Scripted
) -> None:
    handed(ann, matter, DUTY)
    drain(shop_of(ann))
    assert office.run("SELECT count(*) FROM upload_steps") == [(0,)]
    bad = handed(ann, matter, "A poison pill.")
    drain(shop_of(ann))
    assert office.run("SELECT step FROM upload_steps ORDER BY step") == [
        ("check",),
        ("describe",),
        ("parse",),
    ]
    (file,) = (
        path
        for path in (ann.settings.home / "files").rglob("*")
        if path.is_file() and path.read_bytes() == b"A poison pill."
    )
    file.unlink()  # so that it cannot be read again
    due(office)
    drain(shop_of(ann))
    assert now_of(ann, bad).state is UploadState.WAITING


# --- what is open meanwhile ---


def test_d07_no_transaction_is_open_while_passages_are_encoded(
    ann: Onpoint, matter: MatterId, office: Office, encoder: Scripted
) -> None:
    seen: list[object] = []

    def look() -> None:
        seen.extend(
            office.run(
                "SELECT state, query FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND xact_start IS NOT null"
            )
        )
        assert office.run("SELECT count(*) FROM filings") == [(0,)]  # D08: nothing half there

    encoder.before = look
    upload = handed(ann, matter, DUTY)
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.SEARCHABLE
    assert seen == []


def test_d08_at_each_point_of_the_work_a_filing_is_there_whole_or_not_at_all(
    ann: Onpoint, matter: MatterId, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []

    class Looking:
        """What the points are counted by: it looks, from outside, at what is there by then."""

        def point(self, _name: str) -> None:
            seen.extend(office.run(WHOLE))

    upload = handed(ann, matter, f"{DUTY} " * 40)
    monkeypatch.setattr(faultpoints, "_count", Looking())
    drain(shop_of(ann))
    (last,) = office.run(WHOLE)
    assert now_of(ann, upload).state is UploadState.SEARCHABLE
    assert len(seen) > 10
    assert set(seen) == {NOTHING, last}
    assert all(isinstance(n, int) and n > 0 for n in last)


# What a filing is searched by: itself, passages, those with vectors, words, citations.
WHOLE = (
    "SELECT (SELECT count(*) FROM filings), (SELECT count(*) FROM filing_passages),"
    " (SELECT count(*) FROM filing_passages WHERE embedding IS NOT null),"
    " (SELECT count(*) FROM filing_postings), (SELECT count(*) FROM filing_citations)"
)
NOTHING = (0, 0, 0, 0, 0)


def test_d10_in_whatever_order_files_come_a_search_finds_the_same(
    ann: Onpoint,
) -> None:
    """Equals stand by name: texts that differ in nothing that a search sees come in every order."""
    alike = [f"{word} {DUTY}" for word in ("Alpha.", "Bravo.", "Gamma.")]
    papers = [*alike, TAX, f"{TAX} {DUTY}", "The tenant slipped.", "Ice. Ice. Ice."]
    queries = ("duty to warn", "tax court", "“ice on the stairs”", "556 U.S. 418", "the tenant")

    def found(order: list[str], number: str) -> list[object]:
        matter = matter_with(ann, number)
        for text in order:
            handed(ann, matter, text, f"{text}.txt")
        drain(shop_of(ann))
        return [
            [
                (hit.rank, hit.filing.name, [each.text for each in hit.passages], hit.why)
                for hit in ann.search(query, matter=matter).filings
            ]
            for query in queries
        ]

    rng = random.Random(10)  # noqa: S311  an order, no secret
    expected = found(papers, "100")
    assert all(expected)
    for number in range(3):
        assert found(rng.sample(papers, len(papers)), f"20{number}") == expected


def test_d02_the_whole_of_it_run_twice_changes_nothing(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    def state() -> list[list[tuple[object, ...]]]:
        tables = ("uploads", "filings", "filing_passages", "filing_postings", "filing_citations")
        return [office.run(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables]

    for text in (DUTY, TAX):
        handed(ann, matter, text)
    drain(shop_of(ann))
    before = state()
    for text in (DUTY, TAX):
        handed(ann, matter, text)
    assert drain(shop_of(ann)) == 0
    assert state() == before


# --- workers ---


def waited_for(app: Onpoint, uploads: Sequence[Upload], state: UploadState) -> bool:
    border = time.monotonic() + 30
    while time.monotonic() < border:
        if all(now_of(app, upload).state is state for upload in uploads):
            return True
        time.sleep(0.05)
    return False


def test_workers_take_up_what_is_handed_in_at_once(ann: Onpoint, matter: MatterId) -> None:
    workers = Workers(shop_of(ann))
    workers.start()
    try:
        began = time.monotonic()
        uploads = [handed(ann, matter, text) for text in (DUTY, TAX)]
        assert waited_for(ann, uploads, UploadState.SEARCHABLE)
        assert time.monotonic() - began < 10
    finally:
        workers.stop()


def test_d06_a_worker_that_is_told_to_stop_gives_back_what_it_was_at(
    ann: Onpoint, matter: MatterId, office: Office, encoder: Scripted
) -> None:
    workers = Workers(shop_of(ann))
    reached = threading.Event()

    def stop_here() -> None:
        reached.set()
        workers._stop.wait(10)

    encoder.before = stop_here
    upload = handed(ann, matter, DUTY)
    workers.start()
    assert reached.wait(20)
    workers.stop(grace=10)
    assert now_of(ann, upload).state is UploadState.WAITING
    assert office.run("SELECT worker, leased_until, attempts FROM jobs") == [(None, None, 0)]

    encoder.before = lambda: None
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.SEARCHABLE
