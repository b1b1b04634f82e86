"""Search over a real library: the right case, in one order, whatever is typed or happens."""

from __future__ import annotations

import json
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import EncoderMismatch, UsageError
from core.ingest.prepare import prepare
from core.ingest.store import content_sha256, store
from core.law.captions import names_agree
from core.library import cases, vector_index
from core.library.citing import resolve_citations
from core.library.db import Database
from core.library.migrations import migrate
from core.library.segments import merge_segments
from core.model import (
    CaseRecord,
    CitationStatus,
    Filters,
    LegalDate,
    Mode,
    OpinionKind,
    OpinionRecord,
    PageLabel,
    QueryKind,
    SearchResult,
)
from core.search import dense, lexicon
from core.search.cite import resolve
from core.search.encoder import Encoder
from core.search.fuse import RRF_K
from core.search.plan import Searcher
from core.search.terms import STOP_WORDS, terms
from core.search.weights import weights_for
from tests.fix_db import TestServer

WORDS = "stay removal alien court appeal statute warrant search seizure tax patent navy".split()


class HashedEncoder:
    """A small real encoder for random corpora: each word points in a direction of its own."""

    name = "hashed"
    dimensions = 16

    @property
    def fingerprint(self) -> str:
        return "hashed words, 16 dimensions"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimensions, 0.01)
        for term in terms(text):
            vector += direction(term, self.dimensions)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def warm_up(self) -> None:
        return


@cache
def direction(term: str, dimensions: int) -> NDArray[np.float64]:
    return np.random.default_rng(list(term.encode())).normal(size=dimensions)


def record(
    source_id: str,
    *texts: str,
    name: str | None = None,
    court: str = "scotus",
    filed: str | None = "2009-04-22",
    citations: Sequence[str] = (),
    docket: str | None = None,
    kinds: Sequence[OpinionKind] = (),
    pages: Sequence[PageLabel] = (),
) -> CaseRecord:
    kinds = kinds or [OpinionKind.MAJORITY, *[OpinionKind.DISSENT] * (len(texts) - 1)]
    return CaseRecord(
        source_id=source_id,
        court=court,
        court_name=court,
        jurisdiction=None,
        case_name=name,
        docket_number=docket,
        date_filed=None if filed is None else LegalDate.parse(filed),
        date_argued=None,
        citations=tuple(citations),
        opinions=tuple(
            OpinionRecord(kind=kind, author=None, text=text, pages=tuple(pages) if n == 0 else ())
            for n, (kind, text) in enumerate(zip(kinds, texts, strict=True))
        ),
    )


def add(db: Database, encoder: Encoder, *records: CaseRecord) -> None:
    batch = prepare(records, encoder)
    assert not batch.bad
    store(db, batch, {each.source_id: content_sha256(each) for each in records})
    with db.transaction() as transaction:
        resolve_citations(transaction, names_agree)


def ids(result: SearchResult) -> list[str]:
    return [hit.case.source_id for hit in result.hits]


def paged(searcher: Searcher, query: str, k: int, **given: object) -> Iterator[str]:
    offset = 0
    while True:
        page = searcher.search(query, k=k, offset=offset, **given)
        yield from ids(page)
        offset += k
        if offset >= page.found:
            return


@pytest.fixture
def hashed() -> Encoder:
    return HashedEncoder()


@pytest.fixture
def searcher(db: Database, hashed: Encoder) -> Searcher:
    return Searcher(db, hashed)


NKEN = record(
    "scotus-slip/2008/08-681",
    "An alien seeking a stay of removal must show irreparable injury.\n\nA stay is not a matter "
    "of right, even if irreparable injury might otherwise result to the appellant.",
    name="Nken v. Holder",
    citations=("556 U.S. 418", "129 S. Ct. 1749"),
    docket="08-681",
    pages=(PageLabel(start=0, label="418"), PageLabel(start=66, label="419")),
)
HILTON = record(
    "us/481/770",
    "The factors regulating the issuance of a stay of a release order are generally the same.",
    name="Hilton v. Braunskill",
    filed="1987-06-08",
    citations=("481 U.S. 770",),
    docket="85-1725",
)
TAX = record(
    "us/500/1",
    "Income from a patent is taxed. A dealer in patents pays an excise.",
    "I dissent: the navy is not a dealer, and a stay should issue.",
    name="Patent Dealers v. Commissioner",
    filed="1991",
    citations=("500 U.S. 1",),
    court="tax",
)
LATER = record(
    "us/600/5",
    "We follow Nken v. Holder, 556 U.S. 418, 435 (2009), on the stay of removal of an alien. "
    "And Hilton v. Braunskill, 481 U.S. 770 (1987), as well.",
    name="Garland v. Smith",
    filed="2021-03-01",
    citations=("600 U.S. 5",),
)


