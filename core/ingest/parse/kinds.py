"""Says what a file is by its bytes. Its name decides nothing, but may not lie about a PDF.

A file that is two things at once, or a program, is refused: what one reader shows as a letter
another would run.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from core.ingest.parse.containers import PROGRAM, UNKNOWN, of_archive, of_compound_file
from core.ingest.parse.decoded import decoded
from core.ingest.parse.parsed import Unreadable
from core.model import FileKind

_HEAD = 1 << 16  # bytes that are looked at first
_PDF_WITHIN = 1024  # PDFium and browsers look for the header in as many bytes
_TAIL = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
_FEW = 0.02
# In a text that proves itself by its encoding.
_FEW_IN_UTF_8 = 0.2

_BY_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"MM\x00+", FileKind.TIFF),
    (b"\xffWPC", FileKind.WPD),
)
# Of Unix, of Apple's systems, of a browser, of Java; the last a shortcut of Windows.
_PROGRAMS = (
    b"\x7fELF",
    *(b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf"),
    *(b"\x00asm", b"\xca\xfe\xba\xbe", b"L\x00\x00\x00\x01\x14\x02\x00"),
)
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
# Kinds whose files begin as no text does.
_SIGNED = frozenset(
    {
        *(FileKind.PDF, FileKind.DOCX, FileKind.ODT, FileKind.MSG, FileKind.ZIP),
        *(FileKind.TIFF, FileKind.PNG, FileKind.JPEG),
    }
)


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
    if suffix in _PROGRAM_NAMES or _is_program(head):
        raise Unreadable(PROGRAM)
    kind = _by_bytes(path, head, suffix)
    promised = _BY_NAME.get(suffix)
    if promised not in {None, kind}:
        _refuse_disagreement(kind, promised, suffix)
    return kind


def _is_program(head: bytes) -> bool:
    return head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and _is_binary(head))


def _refuse_disagreement(kind: FileKind, promised: FileKind | None, suffix: str) -> None:
    """A PDF or an archive under another name is how files are smuggled past a check.

    Plain text is what is left when nothing else fits: under the name of a format that has signs
    of its own it is a damaged file.
    """
    if kind is FileKind.PDF:
        raise Unreadable(
            f"Its name says {suffix}, its content says PDF. If it is a PDF, rename it to .pdf."
        )
    if kind is FileKind.ZIP:
        raise Unreadable(
            f"Its name says {suffix}, but nothing in it is of that kind: "
            "it is damaged, or an archive that was renamed."
        )
    if kind is FileKind.TEXT and promised in _SIGNED:
        raise Unreadable(f"Its name says {suffix}, but its content is not: it is damaged.")


def _by_bytes(path: Path, head: bytes, suffix: str) -> FileKind:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return of_archive(path)
    if head.startswith(_OLE):
        return of_compound_file(path)
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


def _of_text(head: bytes, suffix: str) -> FileKind:
    for magic, advice in _OTHERS:
        if head.startswith(magic) and (not magic.isascii() or _is_binary(head)):
            raise Unreadable(advice)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"{\\rtf"):
        return FileKind.RTF
    text, guessed = decoded(head, whole=False)
    few = _FEW_IN_UTF_8 if guessed is None else _FEW
    if _is_binary(text.encode("utf-8", "replace"), few=few):
        raise Unreadable(UNKNOWN)
    if text.startswith("#!"):
        raise Unreadable(PROGRAM)
    if _HTML.match(text):
        return FileKind.HTML
    return FileKind.EML if _is_message(text, suffix) else FileKind.TEXT


def _is_binary(data: bytes, *, few: float = _FEW) -> bool:
    return len(data.translate(None, _CONTROLS)) < (1 - few) * len(data)


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
