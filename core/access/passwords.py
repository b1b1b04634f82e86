"""Passwords: which are taken, how they are kept, and whether one fits.

Kept as argon2id at the cost that argon2 recommends today; one kept at an older cost is written
anew when it next fits. What nobody has is compared too, so that time tells nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import UsageError

SHORTEST = 8  # characters: OWASP ASVS 5.0, 6.2.1
LONG = 20  # characters: nobody guesses how often something is repeated
LONGEST = 1024  # far more than anybody types; what is longer is an attack on our processor
# Each takes 64 MiB for a moment: a flood of guesses must not take all memory.
_AT_ONCE = BoundedSemaphore(4)
_HASHER = PasswordHasher()
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LOOK_ALIKES = str.maketrans("013457@$!|", "oleastasil")


def check(password: str, *, names: tuple[str, ...] = ()) -> None:
    """Refuse a password that is too short, too long or easily guessed. Raises UsageError.

    `names` are the person's own: what everybody knows of somebody is guessed first.
    """
    plain = unicodedata.normalize("NFC", password)
    if len(plain) < SHORTEST:
        raise UsageError(
            f"A password has at least {SHORTEST} characters; a short sentence is good."
        )
    if len(plain) > LONGEST:
        raise UsageError(f"A password has at most {LONGEST:,} characters.")
    if _is_common(plain.casefold(), names):
        raise UsageError(
            "This password is one of the first that anybody would guess. Three or four words "
            "that have nothing to do with each other are a good one."
        )


def hashed(password: str) -> str:
    """Return a password as it is kept, with a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(_bytes(password))


def fits(kept: str | None, password: str) -> bool:
    """Say whether a password is the one kept; where none is, in the same time, that it is not."""
    guess = password if len(password) <= LONGEST else password[:LONGEST]
    try:
        with _AT_ONCE:
            _HASHER.verify(kept or _nobodys(), _bytes(guess))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None and guess == password


def is_outdated(kept: str) -> bool:
    """Say whether a password was kept at another cost than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """A hash that nothing fits, at today's cost."""
    return _HASHER.hash(b"nobody's")


def _bytes(password: str) -> bytes:
    # The same letters typed on another keyboard are the same password; spaces are letters.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _is_common(password: str, names: tuple[str, ...]) -> bool:
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    letters = re.sub(r"[\W\d_]", "", password)
    own = {part for name in names for part in _parts(name.casefold()) if len(part) > 2}
    return (
        (len(password) < LONG and _is_pattern(password))
        or not {password, password.translate(_LOOK_ALIKES), core, letters}.isdisjoint(own)
        or any(_is_common_word(form) for form in _forms(password, core))
    )


def _forms(password: str, core: str) -> set[str]:
    """A password as typed, without what is put around a word, and with letters for look-alikes."""
    alike = password.translate(_LOOK_ALIKES)
    tail = re.sub(r"[\W\d_]+$", "", password).translate(_LOOK_ALIKES)
    return {password, core, alike, re.sub(r"[\W_]+$", "", alike), tail} - {""}


def _is_common_word(word: str) -> bool:
    half, odd = divmod(len(word), 2)
    return word in _common() or (
        not odd and word[:half] == word[half:] and word[:half] in _common()
    )


def _is_pattern(password: str) -> bool:
    """One short piece again and again, or a run along the alphabet or the keyboard."""
    if re.fullmatch(r"(.{1,3}?)\1+.?.?", password, re.DOTALL):
        return True
    letters = re.sub(r"[\W_]", "", password)
    rest = letters
    for run in (*_RUNS, *(run[::-1] for run in _RUNS)):
        for start in range(len(run) - 3):
            for length in range(len(run) - start, 3, -1):
                rest = rest.replace(run[start : start + length], "", 1)
    return len(rest) <= 2


def _parts(name: str) -> set[str]:
    words = re.findall(r"\w+", name)
    return {name, "".join(words), name.partition("@")[0], *words}


@cache
def _common() -> frozenset[str]:
    path = Path(__file__).with_name("common_passwords.txt")
    return frozenset(path.read_text(encoding="utf-8").split())
