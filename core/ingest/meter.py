"""Measures how far an import has read, so that a person can be told how long it will take."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(slots=True, kw_only=True)
class Meter:
    """Bytes of the source read so far, of `total`; None where nobody can know."""

    total: int | None = None
    read: int = 0
    # Records dealt with for good, in the order the reader gave them: stored, there already or
    # refused. A reader that keeps its place in a source keeps it by this.
    settled: int = 0

    @classmethod
    def of(cls, paths: Iterable[Path]) -> Self:
        """Return a meter that knows how many bytes there are to read in these files."""
        return cls(total=sum(path.stat().st_size for path in paths if path.is_file()) or None)

    def watch(self, file: io.BufferedReader) -> io.BufferedReader:
        """Return the file, counting here what is read from it."""
        return io.BufferedReader(_Watched(file, self), buffer_size=1 << 16)


class _Watched(io.RawIOBase):
    def __init__(self, file: io.BufferedReader, meter: Meter) -> None:
        super().__init__()
        self._file = file
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer)
        self._meter.read += count
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
