"""Two processes on one database, behind the proxy of deploy/, as deploy/README.md says.

What they share is the database; what they do not share is an open window.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import pytest

from core.app import Onpoint
from core.model import Person, Role
from core.settings import Settings
from tests.fix_db import TestServer, made
from tests.serving import ROOT, Served, drawn, free_port, rerun, served, window

DEPLOY = ROOT / "deploy"
PASSWORD = "orchard ferry stay 12"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two processes that serve, the library as its owner has it, and somebody who signs in."""

    one: Served
    two: Served
    owner: Onpoint
    person: Person


@pytest.fixture(scope="module")
def pair(
    server: TestServer, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    secret = secrets.token_urlsafe(48)
    with made(server, template) as url, ExitStack() as stack:
        settings = {
            "DATABASE_URL": url,
            "ONPOINT_SIGN_IN": "password",
            "ONPOINT_SECRET_KEY": secret,
            "STREAMLIT_SERVER_COOKIE_SECRET": secret,
        }
        home = tmp_path_factory.mktemp("owner")
        owner = stack.enter_context(
            Onpoint.open(Settings(home=home, database_url=url, secret_key=secret))
        )
        invited = owner.people.invite("ann@firm.example", "Ann", [Role.LAWYER, Role.ADMIN])
        person = owner.acting_as(None).accounts.accept(invited.token, PASSWORD).person
        one, two = (
            stack.enter_context(served(tmp_path_factory.mktemp(name), **settings))
            for name in ("one", "two")
        )
        yield Pair(one=one, two=two, owner=owner, person=person)


def signed_in(address: str, client: httpx.Client) -> str:
    """Sign in by the form as a browser does; return the Cookie header to go on with."""
    page = client.get(f"{address}/sign-in")
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page.text))
    fields |= {"login": "ann@firm.example", "password": PASSWORD}
    answer = client.post(f"{address}/sign-in", data=fields, headers={"Origin": address})
    assert answer.status_code == 303, answer.text
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def screen(process: Served, cookie: str) -> str:
    with window(process, headers={"Cookie": cookie}) as own:
        return drawn(own)


def test_i09_whoever_signs_in_at_one_process_is_signed_in_at_the_other(pair: Pair) -> None:
    with httpx.Client() as client:
        cookie = signed_in(pair.one.address, client)
        for process in (pair.one, pair.two):
            assert "Welcome to Onpoint" in screen(process, cookie)
            assert "Welcome to Onpoint" not in screen(process, "onpoint_session=made-up")


def test_i09_signing_out_at_one_process_closes_windows_at_the_other(pair: Pair) -> None:
    with httpx.Client() as client:
        cookie = signed_in(pair.one.address, client)
        with window(pair.two, headers={"Cookie": cookie}) as own:
            assert "Welcome" in drawn(own)
            (session,) = pair.owner.people.sessions(pair.person.person_id)[:1]
            assert session
            pair.owner.people.end_sessions(pair.person.person_id)
            rerun(own)
            assert "You are signed out" in drawn(own)


def test_i09_a_setting_made_at_one_process_holds_at_the_other_at_once(pair: Pair) -> None:
    with httpx.Client() as client:
        cookie = signed_in(pair.one.address, client)
        name = f"Firm {secrets.token_hex(4)}"
        pair.owner.firm.set("firm_name", name)
        for process in (pair.one, pair.two):
            assert name in screen(process, cookie)
        pair.owner.firm.unset("firm_name")


def test_i09_an_upload_works_where_its_window_is_and_is_explained_elsewhere(pair: Pair) -> None:
    with httpx.Client() as client:
        cookie = signed_in(pair.one.address, client)
        with window(pair.one, headers={"Cookie": cookie}) as own:
            session = session_of(own)
            sent = [
                client.put(
                    f"{process.address}/_stcore/upload_file/{session}/1",
                    files={"file": ("a.txt", b"words", "text/plain")},
                    headers={"Cookie": f"{cookie}; _streamlit_xsrf={XSRF}", "X-Xsrftoken": XSRF},
                )
                for process in (pair.one, pair.two)
            ]
    assert [answer.status_code for answer in sent] == [204, 400]
    assert "sticky" in sent[1].text
    assert "must keep each at one (see deploy/README.md)" in pair.two.said()
    assert session not in pair.two.said()


