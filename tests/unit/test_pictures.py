"""Pages are drawn, and pictures of pages are read, with how sure their reading is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from core.ingest.parse.child import FIRST
from core.ingest.parse.ocr import _across, _laid_out, _Word, available
from core.ingest.parse.parsed import Unreadable
from core.ingest.parse.sandbox import Sandbox
from core.model import FileKind, PageState, UploadState
from tests.hostile_files import one_page, picture, said

LINES = ("The invented court finds", "for the invented party", "and orders accordingly.")
needs_tesseract = pytest.mark.skipif(not available(), reason="tesseract is not installed")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(room=tmp_path_factory.mktemp("reading")) as made:
        yield made


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page"
    path.write_bytes(one_page(said("The invented court finds.")))
    return path


def sheet() -> Image.Image:
    """A printed page as a scanner sees it."""
    image = Image.new("L", (1300, 700), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(60)
    for number, line in enumerate(LINES):
        draw.text((150, 120 + 110 * number), line, fill="black", font=font)
    return image


def saved(image: Image.Image, folder: Path, form: str = "PNG") -> Path:
    path = folder / "scan"
    image.save(path, form, dpi=(150, 150))
    return path


def size(drawn: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(drawn)).size


def test_a_page_of_a_pdf_is_drawn_as_wide_as_it_is_asked_for(sandbox: Sandbox, page: Path) -> None:
    drawn = sandbox.render(page, FileKind.PDF, 1, width=612)
    assert size(drawn) == (612, 792)
    dark = Image.open(io.BytesIO(drawn)).convert("L").point(lambda grey: 255 if grey < 99 else 0)
    left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
    # The words stand an inch from the left, at 700 points from below.
    assert 70 <= left <= 75
    assert 78 <= top <= bottom <= 96
    assert right < 300


@pytest.mark.parametrize(
    ("width", "drawn"),
    [(1, 1), (0, 1), (-5, 1), (1_000_000, 4_000)],  # never nothing, never a wall of pixels
)
def test_a_page_is_drawn_within_bounds(
    sandbox: Sandbox, page: Path, width: int, drawn: int
) -> None:
    assert size(sandbox.render(page, FileKind.PDF, 1, width=width))[0] == drawn


@pytest.mark.parametrize("number", [0, -1, 2, 10**9])
def test_a_page_that_is_not_there_is_a_reason(sandbox: Sandbox, page: Path, number: int) -> None:
    with pytest.raises(Unreadable, match="no such page"):
        sandbox.render(page, FileKind.PDF, number, width=100)


def test_a_kind_that_has_no_pages_is_a_reason(sandbox: Sandbox, page: Path) -> None:
    with pytest.raises(Unreadable, match="no pages"):
        sandbox.render(page, FileKind.DOCX, 1, width=100)


def test_a_page_of_something_else_than_it_says_is_a_reason(sandbox: Sandbox, page: Path) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        sandbox.render(page, FileKind.TIFF, 1, width=100)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_drawn_and_never_made_larger(
    sandbox: Sandbox, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(picture(form))
    assert size(sandbox.render(path, FileKind[form], 1, width=60)) == (60, 80)
    assert size(sandbox.render(path, FileKind[form], 1, width=600)) == (120, 160)


def test_every_page_of_a_picture_is_drawn(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(picture("TIFF", frames=3))
    assert size(sandbox.render(path, FileKind.TIFF, 3, width=60)) == (60, 80)
    with pytest.raises(Unreadable, match="no such page"):
        sandbox.render(path, FileKind.TIFF, 4, width=60)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_a_picture_of_any_colours_is_drawn(sandbox: Sandbox, tmp_path: Path, mode: str) -> None:
    path = tmp_path / "picture"
    grey = Image.linear_gradient("L")
    image = grey.convert("I").convert("I;16") if mode == "I;16" else grey.convert(mode)
    image.save(path, "TIFF")
    assert size(sandbox.render(path, FileKind.TIFF, 1, width=50)) == (50, 50)


@needs_tesseract
def test_a_scan_is_read_with_its_words_where_they_stand(sandbox: Sandbox, tmp_path: Path) -> None:
    image = sheet()
    reading = sandbox.ocr(saved(image, tmp_path), FileKind.PNG, 1)
    (read,) = reading.pages
    assert " ".join(reading.text.split()) == " ".join(LINES)
    assert (read.state, read.span.of(reading.text)) == (PageState.OCR, reading.text)
    assert read.confidence is not None
    assert 0.8 < read.confidence <= 1
    assert len(read.boxes) == len(reading.text)
    start = reading.text.index("orders")
    left, top, right, bottom = (
        read.boxes[start][0] / 65_535,
        read.boxes[start][1] / 65_535,
        read.boxes[start + 5][2] / 65_535,
        read.boxes[start][3] / 65_535,
    )
    font = ImageFont.load_default(60)
    before, word = font.getlength("and "), font.getlength("orders")
    assert left == pytest.approx((150 + before) / 1300, abs=0.01)
    assert right == pytest.approx((150 + before + word) / 1300, abs=0.01)
    assert 340 / 700 < top < bottom < 420 / 700
    # Nothing is left of the pictures that were made on the way.
    assert {each.name for each in sandbox._room.path().iterdir()} == {"held", FIRST}


@pytest.mark.slow
@needs_tesseract
def test_a_page_that_lies_on_its_side_is_read(sandbox: Sandbox, tmp_path: Path) -> None:
    turned = sheet().transpose(Image.Transpose.ROTATE_90)
    reading = sandbox.ocr(saved(turned, tmp_path), FileKind.PNG, 1)
    assert "invented court" in " ".join(reading.text.split())


@needs_tesseract
def test_a_white_page_is_empty_and_nothing_is_claimed_of_it(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    reading = sandbox.ocr(saved(Image.new("L", (800, 1000), "white"), tmp_path), FileKind.PNG, 1)
    (read,) = reading.pages
    assert (reading.text, read.state, read.confidence) == ("", PageState.EMPTY, None)


@pytest.mark.slow
@needs_tesseract
def test_a_page_of_noise_is_read_with_little_confidence(sandbox: Sandbox, tmp_path: Path) -> None:
    noise = Image.effect_noise((800, 600), 200)
    (read,) = sandbox.ocr(saved(noise, tmp_path), FileKind.PNG, 1).pages
    assert read.state is PageState.EMPTY or (read.confidence or 0) < 0.7


def test_where_tesseract_is_not_installed_the_page_says_how(
    sandbox: Sandbox, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not sandbox.recognises()
    with pytest.raises(Unreadable, match="Install tesseract") as refused:
        sandbox.ocr(page, FileKind.PDF, 1)
    assert refused.value.need is UploadState.NEEDS_OCR


def word(text: str, *, line: int, paragraph: int = 1, left: int = 0) -> _Word:
    return _Word(
        paragraph=(1, paragraph), line=line, text=text, sure=90, box=(left, 10 * line, 40, 10)
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        ([word("one", line=1), word("two", line=1)], "one two"),
        # A line's end is a space, a paragraph's a blank line.
        ([word("one", line=1), word("two", line=2)], "one two"),
        ([word("one", line=1), word("two", line=1, paragraph=2)], "one\n\ntwo"),
        # A word that was broken is whole again; one that has a hyphen keeps it.
        ([word("judg-", line=1), word("ment", line=2)], "judgment"),
        ([word("judg-", line=1), word("Ment", line=2)], "judg- Ment"),
        ([word("19-", line=1), word("cv", line=2)], "19- cv"),
        ([word("judg-", line=1), word("ment", line=1)], "judg- ment"),
    ],
)
def test_words_are_put_together_as_they_are_read(words: list[_Word], text: str) -> None:
    laid_out, boxes = _laid_out(words, 400, 400)
    assert (laid_out, len(boxes)) == (text, len(text))
    spaces = [at for at, letter in enumerate(text) if letter.isspace()]
    assert not boxes[spaces].any()


def test_a_words_box_is_shared_out_among_its_letters() -> None:
    assert _across("abcd", (100, 50, 40, 10))[:, 0].tolist() == [100, 110, 120, 130]
    assert _across("abcd", (100, 50, 40, 10))[3].tolist() == [130, 50, 140, 60]
