"""PDFs as files: locked, damaged, too large, scanned, with other files in them."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
)

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.ingest.parse.pdf import read
from core.model import PageState, UploadState
from tests.pdf_pages import Page, pdf

WORDS = "The parties have agreed to the terms that follow, and to no others."


def parse(content: bytes, folder: Path, password: str | None = None, **limits: int) -> Parsed:
    file = folder / "filing.pdf"
    file.write_bytes(content)
    return read(file, password=password, folder=folder, limits=Limits(**limits))


def locked(algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(Page().text(72, 700, WORDS))))
    writer.encrypt("open sesame", algorithm=algorithm)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_c08_a_locked_file_asks_for_its_password_and_opens_with_it(
    tmp_path: Path, algorithm: str
) -> None:
    content = locked(algorithm)
    with pytest.raises(Unreadable, match="protected by a password") as asked:
        parse(content, tmp_path)
    with pytest.raises(Unreadable, match="does not open it") as wrong:
        parse(content, tmp_path, "open barley")
    assert asked.value.need is wrong.value.need is UploadState.NEEDS_PASSWORD
    assert parse(content, tmp_path, "open sesame").text == WORDS


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing of the kind", b"plain words"])
def test_a_file_that_is_no_pdf_is_refused_for_good(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged") as refused:
        parse(content, tmp_path)
    assert refused.value.need is None


def test_c10_a_file_with_more_pages_or_characters_than_may_be_is_refused(tmp_path: Path) -> None:
    content = pdf(*[Page().text(72, 700, WORDS) for _ in range(4)])
    with pytest.raises(Unreadable, match="4 pages; at most 3"):
        parse(content, tmp_path, pages=3)
    with pytest.raises(Unreadable, match="more than 100 characters"):
        parse(content, tmp_path, characters=100)
    assert len(parse(content, tmp_path, pages=4).pages) == 4


def test_c09_a_scanned_page_needs_ocr_and_a_white_one_is_empty(tmp_path: Path) -> None:
    stamp = "Case 1:31-cv-00042-ABC Document 12 Filed 01/02/31 Page 1 of 3"
    scan = Page().picture(0, 0, 612, 792).text(100, 770, stamp, size=10)
    parsed = parse(pdf(scan, Page(), Page().text(72, 700, WORDS)), tmp_path)
    assert [page.state for page in parsed.pages] == [
        PageState.NEEDS_OCR,
        PageState.EMPTY,
        PageState.TEXT,
    ]
    assert parsed.text == WORDS


def test_a_scan_with_its_text_below_the_picture_is_text(tmp_path: Path) -> None:
    scan = Page()
    for at in range(4):
        scan.text(72, 700 - 14 * at, WORDS, mode=3)
    scan.drawn.append("q 612 0 0 792 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G /F /AHx ID 00ff00ff> EI Q")
    (page,) = parse(pdf(scan), tmp_path).pages
    assert page.state is PageState.TEXT


def test_files_within_a_file_come_out_under_names_of_ours(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(Page().text(72, 700, WORDS))))
    writer.add_attachment("../../exhibit A.txt", b"a letter")
    written = io.BytesIO()
    writer.write(written)
    (only,) = parse(written.getvalue(), tmp_path).attachments
    assert only.name == "../../exhibit A.txt"
    assert (tmp_path / only.file).read_bytes() == b"a letter"
    assert (tmp_path / only.file).parent == tmp_path


def test_what_is_filled_into_a_form_is_read(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(Page().text(72, 700, "Name of the party:"))))
    page = writer.pages[0]
    look = StreamObject()
    look.set_data(b"BT /F1 12 Tf 2 5 Td (Alma Finch) Tj ET")
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/BBox")] = RectangleObject((0, 0, 130, 20))
    look[NameObject("/Resources")] = page["/Resources"]
    field = DictionaryObject()
    field[NameObject("/Subtype")] = NameObject("/Widget")
    field[NameObject("/F")] = NumberObject(4)  # it is printed
    field[NameObject("/Rect")] = RectangleObject((200, 695, 330, 715))
    looks = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    field[NameObject("/AP")] = looks
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    written = io.BytesIO()
    writer.write(written)
    assert parse(written.getvalue(), tmp_path).text == "Name of the party: Alma Finch"


@pytest.mark.slow
def test_every_filing_of_the_courts_is_read_and_all_its_places_fit(
    corpus: Path, tmp_path: Path
) -> None:
    for file in sorted((corpus / "filings").glob("*.pdf")):
        parsed = read(file, password=None, folder=tmp_path, limits=Limits())
        assert parsed.pages, file.name
        at = 0
        for page in parsed.pages:
            assert at <= page.span.start <= page.span.end <= len(parsed.text), file.name
            at = page.span.end
            size = page.span.end - page.span.start + page.notes.end - page.notes.start
            assert len(page.boxes) == size, file.name
            assert page.notes.start >= (parsed.footnotes_start or 0)
        placed = sum(int(page.boxes.any(1).sum()) for page in parsed.pages)
        inked = sum(not each.isspace() for each in parsed.text)
        assert placed >= 0.9 * inked, file.name
