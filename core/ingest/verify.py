"""Looks over all that is kept: every file against its hash, every row against the rules.

Nothing is changed, and nothing of what stands in a filing is told: only where something is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from uuid import UUID

from core.ingest.files import CHUNK, Files
from core.library import keeping as library
from core.library.keeping import Keeping, KeptFile
from core.model import Fault, FaultKind, Verification

_Place = tuple[UUID, bytes]

# What the role that serves cannot look at.
NOT_LOOKED_AT = (
    "files that are not on the disk and should be",
    "the rules of what is in matters: filings, passages, words, vectors, uploads",
    "which filings another encoder has read",
)


def verify(owner_url: str, files: Files, *, encoder: str | None) -> Verification:
    """Look over the library whose tables the role in `owner_url` owns, and its files.

    `encoder` is the fingerprint of the one in use; None leaves out what was encoded by which.
    Raises DatabaseUnavailable and DatabaseUnfit.
    """
    on_disk = set(files.all())
    with library.keeping(owner_url) as look:
        faults = [*_rows(look), *_trail(look), *_encoders(look, encoder)]
        rules, kept = look.rules(), look.files()
    faults += _files(owner_url, files, {(each.matter_id, each.sha256): each for each in kept})
    faults += _orphans(owner_url, files, on_disk - {(each.matter_id, each.sha256) for each in kept})
    return Verification(
        checks=rules,
        files=len(kept),
        bytes=sum(each.bytes for each in kept),
        faults=tuple(faults),
    )


def verify_what_serves_sees(url: str, files: Files) -> Verification:
    """Look over what the role that serves may see: every file on the disk, the public shelf.

    Raises DatabaseUnavailable and DatabaseUnfit.
    """
    on_disk = list(files.all())
    with library.keeping(url, as_owner=False) as look:
        faults, rules = [*_rows(look), *_trail(look)], look.rules()
        orphans = {place for place in on_disk if not look.has_file(*place)}
    count = size = 0
    for matter_id, sha256 in on_disk:
        if (looked := _measured(files, matter_id, sha256)) is None:
            continue
        count, size = count + 1, size + looked[1]
        if looked[0] != sha256 and (matter_id, sha256) not in orphans:
            faults.append(_changed(matter_id, sha256, "A file"))
    faults += _orphans(url, files, orphans)
    return Verification(
        checks=rules, files=count, bytes=size, faults=tuple(faults), unseen=NOT_LOOKED_AT
    )


def _rows(look: Keeping) -> Iterator[Fault]:
    for broken in look.broken_rules():
        shown = ", ".join(broken.first) + (" …" if broken.count > len(broken.first) else "")
        yield Fault(
            kind=FaultKind.BROKEN_ROW,
            subject=broken.name,
            words=f"{broken.question} {broken.count:,}: {shown}",
        )


def _trail(look: Keeping) -> Iterator[Fault]:
    if (broken_at := look.break_in_trail()) is not None:
        yield Fault(
            kind=FaultKind.BROKEN_TRAIL,
            subject="audit_trail",
            words=f"The audit trail was changed: the entry of {broken_at:%d %B %Y, %H:%M:%S} UTC "
            "does not fit the ones before it.",
        )


def _encoders(look: Keeping, encoder: str | None) -> Iterator[Fault]:
    if encoder is None:
        return
    other = look.otherwise_encoded(encoder)
    if other.filings or other.cases:
        yield Fault(
            kind=FaultKind.WRONG_ENCODER,
            subject="encoder",
            words=f"{other.filings:,} filings and {other.cases:,} cases were read by another "
            "encoder than the one in use, and are found by their words only.",
        )


def _files(owner_url: str, files: Files, kept: Mapping[_Place, KeptFile]) -> Iterator[Fault]:
    """Read every file that is to be there; one that was removed meanwhile is no fault."""
    for (matter_id, sha256), each in kept.items():
        found = _sha256(files, matter_id, sha256)
        if found == sha256 or not library.file_is_kept(owner_url, matter_id, sha256):
            continue
        whose = f"The file of filing {each.filing_id}"
        if found is not None:
            yield _changed(matter_id, sha256, whose)
            continue
        yield Fault(
            kind=FaultKind.MISSING_FILE,
            subject=f"{matter_id}/{sha256.hex()}",
            words=f"{whose} is not there.",
        )


def _changed(matter_id: UUID, sha256: bytes, whose: str) -> Fault:
    return Fault(
        kind=FaultKind.CHANGED_FILE,
        subject=f"{matter_id}/{sha256.hex()}",
        words=f"{whose} is not as it was handed in.",
    )


def _orphans(owner_url: str, files: Files, places: set[_Place]) -> Iterator[Fault]:
    """Look again at files that no row knew of: one may have been accepted meanwhile."""
    for matter_id, sha256 in sorted(places):
        gone = not files.path(matter_id, sha256).exists()
        if gone or library.file_is_kept(owner_url, matter_id, sha256):
            continue
        yield Fault(
            kind=FaultKind.ORPHAN_FILE,
            subject=f"{matter_id}/{sha256.hex()}",
            words="No filing has this file. It is removed by itself within the hour while Onpoint "
            "runs.",
        )


def _sha256(files: Files, matter_id: UUID, sha256: bytes) -> bytes | None:
    """Return the hash of a file as it is now; None where it is not there, or cannot be read."""
    looked = _measured(files, matter_id, sha256)
    return None if looked is None else looked[0]


def _measured(files: Files, matter_id: UUID, sha256: bytes) -> tuple[bytes, int] | None:
    """Return hash and size of a file as it is now; None where it cannot be read."""
    counted, size = hashlib.sha256(), 0
    try:
        with files.path(matter_id, sha256).open("rb") as file:
            while chunk := file.read(CHUNK):
                counted.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    return counted.digest(), size
