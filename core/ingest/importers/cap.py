"""Reads the volumes of the Caselaw Access Project, as it publishes them, from disk or web.

The page marks of the printed volume become page labels; the head matter is front matter; each
opinion keeps its kind and its author. Layout: harvard-lil/capstone, export of static volumes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol, cast
from urllib.parse import urlsplit

from core.errors import ImportFailed, UsageError
from core.ingest.importers.cap_case import Unreadable, case_from_files
from core.ingest.importers.fetch import Web, opened, require_web_address
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord

SITE = "static.case.law"
LARGEST_MEMBER = 64 << 20  # bytes of one file, unpacked
LARGEST_ZIP = 4 << 30  # bytes; the largest volume published has 200 MB
# Unpacked bytes for each packed one that a honest zip of text does not exceed.
MOST_PACKED = 200
_METADATA = ("CasesMetadata.json", "metadata/CasesMetadata.json")
_CASES = ("cases", "json")
Json = Mapping[str, object]


class Volume(Protocol):
    """The files of one volume, by their place in it; None where there is no such file."""

    @property
    def name(self) -> str: ...
    def read(self, place: str) -> bytes | None: ...
    def case_files(self) -> list[str]: ...


def read_cap(place: str, *, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    """Read one volume, the volumes of a reporter, or all below a folder, in order.

    `place` is a folder or a zip, or an address such as `https://static.case.law/us/556/`. Raises
    UsageError for other addresses and for places that hold nothing of the project's.
    """
    if "://" in place:
        yield from _read_web(require_web_address(place), meter)
        return
    path = Path(place).expanduser()
    if not path.exists():
        raise UsageError(f"There is no folder or zip at {place}.")
    volumes = _found(path)
    if not volumes:
        raise UsageError(
            f"{place} holds no volume of the Caselaw Access Project: no CasesMetadata.json, and "
            "no zip with one."
        )
    for volume in volumes:
        if volume.suffix == ".zip":
            yield from _read_zip(volume, meter)
        else:
            yield from _read_volume(_Folder(volume), meter)


def _found(path: Path) -> list[Path]:
    """List the volumes below a path, each once: folders first, zips of other volumes after."""
    if path.is_file():
        return [path] if zipfile.is_zipfile(path) else []
    folders = {file.parent for file in path.rglob("CasesMetadata.json")}
    folders = {f.parent if f.name == "metadata" else f for f in folders}
    unpacked = {folder.with_suffix(".zip") for folder in folders}
    zips = {file for file in path.rglob("*.zip") if file not in unpacked}
    return sorted(folders | zips, key=lambda found: _in_order(found.relative_to(path)))


def _in_order(path: Path) -> list[tuple[int, int, str]]:
    """Order volumes by number, so that 2 comes before 10."""
    parts = [part.removesuffix(".zip") for part in path.parts]
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path

    @property
    def name(self) -> str:
        return "/".join(self.path.parts[-2:])

    def read(self, place: str) -> bytes | None:
        file = self.path / place
        if not file.is_file():
            return None
        if not file.resolve().is_relative_to(self.path.resolve()):
            raise Unreadable("leads out of its folder")
        if file.stat().st_size > LARGEST_MEMBER:
            raise Unreadable("is larger than 64 MB")
        return file.read_bytes()

    def case_files(self) -> list[str]:
        return sorted(
            file.relative_to(self.path).as_posix()
            for folder in _CASES
            for file in (self.path / folder).glob("*.json")
        )


@dataclass(frozen=True, slots=True)
class _Zip:
    path: Path
    archive: zipfile.ZipFile

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    def read(self, place: str) -> bytes | None:
        """Unpack one file in memory: nothing is written, so no path can lead anywhere."""
        try:
            member = self.archive.getinfo(place)
        except KeyError:
            return None
        if member.file_size > LARGEST_MEMBER:
            raise Unreadable("is larger than 64 MB unpacked")
        if member.file_size > MOST_PACKED * max(member.compress_size, 4096):
            raise Unreadable("is packed as no text is: left alone")
        try:
            with self.archive.open(member) as file:
                return file.read(LARGEST_MEMBER)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as e:
            raise Unreadable(f"cannot be unpacked ({e})") from e

    def case_files(self) -> list[str]:
        names = (PurePosixPath(name) for name in self.archive.namelist())
        return sorted(
            str(name) for name in names if name.suffix == ".json" and str(name.parent) in _CASES
        )


@dataclass(frozen=True, slots=True)
class _Site:
    """A volume on the project's site, file by file, for where it has no zip."""

    web: Web
    url: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return "/".join(urlsplit(self.url).path.strip("/").split("/")[-2:])

    def read(self, place: str) -> bytes | None:
        return self.web.get(f"{self.url}/{place}")

    def case_files(self) -> list[str]:
        return [f"cases/{name}.json" for name in self.names]


