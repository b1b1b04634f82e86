"""Leads whoever is not signed in to the sign-in, before a screen is even loaded.

A courtesy: what is not allowed is refused by the desk that a screen asks, with or without this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse

from core.errors import NotSignedIn, OnpointError
from core.model import SignInMode
from pages.parts.app import desk_for, open_app
from pages.parts.office import ASKED, VOUCHER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# First parts of addresses that are no screens, or that nobody needs to be signed in for.
_OPEN = frozenset(
    "sign-in sign-out set-up invitation password healthz readyz citation api auth oauth2callback "
    "_stcore static media component favicon.png robots.txt".split()
)


class SignInFirst:
    """Answers a browser that opens a screen with the way to the sign-in, where it has to."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_screen(HTTPConnection(scope)):
            way = await run_in_threadpool(_way, HTTPConnection(scope))
            if way is not None:
                await RedirectResponse(way, status_code=303)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_screen(asked: HTTPConnection) -> bool:
    first = asked.url.path.lstrip("/").partition("/")[0]
    return (
        asked.scope["method"] == "GET"
        and first not in _OPEN
        and "text/html" in asked.headers.get("accept", "")
    )


def _way(asked: HTTPConnection) -> str | None:
    """Return where to go instead; None where the screen may be loaded, and says itself what is."""
    try:
        desk_for(asked)
    except NotSignedIn:
        return _to_sign_in(asked)
    except OnpointError:
        return None
    return None


def _to_sign_in(asked: HTTPConnection) -> str | None:
    if open_app().accounts.mode() is SignInMode.OIDC:
        if VOUCHER in asked.cookies:
            return "/sign-in/office"
        if ASKED in asked.query_params:
            return None
    path = asked.url.path + (f"?{asked.url.query}" if asked.url.query else "")
    return "/sign-in" if path == "/" else f"/sign-in?next={quote(path)}"
