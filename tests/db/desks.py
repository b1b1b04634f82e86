"""A desk for filings in tests: an office whose readers of files are started once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.app import Onpoint
from core.ingest.parse.sandbox import Sandbox
from core.ingest.shop import Shop
from core.model import MatterId, Upload
from core.search.encoder import Encoder
from tests.db.office import Office, open_office


@contextmanager
def open_desk(
    database_url: str,
    superuser: str,
    home: Path,
    sandbox: Sandbox,
    *,
    encoder: Encoder | None = None,
    size: int = 4,
) -> Iterator[Office]:
    """Open an office that reads files in a sandbox that is there already, and stays."""
    office = open_office(database_url, superuser, home, encoder=encoder, size=size)
    house = office.app._house
    house._sandbox = sandbox
    try:
        yield office
    finally:
        house._sandbox = None
        house.close()


def shop_of(app: Onpoint) -> Shop:
    return app._house.shop


def files_of(app: Onpoint) -> list[Path]:
    """Every file under the folder of files, whatever it is called."""
    return sorted(path for path in (app.settings.home / "files").rglob("*") if path.is_file())


def handed(app: Onpoint, matter_id: MatterId, text: str, name: str = "Brief.txt") -> Upload:
    return app.filings.upload(matter_id, name, [text.encode()])


def now_of(app: Onpoint, upload: Upload) -> Upload:
    found = app.filings.upload_of(upload.filing_id)
    assert found is not None
    return found
