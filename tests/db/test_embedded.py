"""The built-in Postgres: one server for all who ask, whatever happened to the last one."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from core.errors import DatabaseUnavailable
from core.library import cluster, embedded, programs, roles
from tests.db.homes import new_home

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# A process that joins the server, says so, waits for a word, and lets go.
JOIN = """
import sys
from pathlib import Path
from core.library import embedded
server = embedded.start(Path(sys.argv[1]))
print(server.url, flush=True)
sys.stdin.read()
print(server.close(), flush=True)
"""


@pytest.fixture(scope="module")
def used_home() -> Iterator[Path]:
    """A home with a database made and stopped, to be copied: making one takes a second."""
    with new_home() as folder:
        embedded.start(folder).close()
        yield folder


@pytest.fixture
def home(used_home: Path) -> Iterator[Path]:
    """A home of this test's own in which the database was made before."""
    with new_home() as folder:
        subprocess.run(["cp", "-a", str(used_home), str(folder)], check=True)
        yield folder


@pytest.fixture
def fresh_home() -> Iterator[Path]:
    """A home that is not there yet."""
    with new_home() as folder:
        yield folder


def answers(server: embedded.Server) -> bool:
    with psycopg.connect(server.url) as connection:
        return connection.execute("SELECT '[1,2]'::halfvec IS NOT NULL").fetchone() == (True,)


def server_pid(server: embedded.Server) -> int:
    pid = cluster.server_process(server.place)
    assert pid is not None
    return pid


def kill(server: embedded.Server) -> None:
    """Kill the server as a power cut would, and let nobody mend it."""
    server._closing.set()
    process = psutil.Process(server_pid(server))
    process.kill()
    process.wait(timeout=10)


