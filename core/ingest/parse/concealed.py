"""Words that are in a page's text but cannot be seen on it.

A redaction that only covers, white print, print too small to read or beside the page.
What cannot be told from how a page was drawn is told from its picture: a word is hidden where the
picture shows one colour.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse import pdfium
from core.ingest.parse.drawn import DEEPEST, IDENTITY, MOST_OBJECTS, Drawn, all_drawn
from core.ingest.parse.parsed import HiddenKind
from core.ingest.parse.sheet import Floats, Ints, Rule, Sheet
from core.ingest.parse.spread import Opened, ask_all

_TINY = 3.0  # points: print of this height is a dot
_SMALLEST_COVER = (5.0, 4.0)  # points: anything smaller covers no word
_PALE = 225  # of 255: print as light as this may not be seen on paper
_SCALE = 2.0  # pixels a point
_FLAT = 20  # of 255: a picture that varies less shows no print
_FAINT = 25  # of 255: ink that lets so much through
_TRACE = 10  # of 255: a change of the picture as small as this is none
_DARK = 160  # of 255: what has been blackened is darker
_MOST_PIXELS = 6_000_000
_STENCIL = frozenset({3, 7})  # ways to draw text that leave no ink


def look_behind(opened: Opened, sheet: Sheet) -> None:
    """Note on the sheet its lines, how much of it is pictures, and the words that are hidden."""
    page, text = opened.page, opened.text
    drawn = all_drawn(pdfium.objects_of(page, most=MOST_OBJECTS), IDENTITY, DEEPEST)
    kinds = np.array(drawn.kinds)
    bounds = pdfium.turned(opened.placing, drawn.bounds)
    _note_lines(sheet, kinds, bounds)
    if len(sheet.words):
        _note_unprintable(sheet)
        if _is_suspicious(drawn, kinds, bounds, text, sheet):
            ask_all(opened, sheet)
            _note_unseen(page, text, sheet, drawn)


def _note_lines(sheet: Sheet, kinds: Ints, bounds: Floats) -> None:
    paths = bounds[kinds == pdfium.PATH]
    sheet.drawn = len(paths)
    if len(paths):
        wide, high = paths[:, 2] - paths[:, 0], paths[:, 3] - paths[:, 1]
        for left, top, right, bottom in paths[(wide > 30) & (high < 2.5)][:500].tolist():
            sheet.rules.append(Rule(left, right, (top + bottom) / 2))
    pictures = bounds[kinds == pdfium.IMAGE]
    if len(pictures):
        inside = pictures.clip(0, [sheet.width, sheet.height] * 2)
        areas = (inside[:, 2] - inside[:, 0]) * (inside[:, 3] - inside[:, 1])
        sheet.pictured = min(float(areas.sum()) / max(sheet.width * sheet.height, 1.0), 1.0)


def _note_unprintable(sheet: Sheet) -> None:
    """Note words that no printer would show: tiny ones, and those beside the page."""
    words = sheet.words
    high = words[:, 3] - words[:, 1]
    _, _, right, bottom = words.max(0).tolist()
    inside = words.min() >= 0 and right <= sheet.width and bottom <= sheet.height
    if inside and high.min() >= _TINY:
        return  # as on nearly all pages
    middle = (words[:, :2] + words[:, 2:]) / 2
    off = (middle < 0).any(1) | (middle > [sheet.width, sheet.height]).any(1)
    tiny = (np.minimum(high, words[:, 2] - words[:, 0] + 2) < _TINY) & (high < _TINY) & ~off
    _note(sheet, np.flatnonzero(off), HiddenKind.OFF_PAGE)
    _note(sheet, np.flatnonzero(tiny), HiddenKind.TINY)


def _note(sheet: Sheet, words: Ints, kind: HiddenKind) -> None:
    """Note words as hidden, those next to each other as one."""
    if not len(words):
        return
    cuts = np.flatnonzero(np.diff(words) > 1) + 1
    for run in np.split(words, cuts):
        start, end = int(sheet.starts[run[0]]), int(sheet.ends[run[-1]])
        if sum(map(str.isalnum, sheet.text[start:end])) > 1:
            sheet.hidden.append((kind, start, end))


def _is_suspicious(drawn: Drawn, kinds: Ints, bounds: Floats, text: int, sheet: Sheet) -> bool:
    """Tell whether a page's picture has to be looked at."""
    stencils = [at for at, mode in enumerate(drawn.modes) if mode in _STENCIL]
    if any(pdfium.has_words(drawn.handles[at], text) for at in _with_room(drawn, stencils)):
        return True
    red, green, blue, opacity = pdfium.fills_of([drawn.objects[at] for at in drawn.texts()]).T
    pale = (red >= _PALE) & (green >= _PALE) & (blue >= _PALE)
    if (pale | (opacity < _FAINT)).any():
        return True
    return _is_covered(drawn, kinds, bounds, text, sheet)


