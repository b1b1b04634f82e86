"""Would it pass for ours? The verifier of the firm's style card, asked of what the bench shows."""

from __future__ import annotations

from core.library import style_cards
from core.library.db import Database
from core.library.style_cards import Kept
from core.model import Scope, Yardstick
from core.model.style import CardKind
from core.settings import Settings
from core.style.author.prose import own_prose
from core.style.author.verifier import FEWEST, Verifier
from core.style.card.card_memory import CardMemory
from core.style.card.manner import OUR_FILINGS, chosen_card

NO_CARD = "There is no style card to hold a voice against. An administrator makes one under Style."
SEVERAL = "There are several style cards, and Settings name none of them."
NOT_YOURS = "The style card that Settings name is not there, or is not for you to see."
TOO_FEW = (
    f"The style card was counted in too little: to tell who wrote something takes {FEWEST} "
    "documents, and as many by others."
)
LEAST = 20  # words of its own: of fewer no habit shows
NOTHING_TO_JUDGE = (
    f"Nothing was said in {LEAST} words of its own or more: fewer tell nothing, and quotations are "
    "not the voice of an answer."
)


class Ours:
    """The ear of one person's run; its verifier is trained when the first text is judged."""

    def __init__(self, db: Database, scope: Scope, memory: CardMemory, now: Settings) -> None:
        self._scope = scope
        self._memory = memory
        self._kept, self._why = _which(db, scope, now)
        self._verifier: Verifier | None = None

    def voice(self, text: str) -> float | None:
        """Return how likely a text is ours, 0 to 1; None where nothing tells."""
        if self._kept is None or len(own_prose(text).own.split()) < LEAST:
            return None
        if self._verifier is None:
            try:
                self._verifier = self._memory.verifier(self._scope, self._kept)
            except ValueError:
                self._kept, self._why = None, TOO_FEW
                return None
        return round(self._verifier.score(text), 3)

    def yardstick(self) -> Yardstick:
        """Return what was judged by, after it was."""
        if self._kept is None or self._verifier is None:
            return Yardstick(reason=self._why or NOTHING_TO_JUDGE)
        right = self._verifier.held_out
        return Yardstick(
            card=OUR_FILINGS if self._kept.kind == CardKind.FILINGS else self._kept.name,
            right=right.value,
            low=right.low,
            high=right.high,
            documents=right.n,
        )


def _which(db: Database, scope: Scope, now: Settings) -> tuple[Kept | None, str | None]:
    """Return the card to judge by: the one that Settings name, or the only one; or why none."""
    if now.style_card is not None:
        kept = chosen_card(now, db, scope)
        return kept, None if kept is not None else NOT_YOURS
    with db.transaction(scope=scope) as tx:
        found = style_cards.cards(tx)
    if len(found) == 1:
        return found[0], None
    return None, SEVERAL if found else NO_CARD