@pytest.fixture
def four(db: Database, hashed: Encoder) -> Database:
    add(db, hashed, NKEN, HILTON, TAX, LATER)
    return db


# --- F01: the ranking is what a slow reference says ---


def slow_bm25(docs: dict[str, list[str]], query: set[str], k1: float, b: float) -> dict[str, float]:
    """BM25 as Lucene writes it, one document and one term at a time."""
    mean = sum(map(len, docs.values())) / len(docs)
    having = {t: sum(t in words for words in docs.values()) for t in query}
    scores: dict[str, float] = {}
    for doc, words in docs.items():
        score = 0.0
        for term in sorted(query & set(words)):
            idf = math.log(1 + (len(docs) - having[term] + 0.5) / (having[term] + 0.5))
            tf = Counter(words)[term]
            score += idf * tf / (tf + k1 * (1 - b + b * len(words) / mean))
        if score > 0:
            scores[doc] = score
    return scores


def in_order(scores: dict[str, float]) -> list[str]:
    return sorted(scores, key=lambda doc: (-round(scores[doc], 6), doc))


def best_of_each(scores: dict[str, float]) -> dict[str, float]:
    best: defaultdict[str, float] = defaultdict(lambda: -math.inf)
    for passage, score in scores.items():
        case = passage.split("#")[0]
        best[case] = max(best[case], score)
    return dict(best)


def three_best(scores: dict[str, float]) -> dict[str, float]:
    """Sum the best, half of the second and a quarter of the third passage of each case."""
    of_case: defaultdict[str, list[float]] = defaultdict(list)
    for passage, score in scores.items():
        of_case[passage.split("#")[0]].append(score)
    return {
        case: sum(a * b for a, b in zip(sorted(found, reverse=True), (1, 0.5, 0.25), strict=False))
        for case, found in of_case.items()
    }


TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    corpus=st.lists(st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=12),
    query=st.lists(st.sampled_from([*WORDS, "absent"]), min_size=1, max_size=5),
)
def test_f01_ranking_equals_a_slow_reference(
    db: Database,
    hashed: Encoder,
    owner_url: str,
    corpus: list[list[str]],
    query: list[str],
) -> None:
    with psycopg.connect(owner_url) as connection:
        connection.execute(
            "TRUNCATE cases, segments, postings CASCADE; UPDATE library SET revision = revision + 1"
        )
    # Each text is one passage: one opinion each.
    add(db, hashed, *(record(f"c{n:02}", *texts) for n, texts in enumerate(corpus)))
    found = Searcher(db, hashed).rankings(
        " ".join(query), filters=Filters(), arms=("words", "opinion", "dense", "fused")
    )

    passages = {
        f"c{n:02}#{m}": terms(text)
        for n, texts in enumerate(corpus)
        for m, text in enumerate(texts)
    }
    whole = {f"c{n:02}": terms(" ".join(texts)) for n, texts in enumerate(corpus)}
    asked = set(terms(" ".join(query)))
    vector = half(hashed.encode_query(" ".join(query)))
    cosines = {
        f"c{n:02}#{m}": cosine(half(hashed.encode_query(text)), vector)
        for n, texts in enumerate(corpus)
        for m, text in enumerate(texts)
    }
    expected = {
        "words": in_order(
            three_best(slow_bm25(passages, asked, lexicon.PASSAGE_K1, lexicon.PASSAGE_B))
        ),
        "opinion": in_order(slow_bm25(whole, asked, lexicon.CASE_K1, lexicon.CASE_B)),
        "dense": in_order(best_of_each(cosines)),
    }
    assert {arm: list(found[arm]) for arm in expected} == expected
    weights = weights_for(QueryKind.WORDS, len(asked))
    fused: defaultdict[str, float] = defaultdict(float)
    for arm, ranked in expected.items():
        for rank, case in enumerate(ranked, start=1):
            fused[case] += weights[arm] / (RRF_K + rank)
    slow = sorted(fused, key=lambda case: (-round(fused[case], 12), case))
    assert list(found["fused"]) == slow


