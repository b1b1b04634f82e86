"""Killed at each fault point of all the work on fifty files, step by step.

A step is one file handed in, or one job done. Each begins on a copy of what the undisturbed work
had come to before it, is killed at one of its points, begun again, and has to come to all that the
undisturbed step came to, what waits to be done included: then the rest is the same work. Where
`test_faults` goes on to the very end, and takes hours for all points, this takes minutes.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.fix_db import TestServer, made
from tests.flows.test_faults import (
    EVERY,
    FILES,
    TOLD,
    Runner,
    Trial,
    compare,
    mixed_files,
    tried,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = 2
MOST_JOBS = 200
# How often a worker may look for work until what was begun is done.
PATIENCE = 3
WAITING = "SELECT u.name, u.state FROM jobs JOIN uploads AS u USING (filing_id) ORDER BY 1, 2"


class Step(NamedTuple):
    """One file handed in, or none, and then so many jobs."""

    files: tuple[int, int]
    jobs: int


class Work:
    """All steps of the work, and what has come of those that are done, undisturbed."""

    def __init__(self, runner: Runner, server: TestServer, files: Path, room: Path) -> None:
        self._runner = runner
        self._server = server
        self._files = files
        self._room = room

    def copy(self, of: Trial, name: str, held: ExitStack) -> Trial:
        """Copy a database and a home; both go when `held` is closed."""
        home = self._room / name
        if of.home.exists():
            shutil.copytree(of.home, home)
        held.callback(shutil.rmtree, home, ignore_errors=True)
        former = str(conninfo_to_dict(of.database)["dbname"])
        url = held.enter_context(made(self._server, former))
        return replace(of, database=url, admin=self._server.as_admin(url), home=home)

    def undisturbed(self, trial: Trial, step: Step) -> list[str]:
        """Do a step, and return the points that it passed."""
        log = self._room / "points"
        log.unlink(missing_ok=True)
        log.touch()
        assert self._runner.status(self._order(trial, step, 0, log)) == 0
        return log.read_text(encoding="utf-8").splitlines()

    def killed_and_resumed(self, trial: Trial, step: Step, at: int, waiting: object) -> None:
        assert self._runner.status(self._order(trial, step, at)) == -9
        trial.run("UPDATE jobs SET leased_until = now() - interval '1 second'")
        assert self._runner.status(self._order(trial, step._replace(jobs=0), 0)) == 0
        for _ in range(PATIENCE):
            if trial.run(WAITING) == waiting:
                return
            assert self._runner.status(self._order(trial, Step((0, 0), 1), 0)) == 0

    def _order(self, trial: Trial, step: Step, at: int, log: Path | None = None) -> str:
        return trial.order(self._files, at, log, files=step.files, jobs=step.jobs)


@pytest.fixture
def runner() -> Iterator[Runner]:
    opened = Runner()
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_d01_killed_at_each_point_of_each_step_it_comes_to_the_same(
    runner: Runner, server: TestServer, template: str, tmp_path: Path, part: int
) -> None:
    files = mixed_files(tmp_path / "files", FILES)
    work = Work(runner, server, files, tmp_path)
    passed, tried_at = 0, 0
    with ExitStack() as first:
        url = first.enter_context(made(server, template))
        before, held = tried(server, url, tmp_path / "home"), first.pop_all()
    try:
        for n, step in enumerate(steps()):
            after = ExitStack()
            undisturbed = work.copy(before, f"step {n}", after)
            points = work.undisturbed(undisturbed, step)
            expected = {**undisturbed.end(), "waiting": undisturbed.run(WAITING)}
            for at in range(1, len(points) + 1):
                passed += 1
                if passed % PARTS != part or passed // PARTS % EVERY:
                    continue
                tried_at += 1
                with ExitStack() as here:
                    trial = work.copy(before, f"at {passed}", here)
                    work.killed_and_resumed(trial, step, at, expected["waiting"])
                    found = {**trial.end(), "waiting": trial.run(WAITING)}
                    compare(expected, found, passed, points[at - 1])
            held.close()
            before, held = undisturbed, after
            if step.jobs and not expected["waiting"]:
                break
    finally:
        held.close()
    assert expected["jobs"] == expected["steps"] == [(0,)]
    assert passed >= 200
    if TOLD:
        with Path(TOLD).open("a", encoding="utf-8") as told:
            told.write(f"part {part}: {tried_at} of {passed} points tried\n")


def steps() -> Iterator[Step]:
    """Yield every file handed in, one by one, and then job after job."""
    for n in range(FILES):
        yield Step((n, n + 1), 0)
    for _ in range(MOST_JOBS):
        yield Step((0, 0), 1)
