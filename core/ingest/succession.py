"""A file that was read again: the new reading takes the place of the one before it, in one moment.

Where it says something else the former text stays under its own id, as a version that was replaced:
what was cited from it is read there. Where it says the same, only what searches use is made anew.
"""

from __future__ import annotations

from core.access.trail import record
from core.ingest.work import Again, Work
from core.library import filings, readings, uploads, versions
from core.library.db import Transaction
from core.library.filings import Contents
from core.model import Filing, FilingId

_ANOTHERS = "It was read again, and has the very words of another filing now: what it said stays."


def succeed(tx: Transaction, work: Work, contents: Contents, notice: str | None) -> bool:
    """Let a new reading be found instead of the former; False where there is no former one."""
    former = _former(tx, work)
    if former is None:
        return False
    same = filings.filing_with(tx, work.job.matter_id, contents.content_sha256)
    if same is None:
        _replace(tx, work, former, contents, notice)
    elif same == former.filing_id or readings.of_one_file(tx, same, former.filing_id):
        _renew(tx, work, former, same, contents, notice)
    else:
        readings.tell_pipeline(tx, former.filing_id, work.version)
        uploads.tell_searchable(tx, former.filing_id, duplicate_of=None, reason=_ANOTHERS)
        readings.drop(tx, work.job.filing_id)
    return True


def _former(tx: Transaction, work: Work) -> Filing | None:
    """Return the reading that is found now, as it stays until the transaction ends."""
    if work.upload.reading == 1:
        return None
    filing_id = readings.standing(tx, work.job.filing_id)
    if filing_id is None:
        return None
    filings.lock(tx, [filing_id])
    return filings.filings_by_id(tx, [filing_id]).get(filing_id)


def _replace(
    tx: Transaction, work: Work, former: Filing, contents: Contents, notice: str | None
) -> None:
    """Put the new text on the shelf; the former one is read where it was cited."""
    new = work.job.filing_id
    put = filings.put(
        tx,
        work.who.scope,
        former.matter_id,
        former.name,
        contents,
        filing_id=new,
        pipeline=work.version,
        instead_of=former,
    )
    if put is None:
        raise Again  # the same words came by another way, this very moment
    versions.replace(tx, former.filing_id, new)
    readings.succeed(tx, former.filing_id, new)
    uploads.tell_searchable(tx, new, duplicate_of=None, reason=notice)
    uploads.forget_steps(tx, new)
    detail = {"filing_id": str(former.filing_id), "by": str(new), "name": "a new reading of it"}
    record(tx, "filing.replace", subject=former.name, matter_id=former.matter_id, detail=detail)


def _renew(
    tx: Transaction,
    work: Work,
    former: Filing,
    same: FilingId,
    contents: Contents,
    notice: str | None,
) -> None:
    """Make anew what the filing of this very text is searched by, and let it be found."""
    held = filings.filings_by_id(tx, [same])[same]
    filings.make_anew(tx, held, contents, pipeline=work.version)
    readings.merge(tx, work.job.filing_id, same)
    uploads.tell_searchable(tx, same, duplicate_of=None, reason=notice)
    if same != former.filing_id:
        versions.replace(tx, same, former.replaced_by)
        versions.replace(tx, former.filing_id, same)
        readings.succeed(tx, former.filing_id, same)
