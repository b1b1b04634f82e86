"""What a model that words answers is told of how the firm writes.

The firm's own words, the lines of the card that Settings name, and paragraphs of it that are
nearest to what is asked; all of it as whoever asks may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.access.permits import Who
from core.ask.llm import AnswerModel
from core.library import style_cards
from core.library.db import Database
from core.library.style_cards import Kept
from core.model import Choice, Scope
from core.model.ids import CardId
from core.model.style import CardKind
from core.settings import Settings
from core.style.card.card import prompt_text
from core.style.card.card_memory import CardMemory
from core.style.card.kept_cards import card_of
from core.style.restyler import Prompted, Restyler

# Records of answers and kept answers are read by others than those who may see such a card.
OUR_FILINGS = "one of the firm’s filings"
HABITS = (
    "What was counted in its writing follows, beside what others do; where it differs from the "
    "above, it goes before:"
)
NOT_KEPT = (
    "[What the style card of the firm’s filings says, and paragraphs of theirs, were told here. "
    "They are not kept: they are for those alone who may read all those filings.]"
)
# Seconds that a wording waits for examples that are still being prepared.
PATIENCE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What a model is told, of which card."""

    text: str
    # By name, unless it is made of filings; None where no card was told.
    card: str | None = None
    # What records have in its place; None where they may keep it as it is.
    in_records: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What examples are to be near to, where they come from, and who is to read them."""

    memory: CardMemory
    words: str
    # Whether the model that reads them runs on the firm's own machines.
    inside: bool
    # Seconds to wait for them; None is as long as it takes.
    patience: float | None = PATIENCE


def how_we_write(
    now: Settings,
    db: Database,
    scope: Scope | None,
    topic: Topic | None = None,
    *,
    public_only: bool = False,
) -> Manner:
    """Return what a model is told of how the firm writes, as one person may see it.

    Without a topic no examples. Where no card is set, or `scope` may not see it (None: nobody, who
    sees none), it is the firm's words alone; so it is for a card of filings where what is made by
    it is for others too (`public_only`).
    """
    kept = chosen_card(now, db, scope)
    if kept is not None and public_only and kept.kind == CardKind.FILINGS:
        return Manner(text=now.style_words)
    if kept is None:
        if topic is not None and now.style_card is not None and scope is not None:
            topic.memory.lost(CardId(now.style_card), scope.person_id)
        return Manner(text=now.style_words)
    examples = ()
    if topic is not None and scope is not None and _may_read(kept, now, inside=topic.inside):
        examples = topic.memory.nearest(scope, kept, topic.words, patience=topic.patience)
    told = prompt_text(card_of(kept), examples)
    filings = kept.kind == CardKind.FILINGS
    return Manner(
        text=f"{now.style_words}\n\n{HABITS}\n{told}" if told else now.style_words,
        card=OUR_FILINGS if filings else kept.name,
        in_records=f"{now.style_words}\n\n{NOT_KEPT}" if filings else None,
    )


def chosen_card(now: Settings, db: Database, scope: Scope | None) -> Kept | None:
    """Return the card that Settings name; None where that is none, or none for whoever asks."""
    if now.style_card is None:
        return None
    with db.transaction(scope=scope) as tx:
        return style_cards.card(tx, CardId(now.style_card))


def card_choices(db: Database, who: Who) -> tuple[Choice, ...]:
    """Return the cards that whoever asks may see, to choose one for Settings from."""
    with db.transaction(scope=who.scope) as tx:
        found = style_cards.cards(tx)
    return tuple(Choice(value=str(kept.card_id), label=kept.name) for kept in found)


def _may_read(kept: Kept, now: Settings, *, inside: bool) -> bool:
    """Say whether a model may be shown paragraphs of a card: opinions are public."""
    if kept.kind == CardKind.AUTHOR or inside:
        return True
    return now.external_models and kept.external_models


def told_how(
    model: AnswerModel | None,
    now: Settings,
    memory: CardMemory,
    scope: Scope,
    words: str,
    *,
    soon: bool,
) -> Told | None:
    """Return a chat model that words lines on a topic as the firm does; None without a model.

    `soon`: it will be asked to, so that examples are prepared while an answer is made.
    """
    if model is None:
        return None
    topic = Topic(memory=memory, words=words, inside=model.inside)
    manner = partial(how_we_write, now, memory.db, scope)
    if soon:
        manner(replace(topic, patience=0.0))
    return Told(model, lambda: manner(topic))


class Told:
    """A chat model that is told the firm's manner at the moment when it is to word something."""

    def __init__(self, model: AnswerModel, manner: Callable[[], Manner]) -> None:
        # Which card it was told, when it has worded something.
        self.card: str | None = None
        self._model = model
        self._manner = manner

    def restyle(self, lines: Sequence[str]) -> Mapping[int, str]:
        """Return the new wording of each line by its number, from 1. Raises ModelFailed."""
        manner = self._manner()
        self.card = manner.card
        return Prompted(self._model, manner.text, manner.in_records).restyle(lines)


def card_told(restyler: Restyler) -> str | None:
    """Return which card a restyler was told; None where none was."""
    return restyler.card if isinstance(restyler, Told) else None
