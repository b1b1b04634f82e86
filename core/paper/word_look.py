"""How the Word files that are written here look: the styles, which a firm may change in Word."""

from __future__ import annotations

from typing import Any, cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

from core.paper.paper import Manner
from core.paper.sheet import (
    FONT,
    HEADING_LINE,
    HEADING_SIZE,
    NOTE_LINE,
    NOTE_SIZE,
    TEXT_WIDE,
    Setting,
    setting,
)

SMALL = "Small"
STYLES = {
    Manner.BODY: "Normal",
    Manner.QUOTE: "Quote",
    Manner.ITEM: "List Bullet",
    Manner.SMALL: SMALL,
}
HEADING = ("Heading 1", "Heading 2", "Heading 3")
# Word knows these by their names, in small letters.
NOTE_TEXT, NOTE_MARK = "footnote text", "footnote reference"
TABLE_ENTRY, TABLE_HEADING = "table of authorities", "toa heading"


def dress(document: Document, *, brief: bool) -> None:
    """Set the styles of a new document."""
    for manner, name in STYLES.items():
        _set(_style(document, name), setting(manner, brief=brief))
    _set(_style(document, NOTE_TEXT), Setting(size=NOTE_SIZE, line=NOTE_LINE, after=0))
    _made(document, NOTE_MARK, WD_STYLE_TYPE.CHARACTER).font.superscript = True
    for name, size in (*((each, HEADING_SIZE) for each in HEADING), ("Title", 14.0)):
        _head(_style(document, name), size)
    _head(_style(document, TABLE_HEADING), HEADING_SIZE)
    _style(document, HEADING[1]).font.italic = True
    _style(document, "Title").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _entries(_style(document, TABLE_ENTRY))


def _style(document: Document, name: str) -> ParagraphStyle:
    """Return a style of paragraphs, made where the document has none of the name."""
    if name not in document.styles:
        made = _made(document, name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
    return cast("ParagraphStyle", document.styles[name])


def _made(document: Document, name: str, kind: WD_STYLE_TYPE) -> Any:  # noqa: ANN401  untyped there
    return cast("Any", document.styles).add_style(name, kind, builtin=name != SMALL)


def _set(style: ParagraphStyle, how: Setting) -> None:
    _type(style, how.size)
    style.font.italic = False
    _space(style, how.line, after=how.after)
    if style.name != STYLES[Manner.ITEM]:  # the dot has an indent of its own
        style.paragraph_format.first_line_indent = Pt(how.first)
        style.paragraph_format.left_indent = Pt(how.inset)
        style.paragraph_format.right_indent = Pt(how.inset)


def _head(style: ParagraphStyle, size: float) -> None:
    _type(style, size)
    style.font.bold = True
    _space(style, HEADING_LINE, after=0)
    style.paragraph_format.first_line_indent = Pt(0)
    style.paragraph_format.keep_with_next = True
    for rule in _inner(style).xpath(".//w:pBdr"):
        rule.getparent().remove(rule)


def _entries(style: ParagraphStyle) -> None:
    """A case on a line, dots, and its pages at the right margin."""
    _set(style, Setting(size=12, line=14, after=8))
    layout = style.paragraph_format
    layout.left_indent, layout.first_line_indent = Pt(18), Pt(-18)
    layout.right_indent = Pt(36)
    tabs = cast("Any", layout.tab_stops)
    tabs.add_tab_stop(Pt(TEXT_WIDE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _type(style: ParagraphStyle, size: float) -> None:
    """Set type and size, for every script and in black: themes say otherwise."""
    style.font.name, style.font.size = FONT, Pt(size)
    look = _inner(style).get_or_add_rPr()
    for colour in look.xpath("w:color"):
        look.remove(colour)
    (fonts,) = look.xpath("w:rFonts")
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _space(style: ParagraphStyle, line: float, *, after: float) -> None:
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    layout.space_before, layout.space_after = Pt(0), Pt(after)


def _inner(style: ParagraphStyle) -> Any:  # noqa: ANN401  lxml's element, which has no types
    return cast("Any", style).element
