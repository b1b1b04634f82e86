"""The office's single sign-on, against a provider that speaks the real protocol."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton

from core.app import Onpoint
from core.errors import NotAllowed, SignInRefused, UsageError
from core.model import Role, SignInMode
from core.settings import Settings
from pages.parts.app import open_app
from pages.parts.office import VOUCHER, sign_on_secrets
from pages.parts.visitor import COOKIE
from tests.fix_db import TestServer, made
from tests.flows.stub_provider import CLIENT, SECRET, Provider
from tests.flows.windows import HERE, browser, running, window

ADA: dict[str, object] = {
    "sub": "ada-1815",
    "name": "Ada Lovelace",
    "email": "ada@firm.example",
    "email_verified": True,
}


@pytest.fixture(scope="module")
def idp() -> Iterator[Provider]:
    with Provider(redirect_uri=f"{HERE}/oauth2callback") as provider:
        yield provider


@pytest.fixture(scope="module")
def site(server: TestServer, template: str, idp: Provider) -> Iterator[TestClient]:
    """The running server, on a library of its own, with the provider as its single sign-on."""
    with made(server, template) as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", url)
        environment.setenv("ONPOINT_SIGN_IN", "oidc")
        environment.setenv("ONPOINT_OIDC_URL", idp.metadata_url)
        environment.setenv("ONPOINT_OIDC_CLIENT", CLIENT)
        environment.setenv("ONPOINT_OIDC_SECRET", SECRET)
        environment.setenv("ONPOINT_ADDRESS", HERE)
        environment.setenv("ONPOINT_ENCODER", "/nowhere")
        with running(sign_on_secrets(Settings())) as client:
            yield client
        secrets_singleton._reset()


@pytest.fixture
def firm(site: TestClient, idp: Provider) -> Iterator[Onpoint]:
    idp.claims, idp.spoil, idp.forged = dict(ADA), {}, False
    idp.asked.clear()
    app = open_app()
    yield app
    with psycopg.connect(app.settings.database_url or "", autocommit=True) as connection:
        connection.execute("DELETE FROM people WHERE NOT is_owner")


@pytest.fixture
def client(site: TestClient, firm: Onpoint) -> TestClient:
    """A browser with an empty jar, at another computer; it follows no redirect."""
    return browser(site, "192.0.2.10")


def to_provider(client: TestClient) -> str:
    """Click the way to the office's sign-in, and return where st.login leads."""
    page = client.get("/sign-in")
    assert 'href="/?office=1"' in page.text
    assert client.get("/?office=1").status_code == 200
    with window(client, headers={"origin": HERE}) as screen:
        shown = screen.look(query="office=1")
    (login,) = re.findall(r"/auth/login\?provider=\S+", shown)
    answer = client.get(login)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def back_from(provider_address: str) -> str:
    """Sign in at the provider, and return the path that it leads back to."""
    led = httpx.get(provider_address)
    assert led.status_code == 302
    parts = urlsplit(led.headers["location"])
    return f"{parts.path}?{parts.query}"


def sign_in(client: TestClient) -> str:
    """Go all the way; return where the browser ends."""
    came_back = client.get(back_from(to_provider(client)))
    assert (came_back.status_code, came_back.headers["location"]) == (302, "/")
    first = client.get("/")
    assert first.headers["location"] == "/sign-in/office"
    there = client.get("/sign-in/office")
    client.last = there  # type: ignore[attr-defined]
    return str(there.headers.get("location", there.status_code))


def test_somebody_new_comes_in_by_single_sign_on_and_has_no_rights_yet(
    client: TestClient, firm: Onpoint, idp: Provider
) -> None:
    assert client.get("/").headers["location"] == "/sign-in"
    assert sign_in(client) == "/"
    (ada,) = [person for person in firm.people.all() if not person.is_owner]
    assert (ada.login, ada.name, ada.roles) == ("ada@firm.example", "Ada Lovelace", frozenset())
    assert client.get("/").status_code == 200
    with window(client, headers={"origin": HERE}) as screen:
        shown = screen.look()
    assert "nobody has said yet what you may do here" in shown
    with pytest.raises(NotAllowed):
        firm.acting_in(client.cookies[COOKIE]).coverage()
    # An administrator gives some; the next sign-in finds them.
    firm.people.set_roles(ada.person_id, {Role.LAWYER})
    client.cookies.clear()
    assert sign_in(client) == "/"
    assert firm.acting_in(client.cookies[COOKIE]).coverage().cases == 0


