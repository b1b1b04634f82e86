"""What is asked of a reader's child process, and what it answers: plain data both ways."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from core.ingest.parse.limits import Limits
from core.model import FileKind, UploadState


class Task(StrEnum):
    """What a child does, once, before it ends."""

    PARSE = "parse"
    DRAW = "draw"
    RECOGNISE = "recognise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One task on one file."""

    task: Task
    path: Path
    # Where attachments go, and where temporary files go: the only places it can write to.
    folder: Path
    scratch: Path
    limits: Limits
    # What the file is called by whoever uploaded it.
    name: str = ""
    # None where it is still to be found out.
    kind: FileKind | None = None
    # A page, from 1, and how many pixels wide it is drawn; 0: as it is best read.
    number: int = 1
    width: int = 0
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a file cannot be read, for the screen, and what broke, for whoever mends readers."""

    reason: str
    need: UploadState | None = None
    detail: str | None = None


DAMAGED = "This file is damaged, or not quite of its kind: no reader could make sense of it."
MEMORY = "Reading this file took more memory than one file may have, so it was stopped."
DISK = "Reading this file wrote more to the disk than one file may, so it was stopped."
CRASHED = "This file broke its reader: it may be damaged. Save or print it anew, then try again."

ERRANDS = TypeAdapter(Errand)
REFUSALS = TypeAdapter(Refusal)

DONE, REFUSED = b"D", b"R"  # the first byte of an answer


class End(IntEnum):
    """Who ended a child."""

    ITSELF = 0
    # It was killed for what it took too much of.
    TIME = 1
    MEMORY = 2
    DISK = 3


_HEAD = 4  # bytes before an errand that say how long it is
# Behind an answer: an `End`, the wait status, the peak of memory in KiB.
TRAILER = struct.Struct("<iiq")


def give(errand: Errand, reply: int, to: socket.socket) -> None:
    """Send an errand, with the handle that its answer is to be written to."""
    told = ERRANDS.dump_json(errand)
    # The handle travels with the head, so that two errands are never taken for one.
    socket.send_fds(to, [len(told).to_bytes(_HEAD, "little")], [reply])
    to.sendall(told)


def take(given: socket.socket) -> tuple[Errand, int] | None:
    """Wait for the next errand and its handle; None where nobody can send one any more."""
    head, handles, _, _ = socket.recv_fds(given, _HEAD, 1)
    if len(head) < _HEAD:
        return None
    length, told = int.from_bytes(head, "little"), bytearray()
    while len(told) < length:
        part = given.recv(length - len(told))
        if not part:
            return None
        told += part
    return ERRANDS.validate_json(bytes(told)), handles[0]
