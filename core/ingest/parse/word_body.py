"""Reads the paragraphs of a Word file in their order, tables row by row, footnotes apart.

What somebody struck out under track changes is not read; what was hidden is, and marked so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET  # noqa: S405  trees come from `zipped.tree`

from core.ingest.parse.numbering import BULLET, Numbering, roman
from core.ingest.parse.parsed import HiddenKind
from core.ingest.parse.word_look import Looks, filled
from core.ingest.parse.writing import Stream
from core.ingest.parse.zipped import attribute, child, local

# Tables in boxes in tables: deeper than any document's, a parser's bomb.
_DEEPEST = 60
_WHITE = "FFFFFF"
# Columns of these draw the line of a caption.
_RULES = frozenset(")§|:*")
_STRUCK = frozenset({"del", "moveFrom"})
# What holds blocks, or runs, and is nothing itself.
_HOLDERS = frozenset({"ins", "moveTo", "customXml", "smartTag", "sdtContent", "hyperlink", "dir"})
_MORE_HOLDERS = frozenset({"bdo", "ruby", "rubyBase", "oMathPara", "fldSimple"})
# Fields that are another number on each page.
_OF_THE_PAGE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The footnotes, or the endnotes, of a file by their ids."""

    by_id: Mapping[str, ET.Element] = field(default_factory=dict[str, ET.Element])

    @classmethod
    def read(cls, root: ET.Element | None) -> Notes:
        each = root if root is not None else ()
        usual = (one for one in each if attribute(one, "type") in {None, "normal"})
        return cls(by_id={attribute(one, "id") or "": one for one in usual})


