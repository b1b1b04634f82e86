"""Who is at the other end: the browser's session, and whether it is this very computer.

Asked anew at each request and each run of a screen; nothing is remembered of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from core.errors import NotAllowed
from core.model import SignInMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import HTTPConnection

    from core.app import Onpoint

COOKIE = "onpoint_session"
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_LOCAL_NAMES = {"localhost", "ip6-localhost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a browser brought along."""

    token: str
    # What the browser calls this server, and where the page came from that asks.
    host: str
    origin: str
    # The computer that connected; None where nothing but this one can have.
    peer: str | None
    # Somebody passed the request on.
    proxied: bool

    @property
    def is_here(self) -> bool:
        """Nobody but a browser on this computer can have asked this."""
        named = (urlsplit(f"//{self.host}").hostname, urlsplit(self.origin).hostname)
        return not self.proxied and _is_local(self.peer) and all(map(_is_local, named))


def visit_of(connection: HTTPConnection) -> Visit:
    """Return who asks for one of our own addresses."""
    peer = connection.client.host if connection.client else None
    token = connection.cookies.get(COOKIE, "")
    return _visit(token, connection.headers, peer)


def screen_visit() -> Visit:
    """Return who looks at the screen that is being drawn."""
    token, peer = st.context.cookies.get(COOKIE), st.context.ip_address
    return _visit(token, st.context.headers, peer)


def acting(app: Onpoint, visit: Visit) -> Onpoint:
    """Return the library for whoever visits. Raises NotSignedIn, or NotAllowed from elsewhere.

    Where nobody signs in the computer's owner acts, and nobody who comes from another computer.
    """
    acts = app.acting_in(visit.token)
    if not visit.is_here and acts.accounts.mode() is SignInMode.OWNER:
        raise NotAllowed(
            "This Onpoint answers on its own computer only: nobody has an account yet. Start it "
            "with --sign-in password, and set it up by the link that it prints."
        )
    return acts


def _visit(token: object, headers: Mapping[str, str], peer: object) -> Visit:
    return Visit(
        token=_text(token),
        host=_text(headers.get("host")),
        origin=_text(headers.get("origin")),
        peer=_text(peer) or None,
        proxied=any(_text(headers.get(name)) for name in _PROXIED),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_local(host: str | None) -> bool:
    if not host or host in _LOCAL_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
