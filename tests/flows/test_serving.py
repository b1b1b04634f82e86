"""The server as it stands on the network: what it answers, what it refuses, what it says of itself.

The app runs as `onpoint run` starts it, in a process of its own.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from core.library import cluster, embedded
from core.settings import Settings
from pages.parts.guard import LONGEST_ADDRESS, allowed_names
from streamlit_app import MESSAGE_LIMIT
from tests.db.homes import new_home
from tests.fix_db import TestServer, made
from tests.serving import ROOT, Served, drawn, rerun, served, wait_for, window

INSIDE = ("postgresql://", "Traceback", "127.0.0.1", "onpoint", 'File "', "password")


@pytest.fixture(scope="module")
def app(
    server: TestServer, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The app on an empty library, for its local owner."""
    with (
        made(server, template) as url,
        served(tmp_path_factory.mktemp("home"), DATABASE_URL=url) as serving,
    ):
        yield serving


def _alive(app: Served) -> bool:
    return httpx.get(f"{app.address}/healthz").text == "ok" and app.process.poll() is None


# --- I11: alive, and ready ---


def test_i11_alive_and_ready_are_told_apart_and_nothing_else_is_told(app: Served) -> None:
    alive = httpx.get(f"{app.address}/healthz")
    assert (alive.status_code, alive.text) == (200, "ok")
    ready = httpx.get(f"{app.address}/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"ready": True, "database": True, "encoder": True, "disk": True}
    assert ready.headers["cache-control"] == "no-store"


def test_i11_streamlits_figures_and_doors_for_programs_are_closed(app: Served) -> None:
    for path in ("metrics", "script-health-check", "agent/mcp", "agent/openapi.json"):
        answer = httpx.get(f"{app.address}/_stcore/{path}")
        assert answer.status_code == 404, path
        assert answer.text == "Not found."


@pytest.mark.slow
def test_i11_a_database_that_goes_away_makes_it_unready_but_alive_until_it_is_back(
    tmp_path: Path,
) -> None:
    with new_home() as home, embedded.start(home) as database:
        settings = {"DATABASE_URL": database.url, "ONPOINT_OWNER_URL": database.owner_url}
        with served(tmp_path, **settings) as app:
            database._closing.set()  # nobody starts it again by himself
            cluster.end(database.place)
            gone = wait_for(app, "/readyz", status=503)
            assert gone.json()["ready"] is False
            assert not gone.json().get("database")
            assert not any(inside in gone.text for inside in INSIDE)
            assert _alive(app)
            with embedded.start(home):
                assert wait_for(app, "/readyz").json()["database"] is True


@pytest.mark.slow
def test_i11_without_a_database_at_the_start_the_app_says_so_and_does_not_pretend(
    tmp_path: Path,
) -> None:
    nowhere = "postgresql://onpoint:secret-word@127.0.0.1:9/onpoint"
    command = [sys.executable, "-m", "core.cli", "run", "--home", str(tmp_path)]
    ended = subprocess.run(
        command, env=_environment(nowhere), cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 1
    assert "does not answer" in ended.stderr
    assert "secret-word" not in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr


def _environment(url: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}


def test_i10_no_address_and_nothing_that_was_looked_for_is_written_to_the_log(app: Served) -> None:
    for path in ("/?q=canary-words", "/invitation?token=canary-token", "/nowhere/canary"):
        httpx.get(app.address + path)
    with window(app, query="q=canary-words") as own:
        drawn(own)
    assert "canary" not in app.said()
    assert "GET" not in app.said()


# --- I12: rules for browsers ---


@pytest.mark.parametrize(
    "path",
    ["/", "/case?case=1", "/healthz", "/readyz", "/citation", "/_stcore/health", "/nowhere.js"],
)
def test_i12_every_answer_carries_the_rules_for_browsers(app: Served, path: str) -> None:
    headers = httpx.get(app.address + path).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'self'" in policy
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers or "/" not in headers["server"]


def test_i12_behind_tls_browsers_are_told_to_come_by_tls_only(app: Served) -> None:
    plain = httpx.get(f"{app.address}/healthz")
    assert "strict-transport-security" not in plain.headers
    behind = httpx.get(f"{app.address}/healthz", headers={"X-Forwarded-Proto": "https"})
    assert behind.headers["strict-transport-security"].startswith("max-age=31536000")


# --- names and origins ---


@pytest.mark.parametrize(
    ("given", "names"),
    [
        # this computer only: a stranger's name pointed at it is refused
        ({}, {"localhost", "127.0.0.1", "::1"}),
        # behind a proxy on the same computer
        (
            {"address": "https://Onpoint.Example/"},
            {"localhost", "127.0.0.1", "::1", "onpoint.example"},
        ),
        (
            {"host": "0.0.0.0", "allowed_hosts": "a.example, B.example"},  # noqa: S104
            {"localhost", "127.0.0.1", "::1", "a.example", "b.example"},
        ),
        # listening to all and told nothing: to any name; people sign in there
        ({"host": "0.0.0.0"}, None),  # noqa: S104
        ({"host": "192.0.2.7"}, None),
        ({"host": "::1"}, {"localhost", "127.0.0.1", "::1"}),
    ],
)
def test_a12_the_names_that_are_answered_to(given: dict[str, str], names: set[str] | None) -> None:
    assert allowed_names(Settings(**given)) == names  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "[", "", "a@127.0.0.1.x"],
)
def test_a12_a_name_that_is_not_ours_is_refused(app: Served, host: str) -> None:
    with socket.create_connection(("127.0.0.1", app.port), timeout=10) as plain:
        plain.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert plain.recv(12) == b"HTTP/1.1 400"


