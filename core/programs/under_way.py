"""Work for a program that waits: beside the server's loop, and ended when nobody listens any more.

A program may hang up in the middle of an answer; the language model that writes it is then stopped,
so that nothing is paid for what nobody reads.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Generic, Self, TypeVar

from core.errors import OnpointError

log = logging.getLogger("onpoint.programs")

T = TypeVar("T")
Note = Callable[[str], None]


class HungUp(Exception):
    """The program is gone."""


async def in_thread(work: Callable[[], T], places: asyncio.Semaphore) -> T:
    """Do something that waits in a thread, once there is a place for it.

    A daemon's thread: a server that is told to end does not wait for it.
    """
    async with places:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def run() -> None:
            try:
                tell = partial(_set, done, work())
            except BaseException as error:  # noqa: BLE001  it is raised where it is waited for
                tell = partial(_fail, done, error)
            with suppress(RuntimeError):  # the loop is closed: nobody waits
                loop.call_soon_threadsafe(tell)

        threading.Thread(target=run, name="onpoint-program", daemon=True).start()
        return await done


def _set(done: asyncio.Future[T], outcome: T) -> None:
    if not done.cancelled():
        done.set_result(outcome)


def _fail(done: asyncio.Future[T], error: BaseException) -> None:
    if not done.cancelled():
        done.set_exception(error)


class UnderWay(Generic[T]):
    """Work in a thread, for as long as the block lasts: what it has said, and what comes of it.

    `work` is given a function to say with how far it is, which raises HungUp in it once the block
    has ended or `gone` has come: that is where work ends. The block waits for that end.
    """

    def __init__(
        self,
        work: Callable[[Note], T],
        places: asyncio.Semaphore,
        gone: Callable[[], Awaitable[object]],
    ) -> None:
        # The latest that was said.
        self.said = ""
        self._do = work
        self._places = places
        self._hang_up = gone
        self._loop = asyncio.get_running_loop()
        self._over = threading.Event()
        self._news = asyncio.Event()
        self._heard = False

    async def __aenter__(self) -> Self:
        self._work = asyncio.ensure_future(in_thread(self._run, self._places))
        self._gone = asyncio.ensure_future(self._hang_up())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        self._gone.cancel()
        await asyncio.wait((self._work, self._gone))
        error = None if self._work.cancelled() else self._work.exception()
        if error is not None and not self._heard and not isinstance(error, HungUp | OnpointError):
            log.error("work for a program that is gone failed", exc_info=error)

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
        self._heard = True
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
            with suppress(RuntimeError):  # the loop is closed: nobody waits
                self._loop.call_soon_threadsafe(self._news.set)
