"""How many lines words take in Times at a size and a width, before any program lays them out.

Widths are those of Adobe's metrics of Times-Roman, which Times New Roman and Liberation Serif keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

# Thousandths of the size of the type, by width the letters that have it.
_WIDTHS: dict[int, str] = {
    180: "'",
    200: "|",
    250: " ,.\u00a0",
    278: "/\\:;ijlt",
    333: "!()-[]`‘’Ifrˆ",
    389: "Js",
    400: "°",
    408: '"',
    444: "?acez“”",
    453: "¶",
    469: "^",
    480: "{}",
    500: "#$*0123456789_bdghknopquvxy–§†",
    541: "~",
    556: "FPS",
    564: "+<=>",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "&m",
    833: "%",
    889: "M",
    921: "@",
    944: "W",
    1000: "—…",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_USUAL = 500  # of a letter that is not listed


def width(words: str, size: float) -> float:
    """Return how wide words are, in points."""
    return sum(_WIDTH.get(letter, _USUAL) for letter in words) * size / 1000


def line_of_each(words: str, *, size: float, wide: float) -> Iterator[int]:
    """Yield for each character the line it stands on, from 0; `wide` is in points."""
    line, at = 0, 0.0
    for is_space, letters in groupby(words, str.isspace):
        run = "".join(letters)
        length = width(run, size)
        if not is_space and at and at + length > wide:
            line, at = line + 1, 0.0
        at += length
        for _ in run:
            yield line


def count_lines(words: str, *, size: float, wide: float) -> int:
    """Return how many lines words take; 1 for none."""
    return 1 + max(line_of_each(words, size=size, wide=wide), default=0)
