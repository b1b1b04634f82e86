"""How words of RTF look, as far as that decides whether anybody can see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.ingest.parse.colours import BLACK, WHITE, Colour, hidden_by_colour
from core.ingest.parse.parsed import HiddenKind

_TINY = 6  # half points
_USUAL_SIZE = 24
_SOME_COLOUR = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was set; colours by their number in the file's table, 0 for none."""

    invisible: bool = False
    struck: bool = False
    # Half points.
    size: int = _USUAL_SIZE
    ink: int = 0
    # Behind the characters, and behind their paragraph or cell.
    marked: int = 0
    behind: int = 0

    def with_word(self, word: str, number: int | None) -> Look:
        """Return the look after one more command; the same where it sets nothing of this."""
        if word in {"v", "deleted"}:
            on = number != 0
            return replace(self, invisible=on) if word == "v" else replace(self, struck=on)
        if word == "fs":
            return replace(self, size=_USUAL_SIZE if number is None else number)
        if word == "plain":
            return Look(behind=self.behind)
        return self._with_colour(word, number or 0)

    def _with_colour(self, word: str, number: int) -> Look:
        if word == "cf":
            return replace(self, ink=number)
        if word in {"chcbpat", "highlight", "cb"}:
            return replace(self, marked=number)
        if word == "cbpat":
            return replace(self, behind=number)
        if word == "clcbpat":
            # Which of a row's cells it is for comes only later.
            return replace(self, behind=_SOME_COLOUR)
        if word == "trowd" or (word == "pard" and self.behind > 0):
            return replace(self, behind=0)
        return self


def hidden(look: Look, colours: Sequence[Colour | None]) -> HiddenKind | None:
    """Say why words that look so cannot be seen; None where they can."""
    if look.invisible:
        return HiddenKind.INVISIBLE
    if look.size < _TINY:
        return HiddenKind.TINY
    if not look.marked and look.behind == _SOME_COLOUR:
        return None
    ink = _colour(look.ink, colours)
    paper = _colour(look.marked, colours) or _colour(look.behind, colours) or WHITE
    if ink is None:
        # Black by itself; under a black marker's stroke it stays black.
        return HiddenKind.UNDER_BOX if look.marked and paper == BLACK else None
    return hidden_by_colour(ink, paper)


def _colour(number: int, colours: Sequence[Colour | None]) -> Colour | None:
    return colours[number] if 0 <= number < len(colours) else None
