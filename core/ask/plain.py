"""Take everything out of a model's text but its words.

No link, picture, tag or heading survives: what is shown of an answer is plain sentences.
"""

from __future__ import annotations

import html
import re
import unicodedata

_PARAGRAPH = re.compile(r"\n\s*\n")
# Content that is never words, with its tag; an unclosed one goes to the end.
_DEAD = re.compile(
    r"<(script|style|svg|iframe|object|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<!--.*?-->|<(?=[A-Za-z/!?])[^<>]{0,2000}>", re.DOTALL)
_TAG_BEGINS = re.compile(r"<(?=[A-Za-z/!?])")
# An address may hold brackets of its own, one level deep.
_TARGET = r"\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)"
_IMAGE = re.compile(rf"!\[[^\]\n]{{0,500}}\](?:{_TARGET}|\[[^\]\n]{{0,200}}\])?")
_LINK = re.compile(
    rf"\[(?!\d{{1,3}}\])([^\]\n]{{1,500}})\](?:{_TARGET}|\[(?!\d{{1,3}}\])[^\]\n]{{0,200}}\])"
)
_REFERENCE = re.compile(r"^[ \t]*\[[^\]\n]{1,200}\]:[ \t]*\S.*$", re.MULTILINE)
_ADDRESS = re.compile(
    r"[<(]*\b(?:https?|ftp|file|javascript|vbscript|data|mailto)\s*:\s*[^\s>]+>?|\bwww\.\S+",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"^[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-*+•][ \t]+)+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:```.*|~~~.*|[-*_=]{3,})[ \t]*$", re.MULTILINE)
_EMPHASIS = re.compile(
    r"(?<!\w)(\*{1,3}|_{1,3}|~~|`{1,3})(?=\S)(.{1,2000}?)(?<=\S)\1(?!\w)", re.DOTALL
)
_STRAY = re.compile(r"\*{1,3}|~~|`+|(?<!\w)_{2,3}|_{2,3}(?!\w)|\|")
# Names in angle brackets can be nested to survive one pass; nothing survives this many.
_PASSES = 6


def plain_words(text: str) -> str:
    """Return the words of a text a model wrote: no markup, no links, no unseen characters.

    Paragraphs stay, parted by one blank line; other white space is folded to single spaces.
    """
    bare = _without_tags(_visible(text))
    for pattern, put in (
        (_IMAGE, ""),
        (_REFERENCE, ""),
        (_LINK, r"\1"),
        (_ADDRESS, ""),
        (_RULE, ""),
        (_LINE_START, ""),
        (_EMPHASIS, r"\2"),
        (_STRAY, ""),
    ):
        bare = pattern.sub(put, bare)
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH.split(bare))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _visible(text: str) -> str:
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", text)
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}
    )


def _without_tags(text: str) -> str:
    for _ in range(_PASSES):
        bare = _TAG.sub("", _DEAD.sub("", html.unescape(text)))
        if bare == text:
            break
        text = bare
    return _TAG_BEGINS.sub("", text)
