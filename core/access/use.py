"""What a person uses: counted against the limits before, told to the audit trail after."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from core.access.permits import Who
from core.access.settled import Rules
from core.access.trail import record, record_all
from core.errors import LimitReached
from core.library import audit, firm, traces
from core.library.audit import Event
from core.library.db import Database
from core.library.traces import Record
from core.model import (
    Answer,
    Case,
    Filing,
    FilingHit,
    FilingReference,
    MatterId,
    Passage,
    PersonId,
    SearchResult,
)
from core.settings import Settings

# A case read again within so many seconds is the same reading.
SAME_READING = 600.0
REMEMBERED = 10_000
FORGET_EVERY = 3_600.0  # seconds
MEGABYTE = 1_000_000


class Allowance(StrEnum):
    """What is limited for each person, by the hour or by the day."""

    SEARCHES = "searches"
    ANSWERS = "answers"
    TOKENS = "tokens of language models"
    UPLOADS = "uploads"


_PERIODS = {
    Allowance.SEARCHES: "hour",
    Allowance.ANSWERS: "hour",
    Allowance.TOKENS: "day",
    Allowance.UPLOADS: "day",
}
_NEXT = {"hour": "It starts again with the next hour.", "day": "It starts again tomorrow (UTC)."}


class Readings:
    """What was read a moment ago, by whom: shared by all who use one house."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: dict[tuple[PersonId, str], float] = {}
        self._forgot_at = 0.0

    def is_new(self, person_id: PersonId, what: str) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._at.pop((person_id, what), -SAME_READING) < SAME_READING:
                self._at[person_id, what] = now
                return False
            self._at[person_id, what] = now
            while len(self._at) > REMEMBERED:
                self._at.pop(next(iter(self._at)))
            return True

    def time_to_forget(self) -> bool:
        now = time.monotonic()
        with self._lock:
            due = now - self._forgot_at > FORGET_EVERY or not self._forgot_at
            if due:
                self._forgot_at = now
            return due


