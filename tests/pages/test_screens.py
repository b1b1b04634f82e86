"""Every screen on an empty library and on a small one: what it says, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ENTRY, PATIENCE, dangers, markup, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Visit = Callable[..., AppTest]

# What no screen may ever show: the inside of the machine.
INSIDE = ("Traceback", 'File "', ".py", "psycopg", "SELECT ", "site-packages", "secret-word")
# What the address of a screen may carry.
PARTS = ("q", "court", "from", "as_of", "part", "p", "mode", "at", "case")


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("screen", ["search", "ask", "library"])
def test_an_empty_library_greets_with_three_ways_in(screen: str, visit: Visit) -> None:
    app = visit(screen)
    said = words(app)
    assert "The library is empty" in said
    assert app.button(key="import_demo").label == "Load the demonstration library"
    for way in ("Look around first", "Real cases from files", "Real cases from the network"):
        assert way in said


@pytest.mark.usefixtures("empty")
def test_an_empty_library_holds_no_case_and_says_so(visit: Visit) -> None:
    assert "This case is not in this library" in words(visit("case", case="1"))


@pytest.mark.usefixtures("two_cases")
def test_a_search_shows_name_citation_court_year_sentence_place_and_reason(visit: Visit) -> None:
    said = words(visit(q="must the applicant show irreparable injury"))
    for expected in (
        "Orchard v. Ferry Company",
        "123 U.S. 456 · Supreme Court of the United States · 1999",
        "the applicant must show irreparable injury",
        "at 457, opinion of the Court",
        "Why here:",
    ):
        assert expected in said


@pytest.mark.usefixtures("two_cases")
def test_a_citation_that_is_not_held_is_said_to_be_not_in_this_library(visit: Visit) -> None:
    said = words(visit(q="999 U.S. 111"))
    assert "999 U.S. 111 is not in this library" in said
    assert "says nothing about whether it exists" in said


@pytest.mark.usefixtures("two_cases")
def test_a_filter_in_the_address_narrows_the_search(visit: Visit) -> None:
    said = words(visit(q="ferry judgment", **{"from": "2001"}))
    assert "Orchard" not in said
    assert "Take a filter away" in said


@pytest.mark.usefixtures("two_cases")
def test_a_date_that_is_none_is_said_so_and_not_used(visit: Visit) -> None:
    app = visit(q="ferry judgment", **{"from": "yesterday"})
    assert "Not a date" in app.caption[0].value
    assert "Orchard v. Ferry Company" in words(app)


@pytest.mark.usefixtures("two_cases")
def test_what_is_typed_goes_to_the_address_and_begins_at_the_first_page(visit: Visit) -> None:
    app = visit(q="judgment", p="3")
    app.text_input(key="q").set_value("ferry").run()
    assert app.query_params["q"] == "ferry"
    assert "p" not in app.query_params
    assert "Orchard v. Ferry Company" in words(app)


@pytest.mark.usefixtures("two_cases")
def test_a_case_shows_its_caption_dates_parts_and_pages(visit: Visit) -> None:
    said = words(visit("case", case=_orchard(visit)))
    for expected in (
        "Orchard v. Ferry Company",
        "123 U.S. 456 · 45 S. Ct. 67 · No. 12-345",
        "decided April 1999",
        "Opinion of the Court",
        "Weir, dissenting",
        "No case in this library cites it",
    ):
        assert expected in said


@pytest.mark.usefixtures("two_cases")
@pytest.mark.parametrize(
    "at", ["", "456", "nowhere", "1.0-4", "999999.0", "-1", "1.99999999999", "'; --"]
)
def test_a_case_opens_at_any_place_that_the_address_names_or_none(at: str, visit: Visit) -> None:
    assert "Orchard v. Ferry Company" in words(visit("case", case=_orchard(visit), at=at))


@pytest.mark.usefixtures("two_cases")
def test_an_answer_shows_its_sources_and_how_it_was_made(visit: Visit) -> None:
    app = visit("ask", q="Must an applicant for a stay show irreparable injury?")
    said = words(app)
    assert "irreparable injury" in said
    assert "Orchard v. Ferry" in said
    assert "library revision" in said


@pytest.mark.usefixtures("two_cases")
def test_an_answer_that_nothing_supports_is_no_answer_and_says_what_was_searched(
    visit: Visit,
) -> None:
    said = words(visit("ask", q="zyxwvut qwertyuiop asdfghjkl"))
    assert "No answer" in said
    assert "Searched 2 cases" in said


@pytest.mark.usefixtures("two_cases")
def test_a_follow_up_stands_in_the_address_and_is_answered_with_what_was_asked_before(
    visit: Visit,
) -> None:
    first = "Must an applicant for a stay show irreparable injury?"
    app = visit("ask", q=first, then="And is it enough?")
    said = words(app)
    assert f"Understood with what was asked before: “{first} And is it enough?”" in said
    assert "/ask?q=Must+an+applicant" in markup(app)

    app.text_input(key="more").input("What do the dissents say?").run()

    assert app.query_params["then"] == ["And is it enough?", "What do the dissents say?"]
    _sound(app)


@pytest.mark.usefixtures("two_cases")
def test_a_new_question_ends_the_conversation(visit: Visit) -> None:
    app = visit("ask", q="Must an applicant for a stay show injury?", then="Why?", long="1")

    app.text_input(key="q").input("What is quicksilver?").run()

    assert set(app.query_params) == {"q"}


@pytest.mark.usefixtures("two_cases")
def test_the_library_lists_what_is_held_of_each_court(visit: Visit) -> None:
    said = words(visit("library"))
    assert "Supreme Court of the United States 1" in said
    assert "with no date known" in said


@pytest.mark.usefixtures("two_cases")
def test_i01_a_case_hostile_in_every_field_is_shown_as_text(visit: Visit) -> None:
    found = visit(q="quicksilver")
    assert "<script>alert(3)</script> quicksilver" in words(found)
    case = next(line for line in markup(found).split('href="') if line.startswith("/case?case="))
    opened = visit("case", case=case.split("case=")[1].split("&")[0].split('"')[0])
    asked = visit("ask", q="What of quicksilver?")
    for app in (found, opened, asked, visit("library")):
        assert dangers(markup(app)) == []
        assert not app.exception


@pytest.mark.usefixtures("two_cases")
@pytest.mark.parametrize("screen", ["search", "ask"])
def test_i01_a_hostile_query_is_echoed_as_text(screen: str, corpus: Path, visit: Visit) -> None:
    lines = (corpus / "hostile" / "strings" / "xss_payloads.txt").read_text(encoding="utf-8")
    app = visit(screen, q=lines[:3_900])
    assert dangers(markup(app)) == []
    _sound(app)


@pytest.mark.usefixtures("two_cases")
@pytest.mark.parametrize("name", PARTS)
def test_i02_sql_in_any_part_of_the_address_changes_nothing(
    name: str, corpus: Path, visit: Visit
) -> None:
    payloads = (corpus / "hostile" / "strings" / "sql_payloads.txt").read_text(encoding="utf-8")
    # Each part of the address is tried with another of the list besides.
    for payload in ("'; DROP TABLE cases CASCADE; --", payloads.splitlines()[PARTS.index(name)]):
        app = visit(**({"q": "ferry"} | {name: payload}))
        _sound(app)
        opened = visit("case", **{name: payload})
        _sound(opened)
    assert "2 cases" in words(visit())


@pytest.mark.usefixtures("two_cases")
def test_i01_the_naughty_strings_break_no_screen(corpus: Path, visit: Visit) -> None:
    file = corpus / "hostile" / "strings" / "naughty_strings.json"
    naughty = [str(one) for one in json.loads(file.read_text(encoding="utf-8"))]
    for start in range(0, len(naughty), 120):
        app = visit(q=" ".join(naughty[start : start + 120])[:9_000])
        assert dangers(markup(app)) == []
        _sound(app)


@pytest.mark.usefixtures("closed")
def test_i10_a_database_that_does_not_answer_is_told_without_address_or_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://who:secret-word@127.0.0.1:9/nowhere")
    app = AppTest.from_file(ENTRY, default_timeout=PATIENCE).run()
    said = words(app)
    assert "This did not work" in said
    assert "Reference " in said
    assert not any(inside in said for inside in INSIDE)
    assert not app.exception


def test_i10_an_unexpected_error_shows_a_reference_id_and_goes_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    from streamlit.testing.v1 import AppTest

    def screen() -> None:
        from pages.parts.errors import told_plainly

        with told_plainly():
            raise RuntimeError("SELECT secret-word FROM /etc/passwd")

    app = AppTest.from_function(screen).run()
    said = words(app)
    reference = said.split("Reference ")[1].split(":")[0]
    assert not any(inside in said for inside in (*INSIDE, "/etc"))
    assert reference in caplog.text
    assert "secret-word" in caplog.text


def _orchard(visit: Visit) -> str:
    found = markup(visit(q="123 U.S. 456"))
    return found.split("/case?case=")[1].split("&")[0].split('"')[0]


def _sound(app: AppTest) -> None:
    assert not app.exception
    assert "This did not work" not in words(app)
