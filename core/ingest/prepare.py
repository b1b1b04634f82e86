"""Makes everything of a batch of cases that can be made without the database.

Passages, citations, terms and vectors: pure work on text, done by as many processes at once as
there are processors, so that nothing waits on anything else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from core.ingest.split import split
from core.law.citations import find_citations, reporter_citation
from core.law.sentences import sentences
from core.library.passages import MOST_OFTEN
from core.model import (
    BadRecord,
    CaseRecord,
    CitationKind,
    CitationStatus,
    FoundCitation,
    OpinionKind,
    OpinionRecord,
    ReporterCitation,
    Span,
)
from core.search.encoder import Encoder
from core.search.terms import terms

EncoderFactory = Callable[[], Encoder]

_NO_CASE = frozenset({CitationKind.STATUTE, CitationKind.JOURNAL})
_POINTS_BACK = frozenset(
    {CitationKind.SHORT, CitationKind.SUPRA, CitationKind.ID, CitationKind.REFERENCE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderUsed:
    """Which encoder made the vectors."""

    name: str
    fingerprint: str
    dimensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationPrepared:
    """A citation found in an opinion, with the sentence it stands in."""

    found: FoundCitation
    sentence: Span
    # What is known before the library is asked.
    status: CitationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionPrepared:
    passages: tuple[Span, ...]
    citations: tuple[CitationPrepared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePrepared:
    record: CaseRecord
    # For each citation of the record, in order; None where its form is not known.
    places: tuple[ReporterCitation | None, ...]
    opinions: tuple[OpinionPrepared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """For each term, in order, the passages of the batch that have it (from 0), how often, where.

    The entries of `terms[n]` are `[ends[n - 1]:ends[n]]` of passages and frequencies, ascending
    by passage; a frequency is capped at 255. Of positions each entry has as many, ascending.
    """

    terms: tuple[str, ...]
    ends: NDArray[np.int64]
    passages: NDArray[np.int32]
    frequencies: NDArray[np.uint8]
    positions: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A batch ready to be stored. Arrays run over its passages in order."""

    cases: tuple[CasePrepared, ...]
    bad: tuple[BadRecord, ...]
    # Lexical terms in each passage, repeats counted: int32, shape (n,).
    lengths: NDArray[np.int32]
    # Unit length: float16, shape (n, d).
    vectors: NDArray[np.float16]
    postings: Postings
    encoder: EncoderUsed


def prepare(records: Sequence[CaseRecord], encoder: Encoder) -> Prepared:
    """Split, read, count and encode a batch of cases.

    A case that cannot be read is reported and left out. Raises EncoderUnavailable.
    """
    cases: list[CasePrepared] = []
    bad: list[BadRecord] = []
    for record in records:
        try:
            cases.append(_case(record))
        except Exception as error:  # noqa: BLE001  one odd opinion must not stop the import
            what = f"{type(error).__name__}: {error}"
            reason = f"its citations or sentences could not be read ({what[:200]})"
            bad.append(BadRecord(item=record.source_id, reason=reason))
    texts = [text for case in cases for text in _passage_texts(case)]
    counted = [terms(text) for text in texts]
    return Prepared(
        cases=tuple(cases),
        bad=tuple(bad),
        lengths=np.fromiter(map(len, counted), dtype=np.int32, count=len(counted)),
        vectors=_vectors(texts, encoder),
        postings=count_terms(counted),
        encoder=EncoderUsed(
            name=encoder.name, fingerprint=encoder.fingerprint, dimensions=encoder.dimensions
        ),
    )


def count_terms(passages: Sequence[Sequence[str]]) -> Postings:
    """Turn the terms of each passage into postings, terms in order of their code points."""
    vocabulary = sorted(set(chain.from_iterable(passages)))
    number = {term: n for n, term in enumerate(vocabulary)}
    lengths = [len(words) for words in passages]
    words = chain.from_iterable(passages)
    codes = np.fromiter(map(number.__getitem__, words), dtype=np.int64, count=sum(lengths))
    at = np.repeat(np.arange(len(passages), dtype=np.int64), lengths)
    owned = codes * len(passages) + at
    in_order = np.argsort(owned, kind="stable")
    entries, firsts, counts = np.unique(owned[in_order], return_index=True, return_counts=True)
    owners, held = np.divmod(entries, max(len(passages), 1))
    nth = np.arange(len(owned)) - np.repeat(firsts, counts)
    starts = np.cumsum([0, *lengths[:-1]], dtype=np.int64)
    positions = in_order - starts[at[in_order]] if len(owned) else in_order
    return Postings(
        terms=tuple(vocabulary),
        ends=np.searchsorted(owners, np.arange(len(vocabulary)), side="right"),
        passages=held.astype(np.int32),
        frequencies=np.minimum(counts, MOST_OFTEN).astype(np.uint8),
        positions=positions[nth < MOST_OFTEN].astype(np.uint16),
    )


def _vectors(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float16]:
    if not texts:
        return np.zeros((0, encoder.dimensions), dtype=np.float16)
    return encoder.encode(texts).astype(np.float16)


def _case(record: CaseRecord) -> CasePrepared:
    return CasePrepared(
        record=record,
        places=tuple(reporter_citation(written) for written in record.citations),
        opinions=tuple(_opinion(opinion) for opinion in record.opinions),
    )


def _passage_texts(case: CasePrepared) -> Iterable[str]:
    for opinion, prepared in zip(case.record.opinions, case.opinions, strict=True):
        for span in prepared.passages:
            yield span.of(opinion.text)


def _opinion(opinion: OpinionRecord) -> OpinionPrepared:
    """Prepare one writing. Front matter is shown, never searched: it has no passages."""
    if opinion.kind is OpinionKind.SYLLABUS:
        return OpinionPrepared(passages=(), citations=())
    within = sentences(opinion.text)
    starts = [span.start for span in within]
    return OpinionPrepared(
        passages=split(opinion.text, opinion.footnotes_start, within=within),
        citations=tuple(
            CitationPrepared(
                found=found, sentence=_sentence(found.span, within, starts), status=_status(found)
            )
            for found in find_citations(opinion.text)
        ),
    )


def _sentence(span: Span, within: Sequence[Span], starts: Sequence[int]) -> Span:
    """Return the sentence a span stands in; two where it runs over their border."""
    first = max(bisect_right(starts, span.start) - 1, 0)
    last = max(bisect_right(starts, span.end - 1) - 1, first)
    return Span(min(within[first].start, span.start), max(within[last].end, span.end))


def _status(found: FoundCitation) -> CitationStatus:
    if found.kind in _NO_CASE:
        return CitationStatus.NOT_A_CASE
    if found.kind in _POINTS_BACK and found.antecedent is None:
        return CitationStatus.UNRESOLVED
    return CitationStatus.NOT_HELD
