"""The bench at the screen: a question run, counted, found again; advice; books that stay shut."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from core.model import Arm, BenchId, BenchRun, Race, Role, Tried, Yardstick
from pages.parts.bench_race import race_view
from pages.parts.bench_view import run_view
from tests.pages.conftest import LINES, dangers, markup, words

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
    assert "“Sounds like us” was not judged. There is no style card" in said

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


def test_what_sounds_like_us_is_shown_with_how_often_that_is_right() -> None:
    stick = Yardstick(card="<b>Blunt</b>", right=0.931, low=0.88, high=0.972, documents=99)
    run = BenchRun(
        bench_id=BenchId(uuid4()),
        question=QUESTION,
        library_revision=1,
        arms=(Tried(arm=Arm.RETRIEVAL, text="It is.", voice=0.812), Tried(arm=Arm.MODEL_ALONE)),
        asked_by="Ann",
        asked_at=datetime.now(UTC),
        yardstick=stick,
    )
    drawn = str(run_view(run))
    assert "0.81" in drawn
    assert "Of 99 documents that it had not seen it judged 93% rightly (surely 88% to 97%)" in drawn
    assert "Card: &lt;b&gt;Blunt" in drawn
    assert "Card:" not in str(run_view(replace(run, yardstick=None)))


NEW = LINES[0] | {"id": "quill", "case_name": "Quill <b>v.</b> Ferry", "citations": ["9 U.S. 9"]}


def race(app: AppTest, content: str) -> AppTest:
    app.file_uploader(key="bench_race_file").upload("new.json", content.encode(), "text/plain")
    app.text_input(key="bench_race_question").input(QUESTION)
    app.text_input(key="bench_race_says").input("irreparable injury")
    (go,) = (each for each in app.button if each.label == "Race")
    return go.click().run()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an upload lies while it is read."""
    found = tmp_path / "room"
    found.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    return found


@pytest.mark.usefixtures("library_of_one")
def test_a_new_case_is_raced_and_one_that_is_held_is_refused_in_words(
    firm: FirmAtWork, visit: Visit, room: Path
) -> None:
    firm.hire("root", Role.ADMIN)
    app = visit("bench")
    (go,) = (each for each in app.button if each.label == "Race")
    assert "Choose a file first" in words(go.click().run())
    app = race(app, json.dumps(NEW))

    said = words(app)
    assert "Quill <b>v.</b> Ferry" in said
    assert "seconds" in said
    assert "no adapter was trained" in said
    assert "with its books closed: there is none." in said
    assert not dangers(markup(app))
    assert firm.app.coverage().cases == 2
    assert list(room.iterdir()) == []

    again = race(app, json.dumps(NEW))
    assert "holds this case already" in words(again)
    assert "no adapter was trained" not in words(again)
    assert "no JSON" in words(race(again, "no case"))
    assert list(room.iterdir()) == []


def test_a_lawyer_sees_no_race(ann: Onpoint, visit: Visit) -> None:
    app = visit("bench")
    assert "How fresh is it?" not in words(app)
    assert not app.file_uploader


@pytest.mark.parametrize(
    ("known", "failed", "said"),
    [
        (True, None, "it said so."),
        (False, None, "it did not say so."),
        (None, None, "there is none."),
        (None, "It is busy.", "it gave no answer. It is busy."),
    ],
)
def test_a_race_is_two_bars_and_what_the_style_model_knew(
    known: bool | None, failed: str | None, said: str
) -> None:
    raced = Race(
        case_name="Quill v. Ferry",
        by_retrieval=2.5,
        by_training=1250.0,
        known_to_model=known,
        model_failed=failed,
    )
    drawn = str(race_view(raced))
    assert f"with its books closed: {said}" in drawn
    assert "width:0.2%" in drawn and "width:100.0%" in drawn
    assert "2.5 seconds" in drawn and "1,250.0 seconds" in drawn
    assert "no answer cites it" in str(race_view(replace(raced, by_retrieval=None)))
