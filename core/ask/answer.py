"""Answer a question from the library: cited, checked before anyone reads it, or not at all.

The model, where there is one, only words the answer. What is cited is decided here, from the
passages that were found; where they do not carry an answer, it says so and what was searched.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from core.ask.extract import ASKING, Similarity, extract
from core.ask.ground import Checks, Grounded, Grounder
from core.ask.llm import LONGEST_ANSWER, AnswerModel
from core.ask.markers import marked
from core.ask.plain import is_plain
from core.ask.prompts import NOT_IN_SOURCES, answer_messages
from core.ask.question import as_it_stands
from core.ask.sources import Opinions, Shelf, Treatments, choose_sources, open_shelf
from core.ask.verdicts import lead_of
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

Search = Callable[[str], SearchResult]
OnText = Callable[[str], None]
Premises = Callable[[str], tuple[Premise, ...]]


def answer(  # noqa: PLR0913  the ways of looking that an answer needs are given to it
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
    result = search(read.search)
    shelf = open_shelf(result, opinions, treatments)
    asked = _Asked(
        question=read.whole,
        read=read,
        result=result,
        shelf=shelf,
        sources=choose_sources(result, shelf),
        encoder=encoder,
        premises=premises(read.question) if premises else (),
    )
    if not asked.sources:
        return _abstain(asked, model.name if model else EXTRACTIVE)
    if model is None:
        return _answer_by_extract(asked, similarity)
    return _answer_by_model(asked, model, similarity, on_text, checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question with what was found for it."""

    question: str
    read: Restated
    result: SearchResult
    shelf: Shelf
    sources: tuple[Source, ...]
    encoder: str
    premises: tuple[Premise, ...]


def _answer_by_model(
    asked: _Asked,
    model: AnswerModel,
    similarity: Similarity,
    on_text: OnText | None,
    checks: Checks | None,
) -> Answer:
    grounder = Grounder(asked.sources, checks)
    try:
        draft = _write(asked, model, grounder, on_text)
    except ModelFailed as failure:
        return _answer_by_extract(asked, similarity, str(failure))
    if NOT_IN_SOURCES in draft.upper():
        return _abstain(asked, model.name)
    grounded = grounder.ground(draft)
    standing = _standing(grounded)
    if standing is Standing.ABSTAINED:
        return _answer_by_extract(asked, similarity, NOT_SUPPORTED)
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


def _answer_by_extract(asked: _Asked, similarity: Similarity, failure: str | None = None) -> Answer:
    """Compose an extract; `failure` says why no model's answer is shown, where one was asked."""
    picked = extract(asked.question, asked.sources, similarity).sentences
    # Word for word or not at all: what some reader could make a link of is not taken.
    found = [sentence for sentence in picked if is_plain(sentence.text)]
    notices = (*([failure] if failure else []), EXTRACT_NOTICE)
    if not found:
        return _abstain(asked, EXTRACTIVE, notices[:-1])
    quoted: dict[int, list[Span]] = {}
    for sentence in found:
        quoted.setdefault(sentence.source, []).append(sentence.span)
    sources = _renumbered(asked, quoted)
    number = {index: n for n, index in enumerate(quoted, start=1)}
    claims = tuple(
        Claim(text=s.text, support=Support.VERIFIED, sources=(number[s.source],)) for s in found
    )
    return _answered(
        asked,
        Standing.GROUNDED,
        _extract_text(claims, sources),
        claims,
        sources,
        EXTRACTIVE,
        notices,
    )


def _renumbered(asked: _Asked, quoted: dict[int, list[Span]]) -> tuple[Source, ...]:
    """Give the sources numbers in the order they are quoted, then those read and not used."""
    unused = [index for index in range(len(asked.sources)) if index not in quoted]
    return tuple(
        asked.shelf.renumbered(asked.sources[index], n, quoted.get(index, ()))
        for n, index in enumerate([*quoted, *unused], start=1)
    )


def _extract_text(claims: Sequence[Claim], sources: Sequence[Source]) -> str:
    """Write one paragraph for each case, and say before a dissent's words whose they are."""
    paragraphs: dict[object, list[str]] = {}
    for claim in claims:
        source = sources[claim.sources[0] - 1]
        lead = lead_of([source], "")
        paragraph = paragraphs.setdefault((source.case.case_id, lead), [])
        lead = "" if paragraph else lead
        paragraph.append(marked(lead + claim.text, claim.sources))
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs.values())


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
