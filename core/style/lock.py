"""What a sentence may not lose or gain when it is worded anew: the content lock.

Source numbers, quotations, citations, numbers, names, and the words that grant, forbid or deny
must be the same before and after; the rest is style.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from core.ask.evidence import numbers_in, spelled_words
from core.law.citations import find_citations
from core.law.quotations import quotations

_MARKER = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_NOT = re.compile(r"\b(can)not\b|n[’']t\b", re.IGNORECASE)
# What binds, what may be, what is denied, and on what condition.
_WEIGHTY = frozenset(
    "may must shall should can could might would will not no never neither nor none nothing only "
    "unless except if all any each every always generally ordinarily likely probably".split()
)
# A sentence worded anew is neither a fragment nor an essay.
_SHORTEST, _LONGEST, _SLACK = 1 / 3, 2, 60


def broken_by(plain: str, reworded: str) -> str | None:
    """Say what the new wording of a sentence changed that it may not; None where nothing."""
    for what, find in _KEPT:
        if Counter(find(plain)) != Counter(find(reworded)):
            return f"it changed {what}"
    if numbers_in(plain) != numbers_in(reworded):
        return "it changed a number"
    if _names(plain) - spelled_words(reworded) or _names(reworded) - spelled_words(plain):
        return "it changed a name"
    if not len(plain) * _SHORTEST <= len(reworded) <= len(plain) * _LONGEST + _SLACK:
        return "it left something out or put something in"
    return None


def _quoted(text: str) -> Iterable[str]:
    return (span.of(text) for span in quotations(text))


def _cited(text: str) -> Iterable[str]:
    return (found.text for found in find_citations(text))


def _weighty(text: str) -> Iterable[str]:
    plain = _NOT.sub(lambda match: f"{match[1] or ''} not", text).lower()
    return (word for word in _WORD.findall(plain) if word in _WEIGHTY)


def _names(text: str) -> frozenset[str]:
    """Return the words that capitals mark as names, in lower case; the first word may be any."""
    words = list(_WORD.finditer(text))
    return frozenset(
        part
        for word in words[1:]
        if word[0][0].isupper() and not _opens(text, word.start())
        for part in spelled_words(word[0])
    )


def _opens(text: str, at: int) -> bool:
    """Say whether a word opens a sentence or a quotation, where a capital marks no name."""
    before = text[:at].rstrip()
    return before.endswith((".", "?", "!", ":", "“", '"')) or not before


_KEPT: tuple[tuple[str, Callable[[str], Iterable[str]]], ...] = (
    ("the number of a source", _MARKER.findall),
    ("a quotation", _quoted),
    ("a citation", _cited),
    ("a number", _NUMBER.findall),
    ("a word that grants, forbids or denies", _weighty),
)
