"""Hands files in and has them worked on, in processes that are killed where a test says so.

Run as a program: it loads what is slow once, and then takes orders. An order is a JSON line: the
database, the home, the person, the matter, the folder of files, at which fault point a child is to
die (0: at none, and no child), where to note the points that are passed, whether that child starts
readers of its own, whether files are handed in or what was handed in is read again, from which to
which file, and how many jobs are done then (null: all). It answers with the exit status.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from core import faultpoints
from core.access.permits import Who
from core.app import Onpoint
from core.house import House
from core.ingest import accept, work
from core.ingest.parse.parsed import Parsed
from core.ingest.parse.sandbox import Sandbox
from core.ingest.worker import work_once
from core.installation import Place
from core.library.db import Database
from core.model import MatterId, PersonId
from core.settings import Settings


class HashedEncoder:
    """A small real encoder: each text points in a direction of its own."""

    name = fingerprint = "hashed texts, 16 dimensions"
    dimensions = 16

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> NDArray[np.float32]:
        seed = list(hashlib.sha256(text.encode()).digest())
        vector = np.random.default_rng(seed).normal(size=self.dimensions)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def warm_up(self) -> None:
        return


def main() -> None:
    # Started once for all, and split with each child that is killed: it takes longer than the work.
    with tempfile.TemporaryDirectory() as room, Sandbox(room=Path(room)) as sandbox:
        for line in sys.stdin:
            order = json.loads(line)
            sys.stdout.write(f"{status(order, sandbox)}\n")
            sys.stdout.flush()


class Otherwise(Sandbox):
    """Reads as a later version might: of every other file the text is another."""

    def __init__(self, readers: Sandbox) -> None:
        super().__init__()
        self._readers = readers

    def parse(self, path: Path, name: str, *, password: str | None = None) -> tuple[Parsed, Path]:
        parsed, folder = self._readers.parse(path, name, password=password)
        if int(path.name, 16) % 2 and parsed.text:
            parsed = replace(parsed, text=f"{parsed.text} So it is read now.")
        return parsed, folder


def status(order: dict[str, Any], sandbox: Sandbox) -> int:
    work.VERSION = 2 if order["again"] else 1
    if not order["at"]:
        faultpoints.die_at(0, log=order["log"])
        run(order, sandbox)
        return 0
    child = os.fork()
    if not child:
        faultpoints.die_at(int(order["at"]), log=None)
        run(order, None if order["own"] else sandbox)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(order: dict[str, Any], sandbox: Sandbox | None) -> None:
    """Have done what is not done yet, do all that can be done, sweep, and go."""
    house = opened(order["database"], Path(order["home"]))
    house._sandbox = sandbox
    if order["again"]:
        house._sandbox = Otherwise(house.sandbox())
    try:
        app = Onpoint(house, Who(house.db, PersonId(UUID(order["person"]))))
        if order["again"]:
            for filing in app.filings.outdated():
                app.filings.reread(filing.filing_id)
        else:
            for path in sorted(Path(order["folder"]).iterdir())[slice(*order["files"])]:
                app.filings.upload(MatterId(UUID(order["matter"])), path.name, path)
        never = threading.Event()
        for _ in count() if order["jobs"] is None else range(order["jobs"]):
            if not work_once(house.shop, never):
                break
        accept.sweep(house.shop, older=-1)
    finally:
        if sandbox is not None:
            house._sandbox = None
        house.close()


def opened(database: str, home: Path) -> House:
    settings = Settings(home=home, database_url=database)
    place = Place(url=database, owner_url=None, server=None)
    house = House(settings, place, Database.open(database, size=3))
    house._encoder = HashedEncoder()
    return house


if __name__ == "__main__":
    main()