def join(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", JOIN, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_it_starts_stops_and_starts_again_with_what_was_written(fresh_home: Path) -> None:
    with embedded.start(fresh_home) as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    assert cluster.server_process(server.place) is None
    with embedded.start(fresh_home) as again, psycopg.connect(again.owner_url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


@pytest.mark.parametrize(("role", "makes"), [("onpoint", True), ("onpoint_app", False)])
def test_b04_owner_and_app_are_ordinary_users_and_the_app_can_make_nothing(
    home: Path, role: str, *, makes: bool
) -> None:
    with embedded.start(home) as server, psycopg.connect(_address(server, role)) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (role, False, False, False, False)
        created = "SELECT has_schema_privilege('public', 'CREATE')"
        assert connection.execute(created).fetchone() == (makes,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("COPY (SELECT 1) TO PROGRAM 'true'")


def _address(server: embedded.Server, role: str) -> str:
    return server.owner_url if role == roles.OWNER else server.url


def test_only_this_computer_with_the_password_gets_in(home: Path) -> None:
    with embedded.start(home) as server:
        secret = str(conninfo_to_dict(server.url)["password"])
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.url.replace(secret, "guess"))
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(server.url.replace(f":{secret}", ""), passfile="/dev/null")
        with psycopg.connect(server.superuser_url) as connection:
            shown = [
                connection.execute(f"SHOW {name}").fetchone()
                for name in (
                    "listen_addresses",
                    "unix_socket_directories",
                    "data_checksums",
                    "fsync",
                    "server_encoding",
                    "password_encryption",
                )
            ]
        assert shown == [("127.0.0.1",), ("",), ("on",), ("on",), ("UTF8",), ("scram-sha-256",)]
        for path in (home / "postgres").rglob("*"):
            if secret.encode() in (path.read_bytes() if path.is_file() else b""):
                assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_joining_a_running_server_is_fast(home: Path) -> None:
    with embedded.start(home):
        started = time.monotonic()
        with embedded.start(home) as second:
            taken = time.monotonic() - started
            assert answers(second)
    # 0.02 s on an idle machine; the bound only says that nothing is started anew
    assert taken < 2


def test_the_last_one_out_stops_the_server(home: Path) -> None:
    first = embedded.start(home)
    other = join(home)
    assert line(other) == first.url
    assert first.close() is False
    assert cluster.server_process(first.place) is not None
    out, _ = other.communicate()
    assert out.strip() == "True"
    assert cluster.server_process(first.place) is None


def test_a_client_that_is_no_process_of_ours_keeps_it_running_too(home: Path) -> None:
    server = embedded.start(home)
    with psycopg.connect(server.url):
        assert server.close() is False
    assert cluster.server_process(server.place) is not None


def test_closing_twice_is_harmless(home: Path) -> None:
    server = embedded.start(home)
    assert server.close() is True
    assert server.close() is False


def test_a_client_killed_leaves_it_running_and_the_next_start_joins_it(home: Path) -> None:
    killed = join(home)
    url = line(killed)
    killed.kill()
    killed.communicate()
    with embedded.start(home) as server:
        assert server.url == url
        assert answers(server)
    assert cluster.server_process(server.place) is None


def test_a_server_killed_does_not_wedge_the_next_start(home: Path) -> None:
    server = embedded.start(home)
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    kill(server)
    with embedded.start(home) as again, psycopg.connect(again.owner_url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_a_stale_pid_file_whose_number_a_stranger_has_does_not_wedge_it(home: Path) -> None:
    server = embedded.start(home)
    pid_file = server.place.data / "postmaster.pid"
    text = pid_file.read_text()
    assert server.close()
    # A live process of the very user that runs Postgres, which Postgres itself would believe.
    user = {} if server.place.owner is None else {"user": server.place.owner[0]}
    with subprocess.Popen(["sleep", "60"], **user) as stranger:  # type: ignore[call-overload]
        pid_file.write_text(text.replace(text.split("\n")[0], str(stranger.pid), 1))
        with embedded.start(home) as again:
            assert answers(again)
        stranger.kill()


@pytest.mark.parametrize("rubbish", ["", "no number\n", "99999999\n/nowhere\n"])
def test_a_pid_file_of_rubbish_does_not_wedge_it(home: Path, rubbish: str) -> None:
    server = embedded.start(home)
    server.close()
    (server.place.data / "postmaster.pid").write_text(rubbish)
    with embedded.start(home) as again:
        assert answers(again)


@pytest.mark.parametrize("left", [None, "", "{}"])
def test_passwords_that_were_lost_are_made_anew_and_nothing_else_is(
    home: Path, left: str | None
) -> None:
    with embedded.start(home) as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    access = home / "postgres" / "access.json"
    if left is None:
        access.unlink()
    else:
        access.write_text(left)
    with embedded.start(home) as again, psycopg.connect(again.owner_url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_a_first_start_broken_off_is_done_again(fresh_home: Path) -> None:
    partial = fresh_home / "postgres" / "data.partial"
    partial.mkdir(parents=True)
    (partial / "PG_VERSION").write_text("18\n")
    with embedded.start(fresh_home) as server:
        assert answers(server)


def test_a_server_that_dies_while_it_is_held_is_started_again_on_the_same_port(
    home: Path,
) -> None:
    with embedded.start(home) as server:
        url, first = server.url, server_pid(server)
        psutil.Process(first).kill()
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                assert answers(server)
                break
            except psycopg.OperationalError:
                time.sleep(0.1)
        assert server.url == url
        assert server_pid(server) != first


def test_a_port_taken_meanwhile_is_given_up_for_another(home: Path) -> None:
    with embedded.start(home) as server:
        port = server._access.port
    with socket.socket() as taken:
        # Connections just closed still hold the port, but not against a listener.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with embedded.start(home) as again:
            assert again._access.port != port
            assert answers(again)


@pytest.mark.slow
def test_three_processes_that_start_at_once_share_one_server(fresh_home: Path) -> None:
    processes = [join(fresh_home) for _ in range(3)]
    urls = {line(process) for process in processes}
    assert len(urls) == 1
    stopped = [process.communicate()[0].strip() for process in processes]
    assert sorted(stopped) == ["False", "False", "True"]


@pytest.mark.parametrize("name", ["with a space", "Ünïcödé 法", "quote ' \" and $dollar `tick`"])
def test_a_home_of_any_name_will_do(fresh_home: Path, name: str) -> None:
    with embedded.start(fresh_home / name) as server:
        assert answers(server)


def test_steering_by_the_environment_is_ignored(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in (("PGPORT", "1"), ("PGDATA", "/nowhere"), ("PGUSER", "nobody")):
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    programs.environment.cache_clear()
    try:
        with embedded.start(home) as server:
            assert answers(server)
    finally:
        programs.environment.cache_clear()


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(home: Path) -> None:
    with embedded.start(home) as server:
        assert os.getpgid(server_pid(server)) != os.getpgid(0)
        assert os.getsid(server_pid(server)) != os.getsid(0)


@pytest.mark.skipif(not AS_ROOT, reason="only root is refused by Postgres")
def test_as_root_an_ordinary_user_runs_it_and_no_folder_of_ours_is_opened(fresh_home: Path) -> None:
    fresh_home.mkdir(mode=0o750)
    os.chown(fresh_home, 0, 0)
    before = {path: path.stat().st_mode for path in (fresh_home, *fresh_home.parents)}
    with embedded.start(fresh_home) as server:
        assert answers(server)
        assert psutil.Process(server_pid(server)).uids().real != 0
        assert server.place.data.parts[:4] == ("/", "var", "lib", "onpoint")
        assert (fresh_home / "postgres" / "data.location").read_text().strip() == str(
            server.place.data
        )
    assert before == {path: path.stat().st_mode for path in before}
    with embedded.start(fresh_home) as again:
        assert again.place.data == server.place.data
        assert answers(again)
    shutil.rmtree(server.place.data.parent)


@pytest.mark.skipif(not AS_ROOT, reason="only root's data stand outside of the home")
@pytest.mark.parametrize("runs", [False, True])
def test_a_home_made_where_another_was_deleted_begins_empty(fresh_home: Path, runs: bool) -> None:
    fresh_home.mkdir(mode=0o700)
    with embedded.start(fresh_home) as server:
        with psycopg.connect(server.owner_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        if runs:
            server._closing.set()  # as where whoever had it was killed
    shutil.rmtree(fresh_home)
    fresh_home.mkdir(mode=0o700)
    with embedded.start(fresh_home) as again, psycopg.connect(again.owner_url) as connection:
        assert again.place.data == server.place.data
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)
    shutil.rmtree(server.place.data.parent)


@pytest.mark.skipif(not AS_ROOT, reason="only root can take another user's place")
def test_programs_that_the_user_cannot_reach_are_copied_to_where_he_can(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = programs.packaged_programs(18).parent.parent
    hidden = tmp_path / "hidden" / package.name
    shutil.copytree(package, hidden, symlinks=True)
    shutil.copytree(
        package.with_name(f"{package.name}.libs"), hidden.with_name(f"{package.name}.libs")
    )
    hidden.parent.chmod(0o700)
    elsewhere = home.with_name(f"{home.name}-elsewhere")
    monkeypatch.setattr(programs, "packaged_programs", lambda _: hidden / "pginstall18" / "bin")
    monkeypatch.setattr(programs, "ELSEWHERE", elsewhere)
    try:
        with embedded.start(home) as server:
            assert answers(server)
            assert Path(psutil.Process(server_pid(server)).exe()).is_relative_to(elsewhere)
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)


def test_a_home_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnavailable, match="cannot be used"):
        embedded.start(tmp_path / "file")
