"""The steps from a file to a filing: parse, read scans, describe, check, encode, publish.

Each is done once, however often the work is begun: what it made is kept until the filing stands
on the shelf. No transaction is open while one works.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import LimitReached, UsageError
from core.faultpoints import fault
from core.ingest.accept import accept
from core.ingest.contents import Counted, counted, encoded
from core.ingest.describe import describe
from core.ingest.parse import ocr
from core.ingest.parse import parsed as packing
from core.ingest.parse.parsed import Parsed, ParsedPage, Unreadable
from core.ingest.publish import publish
from core.ingest.review import findings
from core.ingest.scans import with_readings
from core.ingest.work import Again, Halt, Work
from core.library import found_out, readings, uploads
from core.library.filings import Contents
from core.library.found_out import Label
from core.model import FileKind, FilingPage, PageState, UploadState

DEEPEST = 3  # archives within archives
_LOOKED_AT = 20  # pages of a file without a word that are read as pictures, whatever they are
_PATIENCE = 3  # times that a page is tried before the rest goes on without it
_NOT_TAKEN = 3  # files that are named where some of an archive were not taken


def carry(work: Work) -> None:
    """Do what is still to be done until the filing can be found.

    Raises Halt where that needs somebody, Lost and Stopping where another is to go on, Unreadable,
    and what the database and the encoder raise.
    """
    work.begin()
    parsed = _parsed(work)
    _more_than_files(work, parsed)
    parsed = recognised(work, parsed)
    _described(work, parsed)
    _released(work, _checked(work, parsed))
    publish(work, _contents(work, parsed), _notice(parsed))


def _parsed(work: Work) -> Parsed:
    """Read the file, take in the files that are in it, and keep the text."""
    kept = work.made("parse")
    if kept is not None:
        return packing.load(kept)
    return read(work)


def read(work: Work, password: str | None = None) -> Parsed:
    """Read the file in the sandbox and keep what was found. Raises Unreadable."""
    work.progress("parse")
    path = work.shop.files.path(work.upload.matter_id, work.upload.sha256)
    parsed, folder = work.shop.sandbox().parse(path, work.upload.name, password=password)
    try:
        fault("file parsed")
        not_taken = _take_out(work, parsed, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    parsed = replace(parsed, notices=(*parsed.notices, *not_taken))
    with work.keeping("parse", packing.dump(parsed)) as tx:
        pages = len(parsed.pages) or None
        uploads.tell_read(tx, work.job.filing_id, parsed.kind, pages)
    return parsed


def _more_than_files(work: Work, parsed: Parsed) -> None:
    """Raise Halt where a file is no paper itself, but holds such."""
    if parsed.kind is FileKind.ZIP:
        with work.transaction() as tx:
            uploads.forget_steps(tx, work.job.filing_id)
        count = len(parsed.attachments)
        what = "One file was in it and is" if count == 1 else f"{count} files were in it and are"
        raise Halt(UploadState.UNPACKED, " ".join([f"{what} listed apart.", *parsed.notices]))


def _take_out(work: Work, parsed: Parsed, folder: Path) -> list[str]:
    """Take in the files that came inside this one; say which were not, and why."""
    if work.upload.reading > 1:
        # They are here since it was first read, but for what somebody has removed since.
        return []
    if parsed.attachments and work.upload.depth >= DEEPEST:
        return ["It lies so deep in other archives that its files were not taken out."]
    refused: list[tuple[str, str]] = []
    for attachment in parsed.attachments:
        work.go_on()
        try:
            accept(
                work.shop,
                work.who,
                work.job.matter_id,
                attachment.name,
                folder / attachment.file,
                part_of=work.job.filing_id,
            )
        except LimitReached as error:
            refused.append((attachment.name, str(error)))
    if not refused:
        return []
    names = ", ".join(name for name, _ in refused[:_NOT_TAKEN])
    more = " and others" if len(refused) > _NOT_TAKEN else ""
    return [f"Not taken: {names}{more}. {refused[0][1]}"]


def recognised(work: Work, parsed: Parsed, password: str | None = None) -> Parsed:
    """Read the pages that are pictures, one by one, where this computer can; keep each."""
    wanted = _pictures(parsed)
    if not wanted or not work.shop.sandbox().recognises():
        return parsed
    readings: dict[int, Parsed] = {}
    failed: list[str] = []
    for done, number in enumerate(wanted):
        try:
            readings[number] = _page_read(work, parsed, number, password, (done, len(wanted)))
        except Unreadable as error:
            if error.need is UploadState.NEEDS_PASSWORD:
                raise
            if 0 < work.job.attempt < _PATIENCE:
                raise Again from error
            failed.append(f"Page {number} could not be read: {error.reason}")
    made = with_readings(parsed, readings)
    return replace(made, notices=(*made.notices, *failed[:_NOT_TAKEN]))


def _pictures(parsed: Parsed) -> list[int]:
    """Pages to be read as pictures: those that are, and all where there is no word at all."""
    scans = [page.number for page in parsed.pages if page.state is PageState.NEEDS_OCR]
    if scans or parsed.text.strip():
        return scans
    return [page.number for page in parsed.pages[:_LOOKED_AT]]


def _page_read(
    work: Work, parsed: Parsed, number: int, password: str | None, so_far: tuple[int, int]
) -> Parsed:
    step = f"ocr {number}"
    kept = work.made(step)
    if kept is not None:
        return packing.load(kept)
    work.progress("ocr", done=so_far[0], total=so_far[1])
    path = work.shop.files.path(work.upload.matter_id, work.upload.sha256)
    reading = work.shop.sandbox().ocr(path, parsed.kind, number, password)
    with work.keeping(step, packing.dump(reading)):
        return reading


def _described(work: Work, parsed: Parsed) -> None:
    """Find out what the filing is."""
    if work.made("describe") is not None:
        return
    work.progress("describe")
    known = describe(parsed, work.upload.name)
    with work.keeping("describe", b"") as tx:
        found_out.put_descriptions(tx, work.job.matter_id, work.job.filing_id, known)


def _checked(work: Work, parsed: Parsed) -> int:
    """Look for what somebody should see; return how much of it there is."""
    kept = work.made("check")
    if kept is not None:
        return int(json.loads(kept))
    work.progress("check")
    found = findings(parsed, name=work.upload.name)
    matter_id, filing_id = work.job.matter_id, work.job.filing_id
    with work.keeping("check", json.dumps(len(found)).encode()) as tx:
        found_out.put_findings(tx, matter_id, filing_id, found)
        found_out.put_labels(tx, matter_id, filing_id, _labels(parsed))
        pages = [_page(page) for page in parsed.pages]
        found_out.put_pages(tx, matter_id, filing_id, pages, [page.boxes for page in parsed.pages])
    return len(found)


def _released(work: Work, found: int) -> None:
    """Wait for somebody to look at what was found, where the matter wants that."""
    upload = work.upload
    if found and upload.asks_release and not upload.released and not _released_before(work):
        things = "one thing" if found == 1 else f"{found} things"
        raise Halt(
            UploadState.NEEDS_RELEASE,
            f"There {'is' if found == 1 else 'are'} {things} to look at before it can be "
            "searched. Look, then release it.",
        )


def _released_before(work: Work) -> bool:
    """Say whether somebody has looked at all this already, in an earlier reading of the file."""
    if work.upload.reading == 1:
        return False
    with work.transaction() as tx:
        return readings.were_released(tx, work.job.filing_id)


def _contents(work: Work, parsed: Parsed) -> Contents:
    """Make what the filing is searched by."""
    _has_text(parsed)
    made = _counted(parsed)
    encoder = work.shop.encoder()
    kept = work.made("encode")
    if kept is not None:
        vectors = _vectors(kept, made, encoder.fingerprint)
        if vectors is not None:
            return made.contents(vectors, encoder.fingerprint)
    vectors = encoded(
        made, encoder, lambda done, total: work.progress("encode", done=done, total=total)
    )
    with work.keeping("encode", encoder.fingerprint.encode() + b"\n" + vectors.tobytes()):
        pass
    return made.contents(vectors, encoder.fingerprint)


def _has_text(parsed: Parsed) -> None:
    """Raise Halt where there is nothing to be searched."""
    if parsed.text.strip():
        return
    if any(page.state is PageState.NEEDS_OCR for page in parsed.pages):
        raise Halt(UploadState.NEEDS_OCR, " ".join(parsed.notices) or ocr.NOT_HERE)
    raise Halt(UploadState.REFUSED, " ".join(["There is no text in this file.", *parsed.notices]))


def _counted(parsed: Parsed) -> Counted:
    try:
        return counted(parsed.text, parsed.footnotes_start)
    except UsageError as error:
        raise Halt(UploadState.REFUSED, str(error)) from error


def _vectors(kept: bytes, made: Counted, fingerprint: str) -> NDArray[np.float16] | None:
    """Return the vectors that were kept; None where another encoder made them."""
    by, _, raw = kept.partition(b"\n")
    if by.decode() != fingerprint:
        return None
    vectors = np.frombuffer(raw, dtype=np.float16)
    return vectors.reshape(len(made.passages), -1)


def _notice(parsed: Parsed) -> str | None:
    scans = [page.number for page in parsed.pages if page.state is PageState.NEEDS_OCR]
    words = list(parsed.notices)
    if scans:
        which = ", ".join(map(str, scans[:10])) + (" and more" if len(scans) > 10 else "")
        words.append(f"Pictures that are not read yet: page {which}. {ocr.NOT_HERE}")
    return " ".join(words) or None


def _labels(parsed: Parsed) -> list[Label]:
    return [
        Label(kind=each.kind.value, page=each.page, at=each.at, words=each.words)
        for each in parsed.taken
    ]


def _page(page: ParsedPage) -> FilingPage:
    return FilingPage(
        number=page.number,
        label=page.label,
        span=page.span,
        notes=page.notes,
        width=page.width,
        height=page.height,
        state=page.state,
        confidence=page.confidence,
    )
