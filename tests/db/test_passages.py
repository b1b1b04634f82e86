"""Passages as the arms of search see them, the lexical index's segments, the vector index."""

from __future__ import annotations

from datetime import date

import numpy as np
import psycopg
import pytest

from core.library import cases, passages, segments, vector_index
from core.library.db import Database
from core.library.passage_table import KINDS, UNDATED, load_passage_table
from core.library.queries import checks
from core.library.vector_index import IndexState
from core.model import CaseId, Filters, OpinionKind, PassageId
from tests.db.shelf import DIMENSIONS, Shelved, Writing, shelve


def passage_ids(db: Database) -> list[PassageId]:
    return [PassageId(int(n)) for n in load_passage_table(db).passage_id]


def unit(*numbers: float) -> np.ndarray:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def write_segment(db: Database, **postings: dict[int, int]) -> int:
    with db.transaction() as transaction:
        number = transaction.value(
            "insert_segment", passages=len({p for each in postings.values() for p in each})
        )
        transaction.copy(
            "postings",
            ("term", "segment", "passages", "frequencies", "positions"),
            [
                (
                    *(term, number, np.array([*each], "<i4").tobytes(), bytes(each.values())),
                    positions_of(each).tobytes(),
                )
                for term, each in postings.items()
            ],
        )
    assert isinstance(number, int)
    return number


def positions_of(frequencies: dict[int, int]) -> np.ndarray:
    """Positions by which each passage can be told: its number, then one more for each time."""
    return np.array(
        [passage + n for passage, count in frequencies.items() for n in range(count)], "<u2"
    )


def read_postings(db: Database, *terms: str) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    placed = passages.occurrences(db, terms)
    for each, where in zip(passages.postings(db, terms), placed, strict=True):
        frequencies = dict(zip(each.passages.tolist(), each.frequencies.tolist(), strict=True))
        assert where.positions.tolist() == positions_of(frequencies).tolist()
        found.setdefault(each.term, {}).update(frequencies)
    return found


def test_a_passage_is_its_opinions_text_with_the_page_it_begins_on(db: Database) -> None:
    text = "Éire § 1.\n\n“Second” paragraph 法.\n\nThird."
    second, third = text.index("“"), text.index("Third")
    shelve(
        db,
        Shelved(
            source_id="a",
            writings=(
                Writing(
                    text=text,
                    author="Ginsburg",
                    kind="dissent",
                    pages=((5, "7"), (second + 3, "8")),
                ),
            ),
        ),
    )
    ids = passage_ids(db)
    found = passages.passages(db, [ids[2], PassageId(0), ids[0], ids[1]])
    assert [(each.text, each.page) for each in found] == [
        ("Third.", "8"),
        ("Éire § 1.", None),
        ("“Second” paragraph 法.", "7"),
    ]
    assert all(each.text == each.span.of(text) for each in found)
    assert (third, "Ginsburg", OpinionKind.DISSENT) == (
        found[0].span.start,
        found[0].author,
        found[0].kind,
    )
    assert passages.passages(db, []) == []


def test_the_table_has_a_row_for_each_passage_and_loads_what_is_new(db: Database) -> None:
    shelve(db, Shelved(source_id="a", court="scotus", filed="2009"))
    first = load_passage_table(db)
    shelve(
        db,
        Shelved(
            source_id="b",
            court="ca1",
            filed=None,
            writings=(Writing(), Writing(text="No.\n\nI dissent here.", kind="dissent")),
        ),
    )
    fresh = load_passage_table(db, after=int(first.passage_id[-1]), courts=first.courts)
    assert (first.courts, fresh.courts) == (("scotus",), ("scotus", "ca1"))
    assert fresh.court.tolist() == [1, 1, 1]
    assert fresh.opinion.tolist() == [0, 1, 1]
    assert fresh.start.tolist() == [0, 0, 5]
    assert fresh.terms.tolist() == [2, 1, 3]
    assert [KINDS[n] for n in fresh.kind] == ["majority", "dissent", "dissent"]
    assert fresh.filed_last.tolist() == [UNDATED] * 3
    days = [(date(2009, *day) - date(1970, 1, 1)).days for day in ((1, 1), (12, 31))]
    assert days == [first.filed_first[0], first.filed_last[0]]