def half(vector: NDArray[np.float32]) -> list[float]:
    return [float(x) for x in vector.astype(np.float16)]


def cosine(one: list[float], other: list[float]) -> float:
    dot = sum(a * b for a, b in zip(one, other, strict=True))
    return dot / math.sqrt(sum(a * a for a in one) * sum(b * b for b in other))


# --- F02: one order, whatever is added ---


def test_f02_equals_are_ordered_by_source_id_whatever_the_order_of_import(
    db: Database, hashed: Encoder
) -> None:
    text = "A stay of removal."
    add(db, hashed, record("b", text), record("d", text))
    add(db, hashed, record("c", text), record("a", text))
    for mode in (Mode.AUTO, Mode.LEXICAL, Mode.SEMANTIC):
        assert ids(Searcher(db, hashed).search("stay of removal", mode=mode)) == list("abcd")


def test_f02_pages_neither_repeat_nor_skip(db: Database, hashed: Encoder) -> None:
    rng = random.Random(2)  # noqa: S311  not for secrets
    texts = [" ".join(rng.choices(WORDS[:5], k=9)) for _ in range(37)]
    add(db, hashed, *(record(f"c{n:02}", text) for n, text in enumerate(texts)))
    searcher = Searcher(db, hashed)
    whole = ids(searcher.search("stay of removal", k=100))
    assert len(whole) == len(set(whole)) == 37
    for k in (1, 7, 36, 37):
        assert list(paged(searcher, "stay of removal", k)) == whole


def test_f02_pages_neither_repeat_nor_skip_while_cases_are_added(
    db: Database, hashed: Encoder
) -> None:
    add(db, hashed, *(record(f"c{n:02}", "stay of removal " * (n + 1)) for n in range(20)))
    searcher = Searcher(db, hashed)
    expected = ids(searcher.search("removal", k=100))
    seen = ids(searcher.search("removal", k=5))
    for n, offset in enumerate(range(5, 20, 5)):
        add(db, hashed, record(f"a{n}", "removal removal"))
        seen += ids(searcher.search("removal", k=5, offset=offset))
    assert seen == expected
    assert len(ids(searcher.search("removal", k=100))) == 23


def test_a_hit_is_numbered_through_the_pages_and_says_why_it_is_there(
    four: Database, searcher: Searcher
) -> None:
    second = searcher.search("stay of removal", k=1, offset=1).hits[0]
    assert second.rank == 2
    assert {reason.arm for reason in second.why} <= {"words", "opinion", "dense"}
    assert second.why and second.passages
    passage = second.passages[0]
    opinions = cases.opinions(four, second.case.case_id)
    assert passage.text == passage.span.of(
        next(each.text for each in opinions if each.opinion_id == passage.opinion_id)
    )


# --- F04: any form of a citation is the same case, or an explicit ambiguity ---


@pytest.mark.parametrize(
    "query",
    [
        "556 U.S. 418",
        "556 U. S. 418",
        "556 us 418",
        "556 U.S. 418 (2009)",
        "Nken v. Holder, 556 U.S. 418 (2009)",
        "556 U.S. 418, 419",
        "129 S. Ct. 1749",  # parallel
        "129 S.Ct. 1749",
        "556 U.S. 419",  # inside the case
        "556 U.S. 418-19",
        "08-681",
        "No. 08-681",
        "Nken v. Holder",
        "nken v holder",
        "NKEN v. HOLDER",
    ],
)
def test_f04_any_form_of_a_citation_gives_the_case_first(
    four: Database, searcher: Searcher, query: str
) -> None:
    first = searcher.search(query).hits[0]
    assert first.case.source_id == NKEN.source_id
    assert first.rank == 1 and first.why[0].arm == "exact"


