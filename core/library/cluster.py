"""Onpoint's own Postgres on disk: its programs, its files, and how it is made, run and ended.

Everything stands in one folder (`<home>/postgres`), reachable from this computer alone.

Started by root, an ordinary user runs it (see programs.py). Where that user cannot enter the home
(one below /root, say) no folder is opened to him: the data are kept under /var/lib/onpoint, and
the file `data.location` in the folder says where.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psutil

from core.errors import DatabaseUnavailable
from core.library import programs
from core.library.programs import POSTGRES_MAJOR, WINDOWS, Owner

if TYPE_CHECKING:
    from collections.abc import Sequence

# Recovery after a kill replays at most max_wal_size: minutes on a slow disk, not hours.
START_SECONDS = 300
STOP_SECONDS = 60
LOG_BYTES = 10_000_000

CONFIGURATION = """\
# Written by Onpoint at every start: your own settings go into custom.conf beside this file.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '256MB'
effective_cache_size = '2GB'
work_mem = '32MB'
maintenance_work_mem = '512MB'
dynamic_shared_memory_type = '{shared_memory}'
max_wal_size = '4GB'
wal_level = 'minimal'
max_wal_senders = 0
checkpoint_timeout = '15min'
fsync = on
synchronous_commit = on
full_page_writes = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_checkpoints = off
datestyle = 'iso, mdy'
lc_messages = 'C'
include_if_exists = 'custom.conf'
"""
LOCATION = "data.location"
ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Where one embedded Postgres stands, and the user that runs it (None: this process's own)."""

    folder: Path
    data: Path
    owner: Owner

    @property
    def log(self) -> Path:
        return self.data.parent / "server.log"

    def program(self, name: str) -> Path:
        """Return the path of a Postgres program of this data's version."""
        return programs.program(name, owner=self.owner, major=_major(self.data))


def find(folder: Path) -> Cluster:
    """Tell where the Postgres of `folder` stands or would stand; makes nothing but `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    data = _data(folder)
    owner = programs.owner_of(data)
    if owner is not None and not data.exists() and not programs.can_enter(owner, folder):
        data = programs.ELSEWHERE / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16] / "data"
    return Cluster(folder=folder, data=data, owner=owner)


def set_aside_former(cluster: Cluster) -> None:
    """Put away, once, the data outside of it that a deleted home of this very path has left."""
    if cluster.data.parent == cluster.folder or (cluster.folder / LOCATION).exists():
        return
    if cluster.data.exists():
        end(cluster)
        former = cluster.data.with_name("data.former")
        shutil.rmtree(former, ignore_errors=True)
        cluster.data.rename(former)


def make(cluster: Cluster, superuser_password: str) -> None:
    """Make the data folder with initdb, whole or not at all."""
    if (cluster.data / "PG_VERSION").exists():
        return
    partial = cluster.data.with_name("data.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.mkdir(mode=0o700)
    password = partial.with_name("initdb.password")
    password.touch(mode=0o600)
    password.write_text(superuser_password + "\n", encoding="ascii")
    try:
        _give(cluster, partial, password)
        _initdb(cluster, partial, password)
    finally:
        password.unlink(missing_ok=True)
    if cluster.data.parent != cluster.folder:
        (cluster.folder / LOCATION).write_text(f"{cluster.data}\n", encoding="utf-8")
    partial.rename(cluster.data)


def set_password(cluster: Cluster, superuser_password: str) -> None:
    """Give a stopped server's superuser a new password, for a home whose access.json is lost."""
    _clear_after_kill(cluster)
    subprocess.run(  # noqa: S603
        [cluster.program("postgres"), "--single", "-D", cluster.data.name, "postgres"],
        input=f"ALTER ROLE postgres PASSWORD '{superuser_password}'\n",
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=cluster.data.parent,
        env=programs.environment(),
        **programs.run_as(cluster.owner),
    )


def launch(cluster: Cluster, port: int) -> None:
    """Start the server and wait until it takes connections; raises DatabaseUnavailable."""
    _clear_after_kill(cluster)
    _write_configuration(cluster, port)
    before = _ready_log(cluster)
    arguments = ["start", "-w", "-t", str(START_SECONDS), "-s", "-l", cluster.log.name]
    if _pg_ctl(cluster, arguments) != 0:
        raise DatabaseUnavailable(
            f"The built-in database did not start. Its last words: {_last_words(cluster, before)} "
            f"The whole log is in {cluster.log}. Nothing is lost."
        )


def end(cluster: Cluster) -> None:
    """Stop the server in good order; a server that is down already is none of our business."""
    _pg_ctl(cluster, ["stop", "-m", "fast", "-w", "-t", str(STOP_SECONDS), "-s"])


