"""What a matter's own filings say on a question: sentences of theirs, word for word.

A filing says what a party says. It is never the law, it is never a source of an answer's
sentence, and no language model is shown it: it stands beside the answer, quoted, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.ask.extract import Similarity
from core.ask.plain import is_plain
from core.ask.wanted import Rarity, Wanted, wanted
from core.ask.whole import hangs, is_sentence, leans, trimmed
from core.law.sentences import sentences
from core.model import FilingHit, FilingId, FilingPassage, Span
from core.search.terms import terms

# Filings looked into, the first found; sentences compared by meaning; shown of one, and in all.
MOST_FILINGS, MOST_COMPARED = 4, 24
MOST_OF_ONE, MOST = 2, 5
# A sentence speaks to a question that is so near to it in meaning, and that does so well by that
# and by the share of the question of which the passages of its filing speak.
NEAR, SPEAKS = 0.4, 0.44
# What is quoted does nearly as well as the best; what leans on the sentence before does worse.
WORTH_TAKING, HANGING = 0.75, 0.06

# A place over a filing's text.
Place = tuple[FilingId, Span]
# Of filings, the places whose words nobody sees on the page.
Unseen = Mapping[FilingId, Sequence[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    filing_id: FilingId
    # Over the filing's text.
    span: Span
    text: str
    words: frozenset[str]


def said_in_filings(
    question: str,
    hits: Sequence[FilingHit],
    *,
    similarity: Similarity,
    rarity: Rarity,
    unseen: Unseen | None = None,
) -> tuple[Place, ...]:
    """Return where filings that were found speak to a question, the best first.

    None where they do not: what was found nearest need not have anything to do with it. What no
    reader of a page sees, its places being `unseen`, is not what a filing says.
    """
    hidden = unseen or {}
    asked = wanted(question, rarity)
    found = hits[:MOST_FILINGS]
    covered = {hit.filing.filing_id: asked.covered(_words(hit)) for hit in found}
    likely = sorted(_sentences(found, hidden), key=lambda said: -asked.covered(said.words))
    compared = likely[:MOST_COMPARED]
    near = similarity(question, [said.text for said in compared]) if compared else ()
    scored = [
        (_score(asked, said, close), said)
        for said, close in zip(compared, near, strict=True)
        if close >= NEAR and 0.4 * covered[said.filing_id] + 0.6 * close >= SPEAKS
    ]
    scored.sort(key=lambda each: (-each[0], each[1].filing_id, each[1].span))
    return tuple(_few(scored))


def _words(hit: FilingHit) -> frozenset[str]:
    return frozenset(terms(" ".join(passage.text for passage in hit.passages)))


def _sentences(hits: Iterable[FilingHit], unseen: Unseen) -> Iterator[_Said]:
    """Yield the sentences that can be quoted; of two passages that share one, once."""
    seen: set[Place] = set()
    for passage in (passage for hit in hits for passage in hit.passages):
        for said in _of(passage):
            hidden = any(_overlap(said.span, each) for each in unseen.get(said.filing_id, ()))
            if not hidden and (said.filing_id, said.span) not in seen:
                seen.add((said.filing_id, said.span))
                yield said


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _of(passage: FilingPassage) -> Iterator[_Said]:
    for whole in sentences(passage.text):
        span = trimmed(passage.text, whole)
        words = span.of(passage.text)
        folded = " ".join(words.split())
        # What some reader could make a link of is not quoted, as in an answer.
        if is_sentence(folded) and is_plain(folded):
            start = passage.span.start
            yield _Said(
                filing_id=passage.filing_id,
                span=Span(start + span.start, start + span.end),
                text=words,
                words=frozenset(terms(words)),
            )


def _score(asked: Wanted, said: _Said, near: float) -> float:
    leaning = hangs(said.text) or leans(" ".join(said.text.split()))
    return 0.4 * asked.covered(said.words) + 0.6 * near - HANGING * leaning


def _few(scored: Sequence[tuple[float, _Said]]) -> Iterator[Place]:
    taken: list[FilingId] = []
    for score, said in scored:
        if len(taken) == MOST or score < WORTH_TAKING * scored[0][0]:
            return
        if taken.count(said.filing_id) == MOST_OF_ONE:
            continue
        taken.append(said.filing_id)
        yield said.filing_id, said.span
