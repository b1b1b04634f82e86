"""What is prepared of a batch of cases, as the rows of the tables it goes to.

Columns and values stand here side by side, in one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.ingest.prepare import CasePrepared, CitationPrepared, Prepared
from core.library.passages import stored_vector
from core.model import CaseRecord, OpinionRecord

_SMALLINT = 32_767

CASES = (
    "case_id source_id court case_name docket_number date_filed filed_first filed_last "
    "date_argued source license invented extra content_sha256"
).split()
CASE_CITATIONS = "case_id ordinal as_printed volume reporter page".split()
OPINIONS = "opinion_id case_id ordinal kind author text footnotes_start".split()
PAGES = "opinion_id start_offset label".split()
PASSAGES = (
    "passage_id case_id opinion_id start_offset end_offset terms court kind filed_first "
    "filed_last encoder_id embedding"
).split()
POSTINGS = "term segment passages frequencies positions".split()
CITATIONS = (
    "opinion_id ordinal case_id kind start_offset end_offset sentence_start sentence_end volume "
    "reporter page plaintiff defendant year pincite signal parenthetical antecedent status"
).split()

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An opinion with the numbers it has on the shelf."""

    case: CasePrepared
    case_id: int
    opinion_id: int
    # Index in `case.opinions`.
    at: int

    @property
    def record(self) -> OpinionRecord:
        return self.case.record.opinions[self.at]


def case_row(case_id: int, record: CaseRecord, content: bytes) -> Row:
    filed, argued = record.date_filed, record.date_argued
    return (
        case_id,
        record.source_id,
        record.court,
        record.case_name,
        record.docket_number,
        None if filed is None else str(filed),
        None if filed is None else filed.first,
        None if filed is None else filed.last,
        None if argued is None else str(argued),
        record.source,
        record.license,
        record.invented,
        dict(record.extra),
        content,
    )


def case_citation_rows(cases: Sequence[CasePrepared], ids: Sequence[int]) -> Iterator[Row]:
    for case, case_id in zip(cases, ids, strict=True):
        written = zip(case.record.citations, case.places, strict=True)
        for ordinal, (printed, place) in enumerate(written):
            parts = (place.volume, place.reporter, place.page) if place else (None, None, None)
            yield (case_id, ordinal, printed, *parts)


def opinion_row(opinion: Placed) -> Row:
    record = opinion.record
    numbers = (opinion.opinion_id, opinion.case_id, opinion.at)
    return (*numbers, str(record.kind), record.author, record.text, record.footnotes_start)


def passage_rows(
    batch: Prepared, placed: Iterable[Placed], ids: Iterable[int], encoder_id: int
) -> Iterator[Row]:
    numbered = zip(ids, batch.lengths.tolist(), batch.vectors, strict=True)
    for opinion in placed:
        record = opinion.case.record
        filed = record.date_filed
        shared = (
            record.court,
            str(opinion.record.kind),
            None if filed is None else filed.first,
            None if filed is None else filed.last,
            encoder_id,
        )
        for span in opinion.case.opinions[opinion.at].passages:
            passage_id, terms, vector = next(numbered)
            place = (passage_id, opinion.case_id, opinion.opinion_id, span.start, span.end, terms)
            yield (*place, *shared, stored_vector(vector))


def posting_rows(batch: Prepared, segment: int, first_passage: int) -> Iterator[Row]:
    postings = batch.postings
    ids = (postings.passages + np.int32(first_passage)).astype("<i4").tobytes()
    frequencies = postings.frequencies.tobytes()
    positions = postings.positions.astype("<u2").tobytes()
    borders = pairwise([0, *postings.ends.tolist()])
    at = 0
    for term, (start, end) in zip(postings.terms, borders, strict=True):
        held = frequencies[start:end]
        places = positions[2 * at : 2 * (at + sum(held))]
        yield (term, segment, ids[4 * start : 4 * end], held, places)
        at += sum(held)


def citation_rows(placed: Iterable[Placed]) -> Iterator[Row]:
    for opinion in placed:
        citations = opinion.case.opinions[opinion.at].citations
        for ordinal, citation in enumerate(citations):
            yield (opinion.opinion_id, ordinal, opinion.case_id, *_citation_row(citation))


def _citation_row(citation: CitationPrepared) -> Row:
    found, place = citation.found, citation.found.citation
    known_year = found.year is not None and 0 < found.year <= _SMALLINT
    return (
        str(found.kind),
        found.span.start,
        found.span.end,
        citation.sentence.start,
        citation.sentence.end,
        place.volume if place else None,
        place.reporter if place else None,
        place.page if place else None,
        found.plaintiff,
        found.defendant,
        found.year if known_year else None,
        found.pincite,
        found.signal,
        found.parenthetical,
        found.antecedent,
        str(citation.status),
    )
