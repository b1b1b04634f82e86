"""The bench: one question asked in five ways, and what of each answer was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.ids import BenchId


class Arm(StrEnum):
    """A way of answering: with or without the library, in a voice or none."""

    MODEL_ALONE = "model alone"
    RETRIEVAL = "retrieval"
    STYLE_ALONE = "style model alone"
    RETRIEVAL_STYLE = "retrieval + style model"
    RETRIEVAL_PROMPT = "retrieval + voice by prompt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What one arm said to a question, and what was counted of it."""

    arm: Arm
    text: str = ""
    # Why it did not run, or did not end as it should; None where it did.
    reason: str | None = None
    sentences: int = 0
    # Sentences that rest on a passage of the library which the answer names.
    supported: int = 0
    # Citations of cases that the library holds under the name that is written, from the sources.
    cited: int = 0
    # The same, held here, and not among the sources: nobody has looked whether they say so.
    not_from_sources: int = 0
    # Citations that are not in the library, or are another case's; as they are written.
    not_held: tuple[str, ...] = ()
    # How likely the firm's own voice is, 0 to 1, by its verifier; None where there is none.
    voice: float | None = None
    words: int = 0
    seconds: float = 0.0
    tokens: int = 0
    # At the price that is set, in its currency; None where none is set.
    cost: str | None = None

    @property
    def ran(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """Whose writing the voices of a run were held against, and how far that can be believed."""

    # The style card, by name; one of filings is called no more than that. None: see `reason`.
    card: str | None = None
    # Of documents that its verifier had not seen, the share that it judged rightly, and between
    # what that share surely lies.
    right: float | None = None
    low: float | None = None
    high: float | None = None
    documents: int = 0
    # Why the voices were held against nobody's; None where they were.
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRun:
    """One question through all arms."""

    bench_id: BenchId
    question: str
    library_revision: int
    arms: tuple[Tried, ...]
    asked_by: str
    asked_at: datetime
    # None of a run of an earlier release.
    yardstick: Yardstick | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """A model asked for law with its books closed: what it cites, and what of it is held."""

    model: str
    questions: int
    cited: int
    held: int
    # Citations that are not in the library, or are another case's; as they are written.
    not_held: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """How long a new opinion takes until it is answered from, on both paths."""

    case_name: str
    # From the file's arrival to the first answer that cites it; None where none does.
    by_retrieval: float | None
    # What the last adapter took to be trained, in seconds; None where none was.
    by_training: float | None
    # Whether the style model, asked with its books closed, says what it should; None: none did.
    known_to_model: bool | None
    # Why the style model gave no answer; None where it did, or where there is none.
    model_failed: str | None = None


class Remedy(StrEnum):
    """What serves a need: documents looked up, habits told, weights trained."""

    RETRIEVAL = "retrieval"
    CARD = "style card"
    ADAPTER = "style adapter"
    BOTH = "retrieval and a voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to use for a need, why, and which runs of this firm's bear on it."""

    need: str
    remedy: Remedy
    reason: str
    runs: tuple[str, ...]
