"""Reads the words of several pages at once, and where they stand on them.

What is worked out for all characters costs as much for one page as for ten, so that pages are
taken together; only PDFium is asked page by page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse import pdfium
from core.ingest.parse.pdfium import Placing
from core.ingest.parse.sheet import Floats, Ints, Sheet

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


_ENOUGH = 0.6  # of the longer words


class Opened(NamedTuple):
    """A page, and its text, as PDFium holds them."""

    number: int
    page: int
    text: int
    placing: Placing
    # Points, as the page is shown.
    width: float
    height: float


def read_words(pages: Sequence[Opened]) -> list[Sheet]:
    """Read the words of pages and where they are.

    Characters are asked for at both ends of a word, and all of them where it may hold a raised
    figure or does not run along a line; others are given their share of its width.
    """
    written = [pdfium.codes_of(page.text) for page in pages]
    # Behind each page a gap, so that no word goes on over it.
    codes = np.concatenate([part for each in written for part in (each, _GAP)])
    begins = np.cumsum([0, *(len(each) + 1 for each in written)])
    read = _READ_AS[codes]
    starts, ends = _words(read, codes)
    lasts = ends - 1
    cuts = np.searchsorted(starts, begins)
    first, last = _edges(pages, begins, cuts, starts, lasts)
    boxes = _shared(read, starts, lasts, first, last)
    words = _around(first, last)
    figures = np.flatnonzero(_FIGURE[codes])
    held = np.searchsorted(figures, ends) - np.searchsorted(figures, starts)
    odd = _odd(first, last) | ((held > 0) & (held < ends - starts))
    if odd.any():
        _ask(pages, begins, _inner(starts[odd], ends[odd]), boxes)
        words[odd] = _around_all(boxes, starts[odd], ends[odd])
    numerals = np.flatnonzero((held == ends - starts) & (held <= 2))
    told = zip(
        pages,
        pairwise(begins.tolist()),
        pairwise(cuts.tolist()),
        pairwise(np.searchsorted(figures, begins).tolist()),
        pairwise(np.searchsorted(numerals, cuts).tolist()),
        _quarters(first, last, ends - starts, cuts),
        strict=True,
    )
    breaks = _line_ends(read, codes, starts, lasts)
    sizes, lowest = first[:, 3] - first[:, 1], lowest_of(boxes, figures, starts)
    text = read.tobytes().decode("utf-16-le", "replace")
    return [
        Sheet(
            number=page.number,
            width=page.width,
            height=page.height,
            text=text[begin : end - 1],
            starts=starts[low:high] - begin,
            ends=ends[low:high] - begin,
            words=words[low:high],
            boxes=boxes[:, begin:end],
            breaks=breaks[low:high],
            sizes=sizes[low:high],
            lowest=lowest[low:high],
            figures=figures[one:other] - begin,
            numerals=numerals[least:most] - low,
            quarters=quarters,
        )
        for page, (begin, end), (low, high), (one, other), (least, most), quarters in told
    ]


def lowest_of(boxes: Floats, figures: Ints, starts: Ints) -> Floats:
    """Return how high the lowest figure of each word is; endlessly high where it has none."""
    lowest = np.full(len(starts), np.inf, np.float32)
    owners = np.searchsorted(starts, figures, "right") - 1
    np.minimum.at(lowest, owners, boxes[3, figures] - boxes[1, figures])
    return lowest


def ask_all(page: Opened, sheet: Sheet) -> None:
    """Ask for the place of each character, instead of sharing out those of words."""
    begins = np.array([0, sheet.boxes.shape[1]])
    _ask([page], begins, _inner(sheet.starts, sheet.ends), sheet.boxes)


_GAP = np.full(1, 32, np.uint16)


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


def _quarters(first: Floats, last: Floats, lengths: Ints, cuts: Ints) -> list[int]:
    """Return by how many quarters each page is to be turned: as most of its longer words run."""
    long = lengths > 2
    x, y = (last[:, :2] + last[:, 2:] - first[:, :2] - first[:, 2:]).T
    steep = np.abs(y) > np.abs(x)
    running = np.stack(
        [long, long & steep & (y < 0), long & ~steep & (x < 0), long & steep & (y > 0)]
    )
    counted = np.zeros((4, len(long) + 1), np.int64)
    np.cumsum(running, axis=1, out=counted[:, 1:])
    counts = np.diff(counted[:, cuts], axis=1).T.tolist()
    return [
        next((quarters for quarters in (1, 2, 3) if each[quarters] > _ENOUGH * each[0]), 0)
        for each in counts
    ]


def _shared(
    read: NDArray[np.uint16], starts: Ints, lasts: Ints, first: Floats, last: Floats
) -> Floats:
    """Find where characters are: known at both ends of a word, whose width the others share."""
    boxes = np.zeros((4, len(read)), np.float32)
    if not len(starts):
        return boxes
    weights = _WEIGHTS[read]
    before = np.cumsum(weights, dtype=np.float64) - weights
    left = first[:, 0]
    scale = (last[:, 2] - left) / (before[lasts] + weights[lasts] - before[starts])
    # What holds for a word is told to each character up to the next word.
    told = np.stack([scale, left - before[starts] * scale, first[:, 1], first[:, 3]])
    reach = np.append(starts[1:], len(read)) - starts
    stretch, moved, top, bottom = np.repeat(told, reach, axis=1)
    here = slice(int(starts[0]), len(read))
    low = before[here] * stretch + moved
    boxes[:, here] = low, top, low + weights[here] * stretch, bottom
    boxes *= read > _SPACE
    boxes[:, starts], boxes[:, lasts] = first.T, last.T
    return boxes


def _edges(
    pages: Sequence[Opened], begins: Ints, cuts: Ints, starts: Ints, lasts: Ints
) -> tuple[Floats, Floats]:
    """Ask where the first and the last character of each word are."""
    first = np.empty((len(starts), 4), np.float32)
    last = np.empty_like(first)
    for page, begin, (low, high) in zip(pages, begins, pairwise(cuts.tolist()), strict=False):
        asked = np.concatenate([starts[low:high], lasts[low:high]]) - begin
        found = pdfium.turned(page.placing, pdfium.boxes_of(page.text, asked.tolist()))
        first[low:high], last[low:high] = found[: high - low], found[high - low :]
    return first, last


def _inner(starts: Ints, ends: Ints) -> Ints:
    """Return the characters of words but for the first and the last of each."""
    lengths = np.maximum(ends - starts - 2, 0)
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts + 1 - before, lengths) + np.arange(int(lengths.sum()))


def _ask(pages: Sequence[Opened], begins: Ints, characters: Ints, boxes: Floats) -> None:
    """Ask where characters are."""
    cuts = np.searchsorted(characters, begins).tolist()
    for page, begin, (low, high) in zip(pages, begins, pairwise(cuts), strict=False):
        if low < high:
            asked = characters[low:high]
            found = pdfium.boxes_of(page.text, (asked - begin).tolist())
            boxes[:, asked] = pdfium.turned(page.placing, found).T


def _around_all(boxes: Floats, starts: Ints, ends: Ints) -> Floats:
    """Return the box around each word, wherever its characters are."""
    edges = np.stack([starts, ends], axis=1).ravel()
    low = np.minimum.reduceat(boxes[:2], edges, axis=1)[:, ::2]
    high = np.maximum.reduceat(boxes[2:], edges, axis=1)[:, ::2]
    return np.concatenate([low, high]).T