def _read_web(url: str, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    """Read a volume, or each volume of a reporter, from a site laid out as the project's."""
    with opened() as web:
        address = url.split("?", maxsplit=1)[0].rstrip("/").removesuffix("/CasesMetadata.json")
        address = address.removesuffix("/VolumesMetadata.json")
        listed = None if address.endswith(".zip") else web.get(f"{address}/VolumesMetadata.json")
        if listed is None:
            yield from _read_web_volume(web, address, meter)
            return
        for folder in _volume_folders(listed):
            yield from _read_web_volume(web, f"{address}/{folder}", meter)


def _volume_folders(listed: bytes) -> list[str]:
    """Read the folders of a reporter's volumes from its VolumesMetadata.json."""
    try:
        volumes = cast("list[Json]", json.loads(listed))
        folders = [str(v.get("volume_folder") or v["volume_number"]) for v in volumes]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImportFailed("The site's list of volumes cannot be read.") from error
    safe = {name for name in folders if PurePosixPath(name).name == name and "." not in name}
    return sorted(safe, key=lambda name: _in_order(Path(name)))


def _read_web_volume(web: Web, address: str, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    """Take a volume's zip where there is one: one request, not one a case."""
    with tempfile.TemporaryDirectory() as folder:
        reporter, _, volume = address.removesuffix(".zip").rpartition("/")
        path = Path(folder, reporter.rpartition("/")[2], f"{volume}.zip")
        path.parent.mkdir()
        with path.open("wb") as file:
            is_there = web.download(f"{address.removesuffix('.zip')}.zip", file, most=LARGEST_ZIP)
        if is_there and zipfile.is_zipfile(path):
            yield from _read_zip(path, meter)
            return
        shutil.rmtree(path.parent)
    listed = web.get(f"{address}/CasesMetadata.json")
    if listed is None:
        raise UsageError(
            f"There is no volume of the Caselaw Access Project at {address}. An address looks "
            f"like https://{SITE}/us/556/ (one volume) or https://{SITE}/us/ (all of them)."
        )
    yield from _read_volume(_Site(web, address, _names(listed)), meter)


def _names(listed: bytes) -> tuple[str, ...]:
    try:
        names = [str(case["file_name"]) for case in cast("list[Json]", json.loads(listed))]
    except (ValueError, KeyError, TypeError) as error:
        raise ImportFailed("The volume's list of cases cannot be read.") from error
    return tuple(name for name in names if PurePosixPath(name).name == name)


def _read_zip(path: Path, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        yield BadRecord(item=path.name, reason=f"is no zip that can be read ({error})")
        return
    with closing(archive):
        yield from _read_volume(_Zip(path, archive), meter)


def _read_volume(volume: Volume, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    files = volume.case_files()
    if not files:
        yield BadRecord(item=volume.name, reason="holds no case of the Caselaw Access Project")
    for place in files:
        item = f"{volume.name}/{place}"
        try:
            data = volume.read(place)
            marked = volume.read(f"html/{PurePosixPath(place).stem}.html")
            if data is None:
                yield BadRecord(item=item, reason="is listed, but not there")
            else:
                yield case_from_files(data, marked)
                meter.read += len(data)
        except Unreadable as unreadable:
            yield BadRecord(item=item, reason=str(unreadable))
