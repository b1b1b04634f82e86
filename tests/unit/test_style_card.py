"""What a style card counts, says in words, and tells a model."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest

from core.errors import UsageError
from core.model.ids import CardId
from core.model.style import CardKind, StyleCard, StyleCounts, StyleEdit
from core.style.author.habit_table import HABITS
from core.style.author.habits import count
from core.style.author.prose import own_prose
from core.style.author.saying import bids, says
from core.style.card.card import (
    LONGEST_PROMPT,
    WHY_LOCKED,
    count_card,
    example_paragraphs,
    lines,
    nearest,
    prompt_text,
)
from tests.writers import BLUNT, WORDY, written

TABLE = {habit.key: habit for habit in HABITS}


# --- counting ---

# Each row: a habit, a text, so many times in so many chances.
COUNTED = [
    ("sentence", "It fell. The court was not told of it.", 4.5, 1),
    ("but", "But it fell. It rose.", 1, 2),
    ("question", "Why? Because it fell.", 1, 2),
    ("semicolon", "It fell; it rose.", 1, 4),
    ("dash", "It fell -- and rose — again.", 2, 5),
    ("contraction", "It didn’t fall, and it won't.", 2, 6),
    ("passive", "It was not held. The court held it.", 1, 2),
    ("hedge", "Perhaps it may fall, in our view.", 3, 7),
    ("booster", "Of course it never fell.", 2, 5),
    ("latin", "It failed, inter alia, sua sponte.", 2, 6),
    ("i", "I think that my view is right.", 2, 7),
    ("oxford", "The salt, sand, and gravel were gone; the dogs, cats and horses were not.", 1, 2),
    ("see", "So. See Nken v. Holder, 556 U.S. 418 (2009). It fell. Id., at 420.", 1, 2),
    ("short_form", "A rule. Nken v. Holder, 556 U.S. 418 (2009). Id. at 420.", 1, 2),
    ("parenthetical", "A rule. Nken v. Holder, 556 U.S. 418 (2009) (granting a stay).", 1, 1),
    ("string", "A rule. Nken v. Holder, 556 U.S. 418 (2009); Hilton v. Ice, 481 U.S. 770 (1987).",
     2, 1),
    ("cleaned_up", "He said “it fell.” Nken v. Holder, 556 U.S. 418 (2009) (cleaned up).", 1, 1),
    ("defined", "The Clean Air Act (the “Act”) governs here.", 1, 7),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text", "times", "of"), COUNTED)
def test_each_habit_is_counted(key: str, text: str, times: float, of: float) -> None:
    found = count(own_prose(text))[key]
    assert (times, of) == (pytest.approx(found.times), found.of)


def test_a_habit_without_a_chance_has_no_rate() -> None:
    assert count(own_prose("Nothing is cited here at all."))["see"].value is None


# --- in words ---

SAID = [
    ("but", 6.0, 2.0, "begins sentences with But three times as often as others"),
    ("semicolon", 1.0, 2.1, "uses semicolons half as often as others"),
    ("question", 0.1, 3.0, "hardly ever asks questions"),
    ("latin", 1.0, 0.0, "uses Latin, which others do not"),
    ("sentence", 30.0, 25.0, "writes sentences a fifth longer than others"),
    ("sentence", 20.0, 40.0, "writes sentences twice shorter than others"),
    ("spread", 10.0, 14.0, "varies the length of sentences less than others"),
]


@pytest.mark.parametrize(("key", "ours", "usual", "words"), SAID)
def test_a_difference_is_said_in_words(key: str, ours: float, usual: float, words: str) -> None:
    assert words == says(TABLE[key], ours, usual)


def test_a_habit_is_bidden_with_the_rate_to_aim_at() -> None:
    assert (
        bids(TABLE["but"], 6.0, 2.0)
        == "Begin sentences with But: about 6.0 in 100 sentences (others 2.0)."
    )
    assert bids(TABLE["spread"], 9.0, 14.0).startswith("Seldom vary the length of sentences")
    assert bids(TABLE["sentence"], 21.6, 27.0) == "Write sentences of about 22 words (others 27)."


# --- the card ---


@pytest.fixture(scope="module")
def counts() -> StyleCounts:
    return count_card(written(BLUNT, 8), written(WORDY, 8))


def card(counts: StyleCounts, *edits: StyleEdit) -> StyleCard:
    return StyleCard(
        card_id=CardId(uuid4()),
        name="Ours",
        kind=CardKind.AUTHOR,
        made_of=("Blunt",),
        background="others",
        counts=counts,
        lines=lines(counts, edits),
        made_by="Anna",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_what_two_writers_do_otherwise_decides_and_what_they_do_alike_does_not(
    counts: StyleCounts,
) -> None:
    deciding = {habit.key for habit in counts.habits if habit.says is not None}
    assert {"but", "sentence", "semicolon", "which"} <= deciding
    assert not deciding & {"dash", "colon", "latin", "contraction"}


def test_a_writer_beside_himself_is_set_apart_by_nothing() -> None:
    same = count_card(written(BLUNT, 8), written(BLUNT, 8, seed=9))
    assert [habit.says for habit in same.habits if habit.says] == []
    assert same.phrases == ()


def test_favourite_phrases_are_the_writers_and_no_words_of_the_subject(
    counts: StyleCounts,
) -> None:
    phrases = {phrase.text for phrase in counts.phrases}
    assert any("of course" in phrase for phrase in phrases)
    assert not any("ferry" in phrase or "harbor" in phrase for phrase in phrases)


def test_the_interval_holds_the_rate_and_says_of_how_many_documents(counts: StyleCounts) -> None:
    for habit in counts.habits:
        assert habit.ours.low <= habit.ours.value <= habit.ours.high
        assert 3 <= habit.ours.documents <= 8


def test_too_few_documents_are_refused_with_their_number() -> None:
    with pytest.raises(UsageError, match="here are 2 and 8"):
        count_card(written(BLUNT, 2), written(WORDY, 8))


# --- its lines ---


def test_a_line_switched_off_stays_off_and_a_rule_by_hand_stays_when_all_is_counted_anew(
    counts: StyleCounts,
) -> None:
    edits = [
        StyleEdit(key="but", on=False),
        StyleEdit(key="semicolon", text="No semicolons."),
        StyleEdit(key="own-1", text="Never say “clearly”."),
    ]
    anew = count_card(written(BLUNT, 6, seed=5), written(WORDY, 6, seed=5))
    for counted in (counts, anew):
        found = {line.key: line for line in lines(counted, edits)}
        assert not found["but"].on
        assert (found["semicolon"].text, found["semicolon"].by_hand) == ("No semicolons.", True)
        assert lines(counted, edits)[0].text == "Never say “clearly”."


def test_what_the_content_lock_keeps_is_off_and_says_why() -> None:
    citing = [f"{text} See Nken v. Holder, 556 U.S. 418 (2009)." for text in written(BLUNT, 6)]
    bare = [f"{text} Nken v. Holder, 556 U.S. 418 (2009)." for text in written(BLUNT, 6, seed=3)]
    found = {line.key: line for line in lines(count_card(citing, bare), [])}
    assert (found["see"].on, found["see"].why_off) == (False, WHY_LOCKED)


def test_a_model_is_told_the_lines_that_are_on_and_the_examples(counts: StyleCounts) -> None:
    told = prompt_text(card(counts, StyleEdit(key="but", on=False)), ["A paragraph."])
    assert "Begin sentences with But" not in told
    assert "Write sentences of about" in told
    assert told.endswith("<example>\nA paragraph.\n</example>")


def test_a_model_is_never_told_more_than_fits(counts: StyleCounts) -> None:
    own = [StyleEdit(key=f"own-{n}", text=f"{n} {'long ' * 70}") for n in range(40)]
    assert len(prompt_text(card(counts, *own))) <= LONGEST_PROMPT


def test_the_nearest_paragraphs_come_first() -> None:
    def embed(texts: list[str]) -> np.ndarray:
        rows = np.array([[text.count("ice"), text.count("tax"), 0.1] for text in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    paragraphs = ["tax tax", "ice", "tax ice"]
    shown = nearest(paragraphs, embed(paragraphs), embed(["ice"])[0], 2)
    assert shown == ("ice", "tax ice")
    assert nearest([], np.zeros((0, 1)), np.zeros(1)) == ()  # type: ignore[arg-type]


def test_examples_are_paragraphs_of_a_fair_length() -> None:
    long, short = " ".join(["The rule is plain."] * 20), "The rule is plain."
    assert example_paragraphs(f"{long}\n\n{short}") == (long,)


def test_a_card_is_the_same_when_it_is_counted_twice(counts: StyleCounts) -> None:
    again = count_card(written(BLUNT, 8), written(WORDY, 8))
    assert again == replace(counts)


def test_the_order_of_documents_changes_no_rate(counts: StyleCounts) -> None:
    mixed = written(BLUNT, 8)
    random.Random(4).shuffle(mixed)  # noqa: S311  an order
    again = count_card(mixed, written(WORDY, 8))
    ours = {h.key: round(h.ours.value, 9) for h in again.habits}
    assert ours == {h.key: round(h.ours.value, 9) for h in counts.habits}
