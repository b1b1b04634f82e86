"""Tries an ethical wall out: is anything that a person is shown other for a matter behind it?

A matter is made up, with one filing that has words of its own, the person on its team and a wall
around it. What they are shown of it must be what they were shown before it was there.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from uuid import uuid4

from core.errors import OnpointError
from core.library import matters
from core.library.db import Database, Transaction
from core.model import FilingId, MatterId, Person, PersonId, Scope, WallCheck

# What differs between two answers to one question, whoever asks: a clock, a random number.
_OF_THE_MOMENT = frozenset({"seconds", "trace_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A matter made up to try a wall with: its numbers, and words that stand nowhere else."""

    matter_id: MatterId
    filing_id: FilingId
    # What is asked for.
    words: str
    # What stands beside it in the filing, and in its name: to be shown to nobody.
    secret: str

    @property
    def text(self) -> str:
        return (
            f"Memorandum on {self.words}. The reserve for {self.words} is {self.secret}. "
            f"See Nken v. Holder, 556 U.S. 418, 434 (2009); {self.secret} is to be paid."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of looking: its name at the facade, in words, and what it shows of a canary."""

    name: str
    words: str
    look: Callable[[Canary], object]


Ways = Callable[[PersonId], Sequence[Way]]
# Puts a canary's filing on its shelf, in the transaction; made before that is open.
Plant = Callable[[Canary], Callable[[Transaction, Scope], None]]


def try_walls(
    db: Database, scope: Scope, person: Person, ways: Sequence[Way], plant: Plant
) -> tuple[WallCheck, ...]:
    """Look in every way without a canary, then with one behind a wall, and compare.

    `scope` is the admin's who tries it. Whatever happens, the canary is removed again.
    """
    canary = Canary(
        matter_id=MatterId(uuid4()),
        filing_id=FilingId(uuid4()),
        words=f"kanarie{secrets.token_hex(5)}",
        secret=f"geheim{secrets.token_hex(8)}",
    )
    before = _shown(ways, canary)
    with _planted(db, scope, person, canary, plant):
        during = _shown(ways, canary)
    # What others did meanwhile is no leak: it is still there when the canary is gone.
    other = [way for way in ways if before[way.words] != during[way.words]]
    after = {**before, **_shown(other, canary)}
    return tuple(
        WallCheck(
            way=way.name,
            words=way.words,
            same=during[way.words] in {before[way.words], after[way.words]},
            clean=canary.secret not in during[way.words],
        )
        for way in ways
    )


@contextmanager
def _planted(
    db: Database, scope: Scope, person: Person, canary: Canary, plant: Plant
) -> Generator[None]:
    put = plant(canary)
    with db.transaction(scope=scope) as tx:
        matters.remove_old_canaries(tx)
        matters.open_matter(
            tx, scope, canary.secret, canary.secret, matter_id=canary.matter_id, canary=True
        )
        put(tx, scope)
        matters.add_to_team(tx, scope, canary.matter_id, person.person_id)
        matters.raise_wall(tx, scope, canary.matter_id, person.person_id, "To try the wall")
    try:
        yield
    finally:
        with db.transaction(scope=scope) as tx:
            matters.remove_matter(tx, canary.matter_id)


def _shown(ways: Sequence[Way], canary: Canary) -> Mapping[str, str]:
    return {way.words: shown(lambda way=way: way.look(canary)) for way in ways}


def shown(look: Callable[[], object]) -> str:
    """Return what a look shows, byte for byte; what it refuses, in the words of the refusal."""
    try:
        found = look()
    except OnpointError as refusal:
        found = {"refused": refusal.code, "words": str(refusal)}
    told = json.dumps(asdict(_Shown(found=found)), default=_written)
    lasting = json.loads(told, object_hook=_lasting)
    return json.dumps(lasting, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    found: object


def _written(value: object) -> object:
    if isinstance(value, set | frozenset):
        several: frozenset[object] = frozenset(value)  # pyright: ignore[reportUnknownArgumentType]
        return sorted(map(str, several))
    return str(value)


def _lasting(held: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in held.items() if name not in _OF_THE_MOMENT}
