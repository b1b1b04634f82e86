"""Signing in over the real routes, and what an open window shows; ids are the test plan's."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from types import SimpleNamespace

import psycopg
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import runtime
from streamlit.runtime.state import SessionState

from core.app import Onpoint
from core.errors import NotSignedIn
from core.model import Person, Role
from core.settings import Settings
from pages.parts import forms
from pages.parts.app import open_app
from pages.parts.visitor import COOKIE
from tests.fix_db import TestServer, made
from tests.flows.windows import HERE, running, window
from tests.flows.windows import browser as browser_at

GOOD = "orchard ferry stay 12"
OTHER = "winter harbour ladle 7"
OFFICE, ELSEWHERE = "192.0.2.10", "198.51.100.7"
# The one running server, on whose event loop every browser is served.
RUNNING: list[TestClient] = []


@pytest.fixture(scope="module")
def site(server: TestServer, template: str) -> Iterator[TestClient]:
    """The running server, on a library of its own where everybody signs in."""
    with made(server, template) as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", url)
        environment.setenv("ONPOINT_SIGN_IN", "password")
        # Nothing is searched here, and an encoder takes long to load.
        environment.setenv("ONPOINT_ENCODER", "/nowhere")
        with running() as client:
            RUNNING.append(client)
            yield client
            RUNNING.clear()


@pytest.fixture
def firm(site: TestClient) -> Iterator[Onpoint]:
    """The library as its owner; every test hires its own people."""
    app = open_app()
    yield app
    with psycopg.connect(app.settings.database_url or "", autocommit=True) as connection:
        connection.execute("DELETE FROM failures")
        connection.execute("DELETE FROM known_addresses")
        connection.execute("DELETE FROM people WHERE NOT is_owner")


def hire(firm: Onpoint, login: str, *roles: Role) -> Person:
    made = firm.people.invite(login, login.title(), roles or (Role.LAWYER,))
    return firm.acting_as(None).accounts.accept(made.token, GOOD, address=OFFICE).person


@contextmanager
def browser(at: str = OFFICE, base: str = HERE) -> Iterator[TestClient]:
    yield browser_at(RUNNING[0], at, base)


def post(client: TestClient, path: str, **fields: str) -> SimpleNamespace:
    """Fill in the form that stands at an address, as a browser does."""
    page = client.get(path)
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    answer = client.post(
        path.partition("?")[0],
        data={**{name: unescape(value) for name, value in kept.items()}, **fields},
        headers={"origin": str(client.base_url), "sec-fetch-site": "same-origin"},
    )
    return SimpleNamespace(
        status=answer.status_code, text=answer.text, headers=answer.headers, answer=answer
    )


def sign_in(client: TestClient, login: str, password: str = GOOD) -> SimpleNamespace:
    return post(client, "/sign-in", login=login, password=password)


# --- in ---


def test_whoever_signs_in_is_led_on_and_a_screen_knows_them(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        first = client.get("/")
        assert (first.status_code, first.headers["location"]) == (303, "/sign-in")
        answer = sign_in(client, "ada")
        assert (answer.status, answer.headers["location"]) == (303, "/")
        assert client.get("/").status_code == 200
        with window(client) as screen:
            assert "Ada" in screen.look("account")


def test_a01_both_refusals_are_the_same_page_and_status(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        known, unknown = (sign_in(client, login, OTHER) for login in ("ada", "nob"))
    assert known.status == unknown.status == 401
    assert known.text.replace('value="ada"', 'value="nob"') == unknown.text
    assert dict(known.headers, **{"content-length": ""}).keys() == dict(unknown.headers).keys()
    assert "do not fit" in known.text
    assert OTHER not in known.text


def test_a02_every_character_of_a_password_arrives(firm: Onpoint) -> None:
    password = "  caf\u00e9 & 100% + \u5bc6\u7801 = \U0001f980;  "
    made = firm.people.invite("ada", "Ada", (Role.LAWYER,))
    with browser() as client:
        assert post(client, f"/invitation?token={made.token}", password=password).status == 303
    with browser() as client:
        assert sign_in(client, "ada", password.strip()).status == 401
        assert sign_in(client, "ada", password).status == 303


def test_a05_whoever_guesses_is_told_to_wait_and_the_office_goes_on(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser(ELSEWHERE) as client:
        assert [sign_in(client, "ada", OTHER).status for _ in range(5)] == [401] * 5
        waiting = sign_in(client, "ada", GOOD)
        assert waiting.status == 429
        assert 1 <= int(waiting.headers["retry-after"]) <= 5
        assert "Try again in" in waiting.text
        assert COOKIE not in client.cookies
    with browser() as client:
        assert sign_in(client, "ada").status == 303


# --- A06, A12, A13: the cookie ---


def cookie_of(answer: SimpleNamespace) -> str:
    return next(c for c in answer.headers.get_list("set-cookie") if c.startswith(f"{COOKIE}="))


def test_a06_the_token_is_the_servers_choice_and_stands_in_the_cookie_alone(
    firm: Onpoint, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    hire(firm, "ada")
    caplog.set_level(logging.DEBUG)
    with browser() as client:
        client.cookies.set(COOKIE, "chosen-by-somebody-else", domain="localhost.local")
        answer = sign_in(client, "ada")
        token = client.cookies[COOKIE]
        assert len(token) >= 43
        assert token != "chosen-by-somebody-else"
        assert token not in answer.headers["location"] + answer.text
        with window(client) as screen:
            assert token not in screen.look("account")
    assert token not in caplog.text
    assert token not in "".join(capfd.readouterr())
    with browser() as client:
        sign_in(client, "ada")
        assert client.cookies[COOKIE] != token, "each sign-in has its own"


def test_a12_the_cookie_is_for_this_server_alone_and_no_script_reads_it(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        words = cookie_of(sign_in(client, "ada")).lower()
    assert "httponly" in words
    assert "samesite=lax" in words
    assert "path=/" in words
    assert "domain" not in words
    assert "secure" not in words, "there is no TLS on this computer"
    # Closing the browser ends it; when it ends otherwise the server says.
    assert "max-age" not in words
    assert "expires" not in words


def test_a12_behind_tls_every_cookie_is_secure(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser(base="https://localhost:8501") as client:
        page = client.get("/sign-in")
        answer = sign_in(client, "ada")
        cookies = [*page.headers.get_list("set-cookie"), cookie_of(answer)]
    assert all("secure" in cookie.lower() for cookie in cookies)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", None),
        ("http://localhost.evil.example:8501", None),
        ("null", None),
        ("http://evil.example", "evil.example"),
    ],
)
def test_a12_a_websocket_from_another_site_is_refused(
    firm: Onpoint, origin: str, host: str | None
) -> None:
    hire(firm, "ada")
    with browser() as client:
        sign_in(client, "ada")
        headers = {"origin": origin, **({"host": host} if host else {})}
        with pytest.raises(WebSocketDisconnect), window(client, headers=headers) as screen:
            screen.look()
        with window(client, headers={"origin": HERE}) as screen:
            assert "Ada" in screen.look("account")


@pytest.mark.parametrize("forged", ["", "x" * 43, "' OR true --", "\u00ff" * 43])
def test_a13_a_forged_cookie_signs_nobody_in(firm: Onpoint, forged: str) -> None:
    hire(firm, "ada")
    with browser() as client:
        headers = {"cookie": f"{COOKIE}={forged}".encode("latin-1")}
        assert client.get("/", headers=headers).status_code == 303
        with window(
            client, headers={"cookie": f"{COOKIE}={forged.encode('ascii', 'ignore').decode()}"}
        ) as screen:
            shown = screen.look("account")
    assert "You are signed out" in shown
    assert "Ada" not in shown


def test_a13_two_servers_of_one_database_know_the_same_sessions(firm: Onpoint) -> None:
    ada = hire(firm, "ada")
    with browser() as client:
        sign_in(client, "ada")
        token = client.cookies[COOKIE]
    with Onpoint.open(Settings()) as other:
        assert other.acting_in(token).who.person() == ada
        other.acting_as(None).accounts.sign_out(token)
    with pytest.raises(NotSignedIn):
        firm.acting_in(token)


# --- out, and open windows ---


def test_a07_after_the_sign_out_the_old_cookie_opens_nothing(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        sign_in(client, "ada")
        token = client.cookies[COOKIE]
        asked = client.get("/sign-out")
        assert "You are signed in as Ada" in asked.text
        assert client.get("/").status_code == 200, "to look at the page is not to sign out"
        out = post(client, "/sign-out")
        assert (out.status, out.headers["location"]) == (303, "/sign-in?out=1")
        assert COOKIE not in client.cookies
        assert "You are signed out" in client.get("/sign-in?out=1").text
    with browser() as client:
        client.cookies.set(COOKIE, token, domain="localhost.local")
        assert client.get("/").headers["location"] == "/sign-in"
        with window(client) as screen:
            assert "You are signed out" in screen.look("account")


def test_a07_signing_out_in_one_window_ends_the_other_at_its_next_click(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        sign_in(client, "ada")
        with window(client) as screen:
            assert "Ada" in screen.look("account")
            post(client, "/sign-out")
            shown = screen.look("account")
    assert "You are signed out" in shown
    assert "Ada" not in shown


def test_a08_disabling_somebody_ends_a_window_that_is_open(firm: Onpoint) -> None:
    ada = hire(firm, "ada")
    with browser() as client:
        sign_in(client, "ada")
        with window(client) as screen:
            assert "Ada" in screen.look("account")
            firm.people.disable(ada.person_id)
            shown = screen.look("account")
        assert client.get("/citation?case=1&opinion=1").status_code == 401
    assert "You are signed out" in shown
    assert "Ada" not in shown


def test_a08_what_a_window_kept_of_the_library_is_worth_nothing_afterwards(firm: Onpoint) -> None:
    hire(firm, "ada", *Role)
    with browser() as client:
        sign_in(client, "ada")
        token = client.cookies[COOKIE]
    # A button's function keeps the library as it was when the button was drawn.
    kept = firm.acting_in(token)
    assert kept.people.all()
    firm.acting_as(None).accounts.sign_out(token)
    for call in (kept.people.all, kept.coverage, kept.who.person, kept.accounts.my_sessions):
        with pytest.raises(NotSignedIn):
            call()


def test_a09_the_servers_clock_ends_a_session_whatever_the_browser_keeps(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        sign_in(client, "ada")
        with window(client) as screen:
            assert "Ada" in screen.look("account")
            with psycopg.connect(firm.settings.database_url or "", autocommit=True) as connection:
                connection.execute("UPDATE sessions SET seen_at = seen_at - interval '2 hours'")
            assert "You are signed out" in screen.look("account")
        assert COOKIE in client.cookies
        assert client.get("/").status_code == 303


# --- A10 ---


def test_a10_a_new_password_needs_the_old_one_and_gives_this_browser_a_new_token(
    firm: Onpoint,
) -> None:
    hire(firm, "ada")
    with browser() as here, browser() as there:
        sign_in(here, "ada")
        sign_in(there, "ada")
        before = here.cookies[COOKIE]
        wrong = post(here, "/password", current=OTHER, password="new ladle harbour 5")
        assert wrong.status == 401
        assert "not your present password" in wrong.text
        common = post(here, "/password", current=GOOD, password="Password2026!")
        assert common.status == 422
        changed = post(here, "/password", current=GOOD, password=OTHER, end_others="1")
        assert (changed.status, changed.headers["location"]) == (303, "/account")
        assert here.cookies[COOKIE] != before
        assert here.get("/").status_code == 200
        assert there.get("/").status_code == 303
    with browser() as client:
        assert sign_in(client, "ada", GOOD).status == 401
        assert sign_in(client, "ada", OTHER).status == 303


def test_a10_the_others_may_stay_signed_in(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as here, browser() as there:
        sign_in(here, "ada")
        sign_in(there, "ada")
        assert 'name="end_others" value="1" checked' in here.get("/password").text
        assert post(here, "/password", current=GOOD, password=OTHER).status == 303
        assert there.get("/").status_code == 200


def test_a10_nobody_changes_a_password_without_a_session(firm: Onpoint) -> None:
    with browser() as client:
        asked = client.get("/password")
        assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/password")


# --- A11: set-up and invitations ---


def test_a11_the_first_start_prints_a_link_that_makes_the_owner_once(
    server: TestServer,
    template: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    site: TestClient,
) -> None:
    from pages.parts.server import _tell_set_up_link

    with made(server, template) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        open_app.clear()
        try:
            _tell_set_up_link(open_app())
            printed = capfd.readouterr().err
            (link,) = re.findall(r"http://localhost:8501(/set-up\?token=\S+)", printed)
            with browser() as client:
                assert "Set Onpoint up" in client.get(link).text
                weak = post(client, link, login="ada@firm.example", name="Ada", password="short 7")
                assert weak.status == 422
                assert "at least 8 characters" in weak.text
                assert 'value="ada@firm.example"' in weak.text, "what was typed is kept"
                assert "short 7" not in weak.text
                fields = {"login": "ada@firm.example", "name": "Ada", "password": GOOD}
                assert post(client, link, **fields).status == 303
                assert client.get("/").status_code == 200
                assert client.get(link).status_code == 410
            _tell_set_up_link(open_app())
            assert capfd.readouterr().err == "", "nobody is told of a way in that is shut"
        finally:
            open_app.clear()


def test_a11_an_invitation_works_once_and_looking_at_it_does_not_use_it_up(firm: Onpoint) -> None:
    made = firm.people.invite("ada@firm.example", "Ada Lovelace", (Role.LAWYER,))
    link = f"/invitation?token={made.token}"
    with browser() as client:
        assert "Welcome, Ada Lovelace" in client.get(link).text
        assert "You sign in as ada@firm.example" in client.get(link).text
        assert post(client, link, password=GOOD).status == 303
        assert client.get("/").status_code == 200
    with browser() as client:
        assert client.get(link).status_code == 410
        assert client.post("/invitation", data={"token": made.token}).status_code == 403
        assert client.get("/invitation?token=nonsense").status_code == 410
        assert client.get("/invitation").status_code == 410


# --- A14: two people, one window ---


def held_by(session_id: str) -> SessionState:
    """All that the server keeps for one window."""
    info = runtime.get_instance()._session_mgr.get_session_info(session_id)
    assert info is not None
    return info.session.session_state


def test_a14_a_window_that_comes_back_as_somebody_else_has_forgotten_everything(
    firm: Onpoint,
) -> None:
    hire(firm, "ada")
    hire(firm, "grace")
    with browser() as hers, browser() as his:
        sign_in(hers, "ada")
        sign_in(his, "grace")
        with window(hers) as screen:
            assert "Ada" in screen.look("account")
            kept = screen.session_id
            held_by(kept)["canary"] = "what she was doing"
        with window(hers, session_id=kept) as screen:
            assert "Ada" in screen.look("account")
            assert screen.session_id == kept
            assert "canary" in held_by(kept), "her own window goes on where it was"
        with window(his, session_id=kept) as screen:
            shown = screen.look("account")
            assert screen.session_id == kept
            assert "canary" not in held_by(kept)
    assert "Grace" in shown
    assert "Ada" not in shown


def test_a14_a_window_in_which_nobody_is_signed_in_keeps_nothing(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        sign_in(client, "ada")
        with window(client) as screen:
            screen.look("account")
            held_by(screen.session_id)["canary"] = "what she was doing"
            post(client, "/sign-out")
            screen.look("account")
            assert "canary" not in held_by(screen.session_id)


def test_a14_two_who_are_in_at_once_are_two(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as one, browser() as other:
        sign_in(one, "ada")
        sign_in(other, "ada")
        with window(one) as first, window(other) as second:
            first.look("account")
            second.look("account")
            held_by(first.session_id)["canary"] = "what she was doing"
            assert first.session_id != second.session_id
            assert "canary" not in held_by(second.session_id)


# --- forms of other sites, and addresses that lead away ---


def test_a_form_of_another_site_signs_nobody_in_or_out(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        bare = client.post("/sign-in", data={"login": "ada", "password": GOOD})
        assert bare.status_code == 403
        assert COOKIE not in client.cookies
        sign_in(client, "ada")
        page = client.get("/sign-out").text
        (stamp,) = re.findall(r'name="form" value="(\w+)"', page)
        for headers in (
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ):
            refused = client.post("/sign-out", data={"form": stamp}, headers=headers)
            assert refused.status_code == 403, headers
        assert client.post("/sign-out", data={"form": "0" * 64}).status_code == 403
        assert client.post("/sign-out").status_code == 403
        assert client.get("/sign-out").status_code == 200, "still in"
        assert client.post("/sign-out", data={"form": stamp}).status_code == 303


def test_a_stamp_of_one_browser_is_none_of_anothers(firm: Onpoint) -> None:
    with browser() as one, browser() as other:
        (stamp,) = re.findall(r'name="form" value="(\w+)"', one.get("/sign-in").text)
        other.get("/sign-in")
        refused = other.post("/sign-in", data={"form": stamp, "login": "a", "password": "b"})
    assert refused.status_code == 403


def test_a_form_that_is_too_large_or_no_form_is_refused(firm: Onpoint) -> None:
    with browser() as client:
        client.get("/sign-in")
        assert client.post("/sign-in", content=b"x" * (forms.LARGEST + 1)).status_code == 403
        assert client.post("/sign-in", content=b"\xff\xfe").status_code == 403
        assert client.post("/sign-in", json={"login": "ada"}).status_code == 403


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/case?case=7", "/case?case=7"),
        ("/people", "/people"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x=y", "/"),
        ("", "/"),
    ],
)
def test_the_sign_in_leads_on_to_this_server_alone(firm: Onpoint, asked: str, led: str) -> None:
    hire(firm, "ada")
    with browser() as client:
        answer = post(client, "/sign-in", login="ada", password=GOOD, next=asked)
    assert answer.headers["location"] == led


def test_a_screen_asked_for_before_the_sign_in_is_opened_after_it(firm: Onpoint) -> None:
    hire(firm, "ada")
    with browser() as client:
        way = client.get("/case?case=7&at=3").headers["location"]
        assert way == "/sign-in?next=/case%3Fcase%3D7%26at%3D3"
        answer = post(client, way, login="ada", password=GOOD)
    assert answer.headers["location"] == "/case?case=7&at=3"


def test_the_pages_before_the_screens_are_kept_nowhere_and_escape_what_was_typed(
    firm: Onpoint,
) -> None:
    with browser() as client:
        answer = sign_in(client, '"><script>alert(1)</script>', OTHER)
        assert "<script" not in answer.text
        assert answer.headers["cache-control"] == "no-store"
        for path in ("/sign-in", "/set-up?token=x", "/invitation?token=x"):
            page = client.get(path)
            assert page.headers["cache-control"] == "no-store"
            assert "<script" not in page.text
            assert "frame-ancestors 'self'" in page.headers["content-security-policy"]


def test_nothing_of_the_library_is_told_to_whoever_is_not_signed_in(firm: Onpoint) -> None:
    with browser() as client:
        for path in ("/", "/people", "/settings", "/case?case=1"):
            assert client.get(path).status_code == 303, path
        assert client.get("/citation?case=1&opinion=1").status_code == 401
        with window(client) as screen:
            for page in ("", "people", "settings", "library", "audit"):
                shown = screen.look(page)
                assert "You are signed out" in shown
                assert "revision" not in shown


def test_signing_in_as_another_ends_what_this_browser_was_signed_in_as(firm: Onpoint) -> None:
    hire(firm, "ada")
    hire(firm, "grace")
    with browser() as client:
        sign_in(client, "ada")
        former = client.cookies[COOKIE]
        page = client.get("/sign-in")
        assert page.status_code == 303, "whoever is in needs no form"
        (stamp,) = re.findall(r'name="form" value="(\w+)"', client.get("/sign-out").text)
        client.post("/sign-in", data={"form": stamp, "login": "grace", "password": GOOD})
        assert client.cookies[COOKIE] != former
    with pytest.raises(NotSignedIn):
        firm.acting_in(former)


# --- the owner of a laptop ---


@pytest.fixture
def laptop(
    server: TestServer, template: str, monkeypatch: pytest.MonkeyPatch, site: TestClient
) -> Iterator[Onpoint]:
    """The same server as on a laptop, where nobody has an account."""
    with made(server, template) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.delenv("ONPOINT_SIGN_IN")
        open_app.clear()
        yield open_app()
        open_app.clear()


@pytest.mark.usefixtures("laptop")
def test_on_a_laptop_the_owner_is_in_without_a_sign_in() -> None:
    with browser("127.0.0.1") as client:
        assert client.get("/").status_code == 200
        assert client.get("/sign-in").headers["location"] == "/"
        with window(client, headers={"origin": HERE}) as screen:
            assert "this computer only" in screen.look("account")


@pytest.mark.parametrize(
    ("at", "headers"),
    [
        (ELSEWHERE, {}),
        ("127.0.0.1", {"x-forwarded-for": ELSEWHERE}),
        ("127.0.0.1", {"forwarded": f"for={ELSEWHERE}"}),
        ("127.0.0.1", {"x-real-ip": ELSEWHERE}),
    ],
)
@pytest.mark.usefixtures("laptop")
def test_without_a_sign_in_nobody_from_elsewhere_is_served(
    at: str, headers: dict[str, str]
) -> None:
    with browser(at) as client:
        assert client.get("/citation?case=1&opinion=1", headers=headers).status_code == 401
        with window(client, headers=headers) as screen:
            shown = screen.look("account")
    assert "its own computer only" in shown
    assert "revision" not in shown


@pytest.mark.usefixtures("laptop")
def test_the_first_password_shuts_the_door_in_every_open_window() -> None:
    with browser("127.0.0.1") as client, browser("127.0.0.1") as other:
        with window(other) as screen:
            assert "this computer only" in screen.look("account")
            assert post(client, "/password", password=GOOD).status == 303
            assert "You are signed out" in screen.look("account")
        assert client.get("/").status_code == 200, "who has set it is in"
        assert other.get("/").headers["location"] == "/sign-in"
        assert sign_in(other, "owner").status == 303
