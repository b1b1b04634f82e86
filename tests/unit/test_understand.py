"""How a query is read: what each form is taken for, and that nothing typed can break it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import QueryKind
from core.search.understand import LONGEST, understand


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("556 U.S. 418", QueryKind.CITATION),
        ("556 U. S. 418", QueryKind.CITATION),
        ("556 us 418", QueryKind.CITATION),
        ("129 S. Ct. 1749", QueryKind.CITATION),
        ("Nken v. Holder, 556 U.S. 418 (2009)", QueryKind.CITATION),
        ("2012 IL App (1st) 111234", QueryKind.CITATION),
        ("No. 08-681", QueryKind.DOCKET),
        ("12-1573", QueryKind.DOCKET),
        ("1:12-cv-01573-ABC", QueryKind.DOCKET),
        ("Docket No. 12-1573", QueryKind.DOCKET),
        ("Nken v. Holder", QueryKind.CAPTION),
        ("In re Winship", QueryKind.CAPTION),
        ('"irreparably injured absent a stay"', QueryKind.PHRASE),
        ("“irreparably injured” stay", QueryKind.PHRASE),
        ("stay of removal pending appeal", QueryKind.WORDS),
        ("what four factors govern a stay?", QueryKind.WORDS),
        ("Rule 10b-5", QueryKind.WORDS),  # no docket number
        ('unbalanced "quote of words', QueryKind.WORDS),
        ("", QueryKind.EMPTY),
        ("of the and to", QueryKind.EMPTY),
        ("🙂 …", QueryKind.EMPTY),
        ("\x00", QueryKind.EMPTY),
        ('""', QueryKind.EMPTY),
        ('"of the"', QueryKind.EMPTY),
    ],
)
def test_a_query_is_read_as(query: str, kind: QueryKind) -> None:
    assert understand(query).kind is kind


def test_a_citation_with_a_name_keeps_both() -> None:
    read = understand("Nken v. Holder, 556 U. S. 418 (2009)")
    assert (str(read.citation), read.caption) == ("556 U.S. 418", "Nken v. Holder")


def test_every_quoted_phrase_is_kept_once_and_the_words_stay() -> None:
    read = understand('"due process" “equal  protection” of "due process" laws')
    assert read.phrases == ("due process", "equal protection")
    assert "laws" in read.text


def test_a_pasted_paragraph_that_quotes_asks_for_no_phrase() -> None:
    read = understand("The court held that “a stay is not a matter of right” and said more. " * 4)
    assert (read.kind, read.phrases) == (QueryKind.WORDS, ())


def test_a_hole_in_a_text_is_no_word() -> None:
    read = understand("See [CASE]. The [PARTY] standard for stays, [REDACTED].")
    assert "CASE" not in read.text and "PARTY" not in read.text and "stays" in read.text


def test_every_reading_can_be_shown_in_words() -> None:
    for query in ("556 U.S. 418", "No. 08-681", "Nken v. Holder", '"a stay"', "stay", ""):
        assert understand(query).words


@given(st.text(max_size=300))
def test_f05_nothing_typed_breaks_the_reading(query: str) -> None:
    read = understand(query)
    assert "\x00" not in read.text
    assert (read.kind is QueryKind.EMPTY) == (not read.text)


@pytest.mark.parametrize(
    "query",
    [
        "a" * LONGEST,
        "a " * LONGEST,
        '"' * LONGEST,
        '"a' * LONGEST,
        "(" * LONGEST,
        "1 " * LONGEST,
        "1-" * LONGEST,
        "v. " * LONGEST,
        "[A" * LONGEST,
        "U. S. " * LONGEST,
        "((a+)+)+$" * 1000,
        "in re " * 2000,
        "1" * LONGEST,
        "'" * LONGEST,
        "a-" * LONGEST,
        "1.1" * 3000,
    ],
    ids=lambda query: query[:10],
)
def test_f05_long_and_twisted_queries_are_read_in_bounded_time(query: str) -> None:
    started = time.process_time()
    understand(query)
    assert time.process_time() - started < 5  # milliseconds as it is; a bomb takes minutes


def test_f05_hostile_strings_are_read(corpus: Path) -> None:
    folder = corpus / "hostile" / "strings"
    strings: list[str] = json.loads((folder / "naughty_strings.json").read_text(encoding="utf-8"))
    for name in ("xss_payloads.txt", "sql_payloads.txt"):
        strings += (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
    for string in strings:
        assert understand(string).words
