"""Reads OpenDocument text: in reading order, footnotes apart, heads and feet taken out."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from core.ingest.parse.limits import Limits
from core.ingest.parse.odt_styles import Lists, Look, Styles, hidden
from core.ingest.parse.parsed import Parsed, TakenKind, Unreadable
from core.ingest.parse.writing import Stream, Writing
from core.ingest.parse.zipped import Package, attribute, child, local
from core.model import FileKind

_DEEPEST = 60
_PROPERTIES = {
    "title": "title",
    "initial-creator": "author",
    "creator": "changed_by",
    "creation-date": "created",
    "date": "changed",
    "subject": "subject",
}
_HEADS = {"header": TakenKind.RUNNING_HEAD, "footer": TakenKind.RUNNING_FOOT}
_LONGEST_HEAD = 100_000  # characters
_UNREAD = frozenset(
    "tracked-changes sequence-decls variable-decls user-field-decls forms page-number page-count "
    "image object title desc change change-start change-end".split()
)


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:  # noqa: ARG001
    """Read an OpenDocument text. Raises Unreadable."""
    with Package(path, limits) as package:
        _refuse_locked(package)
        content, styles = package.xml("content.xml"), package.xml("styles.xml")
        body = child(content, "body", "text")
        if body is None:
            raise Unreadable("This is no text document: it has no text part.")
        writing = Writing(limits)
        held = Styles(styles, content)
        _Walk(writing, held, writing.body).blocks(body, {})
        _heads(writing, held, styles)
        for each in child(package.xml("meta.xml"), "meta") or ():
            if (name := _PROPERTIES.get(local(each))) is not None:
                writing.tell(name, each.text)
        if any(name.startswith("Basic/") for name in package.names):
            writing.notice("The file holds macros. They were not run, and are left out.")
        return writing.parsed(FileKind.ODT)


def _refuse_locked(package: Package) -> None:
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
        raise Unreadable(
            "This is an OpenDocument text that is locked with a password, which cannot be opened "
            "here. Open it in LibreOffice, save it as PDF or without its password, then upload "
            "that."
        )


def _heads(writing: Writing, styles: Styles, root: ET.Element | None) -> None:
    for page in child(root, "master-styles") or ():
        for part in page:
            taken = next(
                (kind for name, kind in _HEADS.items() if local(part).startswith(name)), None
            )
            if taken is not None:
                stream = Stream(most=_LONGEST_HEAD)
                _Walk(writing, styles, stream).blocks(part, {})
                writing.take(taken, "".join(stream.parts))


class _Walk:
    def __init__(self, writing: Writing, styles: Styles, into: Stream) -> None:
        self._writing = writing
        self._styles = styles
        self._lists = Lists(styles=styles)
        self._into = into
        self._gap = "\n\n"
        self._boxes: list[ET.Element] = []
        self._depth = 0
        self._comments = 0
        # What is printed before the next paragraph.
        self._label = ""

    def blocks(self, element: ET.Element, look: Look) -> None:
        """Write the paragraphs, lists and tables of an element."""
        self._depth += 1
        for each in element if self._depth < _DEEPEST else ():
            name = local(each)
            if name in {"p", "h"}:
                self._paragraph(each, name, look)
            elif name == "list":
                self._list(each, look, 1, None)
            elif name == "table":
                self._table(each, look)
            elif name == "tracked-changes" and len(each):
                self._writing.notice(
                    f"Words struck out under track changes are left out ({len(each):,} places)."
                )
            elif name not in _UNREAD and not name.endswith("-source"):
                away = {"display": "none"} if attribute(each, "display") == "none" else {}
                self.blocks(each, look | away)
        self._depth -= 1
        if self._depth >= _DEEPEST - 1:
            self._writing.notice(
                "Parts of it are nested deeper than any document's, and are left out."
            )

    def _paragraph(self, element: ET.Element, name: str, look: Look) -> None:
        style = attribute(element, "style-name")
        self._into.gap(self._gap)
        label, self._label = self._label, ""
        if name == "h" and not label:
            level = attribute(element, "outline-level") or "1"
            label = self._lists.label("", int(level) if level.isdecimal() else 1)
        if label:
            self._into.write(f"{label} ")
        self._inline(element, look | self._styles.look(style))
        self._into.gap(self._gap)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, look)

    def _list(self, element: ET.Element, look: Look, level: int, outer: str | None) -> None:
        self._depth += 1
        if self._depth < _DEEPEST:
            style = attribute(element, "style-name") or outer or self._style_of_items(element)
            goes_on = (
                attribute(element, "continue-numbering") == "true"
                or attribute(element, "continue-list") is not None
            )
            self._lists.begin(style, level, goes_on=goes_on)
            for item in element:
                counted = local(item) == "list-item"
                if counted and any(local(each) in {"p", "h"} for each in item):
                    self._label = self._lists.label(style, level)
                for each in item if counted or local(item) == "list-header" else ():
                    if local(each) == "list":
                        self._list(each, look, level + 1, style)
                    elif local(each) in {"p", "h"}:
                        self._paragraph(each, "p", look)
        self._depth -= 1

    def _style_of_items(self, element: ET.Element) -> str | None:
        first = next((each for each in element.iter() if local(each) == "p"), None)
        return self._styles.list_of(attribute(first, "style-name"))

    def _table(self, element: ET.Element, look: Look) -> None:
        for row in (each for each in element.iter() if local(each) == "table-row"):
            cells = [each for each in row if local(each) == "table-cell"]
            in_line = all(
                sum(1 for _ in cell.iter() if local(_) in {"p", "h"}) <= 1 for cell in cells
            )
            before, self._gap = self._gap, "\t" if in_line else "\n\n"
            self._into.gap("\n" if in_line else "\n\n")
            for cell in cells:
                if not any(local(each) == "table" for each in cell):
                    shaded = self._styles.look(attribute(cell, "style-name"))
                    self.blocks(cell, look | shaded)
            self._gap = before
            self._into.gap("\n" if in_line else "\n\n")
        self._into.gap("\n\n")

    def _inline(self, element: ET.Element, look: Look) -> None:
        self._depth += 1
        why = hidden(look)
        self._into.write(element.text or "", why)
        for each in element if self._depth < _DEEPEST else ():
            self._piece(each, look)
            self._into.write(each.tail or "", why)
        self._depth -= 1

    def _piece(self, each: ET.Element, look: Look) -> None:
        name = local(each)
        if name in {"s", "tab"}:
            self._into.write(" ")
        elif name == "line-break":
            self._into.gap("\n")
        elif name == "note":
            self._note(each)
        elif name == "annotation":
            self._comments += 1
            self._writing.notice("Comments in the margin are left out.")
        elif name == "frame":
            self._boxes += (box for box in each.iter() if local(box) == "text-box")
        elif name in {"hidden-text", "hidden-paragraph"}:
            words = attribute(each, "string-value") or each.text or ""
            self._into.write(words, hidden({"display": "none"}))
        elif name not in _UNREAD:
            self._inline(each, look | self._styles.look(attribute(each, "style-name")))

    def _note(self, element: ET.Element) -> None:
        mark = (attribute(child(element, "note-citation"), "label") or "").strip()
        mark = mark or "".join(_texts(child(element, "note-citation"))).strip()
        held = child(element, "note-body")
        if held is None or self._into is self._writing.notes:
            return
        self._into.write(f"[{mark}]")
        notes = self._writing.notes
        notes.gap("\n\n")
        notes.write(f"[{mark}] ")
        notes.hold()
        into, gap, self._into, self._gap = self._into, self._gap, notes, "\n\n"
        self.blocks(held, {})
        self._into, self._gap = into, gap


def _texts(element: ET.Element | None) -> list[str]:
    return [] if element is None else list(element.itertext())
