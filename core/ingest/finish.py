"""What an import leaves to do once every case is on the shelf."""

from __future__ import annotations

from collections.abc import Callable

from core.library.db import Database


def make_ready(db: Database) -> None: ...


def finish(db: Database, say: Callable[[str], None]) -> None: ...
