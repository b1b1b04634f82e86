"""What a reader's child process does: one task on one file, inside its bounds.

Readers are third-party libraries fed with strangers' files: whatever they raise becomes a reason,
and whatever they do beyond raising is the guards' business.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from core.ingest.parse.errands import (
    DAMAGED,
    DISK,
    DONE,
    ERRANDS,
    MEMORY,
    REFUSALS,
    REFUSED,
    Errand,
    Refusal,
    Task,
)
from core.ingest.parse.guard import confine, get_ready, start_nothing
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable, tell
from core.model import FileKind

READERS = {
    FileKind.PDF: "pdf",
    FileKind.DOCX: "word",
    FileKind.RTF: "rtf",
    FileKind.ODT: "odt",
    FileKind.HTML: "html",
    FileKind.TEXT: "text",
    FileKind.EML: "mail",
    FileKind.MSG: "mail",
    FileKind.ZIP: "archive",
    FileKind.DOC: "converted",
    FileKind.WPD: "converted",
    FileKind.TIFF: "image",
    FileKind.PNG: "image",
    FileKind.JPEG: "image",
}
# Read by another program, which is started for it.
_BY_PROGRAM = frozenset({FileKind.DOC, FileKind.WPD})

_TOO_LARGE = {errno.EFBIG: DISK, errno.ENOSPC: DISK, errno.EDQUOT: DISK}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Reader(Protocol):
    """A module that reads one kind of file."""

    def read(self, path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed: ...


def answer(errand: Errand) -> bytes:
    """Do an errand and pack what came of it, or why nothing did. Raises nothing."""
    try:
        confine(errand)
        return DONE + _TASKS[errand.task](errand)
    except Unreadable as refusal:
        return _refused(Refusal(reason=refusal.reason.strip(), need=refusal.need))
    except MemoryError:
        return _refused(Refusal(reason=MEMORY))
    except OSError as error:
        return _refused(
            Refusal(reason=_TOO_LARGE.get(error.errno or 0, DAMAGED), detail=_where(error))
        )
    except Exception as error:  # noqa: BLE001  readers raise anything at all
        return _refused(Refusal(reason=DAMAGED, detail=_where(error)))


def warm_up(folder: Path) -> None:
    """Import every reader and read a first page, so that a forked child need not begin with that.

    PDFium looks for the system's fonts once; whoever splits off later knows them.
    """
    for module in {"kinds", "office_lock", "render", "ocr", *READERS.values()}:
        with suppress(ImportError):  # an optional library that is not there: its files say so
            import_module(f"core.ingest.parse.{module}")
    get_ready()
    (folder / FIRST).write_bytes(_FIRST_PAGE)
    rehearse(folder)


def rehearse(folder: Path) -> None:
    """Read a page of our own: what every reading changes in memory is ready for the next then."""
    with suppress(Exception):  # it is only read to be ready for others
        _read(FileKind.PDF, folder / FIRST, password=None, folder=folder, limits=Limits())


# The file that is rehearsed with; it stays for whoever is split off later.
FIRST = "first"
# A page with one word, in a font that every reader has to find.
_FIRST_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F "
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 37>>stream\nBT /F 9 Tf 9 9 Td (Onpoint reads) Tj ET\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)


def main() -> None:
    """Do the one errand on standard input, in a process of its own."""
    errand = ERRANDS.validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(answer(errand))


def _parse(errand: Errand) -> bytes:
    from core.ingest.parse.kinds import kind_of
    from core.ingest.parse.office_lock import unlocked

    path = unlocked(errand.path, errand.password, errand.folder)
    kind = kind_of(path, errand.name)
    if kind not in _BY_PROGRAM:
        start_nothing()
    limits = errand.limits
    parsed = _read(kind, path, password=errand.password, folder=errand.folder, limits=limits)
    if path != errand.path:
        path.unlink()
    if len(parsed.pages) > limits.pages:
        raise Unreadable(
            f"This file has more than {limits.pages:,} pages. Split it, then try again."
        )
    if len(parsed.text) > limits.characters:
        raise Unreadable(f"This file has more than {limits.characters:,} characters of text.")
    return tell(storable(parsed))


def _read(
    kind: FileKind, path: Path, *, password: str | None, folder: Path, limits: Limits
) -> Parsed:
    reader = cast("Reader", import_module(f"core.ingest.parse.{READERS[kind]}"))
    return reader.read(path, password=password, folder=folder, limits=limits)


def _draw(errand: Errand) -> bytes:
    from core.ingest.parse.render import draw

    start_nothing()
    return draw(errand)


def _recognise(errand: Errand) -> bytes:
    from core.ingest.parse.ocr import recognise

    return tell(storable(recognise(errand)))


_TASKS: dict[Task, Callable[[Errand], bytes]] = {
    Task.PARSE: _parse,
    Task.DRAW: _draw,
    Task.RECOGNISE: _recognise,
}


def storable(parsed: Parsed) -> Parsed:
    """Replace what Postgres cannot store, character by character, so that every span holds."""
    return replace(
        parsed,
        text=_stored(parsed.text),
        pages=tuple(
            page if page.label is None else replace(page, label=_stored(page.label))
            for page in parsed.pages
        ),
        properties={_stored(key): _stored(value) for key, value in parsed.properties.items()},
        taken=tuple(replace(each, words=_stored(each.words)) for each in parsed.taken),
        attachments=tuple(replace(each, name=_stored(each.name)) for each in parsed.attachments),
        notices=tuple(map(_stored, parsed.notices)),
    )


def _stored(text: str) -> str:
    if "\x00" not in text and _is_whole(text):
        return text
    return _UNSTORABLE.sub(lambda found: " " if found[0] == "\x00" else "�", text)


def _is_whole(text: str) -> bool:
    """Tell whether no half of a character is in a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refused(refusal: Refusal) -> bytes:
    return REFUSED + REFUSALS.dump_json(refusal)


def _where(error: BaseException) -> str:
    """The error's kind and place; never its words, which may be the file's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
    return type(error).__name__ + place
