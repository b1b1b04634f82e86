"""What Rule 5.2(a) wants shortened is found; what merely looks like it is let be.

All names and numbers are invented; the cards and the IBAN are those that their makers print for
tests.
"""

from __future__ import annotations

import time

import pytest

from core.law.identifiers import (
    ACCOUNT,
    BIRTH,
    CARD,
    LICENSE,
    MINOR,
    PASSPORT,
    SOCIAL_SECURITY,
    TAXPAYER,
    identifiers,
)

FOUND = [
    # Social Security: by its form, or by its label.
    ("His number is 123-45-6789.", SOCIAL_SECURITY, "123-45-6789"),
    ("SSN: 123456789", SOCIAL_SECURITY, "123456789"),
    ("Social Security No. 123 45 6789", SOCIAL_SECURITY, "123 45 6789"),
    ("Social Security Number\n\n123–45–6789", SOCIAL_SECURITY, "123–45–6789"),
    ("social security number is 123456789", SOCIAL_SECURITY, "123456789"),
    # Taxpayers.
    ("EIN 12-3456789", TAXPAYER, "12-3456789"),
    ("Employer Identification Number: 123456789", TAXPAYER, "123456789"),
    ("Taxpayer ID # 12-3456789", TAXPAYER, "12-3456789"),
    ("She filed under 912-70-1234.", TAXPAYER, "912-70-1234"),
    # Cards: by their groups or their label, and always by Luhn's digit.
    ("charged to 4111 1111 1111 1111 on May 2", CARD, "4111 1111 1111 1111"),
    ("charged to 3782-822463-10005", CARD, "3782-822463-10005"),
    ("Visa card 4111111111111111", CARD, "4111111111111111"),
    ("MasterCard no. 5555555555554444", CARD, "5555555555554444"),
    # Accounts: a label and six digits at least, or an IBAN that adds up.
    ("Account No. 004417-2291", ACCOUNT, "004417-2291"),
    ("Acct # 77120045", ACCOUNT, "77120045"),
    ("account number: 1234 5678 90", ACCOUNT, "1234 5678 90"),
    ("Routing number 021000021", ACCOUNT, "021000021"),
    ("paid to GB82 WEST 1234 5698 7654 32 at once", ACCOUNT, "GB82 WEST 1234 5698 7654 32"),
    # Births: the day and the month; the year alone may stand.
    ("Date of Birth: 02/03/1987", BIRTH, "02/03/1987"),
    ("DOB 2-3-87", BIRTH, "2-3-87"),
    ("D.O.B.: March 2, 1987", BIRTH, "March 2, 1987"),
    ("She was born on March 2, 1987, in Utica.", BIRTH, "March 2, 1987"),
    ("He was born in Utica, New York, on 2 March 1987.", BIRTH, "2 March 1987"),
    ("birthdate 1987-03-02", BIRTH, "1987-03-02"),
    # Minors: named where their age or the word stands beside.
    ("Emily Varga, a minor, by her mother", MINOR, "Emily Varga"),
    ("on behalf of their minor child, Emily", MINOR, "Emily"),
    ("his daughter Emily, age 9, saw it", MINOR, "Emily"),
    ("Emily Varga (age 12) testified", MINOR, "Emily Varga"),
    ("Emily Varga, 12 years old, testified", MINOR, "Emily Varga"),
    ("a 12-year-old girl, Emily Varga", MINOR, "Emily Varga"),
    # Besides.
    ("Driver’s License No. S530-1234-5678", LICENSE, "S530-1234-5678"),
    ("driver's license number: D1234567", LICENSE, "D1234567"),
    ("Passport No. 561234567", PASSPORT, "561234567"),
]

LET_BE = [
    "xxx-xx-6789, the last four digits of which may stand",
    "No. 12-3456789 in the docket below",  # no label of a taxpayer
    "000-12-3456 and 666-12-3456 and 123-00-6789 and 123-45-0000",  # never given out
    "call 1-123-45-6789-0 or (212) 555-0123",
    "Bates 1234567890123456",  # sixteen digits and no card
    "4111 1111 1111 1112",  # not by Luhn
    "9999 9999 9999 9995",  # by Luhn, and of no maker
    "Account No. 1234",  # the last four
    "Account No. ending in 123456",
    "on account of 123456 units",
    "Account No. 12/31/2019",
    "account number: see 2019-cv-04411",
    "GB82 WEST 1234 5698 7654 33",  # does not add up
    "born in 1987",
    "born on July 4, 1776",
    "The Date of Birth: ______",
    "filed on March 2, 1987",
    "E.V., a minor, by her mother",
    "Jane Doe, a minor, by her mother",
    "The Court held that a minor, by himself, may not sue.",
    "Henry Varga, age 42, testified",
    "Henry Varga, 18 years old, testified",
    "Emily Varga played a minor role in it",
    "her passport and her driver’s license were taken",
    "their passports containing validly issued visas",
]


@pytest.mark.parametrize(("text", "words", "found"), FOUND)
def test_an_identifier_is_found_where_it_stands(text: str, words: str, found: str) -> None:
    assert [(words, found)] == [(said, span.of(text)) for span, said in identifiers(text)]


@pytest.mark.parametrize("text", LET_BE)
def test_what_only_looks_like_one_is_let_be(text: str) -> None:
    assert [span.of(text) for span, _ in identifiers(text)] == []


def test_identifiers_come_in_the_order_of_the_text_and_none_twice() -> None:
    text = "Emily Varga, a minor; DOB 02/03/2015; SSN 123-45-6789; SSN: 123-45-6780."

    assert [words for _, words in identifiers(text)] == [MINOR, BIRTH, *[SOCIAL_SECURITY] * 2]


@pytest.mark.parametrize("piece", ["1-", "1 ", "Ab ", "SSN ", "GB12 ", "a minor, ", "born in Aa "])
def test_a_text_made_to_be_slow_is_read_in_time(piece: str) -> None:
    started = time.process_time()

    identifiers(piece * (100_000 // len(piece)))

    assert time.process_time() - started < 3
