"""What filings say at the places that an answer named, for whoever opens it now."""

from __future__ import annotations

from collections.abc import Sequence

from core.library import filings, matters
from core.library.db import Reader
from core.library.filing_words import words_at
from core.model import FilingId, FilingPlace, FilingQuotation, Span


def places_of(tx: Reader, said: Sequence[tuple[FilingId, Span]]) -> tuple[FilingPlace, ...]:
    """Note places, so that it is seen later whether the same words stand there."""
    return tuple(
        FilingPlace(filing_id=each.filing_id, span=each.span, sha256=each.digest)
        for each in words_at(tx, said)
    )


def quotations(tx: Reader, places: Sequence[FilingPlace]) -> tuple[FilingQuotation, ...]:
    """Read these places, in their order. `tx` names who asks.

    Left out is what they may not read, what was deleted, and where other words stand by now.
    """
    if not places:
        return ()
    found = words_at(tx, [(place.filing_id, place.span) for place in places])
    read = {(each.filing_id, each.span): each for each in found}
    held = filings.filings_by_id(tx, sorted({each.filing_id for each in found}))
    theirs = matters.matters_by_id(tx, sorted({each.matter_id for each in held.values()}))
    return tuple(
        FilingQuotation(
            place=place,
            matter=matter,
            filing=filing,
            page=words.page,
            words=words.text,
        )
        for place in places
        if (words := read.get((place.filing_id, place.span))) is not None
        and words.digest == place.sha256
        and (filing := held.get(place.filing_id)) is not None
        and (matter := theirs.get(filing.matter_id)) is not None
    )
