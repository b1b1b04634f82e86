"""Reads pictures of pages: how many, and how large. Their words are for OCR to find."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image, UnidentifiedImageError

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, ParsedPage, Unreadable
from core.model import FileKind, PageState, Span

_KINDS = {"TIFF": FileKind.TIFF, "PNG": FileKind.PNG, "JPEG": FileKind.JPEG, "MPO": FileKind.JPEG}
_FORMS = tuple(_KINDS)
_POINTS = 72.0  # an inch
# Dots an inch that a picture may claim; beyond it, it is taken for a letter's page.
_LIKELY = (50.0, 2400.0)
_PAGE_WIDTH = 612.0  # points: letter paper
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})  # EXIF orientations that turn a picture by a quarter
_ORIENTATION = 0x0112


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:  # noqa: ARG001
    """Read a TIFF, PNG or JPEG as pages that need OCR. Raises Unreadable."""
    # The bound is ours, below: Pillow's own only warns.
    Image.MAX_IMAGE_PIXELS = None
    try:
        # It warns of what it can read all the same.
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=_FORMS) as picture:
            kind = _KINDS[picture.format or ""]
            pages = tuple(_pages(picture, limits))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, EOFError) as error:
        raise Unreadable("This picture is damaged: it could not be opened.") from error
    return Parsed(
        kind=kind,
        text="",
        pages=pages,
        footnotes_start=None,
        properties={},
        taken=(),
        hidden=(),
        attachments=(),
        notices=(),
    )


def _pages(picture: Image.Image, limits: Limits) -> list[ParsedPage]:
    frames = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
    if frames > limits.pages:
        raise Unreadable(
            f"This file has more than {limits.pages:,} pages. Split it, then try again."
        )
    found: list[ParsedPage] = []
    for number in range(1, frames + 1):
        if frames > 1:
            picture.seek(number - 1)
        found.append(_page(picture, number, limits))
    return found


def _page(picture: Image.Image, number: int, limits: Limits) -> ParsedPage:
    width, height = picture.size
    if width * height > limits.pixels:
        raise Unreadable(
            f"Page {number} has more than {limits.pixels // 1_000_000} million pixels. "
            "Scan it at 300 dots an inch."
        )
    across, down = _dots(picture)
    size = (width / across * _POINTS, height / down * _POINTS)
    if picture.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
        size = (size[1], size[0])
    return ParsedPage(
        number=number,
        label=None,
        span=Span(0, 0),
        notes=Span(0, 0),
        width=size[0],
        height=size[1],
        state=PageState.NEEDS_OCR,
        confidence=None,
        boxes=np.zeros((0, 4), dtype=np.uint16),
    )


def _dots(picture: Image.Image) -> tuple[float, float]:
    told = cast("object", picture.info.get("dpi"))
    if isinstance(told, tuple):
        across, down = (float(each) for each in cast("tuple[float, float]", told))
        if all(_LIKELY[0] <= each <= _LIKELY[1] for each in (across, down)):
            return across, down
    dots = picture.width / _PAGE_WIDTH * _POINTS
    return dots, dots
