"""What a file is: by its bytes, whatever its name says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest.parse.kinds import kind_of
from core.ingest.parse.parsed import Unreadable
from core.model import FileKind
from tests.office_files import archive, compound_file, docx, odt, p

Sniff = Callable[[bytes, str], FileKind]

PDF = b"%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
DOCX = docx(p("Motion"))
ODT = odt("<text:p>Motion</text:p>")
DOC = compound_file({"WordDocument": b"\xec\xa5" * 3000, "1Table": b"t" * 5000})
MSG = compound_file({"__properties_version1.0": bytes(32), "__substg1.0_0037001F": b"M\0"})
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
EML = b"Received: from a by b\r\nFrom: a@example.com\r\nSubject: Motion\r\n\r\nSee attached.\r\n"
MEMO = b"To: File\nFrom: Jane Doe\nDate: January 2, 2024\nRe: Motion\n\nThe motion is due.\n"


@pytest.fixture
def sniff(tmp_path: Path) -> Sniff:
    def sniff(data: bytes, name: str = "") -> FileKind:
        path = tmp_path / "file"
        path.write_bytes(data)
        return kind_of(path, name)

    return sniff


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, FileKind.PDF),
        # white space, and junk that PDFium reads over
        (b"\r\n" + PDF, FileKind.PDF),
        (b"HTTP/1.1 200 OK\r\n\r\n" + PDF, FileKind.PDF),
        (DOCX, FileKind.DOCX),
        (ODT, FileKind.ODT),
        (archive({"brief.txt": "Motion"}), FileKind.ZIP),
        # its first member is a PDF, whose header stands near the archive's
        (archive({"brief.pdf": PDF}, stored=True), FileKind.ZIP),
        (DOC, FileKind.DOC),
        (MSG, FileKind.MSG),
        (b"\xffWPC\x10\0\0\0\x01\x0a\x02\x01" + bytes(90), FileKind.WPD),
        (b"{\\rtf1\\ansi Motion}", FileKind.RTF),
        (PNG, FileKind.PNG),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", FileKind.JPEG),
        (b"II*\0\x08\0\0\0", FileKind.TIFF),
        (b"MM\0*\0\0\0\x08", FileKind.TIFF),
        (b"<!DOCTYPE html><html><body>Motion", FileKind.HTML),
        (b'<?xml version="1.0"?>\n<!-- saved -->\n<HTML><p>Motion', FileKind.HTML),
        ("<html>§ 12</html>".encode("utf-16"), FileKind.HTML),
        (EML, FileKind.EML),
        # a memorandum has From and To as well
        (MEMO, FileKind.TEXT),
        (b"Motion to compel", FileKind.TEXT),
        ("Motion to compel, § 12".encode("utf-16"), FileKind.TEXT),
        (b"Motion\0 to compel, as a fax had it", FileKind.TEXT),
        # a case's name that begins as a program does, and one that speaks of PDF
        (b"MZ Wallace, Inc. v. Fuller", FileKind.TEXT),
        (b"Every file begins with %PDF-1.7, the standard says.", FileKind.TEXT),
        (b"BMW of North America, Inc. v. Gore, 517 U.S. 559 (1996)", FileKind.TEXT),
    ],
)
def test_a_file_is_what_its_bytes_say(sniff: Sniff, data: bytes, kind: FileKind) -> None:
    assert kind == sniff(data, "")
    assert kind == sniff(data, "no known ending.2024-01-02")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PNG, "scan.pdf", FileKind.PNG),
        (b"<html>Motion</html>", "motion.docx", FileKind.HTML),
        (b"{\\rtf1 Motion}", "motion.doc", FileKind.RTF),
        (DOCX, "motion.doc", FileKind.DOCX),
        (DOCX, "motion.zip", FileKind.DOCX),
        (b"Motion", "motion.doc", FileKind.TEXT),
        (MEMO, "memo.eml", FileKind.EML),
        (PDF, "motion.PDF", FileKind.PDF),
    ],
)
def test_a_wrong_name_changes_nothing_where_no_harm_can_come_of_it(
    sniff: Sniff, data: bytes, name: str, kind: FileKind
) -> None:
    assert kind == sniff(data, name)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (PDF, "motion.docx", "content says PDF"),
        (PDF, "motion.docx.", "content says PDF"),
        (PDF, "C:\\papers\\motion.jpg", "content says PDF"),
        (archive({"a.txt": "a"}), "motion.docx", "nothing in it is of that kind"),
        (b"oops", "motion.pdf", "it is damaged"),
        (b"<html><script>alert(1)</script></html>" + PDF, "a.pdf", "two kinds"),
        (PDF + b"<html><script>alert(1)</script></html>", "a.pdf", "two kinds"),
        (b"%PDF-1.7\n<script>alert(1)</script>\n1 0 obj", "a.pdf", "two kinds"),
        (PNG + PDF, "a.png", "two kinds"),
        (PNG + b"IEND<script>alert(1)</script>", "a.png", "two kinds"),
        (b"\xff\xd8\xff" + bytes(90) + b"\xff\xd9<html>", "a.jpg", "two kinds"),
    ],
)
def test_c01_a_name_that_hides_a_pdf_and_a_file_that_is_two_are_refused(
    sniff: Sniff, data: bytes, name: str, why: str
) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        sniff(data, name)
    assert refused.value.need is None


def test_a_zip_behind_a_pdf_is_not_opened(sniff: Sniff) -> None:
    assert sniff(PDF + archive({"a.txt": "a"}), "a.pdf") == FileKind.PDF


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(50), "motion.pdf", "program"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "motion", "program"),
        (b"#!/bin/sh\nrm -rf /\n", "motion.txt", "program"),
        (b"alert(1)", "motion.pdf.js", "program"),
        (b"MsgBox 1", "motion.vbs", "program"),
        (archive({"META-INF/MANIFEST.MF": "", "A.class": "a"}), "a", "program"),
        (b"", "motion.pdf", "empty"),
        (archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a.xlsx", "spreadsheet"),
        (archive({"[Content_Types].xml": "", "ppt/a.xml": ""}), "a.pptx", "presentation"),
        (compound_file({"Workbook": b"w" * 5000}), "a.xls", "spreadsheet"),
        (b"GIF89a\x01\0\x01\0\x80\0\0", "a.gif", "GIF"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "a.gz", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "a.7z", "7-Zip"),
        (b"\xffWPC\x10\0\0\0\x01\x01\x02\x01" + bytes(90), "macro.wpd", "no document"),
        (bytes(range(256)) * 9, "a.bin", "no kind of file"),
        (bytes(5000), "a.txt", "no kind of file"),
        (b"PK\x03\x04 and no more", "a.zip", "damaged"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(
    sniff: Sniff, data: bytes, name: str, why: str
) -> None:
    with pytest.raises(Unreadable, match=why):
        sniff(data, name)


def test_every_real_filing_is_told_apart(corpus: Path) -> None:
    ours = {".pdf": "pdf", ".docx": "docx", ".doc": "doc", ".wpd": "wpd", ".txt": "text"}
    files = [path for path in (corpus / "filings").iterdir() if path.suffix in ours]
    assert len(files) > 80
    assert {path.name: ours[path.suffix] for path in files} == {
        path.name: kind_of(path, path.name).value for path in files
    }
