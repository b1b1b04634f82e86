"""People in a real browser: set up, sign in and out, shut out, kept out; and the firm's voice.

One server and one browser for all of it, in the order in which a firm would do it.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import browser_on, choose, rest, shoot
from tests.scripted_models import honest, scripted_models
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.serving import Served

pytestmark = pytest.mark.browser

QUESTION = "When may a court grant a preliminary injunction?"
CANARY = "quicksilver ledger of the harbor"
PASSWORD = "a ferry crosses the river at dawn"
OWNER, ANNA = "tom@firm.example", "anna@firm.example"
# A search says how long it took: the one thing on its page that two searches do not share.
SECONDS = re.compile(r"in \d+\.\d\d s")


def voiced(prompt: str) -> str:
    """Answer honestly; asked to word the answer anew, copy it, which any lock lets pass."""
    lines = re.findall(r"^S\d+: .+$", prompt, re.MULTILINE)
    return "\n".join(lines) if "You word sentences" in prompt else honest(prompt)


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Start Onpoint for an office that signs in, with a language model of its own."""
    with scripted_models() as wire:
        wire.script = voiced
        model = {
            "ONPOINT_ANSWER_MODEL": "openai:honest",
            "ONPOINT_ANSWER_BASE_URL": wire.url,
            "ONPOINT_ANSWER_KEY": "none",
        }
        home = tmp_path_factory.mktemp("home")
        with served(home, "--demo", ONPOINT_SIGN_IN="password", **model) as server:
            yield server


@pytest.fixture(scope="module")
def browser_of(chromium: Browser, firm: Served) -> Iterator[Callable[[], BrowserContext]]:
    """Return what gives somebody a browser of their own."""
    with ExitStack() as opened:
        # By the name that the link on the console has: a cookie is kept by name.
        yield lambda: opened.enter_context(browser_on(chromium, firm, host="localhost"))


@pytest.fixture(scope="module")
def owner(browser_of: Callable[[], BrowserContext], firm: Served) -> Page:
    """The one who set Onpoint up by the link on the console, signed in."""
    page = browser_of().new_page()
    link = re.search(r"http://\S+/set-up\?token=\S+", firm.said())
    assert link, firm.said()
    page.goto(link[0])
    page.get_by_label("Sign-in name").fill(OWNER)
    page.get_by_label("Your name").fill("Tom Reed")
    page.get_by_label("Password").fill(PASSWORD)
    shoot(page, "p1-set-up")
    page.get_by_role("button").click()
    page.get_by_role("link", name="Tom Reed").wait_for()
    page.goto(link[0])
    assert "does not work any more" in page.locator("main").inner_text()
    page.goto("/")
    return page


@pytest.fixture(scope="module")
def anna(browser_of: Callable[[], BrowserContext], owner: Page) -> Page:
    """A lawyer who was invited, and has chosen a password."""
    owner.goto("/people")
    owner.get_by_label("Name", exact=True).fill("Anna Berg")
    owner.get_by_label("Sign-in name").fill(ANNA)
    owner.get_by_text("Lawyer", exact=True).click()
    owner.get_by_role("button", name="Make an invitation").click()
    link = owner.locator("[data-testid=stCode] code")
    link.wait_for()
    shoot(owner, "p2-invited")
    page = browser_of().new_page()
    page.goto(link.inner_text())
    page.get_by_label("Your new password").fill(PASSWORD)
    shoot(page, "p3-invitation")
    page.get_by_role("button").click()
    page.get_by_role("link", name="Anna Berg").wait_for()
    return page


def test_a_lawyer_begins_with_the_search_and_is_shown_no_page_of_an_administrator(
    anna: Page,
) -> None:
    _see(anna, "A docket number")
    ways = anna.locator("[data-testid=stSidebar] [data-testid=stPageLink-NavLink]")
    ways.last.wait_for()
    shown = ["Search", "Ask", "Filings", "Drafts", "Bench", "Ballots", "Library", "Matters"]
    assert ways.all_inner_texts() == shown
    anna.goto("/settings")
    _see(anna, "Not for you")


def test_a_refresh_and_a_second_window_are_still_signed_in_and_signing_out_ends_both(
    anna: Page,
) -> None:
    anna.goto("/library")
    anna.reload()
    _see(anna, "Library")
    second = anna.context.new_page()
    second.goto("/")
    _see(second, "A docket number")

    anna.get_by_role("link", name="Sign out").click()
    _see(anna, "You are signed out")
    assert "/sign-in" in anna.url

    second.locator(".st-key-q input").fill("injunction")
    second.keyboard.press("Enter")
    _see(second, "You are signed out")
    assert second.locator(".hit").count() == 0
    assert not second.locator(".stHtml .name").is_visible()
    second.close()


def test_a_wrong_password_is_refused_in_words_and_the_right_one_lets_in(anna: Page) -> None:
    anna.goto("/ask")
    _sign_in(anna, "not the password")
    assert anna.locator("[role=alert]").is_visible()
    shoot(anna, "p4-refused")
    _sign_in(anna, PASSWORD)
    anna.get_by_role("link", name="Anna Berg").wait_for()
    assert anna.url.endswith("/ask")


