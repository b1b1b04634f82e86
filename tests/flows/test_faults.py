"""Killed anywhere between a file's arrival and its being found, it all comes to the same end.

D01: the work on a set of mixed files is run once, undisturbed, and its fault points counted; then
it is killed with -9 at these points, each on a database and a home of its own, and begun again.
D09: so it is with files that are read again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.fix_db import TestServer, made
from tests.office_files import docx, p

ROOT = Path(__file__).parents[2]
QUICK, FILES_QUICK = 25, 6
QUICK_AGAIN = 8
# Of those killed, one in so many has readers of its own, which it leaves behind.
OWN = 6
FILES = 50
# Of the long run: every point, or every so many.
EVERY = int(os.environ.get("ONPOINT_FAULT_EVERY", "1"))
# Where to note which points were tried and ended the same, in a run that takes its time.
TOLD = os.environ.get("ONPOINT_FAULT_TOLD")
PARTS = 10


@dataclass(slots=True, kw_only=True)
class Trial:
    """A firm with one lawyer and one matter, on a database and in a home of its own."""

    database: str
    admin: str
    home: Path
    person: str
    matter: str

    def order(
        self,
        folder: Path,
        at: int,
        log: Path | None = None,
        *,
        again: bool = False,
        files: tuple[int, int | None] = (0, None),
        jobs: int | None = None,
    ) -> str:
        told = {
            "database": self.database,
            "home": str(self.home),
            "person": self.person,
            "matter": self.matter,
            "folder": str(folder),
            "at": at,
            "log": None if log is None else str(log),
            "own": at % OWN == 1,
            "again": again,
            "files": files,
            "jobs": jobs,
        }
        return json.dumps(told)

    def run(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def end(self) -> dict[str, object]:
        """All that came of it, without the ids and times, which are new each time."""
        told: dict[str, object] = {name: self.run(asked) for name, asked in END.items()}
        files = (path for path in self.home.rglob("*") if path.is_file())
        told["files"] = sorted(
            (path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files
        )
        return told


END = {
    "uploads": (
        "SELECT u.name, u.kind, u.bytes, u.sha256, u.reading, u.state, u.step, u.reason, u.pages,"
        " p.name, d.name, u.answerable_at IS NOT null FROM uploads AS u"
        " LEFT JOIN uploads AS p ON u.part_of = p.filing_id"
        " LEFT JOIN filings AS d ON u.duplicate_of = d.filing_id ORDER BY u.sha256, u.reading"
    ),
    "filings": (
        "SELECT f.name, f.content_sha256, f.lengths, f.passages, f.terms, f.encoder, f.signature,"
        " f.footnotes_start, f.pipeline, n.content_sha256 FROM filings AS f"
        " LEFT JOIN filings AS n ON f.replaced_by = n.filing_id ORDER BY f.content_sha256"
    ),
    "passages": (
        "SELECT f.name, p.ordinal, p.start_offset, p.end_offset, p.embedding::text"
        " FROM filing_passages AS p JOIN filings AS f USING (filing_id) ORDER BY 1, 2, 5"
    ),
    "postings": (
        "SELECT f.name, p.term, p.passages, p.frequencies"
        " FROM filing_postings AS p JOIN filings AS f USING (filing_id) ORDER BY 1, 2, 3, 4"
    ),
    "citations": (
        "SELECT f.name, c.ordinal, c.kind, c.start_offset"
        " FROM filing_citations AS c JOIN filings AS f USING (filing_id) ORDER BY 1, 2, 3, 4"
    ),
    **{
        table: (
            f"SELECT u.name, to_jsonb(t) - 'filing_id' - 'matter_id' FROM {table} AS t"
            " JOIN uploads AS u USING (filing_id) ORDER BY 1, 2"
        )
        for table in ("filing_descriptions", "filing_findings", "filing_labels", "filing_pages")
    },
    "jobs": "SELECT count(*) FROM jobs",
    "steps": "SELECT count(*) FROM upload_steps",
    "told": (
        "SELECT action, subject, count(*) FROM audit_entries WHERE action LIKE 'filing.%'"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    ),
}


class Runner:
    """The program that takes orders."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "tests/flows/faulted.py"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def status(self, order: str) -> int:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin and stdout
        stdin.write(order + "\n")
        stdin.flush()
        return int(stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    opened = Runner()
    yield opened
    opened.close()


def mixed_files(folder: Path, count: int) -> Path:
    """Write files of many kinds, among them the same bytes twice and the same words in others."""
    rng = random.Random(7)  # noqa: S311  papers, no secrets
    folder.mkdir()
    for n in range(count):
        text = sentences(rng, n)
        path, how = folder / f"{n:02d}", n % 6
        if how in {0, 1}:
            path.with_suffix(".txt").write_text(text, encoding="utf-8")
        elif how == 2:
            path.with_suffix(".html").write_text(f"<html><body><p>{text}</p></body></html>")
        elif how == 3:
            path.with_suffix(".docx").write_bytes(docx(p(text)))
        elif how == 4:
            path.with_suffix(".zip").write_bytes(zipped(rng, n))
        else:
            same = folder / f"{n - 5:02d}.txt"
            words = same.read_text(encoding="utf-8")
            path.with_suffix(".txt").write_text(f"\ufeff{words}" if n % 12 == 5 else text[:0])
    return folder


def sentences(rng: random.Random, n: int) -> str:
    words = "duty warn ice stairs lessor tenant court denied petition statute limitations".split()
    made = (f"The {' '.join(rng.choices(words, k=9))}, case{n}." for _ in range(30))
    return " ".join([*made, "See Nken v. Holder, 556 U.S. 418, 434 (2009)."])


def zipped(rng: random.Random, n: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in "ab":
            archive.writestr(f"{n}{part}.txt", sentences(rng, n) + part)
    return packed.getvalue()


@pytest.fixture(scope="module")
def quick_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_files(tmp_path_factory.mktemp("mixed") / "files", FILES_QUICK)


@pytest.fixture(scope="module")
def all_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_files(tmp_path_factory.mktemp("mixed") / "files", FILES)


def tried(server: TestServer, url: str, home: Path) -> Trial:
    admin = server.as_admin(url)
    with psycopg.connect(admin, autocommit=True) as connection:
        row = connection.execute(
            "WITH p AS (INSERT INTO people (login, name, roles) VALUES ('ann', 'Ann', '{lawyer}')"
            " RETURNING person_id), m AS (INSERT INTO matters (number, name, opened_by)"
            " SELECT '1', 'Ice', person_id FROM p RETURNING matter_id)"
            " SELECT person_id, matter_id FROM p, m"
        ).fetchone()
        assert row is not None
        person, matter = row
        connection.execute(
            "INSERT INTO team_members (matter_id, person_id, added_by) VALUES (%s, %s, %s)",
            (matter, person, person),
        )
    return Trial(database=url, admin=admin, home=home, person=str(person), matter=str(matter))


def undisturbed(
    runner: Runner, server: TestServer, template: str, files: Path, tmp_path: Path
) -> tuple[list[str], dict[str, object]]:
    log = tmp_path / "points"
    with made(server, template) as url:
        trial = tried(server, url, tmp_path / "undisturbed")
        assert runner.status(trial.order(files, 0, log)) == 0
        return log.read_text(encoding="utf-8").splitlines(), trial.end()


def killed_at(
    runner: Runner, server: TestServer, template: str, files: Path, home: Path, at: int
) -> dict[str, object]:
    with made(server, template) as url:
        trial = tried(server, url, home)
        return killed_and_resumed(runner, trial, files, at)


def killed_and_resumed(
    runner: Runner, trial: Trial, files: Path, at: int, *, again: bool = False
) -> dict[str, object]:
    assert runner.status(trial.order(files, at, again=again)) == -9
    # The time passes in which the one that was killed might still have been at it.
    trial.run("UPDATE jobs SET leased_until = now() - interval '1 second'")
    assert runner.status(trial.order(files, 0, again=again)) == 0
    return trial.end()


def compare(expected: dict[str, object], found: dict[str, object], at: int, name: str) -> None:
    for what, told in expected.items():
        assert found[what] == told, f"killed at {at} ({name}): {what} differs"


def strata(points: list[str], count: int) -> list[int]:
    """Choose so many points, from 1, the same on each day: one of each kind first, then any."""
    rng = random.Random(3)  # noqa: S311  a choice, no secret
    order = rng.sample(range(1, len(points) + 1), len(points))
    kinds = {points[at - 1]: at for at in order}
    first = rng.sample(sorted(kinds.values()), len(kinds))
    return [*first, *(at for at in order if at not in set(first))][:count]


def test_d01_killed_at_any_of_some_points_it_ends_the_same(
    runner: Runner, server: TestServer, template: str, quick_files: Path, tmp_path: Path
) -> None:
    points, expected = undisturbed(runner, server, template, quick_files, tmp_path)
    assert expected["jobs"] == expected["steps"] == [(0,)]
    for at in strata(points, QUICK):
        found = killed_at(runner, server, template, quick_files, tmp_path / f"{at}", at)
        compare(expected, found, at, points[at - 1])


def test_d09_killed_at_any_of_some_points_what_is_read_again_ends_the_same(
    runner: Runner, server: TestServer, template: str, quick_files: Path, tmp_path: Path
) -> None:
    with made(server, template) as url:
        trial = tried(server, url, tmp_path / "first")
        assert runner.status(trial.order(quick_files, 0)) == 0
        former = conninfo_to_dict(url)["dbname"]
        log = tmp_path / "points"

        def read_again(at: int) -> dict[str, object]:
            """Go on from a copy of the database and the home of files that were read."""
            home = tmp_path / f"again {at}"
            shutil.copytree(trial.home, home)
            with made(server, str(former)) as copy:
                there = replace(trial, database=copy, admin=server.as_admin(copy), home=home)
                if at:
                    return killed_and_resumed(runner, there, quick_files, at, again=True)
                assert runner.status(there.order(quick_files, 0, log, again=True)) == 0
                return there.end()

        expected = read_again(0)
        points = log.read_text(encoding="utf-8").splitlines()
        readings = [row[4] for row in expected["uploads"]]  # type: ignore[attr-defined]
        assert max(readings) == 2
        assert min(readings) == 1
        for at in strata(points, QUICK_AGAIN):
            compare(expected, read_again(at), at, points[at - 1])


@pytest.fixture(scope="module")
def all_points(
    runner: Runner,
    server: TestServer,
    template: str,
    all_files: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[str], dict[str, object]]:
    """The points that the work on all files passes, and how it ends undisturbed."""
    folder = tmp_path_factory.mktemp("whole")
    return undisturbed(runner, server, template, all_files, folder)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_d01_killed_at_each_point_in_turn_it_ends_the_same(
    runner: Runner,
    server: TestServer,
    template: str,
    all_files: Path,
    all_points: tuple[list[str], dict[str, object]],
    tmp_path: Path,
    part: int,
) -> None:
    points, expected = all_points
    assert len(points) >= 200
    for at in range(1 + part * EVERY, len(points) + 1, PARTS * EVERY):
        home = tmp_path / f"{at}"
        found = killed_at(runner, server, template, all_files, home, at)
        compare(expected, found, at, points[at - 1])
        shutil.rmtree(home)
        if TOLD:
            with Path(TOLD).open("a", encoding="utf-8") as told:
                told.write(f"{at} of {len(points)}: {points[at - 1]}\n")
