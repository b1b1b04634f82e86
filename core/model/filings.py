"""Filings: the papers of a matter, and where a search finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.model.ids import FilingId, MatterId


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A paper of a matter: a brief, a motion, a letter."""

    filing_id: FilingId
    matter_id: MatterId
    name: str
    characters: int
    passages: int
    # Name of whoever added it.
    added_by: str
    added_at: datetime
    # None in a list of filings.
    text: str | None = None
