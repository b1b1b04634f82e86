"""The search of filings: exact, full, by each matter's own counts, and by an index."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import psycopg
import pytest
from pgvector import HalfVector
from pgvector.psycopg import register_vector

from core.app import Onpoint
from core.library import private_shelf
from core.library.private_shelf import Place
from core.library.queries import checks, query
from core.model import MatterId, Mode, Reason
from core.search.lexicon import PASSAGE_B, PASSAGE_K1
from core.search.private_words import scored
from core.search.terms import terms
from tests.db.office import DUTY, TAX, Office, matter_with, me, open_office
from tests.db.shelved_filings import Put, join_team, passage, put_filings
from tests.db.test_search import WORDS

ASKED = "warrant search of an alien stay"


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        yield opened


def many(office: Office, matters: int, *, each: int = 1, seed: int = 1) -> list[Put]:
    """Put `each` filings of one passage into each of so many matters."""
    rng = random.Random(seed)  # noqa: S311  texts, no secrets
    texts = [[passage(rng, m * each + n) for n in range(each)] for m in range(matters)]
    return put_filings(office.superuser, me(office.app), office.app._house.encoder(), texts)


# --- B15: all that may be seen, in the exact order ---


def test_b15_whoever_sees_a_part_gets_all_of_it_in_the_exact_order(office: Office) -> None:
    put = many(office, matters=1000)
    rng = random.Random(2)  # noqa: S311
    for share in (0.001, 0.01, 0.1, 0.9):
        ann = office.hire(f"ann {share}", "lawyer")
        visible = rng.sample(put, max(1, round(share * len(put))))
        join_team(office.superuser, me(ann), [one.matter_id for one in visible])
        sees_exactly(ann, visible)


def sees_exactly(ann: Onpoint, visible: Sequence[Put]) -> None:
    encoder = ann._house.encoder()
    vector, asked, most = encoder.encode_query(ASKED), sorted(set(terms(ASKED))), 400
    with ann._db.transaction(scope=ann.who.scope) as tx:
        near = private_shelf.nearest(
            tx, vector, matter=None, encoder=encoder.fingerprint, most=most
        )
        shelves = private_shelf.shelves(tx, matter=None, encoder=encoder.fingerprint)
        words = scored(private_shelf.postings(tx, asked, matter=None), shelves, asked, most=10**6)
    exact = sorted(by_sense(visible, vector).values(), reverse=True)[:most]
    assert len(near) == min(most, len(visible))
    assert [each.similarity for each in near] == pytest.approx(exact, abs=1e-3)
    assert {each.place.filing_id for each in near} <= {one.filing_id for one in visible}
    assert words == pytest.approx(by_words(visible, asked), abs=1e-8)


def test_b15_one_matter_of_a_thousand_gives_full_results(office: Office) -> None:
    put = many(office, matters=1000)
    own = put_filings(
        office.superuser,
        me(office.app),
        office.app._house.encoder(),
        [[passage(random.Random(n), 10**6 + n) for n in range(40)]],  # noqa: S311
    )
    ann = office.hire("ann", "lawyer")
    join_team(office.superuser, me(ann), [own[0].matter_id])
    for mode in (Mode.AUTO, Mode.SEMANTIC):
        hits = ann.search(ASKED, k=25, mode=mode).filings
        assert len(hits) == 25
        assert {hit.matter.matter_id for hit in hits} == {own[0].matter_id}
    assert len(put) == 1000


def by_sense(visible: Sequence[Put], vector: np.ndarray) -> dict[Place, float]:
    return {
        Place(filing_id=one.filing_id, ordinal=n): float(row.astype(np.float32) @ vector)
        for one in visible
        for n, row in enumerate(one.contents.vectors)
    }


def by_words(visible: Sequence[Put], asked: Sequence[str]) -> dict[Place, float]:
    """BM25 as the books have it, each matter by itself, word by word."""
    found: dict[Place, float] = {}
    for matter_id in {one.matter_id for one in visible}:
        texts = {
            Place(filing_id=one.filing_id, ordinal=n): terms(span.of(one.contents.text))
            for one in visible
            if one.matter_id == matter_id
            for n, span in enumerate(one.contents.passages)
        }
        mean = sum(map(len, texts.values())) / len(texts)
        having = {term: sum(term in held for held in texts.values()) for term in asked}
        told = {
            term: math.log(1 + (len(texts) - having[term] + 0.5) / (having[term] + 0.5))
            for term in asked
        }
        for place, held in texts.items():
            counts = Counter(held)
            norm = PASSAGE_K1 * (1 - PASSAGE_B + PASSAGE_B * len(held) / mean)
            score = sum(told[term] * counts[term] / (counts[term] + norm) for term in asked)
            if score:
                found[place] = score / sum(told.values())
    return found


# --- B16: by which plan ---


def test_b16_whoever_sees_one_matter_of_many_has_it_looked_up_under_the_apps_role(
    office: Office, database_url: str
) -> None:
    put = many(office, matters=1000, each=2)
    ann, encoder = office.hire("ann", "lawyer"), office.app._house.encoder()
    join_team(office.superuser, me(ann), [put[0].matter_id])
    for matter in (None, put[0].matter_id):
        words = plan_of(
            database_url, ann, "select_filing_postings", terms=["warrant"], matter_id=matter
        )
        assert "Seq Scan" not in kinds(words, "filing_postings"), words
        sense = plan_of(
            database_url,
            ann,
            "nearest_filing_passages",
            vector=HalfVector(encoder.encode_query(ASKED)),
            encoder=encoder.fingerprint,
            matter_id=matter,
            most=400,
        )
        assert "Seq Scan" not in kinds(sense, "filing_passages"), sense
        assert touched(sense, "filing_passages") == 2


def test_b16_public_words_and_vectors_are_found_by_their_indexes_under_the_apps_role(
    office: Office, database_url: str
) -> None:
    office.run(
        "INSERT INTO courts VALUES ('c', 'C');"
        "INSERT INTO encoders (name, fingerprint, dimensions) VALUES ('toy', 'toy', 8);"
        "INSERT INTO cases (source_id, court, content_sha256)"
        " SELECT n::text, 'c', '' FROM generate_series(1, 20) AS n;"
        "INSERT INTO opinions (case_id, ordinal, kind, text)"
        " SELECT n, 0, 'majority', repeat('a', 100000) FROM generate_series(1, 20) AS n;"
        "INSERT INTO passages (case_id, opinion_id, start_offset, end_offset, terms, court, kind,"
        " encoder_id, embedding)"
        " SELECT 1 + n %% 20, 1 + n %% 20, n, n + 1, 1, 'c', 'majority', 1,"
        " array(SELECT random() FROM generate_series(1, 8) WHERE n > 0)::real[]::halfvec"
        " FROM generate_series(1, 5000) AS n;"
        "INSERT INTO postings SELECT 'term' || n, 1, '', '', '' FROM generate_series(1, 20000) AS n"
    )
    with office.app._db.transaction() as tx:
        tx.execute("build_vector_index", encoder_id=1, dimensions=8)
        tx.execute("measure_public_shelf")
    ann = office.hire("ann", "lawyer")
    words = plan_of(database_url, ann, "select_postings", terms=["term7", "term8"])
    assert "Seq Scan" not in kinds(words, "postings"), words
    sense = plan_of(
        database_url,
        ann,
        "nearest_passages",
        vector=HalfVector(np.ones(8)),
        dimensions=8,
        encoder_id=1,
        most=100,
        **dict.fromkeys("courts kinds filed_from filed_to as_of exclude".split()),
    )
    assert kinds(sense, "passages") == {"Index Scan"}, sense
    assert "passages_embedding_1" in json.dumps(sense)


def plan_of(database_url: str, app: Onpoint, name: str, **params: object) -> dict[str, object]:
    """How Postgres answers a query, asked as the app's role for whoever `app` acts for."""
    with psycopg.connect(database_url) as connection:
        register_vector(connection)
        connection.execute("SET plan_cache_mode = force_custom_plan")
        connection.execute("SELECT set_config('onpoint.person', %s, true)", (str(me(app)),))
        explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {query(name)}"
        row = connection.execute(explain.encode(), params).fetchone()
    assert row is not None
    return row[0][0]["Plan"]


