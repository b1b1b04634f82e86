"""The firm's settings: what wins, is refused, is hidden, is undone, and is tried."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.access.locker import Locker
from core.access.settled import NO_ADAPTER, table
from core.app import Onpoint
from core.errors import LimitReached, NotAllowed, UsageError
from core.library import firm
from core.model import FirmSetting, PersonId, Provenance, Role, SettingKind, Voice
from core.settings import Settings
from tests.firm_house import hired, opened
from tests.scripted_models import Wire, scripted_models

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*Settings.model_fields, "openai_api_key"):
        monkeypatch.delenv(f"ONPOINT_{name}".upper(), raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Onpoint]:
    with opened(database_url, tmp_path) as app:
        yield app


@pytest.fixture
def wire() -> Iterator[Wire]:
    with scripted_models() as heard:
        heard.script = lambda _: "ready"
        yield heard


def row(app: Onpoint, name: str) -> FirmSetting:
    return next(row for row in app.firm.table() if row.name == name)


# --- where a value comes from ---


def test_each_setting_says_where_its_value_comes_from(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onpoint.toml").write_text('firm_name = "Filed"\nanswers_per_hour = 7\n')
    monkeypatch.setenv("ONPOINT_FIRM_NAME", "Of the environment")
    with opened(database_url, tmp_path) as app:
        app.firm.set("search_results", 25)

        assert row(app, "firm_name").source is Provenance.ENVIRONMENT
        assert row(app, "firm_name").value == "Of the environment"
        assert row(app, "answers_per_hour").source is Provenance.FILE
        assert row(app, "answers_per_hour").value == 7
        assert row(app, "search_results").source is Provenance.HERE
        assert row(app, "search_results").value == 25
        assert row(app, "questions_days").source is Provenance.DEFAULT


def test_what_the_environment_sets_wins_over_what_was_set_here_before(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(database_url, tmp_path) as app:
        app.firm.set("firm_name", "Set here")
    monkeypatch.setenv("ONPOINT_FIRM_NAME", "Of the environment")

    with opened(database_url, tmp_path) as app:
        assert app.firm.appearance().name == "Of the environment"
        locked = row(app, "firm_name").locked
        assert locked is not None
        assert "ONPOINT_FIRM_NAME" in locked
        with pytest.raises(NotAllowed, match="ONPOINT_FIRM_NAME"):
            app.firm.set("firm_name", "Again")
        with pytest.raises(NotAllowed):
            app.firm.unset("firm_name")

    monkeypatch.delenv("ONPOINT_FIRM_NAME")
    with opened(database_url, tmp_path) as app:
        assert app.firm.appearance().name == "Set here"


@pytest.mark.parametrize(
    ("written", "says"),
    [("no_such_setting = 1", "no_such_setting"), ("firm_name = ", "cannot be read")],
)
def test_a_file_of_settings_that_makes_no_sense_is_refused(
    tmp_path: Path, written: str, says: str
) -> None:
    (tmp_path / "onpoint.toml").write_text(written)

    with pytest.raises(UsageError, match=says):
        Settings(home=tmp_path)


def test_the_encoder_is_shown_and_not_changed_here(app: Onpoint) -> None:
    assert row(app, "encoder").locked
    with pytest.raises(NotAllowed, match="started"):
        app.firm.set("encoder", "another")


def test_every_setting_has_a_group_a_label_and_help(app: Onpoint) -> None:
    for setting in app.firm.table():
        assert setting.group and setting.label and setting.help
        assert setting.kind is not SettingKind.CHOICE or len(setting.choices) > 1
        assert setting.name in table()


# --- change ---


def test_a_change_holds_at_once_in_every_session_and_process(
    app: Onpoint, database_url: str, tmp_path: Path
) -> None:
    with opened(database_url, tmp_path) as other:
        lawyer, _ = hired(other, "lawyer")
        assert lawyer.voices().usual is Voice.OFF

        app.firm.set("style", "prompt")
        app.firm.set("firm_name", "Howe & Co.")

        assert lawyer.voices().usual is Voice.PROMPT
        assert lawyer.firm.appearance().name == "Howe & Co."
        app.firm.unset("style")
        assert lawyer.voices().usual is Voice.OFF


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("answer_model", "gpt-without-provider", "provider:model"),
        ("answer_base_url", "ftp://example.com", "whole address"),
        ("answer_base_url", "not an address", "whole address"),
        ("answer_deadline", 0, "greater than 0"),
        ("answer_deadline", "soon", "number"),
        ("style", "loud", "'off', 'prompt' or 'adapter'"),
        ("voice_choice", "me", "nobody"),
        ("search_mode", "connectors", "no search with connectors"),
        ("search_results", 0, "greater than or equal"),
        ("search_results", 51, "less than or equal"),
        ("searches_per_hour", -1, "greater than or equal"),
        ("questions_days", 10**9, "less than or equal"),
        ("inside_hosts", "a server!", "none"),
        ("firm_colour", "red", "pattern"),
        ("firm_logo", "data:image/svg+xml;base64,PHN2Zz4=", "PNG or JPEG"),
        ("firm_logo", "data:image/png;base64,PHN2Zz4=", "PNG or JPEG"),
        ("firm_logo", "https://example.com/logo.png", "PNG or JPEG"),
        ("firm_name", "x" * 81, "at most 80"),
        ("session_idle_minutes", 1, "greater than or equal"),
        ("external_models", "perhaps", "boolean"),
        ("no_such_setting", 1, "no setting"),
        ("home", "/", "no setting"),
        ("database_url", "postgres://elsewhere", "no setting"),
        ("secret_key", "x" * 40, "no setting"),
    ],
)
def test_b23_what_may_not_be_is_refused_before_it_is_saved(
    app: Onpoint, name: str, value: object, says: str
) -> None:
    before = app.firm.table()

    with pytest.raises(UsageError, match=says):
        app.firm.set(name, value)

    assert app.firm.table() == before
    assert app.trail.entries(action="setting.") == ()


def test_what_is_typed_is_read_as_its_setting_reads_it(app: Onpoint) -> None:
    assert app.firm.set("external_models", "off").value is False
    assert app.firm.set("search_results", "25").value == 25
    assert app.firm.set("inside_hosts", "LLM.firm.local;gpu-2").value == "llm.firm.local, gpu-2"
    assert app.firm.set("firm_logo", PICTURE).value == PICTURE
    assert app.firm.set("firm_name", " ").source is Provenance.DEFAULT


def test_the_adapter_is_greyed_out_and_refused_with_its_reason_until_a_gate_has_passed(
    app: Onpoint,
) -> None:
    choices = {choice.value: choice.refused for choice in row(app, "style").choices}

    assert choices == {"off": None, "prompt": None, "adapter": NO_ADAPTER}
    with pytest.raises(UsageError, match="gate"):
        app.firm.set("style", "adapter")


@pytest.mark.parametrize("roles", [(Role.LAWYER,), (Role.PARALEGAL,), ()])
def test_b02_nobody_but_an_admin_sees_or_makes_settings(
    app: Onpoint, roles: tuple[Role, ...]
) -> None:
    entry = app.firm.set("firm_name", "Howe") and app.trail.entries(action="setting.")[0]
    assert entry
    app.people.invite("nobody@firm", "N", ())
    other, person_id = hired(app, "other")
    app.people.set_roles(person_id, roles)

    for refused in (
        other.firm.table,
        lambda: other.firm.set("style", "prompt"),
        lambda: other.firm.unset("firm_name"),
        lambda: other.firm.undo(entry.entry_id),
        lambda: other.firm.test("answer_model"),
        other.trail.entries,
        other.trail.verify,
        lambda: other.trail.export("csv"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert app.acting_as(None).firm.appearance().name == "Howe"


# --- secrets ---


def test_a_key_is_locked_up_in_the_database_and_never_shown_again(
    app: Onpoint, database_url: str, tmp_path: Path, server: object
) -> None:
    app.firm.set("answer_model", "openai:x")
    app.firm.set("answer_key", "sk-very-secret-3141592653")

    held = row(app, "answer_key")
    assert held.secret and held.is_set and held.value is None
    with psycopg.connect(database_url) as connection:
        dumped = connection.execute(
            "SELECT json_agg(firm_settings)::text FROM firm_settings"
        ).fetchone()
        assert dumped is not None
    shown = json.dumps([str(app.firm.table()), str(app.trail.entries()), dumped])
    assert "3141592653" not in shown
    assert app._house.rules.now().answer_key is not None
    assert app._house.rules.now().answer_key.get_secret_value() == "sk-very-secret-3141592653"
    assert "3141592653" not in str(app._house.rules.now())
    key = tmp_path / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "3141592653" not in "".join(app.trail.export("jsonl"))


def test_a_key_locked_with_another_servers_key_is_said_and_not_used(
    database_url: str, tmp_path: Path
) -> None:
    with opened(database_url, tmp_path / "one", secret_key="a" * 32) as app:
        app.firm.set("answer_key", "sk-1")
    with opened(database_url, tmp_path / "two", secret_key="a" * 32) as app:
        assert row(app, "answer_key").problem is None
    with opened(database_url, tmp_path / "three", secret_key="b" * 32) as app:
        problem = row(app, "answer_key").problem
        assert problem is not None
        assert "another key" in problem
        assert app._house.rules.now().answer_key is None


def test_processes_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    lockers = [Locker(Settings(home=tmp_path)) for _ in range(8)]
    tokens = [locker.lock("s") for locker in lockers]

    assert [locker.unlock(token) for locker in lockers for token in tokens] == ["s"] * 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_key_goes_to_no_other_address_or_provider_than_it_was_given_for(app: Onpoint) -> None:
    app.firm.set("answer_model", "openai:x")
    app.firm.set("answer_base_url", "http://127.0.0.1:9/v1")
    app.firm.set("answer_key", "sk-1")

    app.firm.set("answer_model", "openai:y")
    assert row(app, "answer_key").is_set
    app.firm.set("answer_base_url", "http://127.0.0.1:10/v1")
    assert not row(app, "answer_key").is_set
    app.firm.set("answer_key", "sk-2")
    app.firm.set("answer_model", "anthropic:y")
    assert not row(app, "answer_key").is_set


def test_a_key_of_the_environment_goes_to_no_address_set_here(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wire: Wire
) -> None:
    monkeypatch.setenv("ONPOINT_ANSWER_KEY", "sk-of-the-environment")
    with (
        opened(database_url, tmp_path) as app,
        pytest.raises(NotAllowed, match="no address set here"),
    ):
        app.firm.set("answer_base_url", wire.url)
    monkeypatch.delenv("ONPOINT_ANSWER_KEY")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-provider")
    with opened(database_url, tmp_path) as app:
        app.firm.set("answer_model", "openai:any")
        app.firm.set("answer_base_url", wire.url)
        app.firm.test("answer_model")
        assert wire.keys == ["Bearer none"]


# --- undo ---


def test_a_change_can_be_undone_from_the_trail(app: Onpoint) -> None:
    app.firm.set("firm_name", "One")
    app.firm.set("firm_name", "Two")
    second, first = app.trail.entries(action="setting.", subject="firm_name")
    assert second.words == "Appearance, name: from One to Two"
    assert first.words == "Appearance, name: from the default to One"
    assert second.undoable

    with pytest.raises(UsageError, match="changed again since"):
        app.firm.undo(first.entry_id)
    assert app.firm.undo(second.entry_id).value == "One"
    third = app.trail.entries(action="setting.")[0]
    assert third.detail == {"from": "Two", "to": "One", "undoes": str(second.entry_id)}
    assert app.firm.undo(first.entry_id).source is Provenance.DEFAULT


def test_the_change_of_a_key_cannot_be_undone_because_old_keys_are_not_kept(app: Onpoint) -> None:
    app.firm.set("answer_key", "sk-1")
    entry = app.trail.entries(action="setting.")[0]

    assert not entry.undoable
    assert entry.words == "Answers, its key: given anew"
    with pytest.raises(UsageError, match="type it again"):
        app.firm.undo(entry.entry_id)


def test_what_is_no_change_of_a_setting_cannot_be_undone(app: Onpoint) -> None:
    app.firm.test("firm_colour")

    with pytest.raises(UsageError, match="no such change"):
        app.firm.undo(app.trail.entries()[0].entry_id)


def test_setting_what_is_set_already_is_no_change(app: Onpoint) -> None:
    app.firm.set("firm_name", "One")
    app.firm.set("firm_name", "One")

    assert len(app.trail.entries(action="setting.")) == 1


# --- test it ---


def test_an_answer_model_is_really_asked_before_it_is_kept(app: Onpoint, wire: Wire) -> None:
    app.firm.set("answer_base_url", wire.url)

    result = app.firm.test("answer_model", "openai:any")

    assert result.passed
    assert result.words == "openai:any answers: “ready”."
    assert len(wire.prompts) == 1
    assert row(app, "answer_model").value is None
    assert app.trail.entries()[0].words == "Answers, answer model: tried, it works"


@pytest.mark.parametrize(
    ("model", "says"),
    [("openai:keyless", "status 401"), ("openai:failing", "status 500"), ("nobody:x", "package")],
)
def test_a_model_that_does_not_answer_is_said_in_words(
    app: Onpoint, wire: Wire, model: str, says: str
) -> None:
    app.firm.set("answer_base_url", wire.url)
    app.firm.set("answer_deadline", 5)

    result = app.firm.test("answer_model", model)

    assert not result.passed
    assert says in result.words or "could not be set up" in result.words


def test_the_key_given_here_is_what_the_model_is_shown(app: Onpoint, wire: Wire) -> None:
    app.firm.set("answer_model", "openai:any")
    app.firm.set("answer_base_url", wire.url)

    app.firm.test("answer_key", "sk-new")

    assert wire.keys[-1] == "Bearer sk-new"
    assert not row(app, "answer_key").is_set


def test_a_voice_is_tried_on_a_sample_sentence(app: Onpoint, wire: Wire) -> None:
    app.firm.set("answer_base_url", wire.url)
    app.firm.set("answer_model", "openai:any")

    wire.script = lambda _: (
        "S1: In short: the party who asks for a stay is required to show that the circumstances "
        "justify it. [S1]"
    )
    assert app.firm.test("style", "prompt").passed
    wire.script = lambda _: (
        "S1: The party who asks for a stay may show that the circumstances justify it. [S1]"
    )
    result = app.firm.test("style", "prompt")
    assert not result.passed
    assert "content lock" in result.words


@pytest.mark.parametrize(("colour", "passed"), [("#0a6e8a", True), ("#ffff00", False)])
def test_a_colour_is_tried_on_light_and_dark_paper(app: Onpoint, colour: str, passed: bool) -> None:
    assert app.firm.test("firm_colour", colour).passed is passed


def test_what_has_nothing_to_try_says_so(app: Onpoint) -> None:
    assert not row(app, "firm_name").testable
    with pytest.raises(UsageError, match="nothing to try"):
        app.firm.test("firm_name")


# --- limits ---


def count_search(app: Onpoint, person_id: PersonId) -> None:
    app.acting_as(person_id)._use.search(app._house.rules.now())


def test_i14_limits_hold_over_processes_and_restarts(
    app: Onpoint, database_url: str, tmp_path: Path
) -> None:
    app.firm.set("searches_per_hour", 2)
    _, lawyer = hired(app, "lawyer")
    _, other = hired(app, "other")
    count_search(app, lawyer)
    with opened(database_url, tmp_path) as second:
        count_search(second, lawyer)
    with opened(database_url, tmp_path) as third:
        with pytest.raises(LimitReached, match="2 searches an hour"):
            count_search(third, lawyer)
        count_search(third, other)
        stopped = third.trail.entries(action="limit")
        assert [entry.person_id for entry in stopped] == [lawyer]
        third.firm.set("searches_per_hour", 0)
        count_search(third, lawyer)


def test_i14_a_model_is_paid_only_up_to_the_days_limit(app: Onpoint) -> None:
    app.firm.set("model_tokens_per_day", 100)
    lawyer, _ = hired(app, "lawyer")
    lawyer._use.ask(app._house.rules.now())
    lawyer._use.pay(100)

    with pytest.raises(LimitReached, match="tokens of language models a day"):
        lawyer._use.ask(app._house.rules.now())


def test_i14_uploads_are_counted_by_their_size(app: Onpoint) -> None:
    app.firm.set("filing_megabytes", 2)
    app.firm.set("upload_megabytes_per_day", 3)
    lawyer, _ = hired(app, "lawyer")

    with pytest.raises(LimitReached, match="2 MB"):
        lawyer._use.upload(2_000_001)
    lawyer._use.upload(2_000_000)
    with pytest.raises(LimitReached, match="3 MB of uploads a day"):
        lawyer._use.upload(1_000_001)
    lawyer._use.upload(1_000_000)


def test_i14_counts_are_exact_when_many_count_at_once(app: Onpoint) -> None:
    from concurrent.futures import ThreadPoolExecutor

    db = app._db
    person_id = app.who.scope.person_id

    def spend(_: int) -> bool:
        return firm.spend(db, person_id, "searches", 1, period="hour", most=25)

    with ThreadPoolExecutor(4) as pool:
        allowed = sum(pool.map(spend, range(60)))

    assert allowed == 25
    assert firm.used(db, person_id, "searches", period="hour") == 25
