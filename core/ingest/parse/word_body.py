"""Reads the paragraphs of a Word file in their order, tables row by row, footnotes apart.

What somebody struck out under track changes is not read; what was hidden is, and marked so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from core.ingest.parse.numbering import BULLET, Numbering, roman
from core.ingest.parse.parsed import HiddenKind
from core.ingest.parse.word_look import Looks, filled
from core.ingest.parse.word_tree import (
    chosen,
    content,
    is_one_line,
    is_rule,
    outermost,
    symbol,
    within,
)
from core.ingest.parse.writing import Stream
from core.ingest.parse.zipped import attribute, child, local

# Tables in boxes in tables: deeper than any document's, a parser's bomb.
_DEEPEST = 60
_WHITE = "FFFFFF"
_STRUCK = frozenset({"del", "moveFrom"})
# What holds blocks, or runs, and is nothing itself.
_HOLDERS = frozenset({"ins", "moveTo", "customXml", "smartTag", "sdtContent", "hyperlink", "dir"})
_MORE_HOLDERS = frozenset({"bdo", "ruby", "rubyBase", "oMathPara", "fldSimple"})
# Fields that are another number on each page.
_OF_THE_PAGE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


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
        self._paper: str = _WHITE
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
                self.blocks(content(each))
            elif name == "AlternateContent":
                self.blocks(chosen(each))
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
        rows = [row for row in within(table) if local(row) == "tr"]
        for row in rows:
            if child(row, "trPr", "del") is not None:
                self.seen.struck += 1
                continue
            cells = [cell for cell in within(row) if local(cell) == "tc" and not is_rule(cell)]
            in_line = all(map(is_one_line, cells))
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
                self._inline(content(each), style)
            elif name == "fldSimple":
                self._simple_field(each, style)
            elif name in _HOLDERS or name in _MORE_HOLDERS:
                self._inline(each, style)
            elif name == "AlternateContent":
                self._inline(chosen(each), style)
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
                self._write(symbol(each), hidden)
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
            for each in chosen(element):
                self._boxed(each, style)
        elif name in {"drawing", "pict", "object"}:
            # A box in a box is met again when the outer one is read.
            self._boxes += outermost(element, "txbxContent")
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
