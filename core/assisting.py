"""The part of the facade that assistants use: a matter's filings alone, where they may read them.

An assistant is a language model, mostly outside the firm: what a matter does not let such a model
read is not found for it.
"""

from __future__ import annotations

from core.access.matters import Matters
from core.access.outside import is_open, require_open
from core.access.permits import Who, permitted
from core.access.use import Use
from core.house import House
from core.model import Matter, MatterId
from core.search.private import Papers


class Assisting:
    """What is asked for an assistant, with the rights of whom it assists."""

    desk = ""
    who: Who
    matters: Matters
    _house: House
    _use: Use

    @permitted
    def search_filings(
        self, query: str, *, matter: MatterId, k: int = 10, outside: bool = False
    ) -> Papers:
        """Find filings of one matter, the `k` most on point, and no cases.

        `outside`: what is found is for a model outside the firm to read. Raises LimitReached,
        NoSuchMatter, and NotAllowed where the firm or the matter lets no such model read it.
        """
        now = self._house.rules.now()
        self._use.search(now)
        if outside:
            require_open(self.matters.get(matter), now)
        found = self._house.search_filings(
            self.who.scope, query, matter=matter, mode=now.search_mode, k=k
        )
        self._use.searched_filings(query, found.hits, now, matter)
        return found

    @permitted
    def matters_for_models(self, *, outside: bool) -> tuple[Matter, ...]:
        """The matters that you may see; `outside`: and a model outside the firm may read."""
        seen, now = self.matters.all(), self._house.rules.now()
        return tuple(each for each in seen if not outside or is_open(each, now))
