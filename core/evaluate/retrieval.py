"""Measure search on queries whose right answers are known.

A query that comes from a case may not find that case, nor anything decided after it: the
measure stands for what its author could have found that day.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import cast

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

from core.errors import UsageError
from core.library.cases import case_by_source_id
from core.model import Filters, LegalDate
from core.search.plan import Searcher
from core.search.weights import ARMS


class Half(StrEnum):
    """One of two halves of the queries: what is chosen on one is reported on the other."""

    EVEN = "even"
    ODD = "odd"


MEASURES = (nDCG @ 10, R @ 10, R @ 100, RR)
NAMES = tuple(str(measure) for measure in MEASURES)
FUSED = "fused"
ALL_ARMS = (*ARMS, FUSED)
# Queries in flight: one is encoded while another waits for the database.
_AT_ONCE = 4

Measures = Mapping[str, float]
# Source ids, best first, by query id.
Run = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A judged query. `as_of` is the last day that counts."""

    qid: str
    text: str
    task: str
    as_of: date | None
    exclude: frozenset[str]
    # The case it was taken from, by source id.
    origin: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Mean measures over the judged queries, by arm, and by task and arm."""

    # Queries that have a judgement: the others cannot be measured.
    queries: int
    # Of `fused`, or of the last arm where it was not asked for.
    measures: Measures
    arms: Mapping[str, Measures]
    tasks: Mapping[str, Mapping[str, Measures]]
    seconds: float


def evaluate(
    searcher: Searcher,
    queries: Path,
    qrels: Path,
    *,
    arms: Sequence[str] = (),
    half: Half | None = None,
    run_file: Path | None = None,
) -> Evaluation:
    """Run the judged queries through each arm and measure nDCG@10, R@10, R@100 and RR.

    `arms` are from ALL_ARMS, all where none is named. `half` leaves out the other half of the
    queries. `run_file` takes the TREC run of `fused`, or of the last arm named. Raises UsageError
    for files that cannot be read and unknown arms.
    """
    started = time.perf_counter()
    wanted = _known(arms)
    judged = read_qrels(qrels)
    asked = [query for query in read_queries(queries) if query.qid in judged]
    asked = [query for query in asked if half in {None, half_of(query.qid)}]
    if not asked:
        raise UsageError(f"No query of {queries.name} has a judgement in {qrels.name}.")
    searcher.warm_up()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(partial(_rank, searcher, wanted), asked))
    runs = {
        arm: {query.qid: ranked[arm] for query, ranked in zip(asked, found, strict=True)}
        for arm in wanted
    }
    if run_file is not None:
        run_file.write_text("".join(trec_lines(runs[wanted[-1]], wanted[-1])), encoding="utf-8")
    return _evaluation(asked, judged, runs, time.perf_counter() - started)


def measure(run: Run, judged: Mapping[str, Mapping[str, int]]) -> dict[str, Measures]:
    """Return the measures of each query of `judged`; one that found nothing measures 0.

    Definitions are trec_eval's: gains are the grades, and any grade above 0 is relevant.
    """
    qrels = [Qrel(qid, doc, grade) for qid, docs in judged.items() for doc, grade in docs.items()]
    scored = [
        ScoredDoc(qid, doc, -float(rank))
        for qid in judged
        for rank, doc in enumerate(run.get(qid, ()), start=1)
    ]
    values: defaultdict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(NAMES, 0.0))
    for each in ir_measures.iter_calc(MEASURES, qrels, scored):  # pyright: ignore[reportUnknownMemberType]
        values[each.query_id][str(each.measure)] = float(each.value)
    return {qid: values[qid] for qid in judged}


def read_queries(path: Path) -> list[Query]:
    """Read queries, one JSON object a line, gzipped or not. Raises UsageError."""
    read: list[Query] = []
    for n, line in enumerate(read_lines(path), start=1):
        try:
            read.append(_query(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as cause:
            raise UsageError(
                f"Line {n} of {path.name} is no query (an object with qid and text): {cause}"
            ) from cause
    return read


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgements: TREC's four columns, or a TSV with the header qid, doc_id, relevance.

    Returns grades by query and source id. Raises UsageError.
    """
    judged: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for n, line in enumerate(read_lines(path), start=1):
        columns = line.split("\t") if "\t" in line else line.split()
        if n == 1 and columns[:2] == ["qid", "doc_id"]:
            continue
        try:
            qid, doc, grade = columns if len(columns) == 3 else (columns[0], *columns[2:])
            judged[qid][doc] = int(grade)
        except (ValueError, IndexError) as cause:
            raise UsageError(
                f"Line {n} of {path.name} is no judgement: “query 0 source_id relevance”, or "
                "“qid, doc_id, relevance” in tabs, is what it should be."
            ) from cause
    return dict(judged)


