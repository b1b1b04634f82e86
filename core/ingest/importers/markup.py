"""Reads an opinion out of HTML or XML: its text in reading order, its printed pages, its notes.

Page marks leave the text and become page labels; footnotes leave the body and follow it, as
they are printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.ingest.importers.cleaning import clean
from core.model import PageLabel

# Between these, text is another paragraph.
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"),
        *("tbody", "thead", "title", "tr", "ul"),
        # Harvard's XML, as CourtListener passes it on.
        *("author", "opinion", "parties", "docketnumber", "court", "decisiondate", "attorneys"),
        *("judges", "headnotes", "summary", "syllabus", "footnote", "footnote_body"),
    }
)
_UNREAD = frozenset({"script", "style", "head", "template", "noscript", "svg", "iframe", "object"})
_GAPS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")
# Markup deeper than any opinion's: a parser's bomb, read no further.
_DEEPEST = 200
_STAR = re.compile(r"^\W*\*+\s*(?P<label>[\w-]+)\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """The text of a piece of markup, footnotes at the end, and where its pages begin."""

    text: str
    footnotes_start: int | None
    pages: tuple[PageLabel, ...]


NOTHING = MarkedText(text="", footnotes_start=None, pages=())


def read_markup(markup: str) -> MarkedText:
    """Read a whole document, or a fragment, of HTML or of the XML that case reporters use."""
    parser = LexborHTMLParser(clean(markup)[0])
    return read_node(parser.root) if parser.root else NOTHING


def read_node(node: LexborNode) -> MarkedText:
    """Read one element and what is in it."""
    writing = _Writing()
    _walk(node, writing, 0)
    body, notes = writing.body.close(), writing.notes.close()
    if not notes.text:
        return MarkedText(text=body.text, footnotes_start=None, pages=tuple(body.pages))
    start = len(body.text) + 2 if body.text else 0
    text = f"{body.text}\n\n{notes.text}" if body.text else notes.text
    moved = (PageLabel(start=page.start + start, label=page.label) for page in notes.pages)
    return MarkedText(text=text, footnotes_start=start, pages=(*body.pages, *moved))


def page_label(node: LexborNode) -> str | None:
    """Return the label of a page mark in any of the forms that sources use; None for others."""
    attributes = node.attributes
    named = set((attributes.get("class") or "").split())
    if "page-label" in named:
        return _label(attributes.get("data-label") or node.text())
    if node.tag == "page-number":
        return _label(attributes.get("label") or node.text())
    if named & {"star-pagination", "pagenum", "page-number"}:
        return _label(attributes.get("label") or node.text())
    return None


def _label(written: str) -> str | None:
    found = _STAR.match(written.strip()) if "*" in written else None
    return (found["label"] if found else written.strip().strip("[]*")) or None


@dataclass(slots=True)
class _Stream:
    """Text as it grows: paragraphs parted by one blank line, one space between words."""

    parts: list[str] = field(default_factory=list[str])
    length: int = 0
    pages: list[PageLabel] = field(default_factory=list[PageLabel])
    pending: str = ""
    # True after a footnote's mark: its text goes on in the same line.
    glued: bool = False

    def write(self, text: str) -> None:
        words = _GAPS.sub(" ", text.replace("\n", " "))
        stripped = words.strip(" ")
        if not stripped:
            self._gap(" " if words else "")
            return
        if words.startswith(" "):
            self._gap(" ")
        self._append(stripped)
        if words.endswith(" "):
            self._gap(" ")

    def write_lines(self, text: str) -> None:
        """Write text that was set line by line, as in `<pre>`: a blank line parts paragraphs."""
        for n, line in enumerate(text.split("\n")):
            if n:
                self._gap("\n\n" if self.pending == "\n" else "\n")
            self.write(line)

    def _gap(self, gap: str) -> None:
        if self.length and not self.glued:
            self.pending = max(self.pending, gap, key=_weight)

    def _append(self, text: str) -> None:
        piece = self.pending + text
        self.pending, self.glued = "", False
        self.parts.append(piece)
        self.length += len(piece)

    def break_line(self) -> None:
        self._gap("\n")

    def break_paragraph(self) -> None:
        self._gap("\n\n")

    def page(self, label: str) -> None:
        """Mark a page; it begins at the next character written."""
        start = self.length + len(self.pending)
        if not any(page.label == label or page.start == start for page in self.pages[-1:]):
            self.pages.append(PageLabel(start=start, label=label))

    def close(self) -> _Closed:
        text = "".join(self.parts)
        pages = [page for page in self.pages if page.start < len(text)]
        return _Closed(text=text, pages=pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Closed:
    text: str
    pages: list[PageLabel]


def _weight(gap: str) -> int:
    return ("", " ", "\n", "\n\n").index(gap)


@dataclass(slots=True)
class _Writing:
    body: _Stream = field(default_factory=_Stream)
    notes: _Stream = field(default_factory=_Stream)
    # Within `<pre>`, where a line end is a line end.
    by_line: bool = False


def _walk(
    node: LexborNode, writing: _Writing, depth: int, *, skip: LexborNode | None = None
) -> None:
    child = node.child
    while child is not None:
        if skip is None or child.mem_id != skip.mem_id:
            _read(child, writing, depth + 1)
        child = child.next


def _read(node: LexborNode, writing: _Writing, depth: int) -> None:
    tag = node.tag or "-"
    if tag == "-text":
        write = writing.body.write_lines if writing.by_line else writing.body.write
        write(node.text_content or "")
    elif tag in _UNREAD or tag.startswith(("-", "!")) or depth > _DEEPEST:
        return
    elif label := page_label(node):
        writing.body.page(label)
    elif tag == "br":
        writing.body.break_line()
    elif _is_footnote(node):
        _read_footnote(node, writing, depth)
    else:
        if tag in _BLOCKS:
            writing.body.break_paragraph()
        by_line, writing.by_line = writing.by_line, writing.by_line or tag == "pre"
        _walk(node, writing, depth)
        writing.by_line = by_line
        if tag in _BLOCKS:
            writing.body.break_paragraph()
        elif tag in {"td", "th"}:
            writing.body.write(" ")


def _is_footnote(node: LexborNode) -> bool:
    named = set((node.attributes.get("class") or "").split())
    if node.tag in {"footnote", "footnote_body"}:
        return True
    return node.tag in {"aside", "div"} and bool(named & {"footnote", "footnotes"})


def _read_footnote(node: LexborNode, writing: _Writing, depth: int) -> None:
    """Read a note apart from the body. Its page marks are the body's, printed twice: left out."""
    notes = writing.notes
    pages = list(notes.pages)
    notes.break_paragraph()
    mark, label = _note_mark(node)
    if label:
        notes.write(label)
        after = node.text().strip().removeprefix(label).lstrip() if mark else ""
        if not after.startswith((".", ",", ")")):
            notes.write(" ")
        notes.glued = True
    _walk(node, _Writing(body=notes), depth, skip=mark)
    notes.glued = False
    notes.break_paragraph()
    notes.pages[:] = pages


def _note_mark(node: LexborNode) -> tuple[LexborNode | None, str | None]:
    """Return the link back to the text that opens a note, and the note's number or sign."""
    first = node.child
    while first is not None and first.tag == "-text" and not (first.text_content or "").strip():
        first = first.next
    is_mark = first is not None and first.tag == "a"
    mark = first if is_mark else None
    label = node.attributes.get("data-label") or node.attributes.get("label")
    return mark, label or (mark.text().strip() if mark else None)
