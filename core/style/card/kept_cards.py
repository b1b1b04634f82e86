"""Style cards as they are kept, read: which writings count, and what a card says.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter

from core.library import style_cards
from core.library.db import Reader
from core.library.style_cards import Kept
from core.model import FilingId
from core.model.ids import CardId
from core.model.style import CardKind, StyleCard, StyleCounts, StyleEdit
from core.style.card.card import lines

LONG_ENOUGH = 4_000  # characters: some two pages
FEWEST = 5  # opinions of an author who is offered; other filings to be a background
# As many are counted, and as many beside them: more would take minutes and tell no more.
_MOST = 60
OTHER_FILINGS = "other filings of the same matters"
OPINIONS = "opinions, for want of other filings: some differences are those of kind"
_ARGUED = frozenset("answer motion brief memorandum letter".split())


def own_texts(tx: Reader, author: str | None, filings: Sequence[FilingId]) -> list[str]:
    """Return what a card is counted in."""
    if author is not None:
        return style_cards.opinions(tx, author, own=True, characters=LONG_ENOUGH, most=_MOST)
    return style_cards.texts(tx, filings[:_MOST])


def other_texts(
    tx: Reader, author: str | None, filings: Sequence[FilingId]
) -> tuple[list[str], str]:
    """Return what stands beside it, and in words what that is."""
    if author is not None:
        others = style_cards.opinions(tx, author, own=False, characters=LONG_ENOUGH, most=_MOST)
        return others, "opinions of the same courts by others"
    rest = [
        source.filing_id
        for source in style_cards.sources(tx, characters=LONG_ENOUGH)
        if source.filing_id not in set(filings) and source.kind in {None, *_ARGUED}
    ]
    if len(rest) >= FEWEST:
        return style_cards.texts(tx, rest[:_MOST]), OTHER_FILINGS
    return style_cards.any_opinions(tx, characters=LONG_ENOUGH, most=_MOST), OPINIONS


def filings_of(kept: Kept) -> list[FilingId]:
    return [FilingId(filing_id) for filing_id in kept.filings]


def card_of(kept: Kept) -> StyleCard:
    """Return a card with its lines, as counted and as edited."""
    counts = _counts().validate_json(kept.counts)
    return StyleCard(
        card_id=CardId(kept.card_id),
        name=kept.name,
        kind=CardKind(kept.kind),
        made_of=(kept.author,) if kept.author is not None else tuple(kept.numbers),
        background=kept.background,
        counts=counts,
        lines=lines(counts, edits_of(kept)),
        made_by=kept.made_by,
        made_at=kept.made_at,
    )


def edits_of(kept: Kept) -> list[StyleEdit]:
    return _edit_list().validate_json(kept.edits)


def counts_text(counts: StyleCounts) -> str:
    return _counts().dump_json(counts).decode()


def edits_text(edits: list[StyleEdit]) -> str:
    return _edit_list().dump_json(edits).decode()


# Made when first needed: it takes a while.
@cache
def _counts() -> TypeAdapter[StyleCounts]:
    return TypeAdapter(StyleCounts)


@cache
def _edit_list() -> TypeAdapter[list[StyleEdit]]:
    return TypeAdapter(list[StyleEdit])
