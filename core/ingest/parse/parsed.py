"""What a file's reader found: one text, its pages, and where on a page each character stands.

Readers make it in a child process. It comes over to ours as plain data, never as code, and `hear`
and `load` believe nothing that they did not check.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from core.ingest.parse.taken import Hidden, HiddenKind, Taken, TakenKind
from core.model import FileKind, PageState, Span, UploadState

# Both ends are bounded, so that a small answer cannot fill the memory of whoever reads it.
LARGEST = 1 << 29  # bytes of an answer, unpacked
_HEAD = 8  # bytes that say how long the JSON is
_NOWHERE = np.zeros((1, 4), np.uint16)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParsedPage:
    """A page: which part of the text stands on it, and where each of its characters is."""

    # From 1.
    number: int
    # As it is printed; None where no number was found on the page.
    label: str | None
    # Its body and its footnotes, both in `Parsed.text`.
    span: Span
    notes: Span
    # Points, as the page is shown.
    width: float
    height: float
    state: PageState
    # How sure its reading is, 0 to 1; None where nothing had to be guessed.
    confidence: float | None
    # (n, 4): left, top, right, bottom in 65,535ths of width and height, origin top left, for each
    # character of the body, then of the notes; zeros where a character has no place. (0, 4) where
    # the format knows no places.
    boxes: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came inside another: its own name, and what it is called in the folder."""

    name: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parsed:
    """All that was read from a file."""

    kind: FileKind
    # The bodies of all pages in order, then from `footnotes_start` their footnotes in order.
    text: str
    pages: tuple[ParsedPage, ...]
    footnotes_start: int | None
    # What the file says of itself: title, author, created (ISO).
    properties: dict[str, str]
    taken: tuple[Taken, ...]
    hidden: tuple[Hidden, ...]
    attachments: tuple[Attachment, ...]
    # Sentences for whoever uploaded it: what was left out, and why.
    notices: tuple[str, ...]


class Unreadable(Exception):
    """This file cannot be read."""

    def __init__(self, reason: str, need: UploadState | None = None) -> None:
        super().__init__(reason)
        # A sentence for the screen.
        self.reason = reason
        # What would help: NEEDS_PASSWORD, NEEDS_CONVERTER, NEEDS_OCR; None: nothing would.
        self.need = need


def tell(parsed: Parsed) -> bytes:
    """Say what was read, for `hear` to believe or not: a length, JSON, then all boxes as they are.

    This crosses a pipe: packing it would take longer than carrying it.
    """
    told = _WIRE.dump_json(_told(parsed))
    boxes = [page.boxes.astype("<u2", copy=False).tobytes() for page in parsed.pages]
    return b"".join([len(told).to_bytes(_HEAD, "little"), told, *boxes])


def hear(told: memoryview) -> Parsed:
    """Take what `tell` said. Raises ValueError for anything else."""
    end = _HEAD + int.from_bytes(told[:_HEAD], "little")
    heard, placed = _heard(told[_HEAD:end])
    boxes = np.frombuffer(told[end:], "<u2")
    if len(boxes) != 4 * placed:
        raise ValueError("More or fewer boxes than characters that have one.")
    return _parsed(heard, boxes.reshape(-1, 4))


def dump(parsed: Parsed) -> bytes:
    """Pack what was read, to be kept: a length, JSON, then all boxes."""
    told = _WIRE.dump_json(_told(parsed))
    # Boxes have few patterns but many small numbers: this way packs them eight times as fast.
    packing = zlib.compressobj(1, strategy=zlib.Z_RLE)
    parts = (len(told).to_bytes(_HEAD, "little"), told, *_steps(parsed.pages))
    return b"".join([*map(packing.compress, parts), packing.flush()])


def load(packed: bytes) -> Parsed:
    """Unpack what `dump` packed. Raises ValueError for anything else."""
    raw = _unpacked(packed)
    end = _HEAD + int.from_bytes(raw[:_HEAD], "little")
    heard, placed = _heard(raw[_HEAD:end])
    return _parsed(heard, _boxes(raw[end:], placed))


def _heard(told: bytes | memoryview) -> tuple[_Told, int]:
    """Read the JSON, and how many characters have boxes."""
    heard = _WIRE.validate_json(bytes(told))
    placed = sum(page[-1] for page in heard.pages)
    if not 0 <= placed <= len(heard.text):
        raise ValueError("Boxes for other characters than the text has.")
    return heard, placed


