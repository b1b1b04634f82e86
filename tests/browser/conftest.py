"""A real browser, and the screens it looks at taken light and dark."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from re import Pattern

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.serving import Served

SHOTS = Path(__file__).parent / "shots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Milliseconds for a step in the browser, on a busy machine.
STEP = 300_000
# How often a list is opened that a redraw closed.
TRIES = 20
LAPTOP = (1440, 900)

# Whose windows are open, so that a failure can tell what they showed.
_open: dict[BrowserContext, Served] = {}


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
def browser_on(
    chromium: Browser, server: Served, *, host: str = "127.0.0.1", permissions: tuple[str, ...] = ()
) -> Iterator[BrowserContext]:
    """Give somebody a browser of their own, which is at home on a server."""
    context = chromium.new_context(
        viewport={"width": LAPTOP[0], "height": LAPTOP[1]},
        base_url=f"http://{host}:{server.port}",
        permissions=list(permissions),
    )
    context.set_default_timeout(STEP)
    _open[context] = server
    try:
        yield context
    except Exception as error:
        error.add_note(_shown(context))
        raise
    finally:
        del _open[context]
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say with a failure what every open window showed, and what its server had said."""
    report = yield
    if report.failed:
        report.sections.extend(("Open windows", _shown(context)) for context in _open)
    return report


def _shown(context: BrowserContext) -> str:
    windows = [f"{page.url}\n{page.inner_text('body')[:2000]}" for page in context.pages]
    return "\n".join([*windows, "The server said:", _open[context].said()[-2000:]])


def rest(page: Page) -> None:
    """Wait until the app's script has ended and nothing drawn is stale."""
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for()
    page.wait_for_function("() => !document.querySelector('.stSpinner, [data-stale=true]')")


def choose(page: Page, box: str | Locator, option: str | Pattern[str]) -> None:
    """Choose from a list; a redraw closes an open one, so it is opened until it was taken."""
    field = page.get_by_label(box).first if isinstance(box, str) else box
    offered = page.get_by_role("option", name=option, exact=isinstance(option, str))
    for _ in range(TRIES):
        rest(page)
        field.click()
        page.wait_for_timeout(1_000)
        if offered.is_visible():
            break
        page.keyboard.press("Escape")
    offered.click()


def shoot(page: Page, name: str, **sizes: tuple[int, int]) -> None:
    """Take the screen light and dark, on a laptop or in each of the sizes."""
    SHOTS.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, (width, height) in (sizes or {"laptop": LAPTOP}).items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(250)
            page.screenshot(path=SHOTS / f"{name}-{size}-{scheme}.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
