"""Reads a file line by line, whatever its size, compression and encoding, in bounded memory.

What is broken about the file (cut off, too long a line, another encoding than UTF-8) is said
in one sentence, and everything before and after it is still read.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.ingest.meter import Meter
from core.model import BadRecord

CHUNK = 1 << 20  # bytes read at a time
LONGEST_LINE = 64 << 20  # bytes; the longest opinion known has 6 million characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CUT_OFF = "the file ends early: what was whole before it was read, the rest is missing"
_DAMAGED = "the compressed file is damaged from here on: what came before it was read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line without its end; `number` counts from 1."""

    number: int
    text: str


def read_lines(path: Path, *, meter: Meter) -> Iterator[Line | BadRecord]:
    """Read the lines of a plain, gzip or bzip2 file, blank ones left out.

    Text that is not UTF-8 is read as the byte order mark says, or else as Windows-1252, and
    one notice a file says so. A line over 64 MB is left out and reported.
    """
    foreign: list[int] = []
    number = 0
    for data in _split(_utf8(_chunks(path, meter), path)):
        if isinstance(data, BadRecord):
            yield data
            continue
        number += 1
        if data is None:
            yield BadRecord(item=_at(path, number), reason="the line is longer than 64 MB")
        elif data.strip():
            text = _text(data)
            if text is None:
                foreign.append(number)
                text = data.decode("cp1252", errors="replace")
            yield Line(number=number, text=text)
    if foreign:
        yield _foreign(path, foreign)


def opened(path: Path, meter: Meter) -> io.BufferedIOBase:
    """Open a file for reading, unpacked when its first bytes say gzip or bzip2."""
    raw = meter.watch(path.open("rb"))
    start = raw.peek(3)[:3]
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)
    if start == b"BZh":
        return bz2.BZ2File(raw)
    return raw


def _at(path: Path, number: int) -> str:
    return f"{path.name}, line {number}"


def _chunks(path: Path, meter: Meter) -> Iterator[bytes | BadRecord]:
    """Yield the file's bytes; a file that cannot be read further ends with the reason."""
    try:
        with opened(path, meter) as file:
            while chunk := file.read1(CHUNK):
                yield chunk
    except EOFError:
        yield BadRecord(item=path.name, reason=_CUT_OFF)
    except (zlib.error, gzip.BadGzipFile):
        yield BadRecord(item=path.name, reason=_DAMAGED)
    except OSError as error:
        reason = _DAMAGED if error.errno is None else f"cannot be read: {error.strerror}"
        yield BadRecord(item=path.name, reason=reason)


def _utf8(chunks: Iterator[bytes | BadRecord], path: Path) -> Iterator[bytes | BadRecord]:
    """Turn the chunks of a UTF-16 or UTF-32 file into UTF-8 and take a byte order mark away."""
    first = next(chunks, b"")
    if isinstance(first, BadRecord):
        yield first
        return
    encoding, first = _encoding(first)
    if encoding == "utf-8":
        yield first
        yield from chunks
        return
    yield BadRecord(
        item=path.name,
        reason=f"the file is {encoding.upper()}, not UTF-8: read as such",
        taken=True,
    )
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    yield decoder.decode(first).encode()
    for chunk in chunks:
        yield chunk if isinstance(chunk, BadRecord) else decoder.decode(chunk).encode()


def _encoding(start: bytes) -> tuple[str, bytes]:
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding, start[len(bom) :] if encoding == "utf-8" else start
    # JSON opens with an ASCII character: a NUL beside it is UTF-16 without a mark.
    if len(start) > 1 and start[1] == 0 != start[0]:
        return "utf-16-le", start
    if len(start) > 1 and start[0] == 0 != start[1]:
        return "utf-16-be", start
    return "utf-8", start


def _split(chunks: Iterator[bytes | BadRecord]) -> Iterator[bytes | BadRecord | None]:
    """Cut chunks into lines; a line too long to hold is None."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        if isinstance(chunk, BadRecord):
            # A notice at the start stands before all lines; damage makes the rest a stump.
            yield chunk
            if not chunk.taken:
                return
            continue
        first, *rest = chunk.split(b"\n")
        size += len(first)
        if size <= LONGEST_LINE:
            held.append(first)
        for piece in rest:
            yield b"".join(held) if size <= LONGEST_LINE else None
            held, size = [piece], len(piece)
    if size:
        yield b"".join(held) if size <= LONGEST_LINE else None


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _foreign(path: Path, numbers: list[int]) -> BadRecord:
    lines = f"line {numbers[0]}"
    if len(numbers) > 1:
        lines += f" and {len(numbers) - 1} more"
    reason = f"{lines} of the file is not UTF-8: read as Windows-1252 (Latin-1), check accents"
    return BadRecord(item=path.name, reason=reason, taken=True)
