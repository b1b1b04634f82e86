"""A firm for tests: its people, each with a facade of their own, on one real database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import psycopg

from core.access.permits import Who
from core.app import Onpoint
from core.house import House
from core.installation import Place
from core.library.db import Database
from core.model import FilingId, MatterId, PersonId
from core.model.ids import CardId
from core.search.encoder import Encoder
from core.settings import Settings
from tests.db.test_search import HashedEncoder

DUTY = "The lessor owes a duty to warn the tenant of ice on the stairs. See 556 U.S. 418 (2009)."
TAX = "The tax court denied the petition because the statute of limitations had run."


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An open library and its people; `superuser` is the database's address as its superuser."""

    app: Onpoint
    superuser: str

    def hire(self, login: str, *roles: str) -> Onpoint:
        """Take somebody on and return the facade as that person has it."""
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            row = connection.execute(
                "INSERT INTO people (login, name, roles) VALUES (%s, %s, %s) RETURNING person_id",
                (login, login.title(), list(roles)),
            ).fetchone()
        assert row is not None
        return self.app.acting_as(PersonId(row[0]))

    def run(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the database as its superuser, whom no wall binds."""
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def disable(self, app: Onpoint) -> None:
        self.run("UPDATE people SET disabled_at = now() WHERE person_id = %s", me(app))


def open_office(
    database_url: str,
    superuser: str,
    home: Path,
    *,
    encoder: Encoder | None = None,
    size: int = 4,
) -> Office:
    """Open the library of a test's own database."""
    settings = Settings(home=home, database_url=database_url)
    place = Place(url=database_url, owner_url=None, server=None)
    house = House(settings, place, Database.open(database_url, size=size))
    house._encoder = encoder or HashedEncoder()
    owner = house.owner()
    return Office(app=Onpoint(house, Who(house.db, owner)), superuser=superuser)


def me(app: Onpoint) -> PersonId:
    return app.who.person().person_id


def matter_with(app: Onpoint, number: str, *texts: str, team: tuple[Onpoint, ...] = ()) -> MatterId:
    """Open a matter as `app`, with filings, and with these on its team besides."""
    matter_id = app.matters.open(number, f"Matter {number}").matter_id
    for member in team:
        app.matters.add(matter_id, me(member))
    for n, text in enumerate(texts):
        app.filings.add_text(matter_id, f"Filing {n}", text)
    return matter_id


# A style card's counts, where nothing was counted.
NO_COUNTS = json.dumps(
    {"documents": 3, "words": 9, "background": 3}
    | {key: [] for key in ("habits", "phrases", "little_words", "openings", "closings")}
)


def keep_card(office: Office, matter: MatterId, filing: FilingId, maker: PersonId) -> CardId:
    """Keep a style card of a filing, without counting: that needs longer papers than tests have."""
    (row,) = office.run(
        "INSERT INTO style_cards"
        " (card_id, name, kind, filings, matters, background, counts, made_by)"
        " VALUES (gen_random_uuid(), 'Ours', 'filings', %s, %s, 'others', %s, %s)"
        " RETURNING card_id",
        *([filing], [matter], NO_COUNTS, maker),
    )
    return CardId(row[0])  # type: ignore[arg-type]
