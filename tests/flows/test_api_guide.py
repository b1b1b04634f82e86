"""docs/api.md is true: its examples are run as they stand, its tables are what the code says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.programs.openapi import REFUSALS, described
from core.programs.tools import TOOLS
from core.search.encoder import Encoder
from tests.api_server import Api, api_on
from tests.db.office import open_office
from tests.fix_db import TestServer

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
# A command, and what the guide says that it prints.
EXAMPLES = re.findall(r"```\n(curl .*?)```\n+```(?:json)?\n(.*?)```", GUIDE, re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    api: Api
    token: str
    # What a command's environment says.
    around: dict[str, str]


@pytest.fixture
def asked(demo_url: str, server: TestServer, encoder: Encoder, tmp_path: Path) -> Iterator[Asked]:
    office = open_office(demo_url, server.as_admin(demo_url), tmp_path, encoder=encoder)
    with closing(office.app), api_on(lambda: office.app) as api:
        office.hire("ada@firm.example", "lawyer")
        yield Asked(
            api=api,
            token=office.app.tokens.make("The guide's").secret,
            around={"DATABASE_URL": demo_url, "ONPOINT_HOME": str(tmp_path)},
        )


@pytest.mark.parametrize(("command", "expected"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_does_what_the_guide_says(asked: Asked, command: str, expected: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    written = command.replace("https://onpoint.example", asked.api.address)
    assert written != command
    done = subprocess.run(
        ["sh", "-c", written],
        env=os.environ | {"ONPOINT_TOKEN": asked.token},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    if expected.startswith("event:"):
        assert expected.partition("…")[0].rstrip(" ,") in done.stdout
    else:
        assert unlike(json.loads(expected), json.loads(done.stdout)) == ""


def unlike(expected: object, told: object, at: str = "") -> str:
    """Say where an answer is not as described; "…" stands for anything, "…" of a key for more."""
    if expected == "…":
        return ""
    if isinstance(expected, dict) and isinstance(told, dict):
        fields = set(expected) - {"…"}
        if fields - set(told) or ("…" not in expected and set(told) - fields):
            return f"{at}: {sorted(fields ^ set(told))}"
        pairs = [(expected[name], told[name], f"{at}.{name}") for name in sorted(fields)]
    elif isinstance(expected, list) and isinstance(told, list) and len(told) >= len(expected):
        pairs = [(one, told[n], f"{at}[{n}]") for n, one in enumerate(expected)]
    else:
        return "" if expected == told else f"{at}: {told!r}, not {expected!r}"
    return next(filter(None, (unlike(*pair) for pair in pairs)), "")


def test_there_are_examples_of_every_address() -> None:
    addresses = {
        re.search(r"/api/v1/(\w+)", command)[1]  # type: ignore[index]
        for command, _ in EXAMPLES
    }
    assert addresses == {"search", "cite", "ask"}
    assert len(EXAMPLES) == 4


def test_the_program_with_langchain_runs_and_its_documents_have_what_the_guide_lists(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    for name, value in asked.around.items():
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {}
    exec(compile(program, "docs/api.md", "exec"), names)  # noqa: S102  the guide's own words
    assert "Brandreth v. Oxlip Foods, LLC, 179 Merr. 2d 77, 79" in capsys.readouterr().out
    listed = re.findall(r"^\| (`.*?) \|", section("## LangChain"), re.MULTILINE)
    keys = {key for row in listed for key in re.findall(r"`(\w+)`", row)}
    assert keys == {*names["document"].metadata, "treatment"}


def section(title: str) -> str:
    return re.split(r"\n##+ ", GUIDE.split(f"{title}\n", 1)[1], maxsplit=1)[0]


@pytest.mark.parametrize("name", ["search", "ask"])
def test_the_guide_has_every_field_of_a_request_and_no_other(name: str) -> None:
    rows = re.findall(r"^\| (`.*?) \|", section(f"### `POST /api/v1/{name}`"), re.MULTILINE)
    fields = [field for row in rows for field in re.findall(r"`(\w+)`", row)]
    schemas = described()["components"]["schemas"]  # type: ignore[index]
    known = schemas[f"{name.title()}Request"]["properties"]
    assert sorted(fields) == sorted(known)


def test_the_guide_has_every_refusal_and_no_other() -> None:
    statuses = re.findall(r"^\| (\d{3}) \|", section("## Refusals"), re.MULTILINE)
    # Two come from what stands before every address of the server.
    assert sorted(map(int, statuses)) == sorted({*REFUSALS, 414})


def test_the_guide_has_every_tool_of_an_assistant_and_no_other() -> None:
    named = re.findall(r"^\| `(\w+)` \|", section("## Assistants (MCP)"), re.MULTILINE)
    assert named == [tool.name for tool in TOOLS]


def test_what_the_guide_shows_for_an_assistants_settings_is_json() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", section("## Assistants (MCP)"), re.DOTALL)
    (pointed,) = json.loads(shown)["mcpServers"].values()
    assert pointed["args"][2:] == ["mcp", "--as", "ada@firm.example"]
