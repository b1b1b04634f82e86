"""The turns of phrase that an author favours, beside what others of the same kind write.

By log-odds with an informative prior (Monroe, Colaresi & Quinn 2008): what both write often counts
for little, and what somebody wrote twice by chance counts for nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from core.model.style import StylePhrase
from core.style.author.prose import CITED, QUOTED, OwnProse
from core.style.author.shapes import plain_marks
from core.style.author.words import FUNCTION_WORDS, STYLE_WORDS

_WORD = re.compile(rf"{re.escape(QUOTED)}|{re.escape(CITED)}|[^\W_]+(?:['-][^\W_]+)*|[.,;:?!—()]")
_RUN = (2, 5)  # words of a phrase
_PRIOR = 500.0  # how many words of both together the prior is worth
_SURE = 2.6  # standard deviations: one in a hundred by chance
_FEWEST_DOCUMENTS = 3
_SHARE_OF_DOCUMENTS = 0.06
_MOST = 24
_PER = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What a document says of its author's turns of phrase, by kind, and how long it is."""

    words: int
    phrases: Counter[str]
    little: Counter[str]
    openings: Counter[str]
    closings: Counter[str]


def turns(prose: OwnProse) -> Turns:
    """Count a document's phrases, little words, and how its sentences and itself begin and end."""
    sentences = [_WORD.findall(plain_marks(s.text)) for s in prose.sentences]
    plain = [[w.lower() if _may(w, n) else "" for n, w in enumerate(words)] for words in sentences]
    words = [word for sentence in plain for word in sentence if word[:1].isalpha()]
    last = next((p.sentences[-1] for p in reversed(prose.paragraphs)), None)
    return Turns(
        words=sum(word[:1].isalpha() for sentence in sentences for word in sentence),
        phrases=Counter(run for sentence in plain for run in _phrases(sentence)),
        little=Counter(word for word in words if word in FUNCTION_WORDS),
        openings=Counter(filter(None, map(_opening, plain))),
        closings=Counter(filter(None, [last and _closing(last.text)])),
    )


def _may(word: str, place: int) -> bool:
    """Names and figures are no turn of phrase; a capital at the head of a sentence is no name."""
    small = word.islower() or (place == 0 and word.lower() in STYLE_WORDS) or word == "I"
    return small and word[0].isalpha()


def _phrases(words: Sequence[str]) -> Iterable[str]:
    """Yield runs that no mark parts, of words of any subject alone: none tells of a matter."""
    for length in range(_RUN[0], _RUN[1] + 1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if STYLE_WORDS.issuperset(run) and _says_something(run):
                yield " ".join(run)


def _says_something(run: Sequence[str]) -> bool:
    """Two articles and a preposition are no turn of phrase; nor is one cut off in the middle."""
    if run[-1] in _NEVER_LAST or (len(run) < _RUN[0] + 1 and run[0] in _ARTICLES):
        return False
    return any(len(word) > 3 for word in run)


_ARTICLES = frozenset("the a an this that these those our its his".split())
_NEVER_LAST = _ARTICLES | frozenset(
    """of to and or in by for with as at from on is are was were be been has have had would will
    may can could should must not we he she it they i if who which what there but so than into
    such""".split()
)


def _opening(words: Sequence[str]) -> str | None:
    """The first words of a sentence up to a mark, where they are few, or the first two."""
    first = next((n for n, word in enumerate(words[:5]) if not word), 2)
    opening = words[:first]
    return " ".join(opening) if opening and STYLE_WORDS.issuperset(opening) else None


def _closing(text: str) -> str | None:
    """The last sentence, where it is one that could close anything."""
    words = _WORD.findall(plain_marks(text))
    small = sum(word.lower() in STYLE_WORDS | _CLOSING for word in words if word[0].isalpha())
    said = sum(word[0].isalpha() for word in words)
    return " ".join(text.split()) if 2 <= said <= 16 and small == said else None


_CLOSING = frozenset(
    """judgment judgement court appeals appeal district affirmed reversed remanded vacated ordered
    respectfully dismissed denied granted motion petition relief affirm reverse remand vacate deny
    grant dismiss further proceedings opinion trial below decision join joins joined so""".split()
)
Kind = Callable[[Turns], Counter[str]]


def favourites(
    ours: Sequence[Turns], others: Sequence[Turns], kind: Kind, most: int = _MOST
) -> tuple[StylePhrase, ...]:
    """Return what an author writes surely more than others, the surest first.

    Only what stands in three documents at least, and in one of sixteen, so that no single case's
    subject comes to be a habit. Of phrases within one another the surest stays.
    """
    mine, theirs = _sum(ours, kind), _sum(others, kind)
    held = Counter(phrase for each in ours for phrase in kind(each))
    fewest = max(_FEWEST_DOCUMENTS, math.ceil(len(ours) * _SHARE_OF_DOCUMENTS))
    common = [phrase for phrase in mine if held[phrase] >= fewest]
    lengths = (sum(each.words for each in ours), sum(each.words for each in others))
    sure = {phrase: _sureness(mine[phrase], theirs[phrase], lengths) for phrase in common}
    ranked = sorted((p for p in common if sure[p] >= _SURE), key=lambda p: (-sure[p], p))
    kept = _apart(ranked, most)
    return tuple(_phrase(phrase, mine, theirs, lengths) for phrase in kept)


def _sum(documents: Iterable[Turns], kind: Kind) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in documents:
        total.update(kind(each))
    return total


def _sureness(mine: int, theirs: int, lengths: tuple[int, int]) -> float:
    """Return the z-score of the log-odds ratio (equations 16 to 22 of the paper)."""
    ours, others = max(1, lengths[0]), max(1, lengths[1])
    prior = _PRIOR * (mine + theirs) / (ours + others)
    a, b = mine + prior, theirs + prior
    odds = math.log(a / (ours + _PRIOR - a)) - math.log(b / (others + _PRIOR - b))
    return odds / math.sqrt(1 / a + 1 / b)


def _apart(ranked: Sequence[str], most: int) -> list[str]:
    kept: list[str] = []
    for phrase in ranked:
        around = f" {phrase} "
        if not any(around in f" {k} " or f" {k} " in around for k in kept):
            kept.append(phrase)
        if len(kept) == most:
            break
    return kept


def _phrase(
    phrase: str, mine: Counter[str], theirs: Counter[str], lengths: tuple[int, int]
) -> StylePhrase:
    return StylePhrase(
        text=phrase,
        ours=mine[phrase] * _PER / max(1, lengths[0]),
        usual=theirs[phrase] * _PER / max(1, lengths[1]),
    )
