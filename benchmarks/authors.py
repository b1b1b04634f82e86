"""Do counted habits tell authors apart?

    python benchmarks/authors.py CORPUS [--choose | --verify]

Signed opinions over 1,000 words of the six, and of the eight, justices who wrote most of them. The
rule is learned on the training split of CORPUS/style/justice_index.jsonl.gz and names the authors
of the held-out split. Beside it, in the same run and on the same texts: plain Burrows's Delta on
the 400 commonest words. `--choose` shows what was chosen from, by cross-validation on the training
split alone, and leaves the held-out split untouched. `--verify` asks of each held-out opinion of
six justices whether it is one's own, for three of them: 60 opinions of the one, 60 of the other
five to learn from.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from core.style.author.authorship import Counted, Namer, counts
from core.style.author.sure import difference, share
from core.style.author.verifier import Verifier

# So much of each opinion is read, by every method: reading is what takes the time.
CHARACTERS = 24_000
WORDS = 1_000
DELTA_WORDS = 400
LEARNED = 60
FOLDS = 5
WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    case: str
    author: str
    held_out: bool
    text: str


def main() -> None:
    given = arguments()
    started = time.monotonic()
    opinions = list(read(given.corpus))
    most = [name for name, _ in Counter(each.author for each in opinions).most_common(8)]
    opinions = [each for each in opinions if each.author in most]
    if given.verify:
        for author in most[:3]:
            verify(author, [each for each in opinions if each.author in most[:6]])
        return
    with ProcessPoolExecutor() as pool:
        counted = list(pool.map(counts, [each.text for each in opinions], chunksize=16))
    print(f"{len(opinions)} opinions read in {time.monotonic() - started:.0f} s")
    for authors in (most[:6], most):
        chosen = [n for n, each in enumerate(opinions) if each.author in authors]
        some, what = [opinions[n] for n in chosen], [counted[n] for n in chosen]
        if given.choose:
            choose(some, what)
        else:
            compare(some, what)
    print(f"{time.monotonic() - started:.0f} s in all")


def read(corpus: Path) -> Iterator[Written]:
    """Yield the signed opinions over 1,000 words, cut to what every method reads."""
    index = list(lines(corpus / "style" / "justice_index.jsonl.gz"))
    wanted = {row["opinion_id"] for row in index}
    parts = {
        case["id"]: case["opinions"]
        for name in ("scotus_slip", "us_reports")
        for case in lines(corpus / "opinions" / f"{name}.jsonl.gz")
        if case["id"] in wanted
    }
    for row in index:
        text = parts[row["opinion_id"]][row["part"]]["text"]
        if len(text.split()) > WORDS:
            yield Written(
                case=row["opinion_id"],
                author=row["author"],
                held_out=row["split"] != "train",
                text=text[:CHARACTERS],
            )


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def compare(opinions: Sequence[Written], counted: Sequence[Counted]) -> None:
    train = [n for n, each in enumerate(opinions) if not each.held_out]
    test = [n for n, each in enumerate(opinions) if each.held_out]
    truth = [opinions[n].author for n in test]
    namer = Namer.train([counted[n] for n in train], [opinions[n].author for n in train])
    ours = hits(namer.name([counted[n] for n in test]), truth)
    plain = hits(delta([opinions[n] for n in train], [opinions[n] for n in test]), truth)
    print(f"\n{len(namer.authors)} justices: {len(train)} opinions learned, {len(test)} held out")
    for what, right in (("style card's counts", ours), ("plain Burrows's Delta", plain)):
        found = share(right)
        print(f"  {what:24} {found.value:.3f}  [{found.low:.3f}, {found.high:.3f}]")
    more = difference([float(x) for x in ours], [float(x) for x in plain])
    print(f"  difference               {more.value:+.3f} [{more.low:+.3f}, {more.high:+.3f}]")
    print(f"  ratio to plain Delta     {np.mean(ours) / np.mean(plain):.2f}")
    for author in namer.authors:
        print(
            f"  {author:10}", "  ".join(f"{w:+.2f} {run!r}" for run, w in namer.deciding(author, 6))
        )


def hits(named: Sequence[str], truth: Sequence[str]) -> list[bool]:
    return [one == other for one, other in zip(named, truth, strict=True)]


def delta(train: Sequence[Written], test: Sequence[Written]) -> list[str]:
    """Name by plain Burrows's Delta: all words, names and quotations as they stand."""
    words = [Counter(WORD.findall(each.text.lower().replace("’", "'"))) for each in (*train, *test)]
    every = Counter[str]()
    for each in words[: len(train)]:
        every.update(each)
    common = [word for word, _ in every.most_common(DELTA_WORDS)]
    rates = np.array([[w[c] / w.total() for c in common] for w in words])
    known = rates[: len(train)]
    scored = (rates - known.mean(axis=0)) / known.std(axis=0)
    authors = sorted({each.author for each in train})
    by = np.array([each.author for each in train])
    usual = np.stack([scored[: len(train)][by == author].mean(axis=0) for author in authors])
    far = np.abs(scored[len(train) :, None, :] - usual[None]).mean(axis=2)
    return [authors[n] for n in far.argmin(axis=1)]


def verify(author: str, opinions: Sequence[Written]) -> None:
    """Train a verifier of one author, and say how often it is right on held-out opinions."""
    train = [each for each in opinions if not each.held_out]
    ours = [each.text for each in train if each.author == author][:LEARNED]
    others = [each.text for each in train if each.author != author]
    step = len(others) // LEARNED
    verifier = Verifier.train(ours, others[: step * LEARNED : step])
    test = [each for each in opinions if each.held_out]
    odds = [verifier.score(each.text) for each in test]
    own = [each.author == author for each in test]
    for what, side in (("own opinions", True), ("others'", False)):
        taken = share([p > 0.5 for p, one in zip(odds, own, strict=True) if one is side])
        print(
            f"{author:10} {what:13} taken for their own {taken.value:.2f} "
            f"[{taken.low:.2f}, {taken.high:.2f}] of {taken.n}"
        )
    known = verifier.held_out
    print(f"{'':10} while learning, each document unseen: right {known.value:.2f} of {known.n}")


# --- what was chosen, and from what ---


def choose(opinions: Sequence[Written], counted: Sequence[Counted]) -> None:
    train = [n for n, each in enumerate(opinions) if not each.held_out]
    some, what = [opinions[n] for n in train], [counted[n] for n in train]
    print(f"\n{len({each.author for each in some})} justices: right of {len(some)}, by fold")
    for most in ((1_000,), (1_000, 4_000), (1_000, 4_000, 8_000)):
        for stiffness in (0.1, 0.3, 1.0):
            learn = partial(Namer.train, most=most, stiffness=stiffness)
            print(
                f"  {most!s:20} {stiffness:4} {np.mean(crossed(some, what, learn)):.3f}", flush=True
            )


def crossed(
    opinions: Sequence[Written], counted: Sequence[Counted], learn: Callable[..., Namer]
) -> list[bool]:
    """Name each opinion by a rule that saw no opinion of its case."""
    cases = sorted({each.case for each in opinions})
    np.random.default_rng(7).shuffle(cases)
    fold = {case: n % FOLDS for n, case in enumerate(cases)}
    right: list[bool] = []
    for k in range(FOLDS):
        here = [fold[each.case] == k for each in opinions]
        known = [n for n, out in enumerate(here) if not out]
        left = [n for n, out in enumerate(here) if out]
        namer = learn([counted[n] for n in known], [opinions[n].author for n in known])
        right += hits(namer.name([counted[n] for n in left]), [opinions[n].author for n in left])
    return right


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--verify", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
