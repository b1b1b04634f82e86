"""A house on a test's own database, with people in it, for tests of what a firm settles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.access.permits import Who
from core.app import Onpoint
from core.house import House
from core.installation import Place
from core.library.db import Database
from core.model import PersonId, Role
from core.search.encoder import Encoder
from core.settings import Settings


@contextmanager
def opened(
    url: str, home: Path, *, encoder: Encoder | None = None, **settings: object
) -> Iterator[Onpoint]:
    """Open a library as its owner, as another process would that shares the database."""
    chosen = Settings(home=home, **settings)
    place = Place(url=url, owner_url=None, server=None)
    house = House(chosen, place, Database.open(url, size=4))
    house._encoder = encoder
    try:
        yield Onpoint(house, Who(house.db, house.owner()))
    finally:
        house.close()


def hired(app: Onpoint, login: str, *roles: Role) -> tuple[Onpoint, PersonId]:
    """Make a person of these roles; return the library for them, and who they are."""
    made = app.people.invite(login, login.title(), roles or (Role.LAWYER,))
    return app.acting_as(made.person.person_id), made.person.person_id
