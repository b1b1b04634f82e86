"""What stands at given places of filings, and on which page.

The reader is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.library.db import Reader
from core.model import FilingId, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a filing at a place, and the page, from 1, on which they begin."""

    filing_id: FilingId
    span: Span
    page: int | None
    text: str
    # SHA-256 of the filing's and of these words together, in hexadecimal.
    digest: str


def words_at(db: Reader, places: Sequence[tuple[FilingId, Span]]) -> tuple[Words, ...]:
    """Return what stands at these places, in their order; of what cannot be read, nothing."""
    return tuple(
        db.rows(
            "select_filing_words",
            _words,
            filing_ids=[filing_id for filing_id, _ in places],
            starts=[span.start for _, span in places],
            ends=[span.end for _, span in places],
        )
    )


def _words(
    *,
    filing_id: UUID,
    start_offset: int,
    end_offset: int,
    page: int | None,
    words: str,
    digest: str,
) -> Words:
    return Words(
        filing_id=FilingId(filing_id),
        span=Span(start_offset, end_offset),
        page=page,
        text=words,
        digest=digest,
    )