def test_f04_an_interior_page_opens_the_passage_that_stands_on_it(
    four: Database, searcher: Searcher
) -> None:
    found = searcher.search("556 U.S. 419")
    assert found.hits[0].case.source_id == NKEN.source_id
    assert any("lies inside" in notice for notice in found.notices)
    assert found.hits[0].passages[0].span.start <= 66 < found.hits[0].passages[0].span.end


def test_f04_a_citation_that_is_not_held_is_said_and_its_words_are_searched(
    four: Database, searcher: Searcher
) -> None:
    found = searcher.search("Nken v. Holder, 999 U.S. 111")
    assert any("not in this library" in notice for notice in found.notices)
    assert NKEN.source_id in ids(found)


def test_f04_two_cases_at_one_page_are_an_explicit_ambiguity(
    four: Database, hashed: Encoder, searcher: Searcher
) -> None:
    add(
        four,
        hashed,
        record("us/500/1b", "Per curiam.", name="Doe v. Roe", citations=("500 U.S. 1",)),
    )
    both = searcher.search("500 U.S. 1")
    assert ids(both)[:2] == ["us/500/1", "us/500/1b"]
    assert any("2 cases" in notice for notice in both.notices)
    assert [each.status for each in resolve("See 500 U.S. 1.", four)] == [CitationStatus.AMBIGUOUS]
    # The name tells them apart.
    assert ids(searcher.search("Doe v. Roe, 500 U.S. 1"))[0] == "us/500/1b"
    (named,) = resolve("Doe v. Roe, 500 U.S. 1 (1991)", four)
    assert named.status is CitationStatus.HELD
    assert named.case is not None and named.case.source_id == "us/500/1b"


@pytest.mark.parametrize(
    ("text", "status", "source_id"),
    [
        ("Nken v. Holder, 556 U.S. 418 (2009)", CitationStatus.HELD, NKEN.source_id),
        ("Nken v. Holder, 556 U. S. 418, 435 (2009)", CitationStatus.HELD, NKEN.source_id),
        ("129 S. Ct. 1749", CitationStatus.HELD, NKEN.source_id),
        # The page holds another case than the one named.
        ("Marbury v. Madison, 556 U.S. 418 (2009)", CitationStatus.NAME_DIFFERS, NKEN.source_id),
        ("Nken v. Holder, 555 U.S. 418 (2009)", CitationStatus.NOT_HELD, None),
        # No case begins there, and it lies inside one of another name.
        ("Marbury v. Madison, 556 U.S. 419 (2009)", CitationStatus.NOT_HELD, None),
        ("Nken v. Holder, 556 U.S. 419 (2009)", CitationStatus.NOT_HELD, NKEN.source_id),
        ("42 U.S.C. § 1983", CitationStatus.NOT_A_CASE, None),
    ],
)
def test_f04_a_citation_holds_only_where_one_case_of_that_name_begins(
    four: Database, text: str, status: CitationStatus, source_id: str | None
) -> None:
    (only,) = resolve(text, four)
    assert only.status is status
    assert (only.case.source_id if only.case else None) == source_id


def test_f04_short_forms_share_the_fate_of_what_they_point_to(four: Database) -> None:
    text = "Nken v. Holder, 556 U.S. 418 (2009). Id., at 435. Nken, 556 U.S., at 430."
    assert {each.status for each in resolve(text, four)} == {CitationStatus.HELD}
    assert len(resolve(text, four)) == 3
    assert [each.status for each in resolve("Id., at 435.", four)] == [CitationStatus.UNRESOLVED]


def test_f04_every_held_citation_comes_back_first(
    corpus: Path, db: Database, hashed: Encoder
) -> None:
    from core.ingest.importers.jsonl import read_jsonl
    from core.ingest.meter import Meter

    path = corpus / "small" / "opinions.jsonl.gz"
    records = [each for each in read_jsonl([path], meter=Meter()) if isinstance(each, CaseRecord)]
    add(db, hashed, *records)
    searcher = Searcher(db, hashed)
    asked = [(each.source_id, printed) for each in records for printed in each.citations]
    missed = [
        (source_id, printed)
        for source_id, printed in asked
        if source_id not in first_of(searcher, printed)
    ]
    assert len(asked) > 50
    assert missed == []


