"""Secrets under lock: what is kept in the database opens with a key that is not in it."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.settings import Settings

FILE = "secret.key"


class Locker:
    """Locks and unlocks with `ONPOINT_SECRET_KEY`, or with a key made once and kept in the home."""

    def __init__(self, settings: Settings) -> None:
        self._given = settings.secret_key
        self._path = settings.home / FILE

    def lock(self, secret: str) -> str:
        return self._fernet(make=True).encrypt(secret.encode()).decode("ascii")

    def unlock(self, token: str) -> str | None:
        """Return the secret; None where it was locked with another key."""
        try:
            return self._fernet(make=False).decrypt(token.encode()).decode()
        except (InvalidToken, FileNotFoundError):
            return None

    def _fernet(self, *, make: bool) -> Fernet:
        if self._given is not None:
            return Fernet(_derived(self._given.get_secret_value()))
        if make:
            _make(self._path)
        return Fernet(self._path.read_bytes())


def _derived(given: str) -> bytes:
    """Make a key of what was given, of any length and letters (RFC 5869)."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"onpoint: secrets at rest")
    return base64.urlsafe_b64encode(derive.derive(given.encode()))


def _make(path: Path) -> None:
    """Write a new key where there is none, readable by its owner alone, whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(Fernet.generate_key())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(partial, path)  # unlike a rename, it never takes another process's key away
    except FileExistsError:
        pass
    finally:
        partial.unlink()