def test_the_protocol_is_spoken_with_pkce_a_nonce_and_a_state(
    client: TestClient, idp: Provider
) -> None:
    asked = parse_qs(urlsplit(to_provider(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert asked["scope"] == ["openid email profile"]
    assert asked["nonce"][0] != asked["state"][0]
    again = parse_qs(urlsplit(to_provider(client)).query)
    for name in ("state", "nonce", "code_challenge"):
        assert again[name] != asked[name], f"{name} is new each time"


def test_streamlits_own_cookies_are_thrown_away_and_our_session_is_like_any_other(
    client: TestClient, firm: Onpoint
) -> None:
    sign_in(client)
    assert not [name for name in client.cookies if name.startswith(VOUCHER)]
    token = client.cookies[COOKIE]
    person = firm.acting_in(token).who.person()
    page = client.get("/sign-out")
    (stamp,) = re.findall(r'name="form" value="(\w+)"', page.text)
    out = client.post("/sign-out", data={"form": unescape(stamp)})
    assert out.status_code == 303
    assert firm.acting_as(None).accounts.session(token) is None
    client.cookies.clear()
    sign_in(client)
    firm.people.disable(person.person_id)
    assert firm.acting_as(None).accounts.session(client.cookies[COOKIE]) is None
    client.cookies.clear()
    assert sign_in(client) == "401"
    assert "closed" in client.last.text  # type: ignore[attr-defined]


def test_a13_what_single_sign_on_said_counts_once(client: TestClient, firm: Onpoint) -> None:
    client.get(back_from(to_provider(client)))
    kept = {name: value for name, value in client.cookies.items() if name.startswith(VOUCHER)}
    assert kept
    assert client.get("/sign-in/office").headers["location"] == "/"
    client.cookies.clear()
    for name, value in kept.items():
        client.cookies.set(name, value, domain="localhost.local")
    replayed = client.get("/sign-in/office")
    assert replayed.status_code == 401
    assert "used before" in replayed.text
    assert COOKIE not in client.cookies


def test_a13_a_voucher_signed_with_another_secret_is_refused(
    client: TestClient, firm: Onpoint
) -> None:
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    claims = f'{{"iss": "x", "sub": "owner", "iat": {int(time.time())}}}'
    for secret in ("", "another secret", "None"):
        forged = create_signed_value(secret, VOUCHER, claims).decode()
        client.cookies.set(VOUCHER, forged, domain="localhost.local")
        refused = client.get("/sign-in/office")
        assert refused.status_code == 401
        assert COOKIE not in client.cookies
        client.cookies.clear()


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "another"},
        {"aud": "another client"},
        {"iss": "https://evil.example"},
        {"exp": 1_000_000_000},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_signs_nobody_in(
    client: TestClient, firm: Onpoint, idp: Provider, spoil: dict[str, object]
) -> None:
    idp.spoil = spoil
    client.get(back_from(to_provider(client)))
    assert not [name for name in client.cookies if name.startswith(VOUCHER)]
    assert client.get("/").headers["location"] == "/sign-in"


def test_a_token_signed_by_another_key_signs_nobody_in(
    client: TestClient, firm: Onpoint, idp: Provider
) -> None:
    idp.forged = True
    client.get(back_from(to_provider(client)))
    assert client.get("/").headers["location"] == "/sign-in"


def test_a_code_taken_to_another_browser_signs_nobody_in(
    client: TestClient, firm: Onpoint, site: TestClient
) -> None:
    back = back_from(to_provider(client))
    client.cookies.clear()
    client.get(back)
    assert client.get("/").headers["location"] == "/sign-in"


def test_an_old_sign_in_is_none(firm: Onpoint, idp: Provider) -> None:
    door = firm.acting_as(None).accounts
    now = int(time.time())
    for iat in (now - 3600, now + 3600, None, "now"):
        with pytest.raises(SignInRefused, match="too old"):
            door.vouch({**ADA, "iss": idp.issuer, "iat": iat}, "192.0.2.10")
    for lacking in ({"iss": idp.issuer}, {"sub": "x"}, {}):
        with pytest.raises(SignInRefused, match="who you are"):
            door.vouch({"iat": now, **lacking}, "192.0.2.10")


def test_whoever_was_invited_by_that_address_is_the_same_person(
    client: TestClient, firm: Onpoint
) -> None:
    invited = firm.people.invite("Ada@firm.example", "Ada L.", (Role.LAWYER,))
    assert invited.token == "", "they need no link"
    sign_in(client)
    assert firm.acting_in(client.cookies[COOKIE]).who.person() == invited.person


def test_an_address_that_nobody_has_verified_makes_nobody_somebody_else(
    client: TestClient, firm: Onpoint, idp: Provider
) -> None:
    firm.people.invite("ada@firm.example", "Ada", (Role.LAWYER, Role.ADMIN))
    for unverified in ({"email_verified": False}, {"email_verified": None}):
        idp.spoil = unverified
        client.cookies.clear()
        assert sign_in(client) == "401"
        assert "Ask an administrator" in client.last.text  # type: ignore[attr-defined]


def test_one_address_is_one_person_even_when_it_is_given_to_another_later(
    client: TestClient, firm: Onpoint, idp: Provider
) -> None:
    sign_in(client)
    idp.claims["sub"] = "another-person-of-that-name"
    client.cookies.clear()
    assert sign_in(client) == "401"


def test_roles_follow_the_groups_where_the_firm_has_set_which(
    client: TestClient, firm: Onpoint, idp: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONPOINT_OIDC_ROLES", "Law=lawyer, Clerks = paralegal, IT=admin")
    with Onpoint.open(Settings()) as office:
        door = office.acting_as(None).accounts

        def roles(groups: object) -> frozenset[Role]:
            claims = {**ADA, "iss": idp.issuer, "iat": int(time.time()), "nonce": str(groups)}
            return door.vouch({**claims, "groups": groups}, "192.0.2.10").person.roles

        assert roles(["Law", "IT", "Choir"]) == {Role.LAWYER, Role.ADMIN}
        assert roles("Clerks") == {Role.PARALEGAL}
        assert roles(["law"]) == frozenset(), "a group's name is written as it is"
        assert roles(None) == frozenset()


def test_in_an_office_with_single_sign_on_the_owner_alone_has_a_password(
    client: TestClient, firm: Onpoint
) -> None:
    link = firm.accounts.set_up_link()
    if link is None:  # somebody of another test is known already
        owner = firm.people.reset(firm.who.person().person_id)
        firm.acting_as(None).accounts.accept(owner.token, "orchard ferry stay 12")
    else:
        firm.acting_as(None).accounts.set_up(link.token, "owner", "Owner", "orchard ferry stay 12")
    page = client.get("/sign-in?owner=1")
    (stamp,) = re.findall(r'name="form" value="(\w+)"', page.text)
    fields = {"form": stamp, "login": "owner", "password": "orchard ferry stay 12", "owner": "1"}
    assert client.post("/sign-in", data=fields).status_code == 303
    sign_in_ada(firm)
    ada = next(person for person in firm.people.all() if not person.is_owner)
    with pytest.raises(NotAllowed, match="single sign-on"):
        firm.acting_as(ada.person_id).accounts.change_password("", "x y z 12345", end_others=True)


def sign_in_ada(firm: Onpoint) -> None:
    claims = {**ADA, "iss": "https://idp.example", "iat": int(time.time())}
    firm.acting_as(None).accounts.vouch(claims, "192.0.2.10")


@pytest.mark.parametrize("lacking", ["oidc_url", "oidc_client", "oidc_secret"])
def test_single_sign_on_that_lacks_a_setting_is_refused_in_words(lacking: str) -> None:
    whole = Settings(
        sign_in=SignInMode.OIDC,
        oidc_url="https://idp.example/.well-known/openid-configuration",
        oidc_client=CLIENT,
        oidc_secret=SecretStr(SECRET),
    )
    assert sign_on_secrets(whole)["auth"]["client_id"] == CLIENT
    with pytest.raises(UsageError, match=lacking.upper()):
        sign_on_secrets(whole.model_copy(update={lacking: None}))
    assert sign_on_secrets(whole.model_copy(update={"sign_in": SignInMode.PASSWORD})) == {}
