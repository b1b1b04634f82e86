"""Homes of a built-in Postgres for tests, which Postgres may enter also where root runs them."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.library import cluster


@contextmanager
def new_home() -> Iterator[Path]:
    """Name a home that is not there yet; afterwards stop what runs in it and remove it.

    Not in pytest's own folder: as root nobody else may enter that.
    """
    folder = Path(tempfile.gettempdir()) / f"onpoint-home-{secrets.token_hex(6)}"
    try:
        yield folder
    finally:
        place = cluster.find(folder / "postgres")
        if cluster.server_process(place) is not None:
            cluster.end(place)
        shutil.rmtree(folder, ignore_errors=True)
