"""Which paragraphs of a paper are its own argument: the rest is not the firm's way of writing."""

from __future__ import annotations

import re

_SHORTEST = 15  # words: less is a heading, a caption's line, a signature


def own_paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs that are argument: no caption, heading, table or block quotation."""
    return tuple(
        " ".join(paragraph.split())
        for paragraph in re.split(r"\n[^\S\n]*\n", text)
        if _is_argument(paragraph)
    )


def _is_argument(paragraph: str) -> bool:
    words = paragraph.split()
    if len(words) < _SHORTEST or not re.search(r"[a-z][.?!][\"”’)\]\d]*\s*$", paragraph):
        return False
    if re.search(r"\S(?:\t| {3,})\S.*\n.*\S(?:\t| {3,})\S", paragraph):
        return False  # columns
    letters = [c for c in paragraph if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if capitals > len(letters) / 4 or len(letters) < len(paragraph) / 2:
        return False
    stripped = paragraph.strip()
    return not (stripped[0] in '“"' and stripped.rstrip("0123456789[]")[-1:] in '”"')
