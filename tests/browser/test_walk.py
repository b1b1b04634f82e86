"""The whole way in a real browser: first start, demonstration library, search, case, ask, source.

Screenshots go to tests/browser/shots/, to be looked at as a lawyer would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.browser.conftest import browser_on, shoot
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

    from tests.serving import Served

pytestmark = pytest.mark.browser

SIZES = {"laptop": (1440, 900), "wide": (2560, 1300), "tablet": (1024, 768)}
QUESTION = "When may a court grant a preliminary injunction?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Start the real app in a fresh home."""
    with served(tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture
def page(chromium: Browser, server: Served) -> Iterator[Page]:
    """Open a window that fails the test for an error, or for a request to any other host."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the screen's own path first, and finds it above.
        probe = "/_stcore/" in (message.location or {}).get("url", "")
        if message.type == "error" and not probe:
            complaints.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((server.address, "data:", "blob:")):
            complaints.append(f"a request left this host: {request.url}")

    with browser_on(chromium, server, permissions=("clipboard-read", "clipboard-write")) as browser:
        window = browser.new_page()
        window.on("console", heard)
        window.on("pageerror", lambda error: complaints.append(str(error)))
        window.on("request", asked)
        yield window
    assert complaints == []


def test_the_whole_way_from_an_empty_library_to_the_source_of_an_answer(page: Page) -> None:
    page.goto("/")
    _see(page, "Welcome to Onpoint")
    shoot(page, "1-empty", **SIZES)

    page.get_by_role("button", name="Load the demonstration library").click()
    _see(page, re.compile(r"\d+ cases imported"))
    page.get_by_role("button", name="Done").click()
    _see(page, "A docket number")
    page.wait_for_function("() => window.onpointListens === true")
    shoot(page, "2-search", **SIZES)

    page.keyboard.press("/")
    page.keyboard.type("preliminary injunction irreparable harm")
    page.keyboard.press("Enter")
    hit = page.locator(".hit").first
    hit.wait_for()
    assert "q=preliminary" in page.url
    assert hit.locator("mark").count() > 0
    assert "Why here:" in hit.inner_text()
    assert "invented" in hit.inner_text()
    shoot(page, "3-hits", **SIZES)

    name = hit.locator("h3 a").inner_text()
    hit.locator("p a").first.click()
    marked = page.locator(".reading mark").first
    marked.wait_for()
    assert page.locator(".reading h1").inner_text().startswith(name)
    _see_in_window(page, ".reading mark")
    shoot(page, "4-case", **SIZES)

    page.go_back()
    page.locator(".hit").first.wait_for()
    page.goto("/ask")
    page.locator(".st-key-q input").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".footline", has_text="library revision").wait_for()
    assert page.locator(".ans sup a").count() > 0
    shoot(page, "5-answer", **SIZES)

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


def test_g13_the_server_forbids_scripts_and_hosts_not_its_own(server: Served) -> None:
    policy = httpx.get(server.address).headers["content-security-policy"]
    script = policy.split("script-src")[1].split(";")[0]
    assert "'unsafe-inline'" not in script
    assert "'unsafe-eval'" not in script
    assert "http" not in policy


def _open_a_case(page: Page) -> None:
    page.goto("/?q=preliminary injunction irreparable harm")
    page.locator(".hit h3 a").first.click()
    page.locator(".reading mark").first.wait_for()
    # Whoever reads takes longer to select words than the page to listen.
    page.wait_for_function("() => window.onpointListens === true")


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