def test_the_next_answer_of_a_lawyer_tells_of_the_voice_that_an_administrator_switched_on(
    anna: Page, owner: Page
) -> None:
    assert "voice: off" in _ask(anna)
    owner.goto("/settings")
    owner.get_by_role("button", name="Prompt").or_(
        owner.get_by_role("radio", name="Prompt")
    ).click()
    owner.locator(".st-key-row_style .said").wait_for()
    shoot(owner, "p5-settings")
    footer = _ask(anna)
    assert "voice: prompt, content lock passed" in footer
    shoot(anna, "p6-voice")


def test_a_walled_lawyer_sees_the_very_page_of_a_world_without_the_matter(
    anna: Page, owner: Page
) -> None:
    before = {path: _page(anna, path) for path in _paths()}

    owner.goto("/matters")
    owner.get_by_label("Client-matter number").fill("0042-0007")
    owner.get_by_label("Name", exact=True).fill("Harbor ledger")
    owner.get_by_role("button", name="Open the matter").click()
    owner.get_by_role("link", name="Harbor ledger").click()
    choose(owner, "Put on the team", re.compile("Anna Berg"))
    owner.get_by_role("button", name="Add to the team").click()
    _see(owner, "Anna Berg is on the team.")
    shoot(owner, "p7-team")
    owner.get_by_role("tab", name="Walls").click()
    choose(owner, "Keep out", re.compile("Anna Berg"))
    owner.get_by_label("Reason").fill("Represented the harbor at a former firm")
    owner.get_by_role("button", name="Raise the wall").click()
    _see(owner, "is kept out")
    shoot(owner, "p8-wall")
    owner.goto("/filings")
    owner.get_by_text("Paste a text instead").click()
    owner.get_by_label("Name", exact=True).fill("Memorandum on the ledger")
    owner.get_by_label("Text").fill(f"The {CANARY} shows what was paid. " * 30)
    owner.get_by_role("button", name="Add the text").click()
    _see(owner, "is on the shelf")
    shoot(owner, "p9-filings")
    owner.goto(f"/?q={CANARY}")
    owner.locator(".from-matters").wait_for()
    shoot(owner, "p10-canary")

    assert {path: _page(anna, path) for path in _paths()} == before


def test_the_probe_says_that_the_wall_holds_and_the_trail_who_tried_it(owner: Page) -> None:
    owner.goto("/matters")
    choose(owner, "Try it as", re.compile("Anna Berg"))
    owner.get_by_role("button", name="Probe the walls").click()
    report = owner.locator(".probe-report")
    report.wait_for()
    assert "✓ The walls hold: Anna Berg (anna@firm.example) saw nothing" in report.inner_text()
    assert "△" not in report.inner_text()
    shoot(owner, "p11-probe")
    owner.goto("/audit")
    tried = owner.locator(".entry").first
    tried.wait_for()
    assert ANNA in tried.inner_text()
    assert OWNER in tried.inner_text()
    shoot(owner, "p12-audit")
    owner.get_by_role("button", name="Check that it is whole").click()
    _see(owner, "The trail is whole")


def test_whoever_is_disabled_while_a_page_is_open_is_out_at_the_next_click(
    anna: Page, owner: Page
) -> None:
    anna.goto("/")
    _see(anna, "A docket number")
    owner.goto("/people")
    owner.get_by_role("link", name="Anna Berg").click()
    owner.get_by_role("button", name="Disable", exact=True).click()
    _see(owner, "ends at its next click")
    shoot(owner, "p13-person")

    anna.locator(".st-key-q input").fill("injunction")
    anna.keyboard.press("Enter")
    _see(anna, "You are signed out")
    shoot(anna, "p14-signed-out")
    anna.get_by_role("link", name="Sign in").click()
    _sign_in(anna, PASSWORD)
    assert anna.locator("[role=alert]").is_visible()


def _see(page: Page, words: str) -> None:
    trouble = page.locator(".trouble")
    page.get_by_text(words).or_(trouble).first.wait_for()
    assert not trouble.is_visible(), trouble.inner_text()


def _sign_in(page: Page, password: str) -> None:
    page.get_by_label("Sign-in name").fill(ANNA)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button").first.click()


def _ask(page: Page) -> str:
    page.goto("/ask")
    page.locator(".st-key-q input").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".footline", has_text="library revision").wait_for()
    return page.locator(".footline").inner_text()


def _paths() -> tuple[str, ...]:
    return (f"/?q={CANARY}", "/filings", "/matters", "/library")


def _page(page: Page, path: str) -> str:
    """Return all that a page shows and links to, once it has stopped changing."""
    page.goto(path)
    page.locator(
        "[data-testid=stMain] .stHtml .under, [data-testid=stMain] .stHtml h1"
    ).first.wait_for()
    rest(page)
    page.wait_for_timeout(500)
    shown = page.locator("[data-testid=stApp]").evaluate(
        "(app) => [...app.querySelectorAll('.stHtml')].map((one) => one.innerHTML).join('\\n')"
        " + '\\n' + app.innerText"
    )
    return SECONDS.sub("in … s", shown)
