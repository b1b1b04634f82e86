from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.ask.extract import (
    LONGEST_EXTRACT,
    MOST_OF_ONE_CASE,
    MOST_SENTENCES,
    extract,
)
from core.model import OpinionKind
from core.search.terms import terms
from tests.factories_ask import STAY, make_case, make_source

QUESTION = "Is a stay pending appeal a matter of right, or of judicial discretion?"


def by_words(question: str, texts: Sequence[str]) -> list[float]:
    """Compare by shared words: an encoder's obvious stand-in for what these tests ask."""
    asked = set(terms(question))
    return [len(asked & set(terms(text))) / max(1, len(asked)) + 0.2 for text in texts]


def chosen(question: str, *texts: str, **how: OpinionKind) -> list[str]:
    sources = [
        make_source(text, n=n, case=make_case(n), **how) for n, text in enumerate(texts, start=1)
    ]
    return [sentence.text for sentence in extract(question, sources, by_words).sentences]


def test_every_sentence_is_verbatim_and_its_span_is_where_it_stands() -> None:
    source = make_source(STAY)

    found = extract(QUESTION, [source], by_words).sentences

    assert found
    for sentence in found:
        assert sentence.span.of(source.passage.text) == sentence.text


def test_line_breaks_are_folded_for_display_and_nothing_else_is_changed() -> None:
    text = (
        "A stay is not a matter of\nright, it is a matter of judicial discretion and nothing else."
    )

    assert chosen(QUESTION, text) == [" ".join(text.split())]


@pytest.mark.parametrize(
    "text",
    [
        "stay of the judgment is a matter of right, or of judicial discretion, as we said.",
        "IS A STAY A MATTER OF RIGHT OR OF JUDICIAL DISCRETION, THE COURT'S OR NOT.",
        "See Stay v. Right, 556 U. S. 418, 433 (2009) (stay is a matter of judicial discretion).",
        "Is a stay pending appeal a matter of right, or a matter of judicial discretion?",
        "Petitioner argues that a stay is a matter of right and not of judicial discretion at all.",
        "The Government contends that a stay pending appeal is no matter of judicial discretion.",
        "The dissent thinks that a stay pending appeal is a matter of right and no discretion.",
        "“A stay is a matter of right, the judge wrote, and of no judicial discretion.",
        "Stay: right.",
        "JUSTICE ROBERTS delivered the opinion of the Court about stay, right and discretion.",
    ],
)
def test_fragments_headings_citations_questions_and_arguments_are_not_quoted(text: str) -> None:
    assert chosen(QUESTION, text) == []


def test_the_same_sentence_is_not_quoted_twice() -> None:
    assert len(chosen(QUESTION, STAY, STAY)) == len(chosen(QUESTION, STAY))


def test_the_leading_opinion_goes_before_a_dissent_that_fits_as_well() -> None:
    law = "A stay is not a matter of right but an exercise of judicial discretion by a court."
    other = "A stay was ever a matter of right and never was one of judicial discretion to us."
    sources = [
        make_source(other, n=1, kind=OpinionKind.DISSENT),
        make_source(law, n=2),
    ]

    assert extract(QUESTION, sources, by_words).sentences[0].text == law


def test_an_extract_is_never_more_than_a_page() -> None:
    kinds = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    texts = [
        " ".join(
            f"On the {kind} {subject} ground a stay is a matter of {'judicial ' * 9} discretion."
            for kind in kinds
        )
        for subject in ("appeal", "equity", "removal", "bond", "comity")
    ]

    found = chosen(QUESTION, *texts)

    assert len(found) <= MOST_SENTENCES
    assert sum(map(len, found)) <= LONGEST_EXTRACT
    assert max(sum("appeal" in text for text in found), 0) <= MOST_OF_ONE_CASE


def test_g07_a_question_whose_words_are_not_there_gets_no_extract() -> None:
    assert chosen("How long should sourdough bread be proofed before baking?", STAY) == []


def test_nothing_found_is_no_extract() -> None:
    assert extract(QUESTION, [], by_words).sentences == ()
    assert chosen("??? !!!", STAY) == []
