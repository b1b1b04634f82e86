"""Reads messages: EML as it is sent, MSG as Outlook keeps it. Attachments become files.

Nothing in a message is fetched, and nothing it says of itself is believed.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import cast

from core.ingest.parse import outlook
from core.ingest.parse.decoded import decoded
from core.ingest.parse.letter import HEAD_LINES, Letter, file_name, page, parsed
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.model import FileKind

_OLE = b"\xd0\xcf\x11\xe0"
# Proofs of who sent it: no document.
_SIGNATURES = frozenset(
    "application/pkcs7-signature application/x-pkcs7-signature application/pgp-signature".split()
)
_LOCKED = frozenset("application/pkcs7-mime application/x-pkcs7-mime multipart/encrypted".split())
_SOFT_BREAK = re.compile(r"(?<=[^\n>]) \n(?!>|-- \n)")
_SUFFIXES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/zip": ".zip",
    "application/rtf": ".rtf",
    "text/calendar": ".ics",
}
_DEEPEST = 30  # parts in parts


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:  # noqa: ARG001
    """Read a message, its attachments into `folder`. Raises Unreadable."""
    data = path.read_bytes()
    if data.startswith(_OLE):
        return parsed(outlook.letter(path, limits), FileKind.MSG, folder, limits)
    letter = _letter(email.message_from_bytes(data))
    return parsed(letter, FileKind.EML, folder, limits)


def _letter(message: Message) -> Letter:
    letter = Letter()
    for name in HEAD_LINES:
        letter.heads[name] = "; ".join(map(_decoded, _head_lines(message, name)))
    try:
        letter.sent = parsedate_to_datetime(letter.heads["Date"])
    except (ValueError, TypeError, IndexError, OverflowError):
        letter.sent = None
    _read(message, letter, 0)
    if not any((letter.plain, letter.pages, letter.files)) and any(
        part.get_content_type() in _LOCKED for part in message.walk()
    ):
        raise Unreadable("This message is encrypted. Save a copy that is not, then upload that.")
    return letter


def _head_lines(message: Message, name: str) -> Iterator[str]:
    """As they were sent; bytes that no standard allows there are read as text is."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            yield decoded(str(value).encode("ascii", "surrogateescape"))[0]


def _read(part: Message, letter: Letter, depth: int, *, text: bool = True) -> None:
    """Read a part: its words, unless another form of them was taken, and its files."""
    kind = part.get_content_type()
    if depth > _DEEPEST:
        letter.notices.append("Parts of it are nested deeper than any message's: left out.")
    elif kind == "message/rfc822":
        letter.files.append((_name(part, letter, ".eml"), _enclosed(part)))
    elif part.is_multipart():
        for each in _parts(part):
            _read(each, letter, depth + 1, text=text)
    elif kind in _SIGNATURES or kind in _LOCKED:
        return
    elif kind in {"text/plain", "text/html"} and not _is_file(part):
        if text:
            _words(part, kind, letter)
    elif kind.startswith("image/") and part["Content-ID"] and not _is_file(part):
        letter.pictures += 1
    else:
        name = _name(part, letter, _SUFFIXES.get(kind, ""))
        letter.files.append((name, _bytes(part)))


def _parts(part: Message) -> Iterator[Message]:
    held = cast("object", part.get_payload())
    for each in cast("list[object]", held) if isinstance(held, list) else ():
        if isinstance(each, Message):
            yield each


def _words(part: Message, kind: str, letter: Letter) -> None:
    data, charset = _bytes(part), part.get_content_charset()
    if kind == "text/html":
        letter.pages.append(page(data, charset))
        return
    text = _text(data, charset)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _SOFT_BREAK.sub(" ", text.replace("\r\n", "\n"))
    letter.plain.append(text)


def _text(data: bytes, charset: str | None) -> str:
    if charset and charset != "us-ascii":
        try:
            return data.decode(charset, "replace")
        except LookupError:
            pass
    return decoded(data)[0]


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or _written_name(part) is not None


def _name(part: Message, letter: Letter, suffix: str) -> str:
    otherwise = f"attachment-{len(letter.files) + 1}{suffix}"
    named = _written_name(part)
    if named is None and suffix == ".eml":
        inner = next(_parts(part), None)
        subject = _decoded(inner["Subject"] or "") if inner is not None else ""
        named = f"{subject}.eml" if subject else None
    return file_name(named, otherwise)


def _written_name(part: Message) -> str | None:
    try:
        named = part.get_filename()
    except (ValueError, TypeError, IndexError, MessageError, LookupError):
        return None
    return _decoded(named) if named else None


def _bytes(part: Message) -> bytes:
    held = cast("object", part.get_payload(decode=True))
    return held if isinstance(held, bytes) else b""


def _enclosed(part: Message) -> bytes:
    inner = next(_parts(part), None)
    if inner is None:
        return _bytes(part)
    try:
        return inner.as_bytes()
    except (MessageError, ValueError, LookupError, TypeError, KeyError):
        return inner.as_string().encode("utf-8", "replace")


def _decoded(written: object) -> str:
    """Decode a head line; what breaks the rules for its encoding is shown as it is."""
    words = str(written)
    try:
        return "".join(
            piece if isinstance(piece, str) else _text(piece, charset)
            for piece, charset in decode_header(words)
        )
    except (MessageError, ValueError, TypeError):
        return words
