"""A real browser, and the screens it looks at taken light and dark."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SHOTS = Path(__file__).parent / "shots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Milliseconds for a step in the browser, on a busy machine.
STEP = 600_000
LAPTOP = (1440, 900)


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
