"""The filings desk as a paralegal has it who signed in.

One server and one window for all of it, in order: a folder dropped, work called off and taken up
again, an opinion published.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, ImageFont

from core.app import Onpoint
from core.ingest.parse import ocr
from core.model import Role, UploadState
from core.settings import Settings
from tests.browser.conftest import browser_on, choose, shoot
from tests.browser.mixed_files import BODY, paper
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from core.model import MatterId

pytestmark = pytest.mark.browser

PAT, PASSWORD = "pat@firm.example", "a ferry crosses the river at dawn"
SCANS = 24
# What is said of a picture of a page that was read, or that this machine has nothing to read with.
READ = {UploadState.SEARCHABLE: "✓ searchable", UploadState.NEEDS_OCR: "△ needs OCR"}
OPINION = (
    "SUPREME COURT OF THE UNITED STATES",
    "",
    "FERRY CO. v. RIVER BRIDGE CORP.",
    "No. 22-1. Argued October 4, 2023. Decided March 1, 2024.",
    "",
    "OPINION OF THE COURT",
    "JUSTICE MARLOW delivered the opinion of the Court.",
    "We hold that the owner of a ferry owes no duty to warn of a flood.",
    "The judgment is affirmed.",
)


class Office:
    """The firm as the test's own process has it, and the window of the one who signs in."""

    def __init__(self, app: Onpoint, page: Page, matter: MatterId) -> None:
        self.app = app
        self.page = page
        self.matter = matter

    def states(self) -> dict[str, UploadState]:
        return {one.name: one.state for one in self.app.filings.uploads(self.matter)}


