"""The measures of retrieval, against values worked out by hand."""

from __future__ import annotations

import gzip
import json
from math import log2
from pathlib import Path

import pytest

from core.errors import UsageError
from core.evaluate.retrieval import measure, read_qrels, read_queries, trec_lines

JUDGED = {"q1": {"a": 2, "b": 1}, "q2": {"c": 1}, "q3": {"d": 2}}
RUN = {
    # b at rank 1 (grade 1), x, a at rank 3 (grade 2)
    "q1": ["b", "x", "a"],
    # c at rank 11: beyond 10, within 100
    "q2": [f"x{n}" for n in range(10)] + ["c"],
    # q3 found nothing
}


@pytest.mark.parametrize(
    ("qid", "name", "expected"),
    [
        ("q1", "nDCG@10", (1 + 2 / log2(4)) / (2 + 1 / log2(3))),
        ("q1", "R@10", 1.0),
        ("q1", "R@100", 1.0),
        ("q1", "RR", 1.0),
        ("q2", "nDCG@10", 0.0),
        ("q2", "R@10", 0.0),
        ("q2", "R@100", 1.0),
        ("q2", "RR", 1 / 11),
        ("q3", "nDCG@10", 0.0),
        ("q3", "R@10", 0.0),
        ("q3", "R@100", 0.0),
        ("q3", "RR", 0.0),
    ],
)
def test_a_measure_is_what_it_is_by_hand(qid: str, name: str, expected: float) -> None:
    assert measure(RUN, JUDGED)[qid][name] == pytest.approx(expected)


def test_every_judged_query_is_measured_even_when_nothing_was_found() -> None:
    assert set(measure({}, JUDGED)) == set(JUDGED)


def test_qrels_are_read_from_trec_and_from_tsv_alike(tmp_path: Path) -> None:
    trec, tsv = tmp_path / "q.txt", tmp_path / "q.tsv"
    trec.write_text("q1 0 us/1/1 2\nq1 0 us/2/2 0\n\nq2 0 us/3/3 1\n", encoding="utf-8")
    tsv.write_text(
        "qid\tdoc_id\trelevance\nq1\tus/1/1\t2\nq1\tus/2/2\t0\nq2\tus/3/3\t1\n", encoding="utf-8"
    )
    expected = {"q1": {"us/1/1": 2, "us/2/2": 0}, "q2": {"us/3/3": 1}}
    assert read_qrels(trec) == read_qrels(tsv) == expected


@pytest.mark.parametrize("line", ["q1 0 us/1/1", "q1 0 us/1/1 high", "q1", "q1 0 a b 2"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.txt"
    path.write_text(f"q0 0 us/1/1 1\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Line 2 of q.txt"):
        read_qrels(path)


def test_queries_are_read_plain_and_gzipped(tmp_path: Path) -> None:
    given = {"qid": "q1", "text": "stay of removal", "from": "us/1/1", "as_of": "2009"}
    plain, packed = tmp_path / "q.jsonl", tmp_path / "q.jsonl.gz"
    plain.write_text(json.dumps(given) + "\n", encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    (query,) = read_queries(plain)
    assert read_queries(packed) == [query]
    assert (query.qid, query.origin, query.task) == ("q1", "us/1/1", "queries")
    assert str(query.as_of) == "2009-12-31"


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"qid": 1, "text": "x"}', '{"qid": "1"}', '{"qid":"1","text":"x","as_of":"soon"}'],
)
def test_a_line_that_is_no_query_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Line 1 of q.jsonl"):
        read_queries(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none.jsonl cannot be read"):
        read_queries(tmp_path / "none.jsonl")


def test_a_run_file_has_trecs_six_columns_and_falling_scores() -> None:
    lines = [line.split() for line in trec_lines({"q1": ["b", "x", "a"]}, "fused")]
    assert [line[:4] for line in lines] == [
        ["q1", "Q0", "b", "1"],
        ["q1", "Q0", "x", "2"],
        ["q1", "Q0", "a", "3"],
    ]
    scores = [float(line[4]) for line in lines]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 3
    assert {line[5] for line in lines} == {"onpoint-fused"}
