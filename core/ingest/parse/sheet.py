"""A page as its ink lies: words in the order in which they were drawn, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse import pdfium
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
    # (words, 4) and (characters + 1, 4): left, top, right, bottom; the last character is nowhere.
    words: Floats
    boxes: Floats
    # True for words after which the line ends.
    breaks: NDArray[np.bool_]
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


_SPACE, _HYPHEN, _LOST = 32, 45, 0xFFFD
_END = 10
_TURN = 0xFFFE  # what PDFium writes for a hyphen at the end of a line


def _table() -> NDArray[np.uint16]:
    """What each UTF-16 unit is read as: gaps are spaces, halves of characters are lost."""
    table = np.arange(0x10000, dtype=np.uint32).astype(np.uint16)
    table[:33] = _SPACE
    table[[10, 13]] = _END
    table[0x7F:0xA1] = _SPACE
    table[[0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF]] = _SPACE
    table[0x2000:0x2010] = _SPACE
    table[0x202A:0x202F] = _SPACE  # marks that turn the direction of reading
    table[[0x2010, 0x2011, 0x00AD, _TURN]] = _HYPHEN
    table[0xD800:0xE000] = _LOST
    table[0xFFFF] = _LOST
    return table


def _weights() -> Floats:
    """How wide characters are in common fonts, in parts of an em, to share a word's width."""
    weights = np.full(0x10000, 0.5, np.float32)
    weights[[ord(c) for c in "fijltI.,:;'!|()[]-r‘’“”/"]] = 0.32
    weights[[ord(c) for c in "ABCDEFGHKLNOPQRSTUVXYZ"]] = 0.68
    weights[[ord(c) for c in "mwMW@%—&"]] = 0.85
    return weights


_READ_AS = _table()
_WEIGHTS = _weights()
# A word with one of these and with other characters may hold a raised figure: "Act1", "12.3".
_FIGURE = np.zeros(0x10000, np.bool_)
_FIGURE[[ord(c) for c in "0123456789*†‡"]] = True


def read_words(page: int, text: int, *, number: int) -> Sheet:
    """Read the words of a page and where their characters are."""
    codes = pdfium.codes_of(text)
    read = _READ_AS[codes]
    starts, ends = _words(read, codes)
    written = read.tobytes().decode("utf-16-le", "replace")
    width, height = pdfium.size_of(page)
    boxes = _boxes(page, text, codes, starts, ends)
    return Sheet(
        number=number,
        width=width,
        height=height,
        text=written,
        starts=starts,
        ends=ends,
        words=_around(boxes, starts, ends),
        boxes=boxes,
        breaks=_line_ends(read, codes, starts, ends),
    )


def ask_all(page: int, text: int, sheet: Sheet) -> None:
    """Ask for the place of each character, instead of sharing out those of words."""
    pairs = zip(sheet.starts.tolist(), sheet.ends.tolist(), strict=True)
    inked = [at for start, end in pairs for at in range(start, end)]
    _ask(page, text, np.array(inked, np.int64), sheet.boxes)


def _words(read: NDArray[np.uint16], codes: NDArray[np.uint16]) -> tuple[Ints, Ints]:
    """Return where words begin and end; one ends behind a hyphen that ends a line."""
    inked = np.zeros(len(read) + 2, np.bool_)
    inked[1:-1] = (read != _SPACE) & (read != _END)
    begins = inked[1:] & ~inked[:-1]
    stops = inked[:-1] & ~inked[1:]
    turned = np.flatnonzero(codes == _TURN)
    turned = turned[inked[turned + 2]]
    begins[turned + 1] = True
    stops[turned + 1] = True
    return np.flatnonzero(begins), np.flatnonzero(stops)


def _line_ends(
    read: NDArray[np.uint16], codes: NDArray[np.uint16], starts: Ints, ends: Ints
) -> NDArray[np.bool_]:
    """Tell after which words PDFium saw a line end."""
    if not len(starts):
        return np.zeros(0, np.bool_)
    passed = np.concatenate([[0], np.cumsum((read == _END) | (codes == _TURN))])
    following = np.append(starts[1:], len(read))
    broken: NDArray[np.bool_] = passed[following] > passed[ends - 1]
    return broken


def _boxes(page: int, text: int, codes: NDArray[np.uint16], starts: Ints, ends: Ints) -> Floats:
    """Find where each character is: asked for at both ends of a word, shared out between.

    A word that may hold a raised figure, or that does not run along a line, is asked for wholly.
    """
    boxes = np.zeros((len(codes) + 1, 4), np.float32)
    if not len(starts):
        return boxes
    lasts = ends - 1
    _ask(page, text, np.unique(np.concatenate([starts, lasts])), boxes)
    first, last = boxes[starts], boxes[lasts]
    odd = np.abs(first[:, 1] - last[:, 1]) + np.abs(first[:, 3] - last[:, 3]) > 1
    odd |= first[:, 0] > last[:, 2]
    figures = np.concatenate([[0], np.cumsum(_FIGURE[codes])])
    held = figures[ends] - figures[starts]
    odd |= (held > 0) & (held < ends - starts)
    _share(boxes, starts, ends, codes)
    asked: list[Ints] = [np.arange(starts[at] + 1, lasts[at]) for at in np.flatnonzero(odd)]
    if asked:
        _ask(page, text, np.concatenate(asked), boxes)
    return boxes


def _ask(page: int, text: int, characters: Ints, boxes: Floats) -> None:
    if len(characters):
        boxes[characters] = pdfium.turned(page, pdfium.boxes_of(text, characters.tolist()))


def _share(boxes: Floats, starts: Ints, ends: Ints, codes: NDArray[np.uint16]) -> None:
    """Share the width of each word among its inner characters."""
    lengths = ends - starts
    owner = np.repeat(np.arange(len(starts)), lengths)
    places = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    places += starts[owner]
    weights = _WEIGHTS[codes]
    before = np.concatenate([[0], np.cumsum(weights, dtype=np.float64)])
    left, right = boxes[starts, 0], boxes[ends - 1, 2]
    wide = before[ends] - before[starts]
    scale = ((right - left) / np.maximum(wide, 1e-3))[owner]
    low = left[owner] + (before[places] - before[starts][owner]) * scale
    high = low + weights[places] * scale
    inner = (places > starts[owner]) & (places < ends[owner] - 1)
    chosen = places[inner]
    boxes[chosen, 0], boxes[chosen, 2] = low[inner], high[inner]
    boxes[chosen, 1], boxes[chosen, 3] = (
        boxes[starts, 1][owner][inner],
        boxes[starts, 3][owner][inner],
    )


def _around(boxes: Floats, starts: Ints, ends: Ints) -> Floats:
    """Return the box around each word."""
    if not len(starts):
        return np.zeros((0, 4), np.float32)
    edges = np.stack([starts, ends], axis=1).ravel()
    edges = edges[:-1] if edges[-1] >= len(boxes) else edges
    low = np.minimum.reduceat(boxes[:, :2], edges)[::2]
    high = np.maximum.reduceat(boxes[:, 2:], edges)[::2]
    return np.concatenate([low, high], axis=1)
