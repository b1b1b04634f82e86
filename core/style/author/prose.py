"""The words of a document that are its author's own argument, and nothing else.

A style is counted in, and learned from, what somebody wrote: captions, headings, tables, bylines,
quotations, the text of citations, note marks and signature blocks are the form's or another's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.law.citations import find_citations
from core.law.quotations import quotations
from core.law.sentences import sentences
from core.model import FoundCitation, Span
from core.style.author.blocks import Kind, kinds_of

# What stands in a sentence where another's words, or a citation, were taken out.
QUOTED = "“…”"
CITED = "[…]"

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![^\S\n]*(?:\n|\Z)))*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NOTE_MARK = re.compile(
    r"\[(?:Footnote )?(?:\d{1,3}|\*{1,3})\]|(?<=[a-z’”\"'][.,;:?!”])\d{1,3}(?=\s|—|$)"
    r"|(?<=[.?!”\"]\s)\d{1,3}(?=\s+(?:[A-Z][a-z]|[“\"])|$)|(?<=\w)[*†‡]{1,3}(?=[\s.,;]|$)"
    r"|[¹²³⁴-⁹⁰]+"
)
_PAGES = r"\d+[a-z]?(?:[-–—]\d+[a-z]?)?(?:,\s(?:and\s)?(?:n\.\s?)?\d+[a-z]?(?:[-–—]\d+[a-z]?)?)*"
_NUMBERS = r"[\w.()*-]*\d[\w.()*–-]*(?:(?:,|,?\s(?:and|or|to|through))\s[\w.()*–-]*\d[\w.()*–-]*)*"
# What eyecite has no reporter for: the record, the briefs, other parts of the same case, sections.
_OTHER_CITES = re.compile(
    rf"(?:\b(?:(?:[Ii]d\.|[Ii]bid\.)|(?:[Aa]nte|[Pp]ost|[Ss]upra|[Ii]nfra)(?=,?\s(?:at|n\.|nn\.|Part)))"
    rf",?(?:\s(?:at|Part)\s(?:{_PAGES}|[IVX]+(?:[-–][A-Z0-9]+)*))?"
    rf"(?:,?\s(?:and\s)?nn?\.\s?{_PAGES})?"
    rf"|\b(?:App\.|Tr\.|Record|R\.|Exh?\.|ECF|Doc\.|Dkt\.|Pet\.|Brief)\s"
    rf"(?:(?:to|of|for|in|as|et|No\.|Nos\.|No|al\.|and|[A-Z][\w.’']*)\s){{0,14}}{_PAGES}"
    rf"|\b(?:[A-Z][A-Za-z]*\.\s?){{2,6}},?\s?(?:No\.\s)?(?:at\s)?{_PAGES}"
    rf"|(?:\b\d+\s(?:[A-Z]\.\s?){{2,4}})?§{{1,2}}\s?{_NUMBERS}"
    rf"|\b\d{{1,3}}\s(?:U\.\s?S\.|F\.|S\.|L\.|Stat)[^;()“”\"]{{1,24}}?\d+"
    rf"|\bArt\.\s[IVX]+(?:,\s(?:cl\.|§|s\.)\s?\d+)*|\b(?:Fed\.\s)?Rules?\s(?:[A-Z][a-z]+\.\s){{0,3}}"
    rf"{_NUMBERS}|\b[Pp]arts?\s[IVX]+(?:[-–][A-Z0-9]+)*)"
    r"(?:\s?\((?:[^()“”]{0,80}|[^()]{0,20}\bJJ?\.,[^()]{0,80})\))?"
    r"(?:\s?\([^()]{0,40}(?:slip op|opinion|dissenting|concurring|emphasis|omitted|19|20)"
    r"[^()]{0,60}\))?"
)
_OMITTED = re.compile(
    r"\s?\((?:[^()]{0,40}\b(?:emphasis|omitted|cleaned up|slip op|alterations?|brackets"
    r"|dissenting|concurring|hereinafter|quoting|citing)\b[^()]{0,120}|(?:1[6-9]|20)\d\d)\)"
)
# What may be left of a sentence that does nothing but cite.
_CITING_WORDS = frozenset(
    """see also cf e g but accord contra compare with and generally quoting citing id ibid ante post
    supra infra hereinafter at in of the same n nn op slip per curiam plurality opinion dissenting
    concurring j jj c aff sub nom rev d on other grounds overruled
    by vacated remanded emphasis added omitted internal quotation marks brief for as amicus curiae
    amici pet app tr oral arg record judgment part or to rev d aff cert denied granted""".split()
)
_FEWEST_WORDS = 15  # of a paragraph of argument that teaches; less is a heading, or a line of form
_ENDS = re.compile(r"[.?!][\"”’)\]\d]*$")
_MOST_LEFT = 8  # names that a citation of a book leaves behind
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\n\s*(?=[a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A part that was taken out. Spans are over the text as it was given."""

    kind: Kind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of one's own: where it stands, and its words with QUOTED and CITED put in."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of argument: where it stands, and the sentences in it that are one's own."""

    span: Span
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProse:
    """A document parted in its author's argument and what is not; every list in order of place."""

    # The document as it was given: spans are over it.
    text: str
    paragraphs: tuple[Paragraph, ...]
    cuts: tuple[Cut, ...]
    # Those in the paragraphs; a citation in a caption or a table is nobody's habit.
    citations: tuple[FoundCitation, ...]

    def cut(self, kind: Kind) -> tuple[str, ...]:
        """Return the text of what was taken out as `kind`."""
        return tuple(
            " ".join(cut.span.of(self.text).split()) for cut in self.cuts if cut.kind is kind
        )

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for paragraph in self.paragraphs for s in paragraph.sentences)

    @property
    def own(self) -> str:
        """The argument as one text, a blank line between paragraphs."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


def own_prose(text: str) -> OwnProse:
    """Part a document in its author's own argument and all that is not.

    Paragraphs are parted by blank lines. A sentence that only cites is a cut as a whole; in the
    others QUOTED stands for a quotation and CITED for a citation, so that every sentence keeps
    its shape. A document of nothing but form gives no paragraphs.
    """
    blocks = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    kinds = kinds_of(text, blocks)
    cuts = [Cut(kind=kind, span=b) for b, kind in zip(blocks, kinds, strict=True) if kind]
    prose = [block for block, kind in zip(blocks, kinds, strict=True) if kind is None]
    cites = [c for c in find_citations(text) if _within(c.span.start, prose)]
    parts = [_sentences(text, block) for block in prose]
    marks = list(_inner(text, cites, [span for part in parts for span in part]))
    marks.sort(key=lambda cut: (cut.span.start, -cut.span.end))
    paragraphs: list[Paragraph] = []
    for block, part in zip(prose, parts, strict=True):
        own, taken = _paragraph(text, block, part, _apart(_of(marks, block)))
        cuts += taken
        if own.sentences:
            paragraphs.append(own)
    return OwnProse(
        text=text,
        paragraphs=tuple(paragraphs),
        cuts=tuple(sorted(cuts, key=lambda cut: cut.span.start)),
        citations=tuple(cites),
    )


def own_paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a document's own argument, citations and quotations in them.

    What stands apart is left out as `own_prose` does: captions, headings, tables, quotations set
    off, signatures; and the marks of notes.
    """
    own = own_prose(text)
    marks = [cut.span for cut in own.cuts if cut.kind is Kind.NOTE_MARK]
    found = (" ".join(_without(text, each.span, marks).split()) for each in own.paragraphs)
    return tuple(each for each in found if _is_argument(each))


