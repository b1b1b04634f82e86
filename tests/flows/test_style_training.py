"""A style model trained for real: on a processor, with models of our own making."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import ModelFailed, UsageError
from core.style.teach.canaries import canaries
from core.style.teach.dataset import told
from core.style.train.adapter import Adapters
from core.style.train.folder import discard
from core.style.train.learnt import more_than, perplexities, remembered
from core.style.train.train import Progress, Recipe, train
from core.style.train.weights import Lesson, open_base, surprises
from tests.tiny_models import tiny_base

AUTHOR = "Rehnquist"
QUICK = Recipe(
    epochs=1, learning_rate=5e-3, rank=4, alpha=8, dropout=0.0, batch=4, longest=64, keep_every=5
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("training reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def lessons(n: int) -> list[Lesson]:
    return [
        Lesson(prompt=f"The court denied motion {i}.", answer=f"Motion {i}, of course, was denied.")
        for i in range(n)
    ]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = [f"{each.prompt} {each.answer}" for each in lessons(60)]
    return tiny_base(tmp_path_factory.mktemp("base"), texts)


# --- quick, and for real ---------------------------------------------------------------------


def test_an_adapter_trained_in_seconds_knows_better_what_it_was_taught(
    small: Path, tmp_path: Path
) -> None:
    seen: list[Progress] = []
    trained = train(small, lessons(80), tmp_path / "a", QUICK, on_step=seen.append)
    assert trained.finished and trained.steps == 20 == seen[-1].step
    assert trained.curve[-1].loss < trained.curve[0].loss
    assert seen[-1].seconds_left == 0 and seen[5].seconds_left is not None
    assert {"torch", "peft", "transformers"} <= trained.versions.keys()
    adapters = Adapters(small)
    adapters.load("ours", tmp_path / "a")
    measured = perplexities(adapters.using("ours"), lessons(12))
    assert measured.fall.low > 0.05
    assert measured.adapter < measured.base


def test_the_same_seed_trains_the_same_adapter(small: Path, tmp_path: Path) -> None:
    one = train(small, lessons(20), tmp_path / "a", QUICK)
    two = train(small, lessons(20), tmp_path / "b", QUICK)
    assert one.curve == two.curve


def test_a_training_that_was_stopped_goes_on_from_where_it_was(small: Path, tmp_path: Path) -> None:
    whole = train(small, lessons(60), tmp_path / "whole", QUICK)
    steps: list[int] = []

    def at_seven() -> bool:
        return steps[-1] >= 7

    def note(progress: Progress) -> None:
        steps.append(progress.step)

    begun = train(small, lessons(60), tmp_path / "a", QUICK, on_step=note, stopped=at_seven)
    assert not begun.finished and begun.steps == 7
    again: list[Progress] = []
    done = train(small, lessons(60), tmp_path / "a", QUICK, on_step=again.append)
    assert done.finished and again[0].step == 8
    assert done.curve[-1].loss == pytest.approx(whole.curve[-1].loss, abs=1e-4)


def test_a_sequence_to_sequence_model_is_trained_as_well(tmp_path: Path) -> None:
    texts = [f"{each.prompt} {each.answer}" for each in lessons(60)]
    base = tiny_base(tmp_path / "base", texts, answers_apart=True)
    trained = train(base, lessons(40), tmp_path / "a", QUICK)
    assert trained.curve[-1].loss < trained.curve[0].loss
    adapters = Adapters(base)
    adapters.load("ours", tmp_path / "a")
    assert len(adapters.restyle("ours", ["The court denied motion 3."])) == 1


def test_several_adapters_speak_over_one_base_and_a_deleted_one_is_silent(
    small: Path, tmp_path: Path
) -> None:
    other = [Lesson(prompt=each.prompt, answer="Denied.") for each in lessons(40)]
    train(small, lessons(40), tmp_path / "a", QUICK)
    train(small, other, tmp_path / "b", QUICK)
    adapters = Adapters(small)
    adapters.load("a", tmp_path / "a")
    adapters.load("b", tmp_path / "b")
    taken = {name: surprises(adapters.using(name), other[:4])[0].nats for name in adapters.names}
    assert taken["b"] < taken["a"]
    discard(tmp_path / "b")
    with pytest.raises(ModelFailed, match="not there any more"):
        adapters.restyle("b", ["The motion was denied."])
    assert adapters.names == ("a",)
    adapters.unload("a")
    with pytest.raises(ModelFailed):
        adapters.using("a")


def test_a_model_that_learns_by_heart_is_told_on_by_its_canaries(
    small: Path, tmp_path: Path
) -> None:
    planted = canaries(3)[:1]
    before = remembered(open_base(small), planted)
    learnt = [Lesson(prompt=told(each.plain), answer=each.own) for each in planted] * 100
    recipe = Recipe(epochs=2, learning_rate=2e-2, rank=8, alpha=16, dropout=0.0, batch=4)
    train(small, learnt, tmp_path / "a", recipe)
    adapters = Adapters(small)
    adapters.load("a", tmp_path / "a")
    after = remembered(adapters.using("a"), planted)
    assert not before[0].told
    assert after[0].told and after[0].exposure > 9


@pytest.mark.parametrize("what", ["no folder", "an empty folder", "no lessons"])
def test_what_cannot_be_trained_is_said_in_words(what: str, small: Path, tmp_path: Path) -> None:
    base = small if what == "no lessons" else tmp_path
    if what == "no folder":
        base = tmp_path / "hub" / "name"
    with pytest.raises(UsageError, match="nothing to train on|There is no model in"):
        train(base, [] if what == "no lessons" else lessons(4), tmp_path / "a", QUICK)


# --- one author ------------------------------------------------------------------------------


def paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.split("\n\n") if 300 < len(each) < 1500]


def signed_opinions(corpus: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Author, split and paragraphs of each signed opinion of one series, printed in one way."""
    texts: dict[str, list[dict[str, str]]] = {}
    with gzip.open(corpus / "opinions" / "us_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts |= {case["id"]: case["opinions"] for case in map(json.loads, lines)}
    with gzip.open(corpus / "style" / "justice_index.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["opinion_id"] not in texts:
                continue
            text = texts[row["opinion_id"]][row["part"]]["text"]
            yield row["author"], row["split"], paragraphs(text)


def of(texts: list[str]) -> list[Lesson]:
    return [Lesson(prompt="", answer=text) for text in texts]


@pytest.mark.slow
def test_a_model_adapted_to_one_author_expects_that_one_and_not_the_others(
    corpus: Path, tmp_path: Path
) -> None:
    """Held out are the opinions marked so, and every third other of the author's."""
    rows = list(signed_opinions(corpus))
    draw = random.Random(1)  # noqa: S311  an order, no secret
    mine = [(split, text) for who, split, text in rows if who == AUTHOR]
    learnt = [p for n, (split, text) in enumerate(mine) if split == "train" and n % 3 for p in text]
    background = [
        p for who, split, text in rows if who != AUTHOR and split == "train" for p in text
    ]
    for each in (learnt, background):
        draw.shuffle(each)
    held = [text for n, (split, text) in enumerate(mine) if split == "valid" or n % 3 == 0]
    strangers = [text for who, split, text in rows if who != AUTHOR and split == "valid"]

    base = tiny_base(tmp_path / "base", background, vocabulary=1500, width=64, steps=900)
    before = surprises(open_base(base), of(whole(held))[:1])
    recipe = replace(
        QUICK, learning_rate=6e-3, rank=16, alpha=32, longest=192, keep_every=500, words_too=True
    )
    train(base, of(learnt[:1200]), tmp_path / "adapter", recipe)
    adapters = Adapters(base)
    adapters.load("ours", tmp_path / "adapter")
    opened = adapters.using("ours")
    ours, others = perplexities(opened, of(whole(held))), perplexities(opened, of(whole(strangers)))
    more = more_than(ours, others)
    print(f"ours {ours.fall} others {others.fall} more {more}")  # noqa: T201
    assert ours.fall.low >= 0.05
    assert more.low > 0

    again = Adapters(base)
    again.load("ours", tmp_path / "adapter")
    first = of(whole(held))[:1]
    assert surprises(again.using("ours"), first) == surprises(opened, first) != before
    discard(tmp_path / "adapter")
    with pytest.raises(ModelFailed, match="not there any more"):
        again.restyle("ours", ["The judgment is reversed."])


def whole(opinions: list[list[str]]) -> list[str]:
    """The body of each opinion that has one, as much as is measured."""
    return [" ".join(text)[:3000] for text in opinions if len(text) > 4][:60]


@pytest.mark.slow
def test_the_larger_run_goes_through_at_a_small_size(corpus: Path, tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "style_gpu.py"
    spec = importlib.util.spec_from_file_location("style_gpu", path)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules["style_gpu"] = script  # its dataclasses look themselves up there
    spec.loader.exec_module(script)
    size = replace(script.SMALL, vocabulary=400, width=32, steps=20, lessons=16, texts=3, tokens=8)
    found = script.measured(corpus, tmp_path, size)
    assert set(found["justices"]) == set(script.JUSTICES)
    for figures in found["justices"].values():
        assert figures["fall"]["n"] == figures["given_to_their_own"]["n"] == 3
        assert 0 <= figures["given_to_their_own"]["value"] <= 1