def first_of(searcher: Searcher, printed: str) -> list[str]:
    """The case at rank 1; all that are said to be at the place where it is ambiguous."""
    found = searcher.search(printed)
    several = any("cases are at" in notice for notice in found.notices)
    named = [hit for hit in found.hits if hit.why and hit.why[0].arm == "exact"]
    return [hit.case.source_id for hit in (named if several else found.hits[:1])]


# --- F05: whatever is typed ---

TWISTED = [
    "",
    "a",
    "x",
    "the of and to",
    "🙂🙂🙂",
    "\x00",
    "stay\x00removal",
    "'; DROP TABLE cases; --",
    "<script>alert(1)</script> & <b>stay</b>",
    '"unbalanced stay',
    '""""""',
    '"stay" "of" "removal" "',
    "((((((a+)+)+)+)+)+$",
    "%s %(terms)s {0} \\",
    "\ud800 stay",
    "stay " * 2000,
    "".join(f"word{n} " for n in range(1300)),
    "x" * 10_000,
    "x" * 50_000,
    "1-1-1 " * 1600,
    "U. S. " * 1600,
    "v. " * 3000,
    '"' + "stay of " * 1200 + '"',
    "\u202egnihton\u202c",
    "停留",
]


@pytest.mark.parametrize("query", TWISTED, ids=lambda query: ascii(query[:12]))
def test_f05_whatever_is_typed_is_answered_in_bounded_time(
    four: Database, searcher: Searcher, query: str
) -> None:
    for mode in (Mode.AUTO, Mode.LEXICAL, Mode.SEMANTIC):
        started = time.process_time()
        found = searcher.search(query, mode=mode)
        assert found.query == query and found.understood.words
        assert time.process_time() - started < 5  # hundredths as it is; a bomb takes minutes


def test_f05_stop_words_alone_find_nothing_and_say_so(four: Database, searcher: Searcher) -> None:
    found = searcher.search("of the and to")
    assert (found.hits, found.found, found.understood.kind) == ((), 0, QueryKind.EMPTY)
    assert "no word" in found.understood.words


def test_f05_hostile_strings_are_answered(corpus: Path, four: Database, searcher: Searcher) -> None:
    folder = corpus / "hostile" / "strings"
    strings: list[str] = json.loads((folder / "naughty_strings.json").read_text(encoding="utf-8"))
    for name in ("xss_payloads.txt", "sql_payloads.txt"):
        strings += (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
    for string in random.Random(5).sample(strings, 150):  # noqa: S311
        assert searcher.search(string).understood.words
    assert cases.coverage(four).cases == 4


def test_f05_a_query_beyond_the_limit_is_cut_and_said_to_be(
    four: Database, searcher: Searcher
) -> None:
    found = searcher.search("stay " * 4000)
    assert any("first 10,000 of 20,000" in notice for notice in found.notices)
    assert found.hits


@pytest.mark.parametrize(
    "given_", [{"k": 0}, {"k": 101}, {"offset": -1}, {"mode": Mode.CONNECTORS}]
)
def test_f05_a_request_that_makes_no_sense_is_refused_in_words(
    four: Database, searcher: Searcher, given_: dict[str, int]
) -> None:
    with pytest.raises(UsageError):
        searcher.search("stay", **given_)


def test_an_empty_library_finds_nothing(db: Database, searcher: Searcher) -> None:
    for query in ("stay", "556 U.S. 418", "Nken v. Holder", '"a stay"', "08-681"):
        found = searcher.search(query)
        assert (found.hits, found.coverage.cases) == ((), 0)


# --- quoted phrases ---


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"not a matter of right"', {NKEN.source_id}),
        ('"NOT a  matter of right"', {NKEN.source_id}),
        ("“issuance of a stay”", {HILTON.source_id}),
        ('"stay of removal"', {NKEN.source_id, LATER.source_id}),
        ('"removal of stay"', set()),  # the words, not in that order
        ('"tay of remova"', set()),  # whole words only
        # Over the border of two paragraphs.
        ('"irreparable injury. A stay is"', {NKEN.source_id}),
        ('"stay of removal" "show irreparable"', {NKEN.source_id}),
    ],
)
def test_a_quoted_phrase_must_stand_in_the_case(
    four: Database, searcher: Searcher, query: str, expected: set[str]
) -> None:
    assert set(ids(searcher.search(query))) == expected


