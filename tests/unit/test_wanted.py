"""What a question asks by, and when what was found speaks of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.ask.everyday import kin
from core.ask.fit import Fit, Signs, fit, weigh
from core.ask.wanted import equally_rare, wanted
from core.search.terms import terms

WEAK = Signs(
    near=0.4, passage=0.4, covered=0.4, missing=0.8, unnamed=0.0, elsewhere=0.0, other_case=0.0
)
STRONG = replace(WEAK, near=0.8, passage=0.75, covered=1.0, missing=0.0)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        # the first word has its capital from the sentence
        ("Does a lease bind?", ""),
        ("Does the Fourth Amendment apply?", "Fourth Amendment"),
        ("What is due under § 1983 in 2027?", "1983 2027"),
        ("What is the rule? Does it bind?", ""),
    ],
)
def test_names_and_figures_are_told_from_words(question: str, names: str) -> None:
    assert wanted(question, equally_rare).names == set(terms(names))


def test_a_place_that_is_named_must_be_spoken_of() -> None:
    asked = wanted("What is the homestead exemption in Montana?", equally_rare)

    assert asked.elsewhere(set(terms("The homestead exemption of Ohio")))
    assert not asked.elsewhere(set(terms("The homestead exemption of Montana")))
    assert not wanted("What is a homestead?", equally_rare).elsewhere(set())


def test_a_case_that_is_named_must_be_spoken_of_by_both_its_sides() -> None:
    asked = wanted("What did South Dakota v. Wayfair change?", equally_rare)

    assert asked.other_case(set(terms("Lands of South Dakota and its taxes")))
    assert not asked.other_case(set(terms("South Dakota v. Wayfair")))


def test_everyday_words_are_found_in_the_words_of_opinions() -> None:
    asked = wanted("May a cop search a kid's car?", equally_rare)

    assert asked.covered(set(terms("officers search the vehicle of a minor"))) == pytest.approx(1.0)
    assert asked.missing(set(terms("officers search the vehicle of a minor"))) == 0
    assert asked.missing(set(terms("officers search"))) > 0


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    def rarity(words: object) -> dict[str, float]:
        return {word: 0.9 if word == "usufruct" else 0.1 for word in terms("usufruct lease bind")}

    asked = wanted("Does a usufruct lease bind?", rarity)

    assert asked.covered({"usufruct"}) > asked.covered({"leas", "bind"})


def test_a_word_is_its_own_kin_and_kinship_goes_both_ways() -> None:
    assert kin("estoppel") == {"estoppel"}
    for word in terms("cop kid landlord"):
        assert all(word in kin(other) for other in kin(word))


@pytest.mark.parametrize("sign", ["missing", "unnamed", "elsewhere", "other_case"])
def test_what_is_asked_and_not_spoken_of_counts_against_an_answer(sign: str) -> None:
    assert weigh(replace(STRONG, **{sign: 1.0})) < weigh(STRONG)


@pytest.mark.parametrize("sign", ["near", "passage", "covered"])
def test_what_is_near_and_spoken_of_counts_for_an_answer(sign: str) -> None:
    assert weigh(replace(WEAK, **{sign: 0.9})) > weigh(WEAK)


def test_one_case_that_fits_is_enough_and_many_that_do_not_are_not() -> None:
    assert fit([WEAK, STRONG]).enough
    assert not fit([WEAK] * 20).enough
    assert fit([]) == Fit(chance=0.0)
