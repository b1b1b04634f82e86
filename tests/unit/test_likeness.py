"""Near duplicates: how alike two filings are, told from their signatures alone."""

from __future__ import annotations

import random
import re

import pytest

from core.search.likeness import ALIKE, RUN, likeness, signature

WORDS = [f"{first}{last}" for first in "bdfgklmnprst" for last in ("a", "e", "io", "on", "ur")]


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  invented words, no secrets


def invented(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words))


def revised(rng: random.Random, text: str, share: float) -> str:
    return " ".join(f"new{w}" if rng.random() < share else w for w in text.split())


def shared(one: str, other: str) -> float:
    """The slow twin: the runs themselves."""
    left, right = (
        {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
        for words in (re.findall(r"\w+", text.casefold()) for text in (one, other))
    )
    return len(left & right) / len(left | right)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.05, 0.2, 0.7])
def test_c14_signatures_tell_about_what_two_texts_share(share: float) -> None:
    off = 0.0
    for seed in range(12):
        rng = seeded(seed)
        text = invented(rng, 900)
        other = revised(rng, text, share)
        estimate = likeness(signature(text), signature(other))
        assert abs(estimate - shared(text, other)) < 0.25  # four times the error of one
        off += (estimate - shared(text, other)) / 12
    assert abs(off) < 0.06  # and they do not err to one side


def test_c14_the_same_words_otherwise_printed_are_the_same() -> None:
    text = invented(seeded(1), 300)
    printed = text.replace(" ", "\n\n", 40).upper() + "."

    assert likeness(signature(text), signature(printed)) == 1.0


def test_c14_a_revised_brief_is_alike_and_a_stranger_is_not() -> None:
    rng = seeded(2)
    brief, stranger = invented(rng, 3000), invented(rng, 3000)

    assert likeness(signature(brief), signature(revised(rng, brief, 0.03))) >= ALIKE
    assert likeness(signature(brief), signature(stranger)) < 0.1


def test_words_in_another_order_are_another_text() -> None:
    words = invented(seeded(3), 400).split()

    assert likeness(signature(" ".join(words)), signature(" ".join(sorted(words)))) < 0.3


@pytest.mark.parametrize("text", ["", " \n", "… — …"])
def test_a_text_without_words_is_like_none(text: str) -> None:
    assert likeness(signature(text), signature(text)) == 0.0
    assert likeness(signature(text), signature("word")) == 0.0


def test_a_text_shorter_than_a_run_is_like_itself_only() -> None:
    assert likeness(signature("Motion denied."), signature("motion denied")) == 1.0
    assert likeness(signature("Motion denied."), signature("Motion granted.")) == 0.0


def test_a_signature_is_the_same_on_every_machine() -> None:
    # They are stored: a change of one of them would part every filing from its versions.
    assert signature("The lessor owes a duty to warn.")[:16].hex() == (
        "e54500125f72032ac114b54c7b6cb011"
    )


def test_what_is_no_signature_is_refused() -> None:
    with pytest.raises(ValueError, match="256 bytes"):
        likeness(b"abc", signature("x"))
    assert len(signature("Lone \ud800 surrogate")) == 256
