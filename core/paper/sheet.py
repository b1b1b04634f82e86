"""The sheet that a paper is set on: sizes and measures, in points, the same for file and count."""

from __future__ import annotations

from dataclasses import dataclass

from core.paper.paper import Manner

FONT = "Times New Roman"
WIDE, HIGH, MARGIN = 612.0, 792.0, 72.0  # letter, an inch all around
TEXT_WIDE = WIDE - 2 * MARGIN
TEXT_HIGH = HIGH - 2 * MARGIN
NOTE_SIZE, NOTE_LINE = 10.0, 12.0
# The rule above the footnotes of a page, and the space around it.
NOTE_RULE = 12.0
HEADING_LINE = 24.0
HEADING_SIZE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How paragraphs of one manner are set."""

    size: float
    # From one line to the next, exactly.
    line: float
    after: float
    # First line, and all lines from both margins.
    first: float = 0.0
    inset: float = 0.0

    @property
    def wide(self) -> float:
        return TEXT_WIDE - 2 * self.inset


_PLAIN = {
    Manner.BODY: Setting(size=12, line=16, after=8),
    Manner.QUOTE: Setting(size=11, line=14, after=8, inset=36),
    Manner.ITEM: Setting(size=12, line=16, after=4, inset=18),
    Manner.SMALL: Setting(size=10, line=12, after=6),
}
_BRIEF = {
    Manner.BODY: Setting(size=12, line=24, after=0, first=36),
    Manner.QUOTE: Setting(size=12, line=14, after=12, inset=36),
    Manner.ITEM: Setting(size=12, line=24, after=0, inset=36),
    Manner.SMALL: Setting(size=10, line=12, after=6),
}


def setting(manner: Manner, *, brief: bool) -> Setting:
    return (_BRIEF if brief else _PLAIN)[manner]