def server_process(cluster: Cluster) -> int | None:
    """Process id of the server running on this data, None if there is none."""
    pid = _written_pid(cluster)
    return pid if pid is not None and _is_ours(cluster, pid) else None


def _data(folder: Path) -> Path:
    """The data beside us, or where `data.location` says they are."""
    location = folder / LOCATION
    if location.exists():
        return Path(location.read_text(encoding="utf-8").strip())
    return folder / "data"


def _major(data: Path) -> int:
    version = data / "PG_VERSION"
    return int(version.read_text(encoding="ascii")) if version.exists() else POSTGRES_MAJOR


def _give(cluster: Cluster, *paths: Path) -> None:
    """Hand our own files over to the user that runs the server."""
    if cluster.owner is not None:
        for path in paths:
            os.chown(path, *cluster.owner)


def _initdb(cluster: Cluster, target: Path, password: Path) -> None:
    locale = ["--locale=C"]
    if POSTGRES_MAJOR >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(  # noqa: S603, PLW1510
        [
            cluster.program("initdb"),
            *("-D", target.name, "-U", "postgres", "-E", "UTF8", *locale),
            *("-A", "scram-sha-256", f"--pwfile={password.name}", "--data-checksums"),
        ],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        cwd=target.parent,
        env=programs.environment(),
        **programs.run_as(cluster.owner),
    )
    if done.returncode != 0:
        raise DatabaseUnavailable(
            f"The built-in database could not be made in {target.parent}: {done.stderr.strip()}"
        )


def _write_configuration(cluster: Cluster, port: int) -> None:
    configuration = CONFIGURATION.format(port=port, shared_memory=_shared_memory())
    for name, text in (("postgresql.conf", configuration), ("pg_hba.conf", ACCESS)):
        partial = cluster.data / f"{name}.partial"
        partial.write_text(text, encoding="utf-8")
        _give(cluster, partial)
        partial.replace(cluster.data / name)
    custom = cluster.data / "custom.conf"
    custom.touch(mode=0o600)
    _give(cluster, custom)


def _shared_memory() -> Literal["posix", "mmap", "windows"]:
    """Building the vector index shares up to maintenance_work_mem between its workers.

    A container's /dev/shm is often 64 MB: "could not resize shared memory segment".
    """
    if WINDOWS:
        return "windows"
    room = Path("/dev/shm")  # noqa: S108  only measured
    if room.exists() and shutil.disk_usage(room).free < 1 << 30:
        return "mmap"
    return "posix"


def _pg_ctl(cluster: Cluster, arguments: Sequence[str]) -> int:
    """Run pg_ctl on relative paths: its shell line breaks on quotes and dollars in a path.

    It starts the server in a session of its own, so a Ctrl-C in the terminal does not reach it.
    """
    return subprocess.run(  # noqa: S603, PLW1510
        [cluster.program("pg_ctl"), "-D", cluster.data.name, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=cluster.data.parent,
        env=programs.environment(),
        start_new_session=True,
        **programs.run_as(cluster.owner),
    ).returncode


def _written_pid(cluster: Cluster) -> int | None:
    try:
        return int((cluster.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_ours(cluster: Cluster, pid: int) -> bool:
    """True where `pid` is a live Postgres on this data, and no stranger that got its number."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or "postgres" not in process.name().lower():
            return False
        return Path(process.cwd()).samefile(cluster.data)
    except (psutil.Error, OSError):
        return False


def _clear_after_kill(cluster: Cluster) -> None:
    """Remove what a killed server leaves: its pid file, and backends that have not noticed yet.

    The number in the pid file may be in use again, by a stranger: Postgres would then refuse to
    start for ever. A busy backend outlives its killed server and keeps the shared memory.
    """
    pid_file = cluster.data / "postmaster.pid"
    if not pid_file.exists() or server_process(cluster) is not None:
        return
    for process in psutil.process_iter():
        if _is_ours(cluster, process.pid):
            with suppress(psutil.Error):
                process.kill()
                process.wait(timeout=5)
    pid_file.unlink(missing_ok=True)


def _ready_log(cluster: Cluster) -> int:
    """Make the log writable for the server, cut it when it is too long; return its length."""
    cluster.log.touch(mode=0o600)
    if cluster.log.stat().st_size > LOG_BYTES:
        os.truncate(cluster.log, 0)
    _give(cluster, cluster.log)
    return cluster.log.stat().st_size


def _last_words(cluster: Cluster, since: int) -> str:
    written = cluster.log.read_bytes()[since:].decode(errors="replace")
    lines = written.strip().splitlines()
    telling = [line for line in lines if "FATAL" in line or "HINT" in line] or lines
    return " ".join(telling[-2:]) or "none."
