"""Pictures of pages, and old files that another program reads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from core.ingest.parse import converted, image
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.ingest.parse.sandbox import Sandbox
from core.model import FileKind, PageState, UploadState
from tests.office_files import compound_file

Read = Callable[..., Parsed]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(data: bytes, limits: Limits | None = None) -> Parsed:
        path = tmp_path / "file"
        path.write_bytes(data)
        return image.read(path, password=None, folder=tmp_path, limits=limits or Limits())

    return read


def _picture(form: str, size: tuple[int, int] = (850, 1100), *more: int, **how: object) -> bytes:
    out = BytesIO()
    rest = [Image.new("L", size, shade) for shade in more]
    if rest:
        how |= {"save_all": True, "append_images": rest}
    Image.new("L", size, 255).save(out, form, **how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "kind"),
    [("PNG", FileKind.PNG), ("JPEG", FileKind.JPEG), ("TIFF", FileKind.TIFF)],
)
def test_c09_a_picture_is_a_page_that_needs_ocr(read: Read, form: str, kind: FileKind) -> None:
    parsed = read(_picture(form, dpi=(100, 100)))
    (page,) = parsed.pages
    assert (parsed.kind, parsed.text) == (kind, "")
    assert (page.number, page.state) == (1, PageState.NEEDS_OCR)
    assert (page.width, page.height) == pytest.approx((612, 792), rel=0.001)


def test_each_page_of_a_fax_is_one(read: Read) -> None:
    assert [page.number for page in read(_picture("TIFF", (90, 90), 10, 20)).pages] == [1, 2, 3]


def test_a_picture_without_a_likely_scale_is_as_wide_as_a_letter(read: Read) -> None:
    for how in ({}, {"dpi": (1, 1)}):
        (page,) = read(_picture("PNG", (1700, 2200), **how)).pages
        assert (page.width, page.height) == pytest.approx((612, 792))


def test_a_photograph_on_its_side_is_turned(read: Read) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = read(_picture("JPEG", (1100, 850), dpi=(100, 100), exif=exif)).pages
    assert page.width < page.height


def test_c10_more_pixels_or_pages_than_a_file_may_have_are_refused(read: Read) -> None:
    with pytest.raises(Unreadable, match="million pixels"):
        read(_picture("PNG", (100, 100)), Limits(pixels=9_999))
    with pytest.raises(Unreadable, match="more than 2 pages"):
        read(_picture("TIFF", (9, 9), 10, 20), Limits(pages=2))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_c06_a_damaged_picture_is_refused_or_read(read: Read, form: str) -> None:
    whole = _picture(form, (60, 60))
    for n in range(4, len(whole), max(len(whole) // 40, 1)):
        with suppress(Unreadable):
            read(whole[:n])


def test_an_old_word_file_says_what_it_needs_where_no_converter_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(compound_file({"WordDocument": b"w" * 5000}))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="an old Word file.*LibreOffice") as refused:
        converted.read(path, password=None, folder=tmp_path, limits=Limits())
    assert refused.value.need is UploadState.NEEDS_CONVERTER


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words"),
    [("doctor__word-doc.doc", "Attorney General"), ("doctor__word-perfect.wpd", "APPELLANT")],
)
def test_old_files_are_read_where_libreoffice_is_installed(
    corpus: Path, tmp_path: Path, name: str, words: str
) -> None:
    if converted.converter() is None:
        pytest.skip("LibreOffice is not installed")
    path = corpus / "filings" / name
    with Sandbox(Limits(seconds=90), room=tmp_path) as sandbox:
        parsed, _ = sandbox.parse(path, name)
    assert parsed.kind is FileKind(path.suffix[1:])
    assert words in parsed.text