class Use:
    """One person's use of the house."""

    def __init__(self, db: Database, who: Who, rules: Rules, readings: Readings) -> None:
        self._db = db
        self._who = who
        self._rules = rules
        self._readings = readings

    def search(self, now: Settings) -> None:
        """Count a search. Raises LimitReached, before anything is done."""
        self._spend(Allowance.SEARCHES, 1, now.searches_per_hour)

    def ask(self, now: Settings) -> None:
        """Count a question, and see that a model may still be paid. Raises LimitReached."""
        self._spend(Allowance.ANSWERS, 1, now.answers_per_hour)
        most = now.model_tokens_per_day
        what = Allowance.TOKENS
        person_id = self._who.scope.person_id
        if most and firm.used(self._db, person_id, what, period=_PERIODS[what]) >= most:
            raise self._refused(what, most)

    def upload(self, size: int) -> None:
        """Count an upload of `size` bytes. Raises LimitReached."""
        now = self._rules.now()
        if size > now.filing_megabytes * MEGABYTE:
            raise LimitReached(f"A filing may have {now.filing_megabytes:,} MB at most.")
        self._spend(Allowance.UPLOADS, size, now.upload_megabytes_per_day * MEGABYTE)

    def pay(self, tokens: int) -> None:
        """Count what language models have read and written for this person."""
        what = Allowance.TOKENS
        if tokens:
            firm.add_used(self._db, self._who.scope.person_id, what, tokens, period=_PERIODS[what])

    def searched(
        self, found: SearchResult, now: Settings, matter_id: MatterId | None = None
    ) -> None:
        """Enter a search into the trail, with the passages that it showed."""
        seen = [passage for hit in found.hits for passage in hit.passages]
        search = Event(
            action="search",
            matter_id=matter_id,
            detail={
                "seen": places(seen),
                "revision": found.coverage.revision,
                **self._by_program(),
            },
            text=_kept(found.query, now),
        )
        shown = _in_each("search.filings", _by_matter(found.filings), self._by_program())
        with self._db.transaction(scope=self._who.scope, lasting=False) as transaction:
            record_all(transaction, [search, *shown])

    def searched_filings(
        self, query: str, hits: Sequence[FilingHit], now: Settings, matter_id: MatterId
    ) -> None:
        """Enter a search of a matter's filings alone into the trail, with what it showed."""
        search = Event(
            action="search", matter_id=matter_id, detail={"seen": []}, text=_kept(query, now)
        )
        shown = _in_each("search.filings", _by_matter(hits), self._by_program())
        with self._db.transaction(scope=self._who.scope, lasting=False) as transaction:
            record_all(transaction, [search, *shown])

    def asked(
        self,
        answer: Answer,
        now: Settings,
        *,
        record_of_it: Record | None = None,
        matter_id: MatterId | None = None,
    ) -> None:
        """Enter a question into the trail, with the passages that its answer showed.

        Its record, where one is kept, goes with it, and its hash stands in the entry.
        """
        seen = [source.passage for source in answer.sources]
        papers = [[str(p.filing_id), p.span.start, p.span.end] for p in answer.filings]
        hashed = {"record_sha256": record_of_it.sha256} if record_of_it else {}
        detail = {
            **hashed,
            "seen": places(seen),
            "standing": answer.standing,
            "answer_model": answer.footer.answer_model,
            "voice": answer.footer.voice,
            "revision": answer.footer.library_revision,
            **self._by_program(),
        }
        text = _kept(answer.question, now)
        with self._db.transaction(scope=self._who.scope) as transaction:
            if record_of_it is not None:
                traces.keep(transaction, record_of_it)
            question = Event(
                action="ask",
                subject=answer.trace_id,
                matter_id=matter_id,
                detail=detail,
                text=text,
            )
            seen_of = {matter_id: papers} if matter_id and papers else {}
            more = _in_each("ask.filings", seen_of, self._by_program())
            record_all(transaction, [question, *more])
        self._forget(now)

    def tried_out(self, question: str, seen: Sequence[Passage], now: Settings) -> None:
        """Enter a run of the bench into the trail, with the passages that it showed."""
        run = Event(
            action="bench.run",
            detail={"seen": places(seen), **self._by_program()},
            text=_kept(question, now),
        )
        with self._db.transaction(scope=self._who.scope, lasting=False) as transaction:
            record_all(transaction, [run])

    def read(self, case: Case) -> None:
        """Enter a case that was opened into the trail; once, however often its page is drawn."""
        if not self._readings.is_new(self._who.scope.person_id, case.source_id):
            return
        with self._db.transaction(scope=self._who.scope, lasting=False) as transaction:
            record(transaction, "read", subject=case.source_id, detail={"name": case.case_name})

    def opened(self, filing: Filing) -> None:
        """Enter a filing that was opened into the trail; once, however often it is drawn."""
        if not self._readings.is_new(self._who.scope.person_id, str(filing.filing_id)):
            return
        with self._db.transaction(scope=self._who.scope, lasting=False) as transaction:
            record(
                transaction,
                "filing.read",
                subject=filing.name,
                matter_id=filing.matter_id,
                detail={"filing_id": str(filing.filing_id)},
            )

    def shown(self, case: Case, references: Sequence[FilingReference]) -> None:
        """Enter into the trail what filings were shown to say of a case; once, as `read`."""
        person_id = self._who.scope.person_id
        if not references or not self._readings.is_new(person_id, f"filings: {case.source_id}"):
            return
        seen: dict[MatterId, list[object]] = {}
        for each in references:
            place = [str(each.filing.filing_id), each.sentence.start, each.sentence.end]
            seen.setdefault(each.matter.matter_id, []).append(place)
        with self._db.transaction(scope=self._who.scope, lasting=False) as transaction:
            record_all(transaction, _in_each("case.filings", seen, self._by_program()))

    def _by_program(self) -> Mapping[str, object]:
        """Name the token that a person's program has; nothing where the person acts."""
        program = self._who.program
        return {} if program is None else {"token": program.name}

    def _forget(self, now: Settings) -> None:
        if self._readings.time_to_forget():
            with self._db.transaction() as transaction:
                audit.forget(transaction, now.questions_days)
                traces.forget(transaction, now.traces_days)

    def _spend(self, what: Allowance, amount: int, most: int) -> None:
        if not most:
            return
        person_id, period = self._who.scope.person_id, _PERIODS[what]
        if not firm.spend(self._db, person_id, what, amount, period=period, most=most):
            raise self._refused(what, most)

    def _refused(self, what: Allowance, most: int) -> LimitReached:
        if self._readings.is_new(self._who.scope.person_id, f"limit: {what}"):
            with self._db.transaction(scope=self._who.scope) as transaction:
                record(transaction, "limit", subject=what, detail={"most": most})
        period = _PERIODS[what]
        size = f"{most // MEGABYTE:,} MB of" if what is Allowance.UPLOADS else f"{most:,}"
        return LimitReached(
            f"You have used what the firm allows one person: {size} {what} "
            f"{'an hour' if period == 'hour' else 'a day'}. {_NEXT[period]} "
            "An administrator can raise the limit.",
            seconds=_until_next(period, datetime.now(UTC)),
        )


def _until_next(period: str, now: datetime) -> int:
    """Return the seconds, rounded up, until the next hour or the next day begins."""
    began = now.replace(minute=0, second=0, microsecond=0)
    lasts = timedelta(hours=1)
    if period == "day":
        began, lasts = began.replace(hour=0), timedelta(days=1)
    return math.ceil((began + lasts - now).total_seconds())


def _kept(text: str, now: Settings) -> str | None:
    return text if now.questions_days else None


def places(passages: Sequence[Passage]) -> list[list[int]]:
    """Say where passages stand: case, opinion, start, end."""
    return [[p.case_id, p.opinion_id, p.span.start, p.span.end] for p in passages]


def _in_each(
    action: str, seen: Mapping[MatterId, Sequence[object]], more: Mapping[str, object]
) -> list[Event]:
    """Make an entry for each matter, of what of it was seen."""
    return [
        Event(action=action, matter_id=matter_id, detail={"seen": places, **more})
        for matter_id, places in seen.items()
    ]


def _by_matter(hits: Sequence[FilingHit]) -> dict[MatterId, list[object]]:
    """Say by matter which passages of filings were shown: filing, start, end."""
    shown: dict[MatterId, list[object]] = {}
    for hit in hits:
        shown.setdefault(hit.matter.matter_id, []).extend(
            [str(p.filing_id), p.span.start, p.span.end] for p in hit.passages
        )
    return shown
