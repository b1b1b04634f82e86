"""Reads plain text, until the sandbox is there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from core.ingest.parse.parsed import Parsed, Unreadable
from core.model import FileKind


class Sandbox:
    def parse(self, path: Path, name: str, *, password: str | None = None) -> tuple[Parsed, Path]:
        del name, password
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unreadable("Only plain text is read so far.") from error
        if "\x00" in text:
            raise Unreadable("Only plain text is read so far.")
        folder = Path(tempfile.mkdtemp(prefix="onpoint-"))
        return Parsed(
            kind=FileKind.TEXT,
            text=text,
            pages=(),
            footnotes_start=None,
            properties={},
            taken=(),
            hidden=(),
            attachments=(),
            notices=(),
        ), folder

    def close(self) -> None:
        return
