"""One installation: where its database is reached, brought up to date, and looked over.

Works before anything else does, so that what is broken can be said in words.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from core.errors import DatabaseUnavailable, EncoderUnavailable
from core.library import doctor as diagnosis
from core.library import embedded, migrations, privileges
from core.library.doctor import Finding
from core.library.reach import reach as reach_server
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


def _fingerprint(settings: Settings) -> str | None:
    try:
        return encoder_fingerprint(settings.encoder)
    except EncoderUnavailable:
        return None


def migrate(settings: Settings) -> list[str]:
    """Bring the schema up to date; returns the names of the migrations applied."""
    with contextlib.closing(reach(settings)) as place:
        return prepare(place)
