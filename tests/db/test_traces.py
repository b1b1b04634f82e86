"""The record of an answer: what is in it, who may open it, that nobody alters it, how it goes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from core.access.trail import record
from core.app import Onpoint
from core.errors import NoSuchMatter, NoSuchRecord, NotSignedIn, UsageError
from core.library.keeping import keeping
from core.model import (
    Answer,
    Filters,
    MatterId,
    PaperForm,
    PaperKind,
    SourceState,
    Support,
    TraceId,
)
from core.settings import Settings
from tests.db.office import DUTY, TAX, Office, matter_with, me, open_office
from tests.db.test_removal import bytes_of_tables
from tests.db.test_search import add
from tests.db.test_search import record as case_record
from tests.scripted_models import Wire, scripted_models

QUESTION = "Does a lessor owe a duty to warn of ice on the stairs?"
CANARY = "quillwort"
_OF_ALL = "SELECT trace_id, 1, person_id FROM traces"


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        add(
            opened.app._db,
            opened.app._house.encoder(),
            case_record("ice", DUTY, name="Ice v. Stairs"),
            case_record("tax", TAX, name="Tax v. Court"),
        )
        yield opened


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "lawyer")


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with scripted_models() as heard:
        yield heard


def ask(app: Onpoint, question: str = QUESTION, **more: object) -> TraceId:
    return trace_of(app.ask(question, **more))  # type: ignore[arg-type]


def trace_of(answer: Answer) -> TraceId:
    return TraceId(UUID(answer.trace_id))


def with_model(app: Onpoint, wire: Wire, name: str) -> None:
    app.firm.set("answer_base_url", wire.url)
    app.firm.set("answer_model", f"openai:{name}")


def broken(owner_url: str) -> dict[str, int]:
    with keeping(owner_url) as look:
        return {each.name: each.count for each in look.broken_rules()}


def behind_our_back(office: Office, statement: str, *values: object) -> None:
    """Change something as the superuser, past every policy and trigger."""
    office.run(f"SET session_replication_role = replica; {statement}" % values)


def exported(app: Onpoint, trace_id: TraceId, kind: PaperKind) -> str:
    return app.traces.export(trace_id, kind, PaperForm.MARKDOWN).content.decode()


# --- what is in it ---


def test_g11_a_record_gives_back_the_answer_with_all_that_it_was_made_of(
    office: Office, ann: Onpoint, wire: Wire
) -> None:
    with_model(office.app, wire, "honest")
    filters = Filters(exclude=frozenset({"tax"}))

    answer = ann.ask(QUESTION, filters=filters)

    trace = ann.traces.get(trace_of(answer))
    assert trace is not None
    assert (trace.answer, trace.filters, trace.whole) == (answer, filters, True)
    text = answer.sources[0].passage.text
    assert trace.passages[0] == (1, hashlib.sha256(text.encode()).hexdigest())
    assert answer.working is not None
    (lookup,) = answer.working.lookups
    assert (lookup.query, [each.source_id for each in lookup.considered]) == (QUESTION, ["ice"])
    putting, call = answer.working.calls
    assert QUESTION in putting.messages[-1].text and QUESTION in putting.outputs[-1]
    assert [each.role for each in call.messages] == ["system", "user"]
    assert DUTY in call.messages[1].text and QUESTION in call.messages[1].text
    assert call.outputs[-1].startswith("The lessor owes a duty")
    assert (call.model, call.inside, call.failure) == ("openai:honest", True, None)
    assert answer.working.tokens == putting.tokens + call.tokens > 100


def test_g11_what_a_lying_model_wrote_is_in_the_record_and_in_no_answer(
    office: Office, ann: Onpoint, wire: Wire
) -> None:
    with_model(office.app, wire, "mixed")

    answer = ann.ask(QUESTION)

    trace = ann.traces.get(trace_of(answer))
    assert trace is not None and trace.answer.working is not None
    assert "Varghese" in trace.answer.working.calls[-1].outputs[-1]
    assert "Varghese" not in trace.answer.text
    rejected = [claim for claim in trace.answer.claims if claim.support is Support.UNSUPPORTED]
    assert rejected and all(claim.reason for claim in rejected)


def test_every_attempt_of_a_model_leaves_what_it_wrote_and_why_it_ended(
    office: Office, ann: Onpoint, wire: Wire
) -> None:
    with_model(office.app, wire, "once-cut")
    first = ann.ask(QUESTION)
    office.app.firm.set("answer_model", "openai:empty")
    second = ann.ask(QUESTION)

    assert first.working is not None and second.working is not None
    call = first.working.calls[-1]
    assert len(call.outputs) == 2
    assert call.outputs[1].startswith(call.outputs[0])
    call = second.working.calls[-1]
    assert call.outputs == (" ",)
    assert call.failure is not None and "empty answer" in call.failure


def test_a_record_holds_what_postgres_cannot(office: Office, ann: Onpoint, wire: Wire) -> None:
    with_model(office.app, wire, "scripted")
    wire.script = lambda _: "The lessor owes a duty. [1] a\0b"

    answer = ann.ask(f"{QUESTION} \0 \ud800")

    trace = ann.traces.get(trace_of(answer))
    assert trace is not None and trace.whole
    assert "\ufffd" in trace.answer.question


def test_an_abstention_leaves_a_record_too(ann: Onpoint) -> None:
    trace = ann.traces.get(ask(ann, "Who owns the moon and its cheese?"))

    assert trace is not None
    assert trace.head.standing == "abstained"
    assert "No answer was given" in exported(ann, trace.head.trace_id, PaperKind.LOG)
    assert "prepared no text" in exported(ann, trace.head.trace_id, PaperKind.STATEMENT)


def test_the_words_asked_are_in_no_other_place_than_the_record(
    office: Office, ann: Onpoint
) -> None:
    ask(ann, f"{QUESTION} {CANARY}")

    assert CANARY not in "".join(office.app.trail.export("jsonl"))
    assert office.run("SELECT * FROM audit_texts") == []


# --- nobody alters it unseen ---


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE traces SET record = replace(record, 'lessor', 'lessee')", "record"),
        ("UPDATE traces SET record = record || ' '", "record"),
        ("UPDATE traces SET matter_id = (SELECT matter_id FROM matters)", "matter"),
        (
            "INSERT INTO trace_confirmations SELECT trace_id, 1, person_id FROM traces",
            "confirmations",
        ),
    ],
)
def test_g11_what_is_altered_behind_our_back_shows(
    office: Office, ann: Onpoint, owner_url: str, statement: str, fault: str
) -> None:
    matter_with(ann, "1")
    trace_id = ask(ann)
    assert broken(owner_url) == {}

    behind_our_back(office, statement)

    trace = ann.traces.get(trace_id)
    assert trace is not None
    assert (trace.whole, trace.faults) == (False, (fault,))
    assert broken(owner_url) == {"trace_is_as_written": 1}
    assert "NOT AS IT WAS WRITTEN" in exported(ann, trace_id, PaperKind.LOG)
    assert "cannot be certified yet" in exported(ann, trace_id, PaperKind.STATEMENT)


def test_g11_nobody_makes_a_record_anothers(office: Office, ann: Onpoint, owner_url: str) -> None:
    bob = office.hire("bob", "lawyer")
    ask(ann)

    behind_our_back(
        office,
        "UPDATE traces SET person_id = '%s', record = replace(record, '%s', '%s')",
        *(me(bob), me(ann), me(bob)),
    )

    assert broken(owner_url) == {"trace_is_as_written": 1}


def test_g11_an_entry_that_is_added_to_the_trail_later_proves_nothing(
    office: Office, ann: Onpoint
) -> None:
    trace_id = ask(ann)
    behind_our_back(office, "UPDATE traces SET record = replace(record, 'lessor', 'lessee')")
    ((sha256,),) = office.run(
        "SELECT encode(sha256(convert_to(record, 'UTF8')), 'hex') FROM traces"
    )
    with ann._db.transaction(scope=ann.who.scope) as tx:
        record(tx, "ask", subject=str(trace_id), detail={"record_sha256": str(sha256)})

    trace = ann.traces.get(trace_id)
    assert trace is not None and trace.faults == ("record",)


def test_a_record_that_is_taken_away_behind_our_back_is_missed(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    ask(ann)
    behind_our_back(office, "DELETE FROM traces")
    assert broken(owner_url) == {"trace_is_still_there": 1}


def test_the_app_changes_no_record_and_removes_none(
    office: Office, ann: Onpoint, database_url: str
) -> None:
    ask(ann)
    for statement in (
        "UPDATE traces SET record = '{}'",
        "UPDATE traces SET person_id = person_id",
        "DELETE FROM traces",
        "UPDATE trace_confirmations SET n = 2",
    ):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            psycopg.connect(database_url) as connection,
        ):
            connection.execute(statement)


# --- who may open it ---


def test_a_record_is_of_whoever_asked_and_no_administrator_reads_it(
    office: Office, ann: Onpoint
) -> None:
    bob, chief = office.hire("bob", "lawyer"), office.hire("chief", "admin", "lawyer")
    trace_id = ask(ann)

    assert [head.trace_id for head in ann.traces.all()] == [trace_id]
    for other in (bob, chief, office.app):
        assert (other.traces.get(trace_id), other.traces.all()) == (None, ())
        for act in (
            lambda other=other: other.traces.confirm(trace_id),
            lambda other=other: other.traces.withdraw(trace_id),
            lambda other=other: other.traces.export(trace_id, PaperKind.LOG, PaperForm.DOCX),
        ):
            with pytest.raises(NoSuchRecord):
                act()
    office.disable(ann)
    with pytest.raises(NotSignedIn):
        ann.traces.get(trace_id)
    with office.app._db.transaction(scope=ann.who.scope) as tx:
        assert tx.value("count_audit_entries") is not None
        assert tx.rows("select_trace", lambda **row: row, trace_id=trace_id, days=9) == []


def test_asked_for_a_matter_it_is_the_teams_as_long_as_they_are_on_it(
    office: Office, ann: Onpoint
) -> None:
    bob = office.hire("bob", "paralegal")
    matter = matter_with(ann, "1", team=(bob,))
    trace_id = ask(ann, matter=matter)

    assert [head.trace_id for head in bob.traces.all(matter)] == [trace_id]
    assert bob.traces.get(trace_id) is not None
    assert [entry.matter_id for entry in ann.trail.mine(k=1)] == [matter]
    office.app.walls.raise_wall(matter, me(ann), "conflict")
    assert (ann.traces.get(trace_id), ann.traces.all(), ann.traces.all(matter)) == (None, (), ())
    assert bob.traces.get(trace_id) is not None


def test_it_is_put_with_a_matter_once_by_whoever_asked(office: Office, ann: Onpoint) -> None:
    bob = office.hire("bob", "lawyer")
    first, second = matter_with(ann, "1", team=(bob,)), matter_with(ann, "2")
    trace_id, closed = ask(ann), matter_with(ann, "3")
    ann.matters.change(closed, state="closed")  # type: ignore[arg-type]

    with pytest.raises(NoSuchMatter):
        ann.traces.put(trace_id, MatterId(uuid4()))
    with pytest.raises(UsageError, match="closed"):
        ann.traces.put(trace_id, closed)
    with pytest.raises(NoSuchRecord):
        bob.traces.put(trace_id, first)
    ann.traces.put(trace_id, first)

    assert bob.traces.get(trace_id) is not None
    with pytest.raises(NoSuchRecord):
        ann.traces.put(trace_id, second)
    trace = ann.traces.get(trace_id)
    assert trace is not None and trace.whole


def test_nothing_is_asked_for_a_matter_that_is_closed_or_not_there(
    office: Office, ann: Onpoint
) -> None:
    stranger = office.hire("bob", "lawyer")
    matter = matter_with(ann, "1")
    for act in (
        lambda: stranger.ask(QUESTION, matter=matter),
        lambda: ann.ask(QUESTION, matter=MatterId(uuid4())),
    ):
        with pytest.raises(NoSuchMatter):
            act()
    ann.matters.change(matter, state="closed")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="closed"):
        ann.ask(QUESTION, matter=matter)
    assert ann.traces.all() == ()


# --- opened again ---


def test_sources_are_shown_as_they_were_with_what_has_become_of_them(
    office: Office, ann: Onpoint
) -> None:
    trace_id = ask(ann)

    def state() -> SourceState:
        trace = ann.traces.get(trace_id)
        assert trace is not None
        assert trace.answer.sources[0].passage.text == DUTY
        return trace.now[0].state

    assert state() is SourceState.UNCHANGED
    behind_our_back(office, "UPDATE opinions SET text = 'Heard. ' || text")
    trace = ann.traces.get(trace_id)
    assert trace is not None and trace.now[0].span is not None
    assert (trace.now[0].state, trace.now[0].span.start) == (SourceState.UNCHANGED, 7)
    behind_our_back(office, "UPDATE opinions SET text = replace(text, 'ice', 'snow')")
    assert state() is SourceState.CHANGED
    behind_our_back(office, "UPDATE cases SET source_id = 'other' WHERE source_id = 'ice'")
    assert state() is SourceState.GONE


def test_who_has_read_what_is_said_by_name_and_can_be_taken_back(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    bob = office.hire("bob", "lawyer")
    matter = matter_with(ann, "1", team=(bob,))
    trace_id = ask(ann, matter=matter)

    ann.traces.confirm(trace_id, 1)
    ann.traces.confirm(trace_id, 1)
    bob.traces.confirm(trace_id)
    with pytest.raises(UsageError, match="no source 9"):
        ann.traces.confirm(trace_id, 9)

    trace = ann.traces.get(trace_id)
    assert trace is not None
    assert [(c.n, c.by, c.own) for c in trace.confirmations] == [
        (0, "Bob", False),
        (1, "Ann", True),
    ]
    said = exported(ann, trace_id, PaperKind.STATEMENT)
    assert "read by Ann on" in said and "Reviewed by Bob on" in said
    assert "I certify that" in said
    assert broken(owner_url) == {}
    assert not ann.traces.withdraw(trace_id)
    assert bob.traces.withdraw(trace_id)
    assert "Nobody has recorded a review" in exported(ann, trace_id, PaperKind.STATEMENT)
    actions = [entry.action for entry in office.app.trail.entries(action="trace.")]
    assert actions.count("trace.confirm") == 2


def test_a_statement_names_the_model_that_wrote_and_where_the_question_went(
    office: Office, ann: Onpoint, wire: Wire
) -> None:
    with_model(office.app, wire, "mixed")
    trace_id = ask(ann)

    said = exported(ann, trace_id, PaperKind.STATEMENT)
    assert "A generative language model, openai:mixed, wrote the portions marked" in said
    assert "Nothing was sent outside the firm." in said
    assert "that the language model wrote: not borne out by the sources, and left out." in said
    assert QUESTION not in said
    log = exported(ann, trace_id, PaperKind.LOG)
    assert "Annex. What the models wrote" in log and "Varghese" in log


# --- how it goes ---


def test_retention_forgets_records_and_the_trail_says_so(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    matter = matter_with(ann, "1")
    own, of_matter = ask(ann), ask(ann, matter=matter)
    older(office, 40)
    office.app.firm.set("traces_days", 30)

    # Not shown from the moment on that retention says so, and gone when it is next looked.
    assert (ann.traces.get(own), ann.traces.all(), ann.traces.all(matter)) == (None, (), ())
    forgotten(office, ann)

    assert office.run("SELECT trace_id FROM traces WHERE asked_at < now() - interval '1 day'") == []
    entries = office.app.trail.entries(action="trace.forget")
    assert {entry.matter_id for entry in entries} == {matter, None}
    assert [entry.detail for entry in entries] == [{"days": 30, "records": 1}] * 2
    assert broken(owner_url) == {}
    with pytest.raises(NoSuchRecord):
        ann.traces.confirm(of_matter)


def test_j07_a_legal_hold_keeps_the_records_of_its_matter(office: Office, ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    trace_id = ask(ann, matter=matter)
    ann.traces.confirm(trace_id)
    ann.matters.change(matter, legal_hold=True)
    older(office, 400)

    forgotten(office, ann)

    assert [head.trace_id for head in ann.traces.all(matter)] == [trace_id]
    assert ann.traces.get(trace_id) is not None
    assert not ann.traces.withdraw(trace_id)
    ann.matters.change(matter, legal_hold=False)
    assert ann.traces.get(trace_id) is None
    forgotten(office, ann)
    assert office.run("SELECT * FROM trace_confirmations") == []


def test_with_no_days_no_record_is_kept(office: Office, ann: Onpoint, owner_url: str) -> None:
    ask(ann)
    office.app.firm.set("traces_days", 0)
    forgotten(office, ann)

    trace_id = ask(ann)

    assert (ann.traces.get(trace_id), office.run("SELECT * FROM traces")) == (None, [])
    assert broken(owner_url) == {}


def test_j06_a_removed_matter_takes_its_records_with_it(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    matter = matter_with(ann, "1")
    trace_id = ask(ann, f"{QUESTION} {CANARY}", matter=matter)
    ann.traces.confirm(trace_id, 1)
    assert CANARY.encode() in bytes_of_tables(office)

    ann.matters.remove(matter)

    assert CANARY.encode() not in bytes_of_tables(office)
    assert ann.traces.get(trace_id) is None
    assert broken(owner_url) == {}


def test_j06_a_removed_person_takes_their_records_along(office: Office, owner_url: str) -> None:
    bob = office.hire(CANARY, "lawyer")
    ask(bob)
    office.run("DELETE FROM people WHERE person_id = %s", me(bob))

    assert office.run("SELECT * FROM traces") == []
    assert CANARY.encode() not in bytes_of_tables(office)
    assert broken(owner_url) == {}


def test_the_usual_retention_is_a_year() -> None:
    assert Settings.model_fields["traces_days"].default == 365


def older(office: Office, days: int) -> None:
    """Let what was asked until now have been asked so many days ago, in the trail too."""
    behind_our_back(
        office,
        "UPDATE traces SET asked_at = asked_at - interval '%s days';"
        " UPDATE audit_entries SET at = at - interval '%s days'",
        *(days, days),
    )


def forgotten(office: Office, app: Onpoint) -> None:
    """Ask something, long after what was kept was last looked over."""
    app._house.readings._forgot_at = 0.0
    app.ask("What else?")
