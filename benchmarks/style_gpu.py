"""The larger run: a model of our own, and adapters of three justices that a stranger tells apart.

A causal model is pre-trained on the corpus's opinions but those of the three, one adapter is
trained for each of them, and each adapter goes on from the openings of held-out opinions. The
authorship verifiers, which learnt from other opinions of the three, say whose each text is.

    python benchmarks/style_gpu.py CORPUS OUT                       one GPU, about an hour
    python benchmarks/style_gpu.py CORPUS OUT --small               a processor, some minutes

Prints one JSON object: per justice the fall in perplexity on held-out opinions, on the others'
too, and how many of the adapter's texts the judge gives to its own justice.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from core.style.author.sure import interval
from core.style.author.verifier import Verifier
from core.style.train.adapter import Adapters
from core.style.train.learnt import more_than, perplexities
from core.style.train.train import Recipe, train
from core.style.train.weights import Lesson, continued, kit, versions

JUSTICES = ("Rehnquist", "O'Connor", "Breyer")
Judge = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the run is."""

    vocabulary: int
    width: int
    layers: int
    steps: int
    # Of pre-training: rate of learning, and windows of a step.
    rate: float
    batch: int
    lessons: int
    texts: int
    tokens: int
    recipe: Recipe


SMALL = Size(
    vocabulary=1500,
    width=64,
    layers=1,
    steps=600,
    rate=5e-3,
    batch=4,
    lessons=400,
    texts=12,
    tokens=96,
    recipe=Recipe(epochs=1, learning_rate=6e-3, dropout=0.0, batch=4, longest=192, words_too=True),
)
LARGE = Size(
    vocabulary=16_000,
    width=768,
    layers=12,
    steps=60_000,
    rate=6e-4,
    batch=256,
    lessons=20_000,
    texts=60,
    tokens=320,
    recipe=Recipe(epochs=3, learning_rate=5e-4, rank=32, alpha=64, batch=32, words_too=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One signed opinion's paragraphs. `part`: learnt, judged by, or held out."""

    author: str
    part: str
    paragraphs: tuple[str, ...]


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("corpus", type=Path)
    read.add_argument("out", type=Path)
    read.add_argument("--small", action="store_true")
    asked = read.parse_args()
    print(json.dumps(measured(asked.corpus, asked.out, SMALL if asked.small else LARGE), indent=1))


def measured(corpus: Path, out: Path, size: Size) -> dict[str, object]:
    """Run the whole, and return every figure."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from tiny_models import tiny_base  # the maker of models that the tests use

    started = time.monotonic()
    opinions = list(signed(corpus))
    background = [p for each in opinions if each.author not in JUSTICES for p in each.paragraphs]
    random.Random(1).shuffle(background)  # noqa: S311  an order, no secret
    base = tiny_base(
        out / "base",
        background,
        vocabulary=size.vocabulary,
        width=size.width,
        layers=size.layers,
        steps=size.steps,
        rate=size.rate,
        batch=size.batch,
    )
    judge = strangers(opinions)
    return {
        "device": "cuda" if kit().torch.cuda.is_available() else "cpu",
        "versions": versions(),
        "justices": {name: _one(name, opinions, base, out, size, judge) for name in JUSTICES},
        "seconds": round(time.monotonic() - started, 1),
    }


def signed(corpus: Path) -> Sequence[Opinion]:
    """Read the signed opinions of one series, each justice's in three parts by their order."""
    with gzip.open(corpus / "opinions" / "us_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {case["id"]: case["opinions"] for case in map(json.loads, lines)}
    found: list[Opinion] = []
    with gzip.open(corpus / "style" / "justice_index.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["opinion_id"] not in texts:
                continue
            paragraphs = tuple(
                " ".join(each.split())
                for each in texts[row["opinion_id"]][row["part"]]["text"].split("\n\n")
                if 300 < len(each) < 1500
            )
            n = sum(each.author == row["author"] for each in found)
            part = ("learnt", "judged by", "learnt", "held out")[n % 4]
            found.append(Opinion(author=row["author"], part=part, paragraphs=paragraphs))
    return found


def strangers(opinions: Sequence[Opinion]) -> Judge:
    """Return the product's verifiers, one for each of the three, as one judge between them.

    Each has read opinions that no adapter was trained on: its justice's, beside the other two's.
    """
    read = {
        name: ["\n\n".join(o.paragraphs) for o in opinions if _judged_by(o, name)]
        for name in JUSTICES
    }
    others = {
        name: [text for other in JUSTICES if other != name for text in read[other]]
        for name in JUSTICES
    }
    verifiers = {name: Verifier.train(read[name], others[name]) for name in JUSTICES}
    return lambda text: max(JUSTICES, key=lambda name: verifiers[name].score(text))


def _judged_by(opinion: Opinion, name: str) -> bool:
    return opinion.author == name and opinion.part == "judged by"


def _one(
    name: str, opinions: Sequence[Opinion], base: Path, out: Path, size: Size, judge: Judge
) -> dict[str, object]:
    learnt = [p for o in opinions if o.author == name and o.part == "learnt" for p in o.paragraphs]
    held = [o for o in opinions if o.part == "held out" and len(o.paragraphs) > 4]
    folder = out / name.replace("'", "")
    train(base, _lessons(learnt[: size.lessons]), folder, size.recipe)
    adapters = Adapters(base)
    adapters.load(name, folder)
    opened = adapters.using(name)
    ours = perplexities(opened, _bodies([o for o in held if o.author == name][: size.texts]))
    theirs = perplexities(
        opened,
        _bodies([o for o in held if o.author in JUSTICES and o.author != name][: size.texts]),
    )
    # Openings of none of the three: whose the text is, the adapter alone decides.
    openings = [" ".join(o.paragraphs[0].split()[:12]) for o in held if o.author not in JUSTICES][
        : size.texts
    ]
    written = continued(opened, openings, tokens=size.tokens, by_lot=True)
    with opened.model.disable_adapter():
        plain = continued(opened, openings, tokens=size.tokens, by_lot=True)
    return {
        "fall": asdict(ours.fall),
        "fall_on_the_others": asdict(theirs.fall),
        "more_nats_a_token": asdict(more_than(ours, theirs)),
        "given_to_their_own": asdict(interval([float(judge(t) == name) for t in written])),
        "without_the_adapter": asdict(interval([float(judge(t) == name) for t in plain])),
    }


def _lessons(texts: Sequence[str]) -> list[Lesson]:
    return [Lesson(prompt="", answer=text) for text in texts]


def _bodies(opinions: Sequence[Opinion]) -> list[Lesson]:
    return _lessons([" ".join(each.paragraphs)[:3000] for each in opinions])


if __name__ == "__main__":
    main()
