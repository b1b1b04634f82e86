"""Reads old Word and WordPerfect files, by way of LibreOffice where that is installed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.ingest.parse import libreoffice, word
from core.ingest.parse.kinds import kind_of
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.model import FileKind, UploadState

_SHARE = 0.9  # of the time that a file may take: the rest is for reading what was made
_PROGRAMS = ("soffice", "libreoffice")
_NAMES = {FileKind.DOC: "an old Word file", FileKind.WPD: "a WordPerfect file"}
_SUFFIX = {FileKind.DOC: ".doc", FileKind.WPD: ".wpd"}
_FILTERS = {FileKind.DOC: "MS Word 97", FileKind.WPD: "WordPerfect"}


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:
    """Convert a file to DOCX and read that. Raises Unreadable; without LibreOffice it says so."""
    kind = kind_of(path, "")
    program = converter()
    if program is None:
        raise Unreadable(
            f"This is {_NAMES[kind]}. It can be read where LibreOffice is installed on the "
            "server; or save it as PDF or DOCX and upload that.",
            UploadState.NEEDS_CONVERTER,
        )
    with TemporaryDirectory() as place:
        made = _convert(program, path, kind, Path(place), limits)
        parsed = word.read(made, password=password, folder=folder, limits=limits)
    return replace(parsed, kind=kind)


def converter() -> str | None:
    """Return LibreOffice's program; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _convert(program: str, path: Path, kind: FileKind, place: Path, limits: Limits) -> Path:
    source, made = place / f"source{_SUFFIX[kind]}", place / "source.docx"
    shutil.copyfile(path, source)
    library = libreoffice.library(program)
    if library is None:
        _run(program, source, kind, limits)
    else:
        libreoffice.convert(source, made, by=library, profile=place / "profile")
    if not made.is_file():
        raise Unreadable("LibreOffice could not read this file. Save it as PDF and upload that.")
    return made


def _run(program: str, source: Path, kind: FileKind, limits: Limits) -> None:
    """Start the program, where its library is not beside it."""
    place = source.parent
    command = [
        program,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        f"--infilter={_FILTERS[kind]}",
        *("--convert-to", "docx", "--outdir", str(place), str(source)),
    ]
    try:
        subprocess.run(  # noqa: S603  the file is an argument, and there is no shell
            command,
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds * _SHARE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("Converting this file took too long, so it was stopped.") from error
