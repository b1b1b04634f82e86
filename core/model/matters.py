"""Matters, the walls around them, and what a team notes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.ids import MatterId, NoteId
from core.model.people import Person


class MatterState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A client's affair that the firm works on; its papers are for its team alone."""

    matter_id: MatterId
    # The firm's client-matter number.
    number: str
    name: str
    state: MatterState
    # May its text be sent to a model outside the firm? May the style model learn from it?
    external_models: bool
    teaches_style: bool
    legal_hold: bool
    # Must somebody look at what was found in a filing before it can be searched?
    asks_release: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """An ethical wall: a person kept out of a matter, whatever else is true."""

    person: Person
    reason: str
    # Name of whoever raised it.
    raised_by: str
    raised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WallCheck:
    """One way of looking that a wall was tried on."""

    # As the facade names it, and in words for the screen.
    way: str
    words: str
    # The very same bytes with the hidden matter as without it; and not a word of it shown.
    same: bool
    clean: bool

    @property
    def holds(self) -> bool:
        return self.same and self.clean


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReport:
    """What came of trying a wall: a matter made up for it was looked for as the person."""

    person: Person
    # Matters that the person is walled off from, of those that whoever tried it may arrange.
    walls: int
    checks: tuple[WallCheck, ...]
    seconds: float

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody of the team wrote down about a matter."""

    note_id: NoteId
    matter_id: MatterId
    text: str
    written_by: str
    # Whoever asks wrote it, and may change it.
    own: bool
    written_at: datetime
    changed_at: datetime | None
