"""Style cards as the database keeps them, and the writings they may be counted in.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from core.library.db import Reader, Transaction
from core.model import FilingId, MatterId
from core.model.ids import CardId
from core.model.style import CardKind, StyleAuthor, StyleSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A card as the database has it; counts and edits are JSON."""

    card_id: UUID
    name: str
    kind: str
    # Of the public shelf; None for a card made of filings.
    author: str | None
    filings: list[UUID]
    background: str
    counts: str
    edits: str
    made_by: str
    made_at: datetime
    # Of the matters it was counted in.
    numbers: list[str]
    # Whether all of these let models outside the firm read their papers.
    external_models: bool


def add(
    transaction: Transaction,
    name: str,
    *,
    author: str | None,
    sources: Sequence[StyleSource],
    background: str,
    counts: str,
) -> CardId:
    """Keep a card, of an author or of filings, in the name of whoever asks."""
    card_id = CardId(uuid4())
    transaction.execute(
        "insert_style_card",
        card_id=card_id,
        name=name,
        kind=(CardKind.FILINGS if author is None else CardKind.AUTHOR).value,
        author=author,
        filings=[source.filing_id for source in sources],
        matters=sorted({source.matter_id for source in sources}),
        background=background,
        counts=counts,
    )
    return card_id


def cards(db: Reader) -> list[Kept]:
    """Return the cards that whoever asks may see, by name."""
    return db.rows("select_style_cards", Kept, card_id=None)


def card(db: Reader, card_id: CardId) -> Kept | None:
    """Return one card; None where it is not there for whoever asks."""
    return db.row("select_style_cards", Kept, card_id=card_id)


def edit(transaction: Transaction, card_id: CardId, edits: str) -> bool:
    return transaction.execute("update_style_card_edits", card_id=card_id, edits=edits) == 1


def recount(transaction: Transaction, card_id: CardId, *, counts: str, background: str) -> bool:
    touched = transaction.execute(
        "update_style_card_counts", card_id=card_id, counts=counts, background=background
    )
    return touched == 1


def remove(transaction: Transaction, card_id: CardId) -> bool:
    return transaction.execute("delete_style_card", card_id=card_id) == 1


def authors(db: Reader, *, characters: int, fewest: int) -> tuple[StyleAuthor, ...]:
    """Return who has signed enough opinions of some length, the most first."""
    return tuple(db.rows("select_style_authors", StyleAuthor, characters=characters, fewest=fewest))


def opinions(db: Reader, author: str, *, own: bool, characters: int, most: int) -> list[str]:
    """Return an author's opinions, or those that others signed in the same courts."""
    return db.rows(
        "select_author_opinions", _text, author=author, own=own, characters=characters, most=most
    )


def any_opinions(db: Reader, *, characters: int, most: int) -> list[str]:
    """Return opinions whoever signed them, in an order as by lot."""
    return db.rows("select_any_opinions", _text, characters=characters, most=most)


def sources(db: Reader, *, characters: int) -> tuple[StyleSource, ...]:
    """Return the filings that may teach a style, by their matter's number, then name."""
    return tuple(db.rows("select_card_filings", _source, characters=characters))


def texts(db: Reader, filings: Sequence[FilingId]) -> list[str]:
    """Return the texts of filings, those alone that may teach a style."""
    return db.rows("select_style_texts", _text, filings=list(filings))


def _text(*, text: str) -> str:
    return text


def _source(
    *,
    filing_id: UUID,
    matter_id: UUID,
    number: str,
    name: str,
    characters: int,
    kind: str | None,
) -> StyleSource:
    return StyleSource(
        filing_id=FilingId(filing_id),
        matter_id=MatterId(matter_id),
        number=number,
        name=name,
        characters=characters,
        kind=kind,
    )
