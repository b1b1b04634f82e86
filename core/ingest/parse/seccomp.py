"""Linux's filter of system calls: a child that reads files gets no network and starts nothing.

The numbers are those of the kernel's tables for 64-bit x86 and Arm; elsewhere there is no filter,
and the other guards stand alone.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import sys
from functools import cache
from typing import NamedTuple

_SET_NO_NEW_PRIVS, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2  # linux/prctl.h, linux/seccomp.h
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # linux/bpf_common.h
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_UNIX = 1  # AF_UNIX
_THREAD = 0x00010000  # CLONE_THREAD
_FOREIGN = 0x40000000  # from here on, numbers of the x32 convention

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

# Each call's number on x86 and on Arm; None where there is no such call.
_ALWAYS: dict[str, tuple[int | None, int | None]] = {
    "connect": (42, 203),
    "setsid": (112, 157),
    "setpgid": (109, 154),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "setrlimit": (160, 164),
}
_STARTING = {
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "kill": (62, 129),
    "tkill": (200, 130),
}
_SOCKET, _CLONE, _CLONE3, _PRLIMIT = (41, 198), (56, 220), (435, 435), (302, 261)


class _Step(NamedTuple):
    """One instruction of the kernel's filter language."""

    code: int
    if_true: int
    if_false: int
    value: int


class _Filter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filters", ctypes.POINTER(_Filter)))


def forbid(*, starting: bool) -> bool:
    """Forbid this process and its children the network, and `starting` programs; False where not.

    What is forbidden fails as if it were not permitted; the process lives on.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in _ARCHITECTURES:
        return False
    program = _packed(*_ARCHITECTURES[platform.machine()], starting=starting)
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return kernel.prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0


def get_ready() -> None:
    """Write both filters; who splits off children does so once, before."""
    if platform.machine() in _ARCHITECTURES:
        for starting in (False, True):
            _packed(*_ARCHITECTURES[platform.machine()], starting=starting)


@cache
def _packed(architecture: int, column: int, *, starting: bool) -> _Program:
    steps = _program(architecture, column, starting=starting)
    filters = (_Filter * len(steps))(*steps)
    # The pointer keeps what it points at.
    return _Program(len(steps), ctypes.cast(filters, ctypes.POINTER(_Filter)))


def _program(architecture: int, column: int, *, starting: bool) -> list[_Step]:
    refused = _ALWAYS | (_STARTING | {"socket": _SOCKET} if starting else {})
    steps = [
        _Step(_LOAD, 0, 0, _ARCHITECTURE),
        *_unless(architecture, _Step(_RETURN, 0, 0, _KILL)),
        _Step(_LOAD, 0, 0, _NUMBER),
        _Step(_AT_LEAST, 0, 1, _FOREIGN),
        _refuse(errno.ENOSYS),
    ]
    for numbers in refused.values():
        number = numbers[column]
        if number is not None:
            steps += [_Step(_EQUAL, 0, 1, number), _refuse(errno.EPERM)]
    # Limits may be asked for (no new one given), but not moved.
    steps += _only(_PRLIMIT[column], argument=2, allowed=_Step(_EQUAL, 0, 1, 0))
    if starting:
        # Threads may be started, the older way: the newer one hides its flags from filters.
        steps += [_Step(_EQUAL, 0, 1, _CLONE3[column]), _refuse(errno.ENOSYS)]
        steps += _only(_CLONE[column], argument=0, allowed=_Step(_ANY_BIT, 0, 1, _THREAD))
    else:
        steps += _only(_SOCKET[column], argument=0, allowed=_Step(_EQUAL, 0, 1, _UNIX))
    return [*steps, _Step(_RETURN, 0, 0, _ALLOW)]


def _unless(value: int, otherwise: _Step) -> list[_Step]:
    return [_Step(_EQUAL, 1, 0, value), otherwise]


def _only(number: int, *, argument: int, allowed: _Step) -> list[_Step]:
    """Steps that end at this call, allowed where the low half of an argument is as `allowed`."""
    return [
        _Step(_EQUAL, 0, 4, number),
        _Step(_LOAD, 0, 0, _FIRST_ARGUMENT + 8 * argument),
        allowed,
        _Step(_RETURN, 0, 0, _ALLOW),
        _refuse(errno.EPERM),
    ]


def _refuse(number: int) -> _Step:
    return _Step(_RETURN, 0, 0, _ERRNO | number)
