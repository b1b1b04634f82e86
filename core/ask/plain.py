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
# An address without its beginning, and a mailbox: some readers make links of them. A name such
# as Amazon.com is none.
_BARE_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S*|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,10}(?::\d+)?[/?#][^\s)]\S*",
    re.IGNORECASE,
)
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Mn", "Me"})
# Seen as nothing, though Unicode calls them letters or symbols; and the brackets that are ours.
_BLANK = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u2800⟦⟧"), None)
_QUOTED = str.maketrans({"«": "“", "»": "”", "„": "“", "‟": "“", "‹": "‘", "›": "’", "‛": "‘"})
# Letters of other scripts that look like ours: ours, then those that look like it.
_ALIKE = """
    AАΑ BВΒ CСϹ EЕΕ HНΗ IІΙ JЈ KКΚ MМΜ NΝ OОΟ PРΡ SЅ TТΤ XХΧ YУΥ ZΖ aаα bЬ cсϲ dԁ eе gɡ hһ iіıι
    jј kκ nո oоοօ pрρ qԛ sѕ uυս vνѵ wԝ xхχ yуγ 3Зз
"""
_LOOKS_LIKE = str.maketrans({o: letters[0] for letters in _ALIKE.split() for o in letters[1:]})
# Letters that stand for figures among figures: `1O0`, `4l8`.
_FIGURES = ((re.compile(r"(?<=\d)[oO](?=\d)"), "0"), (re.compile(r"(?<=\d)[lI|](?=\d)"), "1"))


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
        (_BARE_ADDRESS, ""),
        (_RULE, ""),
        (_LINE_START, ""),
        (_EMPHASIS, r"\2"),
        (_STRAY, ""),
    ):
        bare = pattern.sub(put, bare)
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH.split(bare))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def plain_line(text: str) -> str:
    """Return words of the library's own as one line without markup: a case's name is data too."""
    return " ".join(plain_words(text).split())


def is_plain(text: str) -> bool:
    """Say whether nothing in a text could become a link, a picture or a tag anywhere."""
    return not any(
        pattern.search(text) for pattern in (_TAG_BEGINS, _IMAGE, _LINK, _ADDRESS, _BARE_ADDRESS)
    )


def _visible(text: str) -> str:
    """Return a text as it is seen: look-alikes as what they look like, nothing unseen in it."""
    seen = "".join(
        character
        for character in unicodedata.normalize("NFKC", text)
        if character in "\n\t" or unicodedata.category(character) not in _UNSEEN
    )
    seen = seen.translate(_BLANK).translate(_QUOTED).replace("``", "“").replace("''", "”")
    seen = seen.translate(_LOOKS_LIKE)
    for pattern, figure in _FIGURES:
        seen = pattern.sub(figure, seen)
    return seen


def _without_tags(text: str) -> str:
    for _ in range(_PASSES):
        bare = _TAG.sub("", _DEAD.sub("", html.unescape(text)))
        if bare == text:
            break
        text = bare
    return _TAG_BEGINS.sub("", text)
