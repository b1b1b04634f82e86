"""The bench at the screen: a question run, counted, found again; advice; books that stay shut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.model import Role
from tests.pages.conftest import dangers, markup, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from core.app import Onpoint
    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]
QUESTION = "Is a stay pending appeal automatic, or must the applicant show irreparable injury?"


@pytest.fixture
def ann(firm: FirmAtWork, request: pytest.FixtureRequest) -> Onpoint:
    """A lawyer, who sits at the screen; the library holds one case."""
    request.getfixturevalue("library_of_one")
    return firm.app.acting_as(firm.hire("ann", Role.LAWYER))


def test_a_question_goes_through_all_arms_and_those_without_a_model_say_so(
    ann: Onpoint, visit: Visit
) -> None:
    app = visit("bench")
    app.text_input(key="bench_question").input(QUESTION)
    app = app.button[0].click().run()

    (run,) = ann.bench.runs()
    said = words(app)
    assert QUESTION in said
    assert "Sentences that rest on a source" in said
    assert "No language model is set" in said
    assert f"/bench?run={run.bench_id}" in markup(app)
    assert not dangers(markup(app))

    again = visit("bench", run=str(run.bench_id))
    assert "Sentences that rest on a source" in words(again)


def test_another_s_run_is_not_there(firm: FirmAtWork, ann: Onpoint, visit: Visit) -> None:
    theirs = ann.bench.run("What is a stay?")
    firm.hire("bob", Role.LAWYER)  # who sits at the screen from now on
    said = words(visit("bench", run=str(theirs.bench_id)))
    assert "There is no such run of yours." in said
    assert "What is a stay?" not in said


def test_advice_and_closed_books_are_given_in_words(ann: Onpoint, visit: Visit) -> None:
    app = visit("bench")
    app.text_input(key="bench_need_words").input("sound like our <b>appellate</b> partner")
    app = app.button[1].click().run()
    assert "Style adapter for" in words(app)
    assert not dangers(markup(app))

    app = app.button(key="bench_probe").click().run()
    assert "No style model is set" in words(app)
