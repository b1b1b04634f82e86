"""The audit trail: who did what and who saw which passage, added to and never changed.

An admin reads it all but for what concerns matters he is kept out of; everybody reads his own.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from core.access.permits import Who, permitted
from core.access.settled import Rules
from core.access.telling import tell
from core.errors import UsageError
from core.library import audit
from core.library.audit import Event, Wanted, Written
from core.library.db import Database, Transaction
from core.model import ChainReport, MatterId, PersonId, TrailEntry, TrailForm

MOST = 1_000  # entries read at a time
SETTING_CHANGES = frozenset({"setting.set", "setting.unset"})


def record(
    transaction: Transaction,
    action: str,
    *,
    subject: str = "",
    person_id: PersonId | None = None,
    matter_id: MatterId | None = None,
    detail: Mapping[str, object] | None = None,
    text: str | None = None,
) -> UUID:
    """Write into the trail that something was done; it holds when the transaction does.

    `action` is `search` or `noun.verb`, such as `wall.raise`. Who did it is whoever acts in the
    transaction; where nobody does yet (a sign-in), `person_id` names them. What concerns a matter
    carries its id, and is then told to nobody who is kept out of that. `text` are the words of a
    question, and given only where retention keeps such. Returns the entry's id.
    """
    event = Event(
        action=action, subject=subject, matter_id=matter_id, detail=detail or {}, text=text
    )
    return audit.add(transaction, [event], person_id=person_id)[0]


def record_all(transaction: Transaction, events: Sequence[Event]) -> None:
    """Write several things into the trail at once, in their order, as `record`."""
    audit.add(transaction, events, person_id=None)


class Trail:
    """The desk where the trail is read."""

    desk = "trail"

    def __init__(self, db: Database, who: Who, rules: Rules) -> None:
        self.who = who
        self._db = db
        self._rules = rules

    @permitted
    def entries(
        self,
        *,
        person_id: PersonId | None = None,
        action: str | None = None,
        subject: str | None = None,
        matter_id: MatterId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        before: UUID | None = None,
        k: int = 100,
    ) -> tuple[TrailEntry, ...]:
        """Return what was done, the latest first.

        `action` may be the beginning of some (`setting.`); `until` is not included; `before` is
        the last entry of the page before.
        """
        wanted = Wanted(
            person_id=person_id,
            action=action,
            subject=subject,
            matter_id=matter_id,
            since=since,
            until=until,
            before=before,
        )
        return self._read(wanted, k)

    @permitted
    def mine(self, *, before: UUID | None = None, k: int = 100) -> tuple[TrailEntry, ...]:
        """Return what the person who asks has done, the latest first."""
        return self._read(Wanted(person_id=self.who.person().person_id, before=before), k)

    @permitted
    def export(
        self,
        form: str,
        *,
        person_id: PersonId | None = None,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[str]:
        """Yield the lines of a file with what was done, the latest first, each with its end.

        `form` is `csv` or `jsonl`. Raises UsageError for another.
        """
        if form not in {*TrailForm}:
            raise UsageError("The trail is written as csv or as jsonl.")
        wanted = Wanted(person_id=person_id, action=action, since=since, until=until)
        with self._db.transaction(scope=self.who.scope) as transaction:
            record(transaction, "trail.export", subject=form)
        return _written(self._all(wanted), TrailForm(form))

    @permitted
    def verify(self) -> ChainReport:
        """Say whether the trail is as it was written, from its first entry to its last."""
        with self._db.transaction(scope=self.who.scope) as transaction:
            broken_at, entries = audit.first_break(transaction), audit.count(transaction)
        words = (
            "The trail is whole: every entry follows from the one before."
            if broken_at is None
            else f"The trail was changed: the entry of {broken_at:%d %B %Y, %H:%M:%S} UTC does "
            "not fit the ones before it."
        )
        return ChainReport(
            whole=broken_at is None, entries=entries, broken_at=broken_at, words=words
        )

    def _read(self, wanted: Wanted, k: int) -> tuple[TrailEntry, ...]:
        days = self._rules.now().questions_days
        with self._db.transaction(scope=self.who.scope) as transaction:
            found = audit.entries(transaction, wanted, k=max(1, min(k, MOST)), days=days)
        return tuple(_entry(each, self._rules) for each in found)

    def _all(self, wanted: Wanted) -> Iterator[TrailEntry]:
        page = self._read(wanted, MOST)
        while page:
            yield from page
            page = self._read(_earlier(wanted, page[-1].entry_id), MOST)


def _earlier(wanted: Wanted, before: UUID) -> Wanted:
    return Wanted(
        person_id=wanted.person_id,
        action=wanted.action,
        since=wanted.since,
        until=wanted.until,
        before=before,
    )


def _entry(written: Written, rules: Rules) -> TrailEntry:
    return TrailEntry(
        entry_id=written.entry_id,
        at=written.at,
        person_id=written.person_id,
        login=written.login,
        action=written.action,
        subject=written.subject,
        matter_id=written.matter_id,
        detail=written.detail,
        text=written.text,
        words=tell(written),
        undoable=_undoable(written, rules),
    )


def _undoable(written: Written, rules: Rules) -> bool:
    return (
        written.action in SETTING_CHANGES
        and not written.detail.get("secret")
        and rules.refusal(written.subject, written.detail.get("from")) is None
    )


def _written(entries: Iterator[TrailEntry], form: TrailForm) -> Iterator[str]:
    if form is TrailForm.JSONL:
        yield from map(_json_line, entries)
        return
    yield _row(["at", "login", "action", "subject", "matter", "words", "text", "entry"])
    yield from map(_csv_line, entries)


def _csv_line(entry: TrailEntry) -> str:
    matter = "" if entry.matter_id is None else str(entry.matter_id)
    return _row(
        [
            entry.at.isoformat(),
            entry.login or "",
            entry.action,
            entry.subject,
            matter,
            entry.words,
            entry.text or "",
            str(entry.entry_id),
        ]
    )


def _row(cells: list[str]) -> str:
    """Write a row for spreadsheets, which take what begins with one of these for a formula."""
    safe = [
        f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(safe)
    return out.getvalue()


def _json_line(entry: TrailEntry) -> str:
    kept = {
        "entry_id": str(entry.entry_id),
        "at": entry.at.isoformat(),
        "login": entry.login,
        "action": entry.action,
        "subject": entry.subject,
        "matter_id": None if entry.matter_id is None else str(entry.matter_id),
        "detail": dict(entry.detail),
        "text": entry.text,
    }
    return json.dumps(kept, ensure_ascii=False) + "\n"