def _with_room(drawn: Drawn, texts: list[int]) -> list[int]:
    """Leave out texts that are nowhere, for want of a character: some pages have many."""
    if not texts:
        return texts
    left, top, right, bottom = pdfium.bounds_of([drawn.objects[at] for at in texts]).T
    placed = (left != right) | (top != bottom)
    return [at for at, is_placed in zip(texts, placed.tolist(), strict=True) if is_placed]


def _is_covered(drawn: Drawn, kinds: Ints, bounds: Floats, text: int, sheet: Sheet) -> bool:
    """Tell whether something is drawn over words that were drawn before it."""
    order: dict[int, int] = {}
    for at, words in _coverings(drawn, kinds, bounds, sheet):
        if drawn.kinds[at] == pdfium.PATH and _is_dark(drawn.objects[at]):
            return True  # print of the same colour may stand upon it
        order = order or {each: place for place, each in enumerate(drawn.handles)}
        for word in words[:: len(words) // 40 + 1]:
            owner = pdfium.object_of(text, int(sheet.starts[word]))
            if owner is None or order.get(owner, -1) < at:
                return True
    return False


def _coverings(
    drawn: Drawn, kinds: Ints, bounds: Floats, sheet: Sheet
) -> Iterator[tuple[int, Ints]]:
    """Yield what is filled and may cover words, and the words that stand where it is drawn."""
    if not (kinds != pdfium.TEXT).any():
        return
    wide, high = bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]
    large = (wide >= _SMALLEST_COVER[0]) & (high >= _SMALLEST_COVER[1])
    starts, ends = sheet.words[:, 0], sheet.words[:, 2]
    y = (sheet.words[:, 1] + sheet.words[:, 3]) / 2
    for at in np.flatnonzero((kinds != pdfium.TEXT) & large)[:2_000]:
        left, top, right, bottom = bounds[at].tolist()
        beside = (ends > left + 2) & (starts < right - 2)
        words = np.flatnonzero(beside & (y > top) & (y < bottom))
        if not len(words):
            continue
        if kinds[at] != pdfium.PATH or pdfium.is_filled(drawn.handles[int(at)]):
            yield int(at), words


def _is_dark(path: pdfium.Passed) -> bool:
    fill = pdfium.fills_of([path])[0]
    return fill[3] > 4 * _FAINT and fill[:3].max() < _DARK


def _note_unseen(page: int, text: int, sheet: Sheet, drawn: Drawn) -> None:
    """Note the words that a page's picture does not show.

    Ink is seen where the picture changes once it is taken away. Print that leaves no ink, as
    under a scan, is seen where the picture is of more than one colour.
    """
    scale = min(_SCALE, (_MOST_PIXELS / max(sheet.width * sheet.height, 1.0)) ** 0.5)
    shown = pdfium.picture_of(page, scale)
    changed = _changed(page, drawn, shown, scale)
    boxes = (sheet.boxes[:, :-1].T * scale).clip(0, [shown.shape[1], shown.shape[0]] * 2)
    unseen = _unseen(sheet, changed, boxes)
    for _, low, high in sheet.hidden:
        unseen[low:high] = False
    for start, end in _runs(sheet, unseen):
        owner = pdfium.object_of(text, start)
        mode = pdfium.render_modes_of(pdfium.passed([owner]))[0] if owner else 0
        if mode in _STENCIL:
            _note_stencilled(sheet, shown, boxes, start, end)
        else:
            sheet.hidden.append((_kind_of(owner, shown, boxes[start:end]), start, end))


