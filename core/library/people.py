"""The people of the firm, as the database knows them: who they are and what they may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from core.library.db import Reader, Transaction
from core.model import Person, PersonId, Role, Voice

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


def owner(db: Reader) -> Person | None:
    """Return the one who set the installation up; None before its first start."""
    return db.row("select_owner", person_from_row)


def ensure_owner(transaction: Transaction) -> PersonId:
    """Return the one who set the installation up, made without a password where there is none."""
    transaction.execute("insert_owner", login=OWNER_LOGIN, roles=[*Role])
    found = owner(transaction)
    assert found is not None  # noqa: S101  made just now, if not before
    return found.person_id


def add(transaction: Transaction, login: str, name: str, roles: Iterable[Role]) -> Person | None:
    """Make somebody known; None, and nothing done, where the sign-in name is taken."""
    return transaction.row(
        "insert_person", person_from_row, login=login, name=name, roles=sorted(roles)
    )


def rename(transaction: Transaction, person_id: PersonId, *, login: str, name: str) -> bool:
    """Change a sign-in name and a name; False, and nothing done, where the former is taken."""
    return transaction.execute("rename_person", person_id=person_id, login=login, name=name) == 1


def set_roles(transaction: Transaction, person_id: PersonId, roles: Iterable[Role]) -> None:
    transaction.execute("set_roles", person_id=person_id, roles=sorted(roles))


def set_disabled(transaction: Transaction, person_id: PersonId, *, disabled: bool) -> None:
    transaction.execute("set_disabled", person_id=person_id, disabled=disabled)


def preferred_voice(db: Reader, person_id: PersonId) -> Voice | None:
    """Return how somebody wants answers worded; None as the firm does."""
    found = db.value("select_voice", person_id=person_id)
    return Voice(found) if isinstance(found, str) else None


def prefer_voice(transaction: Transaction, person_id: PersonId, voice: Voice | None) -> None:
    transaction.execute("set_voice", person_id=person_id, voice=voice)


def lock_admins(transaction: Transaction) -> list[PersonId]:
    """Return the administrators who may act, and let nobody change that until we are done."""
    return transaction.rows("lock_admins", _person_id)


class PersonColumns(TypedDict):
    """The columns of a person, in a row that may have others beside."""

    person_id: UUID
    login: str
    name: str
    roles: list[str]
    is_owner: bool
    disabled: bool


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


def _person_id(*, person_id: UUID) -> PersonId:
    return PersonId(person_id)