def nodes(plan: dict[str, object]) -> Iterator[dict[str, object]]:
    yield plan
    for inner in plan.get("Plans", ()):  # type: ignore[attr-defined]
        yield from nodes(inner)


def kinds(plan: dict[str, object], table: str) -> set[object]:
    return {each["Node Type"] for each in nodes(plan) if each.get("Relation Name") == table}


def touched(plan: dict[str, object], table: str) -> float:
    """Rows of a table that were looked at, those that a filter left out included."""
    return sum(
        float(each["Actual Rows"] + each.get("Rows Removed by Filter", 0)) * each["Actual Loops"]  # type: ignore[operator]
        for each in nodes(plan)
        if each.get("Relation Name") == table
    )


# --- what is found, and how it is shown ---


def test_what_cites_the_place_asked_for_comes_first(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", "On 556 pages the U.S. is named 418 times. " * 3, DUTY, TAX)
    hits = ann.search("556 U.S. 418").filings
    assert hits[0].filing.name == "Filing 1"
    assert Reason(arm="exact", rank=1) in hits[0].why


def test_a_quoted_phrase_is_found_word_for_word_even_over_the_border_of_passages(
    office: Office,
) -> None:
    ann = office.hire("ann", "lawyer")
    long = "The quarry was closed in the winter of that year. " * 20
    texts = (f"{long}It fell into disrepair.", "The disrepair of winter into which it fell. ")
    matter_with(ann, "1", *texts)
    assert [hit.filing.name for hit in ann.search("“fell into disrepair”").filings] == ["Filing 0"]
    over = "of that year. The quarry was closed"
    assert [hit.filing.name for hit in ann.search(f"“{over}”").filings] == ["Filing 0"]


def test_a_passages_text_is_the_filings_own_at_its_span(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    text = "Ünïcode — “quoted” 𝒜. " + " ".join(f"{word} was considered." for word in WORDS * 20)
    matter_id = matter_with(ann, "1", text)
    (filing,) = ann.filings.all(matter_id)
    whole = ann.filings.get(filing.filing_id)
    assert whole is not None and whole.text == text
    passages = ann.search("patent navy").filings[0].passages
    assert len(passages) > 1
    assert [each.text for each in passages] == [each.span.of(text) for each in passages]


def test_equals_stand_by_number_then_by_name_whatever_their_ids(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    for number in ("3", "1", "2"):
        matter_with(ann, number, DUTY)
    assert [hit.matter.number for hit in ann.search("ice").filings] == ["1", "2", "3"]


def test_a_matter_narrows_the_filings(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    first, second = matter_with(ann, "1", DUTY), matter_with(ann, "2", DUTY)
    for matter_id in (first, second):
        (hit,) = ann.search("ice", matter=matter_id).filings
        assert hit.matter.matter_id == matter_id


def test_filings_come_with_the_first_page_alone(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", DUTY)
    assert ann.search("ice", offset=0).filings
    assert ann.search("ice", offset=1).filings == ()


def test_a_filing_of_another_encoder_is_found_by_its_words_and_it_is_said(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", DUTY)
    office.run("UPDATE filings SET encoder = 'another'")
    found = ann.search("duty to warn of ice")
    assert [reason.arm for reason in found.filings[0].why] == ["words"]
    assert "another encoder" in found.notices[-1]


@pytest.mark.parametrize(
    "query", ["", "   ", "of the", "\x00", "“”", "%", "' OR 1=1 --", "a" * 20000]
)
def test_odd_queries_find_nothing_or_something_and_never_fail(office: Office, query: str) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", DUTY)
    assert len(ann.search(query).filings) <= 1


@pytest.mark.parametrize(
    "text", ["nul \x00 in it", "lone \ud800 surrogate", "\ufeffbom", "\r\n. a"]
)
def test_odd_texts_are_kept_and_found(office: Office, text: str) -> None:
    ann = office.hire("ann", "lawyer")
    matter_id: MatterId = matter_with(ann, "1", f"{text} quarry")
    assert [hit.filing.matter_id for hit in ann.search("quarry").filings] == [matter_id]


def test_the_shelf_is_whole_after_filings_came_and_went(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_id = matter_with(ann, "1", DUTY, TAX, "word " * 5000)
    ann.filings.remove(ann.filings.all(matter_id)[0].filing_id)
    with psycopg.connect(office.superuser) as connection:
        assert [name for name, text in checks() if connection.execute(text).fetchall()] == []
        connection.execute("UPDATE filings SET text = left(text, 10)")
        broken = [name for name, text in checks() if connection.execute(text).fetchall()]
        connection.rollback()
    assert broken == ["filing_passage_inside_text"]
