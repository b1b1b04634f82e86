"""Answer a question from the library: cited, checked before anyone reads it, or not at all.

The model, where there is one, only words the answer. What is cited is decided here, from the
passages that were found; where they do not carry an answer, it says so and what was searched.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from core.ask.compose import arrange, claims, written
from core.ask.deeper import Depth, read_on
from core.ask.extract import Means, Similarity, extract
from core.ask.ground import Checks, Grounded, Grounder
from core.ask.llm import LONGEST_ANSWER, AnswerModel
from core.ask.plain import is_plain
from core.ask.prompts import NOT_IN_SOURCES, answer_messages
from core.ask.question import as_it_stands
from core.ask.sources import (
    Opinions,
    Search,
    Shelf,
    Treatments,
    choose_sources,
    found,
    open_shelf,
)
from core.ask.wanted import ASKING
from core.errors import ModelFailed, UsageError
from core.model import (
    Answer,
    Claim,
    Coverage,
    Footer,
    Hit,
    Premise,
    Restated,
    SearchResult,
    Source,
    Span,
    Standing,
    Support,
)
from core.search.terms import terms

EXTRACTIVE = "none (extracts)"
EXTRACT_NOTICE = "Composed of sentences quoted from the opinions; no language model was used."
NOT_SUPPORTED = (
    "What the language model wrote is not supported by the sources and is not shown. "
    "These are sentences quoted from the opinions instead."
)
CUT = "The language model's answer was too long; only its beginning was read."
# Of the sentences written, the share that must stand for the rest to be an answer.
ENOUGH_STANDS = 1 / 3
NEAREST = 3
# Words that are named of those which a near case does not speak of.
MOST_MISSED = 4
_EDGES = "()[]{}.,;:!?\"“”‘’'"

OnText = Callable[[str], None]
Premises = Callable[[str], tuple[Premise, ...]]


def answer(  # noqa: PLR0913  all that an answer is made of
    question: str | Restated,
    *,
    search: Search,
    opinions: Opinions,
    similarity: Similarity,
    encoder: str,
    model: AnswerModel | None = None,
    on_text: OnText | None = None,
    checks: Checks | None = None,
    treatments: Treatments | None = None,
    depth: Depth | None = None,
    premises: Premises | None = None,
) -> Answer:
    """Answer a question from what `search` finds for it, in the scope `search` was given.

    A question that was not read yet is taken as it stands. `opinions` reads a case's opinions for
    their printed pages, `similarity` compares one text with many by meaning, `encoder` is named in
    the footer. `on_text` is called with what may be shown so far: whole, checked sentences, each
    call replacing the one before; what it raises ends the model's call at once. `checks` resolve
    what a model cites by itself, and name the checker for what the rules leave undecided;
    `treatments` tell how the cases found fared since, `premises` test what the question takes for
    granted. Without a model, or where it fails, the
    answer is an extract. Raises UsageError for an empty question, and what `search` raises: a
    library that cannot be read is never answered for from memory.
    """
    read = question if isinstance(question, Restated) else as_it_stands(question)
    if not read.question.strip():
        raise UsageError("Ask a question: it is empty.")
    result = found(read.search, search)
    shelf = open_shelf(result, opinions, treatments)
    asked = _Asked(
        question=read.whole,
        read=read,
        result=result,
        shelf=shelf,
        sources=choose_sources(result, shelf),
        encoder=encoder,
        opinions=opinions,
        similarity=similarity,
        depth=depth,
        premises=premises(read.question) if premises else (),
    )
    if not asked.sources:
        return _abstain(asked, model.name if model else EXTRACTIVE)
    if model is None:
        return _answer_by_extract(asked)
    return _answer_by_model(asked, model, on_text, checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question with what was found for it."""

    question: str
    read: Restated
    result: SearchResult
    shelf: Shelf
    sources: tuple[Source, ...]
    encoder: str
    opinions: Opinions
    similarity: Similarity
    depth: Depth | None
    premises: tuple[Premise, ...]


def _answer_by_model(
    asked: _Asked,
    model: AnswerModel,
    on_text: OnText | None,
    checks: Checks | None,
) -> Answer:
    grounder = Grounder(asked.sources, checks)
    try:
        draft = _write(asked, model, grounder, on_text)
    except ModelFailed as failure:
        return _answer_by_extract(asked, str(failure))
    if NOT_IN_SOURCES in draft.upper():
        return _abstain(asked, model.name)
    grounded = grounder.ground(draft)
    standing = _standing(grounded)
    if standing is Standing.ABSTAINED:
        return _answer_by_extract(asked, NOT_SUPPORTED)
    notices = (*grounded.notices, *([CUT] if len(draft) >= LONGEST_ANSWER else []))
    return _answered(
        asked, standing, grounded.text, grounded.claims, asked.sources, model.name, notices
    )


def _write(asked: _Asked, model: AnswerModel, grounder: Grounder, on_text: OnText | None) -> str:
    draft = ""
    with closing(
        model.stream(answer_messages(asked.question, asked.sources, asked.read.length))
    ) as drafts:
        for draft in drafts:
            if on_text:
                on_text(grounder.so_far(draft))
    return draft


def _standing(grounded: Grounded) -> Standing:
    stands = sum(claim.support is not Support.UNSUPPORTED for claim in grounded.claims)
    if not stands or stands < ENOUGH_STANDS * len(grounded.claims):
        return Standing.ABSTAINED
    return Standing.GROUNDED if stands == len(grounded.claims) else Standing.PARTIAL


