"""The firm's own voices as they are kept: what taught them, what was trained, what speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from core.model.ids import FilingId, MatterId

VoiceId = NewType("VoiceId", UUID)

DatasetId = NewType("DatasetId", UUID)

AdapterId = NewType("AdapterId", UUID)

BallotId = NewType("BallotId", UUID)


class AdapterState(StrEnum):
    """Where an adapter is between being asked for and being switched off."""

    WAITING = "waiting"
    TRAINING = "training"
    TRAINED = "trained"
    EVALUATED = "evaluated"
    PROMOTED = "promoted"
    RETIRED = "retired"
    FAILED = "failed"
    CANCELLED = "cancelled"
    # It saw what may teach no more: it never speaks again.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleVoice:
    """A voice of the firm's: of a practice, an author, a kind of document."""

    voice_id: VoiceId
    name: str
    # The adapter that speaks for it; None where none was promoted.
    speaks: AdapterId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleDataset:
    """What a voice was taught from, counted over what whoever asks may know of."""

    dataset_id: DatasetId
    voice_id: VoiceId
    voice: str
    # None, as every figure of the whole, for who may not know of all of it.
    sha256: str | None
    seed: int
    deidentified: bool
    made_by: str
    made_at: datetime
    sources: int
    examples: int
    words: int
    withdrawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleAdapter:
    """An adapter and how far it is. Who may not know of all that taught it is told no figure."""

    adapter_id: AdapterId
    voice_id: VoiceId
    voice: str
    dataset_id: DatasetId
    state: AdapterState
    reason: str | None
    base: str
    recipe: Mapping[str, object]
    versions: Mapping[str, str]
    # Step and loss.
    curve: tuple[tuple[int, float], ...]
    step: int
    steps: int
    seconds_left: float | None
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    # The one that it was trained anew in place of.
    instead_of: AdapterId | None
    # Its name where it is served, `provider:model`; None where it speaks in this process.
    served: str | None
    # It waits to be measured, or is being; why that came to nothing the last time.
    measuring: bool
    measure_failed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One thing that taught an adapter, and by whose leave."""

    source: str
    matter_id: MatterId | None
    # None where the matter, or the filing, is no more.
    matter: str | None
    filing_id: FilingId | None
    filing: str | None
    half: str
    examples: int
    words: int
    consented_by: str | None
    consented_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of the promotion gate: whether it holds, and what was seen, in words."""

    name: str
    holds: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleEvaluation:
    """What was measured of an adapter, and what the gate says of it."""

    adapter_id: AdapterId
    made_at: datetime
    figures: Mapping[str, object]
    conditions: tuple[Condition, ...]

    @property
    def passes(self) -> bool:
        return bool(self.conditions) and all(each.holds for each in self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """Two wordings of one plain line, in an order that a lot decided: which sounds like us?"""

    ballot_id: BallotId
    adapter_id: AdapterId
    voice: str
    # None where it is itself one of the two: it would tell which is whose.
    plain: str | None
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StylePreference:
    """How often an adapter's wording was taken for the firm's, each voter counting once."""

    adapter_id: AdapterId
    voters: int
    votes: int
    # The mean of the voters' shares, and where 95 in 100 of such means would lie. None while so
    # few have voted that it would tell how one of them did; whoever voted alone has their share.
    share: float | None
    low: float | None
    high: float | None
