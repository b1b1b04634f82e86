"""Putting a filing on its shelf: in one transaction, so that it is found whole or not at all.

It is done in the name of whoever asked for it, with the rights that they have at that moment.
"""

from __future__ import annotations

from core.access.matters import writable
from core.access.permits import require
from core.access.trail import record
from core.faultpoints import fault
from core.ingest.succession import succeed
from core.ingest.work import Work
from core.library import filings, jobs, uploads
from core.library.db import Transaction
from core.library.filings import Contents
from core.model import FilingId


def publish(work: Work, contents: Contents, notice: str | None) -> None:
    """Let an upload be found from now on. Raises Lost and NoSuchFiling."""
    work.progress("publish")
    require(work.who, "filings.upload")
    with work.transaction() as tx:
        if not jobs.finish(tx, work.job):
            work.gone()
        fault("publish: begun")
        writable(tx, work.job.matter_id)
        if not succeed(tx, work, contents, notice):
            _stand(tx, work, contents, notice)
        fault("publish: written")
    fault("publish: done")


def _stand(tx: Transaction, work: Work, contents: Contents, notice: str | None) -> None:
    """Put a file that is read for the first time on its shelf."""
    same = _put(tx, work, contents)
    words = [notice or ""]
    if same is not None:
        words.insert(0, "The same words are in this matter already.")
    reason = " ".join(filter(None, words)) or None
    uploads.tell_searchable(tx, work.job.filing_id, duplicate_of=same, reason=reason)
    uploads.forget_steps(tx, work.job.filing_id)


def _put(tx: Transaction, work: Work, contents: Contents) -> FilingId | None:
    """Put the filing on the shelf; return the one of the same words where there is one."""
    upload = work.upload
    put = filings.put(
        tx,
        work.who.scope,
        upload.matter_id,
        upload.name,
        contents,
        filing_id=upload.filing_id,
        pipeline=work.version,
    )
    if put is None:
        same = filings.filing_with(tx, upload.matter_id, contents.content_sha256)
        return None if same == upload.filing_id else same
    detail = {"filing_id": str(put)}
    record(tx, "filing.add", subject=upload.name, matter_id=upload.matter_id, detail=detail)
    return None
