"""Names agree when they can be one case's, and only then."""
# ruff: noqa: E501  a row of a table of cases stays on one line

from __future__ import annotations

import pytest

from core.law.captions import looks_like_caption, names_agree, parties, short_name

AGREE = [
    ("Nken v. Holder", "Nken v. Holder"),
    # Capitals, "vs.", "et al.".
    ("NKEN VS. HOLDER", "Nken v. Holder"),
    ("Nken, et al. v. Holder", "Nken v. Holder"),
    # First names and titles.
    ("Manning v. Boston Med. Ctr.", "Elizabeth Manning et al. v. Boston Medical Center Corporation"),
    ("Nken v. Holder", "Jean Marc Nken v. Eric H. Holder, Jr., Attorney General"),
    # Table T6.
    ("Nat'l Ass'n of Mfrs. v. Dep't of Def.", "National Association of Manufacturers v. Department of Defense"),
    ("Natl. Assn. of Mfrs. v. Dept. of Defense", "National Association of Manufacturers v. Department of Defense"),
    ("Acme Corp. v. Smith Bros. Ins. Co.", "Acme Corporation v. Smith Brothers Insurance Company"),
    # Governments.
    ("U.S. v. Lopez", "United States v. Lopez"),
    ("U. S. v. Lopez", "United States of America v. Lopez"),
    ("Ring v. State of Arizona", "Ring v. Arizona"),
    ("State v. Ring", "Arizona v. Ring"),
    ("People v. Smith", "The People of the State of New York v. Smith"),
    ("City of Chicago v. Morales", "Chicago v. Morales"),
    # Procedure.
    ("In re Winship", "In the Matter of Winship"),
    ("Ex parte Young", "Ex Parte Young"),
    ("Winship", "In re Winship"),
    ("United States ex rel. Stevens v. Vermont", "United States ex rel. Stevens v. Vermont Agency"),
    # One party only.
    ("Nken", "Nken v. Holder"),
    ("Holder", "Nken v. Holder"),
    # Diacritics and apostrophes.
    ("Adarand Constructors v. Pena", "Adarand Constructors, Inc. v. Peña"),
    ("Hawai’i v. Hirono", "Hawai'i v. Hirono"),
    # Initials, spaced or not, and an acronym.
    ("J.E.B. v. Alabama", "J. E. B. v. Alabama ex rel. T. B."),
    ("Kaiser Steel v. W.S. Ranch", "Kaiser Steel Corp. v. W. S. Ranch Co."),
    ("NLRB v. Noel Canning", "National Labor Relations Board v. Noel Canning"),
    # A slip of the pen or the scanner.
    ("Youngstown Sheet v. Sawver", "Youngstown Sheet & Tube Co. v. Sawyer"),
    # The other way round, as an appeal may have it.
    ("Holder v. Nken", "Nken v. Holder"),
    # Stray spaces.
    ("Central Bank of Denver, N.A. v. First Interstate Bank", "Central Bank of Denver , N. A. v. First Interstate Bank of Denver , N. A."),
]  # fmt: skip

DIFFER = [
    ("Nken v. Holder", "Smith v. Jones"),
    # One party the same.
    ("United States v. Lopez", "United States v. Morrison"),
    ("Nken v. Holder", "Nken v. Gonzales"),
    ("Smith v. Jones", "Smith v. Brown"),
    # Only common words in common.
    ("Board of Education v. Rowley", "Board of Regents v. Roth"),
    ("American Airlines v. Wolens", "American Bank v. Dallas"),
    ("First National Bank v. Bellotti", "First National Insurance v. Kramer"),
    ("Department of Labor v. Greenwich", "Department of Navy v. Egan"),
    # Names alike, not the same.
    ("Johnson v. Texas", "Johns v. Texas"),
    ("Martin v. Ohio", "Martinez v. California"),
    ("State v. Ring", "Arizona v. Johnson"),
    # Nothing to compare.
    ("", "Nken v. Holder"),
    ("Nken v. Holder", ""),
    ("v.", "Nken v. Holder"),
]


@pytest.mark.parametrize(("written", "held"), AGREE)
def test_names_that_can_be_one_case_agree(written: str, held: str) -> None:
    assert names_agree(written, held)
    assert names_agree(held, written)


@pytest.mark.parametrize(("written", "held"), DIFFER)
def test_names_of_different_cases_do_not_agree(written: str, held: str) -> None:
    assert not names_agree(written, held)
    assert not names_agree(held, written)


CAPTIONS = [
    ("Nken v. Holder", "Nken v. Holder"),
    ("roe v wade", "roe v wade"),
    ("Roe vs. Wade (1973)", "Roe vs. Wade"),
    ("in re winship", "in re winship"),
    ("Ex parte Young", "Ex parte Young"),
    # Not captions.
    ("what did Nken v. Holder hold?", None),
    ("standard for a stay pending appeal", None),
    ("v.", None),
    ("Holder v.", None),
    ("", None),
    ("a v " + "b " * 200, None),
]


@pytest.mark.parametrize(("query", "caption"), CAPTIONS)
def test_a_query_that_is_a_caption_is_known(query: str, caption: str | None) -> None:
    assert caption == looks_like_caption(query)


SHORT = [
    ("Nken v. Holder", "Nken"),
    # A government that is always in court gives no short name.
    ("United States v. Lopez", "Lopez"),
    ("State v. Ring", "Ring"),
    ("Arizona v. Johnson", "Johnson"),
    # Unless both are.
    ("Massachusetts v. United States", "Massachusetts"),
    ("In re Winship", "Winship"),
    ("Acme, Inc. v. Smith", "Acme"),
]


@pytest.mark.parametrize(("case_name", "short"), SHORT)
def test_the_short_name_is_the_one_lawyers_use(case_name: str, short: str) -> None:
    assert short == short_name(case_name)


def test_a_matter_has_one_party() -> None:
    assert parties("In re Winship") == ("In re Winship", None)
    assert parties("Nken v. Holder") == ("Nken", "Holder")


@pytest.mark.parametrize("odd", ["' ' ' v. Doe", "'s 's 's v. 's", "“ v. ”", "v.", "' v. '"])
def test_a_name_of_marks_alone_agrees_with_nothing_and_breaks_nothing(odd: str) -> None:
    assert not names_agree(odd, "Smith Barney Harris v. Jones")
    assert not names_agree("SBH v. Jones", odd)
