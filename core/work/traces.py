"""The desk for the records of answers: opened again, confirmed, put with a matter, taken away.

A record is whoever's who asked, or a matter's team's; what somebody may not read is told in the
very words in which one is told that never was.
"""

from __future__ import annotations

from datetime import datetime

from core.access.matters import writable
from core.access.permits import Who, permitted
from core.access.settled import Rules
from core.access.trail import record
from core.errors import NoSuchRecord, UsageError
from core.library import matters, traces
from core.library.db import Database, Transaction
from core.model import Matter, MatterId, PaperFile, PaperForm, PaperKind, Trace, TraceHead, TraceId
from core.search.quoted import quotations
from core.work import recording
from core.work.log import diligence_log
from core.work.since import sources_now
from core.work.statement import answer_statement
from core.work.written import written

MOST = 500  # records listed at a time


class Traces:
    """The records of answers that one person may open."""

    desk = "traces"

    def __init__(self, db: Database, who: Who, rules: Rules) -> None:
        self.who = who
        self._db = db
        self._rules = rules

    @permitted
    def all(
        self,
        matter_id: MatterId | None = None,
        *,
        before: datetime | None = None,
        k: int = 50,
    ) -> tuple[TraceHead, ...]:
        """Your own records, or those of a matter, the latest first; `before` some moment."""
        days, most = self._days, max(1, min(k, MOST))
        with self._db.transaction(scope=self.who.scope) as tx:
            return tuple(traces.heads(tx, matter_id, before=before, k=most, days=days))

    @permitted
    def get(self, trace_id: TraceId) -> Trace | None:
        """One record as it was then, with what has become of its sources; None without one."""
        days = self._days
        with self._db.transaction(scope=self.who.scope) as tx:
            return _opened(tx, trace_id, days)

    @permitted
    def confirm(self, trace_id: TraceId, n: int = 0) -> None:
        """Say that you have read source `n`, or with 0 that you have reviewed the answer.

        Raises NoSuchRecord, and UsageError where the answer has no such source.
        """
        days = self._days
        with self._db.transaction(scope=self.who.scope) as tx:
            trace = _held(tx, trace_id, days)
            if n and all(source.n != n for source in trace.answer.sources):
                raise UsageError(f"This answer has no source {n}.")
            if traces.confirm(tx, trace_id, n):
                _enter(tx, "trace.confirm", trace.head, n=n)

    @permitted
    def withdraw(self, trace_id: TraceId, n: int = 0) -> bool:
        """Take back what you have confirmed; False where you have not, or it is held."""
        days = self._days
        with self._db.transaction(scope=self.who.scope) as tx:
            trace = _held(tx, trace_id, days)
            taken = traces.withdraw(tx, trace_id, n)
            if taken:
                _enter(tx, "trace.withdraw", trace.head, n=n)
            return taken

    @permitted
    def put(self, trace_id: TraceId, matter_id: MatterId) -> None:
        """Put a record of yours with a matter: from then on its team may open it, and you in it.

        Raises NoSuchRecord where you have none that is of no matter yet, NoSuchMatter, and
        UsageError where the matter is closed.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            writable(tx, matter_id)
            if not put_with(tx, trace_id, matter_id):
                raise NoSuchRecord

    @permitted
    def export(self, trace_id: TraceId, kind: PaperKind, form: PaperForm) -> PaperFile:
        """Write a record as a diligence log, or as a statement on the use of AI.

        Raises NoSuchRecord.
        """
        now = self._rules.now()
        with self._db.transaction(scope=self.who.scope) as tx:
            trace = _held(tx, trace_id, now.traces_days)
            _enter(tx, "trace.export", trace.head, kind=kind, form=form)
            matter = _matter(tx, trace.head)
        write = diligence_log if kind is PaperKind.LOG else answer_statement
        return written(write(trace, firm=now.firm_name, matter=matter), form)

    @property
    def _days(self) -> int:
        """Asked before a transaction is open: the settings are read over a connection too."""
        return self._rules.now().traces_days


def _held(tx: Transaction, trace_id: TraceId, days: int) -> Trace:
    trace = _opened(tx, trace_id, days)
    if trace is None:
        raise NoSuchRecord
    return trace


def _opened(tx: Transaction, trace_id: TraceId, days: int) -> Trace | None:
    held = traces.held(tx, trace_id, days=days)
    if held is None:
        return None
    opened = recording.opened(held.text)
    return Trace(
        head=held.head,
        answer=opened.answer,
        filters=opened.filters,
        passages=opened.passages,
        sha256=traces.sha256(held.text),
        faults=held.faults,
        now=sources_now(tx, opened.answer.sources),
        filings=quotations(tx, opened.answer.filings),
        confirmations=traces.confirmations(tx, trace_id),
        program=opened.program,
    )


def _enter(tx: Transaction, action: str, head: TraceHead, **detail: object) -> None:
    record(tx, action, subject=str(head.trace_id), matter_id=head.matter_id, detail=detail)


def _matter(tx: Transaction, head: TraceHead) -> Matter | None:
    if head.matter_id is None:
        return None
    return matters.matters_by_id(tx, [head.matter_id]).get(head.matter_id)


def put_with(tx: Transaction, trace_id: TraceId, matter_id: MatterId) -> bool:
    """Put a record of whoever asks with a matter; False where there is none of no matter."""
    if not traces.put(tx, trace_id, matter_id):
        return False
    record(tx, "trace.put", subject=str(trace_id), matter_id=matter_id)
    return True
