"""Citations resolved to held cases, and who cites whom."""

from __future__ import annotations

from datetime import date

import psycopg

from core.library import cases, citing
from core.library.db import Database
from core.model import CaseId, Depth
from tests.db.shelf import Shelved, Writing, cite, shelve, short

NKEN = Shelved(source_id="nken", name="Nken v. Holder", places=("556 U.S. 418", "129 S. Ct. 1749"))


def citing_case(
    source_id: str, *citations: tuple[str, dict[str, object]], **more: object
) -> Shelved:
    text = "It is so. " + ". ".join(f"See {written}" for written, _ in citations) + "."
    return Shelved(source_id=source_id, writings=(Writing(text=text, citations=citations),), **more)  # type: ignore[arg-type]


def agree(written: str, held: str) -> bool:
    return written == held


def resolve(db: Database) -> None:
    with db.transaction() as transaction:
        citing.resolve_citations(transaction, agree)


def statuses(db: Database, case_id: int) -> list[tuple[str, int | None]]:
    with psycopg.connect(db.url) as connection:
        return connection.execute(
            "SELECT status, cited_case_id FROM citations WHERE case_id = %s"
            " ORDER BY opinion_id, ordinal",
            (case_id,),
        ).fetchall()


def test_a_full_citation_is_held_or_not_held(db: Database) -> None:
    ids = shelve(db, NKEN, citing_case("b", cite("556 U.S. 418"), cite("1 U.S. 1")))
    resolve(db)
    assert [("held", ids["nken"]), ("not_held", None)] == statuses(db, ids["b"])


def test_short_forms_share_the_fate_of_their_full_citation(db: Database) -> None:
    ids = shelve(
        db,
        NKEN,
        citing_case(
            "b",
            cite("556 U.S. 418"),
            short("Id., at 420", 0),
            cite("1 U.S. 1"),
            short("Id., at 2", 2),
            ("Ibid.", {"kind": "id"}),
        ),
    )
    resolve(db)
    held, absent = ("held", ids["nken"]), ("not_held", None)
    assert [held, held, absent, absent] == statuses(db, ids["b"])[:4]


def test_a_case_that_comes_later_is_found_by_the_citations_that_waited(db: Database) -> None:
    ids = shelve(db, citing_case("b", cite("129 S. Ct. 1749"), short("Id., at 1", 0)))
    resolve(db)
    assert statuses(db, ids["b"]) == [("not_held", None)] * 2
    nken = shelve(db, NKEN)["nken"]
    resolve(db)
    assert [("held", nken)] * 2 == statuses(db, ids["b"])


def test_two_cases_at_one_place_are_ambiguous_unless_the_name_decides(db: Database) -> None:
    ids = shelve(
        db,
        Shelved(source_id="x", name="Ray v. Blair", places=("5 U.S. 9",)),
        Shelved(source_id="y", name="Coe v. Errol", places=("5 U.S. 9",)),
        citing_case(
            "b",
            cite("5 U.S. 9"),
            cite("5 U.S. 9", plaintiff="Coe", defendant="Errol"),
            short("Id., at 10", 1),
            cite("5 U.S. 9", plaintiff="Doe", defendant="Roe"),
        ),
    )
    resolve(db)
    assert [
        ("ambiguous", None),
        ("held", ids["y"]),
        ("held", ids["y"]),
        ("ambiguous", None),
    ] == statuses(db, ids["b"])


def test_a_second_case_at_the_place_makes_a_resolved_citation_ambiguous(db: Database) -> None:
    ids = shelve(db, NKEN, citing_case("b", cite("556 U.S. 418")))
    resolve(db)
    shelve(db, Shelved(source_id="twin", places=("556 U.S. 418",)))
    resolve(db)
    assert statuses(db, ids["b"]) == [("ambiguous", None)]


def test_deleting_a_case_resolves_what_pointed_at_its_place_anew(db: Database) -> None:
    ids = shelve(
        db,
        NKEN,
        Shelved(source_id="twin", places=("556 U.S. 418",)),
        citing_case("b", cite("556 U.S. 418"), short("Id., at 419", 0)),
    )
    resolve(db)
    assert statuses(db, ids["b"]) == [("ambiguous", None)] * 2
    for gone, expected in (("twin", ("held", ids["nken"])), ("nken", ("not_held", None))):
        with db.transaction() as transaction:
            cases.delete_cases(transaction, [CaseId(ids[gone])])
        resolve(db)
        assert [expected] * 2 == statuses(db, ids["b"])


def test_a_case_deleted_without_ceremony_leaves_no_link_behind(db: Database) -> None:
    ids = shelve(db, NKEN, citing_case("b", cite("556 U.S. 418"), short("Id., at 419", 0)))
    resolve(db)
    with psycopg.connect(db.url) as connection:
        connection.execute("DELETE FROM cases WHERE source_id = 'nken'")
    resolve(db)
    assert statuses(db, ids["b"]) == [("not_held", None)] * 2


def test_a_case_that_loses_a_place_loses_the_citations_to_it(db: Database) -> None:
    ids = shelve(db, NKEN, citing_case("b", cite("556 U.S. 418"), cite("129 S. Ct. 1749")))
    resolve(db)
    with psycopg.connect(db.url) as connection:
        connection.execute("DELETE FROM case_citations WHERE reporter = 'S. Ct.'")
        connection.execute("UPDATE cases SET linked = false WHERE source_id = 'nken'")
    resolve(db)
    assert [("held", ids["nken"]), ("not_held", None)] == statuses(db, ids["b"])