VOCABULARY = ["the stay", "stay", "stays", "of", "removal", "alien", "removed", "a"]


@pytest.mark.parametrize("seed", range(3))
def test_f03_a_quoted_phrase_finds_what_reading_every_text_finds(
    db: Database, searcher: Searcher, hashed: Encoder, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311  a sample, no secret
    sentence: Callable[[], str] = lambda: " ".join(rng.choices(VOCABULARY, k=9)) + "."  # noqa: E731
    cases = [
        record(f"c{n:02d}", *("\n\n".join(sentence() for _ in range(40)) for _ in range(2)))
        for n in range(30)
    ]
    cases.append(record("crowded", "stay " * 230 + "alien removal of aliens"))
    for first in range(0, len(cases), 10):
        add(db, hashed, *cases[first : first + 10])
    add(db, hashed, replace(cases[0], opinions=cases[1].opinions[:1]))
    with db.transaction() as transaction:
        merge_segments(transaction, everything=True)
    cases[0] = replace(cases[0], opinions=cases[1].opinions[:1])
    for _ in range(12):
        phrase = " ".join(rng.choices(VOCABULARY, k=rng.randint(1, 5)))
        expected = {
            each.source_id
            for each in cases
            if any(re.search(rf"\b{phrase}\b", opinion.text) for opinion in each.opinions)
        }
        if set(phrase.split()) - STOP_WORDS:
            assert expected == set(paged(searcher, f'"{phrase}"', k=100)), phrase


def test_a_phrase_in_a_passage_that_has_a_word_too_often_to_remember_where_is_found(
    db: Database, searcher: Searcher, hashed: Encoder
) -> None:
    add(db, hashed, record("crowded", "A " + "i " * 420 + "stay i. Removal."))
    assert ids(searcher.search('"i stay i"')) == ["crowded"]
    assert ids(searcher.search('"stay i i"')) == []


# --- F06: dates ---


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        # Inclusive on both sides.
        ({"filed_from": date(2009, 4, 22), "filed_to": date(2009, 4, 22)}, {NKEN.source_id}),
        ({"filed_from": date(2009, 4, 23), "filed_to": date(2020, 1, 1)}, set()),
        # 1991 may be any day of it.
        ({"filed_from": date(1991, 12, 31), "filed_to": date(1991, 12, 31)}, {TAX.source_id}),
        ({"filed_from": date(1992, 1, 1), "filed_to": date(1993, 1, 1)}, set()),
        # As of a day it counts only when it cannot be later.
        ({"as_of": date(1991, 6, 1)}, {HILTON.source_id}),
        ({"as_of": date(1991, 12, 31)}, {HILTON.source_id, TAX.source_id}),
        ({"as_of": date(1987, 6, 8)}, {HILTON.source_id}),
        ({"as_of": date(1987, 6, 7)}, set()),
    ],
)
def test_f06_dates_are_inclusive_and_partial_dates_are_what_they_may_be(
    four: Database, searcher: Searcher, filters: dict[str, date], expected: set[str]
) -> None:
    for mode in (Mode.AUTO, Mode.LEXICAL, Mode.SEMANTIC):
        found = searcher.search("stay removal patent", filters=Filters(**filters), mode=mode)
        assert set(ids(found)) == expected


def test_f06_as_of_shows_neither_later_law_nor_later_citations(
    four: Database, searcher: Searcher
) -> None:
    now = {hit.case.source_id: hit.cited_by for hit in searcher.search("stay of removal").hits}
    assert now[NKEN.source_id] == 1
    then = searcher.search("stay of removal", filters=Filters(as_of=date(2010, 1, 1)))
    assert LATER.source_id not in ids(then)
    assert {hit.case.source_id: hit.cited_by for hit in then.hits}[NKEN.source_id] == 0
    # A citation does not get round it.
    for query in ("600 U.S. 5", "Garland v. Smith"):
        named = searcher.search(query, filters=Filters(as_of=date(2010, 1, 1)))
        assert LATER.source_id not in ids(named)


def test_f06_cases_without_a_date_are_left_out_of_dates_and_said_to_be(
    four: Database, hashed: Encoder, searcher: Searcher
) -> None:
    add(four, hashed, record("undated", "A stay of removal.", filed=None))
    assert "undated" in ids(searcher.search("stay of removal"))
    found = searcher.search("stay of removal", filters=Filters(filed_to=date(2030, 1, 1)))
    assert "undated" not in ids(found)
    assert any("without a date" in notice for notice in found.notices)