# Any number will do, as long as cookie and header say the same.
XSRF = "2|8b8d0bb0|6a1d5a4f9ffb8d4f1d3b0c2d1e0f9a8b|1763800000"


def session_of(connection: object) -> str:
    """Return the number of a window, which its first message names."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    while True:
        message = ForwardMsg.FromString(connection.recv(timeout=60))  # type: ignore[attr-defined]
        if message.WhichOneof("type") == "new_session":
            return str(message.new_session.initialize.session_id)


# --- through the proxy ---


@pytest.fixture(scope="module")
def proxy(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The proxy of deploy/Caddyfile before both processes; its certificate is its own."""
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("no Caddy here: install it by the system's package manager")
    folder = tmp_path_factory.mktemp("caddy")
    address = f"https://localhost:{free_port()}"
    plain = free_port()
    settings = {
        "ONPOINT_SITE": address,
        "ONPOINT_TLS": "tls internal",
        "ONPOINT_PROCESSES": f"127.0.0.1:{pair.one.port} 127.0.0.1:{pair.two.port}",
        "ONPOINT_COOKIE_SECRET": secrets.token_urlsafe(24),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    # Port 80 may be somebody else's on this computer.
    file = folder / "Caddyfile"
    file.write_text(text.replace("admin off", f"admin off\n\thttp_port {plain}"), encoding="utf-8")
    command = [caddy, "run", "--config", str(file), "--adapter", "caddyfile"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 30
        while _status(address) != 200:
            assert time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.3)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _status(address: str) -> int:
    try:
        return httpx.get(f"{address}/readyz", verify=False).status_code  # noqa: S501  its own
    except httpx.TransportError:
        return 0


def test_i12_the_documented_proxy_adds_tls_and_keeps_every_rule_for_browsers(proxy: str) -> None:
    answer = httpx.get(f"{proxy}/sign-in", verify=False)  # noqa: S501  its own certificate
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "server" not in answer.headers
    (form,) = [one for one in answer.headers.get_list("set-cookie") if "onpoint_form" in one]
    assert "Secure" in form
    assert "HttpOnly" in form


def test_i09_the_documented_proxy_keeps_a_visitor_at_one_process_and_signs_him_in(
    proxy: str,
) -> None:
    with httpx.Client(verify=False) as client:  # noqa: S501  its own certificate
        signed_in(proxy, client)
        kept = client.cookies["onpoint_process"]
        for _ in range(10):
            assert client.get(f"{proxy}/").status_code == 200
            assert client.cookies["onpoint_process"] == kept
        assert client.cookies["onpoint_session"]


def test_the_example_of_settings_names_only_settings_that_there_are() -> None:
    text = (DEPLOY / "onpoint.env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))
    ours = {f"ONPOINT_{name.upper()}" for name in Settings.model_fields}
    others = {"DATABASE_URL", "STREAMLIT_SERVER_COOKIE_SECRET", "FORWARDED_ALLOW_IPS"}
    proxys = set(re.findall(r"\{\$(\w+)\}", (DEPLOY / "Caddyfile").read_text(encoding="utf-8")))
    assert named <= ours | others | proxys


def test_the_units_of_systemd_are_sound() -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("no systemd here")
    for unit in ("onpoint@.service", "onpoint-migrate.service"):
        said = subprocess.run(
            [verify, "verify", "--man=no", str(DEPLOY / unit)], capture_output=True, text=True
        )
        # The program is not installed here, nor has Postgres a unit: that alone may be missing.
        faults = [line for line in said.stderr.splitlines() if "is not executable" not in line]
        assert [line for line in faults if "onpoint" in line and "Unknown" in line] == []
