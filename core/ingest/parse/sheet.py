"""A page as its ink lies: words in the order in which they were drawn, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse import pdfium
from core.ingest.parse.parsed import HiddenKind
from core.ingest.parse.pdfium import Placing

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
    # Which characters are figures, or signs that mark a footnote.
    figures: Ints
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
_FIGURE = np.array([chr(code).isdecimal() or chr(code) in "*†‡" for code in range(0x10000)])


def read_words(page: int, text: int, placing: Placing, *, number: int) -> Sheet:
    """Read the words of a page and where they are.

    Characters are asked for at both ends of a word, and all of them where it may hold a raised
    figure or does not run along a line; others are given their share of its width.
    """
    codes = pdfium.codes_of(text)
    read = _READ_AS[codes]
    starts, ends = _words(read, codes)
    width, height = pdfium.size_of(page)
    lasts = ends - 1
    asked = np.concatenate([starts, lasts]).tolist()
    edges = pdfium.turned(placing, pdfium.boxes_of(text, asked))
    first, last = edges[: len(starts)], edges[len(starts) :]
    boxes = _shared(read, starts, lasts, first, last)
    words = _around(first, last)
    figures = np.flatnonzero(_FIGURE[codes])
    odd = _odd(first, last) | _is_mixed(figures, starts, ends)
    if odd.any():
        _ask(text, placing, starts[odd], ends[odd], boxes)
        words[odd] = _around_all(boxes, starts[odd], ends[odd])
    return Sheet(
        number=number,
        width=width,
        height=height,
        text=read.tobytes().decode("utf-16-le", "replace"),
        starts=starts,
        ends=ends,
        words=words,
        boxes=boxes,
        breaks=_line_ends(read, codes, starts, lasts),
        figures=figures,
    )


def ask_all(text: int, placing: Placing, sheet: Sheet) -> None:
    """Ask for the place of each character, instead of sharing out those of words."""
    _ask(text, placing, sheet.starts, sheet.ends, sheet.boxes)


def _words(read: NDArray[np.uint16], codes: NDArray[np.uint16]) -> tuple[Ints, Ints]:
    """Return where words begin and end; one ends behind a hyphen that ends a line."""
    inked = np.zeros(len(read) + 2, np.bool_)
    np.greater(read, _SPACE, out=inked[1:-1])  # nothing else is below a space
    edges = np.flatnonzero(inked[1:] != inked[:-1])
    starts, ends = edges[::2], edges[1::2]
    turned = np.flatnonzero(codes == _TURN) + 1
    turned = turned[inked[turned + 1]]
    if len(turned):
        starts, ends = np.concatenate([starts, turned]), np.concatenate([ends, turned])
        starts.sort()
        ends.sort()
    return starts, ends


def _line_ends(
    read: NDArray[np.uint16], codes: NDArray[np.uint16], starts: Ints, lasts: Ints
) -> NDArray[np.bool_]:
    """Tell after which words PDFium saw a line end."""
    ended = np.flatnonzero((read == _END) | (codes == _TURN))
    following = np.searchsorted(ended, starts[1:])
    broken = np.searchsorted(ended, lasts)
    return np.append(broken[:-1] < following, broken[-1:] < len(ended))


def _around(first: Floats, last: Floats) -> Floats:
    """Return the box around each word that runs from its first to its last character."""
    words = np.empty_like(first)
    np.minimum(first[:, :2], last[:, :2], out=words[:, :2])
    np.maximum(first[:, 2:], last[:, 2:], out=words[:, 2:])
    return words


def _odd(first: Floats, last: Floats) -> NDArray[np.bool_]:
    """Tell which words do not run along a line, from left to right."""
    off = np.abs(first - last)
    return (off[:, 1] + off[:, 3] > 1) | (first[:, 0] > last[:, 2])


def _is_mixed(figures: Ints, starts: Ints, ends: Ints) -> NDArray[np.bool_]:
    """Tell which words hold figures and other characters."""
    held = np.searchsorted(figures, ends) - np.searchsorted(figures, starts)
    return (held > 0) & (held < ends - starts)


def _shared(
    read: NDArray[np.uint16], starts: Ints, lasts: Ints, first: Floats, last: Floats
) -> Floats:
    """Find where characters are: known at both ends of a word, whose width the others share."""
    boxes = np.zeros((4, len(read) + 1), np.float32)
    if not len(starts):
        return boxes
    weights = _WEIGHTS[read]
    before = np.cumsum(weights) - weights
    left = first[:, 0]
    scale = (last[:, 2] - left) / (before[lasts] + weights[lasts] - before[starts])
    # What holds for a word is told to each character up to the next word.
    told = np.stack([scale, left - before[starts] * scale, first[:, 1], first[:, 3]])
    reach = np.diff(starts, append=len(read))
    stretch, moved, top, bottom = np.repeat(told, reach, axis=1)
    here = slice(int(starts[0]), len(read))
    low = before[here] * stretch + moved
    boxes[:, here] = low, top, low + weights[here] * stretch, bottom
    boxes[:, :-1] *= read > _SPACE
    boxes[:, starts], boxes[:, lasts] = first.T, last.T
    return boxes


def _ask(text: int, placing: Placing, starts: Ints, ends: Ints, boxes: Floats) -> None:
    """Ask where the inner characters of words are."""
    lengths = np.maximum(ends - starts - 2, 0)
    before = np.cumsum(lengths) - lengths
    inner = np.repeat(starts + 1 - before, lengths) + np.arange(int(lengths.sum()))
    if len(inner):
        boxes[:, inner] = pdfium.turned(placing, pdfium.boxes_of(text, inner.tolist())).T


def _around_all(boxes: Floats, starts: Ints, ends: Ints) -> Floats:
    """Return the box around each word, wherever its characters are."""
    edges = np.stack([starts, ends], axis=1).ravel()
    low = np.minimum.reduceat(boxes[:2], edges, axis=1)[:, ::2]
    high = np.maximum.reduceat(boxes[2:], edges, axis=1)[:, ::2]
    return np.concatenate([low, high]).T
