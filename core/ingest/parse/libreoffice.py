"""LibreOffice as a library, so that a child which may start no program can convert with it.

Its interface for other programs, LibreOfficeKit, is a few tables of functions, in an order that
has stayed since 2014 (include/LibreOfficeKit/LibreOfficeKit.h). Macros are off in it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import cast

_LIBRARIES = ("libmergedlo.so", "libsofficeapp.so", "libsofficeapp.dylib")
_PLACES = ("", "../Frameworks")
_BEGIN = "libreofficekit_hook_2"
# Places in the tables; the first entry of each is its size, the second ends what it belongs to.
_LOAD, _SAVE_AS = 2, 2
_Table = ctypes.POINTER(ctypes.c_void_p)


def library(program: str) -> Path | None:
    """Return the library that belongs to an installed `soffice`; None where there is none."""
    folder = Path(program).resolve().parent
    places = (folder / place / name for place in _PLACES for name in _LIBRARIES)
    return next((place for place in places if place.is_file()), None)


def convert(source: Path, made: Path, *, by: Path, profile: Path) -> bool:
    """Write a document anew in the form that the new name's ending says; False where it cannot.

    The library stays in this process, which should end soon.
    """
    begin = getattr(ctypes.CDLL(str(by)), _BEGIN)
    begin.restype, begin.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_char_p)
    office = cast("int | None", begin(bytes(by.parent), profile.as_uri().encode()))
    if office is None:
        return False
    load = _function(office, _LOAD, ctypes.c_void_p, (ctypes.c_char_p,))
    document = load(office, source.as_uri().encode())
    if document is None:
        return False
    form = made.suffix.removeprefix(".").encode()
    save = _function(document, _SAVE_AS, ctypes.c_int, (ctypes.c_char_p,) * 3)
    return bool(save(document, made.as_uri().encode(), form, None)) and made.is_file()


class _Function:
    def __init__(self, address: int, returns: type, takes: Sequence[type]) -> None:
        self._call = ctypes.CFUNCTYPE(returns, ctypes.c_void_p, *takes)(address)

    def __call__(self, *arguments: int | bytes | None) -> int | None:
        return cast("int | None", self._call(*arguments))


def _function(owner: int, place: int, returns: type, takes: Sequence[type]) -> _Function:
    """An object begins with the address of its table."""
    table = ctypes.cast(ctypes.cast(owner, _Table)[0], _Table)
    return _Function(table[place], returns, takes)
