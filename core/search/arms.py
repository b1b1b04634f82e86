"""What every way of finding cases is asked and what it answers.

An arm ranks cases by one kind of evidence: the words of a passage, the words of the whole
opinion, the sense. Their scores are never compared; only their ranks are fused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.model import Filters
from core.search.lexicon import Lexicon
from core.search.shelf import Admitted, Numbers, Scores, Shelf


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """What the arms search for, on which shelf, and what they may show."""

    shelf: Shelf
    lexicon: Lexicon
    # Distinct, in order of their code points.
    terms: tuple[str, ...]
    # Called by the arm that needs it.
    vector: Callable[[], NDArray[np.float32]]
    filters: Filters
    admitted: Admitted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """What an arm found: case numbers, the best first, and the passages it knows scores of."""

    arm: str
    cases: Numbers
    # Rows, in no order, and their scores: comparable within this arm only.
    rows: Numbers
    scores: Scores
    # Words for the screen.
    notices: tuple[str, ...] = ()


class Arm(Protocol):
    """One way of finding cases."""

    @property
    def name(self) -> str: ...

    def rank(self, question: Question, depth: int) -> Ranking: ...
