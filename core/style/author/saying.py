"""How a difference is said to somebody who reads no statistics."""

from __future__ import annotations

from core.style.author.habit_table import Habit

_OFTEN = (
    (1.25, "somewhat more often than others"),
    (1.75, "half again as often as others"),
    (2.5, "twice as often as others"),
    (3.5, "three times as often as others"),
    (4.5, "four times as often as others"),
    (7.5, "five times as often as others"),
    (float("inf"), "ten times as often as others"),
)
_SELDOM = (
    (0.15, None),
    (0.28, "a quarter as often as others"),
    (0.4, "a third as often as others"),
    (0.6, "half as often as others"),
    (0.8, "a third less often than others"),
    (1.0, "somewhat less often than others"),
)
_BY_HOW_MUCH = (
    (1.07, "slightly"),
    (1.15, "a tenth"),
    (1.29, "a fifth"),
    (1.42, "a third"),
    (1.75, "half again"),
    (float("inf"), "twice"),
)
# Said as more or less, not as often: they are no events.
_MORE_OR_LESS = frozenset({"spread", "string"})


def says(habit: Habit, ours: float, usual: float) -> str:
    """Say what a writer does beside others: "uses semicolons twice as often as others"."""
    if habit.is_length:
        return f"{habit.does} {_longer(ours, usual)} than others"
    if habit.key in _MORE_OR_LESS:
        return f"{habit.does} {'more' if ours > usual else 'less'} than others"
    if usual <= 0:
        return f"{habit.does}, which others do not"
    times = ours / usual
    how = next(words for most, words in (_OFTEN if times >= 1 else _SELDOM) if times <= most)
    return f"{habit.does} {how}" if how else f"hardly ever {habit.does}"


def _longer(ours: float, usual: float) -> str:
    times = max(ours, usual) / max(1e-9, min(ours, usual))
    much = next(words for most, words in _BY_HOW_MUCH if times <= most)
    return f"{much} {'longer' if ours > usual else 'shorter'}"


def bids(habit: Habit, ours: float, usual: float) -> str:
    """Say it as an instruction to a writer, with the rate to aim at and what others have."""
    first, _, rest = habit.does.partition(" ")
    do = f"{_imperative(first)} {rest}".strip()
    if habit.is_length:
        return f"{_capital(do)} of about {ours:.0f} words (others {usual:.0f})."
    unit = habit.unit.replace("% of", "in 100")
    rate = f"about {figure(ours)} {unit} (others {figure(usual)})"
    return f"{_capital(do)}: {rate}." if ours > usual else f"Seldom {do}: {rate}."


def _imperative(verb: str) -> str:
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith("sses") else verb.removesuffix("s")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def figure(value: float) -> str:
    """Write a rate as a reader wants it: no more digits than it deserves."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
