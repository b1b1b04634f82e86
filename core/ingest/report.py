"""What an import says of itself: how far it is, and in the end what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.model import BadRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far an import is. `total` bytes is None where nobody can know."""

    stage: str
    cases: int
    skipped: int
    read: int
    total: int | None
    seconds: float

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nobody can know."""
        return min(self.read / self.total, 1.0) if self.total else None

    @property
    def rate(self) -> float:
        """Cases a second, stored or skipped."""
        return (self.cases + self.skipped) / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate from the bytes dealt with so far."""
        share = self.share
        return self.seconds * (1 - share) / share if share else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. `cases` are new or replaced; `skipped` were there, unchanged."""

    cases: int
    opinions: int
    passages: int
    citations: int
    skipped: int
    failed: tuple[BadRecord, ...]
    # What is to be said of cases that were taken all the same.
    notices: tuple[BadRecord, ...]
    seconds: float
