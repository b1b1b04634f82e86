"""The words a search counts: what is kept whole, what is folded, what is left out."""

from __future__ import annotations

import string
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.terms import STOP_WORDS, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rule 10b-5", ["rule", "10b-5"]),  # never "10b" and "5"
        ("No. 12-1573", ["no", "12-1573"]),
        ("42 U. S. C. §1983", ["42", "usc", "1983"]),
        ("42 U.S.C. § 1983", ["42", "usc", "1983"]),  # the same, however spaced
        ("8 U. S. C. §1252(b)(3)(B)", ["8", "usc", "1252", "b", "3", "b"]),
        ("In re Winship", ["re", "winship"]),
        ("Ex parte Young", ["ex", "part", "young"]),
        ("$1,000,000", ["1000000"]),
        ("Rule 4.2.", ["rule", "4.2"]),  # the full stop is no part of it
        ("a five-year, 5-year term", ["five", "year", "5", "year", "term"]),
        ("the court\u2019s and the court's", ["court", "court"]),
        ("O\u2019Brien", ["o'brien"]),
        ("Peña-Rodríguez", ["pena", "rodriguez"]),
        ("e\ufb00ect", ["effect"]),  # a ligature from a PDF
        ("judi\u00adcial", ["judici"]),  # a soft hyphen from a PDF
        ("STAYING the stays", ["stay", "stay"]),
        ("of the and to", []),
        ("", []),
        ("🙂 \x00 ___ --- ''", []),
    ],
)
def test_a_text_is_read_as_these_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_reading_a_word_again_gives_the_same_term() -> None:
    assert terms("abuse of discretion") == terms("Abuse of Discretion")


def test_stop_words_never_carry_law() -> None:
    assert not STOP_WORDS & {"no", "not", "will", "without", "ex", "re", "against", "shall"}


@given(st.text())
def test_any_text_gives_lower_case_terms_without_spaces(text: str) -> None:
    assert all(term and not set(term) & set(string.whitespace) for term in terms(text))


@given(st.lists(st.sampled_from(["stay", "removal", "alien", "10b-5", "1252", "court"])))
def test_terms_of_joined_words_are_the_terms_of_each(words: list[str]) -> None:
    assert terms(" ".join(words)) == [term for word in words for term in terms(word)]


def test_many_threads_read_the_same_terms() -> None:
    texts = [f"the {n}th amendment's due-process clause, word{n}" for n in range(400)]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(terms, texts)) == [terms(text) for text in texts]
