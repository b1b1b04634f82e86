"""Stands before every address of the server: the names it answers to, and who may call.

It tells the browser too what may be done with the answer. The names keep out a stranger's page
whose name was pointed at this computer; the origin keeps out one that calls from elsewhere with a
reader's cookie.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import logging
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse

from core.settings import Settings

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("onpoint.serving")

# Characters of an address with its query; a browser's own limit is above that, a screen's below.
LONGEST_ADDRESS = 16_000
THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})
# Whoever watches over the server calls it by its number.
_WATCHED = frozenset({"/healthz", "/readyz"})
# Streamlit's figures of its sessions and its doors for programs are nobody's business here.
_CLOSED = re.compile(r"/_stcore/(?!stream$|health$|host-config$|upload_file/|bidi-components/)")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_CODES = {400: "unknown_name", 403: "other_site", 404: "nothing_here", 414: "too_long"}
_YEAR = 365 * 24 * 3600
_LOST = (
    "This reached a process of Onpoint that does not know the window it came from. Load the page "
    "again. If it happens often, the proxy sends one visitor to several processes: it must keep "
    "each at one (see deploy/README.md)."
)


def allowed_names(settings: Settings) -> frozenset[str] | None:
    """Return the names the server answers to, in small letters; None where to any."""
    named = {name for name in settings.allowed_hosts.split(", ") if name}
    if settings.address is not None:
        named.add(urlsplit(settings.address).hostname or "")
    if not named and not _is_loopback(settings.host):
        return None
    return THIS_COMPUTER | named


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Guard:
    """Refuses what does not belong here, and puts the rules for browsers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        self._app = app
        self._names = allowed_names(settings)
        self._secure = (settings.address or "").startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send, secure=self._secure or scope["scheme"] in {"https", "wss"})
        refused = self._refusal(scope, Headers(scope=scope))
        if refused is None:
            await self._app(scope, receive, answer.send)
        elif scope["type"] == "websocket":
            # Closed before it is accepted: the browser is told 403 and no more.
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _told(scope["path"], *refused)(scope, receive, answer.send)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Return status and words where a request does not belong here; None where it does."""
        path: str = scope["path"]
        if len(path) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, "This address is too long."
        if path in _WATCHED:
            return None
        if self._names is not None and _name(headers.get("host", "")) not in self._names:
            return 400, (
                "Onpoint does not answer to this name. Whoever runs it can allow the name: "
                "ONPOINT_ADDRESS or ONPOINT_ALLOWED_HOSTS."
            )
        if not self._is_own(scope, headers):
            return 403, "This came from another site's page and was not done."
        if _CLOSED.match(path):
            return 404, "Not found."
        return None

    def _is_own(self, scope: Scope, headers: Headers) -> bool:
        """Say whether a request that may change something comes from a page of this server."""
        if scope["type"] == "http" and scope["method"] in _READING:
            return True
        origin = headers.get("origin")
        # No browser, or a browser's own request of the very page.
        if origin is None:
            return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _told(path: str, status: int, words: str) -> Response:
    """Return the words for a browser, or as a program of the API reads them."""
    if not path.startswith("/api/"):
        return PlainTextResponse(words, status)
    return JSONResponse({"error": {"code": _CODES[status], "message": words}}, status)


class _Answer:
    """One answer on its way out, with the rules for the browser on it."""

    def __init__(self, scope: Scope, send: Send, *, secure: bool) -> None:
        self._scope = scope
        self._send = send
        self._secure = secure

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if _is_lost(self._scope, message["status"]):
                log.warning("a request reached a process that does not know its window: %s", _LOST)
            headers = MutableHeaders(scope=message)
            for name, value in rules(secure=self._secure).items():
                headers.setdefault(name, value)
        await self._send(message)


def _is_lost(scope: Scope, status: int) -> bool:
    path: str = scope.get("path", "")
    return (status == 400 and path.startswith("/_stcore/upload_file/")) or (
        status == 404 and path.startswith("/media/")
    )


def _name(host: str) -> str:
    """Return the name in a Host header, without the port and the brackets of a number."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


@cache
def rules(*, secure: bool) -> dict[str, str]:
    """Return what every answer tells the browser; `secure`: it is reached by https only."""
    headers = {
        "content-security-policy": _policy(),
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    return headers | ({"strict-transport-security": f"max-age={_YEAR}"} if secure else {})


def _policy() -> str:
    # Streamlit's page has one script in it; the hash lets that one run and no other.
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
