"""Versions of filings: which took the place of which, and which have much the same words.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from uuid import UUID

from core.library import filings
from core.library.db import Reader, Transaction
from core.model import Filing, FilingId


def versions(db: Reader, filing_id: FilingId) -> tuple[Filing, ...]:
    """Return the versions of a filing, itself among them: the one that is current first."""
    ids = db.rows("select_versions", _id, filing_id=filing_id)
    held = filings.filings_by_id(db, ids)
    newest_first: list[Filing] = []
    newer: set[FilingId | None] = {None}
    while fresh := [each for each in held.values() if each.replaced_by in newer]:
        newest_first += sorted(fresh, key=lambda each: each.added_at, reverse=True)
        newer = {each.filing_id for each in fresh}
        held = {one: each for one, each in held.items() if one not in newer}
    return tuple(newest_first)


def signatures(db: Reader, filing_id: FilingId) -> list[tuple[FilingId, bytes]]:
    """Return the signatures of the current filings of a filing's matter, its own first.

    Nothing where it is not there, or was never signed.
    """
    found = db.rows("select_filing_signatures", _signature, filing_id=filing_id)
    return found if found and found[0][0] == filing_id else []


def replace(transaction: Transaction, old: FilingId, new: FilingId | None) -> None:
    """Let a filing take the place of another, or with None that one be current again."""
    transaction.execute("update_filing_replaced", filing_id=old, replaced_by=new)


def relink(transaction: Transaction, filing_id: FilingId) -> None:
    """Take a filing out of the line of its versions, before it is removed."""
    transaction.execute("relink_versions", filing_id=filing_id)


def _id(*, filing_id: UUID) -> FilingId:
    return FilingId(filing_id)


def _signature(*, filing_id: UUID, signature: bytes) -> tuple[FilingId, bytes]:
    return FilingId(filing_id), signature
