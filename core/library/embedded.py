"""The built-in database: starts with Onpoint, is shared by its processes, ends with the last one.

A successful connection is the only proof that the server runs; pid files and ports are hints.
One lock file lets several processes start and stop at once without treading on each other.
"""

from __future__ import annotations

import json
import os
import secrets
import select
import socket
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

import psycopg
from filelock import FileLock

from core.errors import DatabaseUnavailable
from core.library import cluster
from core.library.cluster import Cluster
from core.library.reach import first_line
from core.library.roles import APP, DATABASE, OWNER, provide

if TYPE_CHECKING:
    from types import TracebackType

SUPERUSER = "postgres"
# Longer than recovery after a kill takes: whoever waits for the lock waits for that.
LOCK_SECONDS = 330
# Backends of a pool just closed are still leaving; nobody notices half a second at the end.
LEAVING_SECONDS = 1.0
_LEASE = "onpoint lease"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Access:
    """What it takes to connect: kept in `access.json`, readable by its owner alone."""

    port: int
    # Passwords.
    superuser: str
    owner: str
    app: str

    def url(self, *, user: str, password: str, database: str) -> str:
        return (
            f"postgresql://{user}:{quote(password)}@127.0.0.1:{self.port}/{database}"
            "?sslmode=disable&gssencmode=disable&client_encoding=utf8&connect_timeout=5"
        )


