"""Two addresses for whoever watches over the server: is it alive, and can it serve now?

The truth in one word a part, and nothing of what the library holds or where it lies.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.errors import OnpointError
from core.model import Readiness
from pages.parts.app import open_app

if TYPE_CHECKING:
    from starlette.requests import Request

# A watcher gives up before a database that does not answer does.
PATIENCE = 3.0  # seconds
_ASIDE = {"cache-control": "no-store"}


def health_routes() -> list[Route]:
    """Return the addresses /healthz and /readyz."""
    return [Route("/healthz", _alive), Route("/readyz", Ready().answer)]


async def _alive(_request: Request) -> Response:
    """Answer at all: that is what is asked."""
    return PlainTextResponse("ok", headers=_ASIDE)


class Ready:
    """Looks at the parts one watcher at a time; who asks meanwhile is told the same."""

    def __init__(self) -> None:
        self._looking = ThreadPoolExecutor(1, thread_name_prefix="onpoint-ready")
        self._look: Future[Readiness] | None = None

    async def answer(self, _request: Request) -> Response:
        """Return 200 where all parts can serve, 503 otherwise, with the state of each."""
        if self._look is None or self._look.done():
            self._look = self._looking.submit(_look)
        try:
            found = await asyncio.wait_for(
                asyncio.shield(asyncio.wrap_future(self._look)), PATIENCE
            )
        except TimeoutError:
            # Something hangs, or is only starting: which part it is, is not known yet.
            return JSONResponse({"ready": False}, status_code=503, headers=_ASIDE)
        parts = {"database": found.database, "encoder": found.encoder, "disk": found.disk}
        return JSONResponse(
            {"ready": bool(found), **parts},
            status_code=200 if found else 503,
            headers=_ASIDE,
        )


def _look() -> Readiness:
    try:
        return open_app().acting_as(None).readiness()
    except OnpointError:
        # The library does not open: without its database there is nothing to look at.
        return Readiness(database=False, encoder=False, disk=False)
