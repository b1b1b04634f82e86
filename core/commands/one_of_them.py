"""Which filing is meant by an id or a name, and waiting for files that are worked on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.app import Onpoint
from core.commands.uploads import ended, watched
from core.errors import NoSuchFiling, UsageError
from core.model import FilingId, Upload


def found(app: Onpoint, written: str) -> FilingId:
    """Return the filing of an id or a name. Raises NoSuchFiling, UsageError for several."""
    asked = _uuid(written)
    if asked is not None and _is_there(app, FilingId(asked)):
        return FilingId(asked)
    name = written.strip()
    held = (*app.filings.uploads(named=name), *app.filings.texts(named=name))
    named = [one.filing_id for one in held if one.name == name]
    if not named:
        raise NoSuchFiling
    if len(named) > 1:
        ids = ", ".join(map(str, named))
        raise UsageError(f"{len(named)} filings are called {written}: name one by id ({ids}).")
    return named[0]


def _is_there(app: Onpoint, filing_id: FilingId) -> bool:
    if app.filings.upload_of(filing_id) is not None:
        return True
    return any(one.filing_id == filing_id for one in app.filings.texts())


def wait_for(app: Onpoint, uploads: Sequence[Upload]) -> None:
    """Work until each of these, and what comes out of them, has ended or needs somebody."""
    app.start_workers()
    with watched() as tell:
        while not all(map(ended, now := _with_parts(app, uploads))):
            tell(now)


def _with_parts(app: Onpoint, uploads: Sequence[Upload]) -> list[Upload]:
    """These uploads as they are now, with what came out of those that are archives."""
    ids = {one.filing_id for one in uploads}
    found: list[Upload] = []
    # What came out of another was handed in after it; the list begins with the latest.
    for matter in sorted({one.matter_id for one in uploads}):
        for one in reversed(app.filings.uploads(matter)):
            if one.filing_id in ids or one.part_of in ids:
                ids.add(one.filing_id)
                found.append(one)
    return found


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written.strip())
    except ValueError:
        return None
