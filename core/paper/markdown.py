"""Writes a paper as Markdown: words stay words, whatever signs stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from core.paper.paper import (
    Heading,
    Manner,
    Note,
    Paper,
    Paragraph,
    Piece,
    Table,
    Text,
    cited,
)

_SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
# At the beginning of a line these would make a heading, a list, a rule or a quotation.
_OPENING = re.compile(r"^(\s*)([#+\-=]|\d+[.)])", re.MULTILINE)
_LINK = re.compile(r"\b(https?|ftp|mailto|www)(?=[:.])", re.IGNORECASE)


def markdown(paper: Paper) -> str:
    """Return the paper as Markdown, its footnotes at the end."""
    notes: list[str] = []
    parts = [" · ".join(map(_plain, filter(None, paper.head))), f"# {_plain(paper.title)}"]
    if paper.authorities:
        parts += _authorities(paper)
    parts += [_block(block, notes) for block in paper.blocks]
    parts += ["\n".join(notes)] if notes else []
    parts += ["---", _plain(paper.foot)] if paper.foot else []
    return "\n\n".join(filter(None, parts)) + "\n"


def _authorities(paper: Paper) -> Iterator[str]:
    yield "## Table of authorities"
    yield "\n".join(f"- *{_plain(each.name)}*{_plain(each.rest)}" for each in cited(paper))


def _block(block: Heading | Paragraph | Table, notes: list[str]) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {_plain(block.words)}"
    if isinstance(block, Table):
        return "\n".join(_table(block))
    words = _OPENING.sub(_held, _pieces(block.pieces, notes))
    if block.manner is Manner.QUOTE:
        return "\n".join(f"> {line}" for line in words.split("\n"))
    return f"- {words}" if block.manner is Manner.ITEM else words


def _held(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{match[1]}{sign[:-1]}\\{sign[-1]}"


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row(["---"] * len(table.head), written=True)
    yield from map(_row, table.rows)


def _row(cells: Iterable[str], *, written: bool = False) -> str:
    shown = (cell if written else _plain(cell).replace("\n", " ") for cell in cells)
    return f"| {' | '.join(shown)} |"


def _pieces(pieces: Iterable[Piece], notes: list[str]) -> str:
    written = ""
    for piece in pieces:
        if isinstance(piece, Text):
            written += _typed(piece)
        elif isinstance(piece, Note):
            number = len(notes) + 1
            notes.append("")
            notes[number - 1] = f"[^{number}]: {_pieces(piece.pieces, [])}"
            written += f"[^{number}]"
    return written


def _typed(text: Text) -> str:
    words = _plain(text.words)
    mark = "*" * (text.italic + 2 * text.bold)
    inner = words.strip()
    if not mark or not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"


def _plain(words: str) -> str:
    """Return words in which no sign means anything, and no address becomes a link."""
    return _LINK.sub("\\1\N{WORD JOINER}", _SIGNS.sub(r"\\\1", words))
