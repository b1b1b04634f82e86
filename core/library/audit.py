"""The trail of what was done: added to, read as far as the acting person may, never changed."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from core.library.db import Reader, Transaction
from core.model import MatterId, PersonId

# In JSON, what Postgres may not hold: NUL, and halves of a character (whole ones come in halves).
_UNSTORABLE = re.compile(r"\\u(?:0000|d[89a-f])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as the database has it."""

    entry_id: UUID
    at: datetime
    person_id: PersonId | None
    login: str | None
    matter_id: MatterId | None
    action: str
    subject: str
    detail: Mapping[str, object]
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is entered: what was done, to what, concerning which matter, and in which words."""

    action: str
    subject: str = ""
    matter_id: MatterId | None = None
    detail: Mapping[str, object] = field(default_factory=dict[str, object])
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an entry says was changed."""

    action: str
    subject: str
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries are asked for; what is None does not narrow."""

    person_id: PersonId | None = None
    # An action, or the beginning of some: 'setting.'.
    action: str | None = None
    subject: str | None = None
    matter_id: MatterId | None = None
    since: datetime | None = None
    until: datetime | None = None
    # Only those written earlier than this one.
    before: UUID | None = None


def add(
    transaction: Transaction, events: Sequence[Event], *, person_id: PersonId | None
) -> list[UUID]:
    """Write entries in their order, return their ids; `person_id` None is whoever acts here."""
    entry_ids = [uuid.uuid4() for _ in events]
    entries = [
        {
            "entry_id": str(entry_id),
            "matter_id": event.matter_id and str(event.matter_id),
            "action": event.action,
            "subject": event.subject,
            "detail": event.detail,
            "text": event.text,
        }
        for entry_id, event in zip(entry_ids, events, strict=True)
    ]
    document = json.dumps(entries, default=dict)
    if _UNSTORABLE.search(document):
        document = json.dumps(_cleaned(entries))
    transaction.execute("insert_audit_entries", person_id=person_id, entries=document)
    return entry_ids


def entries(transaction: Transaction, wanted: Wanted, *, k: int, days: int) -> list[Written]:
    """Return entries, the latest first; the words asked where they are younger than `days`."""
    return transaction.rows(
        "select_audit_entries",
        Written,
        person_id=wanted.person_id,
        action=wanted.action,
        subject=wanted.subject,
        matter_id=wanted.matter_id,
        since=wanted.since,
        until=wanted.until,
        before=wanted.before,
        days=days,
        k=k,
    )


def change(transaction: Transaction, entry_id: UUID) -> Change | None:
    """Return what one entry says was done; None where the acting person may see no such entry."""
    return transaction.row("select_audit_entry", Change, entry_id=entry_id)


def count(transaction: Transaction) -> int:
    return int(str(transaction.value("count_audit_entries")))


def first_break(db: Reader) -> datetime | None:
    """Return when the first entry was written that does not fit; None where the chain is whole."""
    found = db.value("find_break_in_audit")
    return found if isinstance(found, datetime) else None


def forget(transaction: Transaction, days: int) -> None:
    """Take away the words asked more than so many days ago."""
    transaction.value("forget_audit_texts", days=days)


def _cleaned(value: object) -> object:
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return {_storable(name): _cleaned(inner) for name, inner in pairs}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in cast("Sequence[object]", value)]
    return _storable(value) if isinstance(value, str) else value


def _storable(text: str) -> str:
    """Return the text without what Postgres cannot hold: NUL, and halves of a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
