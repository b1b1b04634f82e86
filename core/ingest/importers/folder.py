"""Reads cases from a folder of text and HTML files, one case a file.

A file is known by its path within the folder; its title, or its first line, names the case.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from core.ingest.importers.cleaning import clean, clean_line
from core.ingest.importers.markup import MarkedText, read_node
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord, OpinionKind, OpinionRecord

LARGEST_FILE = 64 << 20  # bytes
_TEXT = frozenset({".txt", ".text"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_LONGEST_NAME = 300  # characters
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read_folder(folder: Path, *, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    """Read every .txt and .html file under a folder, in order of their paths.

    Links that lead out of the folder are not followed; other kinds of file are reported.
    """
    if not folder.is_dir():
        yield BadRecord(item=str(folder), reason="is no folder that can be read")
        return
    root = folder.resolve()
    for path in _files(root):
        item = path.relative_to(root).as_posix()
        if path.suffix.lower() not in _TEXT | _HTML:
            yield BadRecord(item=item, reason="is neither text nor HTML: left out")
        elif not path.resolve().is_relative_to(root):
            yield BadRecord(item=item, reason="leads out of the folder: left out")
        else:
            yield from _read_file(path, item, meter)


def _files(root: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(place, name)


def _read_file(path: Path, item: str, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            yield BadRecord(item=item, reason="is larger than 64 MB: left out")
            return
        data = path.read_bytes()
    except OSError as error:
        yield BadRecord(item=item, reason=f"cannot be read: {error.strerror}")
        return
    meter.read += len(data)
    text, encoding = _decoded(data)
    name, read = _html(text) if path.suffix.lower() in _HTML else _plain(text)
    if not read.text.strip():
        yield BadRecord(item=item, reason="has no text in it")
        return
    yield _case(item, name or path.stem, read)
    if encoding is not None:
        reason = f"is not UTF-8: read as {encoding}, check accents"
        yield BadRecord(item=item, reason=reason, taken=True)


def _decoded(data: bytes) -> tuple[str, str | None]:
    """Return the text, and the encoding where it is not UTF-8."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data.decode(encoding, errors="replace")
            return text, None if encoding == "utf-8-sig" else encoding.upper()
    try:
        return data.decode(), None
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252 (Latin-1)"


def _plain(text: str) -> tuple[str, MarkedText]:
    cleaned = clean(text)[0].strip("\ufeff \n\t")
    name = clean_line(cleaned.partition("\n")[0])[:_LONGEST_NAME]
    return name, MarkedText(text=cleaned, footnotes_start=None, pages=())


def _html(text: str) -> tuple[str, MarkedText]:
    parser = LexborHTMLParser(clean(text)[0])
    body = parser.body or parser.root
    read = read_node(body) if body else MarkedText(text="", footnotes_start=None, pages=())
    named = parser.css_first("title") or parser.css_first("h1")
    name = clean_line(named.text()) if named else ""
    return (name or clean_line(read.text.partition("\n")[0]))[:_LONGEST_NAME], read


def _case(item: str, name: str, read: MarkedText) -> CaseRecord:
    opinion = OpinionRecord(
        kind=OpinionKind.COMBINED,
        author=None,
        text=read.text,
        footnotes_start=read.footnotes_start,
        pages=read.pages,
    )
    return CaseRecord(
        source_id=clean_line(item),
        court="unknown",
        court_name=None,
        jurisdiction=None,
        case_name=name,
        docket_number=None,
        date_filed=None,
        date_argued=None,
        citations=(),
        opinions=(opinion,),
    )
