"""Cases by id, citation, docket number and name."""

from __future__ import annotations

from datetime import date

import pytest

from core.library import cases
from core.library.db import Database
from core.model import CaseId, LegalDate, OpinionKind, ReporterCitation
from tests.db.shelf import Shelved, Writing, shelve


def place(written: str) -> ReporterCitation:
    volume, *reporter, page = written.split()
    return ReporterCitation(volume=volume, reporter=" ".join(reporter), page=page)


def found(db: Database, written: str) -> tuple[list[str], bool]:
    there = cases.cases_at(db, place(written))
    return [case.source_id for case in there.cases], there.interior


def test_a_case_comes_back_as_it_was_shelved(db: Database) -> None:
    ids = shelve(
        db,
        Shelved(
            source_id="nken",
            name="Nken v. Holder",
            docket="08-681",
            filed="2009-04",
            places=("556 U.S. 418", "129 S. Ct. 1749"),
        ),
    )
    case = cases.case(db, CaseId(ids["nken"]))
    assert case is not None
    assert (place("556 U.S. 418"), place("129 S. Ct. 1749")) == case.citations
    assert LegalDate(year=2009, month=4) == case.date_filed
    assert (
        case.case_name,
        case.docket_number,
        case.court.court,
        case.court.name,
        case.invented,
    ) == ("Nken v. Holder", "08-681", "scotus", "Scotus", False)
    assert case == cases.case_by_source_id(db, "nken")


def test_what_is_not_held_is_none_or_left_out(db: Database) -> None:
    ids = shelve(db, Shelved(source_id="b"), Shelved(source_id="a"))
    assert cases.case(db, CaseId(0)) is None
    assert cases.case_by_source_id(db, "none") is None
    wanted = [CaseId(ids["b"]), CaseId(0), CaseId(ids["a"]), CaseId(ids["b"])]
    assert [ids["b"], ids["a"]] == list(cases.cases(db, wanted))


def test_opinions_come_in_order_with_their_pages(db: Database) -> None:
    ids = shelve(
        db,
        Shelved(
            source_id="a",
            writings=(
                Writing(
                    text="We hold.\n\nAffirmed.", author="Roberts", pages=((0, "1"), (10, "2"))
                ),
                Writing(text="I dissent.", kind="dissent", author="Alito"),
            ),
        ),
    )
    majority, dissent = cases.opinions(db, CaseId(ids["a"]))
    assert [(page.start, page.label) for page in majority.pages] == [(0, "1"), (10, "2")]
    assert (
        dissent.kind,
        dissent.author,
        dissent.text,
        dissent.ordinal,
    ) == (OpinionKind.DISSENT, "Alito", "I dissent.", 1)


def test_f04_parallel_citations_lead_to_the_same_case(db: Database) -> None:
    shelve(db, Shelved(source_id="nken", places=("556 U.S. 418", "129 S. Ct. 1749")))
    assert found(db, "556 U.S. 418") == (["nken"], False)
    assert found(db, "129 S. Ct. 1749") == (["nken"], False)


def test_two_cases_at_one_place_are_both_found(db: Database) -> None:
    shelve(
        db,
        Shelved(source_id="b", places=("502 U.S. 1",)),
        Shelved(source_id="a", places=("502 U.S. 1",)),
    )
    assert found(db, "502 U.S. 1") == (["a", "b"], False)


def test_an_interior_page_leads_to_the_case_that_covers_it_by_its_printed_pages(
    db: Database,
) -> None:
    pages = tuple((n, str(420 + n)) for n in range(5))
    shelve(
        db,
        Shelved(
            source_id="nken",
            places=("556 U.S. 418",),
            writings=(Writing(text="x" * 9000, pages=pages),),
        ),
        Shelved(source_id="next", places=("556 U.S. 449",)),
    )
    assert found(db, "556 U.S. 424") == (["nken"], True)
    # its printed pages end at 424, however long the text is
    assert found(db, "556 U.S. 425") == ([], False)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # 4,500 characters are three pages, and one for safety: 418 to 422
        ("556 U.S. 422", (["nken"], True)),
        ("556 U.S. 423", ([], False)),
        # the page on which another case begins is that case's
        ("556 U.S. 421", (["short"], False)),
        ("556 U.S. 417", ([], False)),
        ("555 U.S. 419", ([], False)),
        ("556 F.3d 419", ([], False)),
        ("556 U.S. xii", ([], False)),
        ("556 U.S. 99999999999", ([], False)),
    ],
)
def test_an_interior_page_is_estimated_by_length_where_no_pages_are_known(
    db: Database, written: str, expected: tuple[list[str], bool]
) -> None:
    shelve(
        db,
        Shelved(source_id="nken", places=("556 U.S. 418",), writings=(Writing(text="x" * 4500),)),
        *(
            (Shelved(source_id="short", places=("556 U.S. 421",), writings=(Writing(text="x"),)),)
            if written == "556 U.S. 421"
            else ()
        ),
    )
    assert expected == found(db, written)