def _steps(pages: tuple[ParsedPage, ...]) -> tuple[bytes, bytes]:
    """Which characters have a place; and each place, told by its step from the one before.

    Along a line the gap from letter to letter is next to nothing, and so is every step up or down.
    """
    boxes = np.concatenate([_NOWHERE, *(page.boxes for page in pages)])
    placed = np.asarray(boxes.any(axis=1), np.bool_)
    left, top, right, bottom = np.concatenate([_NOWHERE, boxes[placed]]).T
    steps = np.stack(
        [left[1:] - right[:-1], np.diff(top), right[1:] - left[1:], np.diff(bottom - top)]
    )
    # All low bytes, then all high ones, which are nearly all the same.
    halves = steps.astype("<u2").view(np.uint8).reshape(-1, 2).T
    return np.packbits(placed[1:]).tobytes(), halves.tobytes()


def _boxes(raw: bytes, count: int) -> NDArray[np.uint16]:
    """The boxes of so many characters. Raises ValueError where there are more or fewer."""
    bits = -(-count // 8)
    placed = np.unpackbits(np.frombuffer(raw[:bits], np.uint8), count=count).astype(bool)
    halves = np.frombuffer(raw[bits:], np.uint8).reshape(2, 4, int(placed.sum()))
    steps = halves[0] + (halves[1].astype(np.uint16) << 8)
    right = np.cumsum(steps[0] + steps[2], dtype=np.uint16)
    top = np.cumsum(steps[1], dtype=np.uint16)
    height = np.cumsum(steps[3], dtype=np.uint16)
    boxes = np.zeros((count, 4), np.uint16)
    boxes[placed] = np.stack([right - steps[2], top, right, top + height], axis=1)
    return boxes


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        raw = unpacking.decompress(packed, LARGEST)
    except zlib.error as error:
        raise ValueError("Not what a reader found.") from error
    if not unpacking.eof:
        raise ValueError("More than a reader may find.")
    return raw


# Number, label, body from and to, notes from and to, width, height, state, confidence, boxes.
_Page = tuple[int, str | None, int, int, int, int, float, float, PageState, float | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is told in JSON of a file that was read."""

    kind: FileKind
    text: str
    pages: tuple[_Page, ...]
    footnotes_start: int | None
    properties: dict[str, str]
    taken: tuple[tuple[TakenKind, int | None, int, str], ...]
    hidden: tuple[tuple[HiddenKind, int | None, int, int], ...]
    attachments: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]


_WIRE = TypeAdapter(_Told)


def _told(parsed: Parsed) -> _Told:
    return _Told(
        kind=parsed.kind,
        text=parsed.text,
        pages=tuple(map(_told_page, parsed.pages)),
        footnotes_start=parsed.footnotes_start,
        properties=parsed.properties,
        taken=tuple((each.kind, each.page, each.at, each.words) for each in parsed.taken),
        hidden=tuple(
            (each.kind, each.page, each.span.start, each.span.end) for each in parsed.hidden
        ),
        attachments=tuple((each.name, each.file) for each in parsed.attachments),
        notices=parsed.notices,
    )


def _told_page(page: ParsedPage) -> _Page:
    return (
        page.number,
        page.label,
        page.span.start,
        page.span.end,
        page.notes.start,
        page.notes.end,
        page.width,
        page.height,
        page.state,
        page.confidence,
        len(page.boxes),
    )


def _parsed(told: _Told, boxes: NDArray[np.uint16]) -> Parsed:
    def span(start: int, end: int) -> Span:
        if not 0 <= start <= end <= len(told.text):
            raise ValueError("A place outside the text.")
        return Span(start, end)

    return Parsed(
        kind=told.kind,
        text=told.text,
        pages=tuple(_pages(told, boxes, span)),
        footnotes_start=told.footnotes_start,
        properties=told.properties,
        taken=tuple(
            Taken(kind=kind, page=page, at=span(at, at).start, words=words)
            for kind, page, at, words in told.taken
        ),
        hidden=tuple(
            Hidden(kind=kind, page=page, span=span(start, end))
            for kind, page, start, end in told.hidden
        ),
        attachments=tuple(Attachment(name=name, file=file) for name, file in told.attachments),
        notices=told.notices,
    )


def _pages(
    told: _Told, boxes: NDArray[np.uint16], span: Callable[[int, int], Span]
) -> Iterator[ParsedPage]:
    at = 0
    for number, label, start, end, low, high, width, height, state, confidence, count in told.pages:
        body, notes = span(start, end), span(low, high)
        if count not in {0, end - start + high - low} or at + count > len(boxes):
            raise ValueError("Boxes for other characters than the page has.")
        yield ParsedPage(
            number=number,
            label=label,
            span=body,
            notes=notes,
            width=width,
            height=height,
            state=state,
            confidence=confidence,
            boxes=boxes[at : at + count],
        )
        at += count
