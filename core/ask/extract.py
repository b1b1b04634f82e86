"""Compose an answer without a language model: sentences of the opinions, word for word.

It picks the few that speak to the question, keeps each with its place, and keeps silent when the
passages found do not speak to it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.law.sentences import sentences
from core.model import LEADING_KINDS, Source, Span
from core.search.terms import terms

# How near many texts are in meaning to one, each from -1 to 1.
Similarity = Callable[[str, Sequence[str]], Sequence[float]]

MOST_SENTENCES = 6
MOST_CASES = 3
MOST_OF_ONE_CASE = 3
# A page of a brief holds some 3,000 characters; an extract stays under it.
LONGEST_EXTRACT = 2_600
FEWEST_WORDS, MOST_WORDS = 8, 110
# Sentences compared by meaning, the best by their words: bounds the encoder's work.
MOST_COMPARED = 20
# Two sentences that share this much of their words say the same.
SAME = 0.7
# A sentence is taken when it scores this share of the best.
WORTH_TAKING = 0.72
# Abstention: the share of the question's words, the rare ones counting more, that the passages of
# one case have, and how near its nearest sentence is in meaning, are added: the one makes up for
# the other. Of 100 holdings of the corpus put as questions none was below, of 60 questions about
# things that are not there every one was (566 cases, lexical retrieval; both sets were seen when
# the number was chosen).
FITS, NEAR_ENOUGH = 1.1, 0.45
# What a holding, a part that is not the law, a sentence hanging on the one before, and each rank
# of the case add to or take from a score between 0 and 1.
HOLDING, NOT_LAW, HANGING, RANK = 0.08, 0.15, 0.06, 0.05

# Words that ask, in the form `terms` gives them: they say nothing of what is asked for.
ASKING = frozenset(
    terms(
        "what when where who whom whose why how does do did can could should would will shall must "
        "under say said says about mean means any there case cases law court courts hold held"
    )
)
_HOLDS = re.compile(
    r"\b(?:we (?:therefore |now |thus |accordingly )?(?:hold|held|conclude|affirm|reject|agree|"
    r"reaffirm|adopt)|(?:is|was|are) held|our holding|the (?:rule|test|standard) is|must show|"
    r"is required to|this court (?:has )?held)\b",
    re.IGNORECASE,
)
_ARGUED = re.compile(
    r"\b(?:argue|contend|claim|assert|maintain|insist|submit|urge|complain|allege|posit|protest)(?:s|ed)?"
    r"(?:,| that\b| in\b| \w+ly\b)|\b(?:argument|contention|submission) (?:is )?that\b|"
    r"\b(?:dissent|concurrence)(?:’s|'s)?\b|\baccording to (?:the )?(?:petitioner|respondent|"
    r"plaintiff|defendant|appell|government)",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"[\"“‘(\[]*(?:see|cf|id|ibid|but see|accord|e\.\s?g|compare|quoting|citing|supra|pp?|no|nos)"
    r"\b[., ]|[\"“]?(?:justice|chief justice|judge)\b.*\b(?:delivered|filed|join)",
    re.IGNORECASE,
)
# What a court was asked or how a case came to it, not what the court said.
_PROCEDURE = re.compile(
    r"\b(?:granted (?:certiorari|cert|review|leave)|certiorari (?:was|to)|it is so ordered|"
    r"(?:question|questions|issue|issues|decide|determine|consider|asked)\b[^.]{0,60}\bwhether)\b",
    re.IGNORECASE,
)
_HANGS = re.compile(
    r"(?:It|This|That|They|These|Those|He|She|Such|Thus|Moreover|But|And|Nor|Also|Here|"
    r"(?:Under|In|On|Of|By|For) (?:the (?:first|second|latter|former)|th(?:is|at|[eo]se)|such))\b"
)
_BEGINS = re.compile(r"[\"“‘(\[]{0,3}(?:[A-Z]|§)")
_ENDS = re.compile(r"[.!][\"”’)\]]{0,3}(?:\d{1,2}|\[(?:Footnote )?\d{1,3}\])?$")
_SMALL_WORD = re.compile(r"\b[a-z]{3,}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a source: `text` is the opinion's own, white space folded."""

    # Index into the sources given.
    source: int
    # Over the opinion's text.
    span: Span
    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well what was found fits the question."""

    # The share of its words that one case's passages have, the rare ones counting more.
    covered: float
    # The cosine of its vector with that of the nearest sentence.
    near: float

    @property
    def enough(self) -> bool:
        return self.covered + self.near >= FITS and self.near >= NEAR_ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Sentences in the order they are shown, by case; empty when nothing fits."""

    sentences: tuple[Sentence, ...]
    fit: Fit


