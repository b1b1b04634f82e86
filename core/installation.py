"""One installation: where its database is reached, brought up to date, and looked over.

Works before anything else does, so that what is broken can be said in words.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import DatabaseUnavailable, EncoderUnavailable, OnpointError
from core.ingest import verify as looking
from core.ingest.files import Files
from core.library import doctor as diagnosis
from core.library import embedded, migrations, privileges
from core.library.db import Database
from core.library.doctor import Finding
from core.library.reach import reach as reach_server
from core.model import Readiness, Verification
from core.search.encoder import encoder_fingerprint
from core.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the database is: as the app, and as the owner of its tables where that is known."""

    url: str
    owner_url: str | None
    # The embedded server, where it is that. Whoever got it closes it.
    server: embedded.Server | None

    def close(self) -> None:
        if self.server is not None:
            self.server.close()


def reach(settings: Settings) -> Place:
    """Find the database, starting the embedded one where none is named.

    Raises DatabaseUnavailable.
    """
    if settings.database_url is not None:
        return Place(url=settings.database_url, owner_url=settings.owner_url, server=None)
    server = embedded.start(settings.home)
    return Place(url=server.url, owner_url=server.owner_url, server=server)


def prepare(place: Place) -> list[str]:
    """Bring the schema up to date, or see that it is; return the migrations applied.

    Raises DatabaseUnfit where the schema is not this Onpoint's and no owner is known to mend it.
    """
    if place.owner_url is not None:
        return migrations.migrate(place.owner_url, app_url=place.url)
    with reach_server(place.url) as connection:
        privileges.require(connection)
        migrations.require_current(connection)
    return []


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Say what is wrong with an installation, the worst first; nothing where all is well."""
    try:
        place = reach(settings)
    except DatabaseUnavailable as error:
        return (diagnosis.unreachable(str(error)),)
    with contextlib.closing(place):
        return diagnosis.examine(place.url, home=settings.home, fingerprint=_fingerprint(settings))


def verify(settings: Settings) -> Verification:
    """Look over all that is kept: rows, files, vectors, the trail.

    Where the owner of the tables is not known, over what the role that serves may see. Raises
    DatabaseUnavailable and DatabaseUnfit.
    """
    with contextlib.closing(reach(settings)) as place:
        prepare(place)
        files = Files(settings.home / "files")
        if place.owner_url is None:
            return looking.verify_what_serves_sees(place.url, files)
        return looking.verify(place.owner_url, files, encoder=_fingerprint(settings))


def readiness(db: Database, load: Callable[[], object], home: Path) -> Readiness:
    """Say whether what is open can serve now; `load` returns once the encoder is there."""
    return Readiness(
        database=_is_there(lambda: db.value("select_revision")),
        encoder=_is_there(load),
        disk=_takes_files(home),
    )


def _is_there(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except OnpointError:
        return False
    return True


def _takes_files(home: Path) -> bool:
    """Write something where the files are; a disk that is full or read-only takes none."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError:
        return False
    return True


def _fingerprint(settings: Settings) -> str | None:
    try:
        return encoder_fingerprint(settings.encoder)
    except EncoderUnavailable:
        return None


def migrate(settings: Settings) -> list[str]:
    """Bring the schema up to date; returns the names of the migrations applied."""
    with contextlib.closing(reach(settings)) as place:
        return prepare(place)
