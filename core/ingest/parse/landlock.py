"""Linux's lock on the file system: a child reads its file and its libraries, and writes one folder.

Rights and structures are those of linux/landlock.h; where the kernel has none of it, the other
guards stand alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

# The same numbers on all architectures.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE = 1 << 14
_ALL = (1 << 13) - 1  # of the first version
_REFER = 1 << 13
_NODES = 1 << 6 | 1 << 11 | 1 << 12  # making devices and symbolic links
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def enclose(*, readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Leave this process what is at or under these paths; False where the kernel cannot.

    `seccomp.forbid` must have been called: only who can gain no privileges may lock itself in.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in {"x86_64", "aarch64"}:
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    version = kernel.syscall(_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = _ALL | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    # TCP from the fourth version on; signals to processes outside from the sixth.
    ruleset = _Ruleset(rights, 3 if version >= 4 else 0, 2 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = kernel.syscall(_CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    for path in readable:
        _allow(kernel, rules, path, _EXECUTE | _READ_FILE | _READ_DIR)
    for path in writable:
        _allow(kernel, rules, path, rights & ~_NODES & ~_EXECUTE)
    locked = kernel.syscall(_RESTRICT, rules, 0) == 0
    os.close(rules)
    return locked


def _allow(kernel: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no leave
    try:
        wanted = rights if path.is_dir() else rights & _OF_FILES
        rule = _Beneath(wanted, opened)
        kernel.syscall(_ADD, rules, _BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)
