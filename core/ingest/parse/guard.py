"""The bounds that a child sets itself before it opens a stranger's file, and cannot lift again.

Several stand behind each other, because no system has them all: limits of the process, Linux's
filter of calls and lock on files, and Python's own audit of what is about to be done.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

import core
from core.ingest.parse import landlock, seccomp
from core.ingest.parse.errands import Errand

# What a parent passes on and a reader needs; nothing else of the environment is kept.
_KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "PATHEXT", "COMSPEC")
# LibreOffice maps far more than it touches: there, what is touched is counted from outside.
_MAPPED = 4 << 30
# Bytes: what is mapped already, and touched only later, counts too.
_MARGIN = 32 << 20
_SPARE_SECONDS = 5  # the wall clock ends a child first; this is for when nobody watches it

_STARTS = frozenset(
    "subprocess.Popen os.exec os.fork os.forkpty os.posix_spawn os.spawn os.system os.startfile "
    "pty.spawn os.kill os.killpg".split()
)
_REACHES = frozenset(
    "socket.__new__ socket.bind socket.connect socket.sendto socket.sendmsg socket.getaddrinfo "
    "socket.gethostbyname urllib.Request ftplib.connect http.client.connect".split()
)
# Their first one or two arguments are paths that change.
_CHANGES = frozenset(
    "os.remove os.rename os.rmdir os.mkdir os.link os.symlink os.truncate os.chmod os.chown "
    "os.utime shutil.rmtree shutil.move".split()
)
# Programs, libraries, fonts; of the processes only its own, and no secret of the system's.
_SYSTEM = (
    "/usr /lib /lib64 /bin /opt /etc/fonts /etc/libreoffice /var/lib/libreoffice "
    "/etc/ld.so.cache /etc/localtime /etc/passwd /etc/nsswitch.conf /proc/self /proc/cpuinfo "
    "/proc/meminfo /proc/stat /sys/devices/system"
).split()
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(errand: Errand) -> None:
    """Bound this process, for good: time, memory, files, folders, network, environment."""
    _empty_environment(errand.scratch)
    _bound(errand)
    _drop_privileges()
    seccomp.forbid(starting=False)
    landlock.enclose(readable=_readable(errand), writable=_writable(errand))
    sys.addaudithook(_audit(errand))


def get_ready() -> None:
    """Find out what is the same for all children; who splits them off does so once, before."""
    _shared_places()
    seccomp.get_ready()
    if sys.platform != "win32":
        import_module("resource")


def start_nothing() -> None:
    """Give up starting other programs too, for good: most readers need none."""
    seccomp.forbid(starting=True)
    sys.addaudithook(_no_starts)


def _empty_environment(scratch: Path) -> None:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    os.environ.clear()
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME"), str(scratch))
    os.environ.update(kept, LANG="C.UTF-8", OMP_THREAD_LIMIT="1", **places)
    tempfile.tempdir = str(scratch)


def _bound(errand: Errand) -> None:
    if sys.platform == "win32":
        return  # Windows has no limits of this kind: the parent watches time and memory there
    import resource

    limits, seconds = errand.limits, int(errand.limits.seconds) + _SPARE_SECONDS
    bounds = {
        resource.RLIMIT_AS: _address_space(limits.memory) if starts_nothing(errand) else _MAPPED,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_CORE: 0,
    }
    for bound, value in bounds.items():
        _, highest = resource.getrlimit(bound)
        most = value if highest == resource.RLIM_INFINITY else min(value, highest)
        try:
            resource.setrlimit(bound, (most, most))
        except (OSError, ValueError):
            continue  # macOS knows no bound of address space
    _come_first_when_memory_ends()


def starts_nothing(errand: Errand) -> bool:
    """Tell whether this errand is done without another program, as far as is known before it."""
    return errand.task != "recognise"


def _address_space(memory: int) -> int:
    """Bytes of address space with which no more than `memory` can be resident."""
    # Plain calls here and below: a text file in Python costs a fresh child two hundred page faults.
    try:
        told = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return memory
    pages = os.read(told, 200).split()
    os.close(told)
    size, resident = (int(each) * os.sysconf("SC_PAGE_SIZE") for each in pages[:2])
    return size + max(memory - resident - _MARGIN, 0)


def _come_first_when_memory_ends() -> None:
    """Let the kernel kill this process rather than the server, where memory runs out."""
    try:
        told = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(told, b"1000")
        os.close(told)
    except OSError:
        return


def _drop_privileges() -> None:
    """Give up what root may do besides owning its files."""
    if not sys.platform.startswith("linux"):
        return
    version = 0x20080522  # of three words, twice: linux/capability.h
    header, none = (ctypes.c_uint32 * 2)(version, 0), (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capset(ctypes.byref(header), ctypes.byref(none))


def _readable(errand: Errand) -> Iterable[Path]:
    yield errand.path
    yield from _shared_places()


@cache
def _shared_places() -> tuple[Path, ...]:
    """Return what every child may read: the system's programs and fonts, Python and our code."""
    places = [*map(Path, _SYSTEM), Path(core.__file__).parent]
    places += map(Path, {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()})
    program = shutil.which("tesseract")
    if program:
        places.append(Path(program).resolve().parent.parent)
    return tuple(place for place in places if place.exists())


def _writable(errand: Errand) -> Iterable[Path]:
    yield errand.folder
    yield errand.scratch
    for device in ("null", "zero", "urandom", "random"):
        yield Path("/dev", device)


def _audit(errand: Errand) -> Callable[[str, tuple[object, ...]], None]:
    """A hook for `sys.addaudithook` that refuses the network, and writing outside the folders."""
    inside = tuple(os.path.realpath(folder) + os.sep for folder in (errand.folder, errand.scratch))

    def ours(path: object) -> bool:
        if isinstance(path, int):
            return True  # a file that is open already
        real = os.path.realpath(os.fsdecode(path) if isinstance(path, bytes) else str(path))
        return (real + os.sep).startswith(inside) or real == os.devnull

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if _writes(mode, flags) and not ours(path):
                raise PermissionError("A reader writes in its own folder only.")
        elif event in _REACHES:
            raise PermissionError("A reader has no network.")
        elif event in _CHANGES and not all(ours(path) for path in _paths(event, arguments)):
            raise PermissionError("A reader changes its own folder only.")

    return hook


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str) and not set(mode).isdisjoint("wax+"):
        return True
    return isinstance(flags, int) and bool(flags & _WRITING)


def _paths(event: str, arguments: tuple[object, ...]) -> tuple[object, ...]:
    return arguments[: 2 if event in {"os.rename", "os.link", "shutil.move"} else 1]


def _no_starts(event: str, _: tuple[object, ...]) -> None:
    if event in _STARTS:
        raise PermissionError("A reader starts no other program.")
