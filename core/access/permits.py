"""The check that every door of the facade makes first: is this person known, and may he do this?

Rights are read anew at each call, so that one taken away is gone at once, in every open window.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from core.errors import NotAllowed, NotSignedIn
from core.library import people
from core.library.db import Database
from core.model import Person, PersonId, Role, Scope, TokenUse

P = ParamSpec("P")
T = TypeVar("T")

# In the matrix: whoever is signed in, and whoever is not.
ANYONE, NOBODY = "anyone", "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A person's program: what the person calls its token, and what that was made for."""

    name: str
    uses: frozenset[TokenUse]


class Who:
    """Whoever acts on the facade: a person, a program of theirs, or nobody yet.

    `present` says, asked anew each time, who is there in a browser or with a token; None once the
    session is over. `program` is the token of a program, which may do less than its person.
    """

    def __init__(
        self,
        db: Database,
        person_id: PersonId | None,
        present: Callable[[], Person | None] | None = None,
        *,
        program: Program | None = None,
    ) -> None:
        self.program = program
        self._db = db
        self._person_id = person_id
        self._present = present or self._known

    def person(self) -> Person:
        """Return who acts, as they are at this moment. Raises NotSignedIn."""
        found = self._present()
        if found is None or found.disabled or found.person_id != self._person_id:
            raise NotSignedIn
        return found

    def _known(self) -> Person | None:
        return None if self._person_id is None else people.person(self._db, self._person_id)

    def rights(self) -> frozenset[str]:
        """Return the functions of the facade that whoever acts may call. Raises NotSignedIn."""
        roles = {role.value for role in self.person().roles} | {ANYONE, NOBODY}
        return frozenset(
            what for what, allowed in matrix().items() if allowed & roles and self.lets(what)
        )

    def lets(self, what: str) -> bool:
        """Say whether a person's program may call a function, where it is one that acts."""
        return self.program is None or bool(self.program.uses & for_programs()[what])

    @property
    def scope(self) -> Scope:
        """What the database is told of who asks. Raises NotSignedIn."""
        if self._person_id is None:
            raise NotSignedIn
        return Scope(person_id=self._person_id)


class Desk(Protocol):
    """A part of the facade: its name in the matrix (empty for the front), and who stands there."""

    desk: str
    who: Who


D = TypeVar("D", bound=Desk)


def permitted(function: Callable[Concatenate[D, P], T]) -> Callable[Concatenate[D, P], T]:
    """Let a function of the facade be called by those whom its row of the matrix names.

    Raises NotSignedIn and NotAllowed before anything is done.
    """

    @wraps(function)
    def checked(self: D, *args: P.args, **kwargs: P.kwargs) -> T:
        require(self.who, ".".join(filter(None, (self.desk, function.__name__))))
        return function(self, *args, **kwargs)

    return checked


def require(who: Who, what: str) -> None:
    """Raise NotSignedIn or NotAllowed where the matrix says no; KeyError where it has no row."""
    allowed = matrix()[what]
    if NOBODY in allowed:
        return
    person = who.person()
    if ANYONE not in allowed and not allowed & {role.value for role in person.roles}:
        raise NotAllowed(_refusal(allowed))
    if not who.lets(what):
        raise NotAllowed("This token was not made for that.")


@cache
def matrix() -> dict[str, frozenset[str]]:
    """Read the matrix: by function of the facade, whom it names."""
    return dict(_rows(_read(), "", "may"))


@cache
def for_programs() -> dict[str, frozenset[str]]:
    """Read of the matrix, by function, which uses of an API token it serves; of most, none."""
    return dict.fromkeys(matrix(), frozenset[str]()) | dict(_rows(_read(), "", "programs"))


def _read() -> dict[str, object]:
    return tomllib.loads(Path(__file__).with_name("matrix.toml").read_text(encoding="utf-8"))


def _rows(table: dict[str, object], prefix: str, column: str) -> list[tuple[str, frozenset[str]]]:
    rows: list[tuple[str, frozenset[str]]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            rows += _rows(value, f"{prefix}{name}.", column)  # pyright: ignore[reportUnknownArgumentType]
        elif isinstance(value, list) and name == column:
            named = frozenset(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
            rows.append((prefix.rstrip("."), named))
    return rows


def _refusal(allowed: frozenset[str]) -> str:
    names = [f"{role}s" for role in Role if role in allowed]
    return f"This is for {' and '.join(names)}. Ask an administrator if you need it."
