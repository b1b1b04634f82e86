"""The desk with much to do: small files are not starved, and a database that dies loses nothing."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.app import Onpoint
from core.errors import DatabaseUnavailable, LibraryError
from core.ingest.parse.sandbox import Sandbox
from core.ingest.worker import Workers
from core.library import cluster, embedded
from core.library.migrations import migrate
from core.model import FilingId, MatterId, UploadState
from core.search.encoder import Encoder
from tests.db.desks import now_of, open_desk, shop_of
from tests.db.homes import new_home
from tests.db.office import matter_with
from tests.pdf_pages import Page, pdf

pytestmark = pytest.mark.slow
KILLS = 20


def brief(pages: int, word: str) -> bytes:
    rng = random.Random(word)  # noqa: S311  papers, no secrets
    words = "the court held that a lessor owes duty to warn tenant of ice on stairs and".split()
    sheets = [
        Page().lines([" ".join([*rng.choices(words, k=12), word]) for _ in range(40)])
        for _ in range(pages)
    ]
    return pdf(*sheets)


@pytest.fixture
def own_server() -> Iterator[embedded.Server]:
    with new_home() as home, embedded.start(home) as server:
        yield server


def test_a_brief_of_twenty_pages_is_answerable_in_five_seconds_while_a_hundred_wait(
    database_url: str, admin_url: str, tmp_path: Path, encoder: Encoder
) -> None:
    with (
        Sandbox(room=tmp_path / "reading") as sandbox,
        open_desk(database_url, admin_url, tmp_path, sandbox, encoder=encoder) as office,
    ):
        ann = office.hire("ann", "lawyer")
        matter = matter_with(ann, "1")
        workers = Workers(shop_of(ann))
        workers.start()
        try:
            first = ann.filings.upload(matter, "First.pdf", [brief(1, "first")])
            while now_of(ann, first).state is not UploadState.SEARCHABLE:  # all is warm then
                time.sleep(0.05)
            for n in range(100):
                ann.filings.upload(matter, f"{n}.pdf", [brief(60, f"other{n}")])
            upload = ann.filings.upload(matter, "Brief.pdf", [brief(20, "ours")])
            while now_of(ann, upload).state is not UploadState.SEARCHABLE:
                time.sleep(0.05)
            done = now_of(ann, upload)
            assert done.answerable_at is not None
            seconds = (done.answerable_at - done.accepted_at).total_seconds()
            waiting = sum(each.state is UploadState.WAITING for each in ann.filings.uploads(matter))
            assert waiting > 50
            assert seconds < 5
        finally:
            workers.stop()


def test_r2_postgres_killed_twenty_times_under_load_loses_no_accepted_upload(
    own_server: embedded.Server, tmp_path: Path
) -> None:
    migrate(own_server.owner_url, app_url=own_server.url)
    with (
        Sandbox(room=tmp_path / "reading") as sandbox,
        open_desk(own_server.url, own_server.superuser_url, tmp_path, sandbox, size=8) as office,
    ):
        ann = office.hire("ann", "lawyer")
        matter = matter_with(ann, "1")
        workers = Workers(shop_of(ann))
        workers.start()
        load = Load(ann, matter)
        try:
            slowest = max(_killed(own_server, ann, matter) for _ in range(KILLS))
        finally:
            load.stop()
        accepted = set(load.accepted)
        assert slowest < 10
        assert {type(error) for error in load.errors} <= {DatabaseUnavailable, LibraryError}
        border = time.monotonic() + 120
        while time.monotonic() < border:
            ended = {
                each.filing_id
                for each in ann.filings.uploads(matter)
                if each.state is UploadState.SEARCHABLE
            }
            if accepted <= ended:
                break
            time.sleep(0.5)
        workers.stop()
        assert accepted - ended == set()


class Load:
    """Two who hand files in, and four who look, until they are stopped."""

    def __init__(self, app: Onpoint, matter: MatterId) -> None:
        self.accepted: list[FilingId] = []
        self.errors: list[Exception] = []
        self._app = app
        self._matter = matter
        self._stop = threading.Event()
        acts = [self._hand_in] * 2 + [self._look] * 4
        self._threads = [threading.Thread(target=act, args=(n,)) for n, act in enumerate(acts)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _hand_in(self, who: int) -> None:
        n = 0
        while not self._stop.wait(0.2):
            n += 1
            text = f"The lessor owes a duty to warn of ice, case{who}x{n}."
            try:
                taken = self._app.filings.upload(self._matter, f"{who} {n}.txt", [text.encode()])
            except Exception as error:  # noqa: BLE001  what it is, is the question
                self.errors.append(error)
            else:
                self.accepted.append(taken.filing_id)

    def _look(self, who: int) -> None:
        while not self._stop.wait(0.05 + who / 100):
            try:
                self._app.filings.uploads(self._matter)
            except Exception as error:  # noqa: BLE001  what it is, is the question
                self.errors.append(error)


def _killed(server: embedded.Server, app: Onpoint, matter: MatterId) -> float:
    """Kill Postgres and return after how many seconds the desk answers again."""
    time.sleep(1.5)
    pid = cluster.server_process(server.place)
    assert pid is not None
    psutil.Process(pid).kill()
    began = time.monotonic()
    while True:
        try:
            app.filings.uploads(matter)
        except LibraryError:
            time.sleep(0.1)
        else:
            return time.monotonic() - began
