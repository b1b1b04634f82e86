"""Reads Outlook's MSG files: a folder of properties, each in a stream named after its number.

[MS-OXMSG] and [MS-OXPROPS] say which number means what.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import olefile

from core.ingest.parse.decoded import decoded
from core.ingest.parse.letter import Letter, file_name, page, posted
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Unreadable

_HEADS = {"From": 0x0C1A, "To": 0x0E04, "Cc": 0x0E03, "Subject": 0x0037}
_ADDRESSES = (0x5D01, 0x0C1F)  # of the sender: for mail, else as Exchange knows it
_BODY, _PAGE, _RICH = 0x1000, 0x1013, 0x1009
_SENT, _CAME = 0x0039, 0x0E06
_NAMES = (0x3707, 0x3704, 0x3001)  # of an attachment: whole, short, shown
_DATA, _CONTENT_ID, _IS_HIDDEN = 0x3701, 0x3712, 0x7FFE
_WIDE, _NARROW, _BINARY, _FOLDER = "001F", "001E", "0102", "000D"
# Before the properties themselves: of a message, of one within another, of an attachment.
_MESSAGE_HEAD, _INNER_HEAD, _ATTACHMENT_HEAD = 32, 24, 8
_ENTRY = struct.Struct("<IIQ")
_TIME, _TRUTH = 0x0040, 0x000B
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DEEPEST = 3  # messages in messages
_DAMAGED = "This message is damaged: it could not be opened."


def letter(path: Path, limits: Limits) -> Letter:
    """Read a message. Raises Unreadable where it is damaged."""
    try:
        with olefile.OleFileIO(str(path)) as file:
            return _Folder(cast("_File", file), (), limits).letter(1)
    except (OSError, ValueError, IndexError, struct.error, RecursionError) as error:
        raise Unreadable(_DAMAGED) from error


class _File(Protocol):
    """What is used of a compound file, which its library does not type."""

    def exists(self, filename: str) -> bool: ...
    def get_type(self, filename: str) -> int: ...
    def get_size(self, filename: str) -> int: ...
    def openstream(self, filename: str) -> BinaryIO: ...
    def listdir(self, *, streams: bool, storages: bool) -> list[list[str]]: ...


class _Folder:
    """A message, or an attachment, within a file."""

    def __init__(self, file: _File, place: tuple[str, ...], limits: Limits) -> None:
        self._file = file
        self._place = place
        self._limits = limits

    def letter(self, depth: int) -> Letter:
        found = Letter()
        for name, number in _HEADS.items():
            found.heads[name] = self.text(number) or ""
        self._name_sender(found)
        head = _MESSAGE_HEAD if depth == 1 else _INNER_HEAD
        numbers = dict(self.numbers(head))
        found.sent = _time(numbers.get((_SENT, _TIME)) or numbers.get((_CAME, _TIME)))
        if found.sent is not None:
            found.heads["Date"] = found.sent.strftime("%a, %d %b %Y %H:%M:%S %z")
        self._words(found)
        for attachment in self._attachments():
            attachment.attach(found, depth)
        return found

    def attach(self, to: Letter, depth: int) -> None:
        """Add this attachment to a message."""
        written = next(filter(None, map(self.text, _NAMES)), None)
        name = file_name(written, f"attachment-{len(to.files) + 1}")
        numbers = dict(self.numbers(_ATTACHMENT_HEAD))
        data = self.bytes(_DATA)
        if data is not None:
            if self.text(_CONTENT_ID) and numbers.get((_IS_HIDDEN, _TRUTH)):
                to.pictures += 1
            else:
                to.files.append((name, data))
            return
        inner = (*self._place, f"__substg1.0_{_DATA:04X}{_FOLDER}")
        if depth < _DEEPEST and self._file.exists("/".join((*inner, "__properties_version1.0"))):
            held = _Folder(self._file, inner, self._limits).letter(depth + 1)
            subject = held.heads.get("Subject") or f"message-{len(to.files) + 1}"
            to.files.append((file_name(f"{subject.replace('/', '-')}.eml", name), posted(held)))
        else:
            to.notices.append(f"What came with it as {name} cannot be read, and is left out.")

    def text(self, number: int) -> str | None:
        wide = self._stream(f"{number:04X}{_WIDE}")
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self._stream(f"{number:04X}{_NARROW}")
        return None if narrow is None else decoded(narrow)[0].rstrip("\x00")

    def bytes(self, number: int) -> bytes | None:
        return self._stream(f"{number:04X}{_BINARY}")

    def numbers(self, head: int) -> Iterator[tuple[tuple[int, int], int]]:
        """Yield the properties that are numbers, times and truths, by number and type."""
        held = self._read((*self._place, "__properties_version1.0")) or b""
        rest = held[head:]
        for tag, _, value in _ENTRY.iter_unpack(rest[: len(rest) // _ENTRY.size * _ENTRY.size]):
            yield (tag >> 16, tag & 0xFFFF), value

    def _name_sender(self, found: Letter) -> None:
        address = next(filter(None, map(self.text, _ADDRESSES)), "")
        name = found.heads["From"]
        if "@" in address and address not in name:
            found.heads["From"] = f"{name} <{address}>" if name else address

    def _words(self, found: Letter) -> None:
        plain, shown = self.text(_BODY), self.bytes(_PAGE)
        if plain:
            found.plain.append(plain)
        if shown:
            found.pages.append(page(shown, None))
        elif (as_text := self.text(_PAGE)) is not None:
            found.pages.append(as_text)
        if not (found.plain or found.pages) and self.bytes(_RICH):
            found.notices.append(
                "The message is written in a form of Outlook's that cannot be read here. "
                "Save it as text or PDF and upload that as well."
            )

    def _attachments(self) -> Iterator[_Folder]:
        here = len(self._place)
        names = {
            entry[here]
            for entry in self._file.listdir(streams=True, storages=True)
            if len(entry) > here
            and tuple(entry[:here]) == self._place
            and entry[here].startswith("__attach_version1.0_")
        }
        for name in sorted(names)[: self._limits.members]:
            yield _Folder(self._file, (*self._place, name), self._limits)

    def _stream(self, property_: str) -> bytes | None:
        return self._read((*self._place, f"__substg1.0_{property_}"))

    def _read(self, place: tuple[str, ...]) -> bytes | None:
        name = "/".join(place)
        if not self._file.exists(name) or self._file.get_type(name) != olefile.STGTY_STREAM:
            return None
        if self._file.get_size(name) > self._limits.unpacked:
            raise Unreadable("There is more in this message than a file may hold.")
        with self._file.openstream(name) as stream:
            return stream.read()


def _time(ticks: int | None) -> datetime | None:
    """Tenths of microseconds since 1601."""
    if not ticks:
        return None
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None
