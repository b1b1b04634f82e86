"""The real app in a process of its own, and a window on it that speaks Streamlit's protocol."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

ROOT = Path(__file__).parents[1]
START_SECONDS = 300
ANSWER_SECONDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A process that serves: where it answers, and what it has said."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def stream(self) -> str:
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(home: Path, *options: str, ready: bool = True, **environment: str) -> Iterator[Served]:
    """Start the app as `onpoint run` does, wait until it is ready or alive, stop it in the end."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    log = home / f"log-{port}.txt"
    around = {"ONPOINT_HOME": str(home), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "core.cli", "run", "--port", str(port), *options]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | around | environment, stdout=out, stderr=out
        )
    serving = Served(port=port, process=process, log=log)
    try:
        wait_for(serving, "/readyz" if ready else "/healthz")
        yield serving
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(serving: Served, path: str, *, status: int = 200) -> httpx.Response:
    """Ask until an address answers with `status`; the log is shown where it does not in time."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and serving.process.poll() is None:
        try:
            answer = httpx.get(serving.address + path, timeout=10)
            if answer.status_code == status:
                return answer
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{path} never answered {status}:\n{serving.said()}")


@contextmanager
def window(
    serving: Served, page: str = "", *, query: str = "", headers: dict[str, str] | None = None
) -> Iterator[ClientConnection]:
    """Open a window as a browser does: a connection, and a first run of a screen."""
    given = {"Origin": serving.address} | (headers or {})
    origin = given.pop("Origin")
    with connect(
        serving.stream,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=origin,  # type: ignore[arg-type]
        additional_headers=given,
        max_size=None,
        open_timeout=30,
    ) as connection:
        rerun(connection, page, query=query)
        yield connection


def rerun(connection: ClientConnection, page: str = "", *, query: str = "") -> None:
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    connection.send(message.SerializeToString())


def drawn(connection: ClientConnection) -> str:
    """Return the markup of all that a run of the screen draws, up to its end."""
    parts: list[str] = []
    while True:
        data = connection.recv(timeout=ANSWER_SECONDS)
        assert isinstance(data, bytes)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "html":
                parts.append(element.html.body)
        elif kind == "script_finished":
            return "\n".join(part for part in parts if not part.startswith("<style>"))