def _without(text: str, block: Span, marks: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = block.start
    for mark in marks:
        if block.start <= mark.start < block.end:
            pieces.append(text[at : mark.start])
            at = mark.end
    return _HYPHENATED.sub("", "".join([*pieces, text[at : block.end]]))


def _is_argument(paragraph: str) -> bool:
    return len(paragraph.split()) >= _FEWEST_WORDS and _ENDS.search(paragraph) is not None


def _sentences(text: str, block: Span) -> list[Span]:
    found = sentences(block.of(text))
    return [Span(block.start + span.start, block.start + span.end) for span in found]


def _inner(text: str, cites: Iterable[FoundCitation], parts: Sequence[Span]) -> Iterator[Cut]:
    for span in quotations(text):
        yield Cut(kind=Kind.QUOTATION, span=Span(span.start - 1, min(span.end + 1, len(text))))
    for cite in cites:
        # A name may be read too far back; no citation begins before its sentence.
        n = bisect_left(parts, cite.span.start + 1, key=lambda part: part.start) - 1
        start = max(cite.full_span.start, parts[n].start)
        yield Cut(kind=Kind.CITATION, span=Span(start, cite.full_span.end))
    for pattern in (_OTHER_CITES, _OMITTED):
        for match in pattern.finditer(text):
            yield Cut(kind=Kind.CITATION, span=Span(*match.span()))
    for match in _NOTE_MARK.finditer(text):
        yield Cut(kind=Kind.NOTE_MARK, span=Span(*match.span()))


def _within(at: int, prose: Sequence[Span]) -> bool:
    n = bisect_left(prose, at + 1, key=lambda block: block.start) - 1
    return n >= 0 and at < prose[n].end


def _of(marks: Sequence[Cut], block: Span) -> Sequence[Cut]:
    first = bisect_left(marks, block.start, key=lambda cut: cut.span.start)
    last = bisect_left(marks, block.end, key=lambda cut: cut.span.start)
    return marks[first:last]


def _apart(marks: Iterable[Cut]) -> Iterator[Cut]:
    """Leave out what overlaps what came before; citations that touch are one."""
    last: Cut | None = None
    for cut in marks:
        if last is not None and cut.span.start < last.span.end:
            if cut.span.end > last.span.end and last.kind is Kind.CITATION is cut.kind:
                last = Cut(kind=last.kind, span=Span(last.span.start, cut.span.end))
            continue
        if last is not None:
            yield last
        last = cut
    if last is not None:
        yield last


def _paragraph(
    text: str, block: Span, parts: Sequence[Span], marks: Iterable[Cut]
) -> tuple[Paragraph, list[Cut]]:
    waiting = list(marks)
    own: list[Sentence] = []
    taken: list[Cut] = []
    for span in parts:
        here = [cut for cut in waiting if span.start <= cut.span.start < span.end]
        written = _written(text, span, here)
        if here and _only_cites(written):
            taken.append(Cut(kind=Kind.CITATION, span=span))
        else:
            taken += here
            own.append(Sentence(span=span, text=written))
    return Paragraph(span=block, sentences=tuple(own)), taken


_SIGNS = {Kind.QUOTATION: f" {QUOTED} ", Kind.CITATION: f" {CITED} "}


def _written(text: str, span: Span, cuts: Sequence[Cut]) -> str:
    pieces: list[str] = []
    at = span.start
    for cut in cuts:
        pieces += [text[at : cut.span.start], _SIGNS.get(cut.kind, "")]
        at = max(at, cut.span.end)
    whole = _HYPHENATED.sub("", "".join([*pieces, text[at : span.end]]))
    return re.sub(r"\s+([.,;:?!)])", r"\1", " ".join(whole.split()))


def _only_cites(written: str) -> bool:
    """Say whether nothing but names and the apparatus of citing is left of a sentence."""
    words = _WORD.findall(written.replace(CITED, "").replace(QUOTED, ""))
    said = [word for word in words if word.islower() and word not in _CITING_WORDS]
    left = [word for word in words if word.lower() not in _CITING_WORDS]
    return (CITED in written and not said and len(left) <= _MOST_LEFT) or not words