def read_lines(path: Path) -> Iterator[str]:
    """Return the lines of a file that say something, gzipped or not. Raises UsageError."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as cause:
        raise UsageError(f"{path} cannot be read: {cause}") from cause
    return (line for line in text.splitlines() if line.strip())


def trec_lines(run: Run, tag: str) -> Iterator[str]:
    """Yield the lines of a TREC run file; scores fall with the rank, so that none tie."""
    for qid, docs in run.items():
        for rank, doc in enumerate(docs, start=1):
            yield f"{qid} Q0 {doc} {rank} {1 / rank:.6f} onpoint-{tag}\n"


def half_of(qid: str) -> Half:
    """Return the half a query belongs to: whether the sha256 of its id is an even number."""
    last = hashlib.sha256(qid.encode()).digest()[-1]
    return Half.ODD if last % 2 else Half.EVEN


def filters_of(searcher: Searcher, query: Query) -> Filters:
    """Return what a query may find: not its own case, nothing later than that or than its day."""
    days = [] if query.as_of is None else [query.as_of]
    origin = None if query.origin is None else case_by_source_id(searcher.db, query.origin)
    if origin is not None and origin.date_filed is not None:
        days.append(origin.date_filed.last)
    own = frozenset[str]() if query.origin is None else frozenset({query.origin})
    return Filters(as_of=min(days, default=None), exclude=query.exclude | own)


def _rank(searcher: Searcher, arms: Sequence[str], query: Query) -> Mapping[str, tuple[str, ...]]:
    return searcher.rankings(query.text, filters=filters_of(searcher, query), arms=arms)


def _known(arms: Sequence[str]) -> tuple[str, ...]:
    unknown = [arm for arm in arms if arm not in ALL_ARMS]
    if unknown:
        raise UsageError(f"There is no arm {unknown[0]!r}. There are: {', '.join(ALL_ARMS)}.")
    return tuple(arm for arm in ALL_ARMS if arm in arms) or ALL_ARMS


def _evaluation(
    asked: Sequence[Query],
    judged: Mapping[str, Mapping[str, int]],
    runs: Mapping[str, Run],
    seconds: float,
) -> Evaluation:
    mine = {query.qid: judged[query.qid] for query in asked}
    by_query = {arm: measure(run, mine) for arm, run in runs.items()}
    of_task: defaultdict[str, list[str]] = defaultdict(list)
    for query in asked:
        of_task[query.task].append(query.qid)
    arms = {arm: _mean(values, mine) for arm, values in by_query.items()}
    return Evaluation(
        queries=len(asked),
        measures=arms[next(reversed(arms))],
        arms=arms,
        tasks={
            task: {arm: _mean(values, qids) for arm, values in by_query.items()}
            for task, qids in sorted(of_task.items())
        },
        seconds=seconds,
    )


def _mean(values: Mapping[str, Measures], qids: Iterable[str]) -> Measures:
    rows = [values[qid] for qid in qids]
    return {name: sum(row[name] for row in rows) / len(rows) for name in NAMES}


def _query(given: Mapping[str, object]) -> Query:
    as_of, exclude, origin = given.get("as_of"), given.get("exclude") or (), given.get("from")
    if not isinstance(given["qid"], str) or not isinstance(given["text"], str):
        raise TypeError("qid and text are strings")
    if not isinstance(exclude, (list, tuple)):
        raise TypeError("exclude is a list of source ids")
    return Query(
        qid=given["qid"],
        text=given["text"],
        task=str(given.get("task") or "queries"),
        as_of=None if as_of is None else LegalDate.parse(str(as_of)).last,
        exclude=frozenset(map(str, cast("Sequence[object]", exclude))),
        origin=None if origin is None else str(origin),
    )
