"""A real browser, and the real server it looks at, started as `onpoint run` does."""

from __future__ import annotations

import os
import shutil
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
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
SHOTS = Path(__file__).parent / "shots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ONPOINT = (sys.executable, "-c", "from core.cli import main; main()")
# Seconds for the server to come up on a busy machine, and milliseconds for a step in the browser.
START = 300
STEP = 600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A server that answers: where, its home, and what it has said on the console."""

    address: str
    home: Path
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here: install it by the system's package manager")
    assert found, "CI needs Chromium: install it by the system's package manager"
    with driver.sync_playwright() as started:
        # As root Chromium starts only without its sandbox; it sees nothing but this server.
        browser = started.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@contextmanager
def serving(home: Path, *options: str, **environment: str) -> Iterator[Serving]:
    """Start the real app in a home, as `onpoint run` does, and stop it in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    around = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    log = home / "log.txt"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*ONPOINT, "run", "--port", str(port), "--home", str(home), *options],
            cwd=ROOT,
            env=around | {"ONPOINT_HOME": str(home), "PYTHONUNBUFFERED": "1"} | environment,
            stdout=out,
            stderr=out,
        )
        try:
            _wait_for(server, f"http://127.0.0.1:{port}/healthz", log)
            yield Serving(address=f"http://127.0.0.1:{port}", home=home, log=log)
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def shoot(page: Page, name: str, sizes: dict[str, tuple[int, int]]) -> None:
    """Take the screen light and dark, in each of the sizes."""
    SHOTS.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, (width, height) in sizes.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(250)
            page.screenshot(path=SHOTS / f"{name}-{size}-{scheme}.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            if httpx.get(address, timeout=2).text == "ok":
                return
        except httpx.HTTPError:
            time.sleep(0.3)
    raise AssertionError(f"no answer in {START} s: {log.read_text(errors='replace')}")
