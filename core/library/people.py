"""The people of the firm, as the database knows them: who they are and what they may be."""

from __future__ import annotations

from uuid import UUID

from core.library.db import Reader, Transaction
from core.model import Person, PersonId, Role

OWNER_LOGIN = "owner"


def person(db: Reader, person_id: PersonId) -> Person | None:
    """Return a person by number; None where there is none."""
    return db.row("select_person", person_from_row, person_id=person_id)


def person_by_login(db: Reader, login: str) -> Person | None:
    """Return a person by what they type at sign-in, capitals aside; None where there is none."""
    return db.row("select_person_by_login", person_from_row, login=login.strip())


def people(db: Reader) -> list[Person]:
    """Return everybody, by name, then login."""
    return db.rows("select_people", person_from_row)


def ensure_owner(transaction: Transaction) -> PersonId:
    """Return the one who set the installation up, made without a password where there is none."""
    made = transaction.value("insert_owner", login=OWNER_LOGIN, roles=[*Role])
    found = made or transaction.value("select_owner")
    assert isinstance(found, UUID)  # noqa: S101  one of the two is there
    return PersonId(found)


def person_from_row(
    *, person_id: UUID, login: str, name: str, roles: list[str], is_owner: bool, disabled: bool
) -> Person:
    """Make a person of the columns that select_person gives."""
    return Person(
        person_id=PersonId(person_id),
        login=login,
        name=name,
        roles=frozenset(map(Role, roles)),
        is_owner=is_owner,
        disabled=disabled,
    )
