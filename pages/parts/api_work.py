"""How much is done for programs at once, in all and for each person."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from core.errors import LimitReached
from core.programs.under_way import UnderWay, in_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import Receive

    from core.model import PersonId
    from core.programs.under_way import Note

T = TypeVar("T")

# Threads for programs: those that screens and sign-ins need are others.
TOGETHER = 16
# Requests of one person at a time, through whatever programs.
EACH = 4
COME_BACK = 1  # seconds


class Crowd:
    """How many requests are under way, in all and of each person."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(TOGETHER)
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
        return await in_thread(work, self._places)

    def begin(self, work: Callable[[Note], T], receive: Receive) -> UnderWay[T]:
        """Begin what says how far it is, and ends when the program hangs up."""

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        return UnderWay(work, self._places, gone)
