"""The demonstration library, imported for real: it is found, cited and counted as law is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from core.ingest.demo import demo_path
from core.ingest.importers.jsonl import read_jsonl
from core.ingest.meter import Meter
from core.ingest.pipeline import ImportReport, import_cases
from core.library.cases import case_by_source_id, coverage
from core.library.citing import cited_by
from core.library.db import Database
from core.model import CitationStatus, CitingReference, Filters, LegalDate
from core.search.cite import resolve
from core.search.encoder import Encoder
from core.search.plan import Searcher


@pytest.fixture
def demo(demo_url: str) -> Iterator[Database]:
    """A library with the demonstration cases in it, imported once a run."""
    with Database.open(demo_url, size=2) as db:
        yield db


def import_demo(db: Database, encoder: Encoder) -> ImportReport:
    """Import them in this process, as a file so small is, with the encoder at hand."""
    return import_cases(db, lambda: encoder, read_jsonl([demo_path()], meter=Meter()))


def test_it_is_imported_whole_and_a_second_time_it_adds_nothing(
    db: Database, encoder: Encoder
) -> None:
    first = import_demo(db, encoder)
    assert (first.cases, first.failed) == (18, ())
    again = import_demo(db, encoder)
    assert (again.cases, again.skipped, coverage(db).cases) == (0, 18, 18)


def references(db: Database, source_id: str) -> dict[str, CitingReference]:
    case = case_by_source_id(db, source_id)
    assert case is not None
    return {reference.case.source_id: reference for reference in cited_by(db, case.case_id)}


def test_later_cases_are_listed_with_the_sentence_in_which_they_cite(demo: Database) -> None:
    orrin = references(demo, "demo-orrin-1971")
    assert set(orrin) == {
        "demo-pell-1976",
        "demo-fenwick-1979",
        "demo-dunmore-1986",
        "demo-hask-1997",
        "demo-thistledown-1999",
        "demo-brandreth-2011",
        "demo-ivers-2018",
    }
    assert all("Orrin" in reference.sentence_text for reference in orrin.values())


def test_a_quoted_passage_of_an_opinion_is_resolved_at_parallel_and_interior_pages(
    demo: Database,
) -> None:
    text = (
        "Brandreth v. Oxlip Foods, LLC, 2011 Merrow 18, 179 Merr. 2d 77, 81 (2011); "
        "Orrin v. Castlebay Grocers, Inc., 61 Merr. 2d 412 (1971); id. at 415; "
        "Nobody v. Anyone, 61 Merr. 2d 900 (1971)."
    )
    resolved = resolve(text, demo)
    statuses = Counter(one.status for one in resolved)
    assert statuses == {CitationStatus.HELD: 4, CitationStatus.NOT_HELD: 1}


@pytest.mark.parametrize(
    ("query", "source_id"),
    [
        ("61 Merr. 2d 412", "demo-orrin-1971"),
        ("61 Merr.2d 415", "demo-orrin-1971"),  # an interior page
        ("2011 Merrow 18", "demo-brandreth-2011"),  # the parallel, neutral form
        ("No. 85-077", "demo-dunmore-1986"),
        ("State v. Wray", "demo-wray-2013"),
    ],
)
def test_what_names_one_case_finds_it_first(
    demo: Database, encoder: Encoder, query: str, source_id: str
) -> None:
    found = Searcher(demo, encoder).search(query, k=3)
    assert found.hits[0].case.source_id == source_id


@pytest.mark.parametrize(
    ("query", "source_ids"),
    [
        # The case that said so, and the one that quotes it.
        (
            '"Privilege is lost by conduct, not by accident"',
            {"demo-thistledown-1999", "demo-marchbanks-2015"},
        ),
        # The case, and the one it overruled.
        (
            "landlord left the building without repair, may the tenant stop paying",
            {"demo-dunmore-1986", "demo-pell-1976"},
        ),
        ("senior water right lost because the ditch was not used", {"demo-lissen-2004"}),
    ],
)
def test_words_find_the_cases_on_point_before_all_others(
    demo: Database, encoder: Encoder, query: str, source_ids: set[str]
) -> None:
    found = Searcher(demo, encoder).search(query, k=len(source_ids))
    assert {hit.case.source_id for hit in found.hits} == source_ids


def test_as_of_the_middle_of_its_year_a_case_of_an_unknown_day_is_left_out(
    demo: Database, encoder: Encoder
) -> None:
    searcher = Searcher(demo, encoder)

    def on(day: str) -> set[str]:
        found = searcher.search("boiler", filters=Filters(as_of=LegalDate.parse(day).first), k=18)
        return {hit.case.source_id for hit in found.hits}

    assert "demo-pell-1976" not in on("1976-07-01")
    assert "demo-pell-1976" in on("1976-12-31")
