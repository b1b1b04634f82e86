"""A quotation stands in its source word for word, or it does not."""
# ruff: noqa: E501  a row of a table of cases stays on one line

from __future__ import annotations

import time

import pytest

from core.law.quotations import find_quotation, quotations

PASSAGE = (
    "The stay is not a matter of right, even if irre-\nparable injury might other-\nwise result. "
    "It is instead “an exercise of judicial discretion,” and the party's burden is heavy.  The "
    "ﬁnal-judgment rule—old as it is—stands. Courts have considered claims of co-\ndefendants."
)

FOUND = [
    ("The stay is not a matter of right", "The stay is not a matter of right"),
    # Marks of any shape.
    ('"an exercise of judicial discretion,"', "an exercise of judicial discretion,"),
    ("It is instead ‘an exercise of judicial discretion,’", "It is instead “an exercise of judicial discretion,"),
    ("the party’s burden", "the party's burden"),
    # Hyphens at line ends, of the printer and of the word.
    ("irreparable injury might otherwise result", "irre-\nparable injury might other-\nwise result"),
    ("claims of co-defendants", "claims of co-\ndefendants"),
    # White space, and a soft hyphen in the quotation.
    ("the  party's\nburden is\u00a0hea\u00advy.  The", "the party's burden is heavy.  The"),
    # A ligature, an em dash.
    ("final-judgment rule—old", "ﬁnal-judgment rule—old"),
    # The writer's own comma or full stop at the end.
    ("The stay is not a matter.", "The stay is not a matter"),
    # Ellipses.
    ("The stay is not … right", "The stay is not a matter of right"),
    ("The stay is not . . . right", "The stay is not a matter of right"),
    (". . . is not a matter . . .", "is not a matter"),
    ("a matter of right . . . . It is instead", "a matter of right, even if irre-\nparable injury might other-\nwise result. It is instead"),
    # Brackets.
    ("[t]he stay is not a matter", "The stay is not a matter"),
    ("[I]nstead “an exercise", "instead “an exercise"),
    ("consider[] claims", "considered claims"),
    ("consider[ing] claims", "considered claims"),
    ("a matter [sic] of right", "a matter of right"),
]  # fmt: skip

NOT_FOUND = [
    # One character.
    "The stay is not a matter of might",
    "The stay is not a matter of righ",
    "he stay is not a matter",
    "the stay is not a matter",
    "The stay is not  a matter of, right",
    # A word more, less or elsewhere.
    "The stay is a matter of right",
    "The stay is not always a matter of right",
    "a matter of right not",
    # Words that nobody left out, in the wrong order around an ellipsis.
    "discretion . . . The stay is not",
    # Words in brackets that change what is said.
    "The stay is [always] not a matter",
    "The stay is [not] not a matter",
    "finaljudgment rule",
    # Nothing.
    "",
    " . . . ",
]


@pytest.mark.parametrize(("quote", "words"), FOUND)
def test_the_words_of_a_quotation_are_found(quote: str, words: str) -> None:
    span = find_quotation(quote, PASSAGE)
    assert span is not None
    assert words == span.of(PASSAGE)


@pytest.mark.parametrize("quote", NOT_FOUND)
def test_one_character_changed_is_not_found(quote: str) -> None:
    assert find_quotation(quote, PASSAGE) is None


def test_every_change_of_one_letter_is_noticed() -> None:
    quote = "It is instead “an exercise of judicial discretion,” and the party's burden is heavy"
    changed = [
        quote[:i] + ("x" if letter != "x" else "y") + quote[i + 1 :]
        for i, letter in enumerate(quote)
        if letter.isalpha()
    ]
    assert [quote for quote in changed if find_quotation(quote, PASSAGE) is not None] == []


QUOTED = [
    ('He said "it is so" and "no."', ["it is so", "no."]),
    ("He said “it is so” and “no.”", ["it is so", "no."]),
    # The outermost only.
    ("He said “it is ‘quite’ so”", ["it is ‘quite’ so"]),
    ("He said “it is “quite” so”", ["it is “quite” so"]),
    # Apostrophes and inches are no quotations.
    ("It's 5\" long and Smith's", []),
    # One that runs on over paragraphs opens again in each.
    ("“First part.\n\n“Second part.” Done.", ["First part.", "Second part."]),
    # A mark that closes nothing.
    ("so” it was", []),
    ('"unclosed', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), QUOTED)
def test_quoted_words_are_found(text: str, words: list[str]) -> None:
    assert words == [span.of(text) for span in quotations(text)]


@pytest.mark.parametrize("piece", ["“", '"', ". ", "a ", "[", "-\n", "(", "a . . . "])
def test_long_texts_are_compared_in_bounded_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    quotations(text)
    find_quotation(text[:2_000], text)
    find_quotation("a . . . a . . . b", text)
    assert time.process_time() - began < 3
