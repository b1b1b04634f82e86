"""Says what is in a file that holds files: new Office's, old Office's, Outlook's."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from core.ingest.parse.parsed import Unreadable
from core.model import FileKind

PROGRAM = "This is a program, not a document: it was refused."
UNKNOWN = (
    "This is no kind of file that can be read here. These are: PDF, Word, WordPerfect, RTF, ODT, "
    "HTML, text, e-mail, TIFF, PNG, JPEG, and ZIP of these."
)
_SPREADSHEET = "This is a spreadsheet. Save it as PDF, then upload that."
_SLIDES = "This is a presentation. Save it as PDF, then upload that."
_MESSAGE_CLASS = bytes.fromhex("0b0d020000000000c000000000000046")  # of a compound file's root
LOCKED_PACKAGE = "EncryptedPackage"  # what Office calls a file that is locked in another
_ENTRY = 128  # bytes of an entry of a compound file's directory, and what each is aligned to


def of_archive(path: Path) -> FileKind:
    try:
        with ZipFile(path) as archive:
            names = frozenset(archive.namelist())
            mime = _mime(archive) if "mimetype" in names else b""
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("This file is damaged: it could not be unpacked.") from error
    if mime.startswith(b"application/vnd.oasis.opendocument."):
        return _of_open_document(mime)
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            raise Unreadable(_SPREADSHEET)
        if any(name.startswith("ppt/") for name in names):
            raise Unreadable(_SLIDES)
        if any(name.startswith("word/") for name in names):
            return FileKind.DOCX
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "META-INF/MANIFEST.MF" in names and any(name.endswith(".class") for name in names):
        raise Unreadable(PROGRAM)
    return FileKind.ZIP


def _mime(archive: ZipFile) -> bytes:
    with archive.open("mimetype") as member:
        return member.read(100)


def _of_open_document(mime: bytes) -> FileKind:
    kind = mime.rpartition(b".")[2]
    if kind.startswith(b"text"):
        return FileKind.ODT
    raise Unreadable(_SPREADSHEET if kind.startswith(b"spreadsheet") else _SLIDES)


def of_compound_file(path: Path) -> FileKind:
    """Old Word, Outlook and others: what it is stands in its directory, entry by entry."""
    data = path.read_bytes()
    if _root_class(data) == _MESSAGE_CLASS:
        return FileKind.MSG
    for name, kind in (("WordDocument", FileKind.DOC), ("__properties_version1.0", FileKind.MSG)):
        if _has_entry(data, name):
            return kind
    if _has_entry(data, "Workbook") or _has_entry(data, "Book"):
        raise Unreadable(_SPREADSHEET)
    if _has_entry(data, "PowerPoint Document"):
        raise Unreadable(_SLIDES)
    raise Unreadable(UNKNOWN)


def has_stream(path: Path, name: str) -> bool:
    """Say whether a compound file holds something of this name."""
    return _has_entry(path.read_bytes(), name)


def _root_class(data: bytes) -> bytes:
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    start = (int.from_bytes(data[48:52], "little") + 1) * sector
    return data[start + 80 : start + 96]


def _has_entry(data: bytes, name: str) -> bool:
    wanted = (name + "\0").encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % _ENTRY == 0:
            return True
        at = data.find(wanted, at + 1)
    return False
