"""A record written by this release is read by every later one, however nouns may grow."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from core.ask.answer import answer
from core.model import (
    Answer,
    Considered,
    Filters,
    Lookup,
    ModelCall,
    OpinionKind,
    Person,
    PersonId,
    Role,
    Spoken,
    Working,
)
from core.work import recording
from tests.factories_ask import STAY, make_case, make_hit, make_opinion, make_passage, make_result

GOLDEN = Path(__file__).parents[1] / "golden" / "record-1.json"
FILTERS = Filters(
    courts=frozenset({"scotus"}),
    as_of=date(2010, 1, 1),
    kinds=frozenset({OpinionKind.MAJORITY}),
)
ANN = Person(
    person_id=PersonId(UUID(int=1)), login="ann", name="Ann Orr", roles=frozenset({Role.LAWYER})
)


def given() -> Answer:
    held = [make_hit(make_case(), make_passage(STAY))]
    made = answer(
        "Is a stay pending appeal a matter of right, or an exercise of judicial discretion?",
        search=lambda asked: make_result(asked, held),
        opinions=lambda _: (make_opinion(held[0].passages[0]),),
        similarity=lambda _, texts: [0.9] * len(texts),
        encoder="words",
    )
    call = ModelCall(
        model="openai:honest",
        inside=True,
        messages=(Spoken(role="system", text="You answer."),),
        outputs=("A stay", "A stay is discretionary. [1]"),
        failure="It broke off.",
        seconds=1.5,
        tokens=12,
    )
    lookup = Lookup(
        query="stay",
        understood="plain words",
        found=1,
        considered=(Considered(rank=1, source_id="made/1", citation="Nken"),),
    )
    worked = Working(lookups=(lookup,), calls=(call,), seconds=2.0, tokens=12)
    return replace(made, trace_id=str(UUID(int=2)), nearest=tuple(held), working=worked)


def test_what_is_written_is_read_back_whole() -> None:
    text = recording.record(given(), filters=FILTERS, person=ANN).text
    opened = recording.opened(text)
    assert (opened.answer, opened.filters) == (given(), FILTERS)
    assert [n for n, _ in opened.passages] == [1]


def test_two_records_of_one_answer_have_no_hash_in_common() -> None:
    first, second = (recording.record(given(), filters=FILTERS, person=ANN) for _ in range(2))
    assert first.sha256 != second.sha256


def test_a_record_of_the_first_format_can_be_read() -> None:
    """A noun that grows gets a default, or this fails: people hold records of years ago.

    ONPOINT_REWRITE_GOLDEN=1 writes the file anew; do so only with a new FORMAT.
    """
    if os.environ.get("ONPOINT_REWRITE_GOLDEN"):
        GOLDEN.write_text(recording.record(given(), filters=FILTERS, person=ANN).text, "utf-8")
    opened = recording.opened(GOLDEN.read_text("utf-8"))
    assert opened.answer.question == given().question
    assert (opened.answer.sources, opened.answer.working) == (given().sources, given().working)
    assert opened.filters == FILTERS


def test_a_draft_keeps_which_models_were_asked_and_not_what_was_said() -> None:
    kept = recording.read_answer(recording.answer_text(given()))
    assert kept.working is not None
    assert [(call.model, call.tokens) for call in kept.working.calls] == [("openai:honest", 12)]
    assert "You answer." not in recording.answer_text(given())
