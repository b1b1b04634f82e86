"""Asking as a lawyer does: follow up, stop, be put right, be told no, and leave with a Word file.

Screenshots, and the pages of the Word file as pictures, go to tests/browser/shots/.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest

from core.app import Onpoint
from core.settings import Settings
from tests.browser.conftest import SHOTS, browser_on, rest, shoot
from tests.scripted_models import scripted_models
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Image
    from playwright.sync_api import Browser, Page

    from tests.scripted_models import Wire

pytestmark = pytest.mark.browser

QUESTION = "Is continued employment enough consideration for a covenant?"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    app: Onpoint
    page: Page


@pytest.fixture(scope="module")
def asking(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """A lawyer's window, and the same library in our own hands."""
    home = tmp_path_factory.mktemp("home")
    with (
        served(home, "--demo") as server,
        Onpoint.open(Settings(home=home)) as app,
        browser_on(chromium, server) as browser,
    ):
        app.matters.open("0042-0007", "Harbor Ferry")
        yield Asking(app=app, page=browser.new_page())


@pytest.fixture
def wire(asking: Asking) -> Iterator[Wire]:
    """A language model of the firm's, for one test; afterwards there is none again."""
    firm = asking.app.firm
    with scripted_models() as heard:
        firm.set("answer_base_url", heard.url)
        yield heard
        firm.unset("answer_model")
        firm.unset("answer_base_url")


def _ask(page: Page, question: str) -> None:
    page.goto("/ask")
    page.locator(".st-key-q input").fill(question)
    page.keyboard.press("Enter")


def test_a_question_is_followed_up_and_a_source_opens_at_its_words(asking: Asking) -> None:
    page = asking.page
    _ask(page, QUESTION)
    page.locator(".footline", has_text="library revision").wait_for()
    shoot(page, "a1-answer")
    page.get_by_label("Ask a follow-up").fill("And if it was signed on the first day?")
    page.keyboard.press("Enter")
    page.locator("h2.asked", has_text="first day").wait_for()
    page.locator(".footline", has_text="library revision").wait_for()
    rest(page)
    assert page.locator(".earlier a").all_inner_texts() == [QUESTION]
    assert "Understood with what was asked before" in page.locator(".how-read").inner_text()
    shoot(page, "a2-follow-up")
    source = page.locator(".src a").first
    cited = source.locator("em").inner_text()
    source.click()
    page.locator(".reading mark").first.wait_for()
    assert page.locator(".reading h1").inner_text()[:4] == cited[:4]
    shoot(page, "a3-source")


def test_what_a_question_wrongly_takes_for_granted_is_put_right_first(asking: Asking) -> None:
    page = asking.page
    _ask(
        page,
        "Since Pell v. Larkmoor Estates overruled Dunmore v. Quillhaven Properties, does the law "
        "imply that a rented dwelling is fit to live in?",
    )
    notice = page.locator(".notice", has_text="Before the answer:")
    notice.wait_for()
    rest(page)
    assert "98 Merr. 2d 203" in notice.inner_text()
    shoot(page, "a4-premise")


def test_what_the_library_does_not_hold_is_not_answered_and_the_card_says_what_was_searched(
    asking: Asking,
) -> None:
    page = asking.page
    _ask(page, "How long should sourdough bread be proofed before baking?")
    page.get_by_text("Searched 18 cases").first.wait_for()
    rest(page)
    shoot(page, "a5-abstained")
    assert page.locator(".ans sup a").count() == 0
    assert asking.app.traces.all()[0].question.startswith("How long should sourdough")


def test_stopping_stops_the_model_too(asking: Asking, wire: Wire) -> None:
    asking.app.firm.set("answer_model", "openai:endless")
    page = asking.page
    _ask(page, QUESTION)
    page.get_by_role("button", name="Stop").wait_for()
    page.locator(".footline", has_text="Being written").wait_for()
    shoot(page, "a6-writing")
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. Nothing of it was kept.").wait_for()
    assert wire.left.wait(20), "the model is listened to still"
    shoot(page, "a7-stopped")


def test_an_answer_becomes_a_draft_and_a_word_file_with_footnotes(
    asking: Asking, tmp_path: Path
) -> None:
    page = asking.page
    _ask(page, QUESTION)
    page.locator(".footline", has_text="library revision").wait_for()
    rest(page)
    page.locator(".st-key-save_answer_go button").click()
    page.get_by_role("link", name="Open the draft").click()
    page.locator(".draft").first.wait_for()
    rest(page)
    shoot(page, "a8-draft")
    page.get_by_role("tab", name="Take away").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Word file").click()
    file = tmp_path / "draft.docx"
    started.value.save_as(file)
    written = docx.Document(str(file))
    parts = written.part.package.iter_parts()
    (notes,) = [part.blob for part in parts if part.partname.endswith("/footnotes.xml")]
    assert b"Meridian Loom" in notes
    assert any("TABLE OF AUTHORITIES" in each.text.upper() for each in written.paragraphs)
    for n, picture in enumerate(_pages(file), start=1):
        picture.save(SHOTS / f"a9-word-page-{n}.png")


def _pages(file: Path) -> list[Image]:
    """Return a Word file's pages as pictures, where LibreOffice is there to draw them."""
    if OFFICE is None:
        return []
    command = [OFFICE, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    subprocess.run([*command, profile], check=True, timeout=240, capture_output=True)
    drawn = pypdfium2.PdfDocument(file.with_suffix(".pdf"))
    return [page.render(scale=1.2).to_pil() for page in drawn]