def extract(question: str, sources: Sequence[Source], similarity: Similarity) -> Extract:
    """Pick the sentences of the sources that speak to a question.

    At most six, of at most three cases, in the order of the sources, leading opinions before
    other writings, none twice. No
    sentences when the fit is not enough: then the composer abstains.
    """
    usable = [s for index, source in enumerate(sources) for s in _usable(index, source)]
    weights = _weights(question, usable)
    compared = sorted(usable, key=lambda s: (-_overlap(s.words, weights), s.source, s.span))
    compared = compared[:MOST_COMPARED]
    near = similarity(question, [s.text for s in compared]) if compared else ()
    scored = {
        s: _score(s, sources, weights, nearness) for s, nearness in zip(compared, near, strict=True)
    }
    fit = _fit(sources, weights, near)
    chosen = _choose(scored, sources) if fit.enough else []
    return Extract(sentences=tuple(_in_order(chosen, sources)), fit=fit)


def _usable(index: int, source: Source) -> list[Sentence]:
    passage = source.passage
    found = [
        Sentence(
            source=index,
            span=Span(passage.span.start + span.start, passage.span.start + span.end),
            text=" ".join(span.of(passage.text).split()),
            words=frozenset(terms(span.of(passage.text))),
        )
        for span in sentences(passage.text)
    ]
    return [sentence for sentence in found if _is_whole(sentence.text)]


def _is_whole(text: str) -> bool:
    """Say whether a sentence can stand alone: no fragment, heading, bare citation or argument."""
    count = len(text.split())
    return (
        FEWEST_WORDS <= count <= MOST_WORDS
        and _BEGINS.match(text) is not None
        and _ENDS.search(text) is not None
        and len(_SMALL_WORD.findall(text)) >= count * 0.4
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and not _REFERS.match(text)
        and not _ARGUED.search(text)
        and not _PROCEDURE.search(text)
    )


def _weights(question: str, found: Sequence[Sentence]) -> dict[str, float]:
    """Weigh the question's words by how rare they are among the sentences found; sum 1."""
    holding = Counter(word for sentence in found for word in sentence.words)
    words = sorted(set(terms(question)) - ASKING) or sorted(set(terms(question)))
    rarity = {word: math.log(2 + len(found) / (1 + holding[word])) for word in words}
    total = sum(rarity.values())
    return {word: weight / total for word, weight in rarity.items()}


def _overlap(words: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weight for word, weight in weights.items() if word in words)


def _score(
    sentence: Sentence, sources: Sequence[Source], weights: Mapping[str, float], near: float
) -> float:
    source = sources[sentence.source]
    return (
        0.5 * _overlap(sentence.words, weights)
        + 0.5 * near
        + HOLDING * (_HOLDS.search(sentence.text) is not None)
        - NOT_LAW * (source.passage.kind not in LEADING_KINDS)
        - HANGING * (_HANGS.match(sentence.text) is not None)
        - RANK * _case_rank(sources, sentence.source)
    )


def _case_rank(sources: Sequence[Source], index: int) -> int:
    cases = list(dict.fromkeys(source.case.case_id for source in sources))
    return cases.index(sources[index].case.case_id)


def _fit(sources: Sequence[Source], weights: Mapping[str, float], near: Sequence[float]) -> Fit:
    by_case: dict[int, set[str]] = {}
    for source in sources:
        by_case.setdefault(source.case.case_id, set()).update(terms(source.passage.text))
    covered = max((_overlap(frozenset(words), weights) for words in by_case.values()), default=0.0)
    return Fit(covered=covered, near=max(near, default=0.0))


def _choose(scored: Mapping[Sentence, float], sources: Sequence[Source]) -> list[Sentence]:
    ranked = sorted(scored, key=lambda s: (-scored[s], s.source, s.span))
    chosen: list[Sentence] = []
    for sentence in ranked:
        if chosen and scored[sentence] < WORTH_TAKING * scored[ranked[0]]:
            break
        if _has_room(chosen, sentence, sources):
            chosen.append(sentence)
    return chosen


def _has_room(chosen: Sequence[Sentence], sentence: Sentence, sources: Sequence[Source]) -> bool:
    case_ids = [sources[s.source].case.case_id for s in chosen]
    mine = sources[sentence.source].case.case_id
    return (
        len(chosen) < MOST_SENTENCES
        and case_ids.count(mine) < MOST_OF_ONE_CASE
        and len({*case_ids, mine}) <= MOST_CASES
        and sum(len(s.text) for s in chosen) + len(sentence.text) <= LONGEST_EXTRACT
        and not any(_same(sentence, other) for other in chosen)
    )


def _same(one: Sentence, other: Sentence) -> bool:
    shared = len(one.words & other.words)
    return shared >= SAME * max(1, min(len(one.words), len(other.words)))


def _in_order(chosen: Sequence[Sentence], sources: Sequence[Source]) -> list[Sentence]:
    """Group by case, in the order the cases were found; law before other writings."""

    def place(sentence: Sentence) -> tuple[int, bool, Span]:
        not_law = sources[sentence.source].passage.kind not in LEADING_KINDS
        return (_case_rank(sources, sentence.source), not_law, sentence.span)

    return sorted(chosen, key=place)