@dataclass(slots=True)
class Seen:
    """What was met on the way that its uploader should know of."""

    struck: int = 0
    embedded: int = 0
    too_deep: bool = False


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction comes first, then what it shows."""

    instruction: list[str] = field(default_factory=list[str])
    shows: bool = False

    def silent(self) -> bool:
        words = "".join(self.instruction).split()
        return not self.shows or bool(words and words[0].upper() in _OF_THE_PAGE)


class Body:
    """Writes one part of a file, its body or a header, into a stream."""

    def __init__(
        self,
        *,
        looks: Looks,
        numbering: Numbering,
        into: Stream,
        notes: Callable[[str, ET.Element], str | None],
    ) -> None:
        self.seen = Seen()
        self._looks = looks
        self._numbering = numbering
        self._into = into
        # Writes a footnote that is referred to and returns its mark; None where there is none.
        self._notes = notes
        self._fields: list[_Field] = []
        self._boxes: list[ET.Element] = []
        # The colour behind the words, and how paragraphs are parted.
        self._paper = _WHITE
        self._gap = "\n\n"
        self._depth = 0

    def blocks(self, element: Iterable[ET.Element]) -> None:
        """Write the paragraphs and tables of an element."""
        self._depth += 1
        for each in element if self._depth < _DEEPEST else self._cut(element):
            name = local(each)
            if name == "p":
                self._paragraph(each)
            elif name == "tbl":
                self._table(each)
            elif name in _HOLDERS:
                self.blocks(each)
            elif name == "sdt":
                self.blocks(_content(each))
            elif name == "AlternateContent":
                self.blocks(_chosen(each))
            elif name in _STRUCK:
                self.seen.struck += 1
            elif name == "altChunk":
                self.seen.embedded += 1
        self._depth -= 1

    def _cut(self, element: Iterable[ET.Element]) -> tuple[ET.Element, ...]:
        self.seen.too_deep = self.seen.too_deep or any(True for _ in element)
        return ()

    def _paragraph(self, paragraph: ET.Element) -> None:
        settings = child(paragraph, "pPr")
        style = attribute(child(settings, "pStyle"), "val")
        paper = self._paper
        self._paper = filled(settings) or paper
        self._into.gap(self._gap)
        if any(local(each) != "pPr" for each in paragraph):
            self._label(settings, style)
        self._inline(paragraph, style)
        self._paper = paper
        # An instruction never goes on in the next paragraph; one that seems to is broken.
        self._fields = [each for each in self._fields if each.shows]
        self._into.gap(self._gap)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _label(self, settings: ET.Element | None, style: str | None) -> None:
        numbered = child(settings, "numPr")
        number = attribute(child(numbered, "numId"), "val")
        level = attribute(child(numbered, "ilvl"), "val")
        if number is None:
            number, of_style = self._looks.numbering(style)
            level = of_style if level is None else level
        label = self._numbering.label(number, level, style)
        if label and label != BULLET:
            self._into.write(f"{label} ")

    def _table(self, table: ET.Element) -> None:
        rows = [row for row in _within(table) if local(row) == "tr"]
        for row in rows:
            if child(row, "trPr", "del") is not None:
                self.seen.struck += 1
                continue
            cells = [cell for cell in _within(row) if local(cell) == "tc" and not _is_rule(cell)]
            in_line = all(map(_is_one_line, cells))
            self._into.gap("\n" if in_line else "\n\n")
            for cell in cells:
                self._cell(cell, "\t" if in_line else "\n\n")
            self._into.gap("\n" if in_line else "\n\n")
        self._into.gap("\n\n")

    def _cell(self, cell: ET.Element, gap: str) -> None:
        paper, before = self._paper, self._gap
        self._paper, self._gap = filled(child(cell, "tcPr")) or paper, gap
        self.blocks(cell)
        self._paper, self._gap = paper, before

    def _inline(self, element: Iterable[ET.Element], style: str | None) -> None:
        self._depth += 1
        for each in element if self._depth < _DEEPEST else self._cut(element):
            name = local(each)
            if name == "r":
                self._run(each, style)
            elif name in _STRUCK:
                self.seen.struck += 1
            elif name == "sdt":
                self._inline(_content(each), style)
            elif name == "fldSimple":
                self._simple_field(each, style)
            elif name in _HOLDERS or name in _MORE_HOLDERS:
                self._inline(each, style)
            elif name == "AlternateContent":
                self._inline(_chosen(each), style)
            elif name == "oMath":
                words = "".join(one.text or "" for one in each.iter() if local(one) == "t")
                self._write(words, None)
        self._depth -= 1

    def _simple_field(self, element: ET.Element, style: str | None) -> None:
        of = _Field(instruction=[attribute(element, "instr") or ""], shows=True)
        self._fields.append(of)
        self._inline(element, style)
        # Taken off by identity: what stood in it may have begun fields without an end.
        self._fields = [each for each in self._fields if each is not of]

    def _run(self, run: ET.Element, style: str | None) -> None:
        hidden = self._looks.hidden(child(run, "rPr"), style, self._paper)
        for each in run:
            name = local(each)
            if name == "t":
                self._write(each.text or "", hidden)
            elif name in {"tab", "ptab"}:
                self._write(" ", hidden)
            elif name in {"br", "cr"}:
                self._into.gap("\n")
            elif name == "noBreakHyphen":
                self._write("-", hidden)
            elif name == "sym":
                self._write(_symbol(each), hidden)
            elif name == "fldChar":
                self._field(attribute(each, "fldCharType"))
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction.append(each.text or "")
            elif name in {"footnoteReference", "endnoteReference"}:
                self._note(name, each)
            else:
                self._boxed(each, style)

    def _write(self, words: str, hidden: HiddenKind | None) -> None:
        if not any(each.silent() for each in self._fields):
            self._into.write(words, hidden)

    def _field(self, part: str | None) -> None:
        if part == "begin":
            self._fields.append(_Field())
        elif part == "separate" and self._fields:
            self._fields[-1].shows = True
        elif part == "end" and self._fields:
            self._fields.pop()

    def _note(self, name: str, reference: ET.Element) -> None:
        mark = self._notes(name, reference)
        if mark is not None:
            self._write(mark, None)

    def _boxed(self, element: ET.Element, style: str | None) -> None:
        """Words in a drawn box follow the paragraph that it hangs on."""
        name = local(element)
        if name == "AlternateContent":
            for each in _chosen(element):
                self._boxed(each, style)
        elif name in {"drawing", "pict", "object"}:
            # A box in a box is met again when the outer one is read.
            self._boxes += _outermost(element, "txbxContent")
            if any(local(each) == "OLEObject" for each in element.iter()):
                self.seen.embedded += 1


def counting(
    looks: Looks, numbering: Numbering, into: Stream, notes: dict[str, Notes]
) -> tuple[Callable[[str, ET.Element], str | None], Seen]:
    """Make what writes footnotes as they are referred to: numbered from 1, endnotes from i."""
    counts = {"footnoteReference": 0, "endnoteReference": 0}
    writer = Body(looks=looks, numbering=numbering, into=into, notes=lambda _name, _each: None)

    def write(name: str, reference: ET.Element) -> str | None:
        note = notes[name].by_id.get(attribute(reference, "id") or "")
        if note is None:
            return None
        counts[name] += 1
        count = counts[name]
        mark = f"[{count if name == 'footnoteReference' else roman(count)}]"
        into.gap("\n\n")
        into.write(f"{mark} ")
        into.hold()
        writer.blocks(note)
        return mark

    return write, writer.seen


def _within(element: ET.Element) -> Iterable[ET.Element]:
    """Rows or cells, also those in a content control or inserted under track changes."""
    for each in element:
        name = local(each)
        if name == "sdt":
            yield from _content(each)
        elif name in {"ins", "customXml"}:
            yield from each
        else:
            yield each


def _content(control: ET.Element) -> Iterable[ET.Element]:
    content = child(control, "sdtContent")
    return () if content is None else content


def _chosen(alternatives: ET.Element) -> Iterable[ET.Element]:
    """The first of several ways to say one thing; the others say the same for older programs."""
    for name in ("Choice", "Fallback"):
        found = child(alternatives, name)
        if found is not None and len(found):
            return found
    return ()


def _outermost(element: ET.Element, name: str) -> list[ET.Element]:
    found: list[ET.Element] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if local(each) == name:
            found.append(each)
        elif local(each) == "AlternateContent":
            waiting += reversed(list(_chosen(each)))
        else:
            waiting += reversed(each)
    return found


def _is_one_line(cell: ET.Element) -> bool:
    paragraphs = [each for each in cell if local(each) == "p" and _words(each)]
    return len(paragraphs) <= 1 and child(cell, "tbl") is None


def _is_rule(cell: ET.Element) -> bool:
    words = set("".join(_words(cell).split()))
    return bool(words) and words <= _RULES


def _words(element: ET.Element) -> str:
    return "".join(each.text or "" for each in element.iter() if local(each) == "t").strip()


def _symbol(element: ET.Element) -> str:
    """A character of a named font; in a font of signs its number is no character's."""
    font = (attribute(element, "font") or "").lower()
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    if font.startswith(_SYMBOL_FONTS):
        return BULLET if code else ""
    return chr(code & 0xFF if 0xF000 <= code <= 0xF0FF else code & 0xFFFF)