class Server:
    """A running built-in Postgres, held by this process until `close`.

    `url` opens the library as the app does, which owns nothing in it; `owner_url` is for changes
    of the schema, `superuser_url` for tests and dumps. While it is held, a server that dies
    (killed, out of memory) is started again, on the same port.
    """

    def __init__(self, place: Cluster, access: _Access, lease: psycopg.Connection) -> None:
        self._place = place
        self._access = access
        self._lease = lease
        self._closing = threading.Event()
        self._process = os.getpid()
        self._watch = threading.Thread(target=self._keep_alive, name="onpoint-server", daemon=True)
        self._watch.start()

    @property
    def url(self) -> str:
        return self._access.url(user=APP, password=self._access.app, database=DATABASE)

    @property
    def owner_url(self) -> str:
        return self._access.url(user=OWNER, password=self._access.owner, database=DATABASE)

    @property
    def superuser_url(self) -> str:
        return _superuser_url(self._access, DATABASE)

    @property
    def place(self) -> Cluster:
        return self._place

    def close(self) -> bool:
        """Let go of the server; stops it, and returns True, where nobody else is connected."""
        if self._closing.is_set() or os.getpid() != self._process:
            return False
        self._closing.set()
        with _lock(self._place.folder):
            self._lease.close()
            self._watch.join(timeout=5)
            if not _alone(self._access):
                return False
            cluster.end(self._place)
            return True

    def _keep_alive(self) -> None:
        """Wait on the lease: its end is the first sign that the server has died."""
        while not self._closing.is_set():
            if _still_there(self._lease):
                continue
            try:
                if not self._closing.is_set():
                    self._revive()
            except (DatabaseUnavailable, OSError):
                self._closing.wait(1.0)

    def _revive(self) -> None:
        with _lock(self._place.folder):
            if not self._closing.is_set():
                self._place, self._access, self._lease = _connect_or_start(self._place.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def start(home: Path) -> Server:
    """Start the Postgres of `home`, or join it where it runs, and hold it until `close`.

    Makes the data, the database and its roles where there are none yet. Raises
    DatabaseUnavailable, in words, where that cannot be.
    """
    folder = home.absolute() / "postgres"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            return Server(*_connect_or_start(folder))
    except OSError as error:
        raise DatabaseUnavailable(
            f"The built-in database in {folder} cannot be used: {error.strerror or error}. "
            "Check who owns the folder and that the disk has room."
        ) from error
    except psycopg.Error as error:
        raise DatabaseUnavailable(
            f"The built-in database in {folder} runs but cannot be used: {first_line(error)}."
        ) from error


def _lock(folder: Path) -> FileLock:
    return FileLock(folder / "lock", timeout=LOCK_SECONDS)


def _connect_or_start(folder: Path) -> tuple[Cluster, _Access, psycopg.Connection]:
    """Under the lock: connect, and only where that fails make and start what is missing."""
    access = _read_access(folder)
    lease = None if access is None else _connect(access)
    place = cluster.find(folder)
    if access is not None and lease is not None:
        return place, access, lease
    return place, *_start(place, access)


def _start(place: Cluster, access: _Access | None) -> tuple[_Access, psycopg.Connection]:
    cluster.set_aside_former(place)
    known = access is not None
    if access is None:
        superuser, owner, app = (secrets.token_hex(24) for _ in range(3))
        access = _Access(port=0, superuser=superuser, owner=owner, app=app)
    if cluster.server_process(place) is not None:
        _wait_or_end(place, access)
    if not known and place.data.exists():
        cluster.set_password(place, access.superuser)
    access = replace(access, port=_free_port(access.port))
    _write_access(place.folder, access)
    cluster.make(place, access.superuser)
    cluster.launch(place, access.port)
    provide(
        server_url=_superuser_url(access, "postgres"),
        library_url=_superuser_url(access, DATABASE),
        owner=access.owner,
        app=access.app,
    )
    lease = _connect(access)
    if lease is None:
        raise DatabaseUnavailable(
            f"The built-in database runs but does not let us in; its log is {place.log}."
        )
    return access, lease


def _wait_or_end(place: Cluster, access: _Access) -> None:
    """A server that runs but took no connection: starting, stopping, or stuck. Then start anew."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and cluster.server_process(place) is not None:
        connection = _superuser(access)
        if connection is not None:
            connection.close()
            break
        time.sleep(0.1)
    cluster.end(place)


def _read_access(folder: Path) -> _Access | None:
    try:
        kept = json.loads((folder / "access.json").read_text(encoding="utf-8"))
        return _Access(**{name: kept[name] for name in ("port", "superuser", "owner", "app")})
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _write_access(folder: Path, access: _Access) -> None:
    partial = folder / "access.json.partial"
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(access), file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / "access.json")


def _free_port(wanted: int) -> int:
    """`wanted` where it is free, so that running pools find the server again; else any free one."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DatabaseUnavailable("No free port on this computer for the built-in database.")


def _superuser_url(access: _Access, database: str) -> str:
    return access.url(user=SUPERUSER, password=access.superuser, database=database)


def _open(url: str) -> psycopg.Connection | None:
    try:
        return psycopg.connect(url, autocommit=True, application_name=_LEASE)
    except psycopg.OperationalError:
        return None


def _connect(access: _Access) -> psycopg.Connection | None:
    return _open(access.url(user=APP, password=access.app, database=DATABASE))


def _superuser(access: _Access) -> psycopg.Connection | None:
    return _open(_superuser_url(access, "postgres"))


def _still_there(lease: psycopg.Connection) -> bool:
    """Wait up to a second for news on the lease; False once the server has hung up."""
    try:
        readable, _, _ = select.select([lease.fileno()], [], [], 1.0)
        if readable:
            lease.execute("SELECT 1")
    except (psycopg.Error, OSError, ValueError):
        return False
    return True


def _alone(access: _Access) -> bool:
    """True when nobody else is connected; other leases at once say no."""
    deadline = time.monotonic() + LEAVING_SECONDS
    connection = _superuser(access)
    if connection is None:
        return False
    with connection:
        while True:
            others, leases = connection.execute(
                "SELECT count(*), count(*) FILTER (WHERE application_name = %s)"
                " FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
                (_LEASE,),
            ).fetchone() or (0, 0)
            if others == 0 or leases > 0 or time.monotonic() > deadline:
                return bool(others == 0)
            time.sleep(0.02)
