"""Giving a file back to its team, as it was handed in."""

from __future__ import annotations

from pathlib import Path

from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchFiling
from core.ingest.shop import Shop
from core.library import uploads
from core.model import FilingId


class Giving:
    """The very files of the filings that one person may read."""

    desk = "filings"
    who: Who
    _shop: Shop

    @permitted
    def file(self, filing_id: FilingId) -> tuple[str, Path]:
        """Return a file's name and where it is; that it was taken is told in the audit trail.

        Raises NoSuchFiling where there is none that you may read, or it was added as a text.
        """
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            held = uploads.stored(tx, filing_id)
            if held is None:
                raise NoSuchFiling
            record(
                tx,
                "filing.take",
                subject=held.name,
                matter_id=held.matter_id,
                detail={"filing_id": str(filing_id)},
            )
        path = self._shop.files.path(held.matter_id, held.sha256)
        if not path.is_file():
            raise NoSuchFiling("The file is gone from the disk: tell your administrator.")
        return held.name, path
