"""Every way in which a person could come upon a matter: what a wall is tried on.

The functions are those that the person would call, but nothing of it counts as their use and
nothing enters the trail as done by them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from core.access.matters import Matters
from core.access.notes import Answers, Notes
from core.access.probe import Canary, Way
from core.access.trail import Trail
from core.ingest.filings import Filings
from core.model import Answer, Coverage, MatterId, Mode, ResolvedCitation, SearchResult
from core.work.drafts import Drafts
from core.work.traces import Traces


class Search(Protocol):
    def __call__(
        self, query: str, *, mode: Mode = Mode.AUTO, matter: MatterId | None = None
    ) -> SearchResult: ...


class Person(Protocol):
    """The facade as one person has it."""

    matters: Matters
    filings: Filings
    notes: Notes
    answers: Answers
    traces: Traces
    drafts: Drafts
    trail: Trail

    def coverage(self) -> Coverage: ...
    def cite(self, text: str) -> tuple[ResolvedCitation, ...]: ...


def ways(app: Person, search: Search, ask: Callable[[str], Answer]) -> tuple[Way, ...]:
    """Return the ways of looking for a canary as a person, whose `search` and `ask` are given."""
    return (*_asking(app, search, ask), *_opening(app))


def _asking(app: Person, search: Search, ask: Callable[[str], Answer]) -> tuple[Way, ...]:
    def way(name: str, words: str, look: Callable[[Canary], object]) -> Way:
        return Way(name=name, words=words, look=look)

    return (
        way("search", "Search", lambda c: search(c.words)),
        way("search", "Search by words", lambda c: search(c.words, mode=Mode.LEXICAL)),
        way(
            "search",
            "Search by meaning",
            lambda c: search(f"A memorandum on {c.words}", mode=Mode.SEMANTIC),
        ),
        way("search", "Search for the exact words", lambda c: search(f"“{c.words}”")),
        way("search", "Search for a citation in it", lambda _: search("556 U.S. 418")),
        way("search", "Search in the matter itself", lambda c: search("", matter=c.matter_id)),
        way("ask", "Ask", lambda c: ask(f"What is the reserve for {c.words}?")),
        way("cite", "Resolve its citations", lambda c: app.cite(c.text)),
        way("coverage", "What the library holds", lambda _: app.coverage()),
    )


def _opening(app: Person) -> tuple[Way, ...]:
    def way(name: str, words: str, look: Callable[[Canary], object]) -> Way:
        return Way(name=name, words=words, look=look)

    return (
        way("matters.all", "List the matters", lambda _: app.matters.all()),
        way("matters.get", "Open the matter", lambda c: app.matters.get(c.matter_id)),
        way("matters.team", "Read its team", lambda c: app.matters.team(c.matter_id)),
        way("filings.all", "List its filings", lambda c: app.filings.all(c.matter_id)),
        way("filings.get", "Open its filing", lambda c: app.filings.get(c.filing_id)),
        way(
            "filings.citations", "Read its citations", lambda c: app.filings.citations(c.filing_id)
        ),
        way("filings.add_text", "Add to it", lambda c: app.filings.add_text(c.matter_id, "x", "x")),
        way("filings.remove", "Remove its filing", lambda c: app.filings.remove(c.filing_id)),
        way("notes.all", "Read its notes", lambda c: app.notes.all(c.matter_id)),
        way("notes.write", "Write a note on it", lambda c: app.notes.write(c.matter_id, "x")),
        way("answers.all", "Read its kept answers", lambda c: app.answers.all(c.matter_id)),
        way("traces.all", "List its records of answers", lambda c: app.traces.all(c.matter_id)),
        way("drafts.all", "List its drafts", lambda c: app.drafts.all(c.matter_id)),
        way("drafts.all", "List the drafts", lambda _: app.drafts.all()),
        way("trail.mine", "Read the trail", lambda _: app.trail.mine(k=1000)),
    )
