"""Work for programs: beside the server's loop, so much at once, ended when a program hangs up."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import anyio
from anyio.to_thread import run_sync

from core.errors import LimitReached, OnpointError
from pages.parts.errors import reference_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import Receive

    from core.model import PersonId

T = TypeVar("T")

# Threads for programs: those that screens and sign-ins need are others.
TOGETHER = 16
# Requests of one person at a time, through whatever programs.
EACH = 4
COME_BACK = 1  # seconds


class HungUp(Exception):
    """The program is gone."""


class Crowd:
    """How many requests are under way, in all and of each person."""

    def __init__(self) -> None:
        self._threads = anyio.CapacityLimiter(TOGETHER)
        self._under_way: Counter[PersonId] = Counter()

    @contextlib.contextmanager
    def place_for(self, person_id: PersonId) -> Iterator[None]:
        """Take a place for a request, until the block ends. Raises LimitReached."""
        if self._under_way[person_id] >= EACH:
            raise LimitReached(
                f"{EACH} requests of yours are under way: wait for one of them.", seconds=COME_BACK
            )
        self._under_way[person_id] += 1
        try:
            yield
        finally:
            self._under_way[person_id] -= 1
            if not self._under_way[person_id]:
                del self._under_way[person_id]

    async def do(self, work: Callable[[], T]) -> T:
        """Do something that waits, in a thread."""
        return await run_sync(work, limiter=self._threads)


class UnderWay(Generic[T]):
    """Work in a thread, for as long as the block lasts: what it has said, and what comes of it.

    `work` is given a function to say with how far it is, which raises HungUp in it once the block
    has ended or the program has gone: that is where work ends. The block waits for that end.
    """

    def __init__(
        self, crowd: Crowd, work: Callable[[Callable[[str], None]], T], receive: Receive
    ) -> None:
        # The latest that was said.
        self.said = ""
        self._crowd = crowd
        self._do = work
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._over = threading.Event()
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._work = asyncio.ensure_future(self._crowd.do(self._run))
        self._gone = asyncio.ensure_future(self._hang_up())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        self._gone.cancel()
        await asyncio.wait((self._work, self._gone))
        error = None if self._work.cancelled() else self._work.exception()
        if error is not None and not isinstance(error, HungUp | OnpointError):
            reference_of(error)  # into the log, though nobody may be there to be told

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, for news, or so long; say whether the end has come. Raises HungUp."""
        news = asyncio.ensure_future(self._news.wait())
        await asyncio.wait(
            (self._work, self._gone, news), timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        news.cancel()
        self._news.clear()
        if self._gone.done() and not self._work.done():
            raise HungUp
        return self._work.done()

    def outcome(self) -> T:
        """Return what came of it, once the end has come. Raises what ended it."""
        return self._work.result()

    def _run(self) -> T:
        if self._over.is_set():
            raise HungUp
        return self._do(self._note)

    def _note(self, said: str) -> None:
        if self._over.is_set():
            raise HungUp
        if said != self.said:
            self.said = said
            self._loop.call_soon_threadsafe(self._news.set)

    async def _hang_up(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._over.set()
