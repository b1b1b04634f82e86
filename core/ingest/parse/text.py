"""Reads plain text in whatever encoding, its lines as they are."""

from __future__ import annotations

import re
from pathlib import Path

from core.ingest.parse.decoded import decoded
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.ingest.parse.writing import UNSEEN, shown
from core.model import FileKind

_LINE_ENDS = re.compile("\r\n?|\x85|\u2028")
_PAGE_ENDS = re.compile("\n*[\f\x0b\u2029]\n*")
_SPACES = re.compile(r"[^\S\n]+$", re.MULTILINE)
_MANY_BLANK_LINES = re.compile("\n{3,}")
# Old printers' commands, and a section sign in the code page of DOS.
_ESCAPES = re.compile("\x1b[^A-Za-z]{0,8}[A-Za-z]")


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:  # noqa: ARG001
    """Read a text. Raises Unreadable where it is too long."""
    if path.stat().st_size > 4 * limits.characters:
        raise Unreadable(
            f"There are more than {limits.characters:,} characters of text in this file."
        )
    text, guessed = decoded(path.read_bytes())
    if guessed == "cp437":
        text = text.replace("\x15", "§").replace("\x14", "¶")
    notices: list[str] = []
    if guessed is not None:
        notices.append(f"How its characters are written was guessed ({guessed}): check accents.")
    if UNSEEN.search(text.lstrip("\ufeff")):
        notices.append("Characters that cannot be seen were taken out.")
    return Parsed(
        kind=FileKind.TEXT,
        text=lined(text),
        pages=(),
        footnotes_start=None,
        properties={},
        taken=(),
        hidden=(),
        attachments=(),
        notices=tuple(notices),
    )


def lined(text: str) -> str:
    """Return a text with one kind of line end, and no more than one blank line between lines."""
    text = _PAGE_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", _ESCAPES.sub("", text)))
    text = _SPACES.sub("", shown(text))
    return _MANY_BLANK_LINES.sub("\n\n", text).strip()
