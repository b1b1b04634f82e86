"""A program for the tests: bounds itself as a reader's child does, then tries to get out.

Everything is tried twice where it can be: through Python, which our audit sees, and through the
C library, which only the kernel sees. Prints what came of each as JSON.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from core.ingest.parse.errands import ERRANDS
from core.ingest.parse.guard import confine, start_nothing

errand = ERRANDS.validate_json(sys.argv[1])
secret, starting = Path(sys.argv[2]), sys.argv[3] == "starting"
kernel = ctypes.CDLL(None, use_errno=True)
IO_URING = 425


def through_python(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except BaseException as error:  # noqa: BLE001  what it is is what is asked
        return type(error).__name__
    return "done"


def through_c(name: str, *arguments: object) -> str:
    ctypes.set_errno(0)
    result = getattr(kernel, name)(*arguments)
    if result == 0 and name in {"fork", "vfork"}:
        os._exit(0)
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]


def a_thread() -> None:
    thread = threading.Thread(target=sum, args=([1, 2],))
    thread.start()
    thread.join()


confine(errand)
if not starting:
    start_nothing()
outside = secret.parent / "outside"
program = shutil.which("true") or "/bin/true"
tried = {
    "python: own folder": through_python(lambda: (errand.folder / "x").write_text("x")),
    "python: own scratch": through_python(lambda: (errand.scratch / "x").write_text("x")),
    "python: the file": through_python(errand.path.read_bytes),
    "python: a thread": through_python(a_thread),
    "python: connect": through_python(lambda: socket.create_connection(("127.0.0.1", 9), 1)),
    "python: a socket": through_python(lambda: socket.socket(socket.AF_INET).close()),
    "python: a name": through_python(lambda: socket.getaddrinfo("localhost", 80)),
    "python: write outside": through_python(lambda: outside.write_text("x")),
    "python: make outside": through_python(outside.mkdir),
    "python: read outside": through_python(secret.read_text),
    "python: remove outside": through_python(secret.unlink),
    "python: move outside": through_python(lambda: secret.rename(errand.folder / "y")),
    "python: start": through_python(lambda: subprocess.run([program], check=True)),
    "python: fork": through_python(lambda: os._exit(0) if os.fork() == 0 else None),
    "c: a socket": through_c("socket", 2, 1, 0),
    "c: a socket of the sixth version": through_c("socket", 10, 1, 0),
    "c: a raw socket": through_c("socket", 17, 3, 0),
    "c: write outside": through_c("open", str(outside).encode(), os.O_CREAT | os.O_WRONLY, 0o600),
    "c: read outside": through_c("open", str(secret).encode(), os.O_RDONLY),
    "c: remove outside": through_c("unlink", str(secret).encode()),
    "c: a link to the secret": through_c(
        "symlink", str(secret).encode(), str(errand.folder / "link").encode()
    ),
    "c: fork": through_c("fork"),
    "c: a session of its own": through_c("setsid"),
    "c: signal the parent": through_c("kill", os.getppid(), 0),
    "c: a ring of calls": through_c("syscall", IO_URING, 1, None),
    "c: trace the parent": through_c("ptrace", 16, os.getppid(), None, None),
    "c: more memory": through_c("prlimit", 0, 9, ctypes.byref((ctypes.c_uint64 * 2)(-1, -1)), None),
    "c: the parent's environment": through_c(
        "open", f"/proc/{os.getppid()}/environ".encode(), os.O_RDONLY
    ),
}
json.dump({"tried": tried, "environment": dict(os.environ)}, sys.stdout)