def _answer_by_extract(asked: _Asked, failure: str | None = None) -> Answer:
    """Compose an extract; `failure` says why no model's answer is shown, where one was asked."""
    notices = (*([failure] if failure else []), EXTRACT_NOTICE)
    read, means = _read_on(asked)
    picked = extract(asked.question, read, means)
    # Word for word or not at all: what some reader could make a link of is not taken.
    plain = [each for each in picked.scored if is_plain(each.sentence.text)]
    if not plain:
        return _abstain(asked, EXTRACTIVE, notices[:-1])
    points = arrange(plain, read, picked.wanted, means.cited_by)
    quoted: dict[int, list[Span]] = {}
    for each in (one.scored.sentence for point in points for one in point):
        quoted.setdefault(each.source, []).append(each.span)
    number = {index: n for n, index in enumerate(quoted, start=1)}
    return _answered(
        asked,
        Standing.GROUNDED,
        written(points, read, number),
        claims(points, number),
        _renumbered(asked, read, quoted),
        EXTRACTIVE,
        notices,
    )


def _read_on(asked: _Asked) -> tuple[Sequence[Source], Means]:
    """Read on in the cases found, where that can be; the parts that a question names, alone."""
    means = Means(
        similarity=asked.similarity,
        cited_by={hit.case.case_id: hit.cited_by for hit in asked.result.hits},
        searched=asked.result.coverage.passages,
    )
    if asked.depth is None:
        return asked.sources, means
    means = replace(means, rarity=asked.depth.rarity)
    if asked.read.filters.kinds:
        return asked.sources, means
    deeper = read_on(asked.question, asked.sources, asked.shelf, asked.opinions, asked.depth.places)
    return deeper.sources, replace(means, near=deeper.near)


def _renumbered(
    asked: _Asked, read: Sequence[Source], quoted: dict[int, list[Span]]
) -> tuple[Source, ...]:
    """Give the sources numbers in the order they are quoted, then those found and not used."""
    found = {source.passage.passage_id for source in asked.sources}
    unused = [
        index
        for index, source in enumerate(read)
        if index not in quoted and source.passage.passage_id in found
    ]
    return tuple(
        asked.shelf.renumbered(read[index], n, quoted.get(index, ()))
        for n, index in enumerate([*quoted, *unused], start=1)
    )


def _abstain(asked: _Asked, answer_model: str, notices: Sequence[str] = ()) -> Answer:
    text = (
        f"The library does not carry an answer to this question. {searched(asked.result.coverage)} "
        f"{_only(asked)}That it was not found here does not mean that there is no such law."
    )
    return _answered(asked, Standing.ABSTAINED, text, (), (), answer_model, notices)


def _only(asked: _Asked) -> str:
    """Say to what the search was narrowed by the question itself, and whether anything is there."""
    if not asked.read.narrowed:
        return ""
    held = "" if asked.result.hits else ", and nothing here is of that kind"
    return f"The question narrows it to: {'; '.join(asked.read.narrowed)}{held}. "


def searched(coverage: Coverage) -> str:
    """Say what was searched: how many opinions of how many courts, and of which years."""
    if not coverage.cases:
        return "The library is empty: nothing was searched."
    years = ""
    if coverage.earliest and coverage.latest:
        first, last = coverage.earliest.year, coverage.latest.year
        years = f", decided in {first}" if first == last else f", decided from {first} to {last}"
    courts = "one court" if coverage.courts == 1 else f"{coverage.courts:,} courts"
    cases = "one case" if coverage.cases == 1 else f"{coverage.cases:,} cases"
    opinions = "one opinion" if coverage.opinions == 1 else f"{coverage.opinions:,} opinions"
    return f"It was looked for in {opinions} of {cases} from {courts}{years}."


def _answered(
    asked: _Asked,
    standing: Standing,
    text: str,
    claims: tuple[Claim, ...],
    sources: tuple[Source, ...],
    answer_model: str,
    notices: Sequence[str],
) -> Answer:
    nearest = asked.result.hits[:NEAREST] if standing is Standing.ABSTAINED else ()
    return Answer(
        question=asked.read.question,
        standing=standing,
        text=text,
        claims=claims,
        sources=sources,
        footer=Footer(
            answer_model=answer_model,
            encoder=asked.encoder,
            library_revision=asked.result.coverage.revision,
        ),
        trace_id=str(uuid.uuid4()),
        coverage=asked.result.coverage,
        notices=(*asked.result.notices, *notices),
        nearest=nearest,
        misses=tuple(missed(asked.question, hit) for hit in nearest),
        restated=asked.read,
        premises=asked.premises,
    )


def missed(question: str, hit: Hit) -> tuple[str, ...]:
    """Return words of a question that the passages found of a case do not speak of, as asked."""
    there = {term for passage in hit.passages for term in terms(passage.text)}
    words = [word.strip(_EDGES) for word in question.split()]
    # Of one form of a word and another, the first that was asked.
    first = {stem: word for word in reversed(words) if (stem := " ".join(terms(word)))}
    asked = [stem for word in words if (stem := " ".join(terms(word))) and stem not in ASKING]
    missing = [first[stem] for stem in dict.fromkeys(asked) if not there.issuperset(stem.split())]
    return tuple(missing[:MOST_MISSED])
