"""Numbers and names that a paper for a court may not carry in full: Fed. R. Civ. P. 5.2(a).

Social Security and taxpayer numbers, accounts, dates of birth and names of minors; numbers of
driver's licenses and passports besides. A number is believed by its own rules, or by its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from core.model import Span

Seen = tuple[Span, str]

SOCIAL_SECURITY = "A Social Security number in full"
TAXPAYER = "A taxpayer identification number in full"
CARD = "A payment card number in full"
ACCOUNT = "A financial account number in full"
BIRTH = "A date of birth in full"
MINOR = "The name of a minor"
LICENSE = "A driver’s license number"
PASSPORT = "A passport number"

_ADULT = 18  # years
_EARLIEST_BIRTH = 1900  # of whoever may still live
_FEWEST_DIGITS = 6  # of an account: the rule lets the last four stand

# What may stand between a label and its number.
_GAP = r"(?:[ \t]{0,3}(?:is|was|are|no\b\.?|nos\b\.?|number|num\b\.?|#)){0,3}[\s:#=_(]{0,6}"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?:{_MONTH} {{1,2}}{_DAY}(?:st|nd|rd|th)?,? {{1,2}}(?P<us>\d{{4}})"
    rf"|{_DAY}(?:st|nd|rd|th)? {_MONTH},? (?P<uk>\d{{4}})"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?P<short>(?:19|20)?\d\d)|(?P<iso>\d{{4}})-\d\d-\d\d)(?![\d/-])"
)
_WORD = r"[A-Z][a-zà-ÿ’'-]{2,20}"
_NAME = rf"(?P<name>{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{0,2}})"
_OF_AGE = r"(?P<age>1?\d)"
_CHILD = r"(?:child|son|daughter|boy|girl|ward|stepson|stepdaughter|grandson|granddaughter)"

_PLAIN_SSN = re.compile(r"(?<![\w-])(\d{3})[-–](\d{2})[-–](\d{4})(?![\w-])")
_LABELLED_SSN = re.compile(
    rf"\b(?:SSN|S\.S\.N\.|social security){_GAP}(\d{{3}})[-– ]?(\d{{2}})[-– ]?(\d{{4}})(?![\w-])",
    re.IGNORECASE,
)
_TAXPAYER = re.compile(
    r"\b(?:F?EIN|I?TIN|tax(?:payer)?[ -]?(?:I\.?D\.?|ident(?:ification|ifying))"
    rf"|employer identification){_GAP}(?P<number>\d{{2}}-?\d{{7}}|9\d\d-\d\d-\d{{4}})(?![\w-])",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w-])")
_CARD_GROUPS = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{4,5}")
_CARD_LABEL = re.compile(r"card|visa|mastercard|amex|american express|discover", re.IGNORECASE)
_CARD_MAKES = re.compile(
    r"4\d{12}(?:\d{3})?(?:\d{3})?|(?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12,14}"
    r"|3[47]\d{13}|(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}"
)
_ACCOUNT = re.compile(
    r"\b(?:account|acct\.?|a/c|routing)(?:[ \t](?:no\b\.?|number|num\b\.?|#)|[ \t]?#|:)"
    r"[\s:#(]{0,6}(?P<number>\d[\d -]{3,24}\d)(?![\w/-])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")
_BIRTH = re.compile(
    rf"\b(?:(?:date of birth|birth ?date|D\.?O\.?B\b\.?){_GAP}"
    rf"|born (?:in [A-Z]\w+(?:,? [A-Z]\w+){{0,2}},? )?(?:on )?)(?P<date>{_DATE})",
    re.IGNORECASE,
)
_YOUTH = re.compile(r"(?:minor|infant|\baged?|[- ]old)\b", re.IGNORECASE)
_MOST_YOUNG = 5_000  # times that somebody is said to be young; more are no news
_NEAR = 80  # letters in which the name stands before or after
_MINORS = tuple(
    map(
        re.compile,
        (
            rf"\b{_NAME},? an? (?:minor|infant)(?= child\b|,|;|\)| by\b)",
            rf"\b[Mm]inor {_CHILD}(?:ren|s)?,? {_NAME}",
            rf"\b(?:{_CHILD}|student),? {_NAME},? \(?(?:now )?age[sd]? {_OF_AGE}(?!\d)",
            rf"\b{_NAME},? \((?:now )?age[sd]? {_OF_AGE}\)",
            rf"\b{_NAME}, (?:who (?:is|was) )?{_OF_AGE}[- ]years?[- ]old\b",
            rf"\b{_OF_AGE}-year-old {_CHILD},? {_NAME}",
        ),
    )
)
_LICENSE = re.compile(
    rf"\bdriver[’']?s?[’']? licen[cs]e{_GAP}"
    r"(?P<number>[A-Z]{0,3}\d(?:[- ]?[A-Z0-9]){4,16})(?!\w)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"\bpassport (?:no\b\.?|number|#)[\s:#]{0,4}(?P<number>[A-Z]{0,2}\d{6,9})(?!\w)", re.IGNORECASE
)
# Begin a sentence, or stand for somebody who is not to be named.
_NO_NAMES = frozenset(
    "Doe Roe Poe Minor Child Infant The This That These Those And But For From Her His Their She "
    "They Who Was Were When While With Plaintiff Plaintiffs Defendant Defendants Petitioner "
    "Respondent Appellant Appellee Court Judge Mother Father Parent Guardian Victim".split()
)


def identifiers(text: str) -> tuple[Seen, ...]:
    """Find what Rule 5.2(a) wants shortened, in the order of the text; none overlaps another."""
    found: list[Seen] = []
    taken = bytearray(len(text))
    for span, words in chain.from_iterable(find(text) for find in _FINDERS):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            found.append((span, words))
    return tuple(sorted(found))


def _social_security(text: str) -> Iterator[Seen]:
    for match in chain(_PLAIN_SSN.finditer(text), _LABELLED_SSN.finditer(text)):
        area, group, serial = match.groups()
        span = Span(match.start(1), match.end(3))
        if area.startswith("9"):
            yield span, TAXPAYER
        elif area not in {"000", "666"} and group != "00" and serial != "0000":
            yield span, SOCIAL_SECURITY


def _cards(text: str) -> Iterator[Seen]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        before = text[max(0, match.start() - 40) : match.start()]
        believed = _CARD_GROUPS.fullmatch(match[0]) or _CARD_LABEL.search(before)
        if believed and _CARD_MAKES.fullmatch(digits) and _luhn(digits):
            yield Span(*match.span()), CARD


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _accounts(text: str) -> Iterator[Seen]:
    for match in _ACCOUNT.finditer(text):
        if sum(c.isdigit() for c in match["number"]) >= _FEWEST_DIGITS:
            yield Span(*match.span("number")), ACCOUNT
    for match in _IBAN.finditer(text):
        if _iban(match[0].replace(" ", "")):
            yield Span(*match.span()), ACCOUNT


def _iban(number: str) -> bool:
    """ISO 13616-1: the digits, letters as 10 to 35, leave 1 when divided by 97."""
    turned = number[4:] + number[:4]
    return 15 <= len(number) <= 34 and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _births(text: str) -> Iterator[Seen]:
    for match in _BIRTH.finditer(text):
        year = match["us"] or match["uk"] or match["iso"] or match["short"]
        if len(year) == 2 or int(year) >= _EARLIEST_BIRTH:
            yield Span(*match.span("date")), BIRTH


def _minors(text: str) -> Iterator[Seen]:
    around = (
        (max(0, spoken.start() - _NEAR), min(len(text), spoken.end() + _NEAR))
        for spoken in islice(_YOUTH.finditer(text), _MOST_YOUNG)
    )
    for match in chain.from_iterable(
        each.finditer(text, *window) for window in around for each in _MINORS
    ):
        age = match.groupdict().get("age")
        grown = age is not None and int(age) >= _ADULT
        if not grown and not _NO_NAMES & set(match["name"].split()):
            yield Span(*match.span("name")), MINOR


def _numbered(pattern: re.Pattern[str], words: str) -> Callable[[str], Iterator[Seen]]:
    def find(text: str) -> Iterator[Seen]:
        for match in pattern.finditer(text):
            yield Span(*match.span("number")), words

    return find


# The surest first: what one has taken is not found again by another.
_FINDERS: tuple[Callable[[str], Iterator[Seen]], ...] = (
    _social_security,
    _numbered(_TAXPAYER, TAXPAYER),
    _cards,
    _accounts,
    _births,
    _numbered(_LICENSE, LICENSE),
    _numbered(_PASSPORT, PASSPORT),
    _minors,
)
