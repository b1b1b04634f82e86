"""Words that were broken at the end of a line: which hyphen goes and which belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np

from core.ingest.parse.sheet import Sheet

_LAST = re.compile(r"([^\W\d_]+)-$")
_NEXT = re.compile(r"[^\W\d_]+")
_SPACE, _HYPHEN = 32, 45
_EDGES = ".,;:!?\"'()[]“”‘’"
# With these before it, a hyphen belongs to the word.
_KEEPING = frozenset(
    """
    self well cross quasi ex all half high low long short post-trial non-party twenty thirty forty
    fifty sixty seventy eighty ninety one two three four five six seven eight nine ten first second
    third then so attorney vice anti-slapp court fact good ill law
    """.split()
)


def words_of(sheets: Iterable[Sheet]) -> set[str]:
    """Return the words of a file that are not broken at the end of a line, in small letters."""
    found: set[str] = set()
    for sheet in sheets:
        codes = np.frombuffer(sheet.text.encode("utf-16-le"), np.uint16).copy()
        broken = codes[sheet.ends - 1] == _HYPHEN
        broken[1:] |= broken[:-1]
        for start, end in zip(sheet.starts[broken], sheet.ends[broken], strict=True):
            codes[start:end] = _SPACE
        found.update(codes.tobytes().decode("utf-16-le").split())
    return {word.strip(_EDGES).casefold() for word in found}


def joins_without(before: str, after: str, known_words: Callable[[], set[str]]) -> bool:
    """Tell whether `before` ends in a hyphen that goes when `after` follows it."""
    last, following = _LAST.search(before), _NEXT.match(after)
    if not last or not following:
        return False
    head, tail = last[1].casefold(), following[0].casefold()
    if following[0][0].isupper() and not last[1].isupper():
        return False
    known = known_words()
    if head + tail in known:
        return True
    if f"{head}-{tail}" in known or head in _KEEPING:
        return False
    # Two whole words that the file knows are a compound: "attorney-client".
    return not (len(head) > 3 and len(tail) > 3 and head in known and tail in known)
