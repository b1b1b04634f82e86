"""A question is read by itself: what it hangs on, what it narrows itself to, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from core.ask.question import hangs, restate
from core.ask.rephrase import brings_in
from core.model import Filters, OpinionKind

STAY = "When does a court stay a removal order?"


@pytest.mark.parametrize(
    "question",
    [
        "And in the First Circuit?",
        "What about minors?",
        "Does it apply to minors?",
        "What do the dissents say?",
        "Is there an exception?",
        "Why?",
        "But what if the tenant left early?",
        "Has that rule been limited?",
    ],
)
def test_a_follow_up_hangs_on_what_was_asked_before(question: str) -> None:
    assert hangs(question)


@pytest.mark.parametrize(
    "question",
    [
        STAY,
        "Is a dog sniff at the door of a house a search?",
        "What must a plaintiff show to certify a class?",
        # Its pronoun points to somebody in the question itself.
        (
            "A tenant has lived in the house since 2010 and paid no rent for a year since the "
            "roof leaks. May she be evicted?"
        ),
    ],
)
def test_a_whole_question_does_not(question: str) -> None:
    assert not hangs(question)


def test_a_follow_up_is_searched_with_the_words_of_the_question_it_hangs_on() -> None:
    read = restate("And what must the alien show?", [STAY])
    assert read.question == "And what must the alien show?"
    assert "stay a removal order" in read.search
    assert "alien show" in read.search
    assert read.whole.startswith(STAY)


def test_a_new_question_forgets_the_conversation() -> None:
    read = restate("Is a dog sniff at the door of a house a search?", [STAY])
    assert "removal" not in read.search


def test_a_follow_up_of_a_follow_up_keeps_the_first_question_and_changes_the_court() -> None:
    before = [STAY, "And in the First Circuit?"]
    read = restate("And in the Second Circuit?", before)
    assert read.filters.courts == {"ca2"}
    assert "removal order" in read.search
    assert "Circuit" not in read.search


@pytest.mark.parametrize(
    ("question", "narrowed"),
    [
        # the court, where the question looks for it there
        ("Is it a search in the 9th Circuit?", Filters(courts=frozenset({"ca9"}))),
        ("What is a stay by the D.C. Circuit?", Filters(courts=frozenset({"cadc"}))),
        ("What was held by the U.S. Supreme Court?", Filters(courts=frozenset({"scotus"}))),
        # and not where it only speaks of one
        ("Must a First Circuit brief be bound?", Filters()),
        # dates of decisions
        ("Which cases since 2010 limit it?", Filters(filed_from=date(2010, 1, 1))),
        ("Which cases after 2010 limit it?", Filters(filed_from=date(2011, 1, 1))),
        ("What did courts hold before 1990?", Filters(filed_to=date(1989, 12, 31))),
        (
            "Which decisions between 1995 and 1990 hold so?",
            Filters(filed_from=date(1990, 1, 1), filed_to=date(1995, 12, 31)),
        ),
        (
            "How did courts in the 1990s see it?",
            Filters(filed_from=date(1990, 1, 1), filed_to=date(1999, 12, 31)),
        ),
        ("What was the law as of 2005?", Filters(as_of=date(2005, 12, 31))),
        # a date of the facts is none of the law's
        ("May a tenant who paid no rent since 2010 be evicted?", Filters()),
        # parts of an opinion
        (
            "What do the dissents say of a search?",
            Filters(kinds=frozenset({OpinionKind.DISSENT, OpinionKind.CONCUR_DISSENT})),
        ),
    ],
)
def test_a_question_narrows_itself(question: str, narrowed: Filters) -> None:
    assert restate(question).filters == narrowed


def test_what_a_person_chose_goes_before_what_the_question_names() -> None:
    chosen = Filters(courts=frozenset({"scotus"}))
    read = restate("Is it a search in the Ninth Circuit?", given=chosen)
    assert read.filters == chosen
    assert read.narrowed == ()


def test_each_narrowing_is_told_in_words() -> None:
    read = restate("Which decisions of the First Circuit since 2010 stay removal?")
    assert read.narrowed == ("Court of Appeals for the First Circuit", "decided since 2010")


@pytest.mark.parametrize(
    ("text", "brings"),
    [
        ("whether a court may stay a removal order", False),
        ("whether Nken v. Holder allows a stay", True),
        ("whether 556 U.S. 418 allows a stay", True),
        ("whether 8 factors count", True),
        ("whether the Government may remove", True),
    ],
)
def test_a_models_reading_may_name_nothing_that_was_not_asked(text: str, brings: bool) -> None:
    assert brings_in(text, STAY) is brings
