"""What is prepared of style cards: once, beside whoever asks, for few cards, for a while."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from core.model import PersonId
from core.model.ids import CardId
from core.style.card import card_memory
from core.style.card.card_memory import Remembered, Writings

CARDS = [CardId(UUID(int=n)) for n in range(5)]
ANN, BOB = PersonId(UUID(int=91)), PersonId(UUID(int=92))


class Bench:
    """Counts how often something was made and its writings were read."""

    def __init__(self) -> None:
        self.made: list[Writings] = []
        self.read = 0
        self.texts = ["one"]
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def make(self, writings: Writings) -> str:
        self.may_go_on.wait(10)
        self.made.append(writings)
        return " ".join(writings[0])

    def writings(self) -> Writings:
        self.read += 1
        return (list(self.texts),)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def memory(bench: Bench) -> Remembered[str]:
    return Remembered(bench.make, most=2)


def get(
    memory: Remembered[str],
    bench: Bench,
    card: int = 0,
    *,
    at: object = 1,
    patience: float | None = None,
) -> str | None:
    return memory.get(CARDS[card], at, bench.writings, by=ANN, patience=patience)


def test_it_is_made_once_and_handed_out_again(memory: Remembered[str], bench: Bench) -> None:
    assert [get(memory, bench) for _ in range(3)] == ["one"] * 3
    assert (len(bench.made), bench.read) == (1, 1)


def test_many_who_ask_at_once_wait_for_one_making(memory: Remembered[str], bench: Bench) -> None:
    bench.may_go_on.clear()
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(get, memory, bench) for _ in range(6)]
        bench.may_go_on.set()
        assert [each.result(10) for each in asked] == ["one"] * 6
    assert len(bench.made) == 1


def test_whoever_has_no_patience_goes_without_and_the_next_has_it(
    memory: Remembered[str], bench: Bench
) -> None:
    bench.may_go_on.clear()
    assert get(memory, bench, patience=0) is None
    bench.may_go_on.set()
    assert get(memory, bench) == "one"
    assert len(bench.made) == 1


def test_writings_that_changed_are_made_anew_and_others_are_only_read(
    memory: Remembered[str], bench: Bench
) -> None:
    get(memory, bench, at=1)
    assert get(memory, bench, at=2) == "one"
    assert (len(bench.made), bench.read) == (1, 2)
    bench.texts = ["one", "two"]
    assert get(memory, bench, at=2) == "one"
    assert get(memory, bench, at=3) == "one two"
    # Without a state to go by they are read each time.
    get(memory, bench, at=None)
    get(memory, bench, at=None)
    assert (len(bench.made), bench.read) == (2, 5)


def test_of_more_cards_than_it_holds_the_one_unused_longest_goes(
    memory: Remembered[str], bench: Bench
) -> None:
    for card in (0, 1, 0, 2):
        get(memory, bench, card)
    assert len(memory) == 2
    get(memory, bench, 0)
    assert len(bench.made) == 3
    get(memory, bench, 1)
    assert len(bench.made) == 4


def test_what_nobody_uses_for_long_is_forgotten(
    memory: Remembered[str], bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    get(memory, bench, 0)
    monkeypatch.setattr(card_memory, "UNUSED", -1.0)
    get(memory, bench, 1)
    assert len(memory) == 1


def test_what_fails_is_told_and_tried_again(bench: Bench) -> None:
    def fails(writings: Writings) -> str:
        bench.make(writings)
        raise ValueError("too few")

    memory = Remembered(fails)
    for _ in range(2):
        with pytest.raises(ValueError, match="too few"):
            get(memory, bench)
    assert len(bench.made) == 2
    assert len(memory) == 0


def test_it_is_forgotten_when_told_and_when_who_used_it_sees_the_card_no_more(
    memory: Remembered[str], bench: Bench
) -> None:
    get(memory, bench)
    memory.lost(CARDS[0], BOB)
    assert len(memory) == 1
    memory.lost(CARDS[0], ANN)
    assert len(memory) == 0
    get(memory, bench)
    memory.forget(CARDS[0])
    assert len(memory) == 0
