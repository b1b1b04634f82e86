"""The firm's settings and its audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.model.ids import MatterId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether a process can serve at this moment, part by part, and nothing more."""

    database: bool
    encoder: bool
    disk: bool

    def __bool__(self) -> bool:
        return self.database and self.encoder and self.disk


class Provenance(StrEnum):
    """Where a setting's value comes from; the first that says anything wins."""

    ENVIRONMENT = "environment"
    FILE = "file"
    HERE = "here"
    DEFAULT = "default"


class SettingKind(StrEnum):
    """How a setting is typed."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    SECRET = "secret"  # noqa: S105  a kind of setting
    COLOUR = "colour"
    PICTURE = "picture"
    CARD = "card"


SettingValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values that a setting may have."""

    value: str
    label: str
    # Why it cannot be chosen now; None where it can.
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmSetting:
    """A setting as an administrator sees it."""

    name: str
    group: str
    label: str
    help: str
    kind: SettingKind
    # Never a secret's: that is known by `is_set` alone.
    value: SettingValue
    default: SettingValue
    source: Provenance
    is_set: bool
    # Why it cannot be changed here; None where it can.
    locked: str | None = None
    # What is wrong with its value; None where nothing is.
    problem: str | None = None
    choices: tuple[Choice, ...] = ()
    # Whether there is something to try.
    testable: bool = False

    @property
    def secret(self) -> bool:
        return self.kind is SettingKind.SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """What came of trying a setting."""

    __test__ = False  # pytest: no test

    passed: bool
    words: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """How the firm's Onpoint looks: its name, its colour (#rrggbb), its logo (a data: address)."""

    name: str
    colour: str | None
    logo: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One thing done, as the audit trail keeps it."""

    entry_id: UUID
    at: datetime
    # Who did it; None for somebody who was not signed in.
    person_id: PersonId | None
    login: str | None
    # What was done ('setting.set', 'search'), and to what.
    action: str
    subject: str
    matter_id: MatterId | None
    detail: Mapping[str, object]
    # What was asked, where retention keeps it.
    text: str | None
    # The whole in one sentence for the screen.
    words: str
    # A change of a setting that may be taken back.
    undoable: bool = False


class TrailForm(StrEnum):
    """How the audit trail is written to a file."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """Whether the audit trail is as it was written."""

    whole: bool
    # Entries that the person who asks may see.
    entries: int
    # When the first entry that does not fit was written.
    broken_at: datetime | None
    words: str
