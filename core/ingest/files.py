"""The files that were handed in, each under its matter and its hash, on the disk for good.

A file is whole and on the disk before anything says that it was accepted; what was never accepted
is swept away.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from core.errors import LibraryError, LimitReached, UsageError
from core.faultpoints import fault
from core.model import MatterId

CHUNK = 1 << 20  # bytes read at a time
MEGABYTE = 1_000_000
# What nobody wrote to for so many seconds will not be written to any more.
ABANDONED = 3_600.0
_INCOMING = "incoming"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file that came in whole and is on the disk, under a name of its own."""

    path: Path
    sha256: bytes
    size: int


class Files:
    """The folder of the files. Processes may share it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, matter_id: UUID, sha256: bytes) -> Path:
        """Return where the file of this hash is, or would be."""
        return self._root / str(matter_id) / sha256.hex()

    @contextlib.contextmanager
    def receive(self, source: Path | Iterable[bytes], *, megabytes: int) -> Generator[Received]:
        """Take a file in, for the time of the block; `keep` it there, or it is gone.

        Raises LimitReached as soon as it is too large, LibraryError where the disk takes nothing.
        """
        path = self._root / _INCOMING / uuid4().hex
        try:
            received = _written(path, _chunks(source), most=megabytes * MEGABYTE)
            fault("file received")
            yield received
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def keep(self, received: Received, matter_id: MatterId) -> None:
        """Put a file that came in where it belongs. Raises LibraryError."""
        place = self.path(matter_id, received.sha256)
        with _in_words():
            _make(place.parent)
            received.path.replace(place)
            fault("file in place")
            _sync(place.parent)

    def remove(self, matter_id: UUID, sha256: bytes) -> None:
        """Remove a file; the last of a matter's takes the folder with it."""
        place = self.path(matter_id, sha256)
        place.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # others are in it
            place.parent.rmdir()

    def all(self) -> Iterator[tuple[UUID, bytes]]:
        """Yield matter and hash of every file that is kept, in order."""
        for folder in sorted(self._root.glob("*")):
            matter = _uuid(folder.name)
            if matter is not None:
                yield from ((matter, sha256) for sha256 in self.of(matter))

    def of(self, matter_id: UUID) -> list[bytes]:
        """Return the hashes of the files of one matter, in order."""
        folder = self._root / str(matter_id)
        names = sorted(each.name for each in folder.glob("*"))
        return [bytes.fromhex(name) for name in names if _HASH.fullmatch(name)]

    def sweep(self, remove: Callable[[UUID, bytes], object], *, older: float = ABANDONED) -> None:
        """Remove what was never taken in whole, and have `remove` look at every older file."""
        border = time.time() - older
        for path in (self._root / _INCOMING).glob("*"):
            if _changed(path) <= border:
                path.unlink(missing_ok=True)
        for matter_id, sha256 in self.all():
            if _changed(self.path(matter_id, sha256)) <= border:
                remove(matter_id, sha256)


def _chunks(source: Path | Iterable[bytes]) -> Iterator[bytes]:
    if not isinstance(source, Path):
        yield from source
        return
    try:
        with source.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise UsageError(f"{source.name} cannot be read: {error.strerror}.") from error


def _written(path: Path, chunks: Iterable[bytes], *, most: int) -> Received:
    counted, size = hashlib.sha256(), 0
    with contextlib.ExitStack() as closing:
        with _in_words():
            _make(path.parent)
            file = closing.enter_context(path.open("xb"))
            path.chmod(0o600)
        # What the source raises is the source's to tell.
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise LimitReached(f"A filing may have {most // MEGABYTE:,} MB at most.")
            counted.update(chunk)
            with _in_words():
                file.write(chunk)
        with _in_words():
            file.flush()
            fault("file written")
            os.fsync(file.fileno())
    return Received(path=path, sha256=counted.digest(), size=size)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """See that what was put into a folder is on the disk."""
    if os.name == "nt":  # it has no such thing
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _changed(path: Path) -> float:
    """When a file was last written to; in the far future where it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


@contextlib.contextmanager
def _in_words() -> Generator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        what = "The disk is full" if full else "The disk takes no files at present"
        raise LibraryError(
            f"{what}: nothing of this was taken in, what was there is safe. Make room or ask "
            "an administrator, then hand it in again."
        ) from error
