"""What a citation is cited for: the sentence it stands in, and the one before where that says it.

`See Doe v. Roe, 1 U.S. 1 (1790).` says nothing by itself: the proposition is the sentence before.
"""

from __future__ import annotations

import re

from core.law.citations import find_citations
from core.law.sentences import sentences
from core.model import Span

# Sentences that only cite, one after the other, before the one that says what for.
_MOST_CITING = 3
_FEWEST_WORDS = 4  # of a sentence that says something besides what it cites
_LONGEST_HELD = 900  # letters, with what comes before
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SIGNALS = frozenset(
    "see also cf but accord compare with contra generally eg and or in re id the at".split()
)


def cited_for(text: str, citation: Span) -> Span:
    """Return what is said, with the citation for it: whole sentences of one paragraph.

    `citation` is the citation with its names and its closing parenthesis.
    """
    within = sentences(text)
    first = max((n for n, each in enumerate(within) if each.start <= citation.start), default=0)
    last = max((n for n, each in enumerate(within) if each.start < citation.end), default=first)
    end = max(within[last].end, citation.end)
    start = min(within[first].start, citation.start)
    head = text[start:end]
    for before in reversed(within[max(0, first - _MOST_CITING) : first]):
        apart = "\n\n" in text[before.end : start] or end - before.start > _LONGEST_HELD
        if apart or not _only_cites(head):
            break
        start, head = before.start, before.of(text)
    return Span(start, end)


def _only_cites(words: str) -> bool:
    rest, done = "", 0
    for found in find_citations(words):
        rest += words[done : max(done, found.full_span.start)]
        done = max(done, found.full_span.end)
    said = [each for each in _LETTERS.findall(rest + words[done:]) if each.lower() not in _SIGNALS]
    return done > 0 and len(said) < _FEWEST_WORDS
