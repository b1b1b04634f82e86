"""The firm's own voice from the switch that cannot be turned to the switch that ends it.

One server, an administrator's window and a lawyer's, which stays open all the while. The style
model is trained for real, a tiny one; the voice that speaks is served, by a script over the wire.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from core.app import Onpoint
from core.model import Arm, Role, Voice
from core.model.training import AdapterState
from core.settings import Settings
from pages.parts.bench_view import NAMES
from tests import house_voice
from tests.browser.conftest import browser_on, rest, shoot
from tests.house_voice import LEAD, house_model
from tests.scripted_models import scripted_models
from tests.serving import served
from tests.tiny_models import tiny_base

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.browser

PASSWORD = "a ferry crosses the river at dawn"
QUOTED = re.compile(r"“[^”]+”")
QUESTION = "When is a covenant not to compete enforceable?"
MADE_UP = "Varghese v. Delta Lines, 925 F.3d 1339 (1971)"
NEW_QUESTION = "When does a pilot lose the lien on a barge?"
NEW = {
    "id": "pilot",
    "court": "merrow",
    "court_name": "Supreme Court of Merrow",
    "case_name": "Pilot v. Barge Company",
    "docket_number": "26-7",
    "date_filed": "2026-11-20",
    "citations": ["240 Merr. 2d 1"],
    "opinions": [
        {
            "type": "majority",
            "author": "Quade",
            "text": "We hold that a pilot loses the lien on a barge at the third tide. The lien "
            "of a pilot is a right in the barge, and whoever lets the third tide pass without "
            "asking for the lien has let the barge go.",
            "pages": [{"label": "1", "start": 0}],
        }
    ],
}


class Firm:
    """The firm as the test's own process has it, and two people's windows."""

    def __init__(self, app: Onpoint, base: Path, boss: Page, ann: Page) -> None:
        self.app = app
        self.base = base
        self.boss = boss
        self.ann = ann

    def adapter_is(self, state: AdapterState) -> bool:
        return self.app.style.adapters()[0].state is state


@pytest.fixture(scope="module")
def firm(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firm]:
    home = tmp_path_factory.mktemp("home")
    base = tiny_base(tmp_path_factory.mktemp("tiny-base"), [house_voice.brief(n) for n in range(9)])
    with scripted_models() as wire:
        wire.script = house_model
        model = {"MODEL": "openai:base", "BASE_URL": wire.url, "KEY": "none"}
        models = {
            f"ONPOINT_{which}_{what}": value
            for which in ("ANSWER", "STYLE")
            for what, value in model.items()
        }
        with (
            served(home, "--demo", ONPOINT_SIGN_IN="password", **models) as server,
            Onpoint.open(Settings(home=home)) as app,
            browser_on(chromium, server, host="localhost") as one,
            browser_on(chromium, server, host="localhost") as other,
        ):
            boss = _signed_in(app, one, "Tom Reed", Role.ADMIN, Role.LAWYER)
            ann = _signed_in(app, other, "Anna Berg", Role.LAWYER)
            (tom,) = [each for each in app.people.all() if each.name == "Tom Reed"]
            for matter in house_voice.fill(app):
                app.matters.add(matter, tom.person_id)
            yield Firm(app, base, boss, ann)


def _signed_in(app: Onpoint, browser: BrowserContext, name: str, *roles: Role) -> Page:
    login = f"{name.partition(' ')[0].lower()}@firm.example"
    invitation = app.people.invite(login, name, list(roles))
    app.accounts.accept(invitation.token, PASSWORD)
    page = browser.new_page()
    page.goto("/ask")
    page.get_by_label("Sign-in name").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button").click()
    page.get_by_role("link", name=name).wait_for()
    return page


def _asked(page: Page, question: str = QUESTION) -> str:
    page.goto("/ask")
    page.locator(".st-key-q input").fill(question)
    page.keyboard.press("Enter")
    page.locator(".footline", has_text="library revision").wait_for()
    rest(page)
    return page.locator(".ans").first.inner_text()


def _marks(page: Page) -> list[str]:
    """Return the numbers of the sources as they stand in the answer."""
    return page.locator(".ans").first.locator("sup a").all_inner_texts()


def _style_row(page: Page) -> Locator:
    page.goto("/settings")
    row = page.locator(".st-key-row_style")
    row.wait_for()
    rest(page)
    return row


def _switch(page: Page, voice: str) -> None:
    row = _style_row(page)
    row.get_by_role("button", name=voice).or_(row.get_by_role("radio", name=voice)).first.click()
    row.locator(".said", has_text="Saved").wait_for()


def test_until_an_evaluation_passes_the_switch_is_grey_and_says_why(firm: Firm) -> None:
    row = _style_row(firm.boss)
    assert row.get_by_role("button", name="Adapter").is_disabled()
    assert "has passed its gate yet" in row.inner_text()
    shoot(firm.boss, "v1-grey")


def test_a_voice_is_taught_and_trained_and_may_not_speak_unmeasured(firm: Firm) -> None:
    page = firm.boss
    page.goto("/style")
    page.get_by_label("Name of the voice").fill("Appeals")
    page.get_by_role("button", name="Make a dataset").click()
    page.locator(".said", has_text="The dataset is made.").wait_for()
    page.get_by_role("textbox", name="Folder of the base model").fill(str(firm.base))
    page.get_by_role("button", name="Train an adapter").click()
    page.locator(".meta", has_text=re.compile("^Trained")).wait_for()
    page.get_by_role("button", name="Evaluate").wait_for()
    rest(page)
    assert page.get_by_role("button", name="Promote").count() == 0
    assert page.locator(".curve").count() == 1
    shoot(page, "v2-trained")


def test_an_adapter_that_writes_nothing_of_use_fails_its_gate_in_words(firm: Firm) -> None:
    page = firm.boss
    page.get_by_role("button", name="Evaluate").click()
    conditions = page.locator(".claims", has_text="wanting")
    conditions.wait_for()
    page.get_by_role("button", name="Promote").wait_for()
    rest(page)
    assert page.get_by_role("button", name="Promote").is_disabled()
    assert "has to be clear of zero" in conditions.inner_text()
    shoot(page, "v3-wanting")


def test_served_by_name_it_is_measured_anew_passes_and_is_promoted(firm: Firm) -> None:
    page = firm.boss
    page.get_by_role("button", name="Where it speaks").click()
    page.get_by_role("textbox", name="Its name on a server").fill("openai:appeals")
    page.get_by_role("button", name="Save").click()
    page.locator(".said", has_text="Evaluate it again").wait_for()
    page.keyboard.press("Escape")
    rest(page)
    page.get_by_role("button", name="Evaluate").click()
    page.locator(".meta", has_text=re.compile("^Evaluated")).wait_for()
    promote = page.get_by_role("button", name="Promote")
    promote.wait_for()
    rest(page)
    assert page.locator(".claims", has_text="wanting").count() == 0
    page.get_by_text("What was measured").click()
    page.locator("details td", has_text="This adapter").wait_for()
    shoot(page, "v4-passes")
    promote.click()
    page.locator(".said", has_text="It may speak").wait_for()
    assert firm.adapter_is(AdapterState.PROMOTED)
    shoot(page, "v5-promoted")


def test_switched_on_a_lawyers_answer_is_in_the_firms_voice_and_shows_what_changed(
    firm: Firm,
) -> None:
    plain = _asked(firm.ann)
    marks = _marks(firm.ann)
    assert LEAD not in plain
    _switch(firm.boss, "Adapter")
    assert firm.app.voices().usual is Voice.ADAPTER
    shoot(firm.boss, "v6-on")

    spoken = _asked(firm.ann)
    assert LEAD in spoken or "upon" in spoken
    assert QUOTED.findall(spoken) == QUOTED.findall(plain) != []
    assert _marks(firm.ann) == marks != []
    changed = firm.ann.locator("details", has_text="What the voice changed")
    changed.locator("summary").click()
    assert "0 facts changed" in changed.inner_text()
    assert changed.locator("ins").count() > 0
    shoot(firm.ann, "v7-spoken")


def test_the_kill_switch_ends_it_in_a_session_that_is_open(firm: Firm) -> None:
    assert firm.ann.locator("ins").count() > 0
    _switch(firm.boss, "Off")
    firm.ann.get_by_label("Ask a follow-up").fill("And if it was signed on the first day?")
    firm.ann.keyboard.press("Enter")
    firm.ann.locator("h2.asked", has_text="first day").wait_for()
    firm.ann.locator(".footline", has_text="library revision").wait_for()
    rest(firm.ann)
    last = firm.ann.locator(".ans").last.inner_text()
    assert LEAD not in last
    shoot(firm.ann, "v8-plain-again")


def test_the_bench_puts_one_question_through_five_arms_and_closes_the_books(firm: Firm) -> None:
    page = firm.boss
    firm.app.firm.set("style", "adapter")
    page.goto("/bench")
    page.get_by_role("textbox", name="Question", exact=True).fill(QUESTION)
    page.get_by_role("button", name="Run all five").click()
    page.get_by_role("heading", name=QUESTION).wait_for()
    rest(page)
    said = {arm: page.get_by_role("region", name=name, exact=True) for arm, name in NAMES.items()}
    assert all(said[arm].count() == 1 for arm in Arm)
    assert MADE_UP in said[Arm.MODEL_ALONE].inner_text()
    assert "not in the library" in said[Arm.STYLE_ALONE].inner_text()
    assert "not in the library" not in said[Arm.RETRIEVAL].inner_text()
    assert LEAD in said[Arm.RETRIEVAL_STYLE].inner_text()
    assert page.locator(".bench-table .gauge").count() > 0
    shoot(page, "v9-bench")
    page.get_by_role("button", name="Close the books").click()
    told = page.get_by_text("questions of law without the library")
    told.wait_for()
    rest(page)
    told.scroll_into_view_if_needed()
    page.get_by_text("Those that are not").click()
    assert page.locator("details li", has_text="925 F.3d 1339").first.is_visible()
    shoot(page, "v10-books-closed")


def test_a_new_opinion_is_answered_from_long_before_a_model_could_learn_it(
    firm: Firm, tmp_path: Path
) -> None:
    page = firm.boss
    new = tmp_path / "new.jsonl"
    new.write_text(json.dumps(NEW), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(new)
    page.get_by_role("textbox", name="Question that it answers").fill(NEW_QUESTION)
    page.get_by_role("textbox", name="Words that a right answer has").fill("third tide")
    rest(page)
    page.get_by_role("button", name="Race").click()
    row = page.locator(".race tr", has_text="Looked up")
    row.wait_for()
    rest(page)
    assert re.search(r"[0-9] seconds", row.inner_text())
    assert re.search(r"[0-9] seconds", page.locator(".race tr", has_text="Trained").inner_text())
    assert page.get_by_text("it did not say so.").is_visible()
    row.scroll_into_view_if_needed()
    shoot(page, "v11-race")
