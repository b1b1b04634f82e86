"""The API on loopback, over real HTTP, on whatever library a test opens."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from pages.parts.api_routes import api_routes
from pages.parts.gate import SignInFirst
from pages.parts.guard import Guard
from tests.serving import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.app import Onpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Where it answers; `by` sends what a program with a token does."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def by(self, token: str | None) -> httpx.Client:
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        return httpx.Client(base_url=f"{self.address}/api/v1", headers=headers, timeout=60)


@contextmanager
def api_on(opened: Callable[[], Onpoint]) -> Iterator[Api]:
    """Serve the API's addresses, behind the same guards as the whole app, until the block ends."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(
                routes=api_routes(opened),
                middleware=[Middleware(Guard), Middleware(SignInFirst)],
            ),
            host="127.0.0.1",
            port=port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=5,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Api(port=port)
    finally:
        server.should_exit = True
        thread.join()
