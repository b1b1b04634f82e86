"""Draws a page as a picture: for the screen, and for the reading of scans.

No script of a file is run: PDFium comes without an interpreter, and links are only drawn.
"""

from __future__ import annotations

import io
import math
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from core.ingest.parse.errands import Errand
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Unreadable
from core.model import FileKind, UploadState

POINTS = 72  # in an inch
DPI = 300  # of a page that is drawn to be read: what tesseract was trained for
WIDEST = 4_000  # pixels of a drawn page
_MOST = 40_000_000  # pixels of a drawn page
_PICTURES = frozenset({FileKind.TIFF, FileKind.PNG, FileKind.JPEG})
_GREY = 12  # a page whose colours differ by less has none


def draw(errand: Errand) -> bytes:
    """Draw a page as a PNG, so many pixels wide, or as it is best read. Raises Unreadable."""
    with _picture(errand) as page:
        drawn = io.BytesIO()
        _without_colour(page).save(drawn, "PNG", compress_level=3)
    return drawn.getvalue()


@contextmanager
def _picture(errand: Errand) -> Generator[Image.Image]:
    width = min(errand.width, WIDEST) if errand.width > 0 else None
    if errand.kind is FileKind.PDF:
        with _sheet(errand.path, errand.number, errand.password) as page:
            yield _drawn(page, width)
    elif errand.kind in _PICTURES:
        with _frame(errand.path, errand.number, errand.limits) as frame:
            yield _fitted(frame, width or WIDEST)
    else:
        raise Unreadable("A file of this kind has no pages to show.")


@contextmanager
def _sheet(path: Path, number: int, password: str | None) -> Generator[pdfium.PdfPage]:
    try:
        document = pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("This PDF asks for a password.", UploadState.NEEDS_PASSWORD) from error
        raise Unreadable("This PDF is damaged: no page of it can be shown.") from error
    with document:
        # What was filled into a form is part of the page.
        cast("_Form", document).init_forms()
        if not 1 <= number <= len(document):
            raise Unreadable("This file has no such page.")
        try:
            yield document[number - 1]
        except pdfium.PdfiumError as error:
            raise Unreadable("This page is damaged: it cannot be shown.") from error


def _drawn(page: pdfium.PdfPage, width: int | None) -> Image.Image:
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        raise Unreadable("This page has no size.")
    wanted = DPI / POINTS if width is None else width / across
    scale = min(wanted, WIDEST / across, math.sqrt(_MOST / (across * down)))
    return cast("_Page", page).render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")


class _Bitmap(Protocol):
    def to_pil(self) -> Image.Image: ...


class _Page(Protocol):
    """What its library leaves untyped."""

    def render(self, *, scale: float, rev_byteorder: bool) -> _Bitmap: ...


class _Form(Protocol):
    """The same."""

    def init_forms(self) -> bool: ...


@contextmanager
def _frame(path: Path, number: int, limits: Limits) -> Generator[Image.Image]:
    # Past twice this Pillow refuses by itself; below it, we do.
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with Image.open(path) as opened:
            opened.seek(number - 1)
            if opened.width * opened.height > limits.pixels:
                raise Unreadable(_TOO_FINE)
            yield opened
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable(_TOO_FINE) from error
    except EOFError as error:
        raise Unreadable("This file has no such page.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable("This picture is damaged: it cannot be shown.") from error


_TOO_FINE = "This picture is too fine to be read. Scan the page at 300 to 600 dots an inch."


def _fitted(frame: Image.Image, width: int) -> Image.Image:
    frame.draft("RGB", (width, width))
    upright = ImageOps.exif_transpose(frame)
    if upright.width > width:
        height = max(1, round(upright.height * width / upright.width))
        upright = _plain(upright).resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)
    return _plain(upright)


def _plain(image: Image.Image) -> Image.Image:
    """The image in grey or in colour, on white where it is transparent."""
    if image.mode in {"L", "RGB"}:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        clear = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    return image.convert("RGB")


def _without_colour(image: Image.Image) -> Image.Image:
    """The image in grey where it has no colour: a third of the bytes for most pages."""
    if image.mode != "RGB":
        return image
    small = image.resize((64, 64), Image.Resampling.BOX).convert("HSV")
    colourful = sum(small.getchannel("S").histogram()[_GREY:])
    return image if colourful else image.convert("L")