def test_the_table_of_an_empty_library_is_empty(db: Database) -> None:
    table = load_passage_table(db)
    assert (len(table.passage_id), len(table.court), table.courts) == (0, 0, ())


def test_postings_come_by_term_and_segment(db: Database) -> None:
    write_segment(db, stay={1: 2, 3: 255}, bail={2: 1})
    write_segment(db, stay={7: 1})
    assert read_postings(db, "stay", "absent", "stay") == {"stay": {1: 2, 3: 255, 7: 1}}


def test_merging_joins_segments_and_keeps_every_posting_ascending(db: Database) -> None:
    write_segment(db, stay={1: 2, 3: 1}, bail={2: 1})
    write_segment(db, stay={7: 1}, writ={8: 9})
    before = read_postings(db, "stay", "bail", "writ")
    with db.transaction() as transaction:
        assert segments.merge_segments(transaction) == 2
        assert segments.merge_segments(transaction) == 0
    assert before == read_postings(db, "stay", "bail", "writ")
    (stay,) = passages.postings(db, ["stay"])
    assert stay.passages.tolist() == [1, 3, 7]
    check(db)


@pytest.mark.parametrize(
    ("sizes", "due"),
    [
        ([], []),
        ([10], [10]),
        ([10, 10, 10], [10, 10, 10]),
        # one import more does not rewrite the library
        ([100_000, 10], [10]),
        ([100_000, 300, 100], [300, 100]),
        ([100_000, 30_000, 10_000], [100_000, 30_000, 10_000]),
    ],
)
def test_only_segments_of_about_one_size_are_due(sizes: list[int], due: list[int]) -> None:
    held = [segments.Segment(segment=n, passages=size) for n, size in enumerate(sizes)]
    assert due == [segment.passages for segment in segments.due_for_merging(held)]


def test_postings_of_deleted_passages_can_be_dropped(db: Database) -> None:
    ids = shelve(db, Shelved(source_id="a"), Shelved(source_id="b"))
    one, other = passage_ids(db)
    write_segment(db, stay={one: 1, other: 2}, bail={one: 3})
    with db.transaction() as transaction:
        cases.delete_cases(transaction, [CaseId(ids["a"])])
        assert segments.drop_dead_postings(transaction) == 2
    assert {"stay": {other: 2}} == read_postings(db, "stay", "bail")
    check(db)


def spread(db: Database) -> dict[str, int]:
    """Forty cases in a fan of directions, each a passage; every fourth is of ca1."""
    angles = np.linspace(0, np.pi / 2, 40)
    return shelve(
        db,
        *(
            Shelved(
                source_id=f"c{n:02d}",
                court="ca1" if n % 4 == 0 else "scotus",
                filed=None if n == 39 else str(1980 + n),
                writings=(
                    Writing(
                        text="x",
                        kind="dissent" if n % 2 else "majority",
                        vectors=((float(np.cos(angle)), float(np.sin(angle)), 0.0, 0.0),),
                    ),
                ),
            )
            for n, angle in enumerate(angles)
        ),
    )


POSTING = "INSERT INTO postings VALUES ('x', 9, {})"
OVERLAP = """
    INSERT INTO passages (case_id, opinion_id, start_offset, end_offset, terms, court, kind,
        encoder_id, embedding)
    SELECT case_id, opinion_id, 1, 2, 1, court, kind, encoder_id, embedding FROM passages
"""
NARROW = [
    Filters(),
    Filters(courts=frozenset({"ca1"})),
    Filters(kinds=frozenset({OpinionKind.DISSENT})),
    Filters(filed_from=date(2000, 6, 1), filed_to=date(2003, 1, 1)),
    Filters(as_of=date(2000, 12, 30)),
    Filters(exclude=frozenset({"c00", "c01", "unknown"})),
    Filters(courts=frozenset({"none"})),
]


@pytest.mark.parametrize("filters", NARROW)
def test_f01_the_exact_search_equals_a_slow_twin_and_the_index_equals_both(
    db: Database, filters: Filters
) -> None:
    spread(db)
    vector_index.create_index(db, encoder_id=1, dimensions=DIMENSIONS)
    expected = slow_nearest(db, filters)[:5]
    query = unit(1.0, 0.001, 0.0, 0.0)
    for search in (passages.nearest, passages.nearest_exactly):
        found = search(db, query, encoder_id=1, filters=filters, most=5)
        assert expected == [each.passage_id for each in found]
        assert all(-1.001 <= each.similarity <= 1.001 for each in found)


