"""Opens members of archives that WinZip, 7-Zip and others have locked with AES, given the password.

The form is WinZip's AE-1 and AE-2: the key is made of the password and a salt, the bytes are mixed
with AES in counter mode, and a code at the end proves that none of them was changed.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from core.ingest.parse.parsed import Unreadable
from core.ingest.parse.zipped import DAMAGED
from core.model import UploadState

METHOD = 99  # instead of a member's own way of packing
OTHERWISE = (
    "This archive is locked in a way that cannot be opened here. Unpack it with the program it was "
    "made with, then upload what was in it."
)
WRONG = "The password does not open this archive."
_EXTRA = 0x9901
_TURNS = 1_000
_STORED, _DEFLATED = 0, 8
_PROOF, _CODE = 2, 10  # bytes before and behind what is locked
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How a member is locked and packed."""

    key_bytes: int
    packing: int


def opened(archive: ZipFile, info: ZipInfo, password: str) -> Iterator[bytes]:
    """Yield the bytes of a locked member, unpacked, some at a time.

    Raises Unreadable: damaged, another lock, or with NEEDS_PASSWORD where it does not fit.
    """
    way, file = _way(info), cast("BinaryIO", archive.fp)
    file.seek(_start(file, info))
    salt, proof = file.read(way.key_bytes // 2), file.read(_PROOF)
    key, code_key, expected = _keys(password, salt, way.key_bytes)
    if proof != expected:
        raise Unreadable(WRONG, UploadState.NEEDS_PASSWORD)
    size = info.compress_size - len(salt) - _PROOF - _CODE
    if size < 0:
        raise Unreadable(DAMAGED)
    yield from _unpacked(_unlocked(file, size, key, code_key), way.packing)


def _way(info: ZipInfo) -> _Way:
    """Read how a member is locked from what is told besides of it."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _EXTRA and size >= 7 and len(extra) >= 11:
            _, vendor, strength, packing = struct.unpack_from("<H2sBH", extra, 4)
            if vendor == b"AE" and strength in {1, 2, 3} and packing in {_STORED, _DEFLATED}:
                return _Way(key_bytes=8 + 8 * strength, packing=packing)
            break
        extra = extra[4 + size :]
    raise Unreadable(OTHERWISE)


def _start(file: BinaryIO, info: ZipInfo) -> int:
    """Return where a member's bytes begin, behind its own header."""
    file.seek(info.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise Unreadable(DAMAGED)
    name, extra = struct.unpack_from("<HH", header, 26)
    return info.header_offset + len(header) + name + extra


def _keys(password: str, salt: bytes, size: int) -> tuple[bytes, bytes, bytes]:
    made = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _TURNS, 2 * size + _PROOF)
    return made[:size], made[size : 2 * size], made[2 * size :]


def _unlocked(file: BinaryIO, size: int, key: bytes, code_key: bytes) -> Iterator[bytes]:
    """Yield what is locked, opened; at the end it is seen whether it was changed."""
    mixer = Cipher(AES(key), ECB()).encryptor()  # noqa: S305  counted below, as WinZip counts
    code, number = hmac.new(code_key, digestmod="sha1"), 1
    while size:
        locked = file.read(min(_CHUNK, size))
        if not locked:
            raise Unreadable(DAMAGED)
        size -= len(locked)
        code.update(locked)
        count = -(-len(locked) // 16)
        counters = np.zeros((count, 2), dtype="<u8")
        counters[:, 0] = np.arange(number, number + count, dtype=np.uint64)
        number += count
        mixed = np.frombuffer(mixer.update(counters.tobytes()), dtype=np.uint8)[: len(locked)]
        yield (np.frombuffer(locked, dtype=np.uint8) ^ mixed).tobytes()
    if not hmac.compare_digest(file.read(_CODE), code.digest()[:_CODE]):
        raise Unreadable(DAMAGED)


def _unpacked(packed: Iterator[bytes], packing: int) -> Iterator[bytes]:
    if packing == _STORED:
        yield from packed
        return
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in packed:
        rest = piece
        # No more at a time than is asked for: a bomb is stopped where it is counted.
        while made := unpacking.decompress(rest, _CHUNK):
            yield made
            rest = unpacking.unconsumed_tail
    yield unpacking.flush()
