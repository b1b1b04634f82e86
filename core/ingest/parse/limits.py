"""What a file may cost to read: beyond it the file is refused, whoever handed it in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that readers keep to; memory, time and disk are also enforced from outside."""

    # Bytes of memory that the child may have.
    memory: int = 1 << 30
    # Of wall time, for one file or for one page that is drawn: its end is told before thirty are
    # over.
    seconds: float = 29.0
    # The same for one page that is recognised, from a clean picture that we drew: a dense one
    # takes ten seconds of a processor, and a busy machine has little of it to give.
    recognising: float = 180.0
    # Pages that are read; a file with more is refused.
    pages: int = 10_000
    # Characters of text in one file: forty volumes of a record.
    characters: int = 20_000_000
    # Bytes that one packed part (a PDF's stream, an archive's member) may become.
    unpacked: int = 256 << 20
    # Members of an archive, attachments of a message.
    members: int = 1_000
    # Archives in archives.
    depth: int = 3
    # How many times its packed size a member may become, once past a megabyte.
    ratio: int = 200
    # Bytes that one file written by the child may have, and all of them together.
    file: int = 512 << 20
    disk: int = 2 << 30
    # Files it may have open.
    files: int = 64
    # Pixels of one picture: a sheet of letter paper at 1,200 dpi has 135 million.
    pixels: int = 150_000_000
