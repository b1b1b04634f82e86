"""Do citations open the right case, and do invented ones open none?

Over a library that holds the corpus: every row of `citations/citation_checks.jsonl.gz` through
`cite`, and a sample of the reporter citations of held cases through `search`.

    python benchmarks/citations.py CORPUS [--home DIR] [--sample 1000]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from core.app import Onpoint
from core.model import CitationKind, CitationStatus
from core.settings import Settings

SEED = 20


def main() -> None:
    arguments = _arguments()
    with Onpoint.open(Settings(home=arguments.home)) as app:
        _print_checks(app, arguments.corpus / "citations" / "citation_checks.jsonl.gz")
        _print_first_ranks(app, arguments.corpus / "opinions", arguments.sample)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--home", type=Path, default=Path(".onpoint"))
    parser.add_argument("--sample", type=int, default=1000)
    return parser.parse_args()


def _print_checks(app: Onpoint, checks: Path) -> None:
    """For each label: how many citations came back as which status."""
    found: dict[str, Counter[str]] = {}
    for row in _lines(checks):
        held = "held" if row["corpus_id"] else "not held"
        counts = found.setdefault(f"{row['label']}, {held}", Counter())
        counts[_verdict(app, row)] += 1
    for label, counts in sorted(found.items()):
        print(f"{label:24} {dict(counts.most_common())}")


def _verdict(app: Onpoint, row: dict[str, str]) -> str:
    full = [one for one in app.cite(row["text"]) if one.found.kind is CitationKind.FULL]
    if len(full) != 1:
        return f"{len(full)} citations found"
    status, case = full[0].status, full[0].case
    if status is CitationStatus.HELD and case is not None:
        return "held" if case.source_id == row["corpus_id"] else "held, another case"
    return str(status)


def _print_first_ranks(app: Onpoint, opinions: Path, sample: int) -> None:
    citations = [
        (citation, row["id"])
        for file in sorted(opinions.glob("*.jsonl.gz"))
        for row in _lines(file)
        for citation in row["citations"]
    ]
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    chosen = rng.sample(citations, min(sample, len(citations)))
    missed = [
        (citation, wanted) for citation, wanted in chosen if wanted not in _first(app, citation)
    ]
    print(f"citations of held cases at rank 1: {len(chosen) - len(missed)} of {len(chosen)}")
    for citation, wanted in missed:
        print(f"  {citation} is {wanted}; found {_first(app, citation)}")


def _first(app: Onpoint, citation: str) -> list[str]:
    return [hit.case.source_id for hit in app.search(citation, k=1).hits]


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()
