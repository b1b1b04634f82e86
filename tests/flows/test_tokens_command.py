"""`onpoint tokens …` over the real database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from core.app import Onpoint
from core.cli import cli
from core.errors import NotSignedIn
from core.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))
    return lambda *words: CliRunner().invoke(cli, words)


def told(result: Result, status: int = 0) -> dict[str, object]:
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def test_a_token_is_made_listed_without_its_secret_and_revoked(run: Run) -> None:
    told(run("users", "invite", "ada", "Ada", "--role", "lawyer", "--json"))
    made = told(
        run(
            *("tokens", "make", "Brief bank", "--for", "search", "--for", "cite"),
            *("--days", "9", "--as", "ada", "--json"),
        )
    )
    secret = str(made.pop("token"))
    assert secret.startswith("onp_")
    assert (made["name"], made["for"], made["used_at"]) == ("Brief bank", ["cite", "search"], None)

    assert told(run("tokens", "list", "--as", "ada", "--json")) == {"tokens": [made]}
    assert told(run("tokens", "list", "--json")) == {"tokens": []}
    assert told(run("tokens", "list", "--user", "ada", "--json")) == {"tokens": [made]}
    refused = run("tokens", "list", "--user", "owner", "--as", "ada", "--json")
    assert told(refused, 1)["error"]["code"] == "not_allowed"  # type: ignore[index]

    with Onpoint.open(Settings()) as app:
        assert app.acting_by(secret).who.person().login == "ada"
        gone = told(run("tokens", "revoke", "Brief bank", "--user", "ada", "--json"))
        assert gone == {"revoked": made["token_id"]}
        with pytest.raises(NotSignedIn):
            app.acting_by(secret)
    again = run("tokens", "revoke", "Brief bank", "--as", "ada", "--json")
    assert told(again, 2)["error"]["code"] == "usage"  # type: ignore[index]


def test_in_a_terminal_the_secret_alone_goes_to_standard_output(run: Run) -> None:
    made = run("tokens", "make", "Brief [bold]bank[/bold]")
    assert made.stdout.startswith("onp_")
    assert len(made.stdout.split()) == 1
    assert "shown this once" in made.stderr
    listed = run("tokens", "list").stdout
    assert "Brief [bold]bank[/bold]" in listed, "what a program is called is no markup"
    assert "never" in listed
    assert run("tokens", "revoke", "Brief [bold]bank[/bold]").exit_code == 0
    assert run("tokens", "list").stdout == "No tokens.\n"
