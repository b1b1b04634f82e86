"""Reads DOCX: the text in reading order, footnotes apart, heads and feet of pages taken out.

Nothing that the file points to is fetched, nothing in it is run; what was left out is said.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from xml.etree import ElementTree as ET

from core.ingest.parse.limits import Limits
from core.ingest.parse.numbering import Numbering
from core.ingest.parse.parsed import Parsed, TakenKind, Unreadable
from core.ingest.parse.word_body import Body, Notes, Seen, counting
from core.ingest.parse.word_look import Looks
from core.ingest.parse.writing import Stream, Writing
from core.ingest.parse.zipped import Package, attribute, child, local
from core.model import FileKind

_USUAL = "word/document.xml"
_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "lastModifiedBy": "changed_by",
    "created": "created",
    "modified": "changed",
    "subject": "subject",
    "keywords": "keywords",
}
_HEADS = {"header": TakenKind.RUNNING_HEAD, "footer": TakenKind.RUNNING_FOOT}
_LONGEST_HEAD = 100_000  # characters


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:  # noqa: ARG001
    """Read a DOCX. Raises Unreadable."""
    with Package(path, limits) as package:
        writing = Writing(limits)
        _Document(package, writing).read()
        return writing.parsed(FileKind.DOCX)


class _Document:
    """A Word file and what becomes of it."""

    def __init__(self, package: Package, writing: Writing) -> None:
        self._package = package
        self._writing = writing
        self._main = _main_part(package)
        self._links = _relations(package, self._main)

    def read(self) -> None:
        document = self._package.xml(self._main)
        body = child(document, "body")
        if body is None:
            raise Unreadable("This is no Word file, though it looks like one: it has no text part.")
        looks = Looks(self._part("styles"))
        numbering = Numbering.read(self._part("numbering"), looks.linked)
        notes = {
            "footnoteReference": Notes.read(self._part("footnotes")),
            "endnoteReference": Notes.read(self._part("endnotes")),
        }
        write_note, seen_in_notes = counting(looks, numbering, self._writing.notes, notes)
        main = Body(looks=looks, numbering=numbering, into=self._writing.body, notes=write_note)
        main.blocks(body)
        self._heads(looks)
        self._tell()
        self._notice(main.seen, seen_in_notes)

    def _part(self, kind: str) -> ET.Element | None:
        names = self._links.get(kind, [])
        return self._package.xml(names[0]) if names else None

    def _heads(self, looks: Looks) -> None:
        """Take heads and feet of the pages, without the pages' numbers."""
        for kind, taken in _HEADS.items():
            for name in self._links.get(kind, []):
                root = self._package.xml(name)
                if root is not None:
                    stream = Stream(most=_LONGEST_HEAD)
                    Body(
                        looks=looks,
                        numbering=Numbering(),
                        into=stream,
                        notes=lambda _name, _each: None,
                    ).blocks(root)
                    self._writing.take(taken, "".join(stream.parts))

    def _tell(self) -> None:
        for each in self._package.xml("docProps/core.xml") or ():
            if (name := _PROPERTIES.get(local(each))) is not None:
                self._writing.tell(name, each.text)

    def _notice(self, *seen: Seen) -> None:
        notice, names = self._writing.notice, self._package.names
        struck = sum(each.struck for each in seen)
        if struck:
            notice(f"Words struck out under track changes are left out ({struck:,} places).")
        comments = sum(1 for each in self._part("comments") or () if local(each) == "comment")
        if comments:
            notice(f"Comments in the margin are left out ({comments:,}).")
        if any(each.embedded for each in seen) or any("/embeddings/" in name for name in names):
            notice("Files embedded in this one are left out.")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            notice("The file holds macros. They were not run, and are left out.")
        if any(each.too_deep for each in seen):
            notice("Parts of it are nested deeper than any document's, and are left out.")
        if self._links.get("elsewhere"):
            notice("The file points to a template or a picture elsewhere. Nothing was fetched.")


def _main_part(package: Package) -> str:
    found = _relations(package, "").get("officeDocument", [])
    return next((name for name in found if name in package.names), _USUAL)


def _relations(package: Package, part: str) -> dict[str, list[str]]:
    """The parts that a part names, by kind; under `elsewhere` what is outside of the file."""
    folder, name = posixpath.split(part)
    found: dict[str, list[str]] = {}
    for each in package.xml(posixpath.join(folder, "_rels", f"{name}.rels")) or ():
        kind = (attribute(each, "Type") or "").rpartition("/")[2]
        target = attribute(each, "Target") or ""
        if attribute(each, "TargetMode") == "External":
            # A link is a link; a template, a frame or a picture would be fetched unasked.
            if kind != "hyperlink":
                found.setdefault("elsewhere", []).append(target)
            continue
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found.setdefault(kind, []).append(posixpath.normpath(inside))
    return found
