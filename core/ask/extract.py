"""Pick the sentences of the opinions that speak to a question, word for word.

A sentence is picked for what it says and for how it says it: a holding before a rule, a rule
before the facts, and what another court held not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.ask.authority import weight_of
from core.ask.fit import FITTED_ON, Fit, Signs, fit, signs, weigh
from core.ask.sources import is_law
from core.ask.usable import Sentence, around, usable
from core.ask.wanted import Rarity, Wanted, equally_rare, wanted
from core.ask.whole import (
    Manner,
    hangs,
    lays_down,
    leans,
    manner,
    points_back,
)
from core.model import LEADING_KINDS, CaseId, PassageId, Source
from core.search.terms import terms

# How near many texts are in meaning to one, each from -1 to 1.
Similarity = Callable[[str, Sequence[str]], Sequence[float]]

# Sentences compared by meaning, the likeliest by their words: bounds the encoder's work.
MOST_COMPARED = 20
# A sentence is a candidate when it scores this share of the best, and is this near of it.
WORTH_TAKING, NEAR_ENOUGH = 0.74, 0.62
# What is shown must be this near of what is nearest, which may be what answers nothing: that a
# lower court granted summary judgment does not tell what the standard for it is.
FAR = 0.55
# What a sentence's manner, a part that is not the law, leaning on the one before, each rank of
# its case, and each unit of log-odds that its case fits worse than the best add to or take from a
# score between 0 and 1; the most that the weight of its authority adds. The order of cases was
# chosen on the even half (see docs/evaluation.md): what answers the matter asked goes before what
# says that it holds something on another.
MANNERS = {
    Manner.HOLDING: 0.10,
    Manner.RULE: 0.03,
    Manner.FACTS: -0.10,
    Manner.ISSUE: 0.0,
    Manner.REPORT: -0.10,
}
_NEVER_SHOWN = frozenset({Manner.ISSUE, Manner.REPORT})
NOT_LAW, HANGING, RANK, AUTHORITY = 0.15, 0.06, 0.06, 0.05
# That it lays down what was asked for, where a test is.
LAYS_DOWN = 0.08
FITS_WORSE, MOST_WORSE = 0.1, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What sentences are compared by."""

    similarity: Similarity
    rarity: Rarity = equally_rare
    # How near passages are to the question, where that is known already.
    near: Mapping[PassageId, float] = field(default_factory=dict[PassageId, float])
    cited_by: Mapping[CaseId, int] = field(default_factory=dict[CaseId, int])
    # How many passages the sources were found among.
    searched: int = FITTED_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sentence that speaks to the question: how near it is in meaning, and how well it does."""

    sentence: Sentence
    near: float
    score: float
    # Of the very case that the question names: it is what was asked for, whatever became of it.
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Sentences, the best first; none when what was found does not fit the question."""

    scored: tuple[Scored, ...]
    fit: Fit
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """The sources with the question, and the sentences that were compared with it."""

    wanted: Wanted
    sources: Sequence[Source]
    # Terms of each source's passage.
    words: Sequence[frozenset[str]]
    # How near each source's passage is.
    passages: Sequence[float]
    # Those of the sources that are the court's opinion in a case that the question names.
    named: frozenset[int]
    near: Mapping[Sentence, float] = field(default_factory=dict["Sentence", float])

    def asked(self, source: int) -> Wanted:
        """Return the question as it is put to a source; of what it names, without the name."""
        return (source in self.named and self.wanted.put) or self.wanted

    def law(self, source: int) -> bool:
        """Say whether a source is the law, or what was asked for whatever became of it."""
        return source in self.named or is_law(self.sources[source])


def extract(question: str, sources: Sequence[Source], means: Means) -> Extract:
    """Score the sentences of the sources that speak to a question; the composer chooses."""
    compared = _compare(question, sources, means)
    signs = signs_of(compared)
    found = fit(signs.values(), means.searched)
    if not (compared.named if compared.wanted.only_named else found.enough):
        return Extract(scored=(), fit=found, wanted=compared.wanted)
    worse = _worse(signs)
    scored = [_scored(sentence, compared, means, worse) for sentence in compared.near]
    scored.sort(
        key=lambda each: (not each.named, -each.score, each.sentence.source, each.sentence.span)
    )
    scored = _held(scored) if compared.wanted.only_named else scored
    worth = _worth(scored, sources)
    if not any(each.named or each.near >= FAR * _nearest(compared) for each in worth):
        worth = []
    return Extract(scored=tuple(worth), fit=found, wanted=compared.wanted)


def evidence(question: str, sources: Sequence[Source], means: Means) -> tuple[Signs, ...]:
    """Return the signs of each case, for fitting what they weigh."""
    return tuple(signs_of(_compare(question, sources, means)).values())


def signs_of(compared: _Compared) -> dict[CaseId, Signs]:
    """Read the signs of each case that has a sentence compared."""
    nearest: dict[CaseId, Sentence] = {}
    for sentence in sorted(compared.near, key=lambda s: -compared.near[s]):
        nearest.setdefault(compared.sources[sentence.source].case.case_id, sentence)
    return {case_id: _signs(compared, case_id, best) for case_id, best in nearest.items()}


