"""Sources taken from real opinions and from the demonstration library, without a database.

Each set is what one question might have found: eight passages of five cases, some of them dissents.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from core.ingest.demo import demo_path
from core.law.bluebook import cite_case
from core.law.sentences import sentences
from core.law.written import reporter_citation
from core.model import (
    Case,
    CaseId,
    Court,
    LegalDate,
    OpinionId,
    OpinionKind,
    Passage,
    PassageId,
    Source,
    Span,
)

Record = dict[str, Any]
PASSAGE = 1_100
CASES, SOURCES = 5, 8


@cache
def demo_records() -> tuple[Record, ...]:
    return tuple(map(json.loads, demo_path().read_text("utf-8").splitlines()))


@cache
def corpus_records(path: Path) -> tuple[Record, ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(map(json.loads, lines))


def source_sets(records: Sequence[Record], sets: int, *, seed: int) -> list[tuple[Source, ...]]:
    """Draw sets of sources; the same seed draws the same."""
    random = Random(seed)  # noqa: S311  drawn to be drawn again, not to be secret
    usable = [record for record in records if record["opinions"] and record.get("case_name")]
    return [_set(random, random.sample(usable, CASES)) for _ in range(sets)]


def _set(random: Random, records: Sequence[Record]) -> tuple[Source, ...]:
    passages = [(case_of(record), each) for record in records for each in _some(random, record)]
    return tuple(
        Source(n=n, case=case, passage=passage, citation=cite_case(case, "12"), pincite="12")
        for n, (case, passage) in enumerate(passages[:SOURCES], start=1)
    )


def _some(random: Random, record: Record) -> list[Passage]:
    every = list(passages_of(record))
    return random.sample(every, min(2, len(every)))


def case_of(record: Record) -> Case:
    """Make a case of a line of import JSON."""
    when = str(record.get("date_filed") or "1990")[:4]
    found = (reporter_citation(written) for written in record.get("citations") or ())
    return Case(
        case_id=CaseId(zlib.crc32(record["id"].encode())),
        source_id=record["id"],
        case_name=record.get("case_name"),
        court=Court(
            court=record["court"],
            name=record.get("court_name") or record["court"],
            jurisdiction=None,
        ),
        docket_number=record.get("docket_number"),
        date_filed=LegalDate(year=int(when)),
        date_argued=None,
        citations=tuple(citation for citation in found if citation),
        source=None,
        license=None,
        invented=False,
    )


def passages_of(record: Record) -> Iterator[Passage]:
    """Cut opinions into passages of whole sentences."""
    for ordinal, opinion in enumerate(record["opinions"]):
        text = opinion["text"]
        start = end = None
        for span in sentences(text):
            start = span.start if start is None else start
            end = span.end
            if end - start >= PASSAGE:
                yield _passage(record, ordinal, Span(start, end))
                start = None
        if start is not None and end is not None and end - start > PASSAGE // 3:
            yield _passage(record, ordinal, Span(start, end))


def _passage(record: Record, ordinal: int, span: Span) -> Passage:
    opinion = record["opinions"][ordinal]
    return Passage(
        passage_id=PassageId(span.start + 1),
        opinion_id=OpinionId(ordinal + 1),
        case_id=CaseId(1),
        kind=OpinionKind(opinion["type"]),
        author=opinion.get("author"),
        span=span,
        text=span.of(opinion["text"]),
        page="12",
    )
