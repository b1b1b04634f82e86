"""Which cited decisions does the citing court overrule, by its own words?

    python benchmarks/treatment.py CORPUS/treatment/overruled_dev.jsonl.gz [--half even|odd] [-v]

Each row is a pair of decisions with an excerpt of the citing one, in which the cited one is marked
by tags. Overruled is derived where the citing court itself says so in the excerpt; what it reports
of another court is not. The rules were written with the even half (by hash of the pair's id) in
view; the odd half is the test. Beside it, in the same run: "overrul" stands in the excerpt, and
"overrul" stands within 200 characters of a mark.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.law.captions import names_agree
from core.law.citations import find_citations
from core.law.mentions import TARGET, Mention, Pointed, mentions
from core.law.treatment import UNNAMED, WRITER, Sign, derive
from core.model import OpinionKind, Span, Treatment

PUBLISHED_F1 = 0.82  # a published language-model citator on this set, read whole opinions
NEAR = 200
TAG = re.compile(r"</?citedDecision>")
PART = re.compile(r"\*\*(?P<label>[A-Z][A-Za-z ]+)\*\*\s*")
KINDS = {
    "dissenting": OpinionKind.DISSENT,
    "concurring": OpinionKind.CONCURRENCE,
    "concurrence": OpinionKind.CONCURRENCE,
    "dissent": OpinionKind.DISSENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    id: str
    citing: str
    cited: str
    overruled: bool
    text: str
    marks: tuple[Span, ...]

    @property
    def half(self) -> str:
        return "odd" if hashlib.sha256(self.id.encode()).digest()[-1] % 2 else "even"


def main() -> None:
    given = arguments()
    rows = list(read(given.file))
    signs = {row.id: list(signs_of(row)) for row in rows}

    def ours(row: Row) -> bool:
        return any(is_overruling(sign) for sign in signs[row.id])

    ways: dict[str, Callable[[Row], bool]] = {
        "derived": ours,
        "'overrul' in the excerpt": lambda row: "overrul" in row.text.lower(),
        f"'overrul' within {NEAR} letters": is_near,
    }
    for half in [given.half] if given.half else ["even", "odd", "all"]:
        chosen = [row for row in rows if half in {"all", row.half}]
        said = sum("overrul" in row.text.lower() for row in chosen if row.overruled)
        held = sum(row.overruled for row in chosen)
        print(f"{half}: {len(chosen)} pairs, {held} overruled, {said} of them with the word")
        for name, way in ways.items():
            print(f"  {name:32} {measures(chosen, way)}")
    print(f"  (a published language-model citator, on the whole set: F1 {PUBLISHED_F1})")
    print_errors([row for row in rows if given.half in {None, row.half}], ours, signs)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=["even", "odd"])
    return parser.parse_args()


def read(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            text, marks = without_tags(row["excerpt"])
            yield Row(
                id=row["id"],
                citing=row["citing_case"].split(",")[0],
                cited=re.sub(r"\s*\(\d{4}\)\s*$", "", row["cited_case"]).strip(),
                overruled=row["overruled"],
                text=text,
                marks=marks,
            )


def without_tags(text: str) -> tuple[str, tuple[Span, ...]]:
    pieces: list[str] = []
    edges: list[int] = []
    at = length = 0
    for tag in TAG.finditer(text):
        pieces.append(text[at : tag.start()])
        length += tag.start() - at
        edges.append(length)
        at = tag.end()
    pieces.append(text[at:])
    return "".join(pieces), tuple(map(Span, edges[::2], edges[1::2]))


def signs_of(row: Row) -> Iterator[Sign]:
    for kind, part in parts(row.text):
        marks = [
            Span(mark.start - part.start, mark.end - part.start)
            for mark in row.marks
            if part.start <= mark.start < part.end
        ]
        text = part.of(row.text)
        yield from derive(text, named(text, marks, row), kind)


def parts(text: str) -> Iterator[tuple[OpinionKind, Span]]:
    """Split an excerpt at its labels: `**Lead Opinion**`, `**Dissenting Opinion**`."""
    labels = list(PART.finditer(text))
    starts = [label.end() for label in labels] or [0]
    ends = [*(label.start() for label in labels[1:]), len(text)]
    names = [label["label"].lower() for label in labels] or [""]
    for name, start, end in zip(names, starts, ends, strict=True):
        kind = next((kind for word, kind in KINDS.items() if word in name), OpinionKind.MAJORITY)
        yield kind, Span(start, end)


def named(text: str, marks: Sequence[Span], row: Row) -> tuple[Mention, ...]:
    pointed = [Pointed(span=mark, who=TARGET) for mark in marks]
    for number, found in enumerate(find_citations(text), start=1):
        if any(mark.start < found.span.end and found.span.start < mark.end for mark in marks):
            continue
        written = " v. ".join(filter(None, (found.plaintiff, found.defendant)))
        same = bool(written) and names_agree(written, row.cited)
        pointed.append(
            Pointed(
                span=found.span,
                who=TARGET if same else number,
                plaintiff=found.plaintiff,
                defendant=found.defendant,
            )
        )
    return mentions(text, pointed, [row.cited], own=row.citing)


def is_overruling(sign: Sign) -> bool:
    return sign.treatment is Treatment.OVERRULED and sign.by == WRITER


def is_near(row: Row) -> bool:
    return any(
        "overrul" in row.text[max(0, mark.start - NEAR) : mark.end + NEAR].lower()
        for mark in row.marks
    )


def measures(rows: Sequence[Row], way: Callable[[Row], bool]) -> str:
    found = {row.id for row in rows if way(row)}
    true = {row.id for row in rows if row.overruled}
    right = len(found & true)
    precision = right / len(found) if found else 0.0
    recall = right / len(true) if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}  ({right} of {len(found)})"


def print_errors(
    rows: Sequence[Row], way: Callable[[Row], bool], signs: dict[str, list[Sign]]
) -> None:
    for row in rows:
        if way(row) == row.overruled:
            continue
        word = "missed" if row.overruled else "wrong"
        print(f"{word} ({row.half}): {row.citing} of {row.cited} [{row.id}]")
        for sign in signs[row.id]:
            by = {WRITER: "itself", UNNAMED: "another"}.get(sign.by, "a named case")
            said = " ".join(sign.sentence.of(row.text).split())[:200] if not row.overruled else ""
            print(f"    {sign.treatment} {sign.extent} by {by} {said}")


if __name__ == "__main__":
    main()
