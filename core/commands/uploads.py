"""Uploads as the command line says them, and how it waits for them."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from core import terminal, wire
from core.model import Described, Finding, Receipt, Upload, UploadState

# Seconds between two looks at what is being worked on.
_LOOK = 0.3
_UNDER_WAY = frozenset({UploadState.WAITING, UploadState.WORKING})


def ended(upload: Upload) -> bool:
    """Say that nothing more happens to an upload by itself."""
    return upload.state not in _UNDER_WAY


def upload_json(one: Upload) -> wire.Json:
    return {
        "filing_id": str(one.filing_id),
        "matter_id": str(one.matter_id),
        "name": one.name,
        "kind": one.kind,
        "bytes": one.bytes,
        "state": one.state,
        "reason": one.reason,
        "step": one.step,
        "done": one.done,
        "total": one.total,
        "pages": one.pages,
        "passages": one.passages,
        "part_of": str(one.part_of) if one.part_of else None,
        "duplicate_of": str(one.duplicate_of) if one.duplicate_of else None,
        "added_by": one.added_by,
        "accepted_at": one.accepted_at.isoformat(),
        "answerable_at": one.answerable_at.isoformat() if one.answerable_at else None,
    }


def uploads_said(found: Sequence[Upload]) -> None:
    for one in found:
        said = [f"{one.name}: {one.state.replace('_', ' ')}"]
        said += [f"{one.step} {one.done}/{one.total}"] if one.step and not ended(one) else []
        said += [f"{one.pages:,} pages"] if one.pages else []
        said += [one.reason] if one.reason else []
        terminal.say(" · ".join(said))
    if not found:
        terminal.say("Nothing was handed in yet.")


def described_json(one: Described) -> wire.Json:
    return {
        "field": one.field,
        "value": one.value,
        "confidence": round(one.confidence, 3),
        "confirmed_by": one.confirmed_by,
    }


def finding_json(one: Finding) -> wire.Json:
    return {
        "kind": one.kind,
        "page": one.page,
        "start": one.span.start,
        "end": one.span.end,
        "words": one.words,
    }


def receipt_json(receipt: Receipt) -> wire.Json:
    return {
        "filings": receipt.filings,
        "passages": receipt.passages,
        "files": receipt.files,
        "bytes": receipt.bytes,
        "receipt": str(receipt.entry_id),
    }


def known_said(known: Sequence[Described]) -> None:
    for one in known:
        sure = f"confirmed by {one.confirmed_by}" if one.confirmed_by else f"{one.confidence:.0%}"
        terminal.say(f"{one.field.replace('_', ' ')}: {one.value} ({sure})")


def receipt_said(receipt: Receipt) -> None:
    terminal.say(
        f"Deleted: {receipt.filings:,} filings, {receipt.passages:,} passages, "
        f"{receipt.files:,} files, {receipt.bytes:,} bytes. Receipt {receipt.entry_id}."
    )


def reread_said(asked: int, now: Sequence[Upload]) -> None:
    """Say what came of filings that were read again; those that need somebody one by one."""
    if not asked:
        terminal.say("Nothing is to be read again: all was read by this version.")
        return
    left = [one for one in now if one.state is not UploadState.SEARCHABLE]
    waiting = sum(not ended(one) for one in left)
    said = f"Read again: {asked - len(left):,} of {asked:,}."
    terminal.say(f"{said} {waiting:,} wait for a worker." if waiting else said)
    if stuck := [one for one in left if ended(one)]:
        terminal.say("The former reading of these is found until something is done:")
        uploads_said(stuck)


def versions_said(names: Sequence[str]) -> None:
    terminal.say("From the latest to the oldest: " + ", ".join(names))


@contextlib.contextmanager
def watched() -> Generator[Callable[[Sequence[Upload]], None]]:
    """Show on stderr how far uploads are, at each look that is told of; each takes a moment."""
    bar = Progress(
        TextColumn("Reading"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f}{task.fields[words]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=1, words="")

        def tell(states: Sequence[Upload]) -> None:
            steps = Counter(one.step for one in states if one.step and not ended(one))
            words = "".join(f" · {step}" for step, _ in steps.most_common(2))
            bar.update(task, total=len(states), completed=sum(map(ended, states)), words=words)
            time.sleep(_LOOK)

        yield tell
