"""What the parts of the desk of the firm's voices share: the house's things, and one look-up."""

from __future__ import annotations

from core.access.permits import Who
from core.access.settled import Rules
from core.errors import NoSuchAdapter
from core.library import style_adapters
from core.library.db import Database, Reader
from core.model.training import AdapterId, StyleAdapter
from core.style.train.workshop import Workshop

WITHDRAWN = (
    "Something that this dataset was made of may teach no more. Make the dataset anew, or take the "
    "one that was made of what is left."
)


class Voices:
    """What every part of the desk stands on."""

    desk = "style"

    def __init__(
        self,
        db: Database,
        who: Who,
        rules: Rules,
        workshop: Workshop,
    ) -> None:
        self.who = who
        self._db = db
        self._rules = rules
        self._workshop = workshop

    def _one(self, adapter_id: AdapterId) -> StyleAdapter:
        with self._db.transaction(scope=self.who.scope) as tx:
            return adapter_of(tx, adapter_id)


def adapter_of(tx: Reader, adapter_id: AdapterId) -> StyleAdapter:
    """Return an adapter. Raises NoSuchAdapter."""
    found = style_adapters.adapters(tx, adapter_id=adapter_id)
    if not found:
        raise NoSuchAdapter
    return found[0]
