"""The parent's side of reading: strangers' files are opened in children that can be killed.

Nothing that a child answers is believed unchecked, nothing it leaves behind stays, and its death
is a reason told to whoever handed the file in.
"""

from __future__ import annotations

import os
import shutil
import stat
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from core.ingest.parse import errands, ocr
from core.ingest.parse.errands import DONE, REFUSALS, REFUSED, End, Errand, Task
from core.ingest.parse.limits import Limits
from core.ingest.parse.nursery import Alone, Ended, Nursery, Zygote
from core.ingest.parse.parsed import Parsed, Unreadable, hear
from core.ingest.parse.room import Room
from core.model import FileKind, UploadState

_FORKS = hasattr(os, "fork")
# Of the memory that a child may have: who broke off above it asked for as much again in one piece.
_NEARLY = 0.5
_PNG = b"\x89PNG\r\n\x1a\n"


class Sandbox:
    """Reads, draws and recognises files in child processes; any number of threads may ask.

    Its folders are in `room`, the system's folder for temporary files where there is none. All
    calls raise Unreadable where it is the file, and ChildProcessError where no child can be kept.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        room: Path | None = None,
        forks: bool = _FORKS,
    ) -> None:
        self._limits = limits or Limits()
        self._room = Room(room)
        self._forks = forks
        self._nursery: Nursery | None = None
        self._closed = False
        self._lock = threading.Lock()

    def parse(self, path: Path, name: str, *, password: str | None = None) -> tuple[Parsed, Path]:
        """Read a file by what it is, and the folder of its attachments, which the caller removes.

        The name is what it was uploaded as; only a child that finds name and bytes at odds uses it.
        """
        with self._errand(Task.PARSE, path) as errand:
            called = name.encode("utf-8", "replace").decode()
            parsed = _heard(self._done(replace(errand, name=called, password=password)))
            _check_attachments(parsed, errand.folder)
            return parsed, errand.folder

    def render(
        self,
        path: Path,
        kind: FileKind,
        number: int,
        *,
        width: int,
        password: str | None = None,
    ) -> bytes:
        """Draw a page (from 1) of a PDF or a picture as a PNG, so many pixels wide."""
        with self._errand(Task.DRAW, path) as errand:
            wanted = replace(errand, kind=kind, number=number, width=max(width, 1))
            drawn = self._done(replace(wanted, password=password))
            shutil.rmtree(errand.folder)
        if drawn[: len(_PNG)].tobytes() != _PNG:
            raise Unreadable(errands.DAMAGED)
        return bytes(drawn)

    def ocr(self, path: Path, kind: FileKind, number: int, password: str | None = None) -> Parsed:
        """Read the picture of a page (from 1): a text of one page, with how sure it is.

        Raises Unreadable with NEEDS_OCR where this machine has nothing to read pictures with.
        """
        if not self.recognises():
            raise Unreadable(ocr.NOT_HERE, UploadState.NEEDS_OCR)
        with self._errand(Task.DRAW, path) as errand:
            page = replace(errand, kind=kind, number=number, password=password)
            sheet = errand.folder / "page.png"
            sheet.write_bytes(self._done(page))
            patient = replace(page.limits, seconds=page.limits.recognising)
            reading = replace(page, task=Task.RECOGNISE, path=sheet, password=None, limits=patient)
            parsed = _heard(self._done(reading))
            shutil.rmtree(errand.folder)
            return parsed

    def recognises(self) -> bool:
        """Tell whether pictures of pages can be read on this machine."""
        return ocr.available()

    def close(self) -> None:
        """End every child, and remove every folder; whoever still asks gets ChildProcessError."""
        with self._lock:
            nursery, self._nursery, self._closed = self._nursery, None, True
        if nursery is not None:
            nursery.close()
        self._room.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _errand(self, task: Task, path: Path) -> Generator[Errand]:
        """An errand with two fresh folders; the scratch always goes, the other where it fails."""
        self._check_open()
        place = self._room.path() / uuid4().hex
        folder, scratch = place, place.with_suffix(".tmp")
        folder.mkdir(mode=0o700)
        scratch.mkdir(mode=0o700)
        try:
            yield Errand(
                task=task,
                path=path.resolve(),
                folder=folder,
                scratch=scratch,
                limits=self._limits,
            )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _done(self, errand: Errand) -> memoryview:
        """What came of an errand; a nursery that is gone is asked anew, once."""
        for _ in range(2):
            nursery = self._open()
            ended = nursery.ask(errand)
            if ended is not None:
                return _judged(ended, errand.limits)
            self._discard(nursery)
        raise ChildProcessError("No process that reads files can be kept running.")

    def _open(self) -> Nursery:
        with self._lock:
            self._check_open()
            if self._nursery is None:
                self._nursery = Zygote(self._room.path()) if self._forks else Alone()
            return self._nursery

    def _check_open(self) -> None:
        if self._closed:
            raise ChildProcessError("Files are not read any more: this sandbox is closed.")

    def _discard(self, nursery: Nursery) -> None:
        with self._lock:
            if self._nursery is nursery:
                self._nursery = None
        nursery.kill()


def _judged(ended: Ended, limits: Limits) -> memoryview:
    reasons = {
        End.TIME: f"Reading this took longer than {limits.seconds:g} seconds, so it was stopped.",
        End.MEMORY: errands.MEMORY,
        End.DISK: errands.DISK,
    }
    if ended.by is not End.ITSELF:
        raise Unreadable(reasons[ended.by])
    if ended.status != 0:
        died_of_memory = ended.peak > _NEARLY * limits.memory
        raise Unreadable(errands.MEMORY if died_of_memory else errands.CRASHED)
    if ended.told[:1].tobytes() == REFUSED:
        _refuse(ended.told[1:])
    if ended.told[:1].tobytes() != DONE:
        raise Unreadable(errands.CRASHED)
    return ended.told[1:]


def _refuse(told: memoryview) -> None:
    try:
        refusal = REFUSALS.validate_json(bytes(told))
    except ValueError as error:
        raise Unreadable(errands.CRASHED) from error
    cause = None if refusal.detail is None else RuntimeError(refusal.detail)
    raise Unreadable(refusal.reason, refusal.need) from cause


def _heard(told: memoryview) -> Parsed:
    try:
        return hear(told)
    except ValueError as error:
        raise Unreadable(errands.DAMAGED) from error


def _check_attachments(parsed: Parsed, folder: Path) -> None:
    """Each must be a plain file in the folder itself: a child could name any other."""
    for attachment in parsed.attachments:
        file = folder / attachment.file
        if file.parent != folder or not _is_plain(file):
            raise Unreadable(errands.DAMAGED)


def _is_plain(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except (OSError, ValueError):
        return False
