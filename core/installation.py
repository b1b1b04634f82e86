"""One installation: where its database is reached, brought up to date, and looked over.

Works before anything else does, so that what is broken can be said in words.
"""

from __future__ import annotations

from core.errors import DatabaseUnavailable, EncoderUnavailable
from core.library import doctor as diagnosis
from core.library import embedded, migrations
from core.library.doctor import Finding
from core.search.encoder import encoder_fingerprint
from core.settings import Settings


def reach(settings: Settings) -> tuple[embedded.Server | None, str]:
    """Return the address of the database, and the embedded server where it is that.

    Whoever gets a server closes it. Raises DatabaseUnavailable.
    """
    if settings.database_url is not None:
        return None, settings.database_url
    server = embedded.start(settings.home)
    return server, server.url


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Say what is wrong with an installation, the worst first; nothing where all is well."""
    try:
        server, url = reach(settings)
    except DatabaseUnavailable as error:
        return (diagnosis.unreachable(str(error)),)
    try:
        return diagnosis.examine(url, home=settings.home, fingerprint=_fingerprint(settings))
    finally:
        if server is not None:
            server.close()


def _fingerprint(settings: Settings) -> str | None:
    try:
        return encoder_fingerprint(settings.encoder)
    except EncoderUnavailable:
        return None


def migrate(settings: Settings) -> list[str]:
    """Bring the schema up to date; returns the names of the migrations applied."""
    server, url = reach(settings)
    try:
        return migrations.migrate(url)
    finally:
        if server is not None:
            server.close()
