"""Where filings cite a case: the places in them, with the words around each.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.library.db import Reader
from core.model import ReporterCitation

# Letters read before and after a citation: more than a sentence has, and the one before it.
AROUND = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A citation in a filing, and the full one that it is or points back to."""

    filing_id: UUID
    # Of the full one: its place in a reporter, and the names written there.
    volume: str
    reporter: str
    page: str
    plaintiff: str | None
    defendant: str | None
    # Of this one: with names and closing parenthesis, over the filing's text.
    full_start: int
    full_end: int
    pincite: str | None
    signal: str | None
    parenthetical: str | None
    # What is said around it, and where in the filing that begins.
    text_start: int
    text: str


def filing_references(
    db: Reader, places: Sequence[ReporterCitation], *, most: int
) -> tuple[Written, ...]:
    """Return where filings cite one of these places, the latest filing first, each in its order.

    Filings that another version has replaced do not count.
    """
    return tuple(
        db.rows(
            "select_filing_references",
            Written,
            volumes=[place.volume for place in places],
            reporters=[place.reporter for place in places],
            pages=[place.page for place in places],
            around=AROUND,
            most=most,
        )
    )
