"""Writes a paper as a Word file: real footnotes, real fields, a table of authorities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, cast

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from core.paper import word_parts as parts
from core.paper.pagination import pages_in_words, pages_of
from core.paper.paper import Authority, Heading, Note, Paper, Piece, Table, Text, cited
from core.paper.sheet import HIGH, MARGIN, TEXT_WIDE, WIDE
from core.paper.word_look import (
    HEADING,
    NOTE_MARK,
    NOTE_TEXT,
    SMALL,
    STYLES,
    TABLE_ENTRY,
    TABLE_HEADING,
    dress,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST_PROPERTY = 250  # characters; the format allows 255

Element = Any  # lxml's, which has no types


def word(paper: Paper) -> bytes:
    """Return the paper as a DOCX file."""
    writer = _Writer(paper)
    writer.write()
    out = BytesIO()
    writer.document.save(out)
    return out.getvalue()


class _Writer:
    """A paper on its way into a Word file."""

    def __init__(self, paper: Paper) -> None:
        self.document = docx.Document()
        self._paper = paper
        self._notes: list[Note] = []
        dress(self.document, brief=paper.brief)
        _describe(self.document, paper)

    def write(self) -> None:
        self._front()
        for block in self._paper.blocks:
            if isinstance(block, Heading):
                self._add(block.words, HEADING[min(block.level, len(HEADING)) - 1])
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._fill(self._add("", STYLES[block.manner]), block.pieces)
        if self._notes:
            self._attach_notes()
        if self._paper.authorities:
            # Word asks before it counts the pages anew.
            _set(self.document, '<w:updateFields w:val="true"/>')

    def _front(self) -> None:
        """Write who, when and what; the table of authorities on pages of its own."""
        for line in filter(None, self._paper.head):
            self._add(line, SMALL)
        self._add(self._paper.title, "Title")
        authorities = cited(self._paper) if self._paper.authorities else ()
        _number(self.document.sections[0], self._paper.foot, roman=bool(authorities))
        if authorities:
            self._authorities(authorities)
            body = self.document.add_section(WD_SECTION.NEW_PAGE)
            _number(body, self._paper.foot, roman=False)

    def _authorities(self, authorities: Sequence[Authority]) -> None:
        pages = pages_of(self._paper)
        self._add("Table of Authorities", HEADING[0])
        first = last = self._add("", TABLE_HEADING)
        _extend(first, parts.opened(f'TOA \\h \\c "{parts.CASES}" \\p', stale=True))
        first.add_run("Cases")
        for each in authorities:
            last = self._add("", TABLE_ENTRY)
            last.add_run(parts.writable(each.name)).italic = True
            last.add_run(parts.writable(f"{each.rest}\t{pages_in_words(pages[each])}"))
        _extend(last, parts.border("end"))

    def _add(self, words: str, style: str) -> WordParagraph:
        return self.document.add_paragraph(parts.writable(words), style=style)

    def _fill(self, paragraph: WordParagraph, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Text):
                _extend(paragraph, parts.run(piece))
            elif isinstance(piece, Authority):
                _extend(paragraph, parts.mark(piece))
            else:
                self._notes.append(piece)
                _extend(paragraph, parts.call(len(self._notes), self._style_id(NOTE_MARK)))

    def _attach_notes(self) -> None:
        written = parts.footnotes(
            self._notes,
            text_style=self._style_id(NOTE_TEXT),
            mark_style=self._style_id(NOTE_MARK),
        )
        package = self.document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, written, package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _set(self.document, parts.footnote_settings())

    def _style_id(self, name: str) -> str:
        return self.document.styles[name].style_id

    def _table(self, table: Table) -> None:
        made = self.document.add_table(rows=0, cols=len(table.head), style="Table Grid")
        made.autofit = False
        widths = [Pt(TEXT_WIDE * share) for share in table.widths]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for row in (table.head, *table.rows):
            for cell, words, width in zip(made.add_row().cells, row, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.style = SMALL
                _extend(paragraph, parts.run(Text(words=words, bold=row is table.head)))
        # The head stands on every page that the table is on.
        _inner(made.rows[0]).get_or_add_trPr().extend(_elements("<w:tblHeader/>"))
        self._add("", SMALL)


def _describe(document: Document, paper: Paper) -> None:
    told = document.core_properties
    told.title = parts.writable(paper.title)[:_LONGEST_PROPERTY]
    told.author = told.last_modified_by = parts.writable(paper.author)[:_LONGEST_PROPERTY]
    told.comments = ""
    told.created = told.modified = datetime.now(UTC)


def _number(section: Section, foot: str, *, roman: bool) -> None:
    """Set size and margins of a section, and at its foot the page's number and what is said."""
    section.page_width, section.page_height = Pt(WIDE), Pt(HIGH)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin = section.bottom_margin = Pt(MARGIN)
    inner = cast("Element", section)._sectPr  # noqa: SLF001  as in `_inner`
    for old in inner.xpath("w:pgNumType"):
        inner.remove(old)
    form = "lowerRoman" if roman else "decimal"
    (numbers,) = _elements(f'<w:pgNumType w:fmt="{form}" w:start="1"/>')
    inner.xpath("w:cols")[0].addprevious(numbers)
    section.footer.is_linked_to_previous = False
    line = section.footer.paragraphs[0]
    # LibreOffice goes by the field alone.
    _extend(line, parts.field("PAGE \\* roman", "i") if roman else parts.field("PAGE", "1"))
    said = section.footer.add_paragraph(parts.writable(foot)) if foot else line
    for each in (line, said):
        each.style, each.alignment = SMALL, WD_ALIGN_PARAGRAPH.CENTER


# Elements of settings.xml that stand behind those that are set here: their order is fixed.
_BEHIND_NOTES = """
    endnotePr compat docVars rsids mathPr uiCompat97To2003 attachedSchema themeFontLang
    clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions
    readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol
    listSeparator
""".split()
_BEHIND = {
    "footnotePr": _BEHIND_NOTES,
    "updateFields": ["hdrShapeDefaults", "footnotePr", *_BEHIND_NOTES],
}


def _set(document: Document, told: str) -> None:
    """Put an element into the document's settings, at its place."""
    settings = cast("Element", document.settings.element)
    (element,) = _elements(told)
    behind = _BEHIND[_local(element)]
    following = next((each for each in settings if _local(each) in behind), None)
    if following is None:
        settings.append(element)
    else:
        following.addprevious(element)


def _extend(paragraph: WordParagraph, written: str) -> None:
    _inner(paragraph).extend(_elements(written))


def _elements(written: str) -> list[Element]:
    """Return markup as elements of python-docx's."""
    return list(cast("Element", parse_xml(f'<w:p xmlns:w="{parts.SPACE}">{written}</w:p>')))


def _inner(proxy: object) -> Element:
    """Return the element that one of python-docx's objects stands for: it has no other way in."""
    return cast("Any", proxy)._element  # noqa: SLF001


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
