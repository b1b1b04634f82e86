"""The quotations of a sentence: each stands in a source word for word, or the sentence falls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.ask.evidence import Evidence
from core.law.cleaned_up import find_cleaned_up, left_out
from core.law.quotations import find_quotation, quotations, single_quotations
from core.model import Span

MISQUOTED = "A quotation in it does not stand word for word in the source it cites."
CUT_SHORT = "A quotation in it leaves out a word on which the meaning of the source turns."
UNCLOSED = "A quotation in it is opened and not closed."
_LEAVES_OUT = re.compile(r"…|\.\s?\.\s?\.|\[")
_WORD = re.compile(r"[^\W\d_]+")
_TURNING = frozenset(
    "not no never nor neither nothing none unless except without only if cannot but".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The quotations of a sentence: where they are, and which sources have all of them."""

    spans: tuple[Span, ...]
    sources: frozenset[int]
    # What is wrong with the first that is not there, in words.
    problem: str | None = None


def quotations_in(text: str, evidence: Sequence[Evidence]) -> Quoted:
    """Match every quotation of a sentence to the passages that it cites."""
    spans = quotations(text)
    single = [
        span
        for span in single_quotations(text)
        if not any(q.start <= span.start < q.end for q in spans)
    ]
    every = frozenset(item.source.n for item in evidence)
    sources, problem = every, None
    for span in (*spans, *single):
        found = [(item.source.n, _found(text, span, item)) for item in evidence]
        there = [(n, words) for n, words in found if words is not None]
        if not there:
            problem = problem or MISQUOTED
        elif all(_cut_short(span.of(text), words) for _, words in there):
            problem = problem or CUT_SHORT
        sources &= {n for n, _ in there}
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        problem = problem or UNCLOSED
    return Quoted(spans=spans, sources=sources, problem=problem)


def _found(text: str, span: Span, item: Evidence) -> str | None:
    """Return the words of the passage that are quoted, None where they are not there."""
    passage, quote = item.source.passage.text, span.of(text)
    place = find_quotation(quote, passage)
    if place is None and (without := left_out(text, span.end)) is not None:
        place = find_cleaned_up(quote, passage, without)
    return place.of(passage) if place else None


def _cut_short(quote: str, words: str) -> bool:
    """Say whether an ellipsis swallows a *not* or its like."""
    if not _LEAVES_OUT.search(quote):
        return False
    kept, said = (Counter(w.lower() for w in _WORD.findall(part)) for part in (quote, words))
    return any(said[word] > kept[word] for word in _TURNING)
