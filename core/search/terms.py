"""Read a text as the words that a search counts: folded, stemmed, legal tokens kept whole.

Import and search both read by these rules: a word found in one is the same word in the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import chain
from threading import Lock

import Stemmer

# Words that are in nearly every passage and tell none from another. Short on purpose: "no",
# "not", "will" and "without" carry law.
STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he his if in into is it its may of "
    "on or that the their there they this to was we were which with would".split()
)
# Runs between spaces whose reading is remembered: about 100 MB of memory at most. A library of
# 94 MB of text has 600,000 different ones, but the first 100,000 are nearly all of its text.
_REMEMBERED = 300_000
# Nothing longer is a word: a hash, a line of underscores, a URL.
_LONGEST = 40

_TOKEN = re.compile(
    # U.S.C., F.B.I.: one word
    r"[^\W\d_]\.(?:[^\W\d_]\.)+(?![^\W_])"
    # 1,000,000 and Rule 4.2
    r"|\d+(?:[.,]\d+)+(?![^\W_])"
    # Rule 10b-5, No. 12-1573, 2000e-2
    r"|\d[^\W_]*(?:-\d[^\W_]*)+"
    # words, with o'brien and court's
    r"|[^\W_]+(?:'[^\W_]+)*"
)
# "u. s. c." is one word however it is spaced.
_SPACED_INITIALS = re.compile(r"\.(?<=\b[a-z]\.)\s(?=[a-z]\.)")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00ad": None})
_MARKS = re.compile(r"[\u0300-\u036f]+")
_LETTERS = re.compile(r"[^\W\d_]")


def terms(text: str) -> list[str]:
    """Return the terms of a text, in order, stop words left out.

    Case, diacritics, ligatures and curly quotes are folded; English words are stemmed (Snowball).
    """
    runs = _SPACED_INITIALS.sub(".", text.lower()).split()
    return list(chain.from_iterable(map(_RUNS.__getitem__, runs)))


def _folded(run: str) -> str:
    if run.isascii():
        return run
    plain = unicodedata.normalize("NFKD", run.translate(_QUOTES))
    return _MARKS.sub("", plain).lower()


class _Runs(dict[str, tuple[str, ...]]):
    """What each run of characters between spaces reads as."""

    def __init__(self) -> None:
        super().__init__()
        self._stem: Callable[[str], str] = Stemmer.Stemmer("english", 0).stemWord  # pyright: ignore[reportUnknownMemberType]
        self._lock = Lock()

    def __missing__(self, run: str) -> tuple[str, ...]:
        with self._lock:
            tokens = _TOKEN.findall(_folded(run))
            read = tuple(term for token in tokens if (term := self._term(token)))
            if len(self) < _REMEMBERED and len(run) <= _LONGEST:
                self[run] = read
        return read

    def _term(self, token: str) -> str:
        if "." in token or "," in token:
            number = token[0].isdigit()
            return token.replace(",", "") if number else "".join(_LETTERS.findall(token))
        if token in STOP_WORDS:
            return ""
        return self._stem(token[:_LONGEST])


_RUNS = _Runs()
