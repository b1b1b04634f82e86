"""What is known of a filing besides its text: what it is thought to be, and what a person said.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from core.library.db import Reader, Transaction
from core.model import Described, Field, FilingId, Finding, FindingKind, MatterId, Scope, Span


def described(db: Reader, filing_id: FilingId) -> tuple[Described, ...]:
    """Return what is known of a filing, in the order of the fields."""
    return described_by_id(db, [filing_id]).get(filing_id, ())


def described_by_id(db: Reader, ids: Sequence[FilingId]) -> dict[FilingId, tuple[Described, ...]]:
    """Return what is known of each of these filings, in the order of the fields."""
    found: defaultdict[FilingId, list[Described]] = defaultdict(list)
    for filing_id, each in db.rows("select_filing_descriptions", _described, filing_ids=list(ids)):
        found[filing_id].append(each)
    order = list(Field)
    return {
        filing_id: tuple(sorted(known, key=lambda each: order.index(each.field)))
        for filing_id, known in found.items()
    }


def confirm(
    transaction: Transaction,
    scope: Scope,
    matter_id: MatterId,
    filing_id: FilingId,
    field: Field,
    value: str,
) -> None:
    """Write what whoever asks says of a filing; an empty `value` says that there is none."""
    transaction.execute(
        "upsert_confirmed_description",
        filing_id=filing_id,
        matter_id=matter_id,
        field=field.value,
        value=value,
        person_id=scope.person_id,
    )


def findings(db: Reader, filing_id: FilingId) -> tuple[Finding, ...]:
    """Return what was found in a filing that somebody should see, in order."""
    return tuple(db.rows("select_filing_findings", _finding, filing_id=filing_id))


def _described(
    *, filing_id: UUID, field: str, value: str, confidence: float, confirmed_by: str | None
) -> tuple[FilingId, Described]:
    return FilingId(filing_id), Described(
        field=Field(field), value=value, confidence=confidence, confirmed_by=confirmed_by
    )


def _finding(
    *, kind: str, page: int | None, start_offset: int, end_offset: int, words: str
) -> Finding:
    return Finding(
        kind=FindingKind(kind), page=page, span=Span(start_offset, end_offset), words=words
    )
