"""What the style desk speaks of: the card on which an author's habits are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.ids import CardId, FilingId, MatterId


class CardKind(StrEnum):
    """What a style card was made of."""

    AUTHOR = "author"
    FILINGS = "filings"


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleAuthor:
    """Somebody who has signed enough opinions to count habits in."""

    author: str
    opinions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSource:
    """A filing that may teach a style: its matter consents."""

    filing_id: FilingId
    matter_id: MatterId
    # The matter's.
    number: str
    name: str
    characters: int
    # What it is for, None where nobody knows.
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRate:
    """A habit's mean over documents, between where it surely lies, and where most documents do."""

    value: float
    low: float
    high: float
    # The middle half of the documents.
    from_: float
    to: float
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleHabit:
    """A habit on a card, beside the same in the background."""

    key: str
    group: str
    name: str
    unit: str
    ours: StyleRate
    usual: StyleRate
    # In words, where the habit tells the author from others: "begins sentences with But twice as
    # often as others".
    says: str | None
    # How much it tells, to order by: the difference in standard deviations of documents.
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StylePhrase:
    """A turn of phrase that an author favours, and how often in 10,000 words, beside others."""

    text: str
    ours: float
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleCounts:
    """What was counted; a recount replaces all of it."""

    documents: int
    words: int
    background: int
    # The heaviest first, those that decide before the others.
    habits: tuple[StyleHabit, ...]
    phrases: tuple[StylePhrase, ...]
    little_words: tuple[StylePhrase, ...]
    openings: tuple[StylePhrase, ...]
    closings: tuple[StylePhrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleEdit:
    """What somebody changed of a line, or a rule of their own; it survives a recount."""

    key: str
    on: bool = True
    # None leaves the line as it was counted.
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleLine:
    """A line of a card as it goes to the model: counted or written by hand, on or off."""

    key: str
    text: str
    on: bool
    by_hand: bool
    # Why it is off unless somebody switches it on.
    why_off: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleCard:
    """An author's habits, counted beside a background of the same kind, and what was edited."""

    card_id: CardId
    name: str
    kind: CardKind
    # The author's name, or the numbers of the matters.
    made_of: tuple[str, ...]
    # What it was counted beside, in words.
    background: str
    counts: StyleCounts
    lines: tuple[StyleLine, ...]
    made_by: str
    made_at: datetime
