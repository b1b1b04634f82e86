"""A draft as a paper: its marks become footnotes or citations, its cases a table of authorities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from core.model import CiteStyle, Draft, Matter, PartKind, Source
from core.paper.paper import (
    Block,
    Heading,
    Manner,
    Note,
    Paper,
    Paragraph,
    Piece,
    Text,
)
from core.work.citing import Citations, plain
from core.work.marks import Marked, Part, Words, parts, runs
from core.work.wording import day, invented_words

_MANNERS = {
    PartKind.BODY: Manner.BODY,
    PartKind.ITEM: Manner.ITEM,
    PartKind.QUOTE: Manner.QUOTE,
}
_ENDS = frozenset(".?!…”’\"')")
_GOES_ON = frozenset(",;:")


def draft_paper(
    draft: Draft,
    *,
    style: CiteStyle,
    authorities: bool,
    foot: str,
    firm: str,
    matter: Matter | None,
    when: datetime,
) -> Paper:
    """Write a draft as a paper in the form of a brief, dated `when`."""
    return Paper(
        title=draft.head.title,
        called=draft.head.title,
        head=(
            firm,
            f"Matter {matter.number}, {matter.name}" if matter else "",
            day(when),
            invented_words(draft.sources),
        ),
        blocks=tuple(_blocks(draft.version.text, draft.sources, style)),
        foot=foot,
        authorities=authorities,
        brief=True,
        author=draft.head.saved_by,
    )


def cited_paragraphs(text: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """Write the paragraphs of a text with its citations in full, each to be copied by itself."""
    return tuple(cited_part(part, sources) for part in parts(text, {s.n for s in sources}))


def cited_part(part: Part, sources: Sequence[Source]) -> str:
    """Write one part of a text with its citations in full."""
    pieces = _pieces(part, Citations(sources, full=True), CiteStyle.INLINE)
    return "".join(piece.words for piece in pieces if isinstance(piece, Text))


def _blocks(text: str, sources: Sequence[Source], style: CiteStyle) -> Iterator[Block]:
    citations = Citations(sources)
    for part in parts(text, {source.n for source in sources}):
        if part.kind is PartKind.HEADING:
            yield Heading(words="".join(run.text for run in runs(part)), level=part.level)
            continue
        if part.kind is PartKind.QUOTE and style is CiteStyle.INLINE and part.marks:
            yield from _set_off(part, citations)
            continue
        yield Paragraph(pieces=tuple(_pieces(part, citations, style)), manner=_MANNERS[part.kind])


def _set_off(part: Part, citations: Citations) -> Iterator[Block]:
    """A quotation that is set off has its citation below it (Bluebook rule 5.1)."""
    words = Part(kind=part.kind, text=part.text)
    yield Paragraph(pieces=tuple(_pieces(words, citations, CiteStyle.INLINE)), manner=Manner.QUOTE)
    numbers = [n for mark in part.marks for n in mark.numbers]
    yield Paragraph(pieces=(*citations.cite(numbers), Text(words=".")))


def _pieces(part: Part, citations: Citations, style: CiteStyle) -> Iterator[Piece]:
    """Yield the words of a part, and each citation where its marks stand."""
    waiting = list(part.marks)
    for run in runs(part):
        at = run.span.start
        while waiting and waiting[0].at <= run.span.end:
            mark = waiting.pop(0)
            cut = max(at, mark.at)
            yield from _words(run, at, cut)
            yield from _citation(part, mark, citations, style)
            at = cut
        yield from _words(run, at, run.span.end)
    for mark in waiting:
        yield from _citation(part, mark, citations, style)


def _words(run: Words, start: int, end: int) -> Iterator[Text]:
    if start < end:
        words = run.text[start - run.span.start : end - run.span.start]
        yield Text(words=words, italic=run.italic, bold=run.bold)


def _citation(part: Part, mark: Marked, citations: Citations, style: CiteStyle) -> Iterator[Piece]:
    cited = citations.cite(mark.numbers)
    # An abbreviation has its own full stop: "Id." needs no second.
    stop = "" if plain(cited).endswith(".") else "."
    if style is CiteStyle.FOOTNOTES:
        yield Note(pieces=(*cited, Text(words=stop)) if stop else cited)
    elif _ends_sentence(part.text, mark.at):
        yield from (Text(words=" "), *cited, Text(words=stop))
    else:
        yield from (Text(words=" ("), *cited, Text(words=")"))


def _ends_sentence(text: str, at: int) -> bool:
    before, after = text[:at].rstrip()[-1:], text[at:].lstrip()[:1]
    return before in _ENDS and not (after.islower() or after in _GOES_ON)
