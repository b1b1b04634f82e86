"""A style card, drawn: an author's habits beside others', and the lines that a model is told.

The pictures are drawn here, of boxes in our own colours: a bar for the author, a mark for the
others, and pale ends where half of the documents lie. Each says in words what it shows.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pages.parts.html import Html, el, joined
from pages.parts.times import moment
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.style import StyleCard, StyleHabit, StylePhrase, StyleRate

_SHOWN = 12  # habits that decide; the others are behind a click
_ORDER = ("Length", "Openings", "Marks", "Tone", "Citing", "Form")


def card_head(card: StyleCard) -> Html:
    """Say what a card was made of, and beside what."""
    counts = card.counts
    of = ", ".join(card.made_of)
    return el(
        "div",
        el("h2", card.name),
        el(
            "p",
            f"{of} · {counted(counts.documents, 'document')} of {counts.words:,} words, beside "
            f"{counts.background} {card.background} · made by {card.made_by}, "
            f"{moment(card.made_at)}",
            class_="meta",
        ),
    )


def card_pictures(card: StyleCard) -> Html:
    """Draw what tells the author from others, then all that was counted."""
    said = [habit for habit in card.counts.habits if habit.says is not None]
    if not said:
        first = el("p", "Nothing that was counted sets this author clearly apart from the others.")
    else:
        first = el("div", _key(), *(_picture(habit) for habit in said[:_SHOWN]), class_="habits")
    return el(
        "div",
        el("h4", "What sets the author apart, the clearest first"),
        first,
        _phrases(card),
        el("details", el("summary", "All that was counted"), *_groups(card.counts.habits)),
        class_="style-card",
    )


def _key() -> Html:
    return el(
        "p",
        el("span", class_="bar-sign"),
        " the author, ",
        el("span", class_="mark-sign"),
        " others, ",
        el("span", class_="half-sign"),
        " half of the author’s documents",
        class_="meta key",
    )


def _picture(habit: StyleHabit) -> Html:
    return el(
        "div",
        el("div", _capital(habit.says or habit.name), class_="says"),
        _bars(habit),
        el("div", _figures(habit), class_="meta"),
        class_="habit",
    )


def _bars(habit: StyleHabit) -> Html:
    """Draw the author's mean as a bar, others' as a mark across it, on a scale from zero."""
    ours, usual = habit.ours, habit.usual
    most = max(ours.value, usual.value, ours.to, usual.to) * 1.05 or 1.0
    shown = (
        f"{habit.name}: the author {_rate(ours)} {habit.unit}, others {_rate(usual)}; half of "
        f"the author’s documents lie between {_number(ours.from_)} and {_number(ours.to)}"
    )
    return el(
        "div",
        el("div", class_="bar", style=f"width:{_share(ours.value, most)}"),
        el(
            "div",
            class_="half",
            style=f"left:{_share(ours.from_, most)};width:{_share(ours.to - ours.from_, most)}",
        ),
        el("div", class_="mark", style=f"left:{_share(usual.value, most)}"),
        class_="bars",
        role="img",
        aria_label=shown,
        title=shown,
    )


def _share(value: float, most: float) -> str:
    return f"{max(0.0, min(100.0, 100 * value / most)):.1f}%"


def _figures(habit: StyleHabit) -> str:
    return (
        f"{_number(habit.ours.value)} {habit.unit} "
        f"({_number(habit.ours.low)}–{_number(habit.ours.high)}), "
        f"others {_number(habit.usual.value)}"
    )


def _rate(rate: StyleRate) -> str:
    return f"{_number(rate.value)} ({_number(rate.low)} to {_number(rate.high)})"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def _phrases(card: StyleCard) -> Html:
    counts = card.counts
    kinds: tuple[tuple[str, Sequence[StylePhrase]], ...] = (
        ("Favourite turns of phrase", counts.phrases),
        ("Ways to begin a sentence", counts.openings),
        ("Last sentences", counts.closings),
        ("Little words, more than others", counts.little_words),
    )
    return joined(
        el(
            "div",
            el("h4", name),
            el("p", *(_phrase(phrase) for phrase in phrases), class_="phrases"),
        )
        for name, phrases in kinds
        if phrases
    )


def _phrase(phrase: StylePhrase) -> Html:
    how = f"{phrase.ours:.1f} in 10,000 words, others {phrase.usual:.1f}"
    return el("span", phrase.text, class_="phrase", title=how)


def _groups(habits: Sequence[StyleHabit]) -> list[Html]:
    ordered = sorted(habits, key=lambda habit: (_ORDER.index(habit.group), habit.name))
    return [
        el("div", el("h4", group), _table(list(inside)))
        for group, inside in groupby(ordered, key=lambda habit: habit.group)
    ]


def _table(habits: Sequence[StyleHabit]) -> Html:
    head = el(
        "tr", *(el("th", name, scope="col") for name in ("Habit", "", "The author", "Others"))
    )
    rows = (
        el(
            "tr",
            el("td", habit.name, el("div", habit.unit, class_="meta")),
            el("td", _bars(habit), class_="picture"),
            el("td", _number(habit.ours.value)),
            el("td", _number(habit.usual.value), class_="soft"),
        )
        for habit in habits
    )
    return el("table", head, *rows, class_="held-list wide counted")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
