"""Passages: whole sentences, nothing lost, nothing twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.split import ENOUGH, LONGEST, STUMP, split
from core.model import Span

SENTENCE = "The court of appeals applied the wrong standard to the motion."


def texts(passages: tuple[Span, ...], text: str) -> list[str]:
    return [span.of(text) for span in passages]


def test_a_short_opinion_is_one_passage() -> None:
    text = "It is so ordered."
    assert split(text) == (Span(0, len(text)),)


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n"])
def test_nothing_gives_no_passage(text: str) -> None:
    assert split(text) == ()


def test_passages_end_where_sentences_end() -> None:
    text = " ".join([SENTENCE] * 100)
    for passage in texts(split(text), text):
        assert passage.startswith("The court")
        assert passage.endswith("the motion.")


def test_a_paragraph_that_is_long_enough_ends_a_passage() -> None:
    paragraph = " ".join([SENTENCE] * 11)
    assert ENOUGH < len(paragraph) < LONGEST
    text = "\n\n".join([paragraph] * 3)
    assert texts(split(text), text) == [paragraph] * 3


def test_a_heading_stays_with_what_it_heads() -> None:
    paragraph = " ".join([SENTENCE] * 11)
    text = f"{paragraph}\n\nII\n\nA. Standard of Review\n\n{paragraph}"
    first, second = texts(split(text), text)
    assert first == paragraph
    assert second.startswith("II\n\nA. Standard of Review\n\nThe court")


def test_footnotes_stand_apart_from_the_body() -> None:
    body, notes = "Body text without an end", "1 See also this."
    text = f"{body}\n\n{notes}"
    assert texts(split(text, len(body) + 2), text) == [body, notes]
    # A source may cut in the middle of what reads as one sentence.
    assert texts(split("Body text goes on", 5), "Body text goes on") == ["Body", "text goes on"]


def test_a_sentence_longer_than_a_passage_is_cut_at_white_space() -> None:
    text = "word " * 1000
    passages = texts(split(text), text)
    assert all(set(passage.split()) == {"word"} for passage in passages)
    unbroken = "x" * 5000
    assert "".join(texts(split(unbroken), unbroken)) == unbroken


def test_a_last_stump_joins_the_passage_before_it() -> None:
    paragraph = " ".join([SENTENCE] * 12)
    text = f"{paragraph}\n\nReversed."
    assert len(split(text)) == 1


WORDS = st.sampled_from(
    [
        "the",
        "Court.",
        "v.",
        "U. S.",
        "II",
        "\n\n",
        "\n",
        " ",
        "556",
        "x" * 1500,
        "“Held.”",
        "é",
        "(",
    ]
)


@given(st.lists(WORDS, max_size=400).map(" ".join), st.integers(0, 3000))
def test_every_character_is_in_exactly_one_passage(text: str, border: int) -> None:
    footnotes_start = border if border <= len(text) else None
    passages = split(text, footnotes_start)
    held = [0] * len(text)
    for span in passages:
        assert 0 < span.end - span.start <= LONGEST + STUMP
        assert span.of(text) == span.of(text).strip()
        assert footnotes_start is None or not span.start < footnotes_start < span.end
        for at in range(span.start, span.end):
            held[at] += 1
    assert max(held, default=0) <= 1
    assert all(n or text[at].isspace() for at, n in enumerate(held))
    assert list(passages) == sorted(passages)


@given(st.text(max_size=3000))
def test_any_text_at_all_is_split_without_loss(text: str) -> None:
    kept = "".join("".join(span.of(text).split()) for span in split(text))
    assert kept == "".join(text.split())
