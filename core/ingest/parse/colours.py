"""Tells whether words can be seen against what is behind them."""

from __future__ import annotations

import re

from core.ingest.parse.parsed import HiddenKind

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
# Out of 255, in each of red, green and blue: so near to each other that the eye sees one.
_NEAR = 24
_NAMED = {
    "white": WHITE,
    "black": BLACK,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "lime": (0, 255, 0),
    "blue": (0, 0, 255),
    "navy": (0, 0, 128),
    "yellow": (255, 255, 0),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "gray": (128, 128, 128),
    "silver": (192, 192, 192),
    "maroon": (128, 0, 0),
}
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})", re.IGNORECASE)


def colour(written: str | None) -> Colour | None:
    """Read a colour as HTML, CSS, OpenDocument and Word write it; None where it is none."""
    words = (written or "").strip().lower()
    if words in _NAMED:
        return _NAMED[words]
    if found := _RGB.match(words):
        red, green, blue = (min(int(part), 255) for part in found.groups())
        return red, green, blue
    if found := _HEX.fullmatch(words):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        red, green, blue = bytes.fromhex(digits)
        return red, green, blue
    return None


def near(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


def hidden_by_colour(ink: Colour, paper: Colour) -> HiddenKind | None:
    """Say why words in this colour on that one cannot be seen; None where they can."""
    if not near(ink, paper):
        return None
    return HiddenKind.WHITE if near(paper, WHITE) else HiddenKind.UNDER_BOX
