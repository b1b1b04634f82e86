"""What whoever takes files in or works on them needs of the house, in one bundle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from core.access.permits import Who
from core.access.settled import Rules
from core.access.use import Readings, Use
from core.ingest.files import Files
from core.ingest.parse.sandbox import Sandbox
from core.library.db import Database
from core.search.encoder import Encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The workshop behind the desk for filings. Threads may share it."""

    db: Database
    files: Files
    rules: Rules
    readings: Readings
    # Loaded, or started, when first asked for.
    encoder: Callable[[], Encoder]
    sandbox: Callable[[], Sandbox]
    # Rung when there is work, so that a worker of this process need not wait to find it.
    bell: threading.Event = field(default_factory=threading.Event)

    def use(self, who: Who) -> Use:
        """Return what a person may use, and tells of it."""
        return Use(self.db, who, self.rules, self.readings)