def _changed(
    page: int, drawn: Drawn, shown: NDArray[np.uint8], scale: float
) -> NDArray[np.bool_] | None:
    """Tell which pixels are other ones without the ink of words; None where words have no ink."""
    inked = [drawn.objects[at] for at in drawn.texts() if drawn.modes[at] not in _STENCIL]
    if not inked:
        return None
    pdfium.take_away(inked)
    without = pdfium.picture_of(page, scale)
    return np.maximum(shown, without) - np.minimum(shown, without) > _TRACE


def _unseen(sheet: Sheet, changed: NDArray[np.bool_] | None, boxes: Floats) -> NDArray[np.bool_]:
    """Tell which characters of words have no changed pixel in their box."""
    unseen = np.zeros(len(boxes), np.bool_)
    inked = _inked(sheet)
    if changed is None:
        unseen[inked] = True
        return unseen
    low, high = np.floor(boxes[inked, :2]).astype(int), np.ceil(boxes[inked, 2:]).astype(int)
    places = np.concatenate([low, high], axis=1).tolist()
    unseen[inked] = [
        not changed[top:bottom, left:right].any() for left, top, right, bottom in places
    ]
    return unseen


def _inked(sheet: Sheet) -> Ints:
    """Return the characters that words are made of."""
    lengths = sheet.ends - sheet.starts
    before = np.cumsum(lengths) - lengths
    return np.repeat(sheet.starts - before, lengths) + np.arange(int(lengths.sum()))


def _runs(sheet: Sheet, unseen: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield characters next to each other that are not seen; gaps between words do not count."""
    places = _inked(sheet)
    flags = unseen[places]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    for low, high in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        start, end = int(places[low]), int(places[high - 1]) + 1
        if sum(map(str.isalnum, sheet.text[start:end])) > 1:
            yield start, end


def _note_stencilled(
    sheet: Sheet, shown: NDArray[np.uint8], boxes: Floats, start: int, end: int
) -> None:
    """Note those words of print without ink under which a picture shows nothing either."""
    low, high = np.searchsorted(sheet.starts, [start, end])
    flat: list[int] = []
    dark: list[int] = []
    for word in range(int(low), int(high)):
        box = boxes[sheet.starts[word] : sheet.ends[word]]
        left, top = box[:, :2].min(0)
        right, bottom = box[:, 2:].max(0)
        inset = 0.3 * (bottom - top)
        zone = shown[int(top + inset) : int(bottom - inset) + 1, int(left) + 1 : int(right)]
        if zone.size and int(zone.max()) - int(zone.min()) < _FLAT:
            (dark if zone.mean() < _DARK else flat).append(word)
    _note(sheet, np.array(dark, np.int64), HiddenKind.UNDER_BOX)
    # A scan's reader often sets a word beside its picture: only several in a row are told.
    lonely = 4 if sheet.pictured > 0.3 else 1
    runs = np.split(np.array(flat, np.int64), np.flatnonzero(np.diff(flat) > 1) + 1)
    for run in runs:
        if len(run) >= lonely:
            _note(sheet, run, HiddenKind.INVISIBLE)


def _kind_of(owner: int | None, shown: NDArray[np.uint8], boxes: Floats) -> HiddenKind:
    """Tell why print that has ink is not seen."""
    left, top = boxes[:, :2].min(0).astype(int)
    right, bottom = boxes[:, 2:].max(0).astype(int)
    zone = shown[top : bottom + 1, left : right + 1]
    fill = pdfium.fills_of(pdfium.passed([owner]))[0] if owner else np.array([0, 0, 0, 255])
    if fill[3] < _FAINT:
        return HiddenKind.INVISIBLE
    pale = fill[:3].min() >= _PALE and zone.size and zone.mean() >= _PALE
    return HiddenKind.WHITE if pale else HiddenKind.UNDER_BOX
