"""A paper before it is a file: headings, paragraphs, tables, footnotes, cited authorities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A run of words in one type."""

    words: str
    italic: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A case cited here; the table of authorities lists it in full and says on which pages."""

    # Set in italics, then the rest: `Nken v. Holder` and `, 556 U.S. 418 (2009)`.
    name: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote, hung where it stands among the pieces of a paragraph."""

    pieces: tuple[Text | Authority, ...]


Piece = Text | Authority | Note


class Manner(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    # Set off, without quotation marks.
    QUOTE = "quote"
    ITEM = "item"
    # Small: what is said about the paper, not in it.
    SMALL = "small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    manner: Manner = Manner.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    words: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    # The share of the width that each column has.
    widths: tuple[float, ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    title: str
    # What the file is called, without its ending.
    called: str
    # Lines above the title: the firm, the matter, the date.
    head: tuple[str, ...]
    blocks: tuple[Block, ...]
    # At the foot of every page, beside its number.
    foot: str = ""
    # With a table of authorities, and as briefs are set: double-spaced.
    authorities: bool = False
    brief: bool = False
    author: str = ""


def plain(words: str) -> tuple[Text, ...]:
    """Set words plainly."""
    return (Text(words=words),)


def paragraph(*words: str | Piece, manner: Manner = Manner.BODY) -> Paragraph:
    """Set a paragraph of words and other pieces."""
    pieces = tuple(Text(words=each) if isinstance(each, str) else each for each in words)
    return Paragraph(pieces=pieces, manner=manner)


def cited(paper: Paper) -> tuple[Authority, ...]:
    """Return every authority of a paper once, by name without regard to capitals, then place."""
    found = {each for block in paper.blocks for each in authorities_in(block)}
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.rest)))


def authorities_in(block: Block) -> Iterator[Authority]:
    """Yield the authorities cited in a block and its notes, as often as they are."""
    for piece in block.pieces if isinstance(block, Paragraph) else ():
        if isinstance(piece, Authority):
            yield piece
        elif isinstance(piece, Note):
            yield from (each for each in piece.pieces if isinstance(each, Authority))
