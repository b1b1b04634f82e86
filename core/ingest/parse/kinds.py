"""Says what a file is by its bytes. Its name decides nothing, but may not lie about a PDF.

A file that is two things at once, or a program, is refused: what one reader shows as a letter
another would run.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from core.ingest.parse.decoded import decoded
from core.ingest.parse.parsed import Unreadable
from core.model import FileKind

_HEAD = 1 << 16  # bytes that are looked at first
_PDF_WITHIN = 1024  # PDFium and browsers look for the header in as many bytes
_TAIL = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MESSAGE_CLASS = bytes.fromhex("0b0d020000000000c000000000000046")  # of a compound file's root
_ENTRY = 128  # bytes of an entry of a compound file's directory, and what each is aligned to
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed)[\s>/]", re.IGNORECASE
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|p|div|span|table|h[1-6]|center|article|main"
    r"|section|br|b|i|font|a|ul|ol|pre|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]*):")
_ADDRESSED = frozenset({"from", "to", "subject", "date", "sender", "cc"})
# Written by programs, never at the head of a memorandum.
_POSTED = frozenset(
    "received return-path message-id mime-version content-type delivered-to x-mailer".split()
)
# Bytes that no text has: a few are a fault of copying, many are another kind of file.
_CONTROLS = bytes({*range(9), 11, *range(14, 27), *range(28, 32), 127})
_FEW = 0.1

_BY_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"MM\x00+", FileKind.TIFF),
    (b"\xffWPC", FileKind.WPD),
)
_PROGRAM = "This is a program, not a document: it was refused."
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
_MORE_PROGRAMS = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\x00asm", b"L\x00\x00\x00\x01\x14\x02")
_PROGRAM_NAMES = frozenset(
    ".exe .com .scr .pif .bat .cmd .ps1 .vbs .vbe .js .jse .wsf .wsh .hta .msi .lnk .jar".split()
)
# What is known, and what would help.
_OTHERS = (
    (b"GIF8", "This is a GIF picture. Save it as PNG or PDF, then upload that."),
    (b"BM", "This is a bitmap picture. Save it as PNG or PDF, then upload that."),
    (b"\x1f\x8b", "This is a compressed file (gzip). Unpack it, then upload what was in it."),
    (b"7z\xbc\xaf\x27\x1c", "This is a 7-Zip archive. Unpack it, or make it a ZIP."),
    (b"Rar!", "This is a RAR archive. Unpack it, or make it a ZIP."),
    (b"BZh", "This is a compressed file (bzip2). Unpack it, then upload what was in it."),
    (b"\xfd7zXZ", "This is a compressed file (xz). Unpack it, then upload what was in it."),
    (b"\x28\xb5\x2f\xfd", "This is a compressed file (zstd). Unpack it, then upload that."),
    (b"!BDN", "This is an Outlook data file. Save the messages in it, then upload those."),
)
_SPREADSHEET = "This is a spreadsheet. Save it as PDF, then upload that."
_SLIDES = "This is a presentation. Save it as PDF, then upload that."
_UNKNOWN = (
    "This is no kind of file that can be read here. These are: PDF, Word, WordPerfect, RTF, ODT, "
    "HTML, text, e-mail, TIFF, PNG, JPEG, and ZIP of these."
)
# What a name promises.
_BY_NAME = {
    ".pdf": FileKind.PDF,
    ".docx": FileKind.DOCX,
    ".docm": FileKind.DOCX,
    ".dotx": FileKind.DOCX,
    ".doc": FileKind.DOC,
    ".wpd": FileKind.WPD,
    ".rtf": FileKind.RTF,
    ".odt": FileKind.ODT,
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".txt": FileKind.TEXT,
    ".eml": FileKind.EML,
    ".msg": FileKind.MSG,
    ".tif": FileKind.TIFF,
    ".tiff": FileKind.TIFF,
    ".png": FileKind.PNG,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".zip": FileKind.ZIP,
}


def kind_of(path: Path, name: str) -> FileKind:
    """Return what a file is by its content.

    Raises Unreadable where it is nothing that can be read, a program, two kinds at once, or a
    PDF or an archive that is named as something else.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = PurePosixPath(name.replace("\\", "/").rstrip(". ")).suffix.lower()
    if not head:
        raise Unreadable("This file is empty.")
    if suffix in _PROGRAM_NAMES or head.startswith(_PROGRAMS + _MORE_PROGRAMS):
        raise Unreadable(_PROGRAM)
    kind = _by_bytes(path, head, suffix)
    promised = _BY_NAME.get(suffix)
    if kind in {FileKind.PDF, FileKind.ZIP} and promised not in {None, kind}:
        raise Unreadable(_disagreement(kind, suffix))
    return kind


