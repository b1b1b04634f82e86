"""A message, whatever program wrote it: its head lines, its words, and what came with it."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from core.ingest.parse.html import page_text, write_page
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Attachment, Parsed, Unreadable
from core.ingest.parse.text import lined
from core.ingest.parse.writing import Writing, one_line
from core.model import FileKind

HEAD_LINES = ("From", "To", "Cc", "Date", "Subject")
_LONGEST_NAME = 200  # characters
_LONGEST_LINE = 4_000  # characters: a message to a whole firm
# Words; a shorter text beside a page says no more than that there is a page.
_STUB = 20


@dataclass(slots=True, kw_only=True)
class Letter:
    """A message as it is being read."""

    heads: dict[str, str] = field(default_factory=dict[str, str])
    sent: datetime | None = None
    # The same words in two forms, as most messages carry them.
    plain: list[str] = field(default_factory=list[str])
    pages: list[str] = field(default_factory=list[str])
    # Name, and bytes.
    files: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    pictures: int = 0
    notices: list[str] = field(default_factory=list[str])


def parsed(letter: Letter, kind: FileKind, folder: Path, limits: Limits) -> Parsed:
    """Write a message's text, and its attachments into `folder`. Raises Unreadable."""
    writing = Writing(limits)
    for notice in letter.notices:
        writing.notice(notice)
    if letter.pictures:
        writing.notice(f"Pictures within the message are left out ({letter.pictures:,}).")
    _tell(letter, writing)
    _attach(letter, writing, folder, limits)
    _head(letter, writing)
    _body(letter, writing)
    return writing.parsed(kind)


def posted(letter: Letter) -> bytes:
    """Return a message as a file that any program for mail opens."""
    message = EmailMessage(policy=SMTP)
    for name, value in letter.heads.items():
        if value and name in HEAD_LINES and name not in message:
            try:
                message[name] = one_line(value, _LONGEST_LINE)
            except (ValueError, IndexError):
                continue  # no address that the standard knows
    if letter.plain or not letter.pages:
        message.set_content("\n".join(letter.plain))
    if letter.pages:
        add = message.add_alternative if letter.plain else message.set_content
        add("\n".join(letter.pages), subtype="html")
    for name, data in letter.files:
        main, _, sub = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
        if main in {"text", "message", "multipart"}:
            main, sub = "application", "octet-stream"
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def file_name(written: str | None, otherwise: str) -> str:
    """Return an attachment's name without the folders that a stranger may have put before it."""
    name = one_line((written or "").replace("\\", "/").rpartition("/")[2]).lstrip(".")
    return name[-_LONGEST_NAME:] or otherwise


def _tell(letter: Letter, writing: Writing) -> None:
    writing.tell("title", letter.heads.get("Subject"))
    writing.tell("author", letter.heads.get("From"))
    writing.tell("created", letter.sent.isoformat() if letter.sent else None)


def _attach(letter: Letter, writing: Writing, folder: Path, limits: Limits) -> None:
    if len(letter.files) > limits.members:
        raise Unreadable(f"There are more than {limits.members:,} files in this message.")
    for n, (name, data) in enumerate(letter.files, start=1):
        file = folder / f"{n:05}"
        file.write_bytes(data)
        writing.attachments.append(Attachment(name=name, file=file.name))


def _head(letter: Letter, writing: Writing) -> None:
    for name in HEAD_LINES:
        value = one_line(letter.heads.get(name, ""), _LONGEST_LINE)
        if value:
            writing.body.write(f"{name}: {value}")
            writing.body.gap("\n")
    if letter.files:
        names = "; ".join(name for name, _ in letter.files)
        writing.body.write(f"Attachments: {names}")
    writing.body.gap("\n\n")


def _body(letter: Letter, writing: Writing) -> None:
    plain = "\n\n".join(filter(None, map(lined, letter.plain)))
    if letter.pages and len(plain.split()) < _STUB:
        for page in letter.pages:
            write_page(page, writing)
            writing.body.gap("\n\n")
        return
    for line in plain.split("\n"):
        writing.body.write(line)
        writing.body.gap("\n" if line else "\n\n")


def page(data: bytes, charset: str | None) -> str:
    """Decode a page that came in a message, whose envelope may say how."""
    if charset:
        try:
            return data.decode(charset, "replace")
        except LookupError:
            pass
    return page_text(data)
