"""Opens Word's files that are locked with a password, given the password.

[MS-OFFCRYPTO] has both ways: agile, of Office 2010 and later, and standard, of Office 2007. What is
inside of the lock is a file like any other, and read as one.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast
from xml.etree import ElementTree as ET

import olefile
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from core.ingest.parse.containers import LOCKED_PACKAGE, has_stream
from core.ingest.parse.parsed import Unreadable
from core.ingest.parse.zipped import local, tree
from core.model import UploadState

LOCKED = "This file is locked with a password."
WRONG = "The password does not open this file."
OTHERWISE = (
    "This file is locked in a way that cannot be opened here. Open it in the program it was made "
    "with, save a copy without a password, then upload that."
)
DAMAGED = "This file is damaged: its lock could not be read."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEGMENT = 4096  # bytes that are locked together
_MOST_TURNS = 1_000_000  # Office takes 100,000; more would be there to keep us busy
_OLD_TURNS = 50_000
_HASHES = frozenset({"SHA1", "SHA256", "SHA384", "SHA512"})
# What is added to the password's hash for each thing that is locked with it.
_INPUT = bytes.fromhex("fea7d2763b4b9e79")
_VALUE = bytes.fromhex("d7aa0f6d3061344e")
_KEY = bytes.fromhex("146e0be7abacd0d6")
_FILL = b"\x36"

Hash = Callable[[bytes], bytes]


class _File(Protocol):
    """What is used of a compound file, which its library does not type."""

    def openstream(self, filename: str) -> BinaryIO: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lock:
    """How something is locked: its salt, the size of its key, and how often it is hashed."""

    hash: Hash
    salt: bytes
    key_bytes: int
    block: int
    turns: int
    told: ET.Element


def unlocked(path: Path, password: str | None, folder: Path) -> Path:
    """Return where a file is open to be read: itself, or a copy in `folder` of what is inside.

    Raises Unreadable, with NEEDS_PASSWORD where one is missing or does not fit.
    """
    with path.open("rb") as file:
        if file.read(len(_OLE)) != _OLE:
            return path
    if not has_stream(path, LOCKED_PACKAGE):
        return path
    if password is None:
        raise Unreadable(LOCKED, UploadState.NEEDS_PASSWORD)
    try:
        info, package = _streams(path)
        inside = _opened(info, package, password)
    except (OSError, ValueError, IndexError, KeyError, struct.error, NotBase64) as error:
        raise Unreadable(DAMAGED) from error
    made = folder / "unlocked"
    made.write_bytes(inside)
    return made


def _streams(path: Path) -> tuple[bytes, bytes]:
    with olefile.OleFileIO(str(path)) as file:
        held = cast("_File", file)
        return held.openstream("EncryptionInfo").read(), held.openstream(LOCKED_PACKAGE).read()


def _opened(info: bytes, package: bytes, password: str) -> bytes:
    major, minor = struct.unpack_from("<HH", info)
    (size,) = struct.unpack_from("<Q", package)
    locked = package[8:]
    if (major, minor) == (4, 4):
        return _agile(tree(info[8:]), locked, password)[:size]
    if minor == 2 and major in {2, 3, 4}:
        return _standard(info[4:], locked, password)[:size]
    raise Unreadable(OTHERWISE)


# --- agile ---


def _agile(told: ET.Element, locked: bytes, password: str) -> bytes:
    whole = next(each for each in told.iter() if local(each) == "keyData")
    own = next((each for each in told.iter() if local(each) == "encryptedKey"), None)
    if own is None:  # locked for the holders of certificates only
        raise Unreadable(OTHERWISE)
    lock, data = _lock(own), _lock(whole)
    hashed = _turned(lock, password)

    def told_by(name: str, what: bytes) -> bytes:
        key = _sized(lock.hash(hashed + what), lock.key_bytes)
        return _decrypted(key, _sized(lock.salt, lock.block), b64decode(lock.told.attrib[name]))

    proof = lock.hash(told_by("encryptedVerifierHashInput", _INPUT))
    if told_by("encryptedVerifierHashValue", _VALUE)[: len(proof)] != proof:
        raise Unreadable(WRONG, UploadState.NEEDS_PASSWORD)
    key = told_by("encryptedKeyValue", _KEY)[: lock.key_bytes]
    return b"".join(
        _decrypted(
            key,
            _sized(data.hash(data.salt + struct.pack("<I", n)), data.block),
            locked[start : start + _SEGMENT],
        )
        for n, start in enumerate(range(0, len(locked), _SEGMENT))
    )


def _lock(told: ET.Element) -> _Lock:
    given = told.attrib
    name = given["hashAlgorithm"].replace("-", "").upper()
    turns = int(given.get("spinCount", "0"))
    known = given["cipherAlgorithm"] == "AES" and given["cipherChaining"] == "ChainingModeCBC"
    if not known or name not in _HASHES or not 0 <= turns <= _MOST_TURNS:
        raise Unreadable(OTHERWISE)
    return _Lock(
        hash=lambda data: hashlib.new(name, data).digest(),
        salt=b64decode(given["saltValue"]),
        key_bytes=int(given["keyBits"]) // 8,
        block=int(given["blockSize"]),
        turns=turns,
        told=told,
    )


def _turned(lock: _Lock, password: str) -> bytes:
    """Hash a password over and over, so that guessing takes its time."""
    hashed = lock.hash(lock.salt + password.encode("utf-16-le", "surrogatepass"))
    for n in range(lock.turns):
        hashed = lock.hash(struct.pack("<I", n) + hashed)
    return hashed


def _sized(data: bytes, size: int) -> bytes:
    return data[:size].ljust(size, _FILL)


def _decrypted(key: bytes, start: bytes, locked: bytes) -> bytes:
    whole = len(locked) // 16 * 16
    return Cipher(AES(key), CBC(start)).decryptor().update(locked[:whole])


# --- standard ---


def _standard(info: bytes, locked: bytes, password: str) -> bytes:
    (head,) = struct.unpack_from("<4xI", info)
    cipher, _, key_bits = struct.unpack_from("<8xIII", info, 8)
    if cipher not in {0x660E, 0x660F, 0x6610}:  # AES with 128, 192, 256 bits
        raise Unreadable(OTHERWISE)
    salt_size, salt, proof, _, proof_hash = struct.unpack_from("<I16s16sI32s", info, 8 + head)
    hashed = _sha1(salt[:salt_size] + password.encode("utf-16-le", "surrogatepass"))
    for n in range(_OLD_TURNS):
        hashed = _sha1(struct.pack("<I", n) + hashed)
    hashed = _sha1(hashed + bytes(4))
    key = (_sha1(_mixed(hashed, 0x36)) + _sha1(_mixed(hashed, 0x5C)))[: key_bits // 8]
    opener = Cipher(AES(key), ECB()).decryptor()  # noqa: S305  what Office 2007 locks with
    if _sha1(opener.update(proof)) != opener.update(proof_hash)[:20]:
        raise Unreadable(WRONG, UploadState.NEEDS_PASSWORD)
    return opener.update(locked[: len(locked) // 16 * 16])


def _mixed(hashed: bytes, with_byte: int) -> bytes:
    return bytes(a ^ with_byte for a in hashed.ljust(64, b"\0"))


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data).digest()  # noqa: S324  what Office 2007 locks with
