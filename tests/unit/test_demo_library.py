"""The demonstration library keeps what it promises: all that real law has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from core.ingest.demo import demo_path
from core.ingest.importers.jsonl import read_jsonl
from core.ingest.meter import Meter
from core.law.citations import find_citations, reporter_citation
from core.model import (
    CaseRecord,
    CitationKind,
    FoundCitation,
    OpinionKind,
    OpinionRecord,
    ReporterCitation,
)

POINTING_BACK = {CitationKind.SHORT, CitationKind.SUPRA, CitationKind.ID}


@cache
def demo() -> tuple[CaseRecord, ...]:
    records = tuple(read_jsonl([demo_path()], meter=Meter()))
    assert all(isinstance(record, CaseRecord) for record in records), records
    return tuple(record for record in records if isinstance(record, CaseRecord))


def writings() -> Iterator[tuple[CaseRecord, OpinionRecord]]:
    """Every opinion with its case; the syllabus is front matter and left out."""
    for case in demo():
        for opinion in case.opinions:
            if opinion.kind is not OpinionKind.SYLLABUS:
                yield case, opinion


@cache
def found_in(text: str) -> tuple[FoundCitation, ...]:
    return find_citations(text)


@cache
def holders() -> dict[ReporterCitation, CaseRecord]:
    return {
        citation: case
        for case in demo()
        for printed in case.citations
        if (citation := reporter_citation(printed))
    }


def cited_case(opinion: OpinionRecord, found: FoundCitation) -> CaseRecord | None:
    """The case a citation opens, by its place or by that of the full citation it stands for."""
    if found.antecedent is not None:
        found = found_in(opinion.text)[found.antecedent]
    return None if found.citation is None else holders().get(found.citation)


def pages_of(case: CaseRecord) -> dict[int, str]:
    """What stands on each printed page of a case."""
    pages: dict[int, str] = {}
    for opinion in case.opinions:
        ends = [page.start for page in opinion.pages[1:]] + [len(opinion.text)]
        for page, end in zip(opinion.pages, ends, strict=False):
            pages[int(page.label)] = opinion.text[page.start : end]
    return pages


def test_every_case_is_marked_as_invented_and_free_to_use() -> None:
    assert {(case.invented, case.source, case.license) for case in demo()} == {
        (True, "Onpoint demonstration library", "CC0-1.0")
    }


def test_ids_and_citations_are_unique_and_every_citation_can_be_read() -> None:
    printed = [citation for case in demo() for citation in case.citations]
    assert len({case.source_id for case in demo()}) == len(demo()) >= 16
    assert len(set(printed)) == len(printed) == len(holders())


def test_every_citation_between_the_cases_opens_a_case_that_is_there() -> None:
    lost = [
        (case.source_id, found.text)
        for case, opinion in writings()
        for found in found_in(opinion.text)
        if found.kind in {CitationKind.FULL, CitationKind.UNKNOWN, *POINTING_BACK}
        if cited_case(opinion, found) is None
    ]
    assert lost == []


def test_a_case_cites_only_earlier_cases() -> None:
    late = [
        (case.source_id, cited.source_id)
        for case, opinion in writings()
        for found in found_in(opinion.text)
        if (cited := cited_case(opinion, found)) and cited is not case
        if cited.date_filed is None
        or case.date_filed is None
        or cited.date_filed.first > case.date_filed.last
    ]
    assert late == []


def test_every_pincite_is_a_page_of_the_case_it_points_into() -> None:
    outside = [
        (case.source_id, found.text, found.pincite)
        for case, opinion in writings()
        for found in found_in(opinion.text)
        if found.pincite and (cited := cited_case(opinion, found))
        if int(re.findall(r"\d+", found.pincite)[0]) not in pages_of(cited)
    ]
    assert outside == []


def test_the_forms_of_citation_are_all_there() -> None:
    kinds = Counter(f.kind for _, opinion in writings() for f in found_in(opinion.text))
    every = [f for _, opinion in writings() for f in found_in(opinion.text)]
    assert min(kinds[kind] for kind in (CitationKind.FULL, *POINTING_BACK)) >= 5
    assert sum(found.pincite is not None for found in every) >= 40
    assert len({found.signal for found in every if found.signal}) >= 4
    assert sum(found.parenthetical is not None for found in every) >= 5


def test_there_are_dissents_concurrences_a_per_curiam_syllabuses_and_parallel_citations() -> None:
    kinds = Counter(opinion.kind for case in demo() for opinion in case.opinions)
    concurrences = kinds[OpinionKind.CONCURRENCE] + kinds[OpinionKind.CONCURRENCE_IN_JUDGMENT]
    assert kinds[OpinionKind.DISSENT] >= 3
    assert concurrences >= 2
    assert kinds[OpinionKind.PER_CURIAM] == 1
    assert kinds[OpinionKind.SYLLABUS] == 2
    assert sum(len(case.citations) > 1 for case in demo()) >= 8


def test_one_case_is_overruled_in_words_by_a_later_one() -> None:
    dunmore = next(case for case in demo() if case.source_id == "demo-dunmore-1986")
    assert any(
        "Pell v. Larkmoor Estates is overruled." in opinion.text for opinion in dunmore.opinions
    )


def test_of_one_case_only_the_year_is_known_of_one_the_month_and_one_has_no_docket_number() -> None:
    dates = [case.date_filed for case in demo() if case.date_filed]
    assert len(dates) == len(demo())
    assert sum(date.month is None for date in dates) == 1
    assert sum(date.month is not None and date.day is None for date in dates) == 1
    assert sum(case.docket_number is None for case in demo()) == 1


def test_star_pages_begin_at_words_and_run_on_through_the_case() -> None:
    for case, opinion in writings():
        starts = [page.start for page in opinion.pages]
        assert starts[0] == 0, case.source_id
        assert all(before < after for before, after in pairwise(starts)), case.source_id
        for start in starts:
            around = opinion.text[max(0, start - 1) : start + 1]
            assert start == 0 or (around[0].isspace() and not around[1].isspace()), case.source_id
    for case in demo():
        labels = [int(page.label) for opinion in case.opinions for page in opinion.pages]
        first = int(case.citations[0].rsplit(" ", 1)[1])
        assert labels == list(range(first, first + len(labels))), case.source_id


@pytest.mark.parametrize("case", demo(), ids=lambda case: case.source_id)
def test_what_is_quoted_before_a_pincite_stands_word_for_word_on_that_page(
    case: CaseRecord,
) -> None:
    for opinion in case.opinions:
        for quote, found in quoted_with_pincite(opinion):
            cited = cited_case(opinion, found)
            assert cited is not None
            pages = pages_of(cited)
            first = int(re.findall(r"\d+", found.pincite or "")[0])
            assert quote in pages[first] + pages.get(first + 1, ""), (quote, found.text)


def quoted_with_pincite(opinion: OpinionRecord) -> Iterator[tuple[str, FoundCitation]]:
    """Quotations that end right before a citation with a pincite."""
    for found in found_in(opinion.text):
        before = opinion.text[: found.full_span.start].rstrip()
        closed = re.search(r'"([^"\[\]]{20,})"$', before)
        if closed and found.pincite:
            yield closed[1].rstrip(".,"), found
