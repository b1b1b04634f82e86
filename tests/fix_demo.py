"""The demonstration library in a database, imported once a run and cloned for each test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from core.ingest.demo import demo_path
from core.ingest.importers.jsonl import read_jsonl
from core.ingest.meter import Meter
from core.ingest.pipeline import import_cases
from core.library.db import Database
from tests.fix_db import RUN, TestServer, _administer, _exists, made, named


@pytest.fixture(scope="session")
def demo_template(server: TestServer, template: str) -> str:
    """Name of a database with the demonstration library in it."""
    name = f"{template}_demo"
    with FileLock(Path(tempfile.gettempdir()) / f"onpoint-tests-{RUN}.demo.lock"):
        if not _exists(server, name):
            partial_name = f"{name}_{RUN[:8]}"
            _administer(
                server,
                "CREATE DATABASE {} TEMPLATE {} OWNER {}",
                partial_name,
                template,
                server.user,
            )
            with Database.open(named(server.url, partial_name), size=2) as db:
                _import(db)
            _administer(server, "ALTER DATABASE {} RENAME TO {}", partial_name, name)
    return name


@pytest.fixture
def demo_url(server: TestServer, demo_template: str) -> Iterator[str]:
    """Address of a database of this test's own that holds the demonstration library."""
    with made(server, demo_template) as url:
        yield url


def _import(db: Database) -> None:
    from core.search.encoder import load_encoder  # slow to import: only where it is asked for

    records = read_jsonl([demo_path()], meter=Meter())
    import_cases(db, partial(load_encoder, "packaged"), records, workers=1)
