"""Files of many formats, made from next to nothing: a paragraph's markup in, a whole file out."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "header1", "footer1")


def archive(members: Mapping[str | ZipInfo, bytes | str], *, stored: bool = False) -> bytes:
    """A ZIP archive."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED if stored else ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(
    body: str, *, outside: str = "", more: Mapping[str, bytes | str] | None = None, **parts: str
) -> bytes:
    """A Word file: the markup of its body, and of each part, without their outer element.

    `outside` are relations to what is not in the file; `more` are members as they are.
    """
    kinds = [name for name in _PARTS if name in parts]
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for n, name in enumerate(kinds)
    )
    members: dict[str | ZipInfo, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(
            f'<Relationship Id="d" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": _word("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations(relations + outside),
    }
    outer = {"header1": "hdr", "footer1": "ftr"}
    for name in kinds:
        members[f"word/{name}.xml"] = _word(outer.get(name, name), parts[name])
    if "core" in parts:
        members["docProps/core.xml"] = (
            '<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
            f"{parts['core']}</p>"
        )
    return archive(members | (more or {}))


def p(words: str, settings: str = "", run: str = "") -> str:
    """A paragraph of Word's of one run."""
    return f"<w:p><w:pPr>{settings}</w:pPr>{r(words, run)}</w:p>"


def r(words: str, settings: str = "") -> str:
    """A run of Word's."""
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def odt(
    body: str, *, automatic: str = "", styles: str = "", meta: str = "", manifest: str = ""
) -> bytes:
    """An OpenDocument text."""
    names = "".join(
        f' xmlns:{short}="{_ODF}:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("table", "table"),
            ("fo", "xsl-fo-compatible"),
            ("draw", "drawing"),
            ("meta", "meta"),
            ("manifest", "manifest"),
        )
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:c{names}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:c>",
            "styles.xml": f"<office:s{names}>{styles}</office:s>",
            "meta.xml": f"<office:m{names}><office:meta>{meta}</office:meta></office:m>",
            "META-INF/manifest.xml": f"<manifest:manifest{names}>{manifest}</manifest:manifest>",
        },
        stored=True,
    )


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file, as old Word and Outlook write them: path to bytes. [MS-CFB]."""
    return _CompoundFile(streams).build()


def message(
    properties: Mapping[int, str],
    *,
    numbers: Mapping[tuple[int, int], int] | None = None,
    binary: Mapping[int, bytes] | None = None,
    place: str = "",
    head: int = 32,
) -> dict[str, bytes]:
    """The streams of a message of Outlook's, or of an attachment (`head` 8) at a place in one."""
    streams = {
        f"{place}__substg1.0_{number:04X}001F": words.encode("utf-16-le")
        for number, words in properties.items()
    }
    for number, data in (binary or {}).items():
        streams[f"{place}__substg1.0_{number:04X}0102"] = data
    entries = b"".join(
        struct.pack("<IIQ", number << 16 | kind, 6, value)
        for (number, kind), value in (numbers or {}).items()
    )
    return streams | {f"{place}__properties_version1.0": bytes(head) + entries}


def _word(name: str, inside: str) -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{_RELATIONS}" xmlns:mc="urn:mc">{inside}</w:{name}>'


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'


_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALL = 4096  # bytes: a stream below it lives among others; ours are filled up instead


class _CompoundFile:
    """Every stream in sectors of its own, siblings in one chain to the right."""

    def __init__(self, streams: Mapping[str, bytes]) -> None:
        self._sectors: list[bytes] = []
        self._next: list[int] = []
        # Name, kind, first child, next sibling, first sector, size.
        self._entries: list[list[object]] = [["Root Entry", 5, _FREE, _FREE, _END, 0]]
        folders: dict[str, int] = {"": 0}
        small = bytearray()
        small_next: list[int] = []
        for path, data in streams.items():
            *outer, name = path.split("/")
            for depth in range(len(outer)):
                place = "/".join(outer[: depth + 1])
                if place not in folders:
                    parent = folders["/".join(outer[:depth])]
                    folders[place] = self._add(parent, outer[depth], 1, _END, 0)
            if len(data) < _SMALL:
                start = len(small) // 64 if data else _END
                count = -(-len(data) // 64)
                small_next += [*range(len(small) // 64 + 1, len(small) // 64 + count), _END][:count]
                small += data.ljust(count * 64, b"\0")
            else:
                start = self._store(data)
            self._add(folders["/".join(outer)], name, 2, start, len(data))
        self._entries[0][4:] = [self._store(bytes(small)) if small else _END, len(small)]
        packed = struct.pack(f"<{len(small_next)}I", *small_next)
        packed += b"\xff" * (-len(packed) % _SECTOR)
        self._small_fat = self._store(packed) if packed else _END
        self._small_sectors = len(packed) // _SECTOR

    def build(self) -> bytes:
        directory = b"".join(map(_entry, self._entries))
        directory += _entry(["", 0, _FREE, _FREE, 0, 0]) * (-len(self._entries) % 4)
        start = self._store(directory)
        count = 1
        while count * 128 < len(self._next) + count:
            count += 1
        own = [len(self._next) + n for n in range(count)]
        table = [*self._next, *[_FAT] * count]
        table += [_FREE] * (count * 128 - len(table))
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            *(0x3E, 3, 0xFFFE, 9, 6),
            *(0, count, start, 0, _SMALL, self._small_fat, self._small_sectors, _END, 0),
        )
        header += struct.pack("<109I", *own, *[_FREE] * (109 - count))
        fat = struct.pack(f"<{len(table)}I", *table)
        return header + b"".join(self._sectors) + fat

    def _store(self, data: bytes) -> int:
        start, count = len(self._sectors), max(-(-len(data) // _SECTOR), 1)
        data = data.ljust(count * _SECTOR, b"\0")
        self._sectors += [data[n * _SECTOR : (n + 1) * _SECTOR] for n in range(count)]
        self._next += [*range(start + 1, start + count), _END]
        return start

    def _add(self, parent: int, name: str, kind: int, start: int, size: int) -> int:
        number = len(self._entries)
        self._entries.append([name, kind, _FREE, self._entries[parent][2], start, size])
        self._entries[parent][2] = number
        return number


def _entry(each: list[object]) -> bytes:
    name, kind, first, sibling, start, size = each
    words = str(name).encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        words,
        len(words) + 2 if words else 0,
        kind,
        1,
        *(_FREE, sibling, first),
        *(0, start, size),
    )
