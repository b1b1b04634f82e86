"""Secrets that a browser or a link carries: 256 random bits, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def fingerprint(*parts: str) -> bytes:
    """Return one number for a list of words, whatever they are."""
    return digest("\0".join(f"{len(part)}:{part}" for part in parts))
