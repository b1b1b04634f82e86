"""The sentences of a source that can be quoted by themselves, and where they stand in it.

A sentence is the opinion's own, found by its place; one that announces the parts of a test is one
with them.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.ask.whole import in_parts, is_whole, trimmed, with_parts
from core.law.sentences import sentences
from core.model import Source, Span
from core.search.terms import terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a source: `text` is the opinion's own, white space folded."""

    # Index into the sources given.
    source: int
    # Over the opinion's text.
    span: Span
    text: str
    words: frozenset[str]


def usable(index: int, source: Source) -> list[Sentence]:
    """Return the sentences of a source that can be quoted; `index` is the source's."""
    passage = source.passage
    spans = [trimmed(passage.text, span) for span in with_parts(passage.text)]
    found = [
        Sentence(
            source=index,
            span=Span(passage.span.start + span.start, passage.span.start + span.end),
            text=" ".join(span.of(passage.text).split()),
            words=frozenset(terms(span.of(passage.text))),
        )
        for span in spans
    ]
    return [sentence for sentence in found if is_whole(sentence.text) or in_parts(sentence.text)]


def around(text: str, sentence: Sentence, start: int) -> str:
    """Return a sentence of a passage with the one before and the one behind it."""
    spans = sentences(text)
    at = next(n for n, s in enumerate(spans) if s.end + start >= sentence.span.end)
    return text[spans[max(0, at - 1)].start : spans[min(len(spans) - 1, at + 1)].end]
