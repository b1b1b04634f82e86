"""PDFium as we use it: the few calls that read a page, each given for many objects at once.

Its handles are numbers here, and the calls are bound to plain addresses and driven by `map`.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse import pdfium_calls as calls

Floats = NDArray[np.float32]
Handle = int
Passed = calls.Passed

NOT_A_PDF = frozenset(map(calls.number, ("FPDF_ERR_FILE", "FPDF_ERR_FORMAT")))
WRONG_PASSWORD = calls.number("FPDF_ERR_PASSWORD")

TEXT = calls.number("FPDF_PAGEOBJ_TEXT")
PATH = calls.number("FPDF_PAGEOBJ_PATH")
IMAGE = calls.number("FPDF_PAGEOBJ_IMAGE")
FORM = calls.number("FPDF_PAGEOBJ_FORM")
# Annotations that no reader sees.
_UNSEEN_ANNOTATIONS = frozenset({calls.number("FPDF_ANNOT_LINK"), calls.number("FPDF_ANNOT_POPUP")})
_AS_SHOWN = calls.number("FLAT_NORMALDISPLAY")
_GREY = calls.number("FPDFBitmap_Gray")
_WITH_MARKS_IN_GREY = calls.number("FPDF_ANNOT") | calls.number("FPDF_GRAYSCALE")

# Where answers of four numbers are written, so many at once, and where each goes.
_ROWS = 2_048
_ANSWERS = np.zeros((_ROWS, 4), np.float32)
_PLACES = tuple(
    [calls.passed(int(place)) for place in range(first, first + 16 * _ROWS, 16)]
    for first in range(_ANSWERS.ctypes.data, _ANSWERS.ctypes.data + 16, 4)
)


def open_document(path: str, password: str | None) -> Handle | None:
    """Open a file; None where PDFium cannot, and `last_error` then says why."""
    return calls.load_document(path.encode(), None if password is None else password.encode())


def close_document(document: Handle) -> None:
    calls.close_document(document)


def last_error() -> int:
    return calls.last_error() or 0


def count_pages(document: Handle) -> int:
    return calls.page_count(document) or 0


def property_of(document: Handle, name: str) -> str:
    """Return what a document says of itself under a name; empty where it says nothing."""
    return _told(lambda buffer, size: calls.meta_text(document, name.encode(), buffer, size))


def attachments_of(document: Handle, *, most: int, largest: int) -> list[tuple[str, bytes]]:
    """Return the files within a document, at most so many and none larger."""
    found: list[tuple[str, bytes]] = []
    for index in range(min(calls.attachment_count(document) or 0, most)):
        attachment = calls.attachment(document, index)
        if attachment is None:
            continue
        name = _told(lambda buffer, size, of=attachment: calls.attachment_name(of, buffer, size))
        size = ctypes.c_ulong()
        calls.attachment_file(attachment, None, 0, ctypes.addressof(size))
        if 0 < size.value <= largest:
            content = ctypes.create_string_buffer(size.value)
            calls.attachment_file(
                attachment, ctypes.addressof(content), size.value, ctypes.addressof(size)
            )
            found.append((name, content.raw))
    return found


def _told(ask: Callable[[int | None, int], int | None]) -> str:
    """Ask twice, as PDFium wants it: how long an answer is, then the answer in UTF-16."""
    size = ask(None, 0) or 0
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.addressof(buffer), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").replace("\0", "")


def open_page(document: Handle, index: int) -> Handle | None:
    """Load a page as it is shown: filled-in fields and other marks drawn upon it are part of it."""
    page = calls.load_page(document, index)
    if page is None or not _is_marked(page):
        return page
    calls.flatten(page, _AS_SHOWN)
    calls.close_page(page)
    return calls.load_page(document, index)


def _is_marked(page: Handle) -> bool:
    for index in range(min(calls.annotation_count(page) or 0, 1_000)):
        annotation = calls.annotation(page, index)
        if annotation is None:
            continue
        kind = calls.annotation_kind(annotation)
        calls.close_annotation(annotation)
        if kind not in _UNSEEN_ANNOTATIONS:
            return True
    return False


def close_page(page: Handle) -> None:
    calls.close_page(page)


def size_of(page: Handle) -> tuple[float, float]:
    """Return width and height in points, as the page is shown."""
    return calls.page_width(page), calls.page_height(page)


def extent_of(page: Handle, text: Handle) -> int:
    """Return how many characters and drawings a page has."""
    return max(calls.count_chars(text) or 0, 0) + (calls.count_objects(page) or 0)


class Placing(NamedTuple):
    """How a page's own coordinates become those of the page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float
    # To the right.
    quarters: int


def placing_of(page: Handle) -> Placing:
    edge = np.zeros(4, np.float32)
    calls.bounding_box(page, edge.ctypes.data)
    left, top, right, bottom = (float(each) for each in edge)
    return Placing(left, top, right, bottom, calls.rotation(page) or 0)


def turned(placing: Placing, boxes: Floats) -> Floats:
    """Turn boxes as PDF has them (left, top, right, bottom from below) as the page is shown."""
    left, top, right, bottom, quarters = placing
    x, y = boxes[:, 0::2], boxes[:, 1::2]
    match quarters:
        case 1:
            x, y = y - bottom, x - left
        case 2:
            x, y = right - x, y - bottom
        case 3:
            x, y = top - y, right - x
        case _:
            x, y = x - left, top - y
    found = np.empty((len(boxes), 4), np.float32)
    np.minimum(x[:, 0], x[:, 1], out=found[:, 0])
    np.minimum(y[:, 0], y[:, 1], out=found[:, 1])
    np.maximum(x[:, 0], x[:, 1], out=found[:, 2])
    np.maximum(y[:, 0], y[:, 1], out=found[:, 3])
    return found


