"""Opens files that are ZIP archives inside, Word's among them, without believing their figures.

Sizes are counted while unpacking, XML with a document type is refused before it is read, and
nothing is ever written where a member's name says.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from xml.etree import ElementTree as ET
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Unreadable

LARGEST_XML = 48 << 20  # bytes: as a tree it takes some ten times as much
_ALWAYS_FINE = 1 << 20  # bytes that a member may become whatever its packed size
_CHUNK = 1 << 18
DAMAGED = "This file is damaged: it could not be unpacked."
BOMB = "This file would unpack to far more than it should: it was not opened."
# What zipfile raises on a file that somebody has meddled with.
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, IndexError)


class Package:
    """The parts of a document that is an archive inside: Word's, OpenDocument's."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        self._zip = opened(path)
        self.names = frozenset(self._zip.namelist())
        if len(self._zip.infolist()) > max(limits.members, 10_000):
            raise Unreadable(BOMB)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def xml(self, name: str) -> ET.Element | None:
        """Return a part as a tree; None where there is none. Raises Unreadable."""
        if name not in self.names:
            return None
        info = self._zip.getinfo(name)
        data = b"".join(unpacked(self._zip, info, self._limits, most=LARGEST_XML))
        return tree(data)


def opened(path: Path) -> ZipFile:
    """Open an archive. Raises Unreadable where it is damaged."""
    try:
        return ZipFile(path)
    except _BROKEN as error:
        raise Unreadable(DAMAGED) from error


def unpacked(
    archive: ZipFile,
    info: ZipInfo,
    limits: Limits,
    *,
    most: int | None = None,
    password: str | None = None,
) -> Iterator[bytes]:
    """Yield the bytes of a member. Raises Unreadable: damaged, or more than it should be."""

    def chunks() -> Iterator[bytes]:
        with archive.open(info, pwd=password.encode() if password else None) as member:
            while chunk := member.read(_CHUNK):
                yield chunk

    return within_bounds(chunks(), info, limits, most=most)


def within_bounds(
    chunks: Iterator[bytes], info: ZipInfo, limits: Limits, *, most: int | None = None
) -> Iterator[bytes]:
    """Yield the bytes of a member as long as they are no more than they should be.

    Raises Unreadable.
    """
    most = min(limits.unpacked, limits.unpacked if most is None else most)
    fine = max(_ALWAYS_FINE, limits.ratio * info.compress_size)
    if info.file_size > min(most, fine):
        raise Unreadable(BOMB)
    done = 0
    try:
        for chunk in chunks:
            done += len(chunk)
            if done > min(most, fine):
                raise Unreadable(BOMB)
            yield chunk
    except _BROKEN as error:
        raise Unreadable(DAMAGED) from error


def tree(data: bytes) -> ET.Element:
    """Read XML that has no document type, and so no entities. Raises Unreadable."""
    _refuse_document_type(data)
    try:
        return ET.fromstring(data)  # noqa: S314  no document type: no entity can be in it
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unreadable("This file is damaged: its text could not be read.") from error


def local(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: ET.Element | None, name: str) -> str | None:
    """Return an attribute by its name without its namespace; None where there is none."""
    for key, value in (element.attrib if element is not None else {}).items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    """Return the first child of that name, or its child, and so on; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


class _Enough(Exception):
    pass


def _refuse_document_type(data: bytes) -> None:
    """A document type stands before the first element, in whatever encoding."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Unreadable("This file defines entities of its own, as attacks do: it was not read.")

    def enough(*_: object) -> None:
        raise _Enough

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = enough
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat's own signature
    except _Enough:
        return
    except expat.ExpatError:
        return  # `tree` will say so
