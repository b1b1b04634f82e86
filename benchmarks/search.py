"""How long a search takes, the encoder included, beside SQLite's full-text search.

    python benchmarks/search.py --home .onpoint --queries queries.jsonl.gz [--count 200]

The library must be loaded. Queries are a mix: judged ones in whole, their first eight words,
quoted phrases, names and citations of held cases. The baseline, in the same run, is SQLite FTS5
BM25 over whole opinions with up to 40 words joined by OR, on the plain-word queries.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from core.app import Onpoint
from core.evaluate.retrieval import read_queries
from core.library import passages
from core.model import CaseId
from core.settings import Settings

SHORT = 8  # words of a short query
FTS_WORDS = 40


def main() -> None:
    given = arguments()
    with Onpoint.open(Settings(home=given.home)) as app:
        app.warm_up()
        asked = queries(app, given.queries, given.count)
        fts = baseline(app)
        ours: dict[str, list[float]] = defaultdict(list)
        theirs: list[float] = []
        for _, query in asked:  # what is asked for the first time is read from disk
            app.search(query)
        for kind, query in asked:
            ours[kind].append(seconds(lambda query=query: app.search(query)))
            if kind in {"whole", "short"}:
                theirs.append(seconds(lambda query=query: fts(query)))
    report(ours, theirs)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, default=Path(".onpoint"))
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    return parser.parse_args()


def queries(app: Onpoint, path: Path, count: int) -> list[tuple[str, str]]:
    """Return (kind, query), the same on every run."""
    rng = random.Random(7)  # noqa: S311  a sample, no secret
    chosen = rng.sample(read_queries(path), count)
    texts = [query.text for query in chosen]
    held = [app.search(text, k=1).hits for text in texts[: count // 5]]
    named = [hits[0].case for hits in held if hits]
    asked = [("whole", text) for text in texts]
    asked += [("short", " ".join(text.split()[:SHORT])) for text in texts]
    asked += [("phrase", f'"{phrase}"') for text in texts[::5] if (phrase := three_words(text))]
    asked += [("name", case.case_name) for case in named if case.case_name]
    asked += [("citation", str(case.citations[0])) for case in named if case.citations]
    rng.shuffle(asked)
    return asked


def cases_of(app: Onpoint) -> list[CaseId]:
    return list(passages.source_ids(app._db))  # noqa: SLF001  a benchmark looks inside


def three_words(text: str) -> str:
    found = re.search(r"[a-z]{4,} [a-z]{2,} [a-z]{4,}", text)
    return found[0] if found else ""


def baseline(app: Onpoint) -> Callable[[str], object]:
    """Load every opinion into SQLite and return its search for ten."""
    fts = sqlite3.connect(":memory:")
    fts.execute("CREATE VIRTUAL TABLE opinion USING fts5 (case_id UNINDEXED, text)")
    for case_id in sorted(cases_of(app)):
        text = "\n".join(opinion.text for opinion in app.opinions(case_id))
        fts.execute("INSERT INTO opinion VALUES (?, ?)", (case_id, text))

    def search(query: str) -> object:
        words = list(dict.fromkeys(re.findall(r"[a-z0-9]+", query.lower())))[:FTS_WORDS]
        match = " OR ".join(f'"{word}"' for word in words)
        return fts.execute(
            "SELECT case_id FROM opinion WHERE opinion MATCH ? ORDER BY bm25(opinion) LIMIT 10",
            (match,),
        ).fetchall()

    return search


def seconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def report(ours: dict[str, list[float]], theirs: Sequence[float]) -> None:
    together = [each for times in ours.values() for each in times]
    words = [*ours["whole"], *ours["short"]]
    for name, times in (*sorted(ours.items()), ("all", together), ("SQLite FTS5", theirs)):
        p50, p95 = at(times, 50), at(times, 95)
        print(f"{name:12} {len(times):5} queries  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms")
    ratios = [f"p{q} {at(words, q) / at(theirs, q):.2f}" for q in (50, 95)]
    print(f"plain words against SQLite FTS5 (below 1 is faster): {', '.join(ratios)}")


def at(times: Sequence[float], percentile: int) -> float:
    """Milliseconds at a percentile, by nearest rank."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) * percentile // 100, len(ordered) - 1)]


if __name__ == "__main__":
    main()
