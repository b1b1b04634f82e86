"""The API in the app as `onpoint run` serves it: behind its sign-in, beside the screens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.fix_db import TestServer, made
from tests.serving import ROOT, Served, served


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    app: Served
    url: str
    home: Path

    def command(self, *words: str) -> dict[str, object]:
        around = {"DATABASE_URL": self.url, "ONPOINT_HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-m", "core.cli", *words, "--json"],
            env=os.environ | around,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def running(
    server: TestServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("home")
    with (
        made(server, demo_template) as url,
        served(home, "--sign-in", "password", DATABASE_URL=url) as app,
    ):
        yield Running(app=app, url=url, home=home)


@pytest.mark.slow
def test_a_program_is_told_what_the_command_line_prints_and_its_token_is_in_no_log(
    running: Running,
) -> None:
    made_token = running.command("tokens", "make", "Served")
    headers = {"authorization": f"Bearer {made_token['token']}"}
    with httpx.Client(base_url=f"{running.app.address}/api/v1", headers=headers) as client:
        told = {
            "search": client.post("/search", json={"query": "duty to warn of a hazard", "k": 3}),
            "cite": client.post("/cite", json={"text": "61 Merr. 2d 412"}),
            "ask": client.post("/ask", json={"question": "When has a shop notice of a hazard?"}),
        }
        for answer in told.values():
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "no-store"
            assert "set-cookie" not in answer.headers
        running.command("tokens", "revoke", "Served")
        assert client.post("/cite", json={"text": "x"}).status_code == 401
    printed = {
        "search": running.command("search", "duty to warn of a hazard", "-k", "3"),
        "cite": running.command("cite", "61 Merr. 2d 412"),
        "ask": running.command("ask", "When has a shop notice of a hazard?"),
    }
    for name, answer in told.items():
        differing = {"seconds", "trace_id"}
        assert {k: v for k, v in answer.json().items() if k not in differing} == {
            k: v for k, v in printed[name].items() if k not in differing
        }, name
    assert str(made_token["token"]) not in running.app.said()


@pytest.mark.slow
def test_where_people_sign_in_the_api_speaks_json_to_browsers_too(running: Running) -> None:
    html = {"accept": "text/html"}
    with httpx.Client(base_url=running.app.address, headers=html) as client:
        assert client.get("/").status_code == 303, "screens lead to the sign-in"
        for path, status in (("/api/v1/openapi.json", 200), ("/api/v1/ask", 405), ("/api/x", 404)):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (
                status,
                "application/json",
            )
        assert client.post("/api/v1/ask", json={"question": "x"}).status_code == 401


@pytest.mark.slow
def test_an_answer_streams_through_all_that_stands_before_it(running: Running) -> None:
    token = running.command("tokens", "make", "Streaming")["token"]
    headers = {
        "authorization": f"Bearer {token}",
        "accept": "text/event-stream",
        "accept-encoding": "gzip",
    }
    body = {"question": "When has a shop notice of a hazard?"}
    with httpx.Client(base_url=running.app.address, headers=headers) as client:
        answer = client.post("/api/v1/ask", json=body)
    assert "content-encoding" not in answer.headers, "what is packed is kept back until it is full"
    assert answer.text.rstrip().split("\n\n")[-1].startswith("event: answer\ndata: {")
