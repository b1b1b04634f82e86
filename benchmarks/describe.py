"""Does a paper's description say what the paper says, and ask where it is not sure?

Over a folder of files, with what a person read in them: `{file: {field: [what may be said]}}`. A
field that a file does not state is left out of the truth, or is an empty list.

    python benchmarks/describe.py TRUTH.json FOLDER
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.ingest.describe import describe
from core.ingest.parse.parsed import Parsed, Unreadable
from core.ingest.parse.sandbox import Sandbox
from core.law.captions import names_agree
from core.law.docket_numbers import same_docket
from core.model import SURE, Described, Field

# The four that the desk is measured by.
_CHIEF = (Field.KIND, Field.COURT, Field.DOCKET_NUMBER, Field.DATE_FILED)

Truth = dict[str, dict[str, list[str]]]


def main() -> None:
    arguments = _arguments()
    truth: Truth = json.loads(arguments.truth.read_text(encoding="utf-8"))
    with Sandbox() as sandbox:
        counts = measure(truth, _read(sandbox, arguments.folder, list(truth)))
    report(counts)


def measure(truth: Truth, files: Iterator[tuple[str, Parsed]]) -> Counter[tuple[Field, str]]:
    """Count by field what was right, wrong and unsure, wrong but sure, or not said."""
    counts: Counter[tuple[Field, str]] = Counter()
    for name, parsed in files:
        found = {each.field: each for each in describe(parsed, name)}
        for field in Field:
            expected = truth[name].get(field.value)
            if expected is None:
                counts[field, "beyond"] += field in found
                continue
            outcome = _outcome(field, expected, found.get(field))
            counts[field, outcome] += 1
            if not outcome.startswith("right"):
                said = found.get(field)
                value = f"{said.value[:70]!r} {said.confidence}" if said else "nothing"
                wanted = f"{expected[0][:60]!r}" if expected else "nothing"
                print(f"{outcome:12} {field.value:14} {name[:44]:44} {value}  for {wanted}")
    return counts


def report(counts: Counter[tuple[Field, str]]) -> None:
    print(f"\n{'field':14} stated right  share  of these unsure | wrong: unsure sure unsaid")
    for field in Field:
        _row(field.value, counts, (field,))
    _row("the four", counts, _CHIEF)


def _row(label: str, counts: Counter[tuple[Field, str]], fields: Sequence[Field]) -> None:
    def count(outcome: str) -> int:
        return sum(counts[field, outcome] for field in fields)

    right = count("right") + count("right unsure")
    wrong, sure, unsaid = count("wrong unsure"), count("WRONG SURE"), count("unsaid")
    stated = right + wrong + sure + unsaid
    share = f"{right / stated:6.1%}" if stated else "     -"
    print(
        f"{label:14} {stated:6} {right:5} {share} {count('right unsure'):16} |"
        f" {wrong:13} {sure:4} {unsaid:6}"
    )


def _outcome(field: Field, expected: list[str], said: Described | None) -> str:
    if said is None:
        return "unsaid" if expected else "right"
    sure = said.confidence >= SURE
    if any(_agrees(field, each, said.value) for each in expected):
        return "right" if sure else "right unsure"
    return "WRONG SURE" if sure else "wrong unsure"


def _agrees(field: Field, expected: str, said: str) -> bool:
    if field is Field.DOCKET_NUMBER:
        return same_docket(expected, said)
    if field is Field.CAPTION:
        return names_agree(expected, said)
    if field is Field.PARTIES:
        ours, theirs = expected.split("; "), said.split("; ")
        return len(ours) == len(theirs) and all(
            any(names_agree(one, other) for other in theirs) for one in ours
        )
    if field in {Field.JUDGE, Field.SIGNED_BY}:
        names = (each.removesuffix(" Jr.").split()[-1] for each in expected.split("; "))
        return all(name.casefold() in said.casefold() for name in names)
    return expected == said


def _read(sandbox: Sandbox, folder: Path, names: Sequence[str]) -> Iterator[tuple[str, Parsed]]:
    for name in names:
        try:
            parsed, attachments = sandbox.parse(folder / name, name)
        except Unreadable as error:
            print(f"not read: {name}: {error.reason}")
            continue
        shutil.rmtree(attachments, ignore_errors=True)
        yield name, parsed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("folder", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
