"""A conversation over the real wire: follow-ups, what they narrow to, how a model puts them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from core.app import Onpoint
from core.model import Filters, Length, Standing
from core.search.encoder import Encoder
from tests.firm_house import opened
from tests.scripted_models import Prompt, Wire, honest, scripted_models

QUESTION = "When is a covenant not to compete enforceable?"
FOLLOW_UP = "And is continued employment enough consideration for it?"


@pytest.fixture
def app(demo_url: str, tmp_path: Path, encoder: Encoder) -> Iterator[Onpoint]:
    with opened(demo_url, tmp_path, encoder=encoder) as app:
        yield app


@pytest.fixture
def wire() -> Iterator[Wire]:
    with scripted_models() as heard:
        yield heard


def with_model(app: Onpoint, wire: Wire, name: str = "honest") -> None:
    app.firm.set("answer_model", f"openai:{name}")
    app.firm.set("answer_base_url", wire.url)


def said(prompt: Prompt) -> str:
    """Answer from the sources where there are some, and be no help otherwise."""
    return honest(prompt) if "<sources>" in prompt else "S1: nothing"


def test_a_follow_up_is_answered_in_its_conversation(app: Onpoint) -> None:
    alone = app.ask("And if it was signed later?")
    followed = app.ask("And if it was signed later?", before=[QUESTION])

    assert followed.restated is not None
    assert followed.restated.whole == f"{QUESTION} And if it was signed later?"
    assert followed.question == "And if it was signed later?"
    assert [source.case.source_id for source in followed.sources] != [
        source.case.source_id for source in alone.sources
    ]
    assert any("covenant" in source.passage.text for source in followed.sources)


def test_a_court_that_the_question_names_narrows_the_search_and_an_empty_shelf_is_said(
    app: Onpoint,
) -> None:
    answer = app.ask("When is a covenant not to compete enforceable in the Ninth Circuit?")

    assert answer.standing is Standing.ABSTAINED
    assert answer.restated is not None
    assert answer.restated.narrowed == ("Court of Appeals for the Ninth Circuit",)
    # What a person chose goes before it.
    court = app.courts()[0].court.court
    chosen = app.ask(
        "When is a covenant not to compete enforceable in the Ninth Circuit?",
        filters=Filters(courts=frozenset({court})),
    )
    assert {source.case.court.court for source in chosen.sources} <= {court}
    assert chosen.restated is not None
    assert chosen.restated.narrowed == ()


def test_a_model_puts_the_question_as_issue_and_rule(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)
    wire.puts = lambda _: json.dumps(
        {
            "question": "Is continued employment consideration for a covenant not to compete?",
            "issue": "whether continued employment is consideration for a covenant",
            "rule": "consideration for a covenant not to compete",
            "search": "continued employment consideration restrictive covenant",
        }
    )

    answer = app.ask(FOLLOW_UP, before=[QUESTION])

    assert answer.restated is not None
    assert answer.restated.issue == "whether continued employment is consideration for a covenant"
    assert "restrictive" in answer.restated.search
    assert FOLLOW_UP.rsplit(maxsplit=1)[-1].strip("?") in answer.restated.search
    assert "Is continued employment consideration" in wire.prompts[-1]
    assert QUESTION in wire.prompts[0]


@pytest.mark.parametrize(
    "put",
    [
        "I cannot put this question.",
        '{"question": "Did Varghese v. China Southern, 925 F.3d 1339, decide it?", "search": "x"}',
        '{"question": ["a", "list"], "search": {}}',
        '{"question": "Is it so?"',
        json.dumps({"question": "x" * 5000, "search": "y" * 5000}),
        "",
    ],
)
def test_a_reading_that_is_unfit_leaves_the_question_as_it_was(
    app: Onpoint, wire: Wire, put: str
) -> None:
    with_model(app, wire)
    wire.puts = lambda _: put

    answer = app.ask(QUESTION)

    assert answer.restated is not None
    assert (answer.restated.whole, answer.restated.issue) == (QUESTION, "")
    assert answer.standing is not Standing.ABSTAINED
    # Its record tells what the model wrote; nothing that is shown does.
    assert "Varghese" not in repr(replace(answer, working=None))


def test_a_firm_may_keep_its_questions_from_being_put_by_a_model(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)
    app.firm.set("restate_questions", value=False)

    app.ask(QUESTION)

    assert len(wire.prompts) == 1


def test_a_longer_answer_is_asked_for_in_so_many_words(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)

    app.ask(QUESTION)
    short = wire.prompts[-1]
    app.ask(QUESTION, length=Length.LONG)
    long = wire.prompts[-1]

    assert "Two to six sentences" in short
    assert "Eight to sixteen sentences" in long


def test_an_abstention_says_why_the_nearest_cases_miss(app: Onpoint) -> None:
    answer = app.ask("How long should sourdough bread be proofed before baking?")

    assert answer.standing is Standing.ABSTAINED
    assert len(answer.misses) == len(answer.nearest) > 0
    assert "sourdough" in answer.misses[0]


def test_what_an_answer_may_take_is_told_before(app: Onpoint, wire: Wire) -> None:
    assert app.budget(QUESTION).tokens == 0
    with_model(app, wire)
    assert app.budget(QUESTION).money is None

    app.firm.set("price_read", 3)
    app.firm.set("price_written", 15)
    told = app.budget(QUESTION)
    app.ask(QUESTION)

    assert told.tokens > sum(map(len, wire.prompts)) // 4
    assert told.seconds == 60
    price = ((told.tokens - 4096) * 3 + 4096 * 15) / 1_000_000
    assert told.money == f"USD {price:.2f}"


def test_an_answer_is_no_longer_than_the_firm_allows(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)
    app.firm.set("answer_tokens", 300)

    app.ask(QUESTION)

    assert {body.get("max_tokens", body.get("max_completion_tokens")) for body in wire.bodies} == {
        300
    }


def test_no_transaction_is_open_while_a_model_thinks(
    app: Onpoint, wire: Wire, demo_url: str
) -> None:
    """Neither while it reads the question, nor while it answers, checks or words the answer."""
    with_model(app, wire)
    app.firm.set("checker_model", "openai:honest")
    app.firm.set("style", "prompt")
    app.firm.set("style_by_default", True)
    open_then: list[object] = []
    matter = app.matters.open("1", "Covenants").matter_id
    app.filings.add_text(matter, "Brief", "The covenant not to compete was enforceable at once.")

    with psycopg.connect(demo_url, autocommit=True) as connection:

        def looking(speak: Callable[[Prompt], str]) -> Callable[[Prompt], str]:
            def looks(prompt: Prompt) -> str:
                open_then.extend(
                    connection.execute(
                        "SELECT state, query FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        " AND xact_start IS NOT null"
                    )
                )
                return speak(prompt)

            return looks

        wire.script, wire.puts = looking(said), looking(wire.puts)
        app.ask(FOLLOW_UP, before=[QUESTION], matter=matter)

    told = "\n".join(wire.prompts)
    assert "<earlier>" in told
    assert "<sources>" in told
    assert "<lines>" in told
    assert open_then == []
