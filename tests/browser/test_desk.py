"""The filings desk in a real browser, as a paralegal goes through a morning's post.

One server and one window for all of it, in order: forty files dropped and watched, two fields
corrected, one warned filing released, a passage opened on its page, a version replaced, one
removed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import browser_on, choose, rest, shoot
from tests.browser.mixed_files import HIDDEN, PASSAGE, PASSWORD, forty_files
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

BUSY = re.compile(r"Working\s+[1-9]")
IDLE = re.compile(r"Working\s+0")


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files that came this morning."""
    return forty_files(tmp_path_factory.mktemp("post"))


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A window on a fresh Onpoint with one matter, whose filings are looked at before release."""
    with (
        served(tmp_path_factory.mktemp("home"), "--demo") as server,
        browser_on(chromium, server) as browser,
    ):
        window = browser.new_page()
        _open_matter(window)
        yield window


def test_forty_files_are_dropped_at_once_and_each_is_searchable_or_says_what_it_needs(
    page: Page, post: list[Path]
) -> None:
    page.goto("/filings")
    page.get_by_text("Nothing lies on this desk yet").wait_for()
    shoot(page, "d1-empty")
    page.locator(".drop input[type=file]").set_input_files(post)
    page.locator(".drop-said", has_text="40 files accepted").wait_for()
    heaps = page.locator(".heaps")
    heaps.filter(has_text=BUSY).wait_for()
    shoot(page, "d2-working")
    heaps.filter(has_text=IDLE).wait_for()
    shoot(page, "d3-settled", laptop=(1440, 900), tablet=(1024, 768))

    # Three came in the archive and one in the message.
    assert _heap(page, "Everything") == 44
    assert _state(page, "Sealed exhibit.pdf") == "△ needs its password"
    assert _state(page, "Redacted letter.pdf") == "△ needs release"
    assert _state(page, "Not a paper.bin") == "✕ cannot be read"
    assert _state(page, "Motion 7.pdf") == "✓ searchable"
    assert re.search(r"searchable \d+ s later", _row(page, "Motion 7.pdf").inner_text())
    assert _heap(page, "Searchable") >= 38


def test_c08_a_password_opens_a_file_once(page: Page) -> None:
    sealed = _row(page, "Sealed exhibit.pdf")
    sealed.locator("input[type=password]").fill(PASSWORD)
    sealed.get_by_role("button", name="Open it").click()
    _row(page, "Sealed exhibit.pdf").locator(".state", has_text="✓ searchable").wait_for()


def test_two_fields_are_corrected_and_who_said_so_stands_beside_them(page: Page) -> None:
    page.goto("/filings?show=searchable")
    page.locator(".st-key-name input").fill("brief")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Motion 7.pdf").wait_for(state="detached")
    page.get_by_role("link", name="Brief.pdf", exact=True).click()
    page.locator(".sheet img").wait_for()
    page.get_by_text(re.compile("answerable .+ later")).wait_for()
    _say(page, "judge", "Marlow")
    _say(page, "docket_number", "1:20-cv-00043")
    for field, said in (("judge", "Marlow"), ("docket_number", "1:20-cv-00043")):
        fact = page.locator(f".st-key-fact_{field}")
        fact.get_by_text(said).wait_for()
        assert "✓ Owner" in fact.inner_text()
    shoot(page, "d4-described")


def test_a_warned_filing_is_looked_at_and_released(page: Page) -> None:
    page.goto("/filings?show=needs")
    _row(page, "Redacted letter.pdf").get_by_role("link", name="See what was found").click()
    found = page.locator(".found", has_text="Redaction that hides nothing")
    found.get_by_role("link", name="page 1").first.click()
    page.locator(".sheet .lit").first.wait_for()
    _drawn(page)
    shoot(page, "d5-found")
    assert "Redacted letter.pdf" not in _hits(page.context.new_page(), HIDDEN)
    page.get_by_role("button", name="I have looked: release it").click()
    page.locator(".filing-state", has_text="✓ searchable").wait_for()
    assert "Redacted letter.pdf" in _hits(page.context.new_page(), HIDDEN)


def test_a_passage_that_was_searched_for_is_marked_on_the_picture_of_its_page(page: Page) -> None:
    page.goto(f"/?q={PASSAGE}")
    page.locator(".from-matters .hit p a").first.click()
    page.locator(".sheet .lit").first.wait_for()
    _drawn(page)
    shoot(page, "d6-passage", laptop=(1440, 900), wide=(2560, 1300))
    marked = page.locator(".sheet .lit").first.bounding_box()
    sheet = page.locator(".sheet").bounding_box()
    assert marked
    assert sheet
    assert sheet["y"] < marked["y"] < sheet["y"] + sheet["height"]
    # It is in the window without a turn of the wheel.
    assert 0 <= marked["y"] <= 900


def test_c20_a_file_is_given_back_to_be_kept_and_never_to_be_opened_here(page: Page) -> None:
    with page.expect_download() as started:
        page.get_by_role("link", name="the file as it came").click()
    assert started.value.suggested_filename.startswith("Brief")
    address = page.get_by_role("link", name="the file as it came").get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/octet-stream"


def test_a_new_version_takes_the_place_of_the_old_one_which_is_read_still(page: Page) -> None:
    page.goto("/filings?show=searchable")
    page.get_by_role("link", name="Brief, revised.pdf").click()
    page.get_by_text("of its words are those of").first.wait_for()
    choose(page, "This is the new version of", "Brief.pdf")
    page.get_by_role("button", name="It takes its place").click()
    page.get_by_text("is found by no search any more").wait_for()
    shoot(page, "d7-versions")
    hits = _hits(page.context.new_page(), PASSAGE)
    assert "Brief, revised.pdf" in hits
    assert "Brief.pdf" not in hits
    page.locator(".versions a", has_text=re.compile(r"^Brief\.pdf$")).click()
    page.get_by_text("replaced, still to be read").wait_for()
    page.locator(".sheet img").wait_for()
    page.goto("/filings?show=searchable&name=brief.pdf")
    assert _state(page, "Brief.pdf") == "○ replaced"


def test_a_filing_is_removed_for_good_and_a_receipt_says_what_went_with_it(page: Page) -> None:
    page.goto("/filings?show=searchable")
    page.get_by_role("link", name="Motion 3.pdf").click()
    page.get_by_text("Remove this filing").click()
    page.get_by_role("button", name="Remove for good").click()
    receipt = page.locator(".said", has_text="Removed for good")
    receipt.wait_for()
    assert re.search(r"1 filing, \d+ passages?, 1 file \(\d+ (KB|bytes)\)", receipt.inner_text())
    shoot(page, "d8-receipt")
    assert page.get_by_role("link", name="Motion 3.pdf").count() == 0


def test_c20_nobody_else_is_given_a_file_or_a_page(page: Page, chromium: Browser) -> None:
    page.goto("/filings?show=searchable")
    page.get_by_role("link", name="Motion 4.pdf").click()
    page.locator(".sheet img").wait_for()
    source = str(page.locator(".sheet img").get_attribute("src"))
    elsewhere = chromium.new_context(
        base_url=page.url.split("/filings")[0], extra_http_headers={"Origin": "http://evil.example"}
    )
    stranger = elsewhere.request.get(source)
    assert stranger.status in {401, 403}
    sent = elsewhere.request.post("/filing/upload?matter=00000000-0000-0000-0000-000000000000")
    assert sent.status == 403
    elsewhere.close()


def _open_matter(page: Page) -> None:
    page.goto("/matters")
    page.get_by_label("Client-matter number").fill("0042-0007")
    page.get_by_label("Name", exact=True).fill("Harbor Ferry")
    page.get_by_role("button", name="Open the matter").click()
    page.get_by_role("link", name="Harbor Ferry").click()
    page.get_by_role("tab", name="Rules").click()
    page.get_by_text("Filings are looked at before").click()
    page.get_by_text("can be searched: yes").wait_for()


def _heap(page: Page, name: str) -> int:
    words = page.locator(".heaps a", has_text=name).inner_text()
    return int(words.split()[-1].replace(",", ""))


def _row(page: Page, name: str) -> Locator:
    """Where a file stands on the desk: among what needs somebody, or in a table."""
    needing = page.locator("[class*=st-key-needs_]", has_text=name)
    return needing.or_(page.locator("table.desk tr", has_text=name)).first


def _state(page: Page, name: str) -> str:
    _row(page, name).locator(".state").wait_for()
    return _row(page, name).locator(".state").inner_text()


def _say(page: Page, field: str, value: str) -> None:
    """Say what one thing of a filing is, wherever it stands: asked, found, or not found."""
    fact = page.locator(f".st-key-fact_{field}")
    if not fact.is_visible():
        page.locator(".st-key-facts_missing summary").click()
        fact.wait_for()
    button = page.locator(f".st-key-correct_{field} button").first
    if button.is_visible():
        button.click()
    page.locator(f".st-key-value_{field} input").fill(value)
    page.locator(f".st-key-confirm_{field} button").click()
    page.locator(".said", has_text="kept as you say").wait_for()


def _hits(window: Page, words: str) -> list[str]:
    """Return the filings that a search finds."""
    window.goto(f"/?q={words}")
    window.locator(".under").wait_for()
    rest(window)
    names = window.locator(".from-matters h3").all_text_contents()
    window.close()
    return names


def _drawn(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('.sheet img').naturalWidth > 0")
