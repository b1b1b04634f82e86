"""Sentences end where a lawyer would say they end."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from core.law.sentences import sentences

# Each row is one text, its sentences parted by "|".
CASES = [
    "The motion is denied.|The case is remanded.",
    # "v." never ends a sentence.
    "We follow Nken v. Holder here.|It controls.",
    # The Court's own spaced reporter, with and without a page.
    "See Nken v. Holder, 556 U. S. 418, 435 (2009).|The stay is denied.",
    "It was tried in the U. S.|The jury was out for days.",
    # The series of a reporter that no table knows.
    "See Cradock Works v. Harbor Bd., 125 Merr. 2d 671 (1995).|The order is affirmed.",
    # Id. with a comma, and as a sentence of its own.
    "Id., at 435.|The Court agreed.",
    "That was error.|Id.|The judgment is reversed.",
    # Docket numbers and section signs.
    "It was No. 5 on the list.|No one objected.",
    "We turn to § 3.|The text is plain.",
    "He relies on 42 U. S. C. §1983 and on Art. III of the Constitution.",
    "Rule 56 of the Fed. R. Civ. P. 56 governs.",
    # Initials of a name.
    "Justice Samuel A. Alito wrote for the Court.|John G. Roberts, Jr., joined.",
    # A company at the end of a sentence, and in the middle of one.
    "He sued Acme Corp.|The company answered.",
    "He sued Acme Inc. Holdings in 2003.",
    # Three dots leave something out, a fourth ends the sentence.
    "It was said that . . . Congress may act.",
    "It was said . . . .|The Court disagreed.",
    "It was said....|The Court disagreed.",
    # The quotation mark and the parenthesis belong to the sentence they close.
    "“The stay is not a matter of right.”|It is discretion.",
    "He called it “frivolous.”|(Emphasis added.)|We do not.",
    # A quoted sentence inside a parenthetical does not end the citation it explains.
    "Nken, 556 U. S., at 427 (“A stay is no right. It is discretion.”).|So here.",
    # An opening parenthesis that never closes does not swallow what follows.
    "We note (as we must the rule.|It is old.",
    # A number that only counts the paragraph is no sentence.
    "1. The first claim fails.|A second fails too.",
    "A. The first claim fails.",
    # Footnote marks.
    "There was no violation.3|The Court so held.",
    "There was no violation.[12]|The Court so held.",
    "It applies 35 U. S. C. §283.[Footnote 2]|To be sure, it is old.",
    # A blank line always ends one, punctuation or not.
    "ARGUMENT\n\n|The motion is denied",
    "THE FACTS\n   \n|I begin.",
    # A line end inside a sentence does not.
    "The motion\nis denied.|So ordered.",
    # Question and exclamation marks.
    "Was it error?|We think not!|It stands.",
    # Nothing follows that could begin a sentence.
    "He came at 5 p.m. and left.",
    "e.g. Smith and i.e. Jones.",
]


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_split_where_a_lawyer_would(case: str) -> None:
    parts = case.split("|")
    text = " ".join(parts)
    expected = [part.strip() for part in parts]
    assert expected == [span.of(text) for span in sentences(text)]


def test_nothing_but_white_space_is_left_out() -> None:
    text = "  One. Two!\r\n\r\nThree v. Four (2009). . . . Five \n\n\n six\t"
    found = sentences(text)
    assert "".join(text.split()) == "".join("".join(span.of(text).split()) for span in found)
    assert all(span.of(text) == span.of(text).strip() for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t\r\n"])
def test_a_text_without_words_has_no_sentences(text: str) -> None:
    assert sentences(text) == ()


@pytest.mark.parametrize("piece", [".", "(", ". ", "A. ", "(a. B", "\n ", "1", '."', ". ("])
def test_a_hundred_thousand_of_anything_is_split_at_once(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    sentences(text)
    # Where time grows with the square it takes minutes; a busy processor takes twice as long.
    assert time.process_time() - began < 4
