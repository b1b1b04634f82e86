"""Opens ZIP archives: each member becomes a file of its own, within bounds.

Where a member wants to be written is only shown, never obeyed; links and absolute paths are left
out; archives in archives are opened to a depth of three, all out of one budget.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from core.ingest.parse import zip_lock
from core.ingest.parse.kinds import kind_of
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Attachment, Parsed, Unreadable
from core.ingest.parse.writing import Writing, one_line
from core.ingest.parse.zipped import BOMB, opened, unpacked, within_bounds
from core.model import FileKind, UploadState

_LONGEST_NAME = 200  # characters
# What systems leave in archives, and nobody put there.
_CLUTTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_LOCKED = 0x1
_UTF_8 = 0x800
_ALL = 2 << 30  # bytes that one archive may become in all


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:
    """Unpack an archive into `folder`. Raises Unreadable: damaged, locked, or a bomb."""
    opening = _Opening(folder, limits, password)
    opening.unpack(path, "", 1)
    writing = opening.writing
    for attachment in writing.attachments:
        writing.body.write(attachment.name)
        writing.body.gap("\n")
    if not writing.attachments:
        raise Unreadable(
            "There is no file in this archive that can be read. " + " ".join(writing.notices)
        )
    return writing.parsed(FileKind.ZIP)


class _Opening:
    """An archive that is being unpacked, and what it has used up of its bounds."""

    def __init__(self, folder: Path, limits: Limits, password: str | None) -> None:
        self.writing = Writing(limits)
        self._folder = folder
        self._limits = limits
        self._password = password
        self._members = 0
        self._bytes = 0

    def unpack(self, path: Path, within: str, depth: int) -> None:
        with opened(path) as archive:
            for info in archive.infolist():
                self._members += 1
                if self._members > self._limits.members:
                    raise Unreadable(
                        f"There are more than {self._limits.members:,} files in this archive. "
                        "Split it, then try again."
                    )
                if not info.is_dir() and self._is_wanted(info):
                    self._member(archive, info, within, depth)

    def _is_wanted(self, info: ZipInfo) -> bool:
        name = _name(info)
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if any(part.lower() in _CLUTTER or part.startswith("._") for part in parts):
            return False
        mode = info.external_attr >> 16
        if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
            self.writing.notice("Links in the archive are left out.")
            return False
        if name.startswith(("/", "\\")) or name[1:2] == ":" or ".." in parts:
            self.writing.notice("Files that the archive wants to put elsewhere are left out.")
            return False
        return True

    def _member(self, archive: ZipFile, info: ZipInfo, within: str, depth: int) -> None:
        if info.flag_bits & _LOCKED:
            self._check_password(archive, info)
        name = one_line(within + _name(info).replace("\\", "/"))[-_LONGEST_NAME:]
        file = self._folder / f"{len(self.writing.attachments) + 1:05}"
        with file.open("wb") as out:
            for chunk in self._unpacked(archive, info):
                self._bytes += len(chunk)
                if self._bytes > _ALL:
                    raise Unreadable(BOMB)
                out.write(chunk)
        if not _is_archive(file):
            self.writing.attachments.append(Attachment(name=name, file=file.name))
        elif depth >= self._limits.depth:
            file.unlink()
            self.writing.notice(
                f"Archives in archives are opened {self._limits.depth} deep; "
                "deeper ones are left out."
            )
        else:
            inner = file.rename(self._folder / f"inner-{depth}")
            self.unpack(inner, f"{name}/", depth + 1)
            inner.unlink()

    def _unpacked(self, archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
        if info.compress_type != zip_lock.METHOD:
            return unpacked(archive, info, self._limits, password=self._password)
        plain = zip_lock.opened(archive, info, self._password or "")
        return within_bounds(plain, info, self._limits)

    def _check_password(self, archive: ZipFile, info: ZipInfo) -> None:
        """Ask for one where it is missing or does not fit."""
        if info.compress_type != zip_lock.METHOD and info.compress_type > ZIP_STORED + 20:
            raise Unreadable(zip_lock.OTHERWISE)
        if self._password is None:
            raise Unreadable("This archive is locked with a password.", UploadState.NEEDS_PASSWORD)
        if info.compress_type == zip_lock.METHOD:
            return
        try:
            with archive.open(info, pwd=self._password.encode()) as member:
                member.read(1)
        except RuntimeError as error:
            raise Unreadable(zip_lock.WRONG, UploadState.NEEDS_PASSWORD) from error


def _name(info: ZipInfo) -> str:
    """A member's name; older programs write UTF-8 without saying so."""
    if info.flag_bits & _UTF_8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _is_archive(file: Path) -> bool:
    """Word's files are archives too; only what is nothing else is opened."""
    try:
        return kind_of(file, "") is FileKind.ZIP
    except Unreadable:
        return False
