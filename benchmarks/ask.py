"""What an answer costs beside the language model: to read, find, choose, check and draw it.

    python benchmarks/ask.py --home .onpoint --queries queries.jsonl.gz [--count 100]

The library must be loaded. No model is called: a draft is made of the sources' own sentences, and
is checked as it would arrive, three words at a time, and whole at the end. Printed are the parts
and their sum, in milliseconds, beside the aim; the share of each is a ratio within the same run.
Then the whole way, with premises, treatments and everything else, asked of a model that takes no
time of its own: how long until its first words are on the screen, and until the answer is there.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from core import wire
from core.answers import premises_of, treatments_of
from core.app import Onpoint
from core.ask.answer import answer
from core.ask.deeper import read_on
from core.ask.extract import Means, extract
from core.ask.ground import Checks, Grounder
from core.ask.llm import AnswerModel
from core.ask.prompts import Message, answer_messages
from core.ask.question import restate
from core.ask.sources import choose_sources, open_shelf
from core.evaluate.retrieval import read_queries
from core.law.sentences import sentences
from core.model import Source
from core.search.cite import held_case
from core.settings import Settings

MOST_MS, FIRST_WORDS_MS = 400, 1_500
SENTENCES = 6
WORDS_A_PIECE = 3
FIRST, WHOLE = "first words", "the whole way"


class Clock:
    """How long each part took, in every round."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.took[name].append(1000 * (time.perf_counter() - started))


def main() -> None:
    given = arguments()
    with Onpoint.open(Settings(home=given.home)) as app:
        app.warm_up()
        rng = random.Random(7)  # noqa: S311  a sample, no secret
        asked = [query.text for query in rng.sample(read_queries(given.queries), given.count)]
        for question in asked[:5]:
            answer_in_parts(app, question, Clock())
        clock = Clock()
        for question in asked:
            answer_in_parts(app, question, clock)
    report(clock)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, default=Path(".onpoint"))
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    return parser.parse_args()


def answer_in_parts(app: Onpoint, question: str, clock: Clock) -> None:
    house = app._house  # noqa: SLF001  a benchmark looks inside
    with clock.part("search"):
        read = restate(question)
        result = house.searcher().search(read.search, k=10)
    with clock.part("choose sources"):
        shelf = open_shelf(result, app.opinions)
        sources = choose_sources(result, shelf)
        answer_messages(read.whole, sources)
    draft = "".join(drafted(sources))
    with clock.part("check as it comes"):
        grounder = Grounder(sources)
        words = draft.split(" ")
        for end in range(WORDS_A_PIECE, len(words), WORDS_A_PIECE):
            grounder.so_far(" ".join(words[:end]))
        grounded = grounder.ground(draft)
    with clock.part("draw"):
        app.excerpts([(source.passage.text, grounded.text) for source in sources], length=300)
        app.cite_names([source.case for source in sources])
        wire.search_json(result)
    whole_way(app, question, draft, clock)
    with clock.part("extract instead"):
        depth = house.depth()
        deeper = read_on(read.whole, sources, shelf, app.opinions, depth.places)
        means = Means(similarity=house.similarity, rarity=depth.rarity, near=deeper.near)
        extract(read.whole, deeper.sources, means)


def whole_way(app: Onpoint, question: str, draft: str, clock: Clock) -> None:
    house = app._house  # noqa: SLF001  a benchmark looks inside
    now = house.rules.now()
    read, began, first = restate(question), time.perf_counter(), list[float]()

    def shown(text: str) -> None:
        if text and not first:
            first.append(1000 * (time.perf_counter() - began))

    answer(
        read,
        search=partial(house.searcher().search, filters=read.filters, k=now.answer_cases),
        opinions=app.opinions,
        similarity=house.similarity,
        encoder=house.encoder().name,
        model=Quoting(draft),
        on_text=shown,
        checks=Checks(held=partial(held_case, db=house.db)),
        treatments=treatments_of(house, read.filters),
        depth=house.depth(),
        premises=premises_of(house, read.filters, app.opinions),
    )
    clock.took[WHOLE].append(1000 * (time.perf_counter() - began))
    clock.took[FIRST].extend(first)


class Quoting(AnswerModel):
    """A model that says at once what it is given, three words at a time."""

    def __init__(self, draft: str) -> None:
        super().__init__("quoting")
        self._words = draft.split(" ")

    def stream(self, messages: Sequence[Message]) -> Generator[str]:
        del messages
        for end in range(WORDS_A_PIECE, len(self._words) + WORDS_A_PIECE, WORDS_A_PIECE):
            yield " ".join(self._words[:end])


def drafted(sources: Sequence[Source]) -> Iterator[str]:
    """Yield sentences as an honest model writes them."""
    for source in sources[:SENTENCES]:
        text = source.passage.text
        yield f"{' '.join(next(iter(sentences(text))).of(text).split())} [{source.n}] "


def report(clock: Clock) -> None:
    parts = [name for name in clock.took if name not in {"extract instead", FIRST, WHOLE}]
    rounds = zip(*(clock.took[name] for name in parts), strict=True)
    clock.took["all around a model"] = [sum(each) for each in rounds]
    whole = at(clock.took["all around a model"], 50)
    for name, times in clock.took.items():
        share = f"{at(times, 50) / whole:5.0%}"
        print(f"{name:20} p50 {at(times, 50):6.1f} ms  p95 {at(times, 95):6.1f} ms  {share}")
    print(f"the aim for all around a model is a p95 of {MOST_MS} ms")
    print(f"the aim for first words, with a model that takes no time, is {FIRST_WORDS_MS} ms")


def at(times: Sequence[float], percentile: int) -> float:
    """Return a percentile, by nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) * percentile // 100, len(ordered) - 1)]


if __name__ == "__main__":
    main()