def test_filters_by_court_part_and_source_narrow_every_arm(
    four: Database, searcher: Searcher
) -> None:
    for mode in (Mode.AUTO, Mode.LEXICAL, Mode.SEMANTIC):
        search: Callable[[Filters], list[str]] = lambda filters, mode=mode: ids(  # noqa: E731
            searcher.search("stay patent", filters=filters, mode=mode)
        )
        assert search(Filters(courts=frozenset({"tax"}))) == [TAX.source_id]
        assert search(Filters(courts=frozenset({"nowhere"}))) == []
        assert search(Filters(kinds=frozenset({OpinionKind.DISSENT}))) == [TAX.source_id]
        assert TAX.source_id not in search(Filters(exclude=frozenset({TAX.source_id})))
    hit = searcher.search("stay", filters=Filters(kinds=frozenset({OpinionKind.DISSENT}))).hits[0]
    assert {passage.kind for passage in hit.passages} == {OpinionKind.DISSENT}


# --- F10: the same before and after ---

QUERIES = ["stay of removal", "patent tax", '"stay of"', "556 U.S. 418", "navy dissent", "appeal"]


def tops(db: Database, encoder: Encoder) -> list[list[tuple[str, int, tuple[str, ...]]]]:
    searcher = Searcher(db, encoder)
    return [
        [
            (hit.case.source_id, hit.cited_by, tuple(passage.text for passage in hit.passages))
            for hit in searcher.search(query).hits
        ]
        for query in QUERIES
    ]


def library(db: Database, encoder: Encoder) -> None:
    rng = random.Random(10)  # noqa: S311
    add(db, encoder, NKEN, HILTON, TAX, LATER)
    for n in range(30):
        texts = [" ".join(rng.choices(WORDS, k=12)) for _ in range(2)]
        add(db, encoder, record(f"r{n:02}", *texts, citations=(f"{n + 700} U.S. 1",)))


def test_f10_the_same_top_ten_after_vacuum_reindex_and_restart(
    db: Database, hashed: Encoder, admin_url: str
) -> None:
    library(db, hashed)
    vector_index.create_index(db, encoder_id=1, dimensions=hashed.dimensions)
    before = tops(db, hashed)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("VACUUM FULL passages")
        connection.execute("REINDEX TABLE passages")
        connection.execute("REINDEX TABLE postings")
        connection.execute("VACUUM ANALYZE")
    assert tops(db, hashed) == before
    with Database.open(db.url, size=2) as again:
        assert tops(again, hashed) == before


def test_f10_the_same_top_ten_from_a_copy_of_the_database(
    db: Database, hashed: Encoder, server: TestServer, admin_url: str, empty_url: str
) -> None:
    library(db, hashed)
    before = tops(db, hashed)
    target = server.as_admin(empty_url)
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION vector")
    migrate(empty_url, app_url=server.url)
    copy_rows(admin_url, target)
    with Database.open(server.as_app(empty_url), size=2) as restored:
        assert tops(restored, hashed) == before


def copy_rows(source: str, target: str) -> None:
    """Dump and restore by COPY, as pg_dump does: the built-in server comes without that program."""
    with psycopg.connect(source) as old, psycopg.connect(target) as new:
        new.execute("SET session_replication_role = replica")
        tables = [
            name
            for (name,) in old.execute(
                "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
                " WHERE relkind = 'r' AND nspname = 'public' ORDER BY relname"
            )
        ]
        for table in tables:
            new.execute(f'DELETE FROM "{table}"')
            columns = ", ".join(
                f'"{name}"'
                for (name,) in old.execute(
                    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
                    " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                    (table,),
                )
            )
            with (
                old.cursor().copy(f'COPY "{table}" ({columns}) TO STDOUT') as out,
                new.cursor().copy(f'COPY "{table}" ({columns}) FROM STDIN') as into,
            ):
                for data in out:
                    into.write(data)


