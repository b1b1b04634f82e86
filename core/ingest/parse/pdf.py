"""Reads a PDF: its text in reading order, its pages, and what is hidden in it."""

from __future__ import annotations

import gc
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from core.ingest.parse import pdfium
from core.ingest.parse.concealed import look_behind
from core.ingest.parse.layout import lay_out
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Attachment, Parsed, Unreadable
from core.ingest.parse.sheet import Sheet
from core.ingest.parse.spread import Opened, read_words
from core.model import FileKind, UploadState

_PROPERTIES = {
    "title": "Title",
    "author": "Author",
    "subject": "Subject",
    "keywords": "Keywords",
    "creator": "Creator",
    "producer": "Producer",
}
_AT_ONCE = 16  # pages: more would be no faster
_LARGE = 30_000  # characters and drawings: so many are a large page, of which one is enough
_DATES = {"created": "CreationDate", "modified": "ModDate"}
_DATE = re.compile(
    r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?)?"
)


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:
    """Read a PDF; the files within it are put into `folder`.

    Raises Unreadable: it needs a password, is damaged beyond repair, or is larger than `limits`.
    """
    with _opened(path, password) as document, _no_sweeping():
        count = pdfium.count_pages(document)
        if count > limits.pages:
            raise Unreadable(f"It has {count:,} pages; at most {limits.pages:,} can be read.")
        sheets, damaged = _sheets(document, count, limits)
        if not sheets:
            raise Unreadable("None of its pages can be read: the file is damaged.")
        laid = lay_out(sheets)
        return Parsed(
            kind=FileKind.PDF,
            text=laid.text,
            pages=tuple(laid.pages),
            footnotes_start=laid.footnotes_start,
            properties=_properties(document),
            taken=tuple(laid.taken),
            hidden=tuple(laid.hidden),
            attachments=_attachments(document, folder, limits),
            notices=_notices(damaged),
        )


@contextmanager
def _no_sweeping() -> Generator[None]:
    """Put the search for garbage in rings off: words make none, and it took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _opened(path: Path, password: str | None) -> Generator[int]:
    document = pdfium.open_document(str(path), password)
    if document is None:
        raise _unreadable(password)
    try:
        yield document
    finally:
        pdfium.close_document(document)


def _unreadable(password: str | None) -> Unreadable:
    error = pdfium.last_error()
    if error == pdfium.WRONG_PASSWORD:
        asked = "It is protected by a password."
        wrong = "That password does not open it."
        return Unreadable(asked if password is None else wrong, UploadState.NEEDS_PASSWORD)
    if error in pdfium.NOT_A_PDF:
        return Unreadable("It is damaged: no PDF can be read from it.")
    return Unreadable("It is encrypted in a way that cannot be read.")


def _sheets(document: int, count: int, limits: Limits) -> tuple[list[Sheet], list[int]]:
    """Read all pages; return them, and the numbers of those that cannot be read."""
    sheets: list[Sheet] = []
    damaged: list[int] = []
    characters = 0
    numbers = iter(range(1, count + 1))
    while len(sheets) + len(damaged) < count:
        with _some_opened(document, numbers) as (pages, missing):
            found = read_words(pages) if pages else []
            characters += sum(len(sheet.text) for sheet in found)
            if characters > limits.characters:
                raise Unreadable(f"It has more than {limits.characters:,} characters of text.")
            for page, sheet in zip(pages, found, strict=True):
                look_behind(page, sheet)
        sheets += found
        damaged += missing
    return sheets, damaged


@contextmanager
def _some_opened(
    document: int, numbers: Iterator[int]
) -> Generator[tuple[list[Opened], list[int]]]:
    """Open the next pages, but no more at once than a large one has; and tell the damaged ones."""
    opened: list[Opened] = []
    damaged: list[int] = []
    size = 0
    try:
        for number in numbers:
            page = _page(document, number)
            if page is None:
                damaged.append(number)
                continue
            opened.append(page)
            size += pdfium.extent_of(page.page, page.text)
            if len(opened) == _AT_ONCE or size > _LARGE:
                break
        yield opened, damaged
    finally:
        for page in opened:
            pdfium.close_text(page.text)
            pdfium.close_page(page.page)


def _page(document: int, number: int) -> Opened | None:
    page = pdfium.open_page(document, number - 1)
    if page is None:
        return None
    text = pdfium.open_text(page)
    if text is None:
        pdfium.close_page(page)
        return None
    return Opened(number, page, text, pdfium.placing_of(page), *pdfium.size_of(page))


def _properties(document: int) -> dict[str, str]:
    told = {key: pdfium.property_of(document, name) for key, name in _PROPERTIES.items()}
    told |= {key: _date(pdfium.property_of(document, name)) for key, name in _DATES.items()}
    return {key: value.strip() for key, value in told.items() if value.strip()}


def _date(told: str) -> str:
    """Return a PDF's date as ISO writes it; empty where it is none."""
    found = _DATE.match(told)
    if found is None:
        return ""
    year, month, day, hour, minute, second = [
        int(each) if each else low for each, low in zip(found.groups()[:6], _FIRST, strict=True)
    ]
    zone = UTC
    if found[8]:
        away = timedelta(hours=int(found[9]), minutes=int(found[10] or 0))
        zone = timezone(away if found[8] == "+" else -away)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).isoformat()
    except ValueError:
        return ""


_FIRST = (1, 1, 1, 0, 0, 0)


def _attachments(document: int, folder: Path, limits: Limits) -> tuple[Attachment, ...]:
    found = pdfium.attachments_of(document, most=limits.members, largest=limits.file)
    kept: list[Attachment] = []
    for number, (name, content) in enumerate(found, start=1):
        file = f"within-{number}"
        (folder / file).write_bytes(content)
        kept.append(Attachment(name=name or file, file=file))
    return tuple(kept)


def _notices(damaged: list[int]) -> tuple[str, ...]:
    if not damaged:
        return ()
    told = ", ".join(map(str, damaged[:20])) + (" and more" if len(damaged) > 20 else "")
    return (f"Damaged and left out: page {told}.",)
