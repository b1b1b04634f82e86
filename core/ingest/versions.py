"""Versions of a filing: a new one takes the old one's place in search, and the old one is kept.

What was cited from the old version is still read there.
"""

from __future__ import annotations

from core.access.matters import writable
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchFiling, UsageError
from core.ingest.shop import Shop
from core.library import filings, versions
from core.library.db import Transaction
from core.model import Alike, Filing, FilingId
from core.search.likeness import ALIKE, likeness


class Versions:
    """Filings that are another of the same paper."""

    desk = "filings"
    who: Who
    _shop: Shop

    @permitted
    def versions(self, filing_id: FilingId) -> tuple[Filing, ...]:
        """The versions of a filing, itself among them: the one that searches find first."""
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            return versions.versions(tx, filing_id)

    @permitted
    def alike(self, filing_id: FilingId) -> tuple[Alike, ...]:
        """Filings of the same matter with much the same words, the likest first.

        Versions of it that were named as such are not among them.
        """
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            near = _near(versions.signatures(tx, filing_id))
            known = {each.filing_id for each in versions.versions(tx, filing_id)}
            held = filings.filings_by_id(tx, [one for one in near if one not in known])
        found = [Alike(filing=each, likeness=near[one]) for one, each in held.items()]
        return tuple(sorted(found, key=lambda each: (-each.likeness, each.filing.name)))

    @permitted
    def replace(self, old: FilingId, new: FilingId) -> tuple[Filing, ...]:
        """Let `new` take the place of `old`, which stays to be read and leaves search.

        Returns all versions. Raises NoSuchFiling, and UsageError where that makes no sense.
        """
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            older, newer = _both(tx, old, new)
            writable(tx, older.matter_id)
            versions.replace(tx, old, new)
            detail = {"filing_id": str(old), "by": str(new), "name": newer.name}
            record(
                tx,
                "filing.replace",
                subject=older.name,
                matter_id=older.matter_id,
                detail=detail,
            )
            return versions.versions(tx, new)

    @permitted
    def reinstate(self, filing_id: FilingId) -> tuple[Filing, ...]:
        """Let a filing that was replaced be found again, for itself. Raises NoSuchFiling."""
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            held = _locked(tx, filing_id).get(filing_id)
            if held is None:
                raise NoSuchFiling
            writable(tx, held.matter_id)
            versions.replace(tx, filing_id, None)
            record(
                tx,
                "filing.reinstate",
                subject=held.name,
                matter_id=held.matter_id,
                detail={"filing_id": str(filing_id)},
            )
            return versions.versions(tx, filing_id)


def _near(signatures: list[tuple[FilingId, bytes]]) -> dict[FilingId, float]:
    if not signatures:
        return {}
    (_, own), *others = signatures
    near = {filing_id: likeness(own, other) for filing_id, other in others}
    return {filing_id: how for filing_id, how in near.items() if how >= ALIKE}


def _both(tx: Transaction, old: FilingId, new: FilingId) -> tuple[Filing, Filing]:
    """Return an old and a new version. Raises NoSuchFiling, UsageError."""
    held = _locked(tx, old, new)
    older, newer = held.get(old), held.get(new)
    if older is None or newer is None:
        raise NoSuchFiling
    if old == new:
        raise UsageError("A filing is no new version of itself.")
    if older.matter_id != newer.matter_id:
        raise UsageError("The two are of different matters: a version is of the same one.")
    if older.replaced_by is not None:
        raise UsageError(f"{older.name} was replaced before. Choose the version that is current.")
    if newer.replaced_by is not None:
        raise UsageError(f"{newer.name} was itself replaced. Choose the version that is current.")
    return older, newer


def _locked(tx: Transaction, *filing_ids: FilingId) -> dict[FilingId, Filing]:
    """Return these filings as they stay until the transaction ends."""
    filings.lock(tx, filing_ids)
    return filings.filings_by_id(tx, filing_ids)