def test_f10_many_threads_find_what_one_does(db: Database, hashed: Encoder) -> None:
    library(db, hashed)
    expected = tops(db, hashed)
    shared = Searcher(db, hashed)

    def ask(query: str) -> list[tuple[str, int, tuple[str, ...]]]:
        return [
            (hit.case.source_id, hit.cited_by, tuple(passage.text for passage in hit.passages))
            for hit in shared.search(query).hits
        ]

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(ask, QUERIES * 10))
    assert found == expected * 10


# --- E08: without the index ---


@pytest.fixture
def large(db: Database, hashed: Encoder, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A library that counts as large, so that the index of meanings is what answers."""
    monkeypatch.setattr(dense, "EXACT_UP_TO", 5)
    library(db, hashed)
    vector_index.create_index(db, encoder_id=1, dimensions=hashed.dimensions)
    return db


def test_e08_a_dropped_index_makes_search_exact_and_says_so(
    large: Database, hashed: Encoder
) -> None:
    by_index = Searcher(large, hashed).search("stay of removal")
    assert by_index.notices == ()
    vector_index.drop_index(large, 1)
    exact = Searcher(large, hashed).search("stay of removal")
    assert exact.notices == (dense.EXACT_NOTICE,)
    assert ids(exact) == ids(by_index)


def test_e08_an_invalid_index_makes_search_exact_and_says_so(
    large: Database, hashed: Encoder, admin_url: str
) -> None:
    expected = ids(Searcher(large, hashed).search("stay of removal"))
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            "UPDATE pg_index SET indisvalid = false"
            " WHERE indexrelid = 'passages_embedding_1'::regclass"
        )
    exact = Searcher(large, hashed).search("stay of removal")
    assert exact.notices == (dense.EXACT_NOTICE,)
    assert ids(exact) == expected


def test_filters_that_few_passages_pass_still_find_all_of_them(
    large: Database, hashed: Encoder
) -> None:
    searcher = Searcher(large, hashed)
    for courts, expected in (({"tax"}, 1), ({"tax", "scotus"}, 34)):
        found = searcher.search(
            "stay", filters=Filters(courts=frozenset(courts)), mode=Mode.SEMANTIC, k=100
        )
        assert found.found == expected


# --- the encoder, and changes ---


class OtherEncoder(HashedEncoder):
    name = "other"

    @property
    def fingerprint(self) -> str:
        return "another"


def test_another_encoder_leaves_search_by_words_and_says_so(four: Database) -> None:
    searcher = Searcher(four, OtherEncoder())
    found = searcher.search("stay of removal")
    assert ids(found) and {reason.arm for hit in found.hits for reason in hit.why} <= {
        "words",
        "opinion",
    }
    assert any("another version" in notice for notice in found.notices)
    with pytest.raises(EncoderMismatch, match="set the encoder back"):
        searcher.search("stay of removal", mode=Mode.SEMANTIC)


def test_what_is_added_replaced_or_deleted_is_so_in_the_next_search(
    four: Database, hashed: Encoder, searcher: Searcher
) -> None:
    assert ids(searcher.search("zebra", mode=Mode.LEXICAL)) == []
    add(four, hashed, record("new", "A zebra crossed."))
    assert ids(searcher.search("zebra", mode=Mode.LEXICAL)) == ["new"]
    add(four, hashed, record("new", "An okapi crossed."))
    assert ids(searcher.search("zebra", mode=Mode.LEXICAL)) == []
    assert ids(searcher.search("okapi"))[0] == "new"
    held = cases.case_by_source_id(four, "new")
    assert held is not None
    with four.transaction() as transaction:
        cases.delete_cases(transaction, [held.case_id])
    for mode in (Mode.AUTO, Mode.LEXICAL, Mode.SEMANTIC):
        assert "new" not in ids(searcher.search("okapi", mode=mode))


def test_the_real_encoder_finds_by_meaning(db: Database, encoder: Encoder) -> None:
    add(db, encoder, NKEN, TAX)
    found = Searcher(db, encoder).search("putting a deportation on hold", mode=Mode.SEMANTIC)
    assert ids(found)[0] == NKEN.source_id


def test_ranks_follow_one_another(four: Database, searcher: Searcher) -> None:
    ranks = [hit.rank for hit in searcher.search("stay of removal").hits]
    assert all(after == before + 1 for before, after in pairwise([0, *ranks]))
