"""What is kept, looked over: what can be wrong with it, and what could not be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What can be wrong with what is kept."""

    MISSING_FILE = "missing_file"
    CHANGED_FILE = "changed_file"
    ORPHAN_FILE = "orphan_file"
    # Rows that break a rule of sql/checks.
    BROKEN_ROW = "broken_row"
    WRONG_ENCODER = "wrong_encoder"
    BROKEN_TRAIL = "broken_trail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was kept."""

    kind: FaultKind
    # A check's name, or a file's place under the folder of the files.
    subject: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was looked at, and all that was wrong with it; nothing, where all is whole."""

    checks: int
    files: int
    bytes: int
    faults: tuple[Fault, ...]
    # What could not be looked at, in words; nothing where the tables' owner is known.
    unseen: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Say whether all was looked at and nothing was wrong."""
        return not self.faults and not self.unseen
