"""What the server answers besides the screens, and what it does when it starts and stops."""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.errors import NotAllowed, NotSignedIn, OnpointError
from core.model import SignInMode
from pages.parts.api_routes import api_routes
from pages.parts.app import desk_for, open_app
from pages.parts.filing_routes import filing_routes
from pages.parts.health import health_routes
from pages.parts.links import read_case_id
from pages.parts.sign_in import sign_in_routes
from pages.parts.work_routes import work_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from core.app import Onpoint
    from core.model import CaseId


def routes() -> list[Route]:
    """Return the addresses of our own; sign-in will join them."""
    own = [Route("/citation", _citation)]
    return [
        *health_routes(),
        *sign_in_routes(),
        *filing_routes(),
        *work_routes(),
        *api_routes(open_app),
        *own,
    ]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Warm the library up while the first visitor reads, and close it when the server stops."""
    # A folder named pages makes Streamlit take each file in it for a screen of its own until
    # the first st.navigation has run; a link straight to a case would then miss the frame.
    PagesManager.uses_pages_directory = False
    _log_no_address()
    threading.Thread(target=_warm_up, name="onpoint-warm-up", daemon=True).start()
    yield
    open_app.clear()


def _log_no_address() -> None:
    """Keep addresses out of the log: one may hold what somebody looks for, or a one-time link.

    Here and not where the server is started: Streamlit sets its own logging in between.
    """
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    # What opens the library before the first visitor is no screen, and need not be told so.
    logging.getLogger(get_script_run_ctx.__module__).setLevel(logging.ERROR)


def _warm_up() -> None:
    # What fails here fails again, and is told, where a visitor needs it.
    with suppress(OnpointError):
        app = open_app()
        _tell_set_up_link(app)
        app.start_workers()
        app.warm_up()


def _tell_set_up_link(app: Onpoint) -> None:
    """Write on the console, and nowhere else, the link by which the first account is made."""
    if app.accounts.mode() is SignInMode.OWNER:
        return
    link = app.accounts.set_up_link()
    if link is not None:
        words = "Nobody has an account yet. Set Onpoint up here, once, within 24 hours:"
        address = f"{app.settings.public_address}/set-up?token={link.token}"
        print(f"{words}\n\n    {address}\n", file=sys.stderr, flush=True)  # noqa: T201


async def _citation(request: Request) -> Response:
    asked = request.query_params
    case_id, opinion_id = (read_case_id(asked.get(name, "")) for name in ("case", "opinion"))
    if case_id is None or opinion_id is None:
        return JSONResponse({"error": "case and opinion are numbers"}, status_code=400)
    first, last = asked.get("first", ""), asked.get("last", "")
    try:
        citation = await run_in_threadpool(_cite, request, case_id, opinion_id, first, last)
    except (NotSignedIn, NotAllowed) as refusal:
        return JSONResponse({"error": str(refusal)}, status_code=401)
    if citation is None:
        return JSONResponse({"error": "no such opinion in this library"}, status_code=404)
    return JSONResponse({"citation": citation})


def _cite(request: Request, case_id: CaseId, opinion_id: int, first: str, last: str) -> str | None:
    return desk_for(request).cite_writing(case_id, opinion_id, first, last)
