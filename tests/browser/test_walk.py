"""The whole way in a real browser: first start, demonstration library, search, case, ask, source.

Screenshots go to tests/browser/shots/, to be looked at as a lawyer would.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SHOTS = Path(__file__).parent / "shots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Seconds for the server to come up on a busy machine, and milliseconds for a step in the browser.
START = 300
STEP = 600_000
SIZES = {"laptop": (1440, 900), "wide": (2560, 1300), "tablet": (1024, 768)}
QUESTION = "When may a court grant a preliminary injunction?"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here: install it by the system's package manager")
    assert found, "CI needs Chromium: install it by the system's package manager"
    with playwright.sync_playwright() as driver:
        # As root Chromium starts only without its sandbox; it sees nothing but this server.
        browser = driver.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the real app in a fresh home, as `onpoint run` does, and return where it answers."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = "from core.cli import main; main()"
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    log = (home / "log.txt").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-c", command, "run", "--port", str(port), "--home", str(home)],
        cwd=ROOT,
        env=environment | {"ONPOINT_HOME": str(home)},
        stdout=log,
        stderr=log,
    )
    try:
        _wait_for(server, f"http://127.0.0.1:{port}/healthz", home / "log.txt")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open a window that fails the test for an error, or for a request to any other host."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
        base_url=address,
    )
    context.set_default_timeout(STEP)
    window = context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the screen's own path first, and finds it above.
        probe = "/_stcore/" in (message.location or {}).get("url", "")
        if message.type == "error" and not probe:
            complaints.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            complaints.append(f"a request left this host: {request.url}")

    window.on("console", heard)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("request", asked)
    yield window
    context.close()
    assert complaints == []


def test_the_whole_way_from_an_empty_library_to_the_source_of_an_answer(page: Page) -> None:
    page.goto("/")
    _see(page, "Welcome to Onpoint")
    _shoot(page, "1-empty")

    page.get_by_role("button", name="Load the demonstration library").click()
    _see(page, re.compile(r"\d+ cases imported"))
    page.get_by_role("button", name="Done").click()
    _see(page, "A docket number")
    page.wait_for_function("() => window.onpointListens === true")
    _shoot(page, "2-search")

    page.keyboard.press("/")
    page.keyboard.type("preliminary injunction irreparable harm")
    page.keyboard.press("Enter")
    hit = page.locator(".hit").first
    hit.wait_for()
    assert "q=preliminary" in page.url
    assert hit.locator("mark").count() > 0
    assert "Why here:" in hit.inner_text()
    assert "invented" in hit.inner_text()
    _shoot(page, "3-hits")

    name = hit.locator("h3 a").inner_text()
    hit.locator("p a").first.click()
    marked = page.locator(".reading mark").first
    marked.wait_for()
    assert page.locator(".reading h1").inner_text().startswith(name)
    _see_in_window(page, ".reading mark")
    _shoot(page, "4-case")

    page.go_back()
    page.locator(".hit").first.wait_for()
    page.goto("/ask")
    page.locator(".st-key-q input").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".footline", has_text="library revision").wait_for()
    assert page.locator(".ans sup a").count() > 0
    _shoot(page, "5-answer")

    source = page.locator(".src a").first
    cited = source.locator("em").inner_text()
    source.click()
    page.locator(".reading mark").first.wait_for()
    assert page.locator(".reading h1").inner_text()[:4] == cited[:4]
    _see_in_window(page, ".reading mark")


def test_words_are_copied_with_their_page_in_bluebook_form(page: Page) -> None:
    _open_a_case(page)
    page.evaluate(
        """() => {
            const range = document.createRange();
            const paragraph = [...document.querySelectorAll('.op p')].find(
                (one) => one.querySelector('.page') && one.textContent.length < 600);
            range.selectNodeContents(paragraph);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.locator("#onpoint-copy").click()
    page.locator("#onpoint-said", has_text="Copied").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert re.search(r" v\. .+, \d+ \w.* \d+, \d+(–\d+)? \(.*\d{4}\)\.$", copied), copied


def test_a_link_to_a_page_opens_the_case_there_and_prints_without_the_frame(page: Page) -> None:
    _open_a_case(page)
    label = page.locator(".op a.page").last
    at = label.get_attribute("href")
    assert at
    page.goto(at)
    page.locator(".op a.page.here").wait_for()
    _see_in_window(page, ".op a.page.here")
    page.emulate_media(media="print")
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert not page.locator(".reading > .side").is_visible()
    assert page.locator(".op p").first.is_visible()


def test_i01_a_hostile_address_runs_nothing(page: Page) -> None:
    hostile = "<img src=x onerror=window.bad=1><script>window.bad=1</script>"
    for screen in ("/", "/ask"):
        page.goto(f"{screen}?q={hostile}")
        page.locator(".under, .ans").first.wait_for()
        assert page.evaluate("() => window.bad") is None


def test_g13_the_server_forbids_scripts_and_hosts_not_its_own(address: str) -> None:
    policy = httpx.get(address).headers["content-security-policy"]
    script = policy.split("script-src")[1].split(";")[0]
    assert "'unsafe-inline'" not in script
    assert "'unsafe-eval'" not in script
    assert "http" not in policy


def _open_a_case(page: Page) -> None:
    page.goto("/?q=preliminary injunction irreparable harm")
    page.locator(".hit h3 a").first.click()
    page.locator(".reading mark").first.wait_for()


def _see(page: Page, words: str | re.Pattern[str]) -> None:
    trouble = page.locator(".trouble")
    page.get_by_text(words).or_(trouble).first.wait_for()
    assert not trouble.is_visible(), trouble.inner_text()


def _see_in_window(page: Page, selector: str) -> None:
    page.wait_for_function(
        """(selector) => {
            const box = document.querySelector(selector).getBoundingClientRect();
            return box.top >= 0 && box.top < innerHeight;
        }""",
        arg=selector,
    )


def _shoot(page: Page, name: str) -> None:
    """Take the screen light and dark, on a laptop, a wide screen and a tablet."""
    SHOTS.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, (width, height) in SIZES.items():
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
