"""A page as its ink lies: words in the order in which they were drawn, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
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
    # True for words whose inner characters were not asked for: `share_out` gives them a place.
    shared: NDArray[np.bool_]
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
    """Read the words of a page and where they are.

    Their characters are asked for at both ends of a word, and all of them where it may hold a
    raised figure or does not run along a line; the others wait for `share_out`.
    """
    codes = pdfium.codes_of(text)
    read = _READ_AS[codes]
    starts, ends = _words(read, codes)
    width, height = pdfium.size_of(page)
    first, last = _ends(page, text, starts, ends)
    boxes = np.zeros((len(codes) + 1, 4), np.float32)
    boxes[starts], boxes[ends - 1] = first, last
    words = _around(first, last)
    odd = _odd(first, last, codes, starts, ends)
    if odd.any():
        _ask(page, text, _inner(starts, ends, odd), boxes)
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
        breaks=_line_ends(read, codes, starts, ends),
        shared=~odd,
    )


def ask_all(page: int, text: int, sheet: Sheet) -> None:
    """Ask for the place of each character, instead of sharing out those of words."""
    _ask(page, text, _inner(sheet.starts, sheet.ends, sheet.shared), sheet.boxes)
    sheet.shared[:] = False


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


def _ends(page: int, text: int, starts: Ints, ends: Ints) -> tuple[Floats, Floats]:
    """Ask where the first and the last character of each word are."""
    asked = np.concatenate([starts, ends - 1]).tolist()
    boxes = pdfium.turned(page, pdfium.boxes_of(text, asked))
    return boxes[: len(starts)], boxes[len(starts) :]


def _around(first: Floats, last: Floats) -> Floats:
    """Return the box around each word that runs from its first to its last character."""
    words = np.empty_like(first)
    np.minimum(first[:, :2], last[:, :2], out=words[:, :2])
    np.maximum(first[:, 2:], last[:, 2:], out=words[:, 2:])
    return words


def _odd(
    first: Floats, last: Floats, codes: NDArray[np.uint16], starts: Ints, ends: Ints
) -> NDArray[np.bool_]:
    """Tell which words may hold a raised figure, or do not run along a line."""
    off = np.abs(first - last)
    odd = off[:, 1] + off[:, 3] > 1
    odd |= first[:, 0] > last[:, 2]
    held = np.concatenate([_NONE, np.cumsum(_FIGURE[codes])])
    figures = held[ends] - held[starts]
    odd |= (figures > 0) & (figures < ends - starts)
    return odd


_NONE = np.zeros(1, np.int64)


def _inner(starts: Ints, ends: Ints, chosen: NDArray[np.bool_]) -> Ints:
    """Return the characters of words but for the first and the last of each."""
    lengths = np.where(chosen, np.maximum(ends - starts - 2, 0), 0)
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts + 1 - before, lengths) + np.arange(int(lengths.sum()))


def _ask(page: int, text: int, characters: Ints, boxes: Floats) -> None:
    if len(characters):
        boxes[characters] = pdfium.turned(page, pdfium.boxes_of(text, characters.tolist()))


def _around_all(boxes: Floats, starts: Ints, ends: Ints) -> Floats:
    """Return the box around each word, wherever its characters are."""
    edges = np.stack([starts, ends], axis=1).ravel()
    low = np.minimum.reduceat(boxes[:, :2], edges)[::2]
    high = np.maximum.reduceat(boxes[:, 2:], edges)[::2]
    return np.concatenate([low, high], axis=1)


def share_out(sheets: Sequence[Sheet]) -> None:
    """Share the width of each word among those of its characters that were not asked for.

    Many pages are done at once: each step costs as much for one page as for ten.
    """
    moved = np.cumsum([0, *(len(sheet.boxes) for sheet in sheets)])
    starts = np.concatenate([each.starts + by for each, by in zip(sheets, moved, strict=False)])
    ends = np.concatenate([each.ends + by for each, by in zip(sheets, moved, strict=False)])
    boxes = np.concatenate([sheet.boxes for sheet in sheets])
    # Each sheet has a box more than it has characters.
    written = "\0".join([*(sheet.text for sheet in sheets), ""])
    codes = np.frombuffer(written.encode("utf-16-le"), np.uint16)
    _share(boxes, starts, ends, np.concatenate([sheet.shared for sheet in sheets]), codes)
    for sheet, low, high in zip(sheets, moved, moved[1:], strict=False):
        sheet.boxes = boxes[low:high]


def _share(
    boxes: Floats, starts: Ints, ends: Ints, shared: NDArray[np.bool_], codes: NDArray[np.uint16]
) -> None:
    starts, ends = starts[shared], ends[shared]
    lengths = np.maximum(ends - starts - 2, 0)
    inner = _inner(starts, ends, np.ones(len(starts), np.bool_))
    weights = _WEIGHTS[codes]
    before = np.concatenate([[0], np.cumsum(weights, dtype=np.float64)])
    left = boxes[starts, 0]
    scale = (boxes[ends - 1, 2] - left) / np.maximum(before[ends] - before[starts], 1e-3)
    stretch = np.repeat(scale, lengths)
    low = before[inner] * stretch + np.repeat(left - before[starts] * scale, lengths)
    boxes[inner, 0] = low
    boxes[inner, 1] = np.repeat(boxes[starts, 1], lengths)
    boxes[inner, 2] = low + weights[inner] * stretch
    boxes[inner, 3] = np.repeat(boxes[starts, 3], lengths)
