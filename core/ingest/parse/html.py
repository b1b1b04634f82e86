"""Reads HTML: what a page says, without what it does. Hidden words are read and marked.

Scripts are not run and not read, nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.ingest.parse.colours import BLACK, WHITE, Colour, colour, hidden_by_colour
from core.ingest.parse.decoded import decoded
from core.ingest.parse.limits import Limits
from core.ingest.parse.numbering import written
from core.ingest.parse.parsed import HiddenKind, Parsed
from core.ingest.parse.style_rules import StyleSheet, background, declared, unseen
from core.ingest.parse.writing import Stream, Writing
from core.model import FileKind

_PARAGRAPHS = frozenset(
    "address article aside blockquote center dd dl dt fieldset figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr main nav ol p section table ul pre figcaption".split()
)
# Between these, text is another line; a blank one where there is a paragraph as well.
_LINES = frozenset("div li tr option caption legend summary details body".split())
_UNREAD = frozenset(
    "script style head template noscript svg iframe object embed applet canvas math audio video "
    "select textarea".split()
)
_DEEPEST = 200  # elements in elements: a parser's bomb, read no further
_ENCODING = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_NOTES = frozenset({"footnote", "footnotes", "endnotes", "doc-footnote", "doc-endnotes"})
_LIST_FORMS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_PROPERTIES = {"author": "author", "date": "created", "dc.date": "created", "dc.creator": "author"}


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:  # noqa: ARG001
    """Read a web page. Raises Unreadable where it is too long."""
    writing = Writing(limits)
    write_page(page_text(path.read_bytes()), writing)
    return writing.parsed(FileKind.HTML)


def page_text(data: bytes) -> str:
    """Decode a page: as its bytes say, else as it says itself, else as it seems."""
    text, guessed = decoded(data)
    named = _ENCODING.search(data[:4096])
    if guessed is not None and named is not None:
        try:
            return data.decode(named[1].decode("ascii"), "replace")
        except (LookupError, UnicodeError):
            return text
    return text


def write_page(page: str, writing: Writing) -> None:
    """Write what a page says."""
    parser = LexborHTMLParser(page.replace("\x00", ""))
    if parser.root is None:
        return
    _tell(parser, writing)
    sheet = StyleSheet("\n".join(style.text() for style in parser.css("style")))
    _Walk(writing, sheet).inside(parser.body or parser.root, _Seen(), 0)


def _tell(parser: LexborHTMLParser, writing: Writing) -> None:
    title = parser.css_first("title")
    writing.tell("title", title.text() if title else None)
    for meta in parser.css("meta"):
        name = _PROPERTIES.get((meta.attributes.get("name") or "").lower())
        if name is not None:
            writing.tell(name, meta.attributes.get("content"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """How words are seen at one place of a page."""

    hidden: HiddenKind | None = None
    ink: Colour = BLACK
    paper: Colour = WHITE
    # Within `pre`, where a line end is a line end.
    by_line: bool = False


class _Walk:
    def __init__(self, writing: Writing, sheet: StyleSheet) -> None:
        self._writing = writing
        self._into: Stream = writing.body
        self._sheet = sheet
        # How many items each list around has had, and how it counts.
        self._lists: list[tuple[str, int]] = []

    def inside(self, node: LexborNode, seen: _Seen, depth: int) -> None:
        if depth > _DEEPEST:
            self._writing.notice(
                "Parts of it are nested deeper than any document's, and are left out."
            )
            return
        child = node.child
        while child is not None:
            tag = child.tag or "-"
            if tag == "-text":
                self._text(child.text_content or "", seen)
            elif tag not in _UNREAD and not tag.startswith(("-", "!")):
                self._element(child, tag, seen, depth + 1)
            child = child.next

    def _text(self, words: str, seen: _Seen) -> None:
        hidden = seen.hidden or hidden_by_colour(seen.ink, seen.paper)
        if not seen.by_line:
            self._into.write(words, hidden)
            return
        for n, line in enumerate(words.replace("\r\n", "\n").split("\n")):
            if n:
                self._into.gap("\n")
            self._into.write(line, hidden)

    def _element(self, node: LexborNode, tag: str, seen: _Seen, depth: int) -> None:
        attributes = node.attributes
        if _is_note(attributes) and self._into is self._writing.body:
            self._into = self._writing.notes
            self._into.gap("\n\n")
            self._element(node, tag, seen, depth)
            self._into = self._writing.body
            return
        seen = self._seen(tag, attributes, seen)
        gap = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES or tag == "br" else ""
        if tag in {"td", "th"}:
            gap = "\t"
        self._into.gap(gap)
        if tag in {"ol", "ul"}:
            self._list(node, tag, attributes, seen, depth)
        else:
            if tag == "li":
                self._number(attributes)
            self.inside(node, seen, depth)
        self._into.gap(gap)

    def _list(
        self,
        node: LexborNode,
        tag: str,
        attributes: dict[str, str | None],
        seen: _Seen,
        depth: int,
    ) -> None:
        kind = attributes.get("type") or declared(attributes.get("style") or "").get(
            "list-style-type", ""
        )
        form = _LIST_FORMS.get(kind, "decimal") if tag == "ol" and kind != "none" else ""
        self._lists.append((form, _number(attributes.get("start"), 1)))
        self.inside(node, seen, depth)
        self._lists.pop()

    def _number(self, attributes: dict[str, str | None]) -> None:
        form, number = self._lists[-1] if self._lists else ("", 0)
        if form:
            number = _number(attributes.get("value"), number)
            self._lists[-1] = (form, number + 1)
            self._into.write(f"{written(number, form)}. ")

    def _seen(self, tag: str, attributes: dict[str, str | None], seen: _Seen) -> _Seen:
        says = self._sheet.of(tag, attributes)
        ink = colour(says.get("color") or (attributes.get("color") if tag == "font" else None))
        paper = colour(background(says) or attributes.get("bgcolor"))
        by_line = seen.by_line or tag == "pre" or says.get("white-space", "").startswith("pre")
        if not says and not ink and not paper and by_line == seen.by_line:
            return replace(seen, hidden=HiddenKind.INVISIBLE) if "hidden" in attributes else seen
        is_hidden = HiddenKind.INVISIBLE if "hidden" in attributes else unseen(says)
        return _Seen(
            hidden=seen.hidden or is_hidden,
            ink=ink or seen.ink,
            paper=paper or seen.paper,
            by_line=by_line,
        )


def _is_note(attributes: dict[str, str | None]) -> bool:
    if not attributes:
        return False
    named = {*(attributes.get("class") or "").split(), attributes.get("role")}
    return bool(named & _NOTES) or "mso-element:footnote" in (
        attributes.get("style") or ""
    ).replace(" ", "")


def _number(written_: str | None, otherwise: int) -> int:
    return int(written_) if written_ and written_.isascii() and written_.isdecimal() else otherwise
