"""Matters, who works on them and who is walled off: what the database lets whoever asks see.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from core.library.db import Reader, Transaction
from core.library.people import person_from_row
from core.model import Matter, MatterId, MatterState, Person, PersonId, Scope, Wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What whoever asks may do with a matter that they see."""

    matter_id: MatterId
    legal_hold: bool
    # Name of who set it; None where nobody did, or it was before that was noted.
    held_by: str | None
    arranges: bool
    reads: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contained:
    """How much is in a matter."""

    filings: int = 0
    passages: int = 0
    files: int = 0
    bytes: int = 0


def matters(db: Reader, *, read: bool = False) -> tuple[Matter, ...]:
    """Return the matters that whoever asks may see, or `read` too, by number, then name."""
    return tuple(db.rows("select_matters", _matter, matter_ids=None, read=read))


def matters_by_id(db: Reader, ids: list[MatterId]) -> dict[MatterId, Matter]:
    """Return those of these matters that whoever asks may see, by number, then name."""
    found = db.rows("select_matters", _matter, matter_ids=ids, read=False)
    return {matter.matter_id: matter for matter in found}


def arrangement(db: Reader, matter_id: MatterId) -> Arrangement | None:
    """Tell what whoever asks may do with a matter; None where it is not there for them."""
    return db.row("select_arrangement", _arrangement, matter_id=matter_id)


def open_matter(
    transaction: Transaction,
    scope: Scope,
    number: str,
    name: str,
    *,
    matter_id: MatterId | None = None,
    canary: bool = False,
) -> MatterId:
    """Open a matter in the name of whoever asks; nobody is on its team yet."""
    # The id is made here: the database gives none back of a row that may not be seen yet.
    matter_id = matter_id or MatterId(uuid4())
    transaction.execute(
        "insert_matter",
        matter_id=matter_id,
        number=number,
        name=name,
        opened_by=scope.person_id,
        canary=canary,
    )
    return matter_id


def change_matter(  # noqa: PLR0913  what may be changed of a matter
    transaction: Transaction,
    matter_id: MatterId,
    *,
    number: str | None,
    name: str | None,
    state: MatterState | None,
    external_models: bool | None,
    teaches_style: bool | None,
    legal_hold: bool | None,
    asks_release: bool | None,
) -> bool:
    """Change what is given of a matter; False where it is not there to be changed."""
    touched = transaction.execute(
        "update_matter",
        matter_id=matter_id,
        number=number,
        name=name,
        state=state,
        external_models=external_models,
        teaches_style=teaches_style,
        legal_hold=legal_hold,
        asks_release=asks_release,
    )
    return touched == 1


def remove_matter(transaction: Transaction, matter_id: MatterId) -> bool:
    """Remove a matter with everything in it; False where it is not there, or is held."""
    return transaction.execute("delete_matter", matter_id=matter_id) == 1


def measure_matter(db: Reader, matter_id: MatterId) -> Contained:
    """Count what is in a matter that whoever asks may read or arrange."""
    return db.row("measure_matter", Contained, matter_id=matter_id) or Contained()


def remove_old_canaries(transaction: Transaction) -> int:
    """Remove matters that a wall was tried with where that was broken off."""
    return transaction.execute("delete_old_canaries")


def team(db: Reader, matter_id: MatterId) -> tuple[Person, ...]:
    """Return who works on a matter, by name, then login."""
    return tuple(db.rows("select_team", person_from_row, matter_id=matter_id))


def add_to_team(
    transaction: Transaction, scope: Scope, matter_id: MatterId, person_id: PersonId
) -> bool:
    """Add a person to a team; False where they are on it already."""
    touched = transaction.execute(
        "insert_team_member", matter_id=matter_id, person_id=person_id, added_by=scope.person_id
    )
    return touched == 1


def take_off_team(transaction: Transaction, matter_id: MatterId, person_id: PersonId) -> bool:
    """Take a person off a team; False where they are not on it."""
    touched = transaction.execute("delete_team_member", matter_id=matter_id, person_id=person_id)
    return touched == 1


def walls(db: Reader, matter_id: MatterId) -> tuple[Wall, ...]:
    """Return who is walled off from a matter, by name, then login."""
    return tuple(db.rows("select_walls", _wall, matter_id=matter_id))


def count_walls(db: Reader, person_id: PersonId) -> int:
    """Tell from how many matters, of those whoever asks may arrange, a person is walled off."""
    found = db.value("count_walls", person_id=person_id)
    return found if isinstance(found, int) else 0


def raise_wall(
    transaction: Transaction, scope: Scope, matter_id: MatterId, person_id: PersonId, reason: str
) -> bool:
    """Keep a person out of a matter; False where that is so already."""
    touched = transaction.execute(
        "insert_wall",
        matter_id=matter_id,
        person_id=person_id,
        reason=reason,
        raised_by=scope.person_id,
    )
    return touched == 1


def lower_wall(transaction: Transaction, matter_id: MatterId, person_id: PersonId) -> bool:
    """Let a person in again; False where no wall was there."""
    touched = transaction.execute("delete_wall", matter_id=matter_id, person_id=person_id)
    return touched == 1


def _matter(
    *,
    matter_id: UUID,
    number: str,
    name: str,
    state: str,
    external_models: bool,
    teaches_style: bool,
    legal_hold: bool,
    asks_release: bool,
) -> Matter:
    return Matter(
        matter_id=MatterId(matter_id),
        number=number,
        name=name,
        state=MatterState(state),
        external_models=external_models,
        teaches_style=teaches_style,
        legal_hold=legal_hold,
        asks_release=asks_release,
    )


def _arrangement(
    *,
    matter_id: UUID,
    legal_hold: bool,
    held_by: str | None,
    arranges: bool,
    reads: bool,
    is_open: bool,
) -> Arrangement:
    return Arrangement(
        matter_id=MatterId(matter_id),
        legal_hold=legal_hold,
        held_by=held_by,
        arranges=arranges,
        reads=reads,
        is_open=is_open,
    )


def _wall(*, reason: str, raised_by: str, raised_at: datetime, **person: object) -> Wall:
    return Wall(
        person=person_from_row(**person),  # pyright: ignore[reportArgumentType]
        reason=reason,
        raised_by=raised_by,
        raised_at=raised_at,
    )
