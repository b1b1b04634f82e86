"""How the screens say where an upload is: a word and a shape for each state, and its times."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.model import FileKind, UploadState
from pages.parts.html import Html, el, joined
from pages.parts.progress import time_left
from pages.parts.times import clock, moment
from pages.parts.words import counted, dotted

if TYPE_CHECKING:
    from core.model import Upload


class Heap(StrEnum):
    """How the desk sorts what lies on it."""

    NEEDS_YOU = "needs"
    WORKING = "working"
    SEARCHABLE = "searchable"
    ASIDE = "aside"


HEAPS = {
    Heap.NEEDS_YOU: "Needs you",
    Heap.WORKING: "Working",
    Heap.SEARCHABLE: "Searchable",
    Heap.ASIDE: "Not on the shelf",
}
# Shape, word, colour.
_STATES = {
    UploadState.WAITING: ("○", "waiting", "soft"),
    UploadState.WORKING: ("◔", "working", "soft"),
    UploadState.NEEDS_PASSWORD: ("△", "needs its password", "warn"),
    UploadState.NEEDS_OCR: ("△", "needs OCR", "warn"),
    UploadState.NEEDS_CONVERTER: ("△", "needs a converter", "warn"),
    UploadState.NEEDS_RELEASE: ("△", "needs release", "warn"),
    UploadState.SEARCHABLE: ("✓", "searchable", "ok"),
    UploadState.UNPACKED: ("✓", "unpacked", "ok"),
    UploadState.REFUSED: ("✕", "cannot be read", "bad"),
    UploadState.STOPPED: ("✕", "stopped", "bad"),
    UploadState.CANCELLED: ("–", "cancelled", "soft"),
}
_STEPS = {
    "parse": "reading it",
    "ocr": "reading the scanned pages",
    "describe": "finding out what it is",
    "check": "looking for what should be seen first",
    "encode": "making it searchable",
    "publish": "putting it on the shelf",
}
_ASIDE = frozenset({UploadState.REFUSED, UploadState.CANCELLED, UploadState.UNPACKED})
BUSY = frozenset({UploadState.WAITING, UploadState.WORKING})
_FOUND = frozenset({UploadState.SEARCHABLE})
STATES = {
    Heap.NEEDS_YOU: frozenset(set(UploadState) - _ASIDE - BUSY - _FOUND),
    Heap.WORKING: BUSY,
    Heap.SEARCHABLE: _FOUND,
    Heap.ASIDE: _ASIDE,
}
_KINDS = {
    FileKind.DOCX: "Word",
    FileKind.DOC: "older Word",
    FileKind.WPD: "WordPerfect",
    FileKind.EML: "message",
    FileKind.MSG: "Outlook message",
    FileKind.TEXT: "plain text",
    FileKind.ZIP: "archive",
}
_KILO = 1_000


def heap_of(upload: Upload) -> Heap:
    return next(heap for heap, states in STATES.items() if upload.state in states)


def state_mark(upload: Upload) -> Html:
    """Return an upload's state as a shape and a word."""
    shape, word, colour = _STATES[upload.state]
    if upload.state is UploadState.WORKING and upload.step in _STEPS:
        word = _STEPS[upload.step]
    return el("span", f"{shape} {word}", class_=f"{colour} state")


def how_far(upload: Upload) -> Html:
    """Say what is being done with an upload, how much of it is, and how long it will take."""
    if upload.state is UploadState.WAITING:
        return dotted(state_mark(upload), upload.reason, _left(upload))
    share = upload.done / upload.total if upload.total else None
    part = f"{upload.done:,} of {upload.total:,}" if upload.total > 1 else None
    said = dotted(state_mark(upload), part, _left(upload))
    return joined([said, _gauge(share) if share is not None and upload.total > 1 else None])


def times(upload: Upload) -> Html:
    """Say when an upload was accepted and when it became answerable."""
    accepted = f"accepted {moment(upload.accepted_at, seconds=True)}"
    if upload.answerable_at is None:
        return dotted(accepted, "not answerable yet")
    return dotted(accepted, f"answerable {clock(upload.answerable_at)}, {after(upload)}")


def after(upload: Upload) -> str:
    """Say how long it took an upload to become answerable."""
    if upload.answerable_at is None:
        return ""
    took = (upload.answerable_at - upload.accepted_at).total_seconds()
    return f"{time_left(took)} later"


def size_of(upload: Upload) -> str:
    """Say how long an upload is: pages where it has such, bytes otherwise."""
    return counted(upload.pages, "page") if upload.pages else weight(upload.bytes)


def weight(size: int) -> str:
    """Write `812 bytes`, `19 KB`, `4.2 MB`."""
    if size < _KILO:
        return counted(size, "byte")
    if size < _KILO**2:
        return f"{size / _KILO:.0f} KB"
    return f"{size / _KILO**2:,.1f} MB"


def kind_of_file(upload: Upload) -> str:
    return _KINDS.get(upload.kind, upload.kind.value.upper())


def _left(upload: Upload) -> str | None:
    left = upload.seconds_left
    return None if left is None else f"about {time_left(left)} left"


def _gauge(share: float) -> Html:
    return el("div", el("i", style=f"width:{min(1.0, share):.1%}"), class_="gauge small")