def _disagreement(kind: FileKind, suffix: str) -> str:
    if kind is FileKind.ZIP:
        return (
            f"Its name says {suffix}, but nothing in it is of that kind: "
            "it is damaged, or an archive that was renamed."
        )
    return f"Its name says {suffix}, its content says PDF. If it is a PDF, rename it to .pdf."


def _by_bytes(path: Path, head: bytes, suffix: str) -> FileKind:
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _of_archive(path)
    if head.startswith(_OLE):
        return _of_compound_file(path)
    picture = next((kind for magic, kind in _BY_MAGIC if head.startswith(magic)), None)
    if _is_pdf(head):
        _refuse_two_in_one(path, head, picture)
        return FileKind.PDF
    if picture is not None:
        _refuse_two_in_one(path, b"", None)
        return _wordperfect(head) if picture is FileKind.WPD else picture
    return _of_text(head, suffix)


def _is_pdf(head: bytes) -> bool:
    """The header may stand behind white space or junk; a text that speaks of it is none."""
    start = head.find(b"%PDF-", 0, _PDF_WITHIN)
    if start < 0:
        return False
    return not head[:start].strip() or b" obj" in head or b"\x00" in head


def _refuse_two_in_one(path: Path, head: bytes, picture: FileKind | None) -> None:
    """Markup before the header or behind the end is a page that a browser would run.

    A ZIP behind the end stays unread: this is a PDF and nothing else.
    """
    start = head.find(b"%PDF-", 0, _PDF_WITHIN)
    tail = _tail(path)
    for end in (b"%%EOF", b"IEND", b"\xff\xd9"):
        if end in tail:
            tail = tail[tail.rindex(end) :]
            break
    else:
        tail = b""
    first_line = head[max(start, 0) : _PDF_WITHIN].split(b" obj")[0]
    if picture or any(map(_MARKUP.search, (head[: max(start, 0)], first_line, tail))):
        raise Unreadable("This file is two kinds of file at once, as attacks are: it was refused.")


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        return file.read(_TAIL)


def _wordperfect(head: bytes) -> FileKind:
    """Product 1 is WordPerfect itself; file type 10 a document, not a macro or a dictionary."""
    if head[8:10] != b"\x01\x0a":
        raise Unreadable("This is a file of WordPerfect's, but no document.")
    return FileKind.WPD


def _of_archive(path: Path) -> FileKind:
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
        raise Unreadable(_PROGRAM)
    return FileKind.ZIP


def _mime(archive: ZipFile) -> bytes:
    with archive.open("mimetype") as member:
        return member.read(100)


def _of_open_document(mime: bytes) -> FileKind:
    kind = mime.rpartition(b".")[2]
    if kind.startswith(b"text"):
        return FileKind.ODT
    raise Unreadable(_SPREADSHEET if kind.startswith(b"spreadsheet") else _SLIDES)


def _of_compound_file(path: Path) -> FileKind:
    """Old Word, Outlook and others: what it is stands in its directory, entry by entry."""
    data = path.read_bytes()
    if _root_class(data) == _MESSAGE_CLASS:
        return FileKind.MSG
    for name, kind in (("WordDocument", FileKind.DOC), ("__properties_version1.0", FileKind.MSG)):
        if _has_entry(data, name):
            return kind
    if _has_entry(data, "EncryptedPackage"):
        raise Unreadable(
            "This file is locked with a password. Save a copy without one, then upload that."
        )
    if _has_entry(data, "Workbook") or _has_entry(data, "Book"):
        raise Unreadable(_SPREADSHEET)
    if _has_entry(data, "PowerPoint Document"):
        raise Unreadable(_SLIDES)
    raise Unreadable(_UNKNOWN)


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


def _of_text(head: bytes, suffix: str) -> FileKind:
    for magic, advice in _OTHERS:
        if head.startswith(magic) and _is_binary(head):
            raise Unreadable(advice)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"{\\rtf"):
        return FileKind.RTF
    text, _ = decoded(head, whole=False)
    if _is_binary(text.encode("utf-8", "replace")):
        raise Unreadable(_UNKNOWN)
    if text.startswith("#!"):
        raise Unreadable(_PROGRAM)
    if _HTML.match(text):
        return FileKind.HTML
    return FileKind.EML if _is_message(text, suffix) else FileKind.TEXT


def _is_binary(data: bytes) -> bool:
    return len(data.translate(None, _CONTROLS)) < (1 - _FEW) * len(data) and data.count(0) != len(
        data
    )


def _is_message(text: str, suffix: str) -> bool:
    """Tell a message from a memorandum, which has From, To and Date too."""
    names: set[str] = set()
    for line in text.lstrip("\ufeff").splitlines():
        if not line.strip():
            break
        found = _HEADER_LINE.match(line)
        if found is None and not line.startswith((" ", "\t")):
            return False
        if found is not None:
            names.add(found[1].lower())
    if suffix == ".eml":
        return bool(names & (_ADDRESSED | _POSTED))
    return bool(names & _ADDRESSED) and bool(names & _POSTED)