def slow_nearest(db: Database, filters: Filters) -> list[PassageId]:
    """The fan is ordered as shelved, so the nearest to its start are the first that pass."""
    kept = []
    for n, passage_id in enumerate(passage_ids(db)):
        first, last = (date(1980 + n, 1, 1), date(1980 + n, 12, 31)) if n < 39 else (None, None)
        court, kind = ("ca1" if n % 4 == 0 else "scotus"), ("dissent" if n % 2 else "majority")
        dated = last is not None and first is not None
        if (
            (not filters.courts or court in filters.courts)
            and (not filters.kinds or kind in filters.kinds)
            and (not filters.filed_from or (dated and last >= filters.filed_from))
            and (not filters.filed_to or (dated and first <= filters.filed_to))
            and (not filters.as_of or (dated and last <= filters.as_of))
            and f"c{n:02d}" not in filters.exclude
        ):
            kept.append(passage_id)
    return kept


def test_the_query_for_the_index_uses_the_index(db: Database) -> None:
    spread(db)
    vector_index.create_index(db, encoder_id=1, dimensions=DIMENSIONS)
    from core.library.queries import query

    with psycopg.connect(db.url) as connection:
        connection.execute("SET enable_seqscan = off; SET enable_sort = off")
        plan = connection.execute(
            f"EXPLAIN {query('nearest_passages')}",
            {
                "vector": "[1,0,0,0]",
                "dimensions": DIMENSIONS,
                "encoder_id": 1,
                "most": 5,
                "courts": ["ca1"],
                **dict.fromkeys(("kinds", "filed_from", "filed_to", "as_of", "exclude")),
            },
        ).fetchall()
    assert any("passages_embedding_1" in line for (line,) in plan), plan


def test_e08_an_index_is_whole_invalid_or_absent(db: Database) -> None:
    shelve(db, Shelved(source_id="a"))
    assert vector_index.index_state(db, 1) == IndexState.ABSENT
    vector_index.create_index(db, encoder_id=1, dimensions=DIMENSIONS)
    vector_index.create_index(db, encoder_id=1, dimensions=DIMENSIONS)
    assert vector_index.index_state(db, 1) == IndexState.WHOLE
    vector_index.drop_index(db, 1)
    vector_index.drop_index(db, 1)
    assert vector_index.index_state(db, 1) == IndexState.ABSENT


def test_the_checks_find_nothing_on_a_sound_shelf(db: Database) -> None:
    spread(db)
    check(db)


@pytest.mark.parametrize(
    ("breakage", "found_by"),
    [
        ("UPDATE passages SET end_offset = 999", "passage_inside_opinion"),
        ("UPDATE passages SET court = 'ca1'", "passage_agrees_with_case"),
        ("UPDATE cases SET filed_last = '2030-01-01'", "passage_agrees_with_case"),
        ("UPDATE passages SET kind = 'syllabus'", "front_matter_without_passages"),
        ("UPDATE passages SET embedding = '[1,2]'", "passage_vector_fits_encoder"),
        (OVERLAP, "passages_apart"),
        (POSTING.format("'\\x01000000', '\\x01', '\\x0000'"), "postings_have_segments"),
        ("INSERT INTO segments (passages) VALUES (3)", "postings_have_segments"),
        (POSTING.format("'\\x0100', '\\x01', '\\x0000'"), "postings_are_whole"),
        (POSTING.format("'\\x01000000', '\\x02', '\\x0000'"), "postings_are_whole"),
        ("DELETE FROM opinions", "case_has_opinion"),
        ("INSERT INTO pages SELECT opinion_id, 999, '1' FROM opinions", "page_inside_opinion"),
    ],
)
def test_each_check_finds_what_it_is_for(db: Database, breakage: str, found_by: str) -> None:
    shelve(db, Shelved(source_id="a"))
    with psycopg.connect(db.url) as connection:
        connection.execute(breakage)  # type: ignore[arg-type]
    assert found_by in broken(db)


def check(db: Database) -> None:
    assert broken(db) == []


def broken(db: Database) -> list[str]:
    with psycopg.connect(db.url) as connection:
        return [name for name, text in checks() if connection.execute(text).fetchall()]
