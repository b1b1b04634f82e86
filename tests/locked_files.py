"""Files locked with a password, as Office and WinZip lock them, written by our own hands."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import zlib
from base64 import b64encode

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from tests.office_files import compound_file


def agile(plain: bytes, password: str, *, turns: int = 100_000, told: int = 0) -> bytes:
    """Lock a file as Office 2010 and later do, with AES-256 and SHA-512. [MS-OFFCRYPTO] 2.3.4.10.

    `told` is how often it says that the password is hashed.
    """
    salt, data_salt, key = os.urandom(16), os.urandom(16), os.urandom(32)
    turned = _sha512(salt + password.encode("utf-16-le"))
    for n in range(turns):
        turned = _sha512(struct.pack("<I", n) + turned)

    def made(block: str, value: bytes) -> str:
        derived = _sha512(turned + bytes.fromhex(block))[:32]
        return b64encode(_cbc(derived, salt, value)).decode()

    proof = os.urandom(16)
    ways = (
        'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"'
        ' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    )
    info = (
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"'
        ' xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<keyData {ways} saltValue="{b64encode(data_salt).decode()}"/>'
        '<keyEncryptors><keyEncryptor uri="password">'
        f'<p:encryptedKey spinCount="{told or turns}" {ways} saltValue="{b64encode(salt).decode()}"'
        f' encryptedVerifierHashInput="{made("fea7d2763b4b9e79", proof)}"'
        f' encryptedVerifierHashValue="{made("d7aa0f6d3061344e", _sha512(proof))}"'
        f' encryptedKeyValue="{made("146e0be7abacd0d6", key)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )
    package = struct.pack("<Q", len(plain))
    for n, start in enumerate(range(0, len(plain), 4096)):
        first = _sha512(data_salt + struct.pack("<I", n))[:16]
        package += _cbc(key, first, plain[start : start + 4096])
    return compound_file(
        {
            "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + info.encode(),
            "EncryptedPackage": package,
        }
    )


def standard(plain: bytes, password: str) -> bytes:
    """Lock a file as Office 2007 does, with AES-128 and SHA-1. [MS-OFFCRYPTO] 2.3.4.5."""
    salt, proof = os.urandom(16), os.urandom(16)
    turned = _sha1(salt + password.encode("utf-16-le"))
    for n in range(50_000):
        turned = _sha1(struct.pack("<I", n) + turned)
    turned = _sha1(turned + bytes(4))
    key = _sha1(bytes(a ^ 0x36 for a in turned.ljust(64, b"\0")))[:16]
    locking = Cipher(AES(key), ECB()).encryptor()  # noqa: S305  as Office 2007 locks
    head = struct.pack("<IIIIIIII", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
    head += "Microsoft Enhanced RSA and AES\0".encode("utf-16-le")
    info = struct.pack("<HHII", 4, 2, 0x24, len(head)) + head
    info += struct.pack("<I", 16) + salt + locking.update(proof)
    info += struct.pack("<I", 20) + locking.update(_sha1(proof).ljust(32, b"\0"))
    package = struct.pack("<Q", len(plain)) + locking.update(_filled(plain))
    return compound_file({"EncryptionInfo": info, "EncryptedPackage": package})


def winzip(plain: bytes, password: bytes, *, bits: int = 256, packing: int = 8) -> bytes:
    """Lock a file in an archive of one member as WinZip does (AE-2)."""
    strength = bits // 64 - 1
    salt, size = os.urandom(bits // 16), bits // 8
    made = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * size + 2)
    packed = plain if packing != 8 else zlib.compress(plain, wbits=-15)
    mixing = Cipher(AES(made[:size]), ECB()).encryptor()  # noqa: S305  counted below
    locked = bytearray()
    for n, start in enumerate(range(0, len(packed), 16), start=1):
        mixed = mixing.update(n.to_bytes(16, "little"))
        locked += bytes(a ^ b for a, b in zip(packed[start : start + 16], mixed, strict=False))
    code = hmac.new(made[size : 2 * size], locked, "sha1").digest()[:10]
    data = salt + made[2 * size :] + bytes(locked) + code
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", strength, packing)
    name = b"a.txt"
    middle = struct.pack(
        "<HHHHHIIIHH", 51, 1, 99, 0, 33, 0, len(data), len(plain), len(name), len(extra)
    )
    local = b"PK\x03\x04" + middle + name + extra + data
    central = b"PK\x01\x02\x33\x00" + middle + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name + extra
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def _cbc(key: bytes, first: bytes, plain: bytes) -> bytes:
    return Cipher(AES(key), CBC(first)).encryptor().update(_filled(plain))


def _filled(plain: bytes) -> bytes:
    return plain + bytes(-len(plain) % 16)


def _sha512(data: bytes) -> bytes:
    return hashlib.sha512(data).digest()


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data).digest()  # noqa: S324  as Office 2007 locks