def open_text(page: Handle) -> Handle | None:
    return calls.load_text(page)


def close_text(text: Handle) -> None:
    calls.close_text(text)


def codes_of(text: Handle) -> NDArray[np.uint16]:
    """Return the characters of a page as UTF-16, one unit for each of PDFium's characters."""
    count = max(calls.count_chars(text) or 0, 0)
    codes = np.zeros(count + 1, np.uint16)
    got = calls.get_text(text, 0, count, codes.ctypes.data) if count else 1
    if got == count + 1:
        return codes[:count]
    # Characters without a meaning are left out there, and those beyond the first plane doubled.
    asked = map(calls.unicode, repeat(calls.passed(text)), range(count))
    wide = np.fromiter(asked, np.uint32, count)
    return np.where(wide > 0xFFFF, 0xFFFD, wide).astype(np.uint16)


def boxes_of(text: Handle, characters: Sequence[int]) -> Floats:
    """Return left, top, right and bottom of characters, in PDF's own coordinates."""
    handle = calls.passed(text)
    boxes = [np.zeros((0, 4), np.float32)]
    for low in range(0, len(characters), _ROWS):
        part = characters[low : low + _ROWS]
        _ANSWERS[: len(part)] = 0
        deque(map(calls.loose_box, repeat(handle), part, _PLACES[0]), 0)
        boxes.append(_ANSWERS[: len(part)].copy())
    return np.concatenate(boxes)


def object_of(text: Handle, character: int) -> Handle | None:
    """Return the object that drew a character."""
    return calls.text_object(calls.passed(text), character)


def objects_of(page: Handle, *, most: int) -> list[Handle]:
    """Return a page's objects in the order in which they are drawn."""
    count = min(calls.count_objects(page) or 0, most)
    return [each for each in map(calls.object_at, repeat(calls.passed(page)), range(count)) if each]


def objects_within(form: Handle, *, most: int) -> list[Handle]:
    """Return the objects of a form, which is a drawing within a drawing."""
    count = min(max(calls.count_within(form) or 0, 0), most)
    found = map(calls.object_within, repeat(calls.passed(form)), range(count))
    return [each for each in found if each]


def passed(objects: Sequence[Handle]) -> list[Passed]:
    """Return objects as what follows is given them: so that each is made ready but once."""
    return list(map(calls.passed, objects))


def kinds_of(objects: Sequence[Passed]) -> list[int]:
    return [kind or 0 for kind in map(calls.kind, objects)]


def bounds_of(objects: Sequence[Passed]) -> Floats:
    """Return left, top, right and bottom of objects, in the coordinates they are drawn in."""
    left, top, right, bottom = _PLACES
    return _answers(calls.bounds, objects, left, bottom, right, top)


def matrix_of(form: Handle) -> tuple[float, ...]:
    """Return the six numbers a to f that place a form on its page."""
    numbers = np.array([1, 0, 0, 1, 0, 0], np.float32)
    calls.matrix(form, numbers.ctypes.data)
    return tuple(float(each) for each in numbers)


def fills_of(objects: Sequence[Passed]) -> NDArray[np.uint32]:
    """Return red, green, blue and opacity, 0 to 255, that objects are filled with."""
    return _answers(calls.fill, objects, *_PLACES).view(np.uint32)


def _answers(
    ask: Callable[..., object], objects: Sequence[Passed], *places: list[Passed]
) -> Floats:
    """Ask each of many objects for four numbers; zeros where it has none to tell."""
    answers = [np.zeros((0, 4), np.float32)]
    for low in range(0, len(objects), _ROWS):
        part = objects[low : low + _ROWS]
        _ANSWERS[: len(part)] = 0
        deque(map(ask, part, *places), 0)
        answers.append(_ANSWERS[: len(part)].copy())
    return np.concatenate(answers)


def is_filled(path: Handle) -> bool:
    modes = np.zeros(2, np.int32)
    calls.draw_mode(path, modes.ctypes.data, modes.ctypes.data + 4)
    return bool(modes[0])


def has_words(drawn: Handle, text: Handle) -> bool:
    """Tell whether a text object holds more than gaps."""
    size = calls.object_text(drawn, text, ctypes.addressof(_BUFFER), len(_BUFFER)) or 0
    if size > len(_BUFFER):
        return True  # and nothing was written, since all of it has no room
    told = _BUFFER.raw[:size].decode("utf-16-le", "replace")
    return bool(told.replace("\0", "").strip())


# For the text of one object: each call looks at all of the page, so it is asked once.
_BUFFER = ctypes.create_string_buffer(1_024)


def render_modes_of(objects: Sequence[Passed]) -> list[int]:
    """Return how texts are drawn: 3 is not at all, 7 only as a stencil. -1 for what is no text."""
    return [-1 if mode is None else mode for mode in map(calls.render_mode, objects)]


def take_away(objects: Sequence[Passed]) -> None:
    """Leave objects out when the page is drawn from now on."""
    deque(map(calls.set_active, objects, repeat(0)), 0)


def picture_of(page: Handle, scale: float) -> NDArray[np.uint8]:
    """Draw a page in greys, so many pixels a point; 0 is black."""
    width, height = size_of(page)
    wide, high = max(int(width * scale), 1), max(int(height * scale), 1)
    grey = np.full((high, wide), 255, np.uint8)
    bitmap = calls.create_bitmap(wide, high, _GREY, grey.ctypes.data, wide)
    if bitmap is not None:
        calls.render(bitmap, page, 0, 0, wide, high, 0, _WITH_MARKS_IN_GREY)
        calls.destroy_bitmap(bitmap)
    return grey
