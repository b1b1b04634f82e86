"""Takes out of a source's text what no page can show and no database can hold.

Page labels and footnotes point into the text by offset, so every offset moves with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import cast

# A NUL byte (Postgres refuses it) and the carriage return of a Windows line end.
_DROPPED = re.compile("\x00|\r(?=\n)")
_REPLACED = re.compile("[\ud800-\udfff\r]")


def clean(text: str, offsets: Sequence[int] = ()) -> tuple[str, tuple[int, ...]]:
    """Take NUL bytes, lone surrogates and Windows line ends out of a text.

    Returns it with `offsets` into the old text moved to the same characters of the new one. A
    lone surrogate becomes U+FFFD, the mark of a character that could not be read.
    """
    if not (_DROPPED.search(text) or _REPLACED.search(text)):
        return text, tuple(offsets)
    removed = [found.start() for found in _DROPPED.finditer(text)]
    cleaned = _REPLACED.sub(_replacement, _DROPPED.sub("", text))
    return cleaned, tuple(offset - bisect_left(removed, offset) for offset in offsets)


def clean_line(text: str) -> str:
    """Return the text clean and on one line, as a name or a docket number is written."""
    return " ".join(clean(text)[0].split())


def clean_json(value: object) -> object:
    """Return a JSON value with every string in it clean; what is no number becomes None."""
    if isinstance(value, str):
        return clean(value)[0]
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return {clean(str(key))[0]: clean_json(item) for key, item in pairs}
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in cast("Sequence[object]", value)]
    return value


def _replacement(found: re.Match[str]) -> str:
    return "\n" if found[0] == "\r" else "\ufffd"
