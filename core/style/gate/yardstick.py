"""What a wording is held against: the firm's own documents, beside others' of the same kind.

Passages come with tokens of the content lock in them; before anything is counted, each is given
the sign that the card and the verifier have for what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.errors import UsageError
from core.model.style import StyleCounts
from core.style.author.authorship import Profile
from core.style.author.prose import CITED, QUOTED
from core.style.author.sure import interval
from core.style.author.verifier import FEWEST, Verifier
from core.style.card.card import count_card, hits

BY_VERIFIER, BY_LITTLE_WORDS = "verifier", "function words"
_TOKEN = re.compile(r"⟦([A-Z])\d+⟧")
_SIGNS = {"C": CITED, "Q": QUOTED, "N": "0", "M": ""}
_SOMEBODY = "Doe"  # for a name that is not kept
_CHANCE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """Takes the measure of texts. What cannot be told from so few documents is None."""

    verifier: Verifier | None
    ours: Profile
    others: Profile | None
    card: StyleCounts | None
    # What the firm was held beside, in words.
    beside: str

    @classmethod
    def of(cls, ours: Sequence[str], others: Sequence[str], beside: str) -> Yardstick:
        """Learn from whole documents of the firm's, and of others."""
        return cls(
            verifier=_verifier(ours, others),
            ours=Profile.of(ours, others),
            others=Profile.of(others, ours) if others else None,
            card=_card(ours, others),
            beside=beside,
        )

    @property
    def by(self) -> str:
        """What tells how near a text is."""
        return BY_VERIFIER if self.verifier else BY_LITTLE_WORDS

    def near(self, text: str) -> float:
        """Return how near a text is to the firm's: more is nearer.

        The probability that it is ours; without a verifier less Burrows's Delta than none.
        """
        return self.verifier.score(text) if self.verifier else -self.ours.delta(text)

    def figures(self, texts: Sequence[str]) -> dict[str, object]:
        """Measure texts of one voice, each figure with its n and its interval."""
        others = self.others
        # So short a text has few habits: they are counted in all of them as one.
        near = hits(self.card, "\n\n".join(texts)) if self.card else ()
        return {
            "taken_for_ours": self.verifier and _of([self.verifier.score(t) for t in texts]),
            "delta": _of([self.ours.delta(text) for text in texts]),
            "delta_to_others": others and _of([others.delta(text) for text in texts]),
            "card_hits": _of([float(each) for each in near]) if near else None,
        }


def of_documents(documents: Sequence[Sequence[str]]) -> list[str]:
    """Put documents together of their passages, a sign in place of each token."""
    return ["\n\n".join(map(signed, passages)) for passages in documents]


def signed(passage: str) -> str:
    """Give every token the sign that is counted for what it stands for."""
    return _TOKEN.sub(lambda token: _SIGNS.get(token[1], _SOMEBODY), passage)


def _verifier(ours: Sequence[str], others: Sequence[str]) -> Verifier | None:
    """Return one that tells more than chance does; None without."""
    if min(len(ours), len(others)) < FEWEST:
        return None
    found = Verifier.train(ours, others)
    return found if found.held_out.low > _CHANCE else None


def _card(ours: Sequence[str], others: Sequence[str]) -> StyleCounts | None:
    try:
        return count_card(ours, others)
    except UsageError:  # too few
        return None


def _of(values: Sequence[float]) -> dict[str, object]:
    return asdict(interval(values))
