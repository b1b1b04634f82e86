"""The text of a file as its reader writes it: paragraphs, footnotes apart, hidden words marked.

Every format comes out alike: one space between words, a blank line between paragraphs, nothing
in it that a page cannot show or a database cannot hold.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import (
    Attachment,
    Hidden,
    HiddenKind,
    Parsed,
    Taken,
    TakenKind,
    Unreadable,
)
from core.model import FileKind, Span

# Controls, the half of a character, soft hyphens, and the signs that turn or join what is shown:
# they hide words from a search, or show other words than there are.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_HALVES = re.compile("[\ud800-\udfff]")
_GAPS = re.compile(r"[^\S\n]+")
# From the least to the most: where two meet, the greater stays.
_ORDER = ("", " ", "\t", "\n", "\n\n")
_LONGEST_PROPERTY = 500  # characters


def shown(text: str) -> str:
    """Return a text without what cannot be shown or stored, its accents as one character."""
    if text.isascii() and text.isprintable():
        return text
    text = UNSEEN.sub("", _HALVES.sub("\ufffd", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str, longest: int = _LONGEST_PROPERTY) -> str:
    """Return a text as a name or a property is written."""
    return " ".join(shown(text).split())[:longest]


@dataclass(slots=True)
class Stream:
    """Text as it grows."""

    most: int
    parts: list[str] = field(default_factory=list[str])
    length: int = 0
    hidden: list[tuple[HiddenKind, int, int]] = field(
        default_factory=list[tuple[HiddenKind, int, int]]
    )
    _gap: str = ""
    # True after a footnote's mark, in whose line its first paragraph goes on.
    _held: bool = False

    def write(self, text: str, hidden: HiddenKind | None = None) -> None:
        """Write words; white space in them is one space. Raises Unreadable where it is too much."""
        words = _GAPS.sub(" ", shown(text).replace("\n", " "))
        stripped = words.strip(" ")
        if not stripped:
            self.gap(" " if words else "")
            return
        if words.startswith(" "):
            self.gap(" ")
        self._append(stripped, hidden)
        if words.endswith(" "):
            self.gap(" ")

    def gap(self, gap: str) -> None:
        """Part what was written from what comes; a greater gap takes the place of a smaller."""
        if self.length and not self._held:
            self._gap = max(self._gap, gap, key=_ORDER.index)

    def hold(self) -> None:
        """Go on in the same line, whatever gaps come before the next word."""
        self._held = True

    def _append(self, words: str, hidden: HiddenKind | None) -> None:
        start = self.length + len(self._gap)
        self.parts += (self._gap, words)
        self.length = start + len(words)
        if self.length > self.most:
            raise Unreadable(f"There are more than {self.most:,} characters of text in this file.")
        if hidden:
            self._mark(hidden, start)
        self._gap, self._held = "", False

    def _mark(self, kind: HiddenKind, start: int) -> None:
        if self.hidden and self.hidden[-1][0] == kind:
            _, before, end = self.hidden[-1]
            if end + len(self._gap) == start:
                self.hidden[-1] = (kind, before, self.length)
                return
        self.hidden.append((kind, start, self.length))


class Writing:
    """A body, its footnotes, and what else a reader has to say of a file."""

    def __init__(self, limits: Limits) -> None:
        self.body = Stream(most=limits.characters)
        self.notes = Stream(most=limits.characters)
        self.properties: dict[str, str] = {}
        self.taken: list[Taken] = []
        self.attachments: list[Attachment] = []
        self.notices: list[str] = []

    def tell(self, name: str, value: str | None) -> None:
        """Note a property of the file, where it has one."""
        words = one_line(value or "")
        if words:
            self.properties[name] = words

    def take(self, kind: TakenKind, words: str) -> None:
        """Note words of the head or foot of every page; once, however often they are there."""
        words = one_line(words)
        if words and all(each.words != words for each in self.taken):
            self.taken.append(Taken(kind=kind, page=None, at=0, words=words))

    def notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    def parsed(self, kind: FileKind) -> Parsed:
        """Return all of it; footnotes follow the body after a blank line."""
        body, notes = "".join(self.body.parts), "".join(self.notes.parts)
        gap = "\n\n" if body and notes else ""
        start = len(body) + len(gap)
        if start + len(notes) > self.body.most:
            raise Unreadable(
                f"There are more than {self.body.most:,} characters of text in this file."
            )
        return Parsed(
            kind=kind,
            text=body + gap + notes,
            pages=(),
            footnotes_start=start if notes else None,
            properties=self.properties,
            taken=tuple(self.taken),
            hidden=(*_spans(self.body, 0), *_spans(self.notes, start)),
            attachments=tuple(self.attachments),
            notices=tuple(self.notices),
        )


def _spans(stream: Stream, moved: int) -> list[Hidden]:
    return [
        Hidden(kind=kind, page=None, span=Span(start + moved, end + moved))
        for kind, start, end in stream.hidden
    ]
