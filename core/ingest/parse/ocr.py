"""Reads the picture of a page with tesseract, and says how sure it is of what it read.

tesseract sees a clean picture that another child has drawn, never the stranger's file.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import groupby
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.ingest.parse.errands import Errand
from core.ingest.parse.parsed import Parsed, ParsedPage, Unreadable
from core.ingest.parse.render import DPI, POINTS
from core.model import FileKind, PageState, Span, UploadState

_FULL = 65_535  # the right and lower edge of a page
_SMALL = 1_200  # pixels across a page, below which it is drawn larger
# Automatic layout, with a look at how the page lies.
_LAYOUT = "--oem 1 --psm 1"
_BROKEN = re.compile(r"(?<=[a-z])[-­]$")

NOT_HERE = (
    "This page is a picture. Install tesseract and Onpoint's extra `ocr` on the server, and it "
    "will be read."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    # Block, paragraph and line that it stands in.
    paragraph: tuple[int, int]
    line: int
    text: str
    # 0 to 100.
    sure: float
    # Pixels: left, top, width, height.
    box: tuple[int, int, int, int]


def available() -> bool:
    """Tell whether pictures can be read on this machine."""
    return find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def recognise(errand: Errand) -> Parsed:
    """Read the picture at the errand's path: one page, with how sure its reading is.

    Raises Unreadable, with NEEDS_OCR where there is nothing to read with.
    """
    if not available():
        raise Unreadable(NOT_HERE, UploadState.NEEDS_OCR)
    with Image.open(errand.path) as image:
        words = _words(_large_enough(image), errand.limits.seconds)
        width, height = image.size
    larger = _scale(width)
    text, boxes = _laid_out(words, width * larger, height * larger)
    return Parsed(
        kind=errand.kind or FileKind.PNG,
        text=text,
        pages=(
            ParsedPage(
                number=errand.number,
                label=None,
                span=Span(0, len(text)),
                notes=Span(len(text), len(text)),
                width=width * POINTS / DPI,
                height=height * POINTS / DPI,
                state=PageState.OCR if text else PageState.EMPTY,
                confidence=_sure(words),
                boxes=boxes,
            ),
        ),
        footnotes_start=None,
        properties={},
        taken=(),
        hidden=(),
        attachments=(),
        notices=(),
    )


def _scale(width: int) -> int:
    return 2 if width < _SMALL else 1


def _large_enough(image: Image.Image) -> Image.Image:
    scale = _scale(image.width)
    if scale == 1:
        return image.convert("L")
    size = (image.width * scale, image.height * scale)
    return image.convert("L").resize(size, Image.Resampling.LANCZOS)


def _words(image: Image.Image, seconds: float) -> list[_Word]:
    import pytesseract

    told = cast("_Tesseract", pytesseract).image_to_data(
        image, config=f"{_LAYOUT} --dpi {DPI}", timeout=seconds, output_type="dict"
    )
    rows = zip(*(told[column] for column in _COLUMNS), strict=True)
    return [word for word in map(_word, rows) if word.text and word.sure >= 0]


class _Tesseract(Protocol):
    """What its library leaves untyped."""

    def image_to_data(
        self, image: Image.Image, *, config: str, timeout: float, output_type: str
    ) -> dict[str, list[int | float | str]]: ...


_COLUMNS = "block_num par_num line_num text conf left top width height".split()


def _word(row: tuple[int | float | str, ...]) -> _Word:
    block, paragraph, line, text, sure, left, top, width, height = row
    return _Word(
        paragraph=(int(block), int(paragraph)),
        line=int(line),
        text=" ".join(str(text).split()),
        sure=float(sure),
        box=(int(left), int(top), int(width), int(height)),
    )


def _sure(words: list[_Word]) -> float | None:
    """How sure the page's reading is, 0 to 1, each word weighed by its length; None without any."""
    characters = sum(len(word.text) for word in words)
    if characters == 0:
        return None
    return min(sum(word.sure * len(word.text) for word in words) / characters / 100, 1.0)


def _laid_out(words: list[_Word], width: int, height: int) -> tuple[str, NDArray[np.uint16]]:
    """The text, paragraphs parted by a blank line, and a box for each of its characters."""
    parts: list[str] = []
    boxes: list[NDArray[np.float64]] = []
    for text, box in _pieces(words):
        parts.append(text)
        boxes.append(_across(text, box))
    places = np.concatenate([np.zeros((0, 4)), *boxes])
    scaled = places / np.array([width, height, width, height]) * _FULL
    return "".join(parts), np.clip(np.rint(scaled), 0, _FULL).astype(np.uint16)


def _pieces(words: list[_Word]) -> Iterator[tuple[str, tuple[int, int, int, int] | None]]:
    """Words with their boxes, and what stands between them, which has none."""
    for count, (_, paragraph) in enumerate(groupby(words, key=lambda word: word.paragraph)):
        if count:
            yield "\n\n", None
        held = list(paragraph)
        for at, word in enumerate(held):
            following = held[at + 1] if at + 1 < len(held) else None
            ends_line = following is not None and following.line != word.line
            if ends_line and following is not None and following.text[:1].islower():
                whole = _BROKEN.sub("", word.text)
                yield whole, word.box
                if whole != word.text:
                    continue
            else:
                yield word.text, word.box
            if following is not None:
                yield " ", None


def _across(text: str, box: tuple[int, int, int, int] | None) -> NDArray[np.float64]:
    """A word's box, shared out among its characters from left to right."""
    if box is None:
        return np.zeros((len(text), 4))
    left, top, width, height = box
    edges = left + width * np.arange(len(text) + 1) / len(text)
    rows = np.full((len(text), 4), (0.0, top, 0.0, top + height))
    rows[:, 0], rows[:, 2] = edges[:-1], edges[1:]
    return rows