@pytest.fixture(scope="module")
def office(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = tmp_path_factory.mktemp("home")
    with (
        served(home, "--demo", ONPOINT_SIGN_IN="password") as server,
        Onpoint.open(Settings(home=home)) as app,
        browser_on(chromium, server, host="localhost") as browser,
    ):
        invitation = app.people.invite(PAT, "Pat Ruiz", [Role.PARALEGAL])
        pat = app.accounts.accept(invitation.token, PASSWORD).person
        matter = app.matters.open("0042-0007", "Harbor Ferry").matter_id
        app.matters.add(matter, pat.person_id)
        page = browser.new_page()
        page.goto("/filings")
        page.get_by_label("Sign-in name").fill(PAT)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button").click()
        page.get_by_role("link", name="Pat Ruiz").wait_for()
        yield Office(app, page, matter)


def test_a_folder_that_is_dropped_is_taken_in_with_all_that_is_in_it(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "From the court"
    (folder / "2024" / "March").mkdir(parents=True)
    (folder / "Motion.pdf").write_bytes(paper(["MOTION FOR A STAY", *BODY]))
    (folder / "2024" / "Letter.txt").write_text("\n\n".join(BODY), encoding="utf-8")
    (folder / "2024" / "March" / "Slip opinion.pdf").write_bytes(paper(OPINION, BODY))
    page = office.page
    page.goto("/filings")
    page.get_by_text("Nothing lies on this desk yet").wait_for()
    with _dragged(page, folder):
        shoot(page, "e1-over")
    page.locator(".drop-said", has_text="3 files accepted").wait_for()
    page.locator(".heaps", has_text=re.compile(r"Working\s+0")).wait_for()
    _rows(page, "✓ searchable", 3)
    shoot(page, "e2-folder", laptop=(1440, 900), tablet=(1024, 768))
    assert set(office.states()) == {"Motion.pdf", "Letter.txt", "Slip opinion.pdf"}


def test_what_was_dropped_by_mistake_is_called_off_at_once_and_taken_up_again(
    office: Office, tmp_path: Path
) -> None:
    page = office.page
    page.locator(".drop input[type=file]").set_input_files(_scans(tmp_path))
    page.locator(".drop-said", has_text=f"{SCANS} files accepted").wait_for()
    button = page.get_by_role("button", name=re.compile(r"^Cancel these \d+$"))
    button.wait_for()
    shoot(page, "e3-working")
    button.click()
    page.locator(".said", has_text="cancelled. Nothing of them is searchable.").wait_for()
    page.locator(".heaps", has_text=re.compile(r"Working\s+0")).wait_for()
    shoot(page, "e4-cancelled")
    cancelled = sorted(
        name for name, state in office.states().items() if state is UploadState.CANCELLED
    )
    assert len(cancelled) > 1

    page.goto("/filings?show=aside")
    page.get_by_role("link", name=cancelled[0], exact=True).click()
    page.get_by_role("button", name="Take it up again").click()
    read = UploadState.SEARCHABLE if ocr.available() else UploadState.NEEDS_OCR
    page.locator(".filing-state", has_text=READ[read]).wait_for()
    shoot(page, "e5-taken-up")
    assert office.states()[cancelled[0]] is read


def test_an_opinion_is_put_on_the_public_shelf_by_whoever_confirmed_what_it_is(
    office: Office,
) -> None:
    page = office.page
    page.goto("/filings?show=searchable")
    page.get_by_role("link", name="Slip opinion.pdf").click()
    page.locator(".sheet img").wait_for()
    _says_that_it_is_an_opinion(page)
    page.locator(".st-key-publish summary").click()
    page.locator(".st-key-publish_name input").fill("Ferry Co. v. River Bridge Corp.")
    choose(page, page.locator(".st-key-publish_court input"), "Supreme Court of the United States")
    page.locator(".st-key-publish_citations input").fill("612 U.S. 999")
    page.locator(".st-key-publish_date input").fill("2024-03-01")
    page.locator(".st-key-publish_docket input").fill("22-1")
    shoot(page, "e6-publish")
    page.get_by_role("button", name="Confirm and publish").click()
    page.get_by_text("It is on the public shelf, and answerable.").wait_for()
    shoot(page, "e7-published")
    page.get_by_role("link", name="Read it on the public shelf").click()
    page.get_by_text("owes no duty to warn of a flood").first.wait_for()
    shoot(page, "e8-read")
    found = office.app.search("612 U.S. 999").hits
    assert found[0].case.case_name == "Ferry Co. v. River Bridge Corp."


def _says_that_it_is_an_opinion(page: Page) -> None:
    """Correct the kind, where the paper was not sure of it."""
    kind = page.locator(".st-key-fact_kind")
    kind.or_(page.locator(".st-key-facts_missing")).first.wait_for()
    if kind.is_visible() and "Opinion" in kind.inner_text():
        return
    if not kind.is_visible():
        page.locator(".st-key-facts_missing summary").click()
    page.locator(".st-key-correct_kind button").click()
    choose(page, page.locator(".st-key-value_kind input"), "Opinion")
    page.locator(".st-key-confirm_kind button").click()
    page.locator(".said", has_text="kept as you say").wait_for()


def _rows(page: Page, state: str, count: int) -> None:
    page.locator("table.desk tr", has_text=state).nth(count - 1).wait_for()


@contextmanager
def _dragged(page: Page, folder: Path) -> Iterator[None]:
    """Drag a folder over the page, and let it fall in the end."""
    browser = page.context.new_cdp_session(page)

    def send(kind: str) -> None:
        data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": 500, "y": 500, "data": data})

    send("dragEnter")
    send("dragOver")
    yield
    send("dragOver")
    send("drop")


def _scans(folder: Path) -> list[Path]:
    """Write pictures of pages, which take their time to be read."""
    paths = [folder / f"Scan {n:02}.png" for n in range(1, SCANS + 1)]
    for path in paths:
        sheet = Image.new("L", (1300, 1700), "white")
        draw = ImageDraw.Draw(sheet)
        for line, words in enumerate([path.stem, *BODY]):
            draw.text((120, 150 + 90 * line), words, fill=0, font=ImageFont.load_default(34))
        sheet.save(path)
    return paths