def test_a12_watchers_may_call_by_any_name(app: Served) -> None:
    for path in ("/healthz", "/readyz"):
        answer = httpx.get(app.address + path, headers={"Host": "10.0.0.7"})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
def test_a12_a_window_opened_from_another_site_is_refused(
    app: Served, headers: dict[str, str]
) -> None:
    with pytest.raises(InvalidStatus, match="HTTP 40[03]"), window(app, headers=headers):
        pass


def test_a12_a_window_of_our_own_is_opened(app: Served) -> None:
    with window(app) as own:
        assert "Welcome to Onpoint" in drawn(own)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a12_what_changes_something_is_not_taken_from_another_site(
    app: Served, headers: dict[str, str], status: int
) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = httpx.request(method, f"{app.address}/sign-out", headers=headers)
        assert answer.status_code == status


# --- I04: more than is right ---


def test_i04_an_address_too_long_is_refused_and_the_server_stays_up(app: Served) -> None:
    assert httpx.get(f"{app.address}/?q={'a' * LONGEST_ADDRESS}").status_code == 414
    # Longer than the server reads at all: it hangs up, or says that this is too much.
    with socket.create_connection(("127.0.0.1", app.port), timeout=30) as plain:
        try:
            plain.sendall(b"GET /?q=" + b"a" * 5_000_000 + b" HTTP/1.1\r\n\r\n")
            said = plain.recv(12)
        except OSError:
            said = b""
    assert said in {b"", b"HTTP/1.1 400", b"HTTP/1.1 414", b"HTTP/1.1 431"}
    assert _alive(app)


def test_i04_a_message_too_large_closes_that_window_and_no_other(app: Served) -> None:
    with window(app) as other:
        drawn(other)
        with window(app) as one, pytest.raises(ConnectionClosed) as closed:
            one.send(b"\0" * (MESSAGE_LIMIT + 1))
            while True:  # what was drawn before comes first
                one.recv(timeout=30)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
        assert _alive(app)
        rerun(other)
        assert "Welcome" in drawn(other)


@pytest.mark.parametrize("frame", [b"\xff" * 1000, b"", "words where bytes belong"])
def test_i04_a_message_of_rubbish_closes_that_window_at_most(
    app: Served, frame: bytes | str
) -> None:
    with window(app) as one:
        drawn(one)
        one.send(frame)
    assert _alive(app)
    with window(app) as another:
        assert "Welcome" in drawn(another)
    assert "Traceback" not in httpx.get(f"{app.address}/").text


def test_i04_the_state_of_widgets_is_refused_where_it_is_too_much(app: Served) -> None:
    from streamlit.proto.BackMsg_pb2 import BackMsg

    message = BackMsg()
    for n in range(2_000):
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = f"made-up-{n}", "x" * 2_500
    with (
        connect(
            app.stream,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=app.address,  # type: ignore[arg-type]
            max_size=None,
        ) as one,
        pytest.raises(ConnectionClosed),
    ):
        one.send(message.SerializeToString())
        drawn(one)
    assert _alive(app)


# --- I05: windows come and go ---

CYCLES = """
import gc, json, threading, time, tracemalloc
import streamlit as st
import uvicorn
from streamlit.runtime import get_instance
from streamlit import config
import streamlit_app
from pages.parts.app import open_app
from serving import Served, drawn, free_port, window
from pathlib import Path

config.set_option("server.disconnectedSessionTTL", 2)
port = free_port()
server = uvicorn.Server(
    uvicorn.Config(streamlit_app.app, host="127.0.0.1", port=port, ws="websockets-sansio",
                   ws_max_size=streamlit_app.MESSAGE_LIMIT, log_level="error")
)
threading.Thread(target=server.run, daemon=True).start()
while not server.started:
    time.sleep(0.05)
serving = Served(port=port, process=None, log=Path("none"))
runtime = get_instance()

def visit(times):
    for _ in range(times):
        with window(serving, query="q=a+stay+pending+appeal") as one:
            drawn(one)
            for session in runtime._session_mgr.list_sessions():
                upload(session.session.id)

def upload(session_id):
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec
    name, data = str(time.monotonic()), b"x" * 500_000
    record = UploadedFileRec(file_id=name, name=name, type="text/plain", data=data)
    runtime.uploaded_file_mgr.add_file(session_id, record)

def settle():
    time.sleep(4)
    with window(serving) as one:  # the next to come sweeps up after those who went
        drawn(one)
    time.sleep(4)
    gc.collect()
    return {
        "memory": tracemalloc.get_traced_memory()[0],
        "sessions": len(runtime._session_mgr.list_sessions()),
        "kept": sum(map(len, runtime.uploaded_file_mgr.file_storage.values())),
    }

open_app().warm_up()
tracemalloc.start()
visit(15)
before = settle()
visit(50)
after = settle()
print(json.dumps([before, after]))
server.should_exit = True
"""


@pytest.mark.slow
def test_i05_fifty_windows_that_come_and_go_leave_nothing_behind(
    database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "cycles.py").write_text(CYCLES, encoding="utf-8")
    environment = _environment(database_url) | {"ONPOINT_HOME": str(tmp_path)}
    environment["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "cycles.py")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert ended.returncode == 0, ended.stderr
    before, after = json.loads(ended.stdout.splitlines()[-1])
    assert after["sessions"] <= 1
    assert after["kept"] <= 1
    # Half a megabyte was uploaded in each, 25 in all; some megabytes are caches that fill once.
    assert after["memory"] - before["memory"] < 12_000_000, (before, after)
