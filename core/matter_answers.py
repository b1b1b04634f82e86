"""What a matter's own filings say to a question that is asked for it, behind the matter's walls."""

from __future__ import annotations

from collections.abc import Sequence

from core.access.permits import Who
from core.ask.papers import MOST_FILINGS, said_in_filings
from core.house import House
from core.library.descriptions import findings
from core.model import FilingId, FilingPlace, FindingKind, MatterId, Mode, Restated, Span
from core.search.quoted import places_of

# What of a filing's text no reader of its pages sees.
_UNSEEN = frozenset({FindingKind.HIDDEN_TEXT, FindingKind.BAD_REDACTION})


def said_in_its_filings(
    matter_id: MatterId | None, read: Restated, house: House, who: Who
) -> tuple[FilingPlace, ...]:
    """Find where the filings of the matter that a question is asked for speak to it."""
    if matter_id is None:
        return ()
    found = house.search_filings(
        who.scope, read.search, matter=matter_id, mode=Mode.AUTO, k=MOST_FILINGS
    )
    unseen = _unseen(house, who, [hit.filing.filing_id for hit in found.hits])
    said = said_in_filings(
        read.whole,
        found.hits,
        similarity=house.similarity,
        rarity=house.depth().rarity,
        unseen=unseen,
    )
    with house.db.transaction(scope=who.scope) as tx:
        return places_of(tx, said)


def _unseen(house: House, who: Who, ids: Sequence[FilingId]) -> dict[FilingId, list[Span]]:
    with house.db.transaction(scope=who.scope) as tx:
        return {
            each: [found.span for found in findings(tx, each) if found.kind in _UNSEEN]
            for each in ids
        }
