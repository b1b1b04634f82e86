"""The sentences of a passage that matter to a query, and the words in them that it asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.law.sentences import sentences
from core.model import Span
from core.search.terms import terms

# Characters; no sentence is shorter.
_HEADING = 6
_WORD = re.compile(r"§{0,2}\w+(?:['’.-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A run of sentences of a text. Spans are over that text; `marks` lie within `span`."""

    span: Span
    marks: tuple[Span, ...]


def excerpt(text: str, query: str, *, length: int = 340) -> Excerpt:
    """Choose the run of whole sentences, about `length` characters, with most words of the query.

    Of runs with the same words the one is chosen that begins with the first of them; without
    any, the beginning. A longer single sentence is kept whole. Words agree when search reads
    them alike (`removal`, `removals`).
    """
    wanted = frozenset(terms(query))
    marks = [Span(*word.span()) for word in _WORD.finditer(text) if wanted & _read(word.group())]
    runs = _runs(sentences(text) or (Span(0, len(text)),), length)
    best = max(runs, key=lambda run: (*_gain(text, run, marks), run.start)) if marks else runs[0]
    return Excerpt(span=best, marks=tuple(mark for mark in marks if _within(mark, best)))


def _runs(spans: tuple[Span, ...], length: int) -> list[Span]:
    runs: list[Span] = []
    for index, first in enumerate(spans):
        end = first.end
        for span in spans[index + 1 :]:
            # A heading ("II") ends what is said before it.
            if span.end - first.start > length or span.end - span.start < _HEADING:
                break
            end = span.end
        runs.append(Span(first.start, end))
    return runs


def _gain(text: str, run: Span, marks: list[Span]) -> tuple[int, int]:
    found = [mark for mark in marks if _within(mark, run)]
    different = {term for mark in found for term in _read(mark.of(text))}
    return len(different), len(found)


def _within(mark: Span, run: Span) -> bool:
    return run.start <= mark.start and mark.end <= run.end


@lru_cache(maxsize=20_000)
def _read(word: str) -> frozenset[str]:
    return frozenset(terms(word))
