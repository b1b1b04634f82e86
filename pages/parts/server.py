"""What the server answers besides the screens: is it alive, and how is this page cited.

Every answer tells the browser to load nothing from anywhere else and to run no script but ours.
"""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from core.errors import OnpointError
from pages.parts.app import open_app
from pages.parts.links import read_case_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from core.model import CaseId


def routes() -> list[Route]:
    """Return the addresses of our own; sign-in will join them."""
    return [Route("/healthz", _healthz), Route("/citation", _citation)]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Warm the library up while the first visitor reads, and close it when the server stops."""
    # A folder named pages makes Streamlit take each file in it for a screen of its own until
    # the first st.navigation has run; a link straight to a case would then miss the frame.
    PagesManager.uses_pages_directory = False
    threading.Thread(target=_warm_up, name="onpoint-warm-up", daemon=True).start()
    yield
    open_app.clear()


def _warm_up() -> None:
    # What fails here fails again, and is told, where a visitor needs it.
    with suppress(OnpointError):
        open_app().warm_up()


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _citation(request: Request) -> Response:
    asked = request.query_params
    case_id, opinion_id = (read_case_id(asked.get(name, "")) for name in ("case", "opinion"))
    if case_id is None or opinion_id is None:
        return JSONResponse({"error": "case and opinion are numbers"}, status_code=400)
    first, last = asked.get("first", ""), asked.get("last", "")
    citation = await run_in_threadpool(_cite, case_id, opinion_id, first, last)
    if citation is None:
        return JSONResponse({"error": "no such opinion in this library"}, status_code=404)
    return JSONResponse({"citation": citation})


def _cite(case_id: CaseId, opinion_id: int, first: str, last: str) -> str | None:
    return open_app().cite_writing(case_id, opinion_id, first, last)


class OwnHostOnly:
    """Adds to every answer what keeps a browser on this host and other sites' frames out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = {
            "content-security-policy": _policy(),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


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
