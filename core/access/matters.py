"""The desk for matters: opened, arranged and staffed by those who may see them.

A matter that somebody may not see is not there for them: it is told in the very words in which
one is told that never was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchMatter, UsageError
from core.library import matters, people
from core.library.db import Database, Reader, Transaction
from core.library.matters import Arrangement
from core.model import Matter, MatterId, MatterState, Person, PersonId, Receipt, Role

LONGEST_NAME = 200
_WORKS_ON_MATTERS = frozenset({Role.LAWYER, Role.PARALEGAL})


class Matters:
    """Matters as one person sees and arranges them."""

    desk = "matters"

    def __init__(self, db: Database, who: Who, clear: Callable[[MatterId], None]) -> None:
        self.who = who
        self._db = db
        # Removes the files of a matter that is no more.
        self._clear = clear

    @permitted
    def all(self) -> tuple[Matter, ...]:
        """The matters that you may see, by number, then name."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return matters.matters(tx)

    @permitted
    def mine(self) -> tuple[Matter, ...]:
        """The matters whose filings you may read, by number, then name."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return matters.matters(tx, read=True)

    @permitted
    def get(self, matter_id: MatterId) -> Matter | None:
        """One matter; None where there is none that you may see."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return _held(tx, matter_id)

    @permitted
    def open(self, number: str, name: str) -> Matter:
        """Open a matter; whoever works on matters is the first of its team. Raises UsageError."""
        person, scope = self.who.person(), self.who.scope
        number, name = _named(number, "number"), _named(name, "name")
        with self._db.transaction(scope=scope) as tx:
            matter_id = matters.open_matter(tx, scope, number, name)
            if person.roles & _WORKS_ON_MATTERS:
                matters.add_to_team(tx, scope, matter_id, person.person_id)
            record(tx, "matter.open", subject=number, matter_id=matter_id, detail={"name": name})
            return _found(tx, matter_id)

    @permitted
    def change(
        self,
        matter_id: MatterId,
        *,
        number: str | None = None,
        name: str | None = None,
        state: MatterState | None = None,
        external_models: bool | None = None,
        teaches_style: bool | None = None,
        legal_hold: bool | None = None,
        asks_release: bool | None = None,
    ) -> Matter:
        """Change what is given of a matter. Raises NoSuchMatter and UsageError."""
        with self._db.transaction(scope=self.who.scope) as tx:
            arranged(tx, matter_id)
            before = _found(tx, matter_id)
            matters.change_matter(
                tx,
                matter_id,
                number=None if number is None else _named(number, "number"),
                name=None if name is None else _named(name, "name"),
                state=state,
                external_models=external_models,
                teaches_style=teaches_style,
                legal_hold=legal_hold,
                asks_release=asks_release,
            )
            after = _found(tx, matter_id)
            detail = _difference(before, after)
            record(tx, "matter.change", subject=after.number, matter_id=matter_id, detail=detail)
            return after

    @permitted
    def remove(self, matter_id: MatterId) -> Receipt:
        """Remove a matter with everything in it. Raises NoSuchMatter, and UsageError if held."""
        with self._db.transaction(scope=self.who.scope) as tx:
            _require_free(arranged(tx, matter_id))
            matter, contained = _found(tx, matter_id), matters.measure_matter(tx, matter_id)
            entry_id = record(
                tx,
                "matter.remove",
                subject=matter.number,
                matter_id=matter_id,
                detail={"name": matter.name, **asdict(contained)},
            )
            if not matters.remove_matter(tx, matter_id):
                # Somebody else did so meanwhile: this one's entry is undone.
                raise NoSuchMatter
        self._clear(matter_id)
        return Receipt(**asdict(contained), entry_id=entry_id)

    @permitted
    def team(self, matter_id: MatterId) -> tuple[Person, ...]:
        """Who works on a matter, by name; nobody where there is none that you may see."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return matters.team(tx, matter_id)

    @permitted
    def add(self, matter_id: MatterId, person_id: PersonId) -> None:
        """Add a person to a team. Raises NoSuchMatter, and UsageError for one walled off."""
        scope = self.who.scope
        with self._db.transaction(scope=scope) as tx:
            arranged(tx, matter_id)
            person = known(tx, person_id)
            if any(wall.person.person_id == person_id for wall in matters.walls(tx, matter_id)):
                raise UsageError(
                    f"{person.name} is walled off from this matter. Lower the wall first."
                )
            if matters.add_to_team(tx, scope, matter_id, person_id):
                record(tx, "team.add", subject=person.login, matter_id=matter_id)

    @permitted
    def leave(self, matter_id: MatterId, person_id: PersonId) -> None:
        """Take a person off a team; from then on they see nothing of it. Raises NoSuchMatter."""
        with self._db.transaction(scope=self.who.scope) as tx:
            arranged(tx, matter_id)
            person = people.person(tx, person_id)
            if person is not None and matters.take_off_team(tx, matter_id, person_id):
                record(tx, "team.leave", subject=person.login, matter_id=matter_id)


def arranged(tx: Transaction, matter_id: MatterId) -> Arrangement:
    """Return what whoever asks may do with a matter. Raises NoSuchMatter where that is nothing."""
    found = matters.arrangement(tx, matter_id)
    if found is None or not found.arranges:
        raise NoSuchMatter
    return found


def readable(tx: Transaction, matter_id: MatterId) -> Arrangement:
    """Return what whoever asks may do with a matter of theirs.

    Raises NoSuchMatter where they may not read what is in it.
    """
    found = matters.arrangement(tx, matter_id)
    if found is None or not found.reads:
        raise NoSuchMatter
    return found


def writable(tx: Transaction, matter_id: MatterId) -> None:
    """Raise NoSuchMatter where whoever asks may not read a matter, UsageError if it is closed."""
    if not readable(tx, matter_id).is_open:
        raise UsageError("This matter is closed. Open it again before anything is added to it.")


def releasable(tx: Transaction, matter_id: MatterId) -> None:
    """Raise NoSuchMatter where whoever asks may not read a matter, UsageError if it is held."""
    _require_free(readable(tx, matter_id))


def known(tx: Reader, person_id: PersonId) -> Person:
    """Return a person who may act. Raises UsageError."""
    person = people.person(tx, person_id)
    if person is None or person.disabled:
        raise UsageError("There is no such person, or they may not sign in any more.")
    return person


def _require_free(matter: Arrangement) -> None:
    """Raise UsageError for a matter of which nothing may be removed."""
    if matter.legal_hold:
        by = "" if matter.held_by is None else f", set by {matter.held_by}"
        raise UsageError(
            f"This matter is under legal hold{by}. Lift the hold before anything of it is removed."
        )


def _held(tx: Reader, matter_id: MatterId) -> Matter | None:
    return matters.matters_by_id(tx, [matter_id]).get(matter_id)


def _found(tx: Reader, matter_id: MatterId) -> Matter:
    matter = _held(tx, matter_id)
    if matter is None:
        raise NoSuchMatter
    return matter


def _difference(before: Matter, after: Matter) -> dict[str, object]:
    """Say what was changed, from what to what."""
    old, new = asdict(before), asdict(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}


def _named(written: str, what: str) -> str:
    clean = " ".join("".join(c if c.isprintable() else " " for c in written).split())
    if not clean:
        raise UsageError(f"A matter needs a {what}.")
    if len(clean) > LONGEST_NAME:
        raise UsageError(f"A matter's {what} has at most {LONGEST_NAME} characters.")
    return clean