def test_printed_pages_of_another_reporter_do_not_limit_a_case(db: Database) -> None:
    shelve(
        db,
        Shelved(
            source_id="nken",
            places=("556 U.S. 418", "129 S. Ct. 1749"),
            writings=(Writing(text="x" * 4500, pages=((0, "1749"), (9, "1750"))),),
        ),
    )
    assert found(db, "556 U.S. 421") == (["nken"], True)
    assert found(db, "129 S. Ct. 1750") == (["nken"], True)
    assert found(db, "129 S. Ct. 1751") == ([], False)


def test_many_places_are_looked_up_at_once(db: Database) -> None:
    shelve(db, Shelved(source_id="a", places=("1 U.S. 1",)), Shelved(source_id="b"))
    there = cases.cases_at_places(db, [place("1 U.S. 1"), place("2 U.S. 2"), place("1 U.S. 1")])
    assert {place("1 U.S. 1"): ["a"], place("2 U.S. 2"): []} == {
        at: [case.source_id for case in held] for at, held in there.items()
    }
    assert cases.cases_at_places(db, []) == {}


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("12-1573", "12-1573"),
        ("No. 12-1573", "12-1573"),
        ("no. 12–1573.", "12-1573"),  # an en dash and a full stop
        ("12-1573", "12-1573, 12-1653"),
        ("12-1653", "12-1573, 12-1653"),
        ("Nos. 12-1573 & 12-1653", "12-1573, 12-1653"),
        ("12-cv-1573", "1:12-cv-01573-ABC-DE"),
        ("1:12-cv-01573-ABC", "12-cv-01573"),
        ("No. 1,148", "1148"),
        ("2018-2709", "Civil Action No. 2018-2709"),
    ],
)
def test_a_docket_number_is_found_however_it_is_spelt(
    db: Database, written: str, held: str
) -> None:
    shelve(db, Shelved(source_id="a", docket=held), Shelved(source_id="b", docket="12-157"))
    assert [case.source_id for case in cases.cases_by_docket(db, written)] == ["a"]


@pytest.mark.parametrize("written", ["", "No.", "12-15", "12-1573, 99-1"])
def test_what_is_no_docket_number_of_a_case_finds_none(db: Database, written: str) -> None:
    shelve(db, Shelved(source_id="a", docket="12-1573"), Shelved(source_id="b"))
    assert cases.cases_by_docket(db, written) == ()


def test_a_name_is_found_by_the_words_of_both_parties(db: Database) -> None:
    shelve(
        db,
        Shelved(source_id="long", name="O'Brien Holding Co. v. Nken and Others"),
        Shelved(source_id="short", name="Nken v. O’Brien"),
        Shelved(source_id="other", name="Nken v. Holder"),
        Shelved(source_id="unnamed"),
    )
    assert [case.source_id for case in cases.cases_by_name(db, "OBRIEN vs. nken")] == [
        "short",
        "long",
    ]
    assert cases.cases_by_name(db, "v.") == ()
    assert cases.cases_by_name(db, "Nken v. Nobody") == ()


def test_coverage_tells_what_is_held(db: Database) -> None:
    assert (
        (empty := cases.coverage(db)).cases,
        empty.earliest,
        empty.latest,
        empty.revision,
    ) == (0, None, None, 0)
    shelve(
        db,
        Shelved(source_id="a", filed="1999"),
        Shelved(source_id="b", filed="2009-04-22", court="ca1"),
        Shelved(source_id="c", filed=None),
    )
    held = cases.coverage(db)
    assert (held.cases, held.opinions, held.passages, held.courts, held.undated) == (3, 3, 3, 2, 1)
    assert (str(held.earliest), str(held.latest)) == ("1999", "2009-04-22")


def test_f06_coverage_as_of_a_day_counts_nothing_that_may_be_later(db: Database) -> None:
    shelve(db, Shelved(source_id="a", filed="2009"), Shelved(source_id="c", filed=None))
    assert cases.coverage(db, as_of=date(2009, 12, 30)).cases == 0
    assert (
        (held := cases.coverage(db, as_of=date(2009, 12, 31))).cases,
        held.passages,
    ) == (1, 1)


def test_courts_come_with_their_number_of_cases(db: Database) -> None:
    shelve(db, Shelved(source_id="a"), Shelved(source_id="b"), Shelved(source_id="c", court="ca1"))
    assert [(held.court.court, held.cases) for held in cases.courts(db)] == [
        ("ca1", 1),
        ("scotus", 2),
    ]


def test_deleting_a_case_takes_all_that_hangs_on_it(db: Database) -> None:
    ids = shelve(db, Shelved(source_id="a", places=("1 U.S. 1",)), Shelved(source_id="b"))
    with db.transaction() as transaction:
        assert cases.delete_cases(transaction, [CaseId(ids["a"])]) == 1
    held = cases.coverage(db)
    assert (held.cases, held.opinions, held.passages, held.revision) == (1, 1, 1, 1)
    assert found(db, "1 U.S. 1") == ([], False)