def _compare(question: str, sources: Sequence[Source], means: Means) -> _Compared:
    asked = wanted(question, means.rarity)
    passages = _passages(question, sources, means)
    quotable = [s for index, source in enumerate(sources) for s in usable(index, source)]
    named = frozenset(
        index
        for index, source in enumerate(sources)
        if source.passage.kind in LEADING_KINDS and asked.names_case(source.case.case_name or "")
    )
    compared = _Compared(
        wanted=asked,
        sources=sources,
        words=[frozenset(terms(source.passage.text)) for source in sources],
        passages=passages,
        named=named,
    )
    ranked = sorted(quotable, key=lambda s: -_likely(s, compared))
    # A case that is named is compared whatever its words: it seldom says what it is called.
    likely = [
        *[s for s in ranked if s.source in named][:MOST_COMPARED],
        *[s for s in ranked if s.source not in named][:MOST_COMPARED],
    ]
    return replace(compared, near=_near(likely, compared, means))


def _near(likely: Sequence[Sentence], compared: _Compared, means: Means) -> dict[Sentence, float]:
    """Compare sentences with the question as it is put to the case of each."""
    near: dict[Sentence, float] = {}
    for asked in dict.fromkeys(compared.asked(s.source).question for s in likely):
        mine = [s for s in likely if compared.asked(s.source).question == asked]
        near |= zip(mine, means.similarity(asked, [s.text for s in mine]), strict=True)
    return near


def _passages(question: str, sources: Sequence[Source], means: Means) -> list[float]:
    unknown = [s.passage for s in sources if s.passage.passage_id not in means.near]
    found = means.similarity(question, [passage.text for passage in unknown]) if unknown else ()
    ids = (passage.passage_id for passage in unknown)
    known = {**means.near, **dict(zip(ids, found, strict=True))}
    return [known[source.passage.passage_id] for source in sources]


def _likely(sentence: Sentence, compared: _Compared) -> float:
    """Guess from its words alone how well a sentence will do."""
    return (
        0.6 * compared.asked(sentence.source).covered(sentence.words)
        + 0.4 * compared.passages[sentence.source]
        + MANNERS[manner(sentence.text)]
        - NOT_LAW * (not compared.law(sentence.source))
    )


def _worse(signs: Mapping[CaseId, Signs]) -> dict[CaseId, float]:
    """Return by how much of the log-odds each case fits worse than the one that fits best."""
    odds = {case_id: weigh(mine) for case_id, mine in signs.items()}
    best = max(odds.values(), default=0.0)
    return {case_id: min(MOST_WORSE, best - mine) for case_id, mine in odds.items()}


def _scored(
    sentence: Sentence, compared: _Compared, means: Means, worse: Mapping[CaseId, float]
) -> Scored:
    near, named = compared.near[sentence], sentence.source in compared.named
    case = compared.sources[sentence.source].case
    score = (
        0.4 * compared.asked(sentence.source).covered(sentence.words)
        + 0.6 * near
        + MANNERS[manner(sentence.text)]
        + LAYS_DOWN * (compared.wanted.asks_for_test and lays_down(sentence.text))
        + AUTHORITY * weight_of(case, means.cited_by.get(case.case_id, 0))
        - NOT_LAW * (not compared.law(sentence.source))
        - HANGING * (hangs(sentence.text) or points_back(sentence.text))
        - (not named) * RANK * _rank(compared.sources, sentence.source)
        - (not named) * FITS_WORSE * worse[case.case_id]
    )
    return Scored(sentence=sentence, near=near, score=score, named=named)


def _rank(sources: Sequence[Source], index: int) -> int:
    cases = list(dict.fromkeys(source.case.case_id for source in sources))
    return cases.index(sources[index].case.case_id)


def _worth(scored: Sequence[Scored], sources: Sequence[Source]) -> list[Scored]:
    """Leave out what answers nothing, and what is far behind the best of the law.

    Facts, and what leans on the sentence before it, are left only where there is nothing else.
    """
    told = [each for each in scored if manner(each.sentence.text) not in _NEVER_SHOWN]
    scored = [each for each in told if _stands_alone(each.sentence.text)] or told
    if not scored:
        return []
    first = next(
        (each for each in scored if each.named or is_law(sources[each.sentence.source])), None
    )
    best = first or scored[0]
    return [
        each
        for each in scored
        if each.score >= WORTH_TAKING * best.score and each.near >= NEAR_ENOUGH * best.near
    ]


def _nearest(compared: _Compared) -> float:
    return max(compared.near.values(), default=0.0)


def _held(scored: Sequence[Scored]) -> list[Scored]:
    """Leave the case that was asked about, and of it what it says that it holds, where it does."""
    named = [each for each in scored if each.named]
    return [each for each in named if _is_holding(each.sentence.text)] or named


def _is_holding(text: str) -> bool:
    return manner(text) is Manner.HOLDING and not leans(text)


def _stands_alone(text: str) -> bool:
    return manner(text) is not Manner.FACTS and not leans(text)


def _signs(compared: _Compared, case_id: CaseId, nearest: Sentence) -> Signs:
    mine = [n for n, s in enumerate(compared.sources) if s.case.case_id == case_id]
    called = _called(compared.sources[mine[0]])
    passage = compared.sources[nearest.source].passage
    return signs(
        compared.wanted,
        near=compared.near[nearest],
        passage=max(compared.passages[n] for n in mine),
        case=called.union(*(compared.words[n] for n in mine)),
        nearest=called | compared.words[nearest.source],
        around=called | frozenset(terms(around(passage.text, nearest, passage.span.start))),
    )


def _called(source: Source) -> frozenset[str]:
    """Return the words of what a case is called: its name, court, citations and date."""
    case = source.case
    said = (case.case_name, case.court.name, case.court.jurisdiction, case.date_filed)
    return frozenset(terms(" ".join(str(each) for each in (*said, *case.citations) if each)))
