"""The desk for style cards: made of an author's opinions, or of the firm's own filings.

Filings count only where their matter consents to teach style and whoever makes the card may read
it; a card is shown to those alone who may read all that it was counted in.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from core.access.entry import checked_name
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchCard, NoSuchFiling, UsageError
from core.library import style_cards
from core.library.db import Database, Reader, Transaction
from core.library.style_cards import Kept
from core.model import FilingId
from core.model.ids import CardId
from core.model.style import StyleAuthor, StyleCard, StyleEdit, StyleSource
from core.style.card.card import OWN, count_card, prompt_text
from core.style.card.card_memory import CardMemory
from core.style.card.kept_cards import (
    FEWEST,
    LONG_ENOUGH,
    card_of,
    counts_text,
    edits_of,
    edits_text,
    filings_of,
    other_texts,
    own_texts,
)

LONGEST_LINE = 400


class Cards:
    """Style cards, as one person may see them."""

    desk = "cards"

    def __init__(self, db: Database, who: Who, memory: CardMemory) -> None:
        self.who = who
        self._db = db
        self._memory = memory

    @permitted
    def authors(self) -> tuple[StyleAuthor, ...]:
        """Who has signed enough opinions of the library to make a card of, the most first."""
        return style_cards.authors(self._db, characters=LONG_ENOUGH, fewest=FEWEST)

    @permitted
    def sources(self) -> tuple[StyleSource, ...]:
        """The filings that a card may be made of: of your matters, those that consent."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return style_cards.sources(tx, characters=LONG_ENOUGH)

    @permitted
    def all(self) -> tuple[StyleCard, ...]:
        """The style cards that you may see, by name."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return tuple(map(card_of, style_cards.cards(tx)))

    @permitted
    def get(self, card_id: CardId) -> StyleCard | None:
        """One style card; None where there is none for you."""
        with self._db.transaction(scope=self.who.scope) as tx:
            kept = style_cards.card(tx, card_id)
        return kept and card_of(kept)

    @permitted
    def make(
        self, name: str, *, author: str | None = None, filings: Sequence[FilingId] = ()
    ) -> StyleCard:
        """Count an author's opinions, or filings, and keep the card.

        Raises UsageError where nothing or both were chosen or there is too little to count, and
        NoSuchFiling for one that may not teach a style.
        """
        name = checked_name(name)
        if (author is None) == (not filings):
            raise UsageError("Choose an author of opinions, or filings, to make a card of.")
        with self._db.transaction(scope=self.who.scope) as tx:
            if any(kept.name == name for kept in style_cards.cards(tx)):
                raise UsageError(f"There is a card called {name} already. Choose another name.")
            chosen = _chosen(tx, filings)
            ours = own_texts(tx, author, filings)
            others, background = other_texts(tx, author, filings)
        counts = count_card(ours, others)
        with self._db.transaction(scope=self.who.scope) as tx:
            card_id = style_cards.add(
                tx,
                name,
                author=author,
                sources=chosen,
                background=background,
                counts=counts_text(counts),
            )
            made = card_of(_held(tx, card_id))
            _enter(tx, "card.make", made)
        return made

    @permitted
    def recount(self, card_id: CardId) -> StyleCard:
        """Count a card anew, of the same author or filings; what was edited stays.

        Raises NoSuchCard, UsageError.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            kept = _held(tx, card_id)
            ours = own_texts(tx, kept.author, filings_of(kept))
            others, background = other_texts(tx, kept.author, filings_of(kept))
        counts = counts_text(count_card(ours, others))
        with self._db.transaction(scope=self.who.scope) as tx:
            style_cards.recount(tx, card_id, counts=counts, background=background)
            made = card_of(_held(tx, card_id))
            _enter(tx, "card.recount", made)
        self._memory.forget(card_id)
        return made

    @permitted
    def edit(
        self,
        card_id: CardId,
        key: str | None,
        *,
        on: bool = True,
        text: str | None = None,
    ) -> StyleCard:
        """Switch a line on or off, reword it, or with no `key` add a rule of one's own.

        Without `text` its words stay; an empty one gives a line the words that were counted, and
        takes a rule of one's own away. Raises NoSuchCard, UsageError.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            kept = _held(tx, card_id)
            edits = _edited(card_of(kept), edits_of(kept), key, on=on, text=_checked(text))
            style_cards.edit(tx, card_id, edits_text(edits))
            card = card_of(_held(tx, card_id))
            _enter(tx, "card.edit", card)
        return card

    @permitted
    def remove(self, card_id: CardId) -> bool:
        """Remove a card; False where there is none for you."""
        with self._db.transaction(scope=self.who.scope) as tx:
            kept = style_cards.card(tx, card_id)
            if kept is None:
                return False
            style_cards.remove(tx, card_id)
            _enter(tx, "card.remove", card_of(kept))
        self._memory.forget(card_id)
        return True

    @permitted
    def told(self, card_id: CardId, topic: str = "") -> str:
        """What a model is told of a style; with a topic, with the nearest paragraphs by it.

        Raises NoSuchCard.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            kept = _held(tx, card_id)
        asked = topic.strip()
        examples = self._memory.nearest(self.who.scope, kept, asked) if asked else ()
        return prompt_text(card_of(kept), examples)


# --- what is counted ---


def _chosen(tx: Reader, filings: Sequence[FilingId]) -> list[StyleSource]:
    """Return the chosen filings. Raises NoSuchFiling where one is not to be had for this."""
    known = {source.filing_id: source for source in style_cards.sources(tx, characters=0)}
    if not set(filings) <= set(known):
        raise NoSuchFiling
    return [known[filing_id] for filing_id in dict.fromkeys(filings)]


# --- cards and their edits ---


def _held(tx: Reader, card_id: CardId) -> Kept:
    kept = style_cards.card(tx, card_id)
    if kept is None:
        raise NoSuchCard
    return kept


def _edited(
    card: StyleCard, edits: Sequence[StyleEdit], key: str | None, *, on: bool, text: str | None
) -> list[StyleEdit]:
    if key is None:
        if not text:
            raise UsageError("A rule of your own needs words.")
        return [*edits, StyleEdit(key=f"{OWN}{uuid4().hex[:8]}", on=on, text=text)]
    if key not in {line.key for line in card.lines}:
        raise UsageError(f"The card has no line {key}.")
    known = {edit.key: edit for edit in edits}
    if text is None and key in known:
        text = known[key].text
    known[key] = StyleEdit(key=key, on=on, text=text or None)
    return [edit for edit in known.values() if edit.text or not edit.key.startswith(OWN)]


def _checked(text: str | None) -> str | None:
    words = None if text is None else " ".join(text.split())
    if words and len(words) > LONGEST_LINE:
        raise UsageError(f"A line of a card has at most {LONGEST_LINE} characters.")
    return words


def _enter(tx: Transaction, action: str, card: StyleCard) -> None:
    record(tx, action, subject=card.name, detail={"kind": card.kind.value})