def test_resolving_again_changes_nothing(db: Database) -> None:
    ids = shelve(db, NKEN, citing_case("b", cite("556 U.S. 418"), short("Id., at 1", 0)))
    resolve(db)
    before = _versions(db)
    resolve(db)
    assert before == _versions(db)
    assert [("held", ids["nken"])] * 2 == statuses(db, ids["b"])


def test_cited_by_gives_each_case_once_with_the_sentence_that_names_a_page(db: Database) -> None:
    ids = shelve(
        db,
        NKEN,
        citing_case(
            "b",
            cite("556 U.S. 418"),
            cite("129 S. Ct. 1749", pincite="435", signal="see", parenthetical="so held"),
        ),
    )
    resolve(db)
    (reference,) = citing.cited_by(db, CaseId(ids["nken"]))
    assert (
        reference.case.source_id,
        reference.sentence_text,
        reference.pincite,
        reference.signal,
        reference.parenthetical,
        reference.depth,
    ) == ("b", "See 129 S. Ct. 1749", "435", "see", "so held", Depth.CITED)


def test_the_case_that_returns_to_it_most_comes_first_then_the_latest(db: Database) -> None:
    often = tuple(cite("556 U.S. 418") for _ in range(8))
    ids = shelve(
        db,
        NKEN,
        citing_case("old", cite("556 U.S. 418"), filed="2010"),
        citing_case("new", cite("556 U.S. 418"), filed="2012"),
        citing_case("undated", cite("556 U.S. 418"), filed=None),
        citing_case("deep", *often, filed="2009-12-31"),
    )
    resolve(db)
    assert [
        (each.case.source_id, each.depth) for each in citing.cited_by(db, CaseId(ids["nken"]))
    ] == [
        ("deep", Depth.EXAMINED),
        ("new", Depth.MENTIONED),
        ("old", Depth.MENTIONED),
        ("undated", Depth.MENTIONED),
    ]


def test_f06_as_of_a_day_no_later_case_is_shown_or_counted(db: Database) -> None:
    ids = shelve(
        db,
        NKEN,
        citing_case("a", cite("556 U.S. 418"), filed="2010-05-01"),
        citing_case("b", cite("556 U.S. 418"), filed="2010"),
        citing_case("c", cite("556 U.S. 418"), filed=None),
    )
    resolve(db)
    nken = CaseId(ids["nken"])
    expected = {date(2010, 4, 30): [], date(2010, 5, 1): ["a"], date(2010, 12, 31): ["b", "a"]}
    for day, sources in expected.items():
        shown = citing.cited_by(db, nken, as_of=day)
        assert sources == [each.case.source_id for each in shown]
        assert {nken: len(sources)} == citing.cited_by_counts(db, [nken], as_of=day)
    assert {nken: 3} == citing.cited_by_counts(db, [nken])


def test_parallel_citations_in_one_sentence_and_a_case_citing_itself_count_once_and_not(
    db: Database,
) -> None:
    parallel = Writing(
        text="See 556 U.S. 418, 129 S. Ct. 1749.",
        citations=(cite("556 U.S. 418"), cite("129 S. Ct. 1749")),
    )
    own = Writing(text="556 U.S. 418", citations=(cite("556 U.S. 418"),))
    ids = shelve(
        db,
        Shelved(source_id="nken", places=NKEN.places, writings=(own,)),
        Shelved(source_id="b", writings=(parallel,)),
    )
    resolve(db)
    (reference,) = citing.cited_by(db, CaseId(ids["nken"]))
    assert (reference.case.source_id, reference.depth) == ("b", Depth.MENTIONED)
    assert {ids["nken"]: 1, 0: 0} == citing.cited_by_counts(db, [CaseId(ids["nken"]), CaseId(0)])


def test_pages_of_cited_by_neither_repeat_nor_skip(db: Database) -> None:
    ids = shelve(db, NKEN, *(citing_case(f"c{n}", cite("556 U.S. 418")) for n in range(7)))
    resolve(db)
    nken = CaseId(ids["nken"])
    pages = [citing.cited_by(db, nken, most=3, skip=skip) for skip in (0, 3, 6)]
    assert list(citing.cited_by(db, nken)) == [each for page in pages for each in page]


def test_cited_cases_are_the_links_of_a_case_in_reading_order(db: Database) -> None:
    ids = shelve(
        db,
        NKEN,
        citing_case("b", cite("1 U.S. 1"), cite("556 U.S. 418", pincite="420"), short("Id.", 1)),
    )
    resolve(db)
    links = citing.cited_cases(db, CaseId(ids["b"]))
    text = cases.opinions(db, CaseId(ids["b"]))[0].text
    assert [("556 U.S. 418", "420", ids["nken"]), ("Id.", None, ids["nken"])] == [
        (link.span.of(text), link.pincite, link.case_id) for link in links
    ]


def _versions(db: Database) -> list[tuple[object, ...]]:
    """Which row versions there are: an update, even to the same values, makes a new one."""
    with psycopg.connect(db.url) as connection:
        return connection.execute("SELECT ctid::text FROM citations ORDER BY 1").fetchall()
