"""`onpoint users …`, `--as USER`, and how the app is started: over the real database."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from core.cli import cli
from tests.serving import served

Run = Callable[..., Result]
Say = Callable[..., dict[str, object]]
GOOD = "orchard ferry stay 12"


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))
    # `onpoint run` hands these on to the screens: they are this test's own.
    for name in ("ONPOINT_HOST", "ONPOINT_PORT", "ONPOINT_SIGN_IN"):
        monkeypatch.setenv(name, "")

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(cli, words)

    return invoke


@pytest.fixture
def say(run: Run) -> Say:
    def invoke(*words: str) -> dict[str, object]:
        result = run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return invoke


def failure(result: Result) -> tuple[int, str]:
    return result.exit_code, json.loads(result.stdout)["error"]["code"]


def test_a_fresh_home_has_its_owner_and_nobody_else(say: Say) -> None:
    (owner,) = say("users", "list")["users"]  # type: ignore[misc]
    assert {**owner, "person_id": ""} == {
        "user": "owner",
        "name": "Owner",
        "roles": ["admin", "lawyer", "paralegal"],
        "owner": True,
        "disabled": False,
        "person_id": "",
    }


def test_somebody_is_invited_changed_reset_disabled_and_enabled(say: Say, run: Run) -> None:
    invited = say(
        "users", "invite", "ada@firm.example", "Ada", "--role", "lawyer", "--role", "admin"
    )
    assert invited["roles"] == ["admin", "lawyer"]
    assert str(invited["link"]).startswith("http://localhost:8501/invitation?token=")
    assert invited["expires"]
    assert say("users", "roles", "ADA@firm.example", "paralegal")["roles"] == ["paralegal"]
    assert say("users", "roles", "ada@firm.example")["roles"] == []
    reset = say("users", "reset", "ada@firm.example")
    assert reset["link"] != invited["link"]
    assert say("users", "disable", "ada@firm.example")["disabled"] is True
    assert failure(run("users", "reset", "ada@firm.example", "--json")) == (2, "usage")
    assert say("users", "enable", "ada@firm.example")["disabled"] is False
    assert say("users", "sessions", "ada@firm.example", "--end") == {"sessions": []}


def test_what_cannot_be_is_said_with_its_code(run: Run) -> None:
    for words, expected in (
        (("users", "reset", "nobody"), (1, "no_such_person")),
        (("users", "disable", "owner"), (1, "not_allowed")),
        (("users", "roles", "owner", "lawyer"), (1, "not_allowed")),
        (("users", "invite", "owner", "Another"), (2, "usage")),
        (("users", "invite", "two words", "Another"), (2, "usage")),
        (("users", "list", "--as", "nobody"), (1, "not_signed_in")),
    ):
        assert failure(run(*words, "--json")) == expected, words
    assert run("users", "roles", "owner", "emperor").exit_code == 2


def test_as_acts_as_that_person_wherever_it_stands(say: Say, run: Run) -> None:
    say("users", "invite", "ada", "Ada", "--role", "paralegal")
    for words in (("users", "list", "--as", "ada"), ("--as", "ada", "users", "list")):
        assert failure(run(*words, "--json")) == (1, "not_allowed")
    assert say("cite", "556 U.S. 418", "--as", "ada")["citations"]
    assert say("--as", "ada", "users", "list", "--as", "owner")["users"], "the nearer one holds"
    say("users", "disable", "ada")
    assert failure(run("cite", "556 U.S. 418", "--as", "ada", "--json")) == (1, "not_signed_in")


def test_every_command_says_who_may_act() -> None:
    from typer.main import get_command

    def leaves(command: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            return [path]
        return [leaf for name, child in inner.items() for leaf in leaves(child, (*path, name))]

    for path in leaves(get_command(cli), ()):
        assert "--as" in CliRunner().invoke(cli, [*path, "--help"]).stdout, path


def test_a_person_reads_what_a_program_is_told(run: Run) -> None:
    shown = run("users", "invite", "ada", "Ada [bold]Lovelace[/bold]", "--role", "lawyer").stdout
    assert "works once" in shown
    assert "/invitation?token=" in shown
    listed = run("users", "list").stdout
    assert "Ada [bold]Lovelace[/bold]" in listed, "what a person is called is no markup"
    assert run("users", "sessions", "ada").stdout == "Signed in nowhere.\n"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "onpoint.example"])  # noqa: S104
def test_a_library_open_to_anybody_is_refused_before_it_is_served(run: Run, host: str) -> None:
    refused = run("run", "--host", host, "--sign-in", "owner")
    assert refused.exit_code == 2
    assert "--sign-in password" in " ".join(refused.stderr.split())


def test_a11_the_real_first_start_prints_the_link_that_sets_it_up(
    database_url: str, tmp_path: Path
) -> None:
    environment = {"DATABASE_URL": database_url, "ONPOINT_ENCODER": "/nowhere"}
    with served(tmp_path, "--sign-in", "password", ready=False, **environment) as serving:
        link = f"http://localhost:{serving.port}/set-up?token="
        deadline = time.monotonic() + 60
        while link not in serving.said() and time.monotonic() < deadline:
            time.sleep(0.2)
        (printed,) = [line.strip() for line in serving.said().splitlines() if link in line]
        with httpx.Client(base_url=f"http://localhost:{serving.port}") as browser:
            page = browser.get(printed)
            hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
            typed = {"login": "ada@firm.example", "name": "Ada", "password": GOOD}
            done = browser.post("/set-up", data={**hidden, **typed})
            assert (done.status_code, done.headers["location"]) == (303, "/")
            assert browser.get(printed).status_code == 410
            assert "onpoint_session" in browser.cookies
            token = browser.cookies["onpoint_session"]
        assert token not in serving.said()
