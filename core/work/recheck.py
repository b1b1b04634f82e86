"""Holds every sentence of a draft against the sources that it is marked with, whoever wrote it.

What stands as it was generated keeps its verdict; what was edited is checked like a model's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.ask.ground import Grounder
from core.ask.markers import marked
from core.law.quotations import find_quotation
from core.model import Answer, Claim, Source, Support
from core.work.marks import Sentence, parts, same_words, sentences_of
from core.work.wording import shown

NO_SOURCE = "It names no source."
MISQUOTED = "It does not stand word for word in the source it cites."
# From the worst to the best.
_ORDER = (Support.UNSUPPORTED, Support.SUPPORTED, Support.VERIFIED)

_Key = tuple[str, tuple[int, ...]]


def recheck(text: str, origin: Answer) -> tuple[Claim, ...]:
    """Return what is to be said of each sentence of a draft, in order; headings say nothing."""
    grounder = Grounder(origin.sources)
    given = _given(origin)
    return tuple(
        _checked(sentence, origin.sources, grounder, given) for sentence in told(text, origin)
    )


def told(text: str, origin: Answer) -> list[Sentence]:
    """Return the sentences of a draft, in order."""
    known = {source.n for source in origin.sources}
    return [sentence for part in parts(text, known) for sentence in sentences_of(part)]


def _given(origin: Answer) -> Mapping[_Key, Claim]:
    """Return the verdicts of the answer by its sentences as they stand in its text.

    Code may have put words before one (`A dissent says:`): they do not make it another's.
    """
    claims = shown(origin)
    found: dict[_Key, Claim] = {}
    for sentence in told(origin.text, origin):
        for claim in claims:
            same = same_words(sentence.text).endswith(same_words(claim.text))
            if same and sentence.numbers == claim.sources:
                found[_key(sentence)] = claim
                break
    return found


def _key(sentence: Sentence) -> _Key:
    return same_words(sentence.text), sentence.numbers


def _checked(
    sentence: Sentence,
    sources: Sequence[Source],
    grounder: Grounder,
    given: Mapping[_Key, Claim],
) -> Claim:
    known = None if sentence.quoted else given.get(_key(sentence))
    if known is not None:
        return _claim(sentence, known.support)
    if not sentence.numbers:
        return _claim(sentence, Support.UNSUPPORTED, NO_SOURCE)
    if sentence.quoted:
        return _quotation(sentence, sources)
    claims = grounder.ground(marked(sentence.text, sentence.numbers)).claims
    if not claims:
        return _claim(sentence, Support.UNSUPPORTED, NO_SOURCE)
    worst = min(claims, key=lambda claim: _ORDER.index(claim.support))
    return _claim(sentence, worst.support, worst.reason)


def _quotation(sentence: Sentence, sources: Sequence[Source]) -> Claim:
    """Check words that are set off as a quotation: all of them are to stand in one source."""
    cited = [source for source in sources if source.n in sentence.numbers]
    quoted = sentence.text.strip('“”" ')
    if any(find_quotation(quoted, source.passage.text) for source in cited):
        return _claim(sentence, Support.VERIFIED)
    return _claim(sentence, Support.UNSUPPORTED, MISQUOTED)


def _claim(sentence: Sentence, support: Support, reason: str | None = None) -> Claim:
    return Claim(text=sentence.text, support=support, sources=sentence.numbers, reason=reason)
