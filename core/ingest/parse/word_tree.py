"""Finds its way in the elements of a Word file, where one thing may be wrapped in many ways."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from core.ingest.parse.numbering import BULLET
from core.ingest.parse.zipped import attribute, child, local

# Columns of these draw the line of a caption.
_RULES = frozenset(")§|:*")
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings")


def within(element: ET.Element) -> Iterable[ET.Element]:
    """Rows or cells, also those in a content control or inserted under track changes."""
    for each in element:
        name = local(each)
        if name == "sdt":
            yield from content(each)
        elif name in {"ins", "customXml"}:
            yield from each
        else:
            yield each


def content(control: ET.Element) -> Iterable[ET.Element]:
    content = child(control, "sdtContent")
    return () if content is None else content


def chosen(alternatives: ET.Element) -> Iterable[ET.Element]:
    """The first of several ways to say one thing; the others say the same for older programs."""
    for name in ("Choice", "Fallback"):
        found = child(alternatives, name)
        if found is not None and len(found):
            return found
    return ()


def outermost(element: ET.Element, name: str) -> list[ET.Element]:
    found: list[ET.Element] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if local(each) == name:
            found.append(each)
        elif local(each) == "AlternateContent":
            waiting += reversed(list(chosen(each)))
        else:
            waiting += reversed(each)
    return found


def is_one_line(cell: ET.Element) -> bool:
    paragraphs = [each for each in cell if local(each) == "p" and words(each)]
    return len(paragraphs) <= 1 and child(cell, "tbl") is None


def is_rule(cell: ET.Element) -> bool:
    signs = set("".join(words(cell).split()))
    return bool(signs) and signs <= _RULES


def words(element: ET.Element) -> str:
    return "".join(each.text or "" for each in element.iter() if local(each) == "t").strip()


def symbol(element: ET.Element) -> str:
    """A character of a named font; in a font of signs its number is no character's."""
    font = (attribute(element, "font") or "").lower()
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    if font.startswith(_SYMBOL_FONTS):
        return BULLET if code else ""
    return chr(code & 0xFF if 0xF000 <= code <= 0xF0FF else code & 0xFFFF)
