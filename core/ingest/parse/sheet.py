"""A page as its ink lies: words in the order in which they were drawn, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse.parsed import HiddenKind

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Rule(NamedTuple):
    """A thin line across a page."""

    left: float
    right: float
    y: float


@dataclass(slots=True, kw_only=True, eq=False)
class Sheet:
    """One page's words and places; points, from the upper left corner, as the page is shown."""

    number: int
    width: float
    height: float
    text: str
    # Half-open, into `text`, one each a word.
    starts: Ints
    ends: Ints
    # (words, 4): left, top, right, bottom.
    words: Floats
    # (4, characters + 1): the same, side by side. Gaps are nowhere, and so is the last.
    boxes: Floats
    # True for words after which the line ends.
    breaks: NDArray[np.bool_]
    # How high the print of each word is, and its lowest figure or footnote's sign; endless without.
    sizes: Floats
    lowest: Floats
    # Which characters are figures, or signs that mark a footnote; and words of one or two of them.
    figures: Ints
    numerals: Ints
    # By how many quarters the page has to be turned to the right for most words to run along lines.
    quarters: int
    rules: list[Rule] = field(default_factory=list[Rule])
    # The part of the page that pictures cover, and how many lines are drawn on it.
    pictured: float = 0.0
    drawn: int = 0
    # From and to, into `text`.
    hidden: list[tuple[HiddenKind, int, int]] = field(
        default_factory=list[tuple[HiddenKind, int, int]]
    )
    # The page as it is shown, where this one was turned to be read.
    as_shown: Sheet | None = None

    def word(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]
