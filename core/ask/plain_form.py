"""One spelling for what courts print and what people write: small letters, plain marks, no notes.

Two sentences are compared in this form; nothing in it is ever shown.
"""

from __future__ import annotations

import re
import unicodedata

from core.ask.wordings import ANY_PHRASE, CARRYING, DIGITS, PHRASES, SET_OFF

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*|[$§]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_HYPHENATED = re.compile(r"(?<=[a-z])-\s*\n\s*(?=[a-z])")
_PRINTED = re.compile(
    r"\*\d{1,5}\b|\[(?:footnote )?\d{1,3}\]|(?<=[a-z][.,;])\d{1,3}(?= |$)|\[sic\]", re.IGNORECASE
)
_EDITED = re.compile(r"\[(\w)\](?=\w)")
_ASIDE = re.compile(
    r"\s*\((?:cleaned up|(?:internal )?(?:quotation marks|citations?|footnotes?|alterations?)"
    r"[^()]{0,60} (?:omitted|adopted)|emphasis (?:added|in original|omitted)|alterations? in "
    r"[^()]{0,20})\)",
    re.IGNORECASE,
)
_SET_OFF = re.compile(rf"(?:^|(?<=, )|(?<=; )|(?<=and )|(?<=but ))(?:{SET_OFF})[,:] ")
_SET_OFF_AFTER = re.compile(rf", (?:{SET_OFF})(?=,|$|;)")
_MARKS = str.maketrans({**dict.fromkeys("‘’ʼ`", "'"), **dict.fromkeys("‐‑‒", "-")})


def plain_form(text: str) -> str:
    """Bring a sentence to small letters and plain marks; what printers and editors add goes."""
    text = unicodedata.normalize("NFKC", text)
    text = text.translate(_MARKS).replace("\u00ad", "").lower()
    text = _ASIDE.sub("", _HYPHENATED.sub("", text))
    text = _EDITED.sub(r"\1", _PRINTED.sub("", text))
    text = re.sub(r"[\"“”«»]|(?<!\w)'|'(?!\w)", "", text)
    text = re.sub(r"\s*[—–]\s*|(?<=\w)-(?=\w)", " ", text)
    text = re.sub(r"\s*(?:\.\s?){3,}\s*|\s*…\s*", " ", text)
    text = re.sub(r"(?<!\w)\[|\](?!\w)|[()]", " ", text)
    text = _THOUSANDS.sub("", " ".join(text.split())).strip(" .?!,;:")
    text = re.sub(r"\s+(?=[,;:])", "", text)
    if ANY_PHRASE.search(text):
        for phrase, put in PHRASES:
            text = phrase.sub(put, text)
    return _SET_OFF_AFTER.sub("", without_opening(" ".join(text.split())))


def without_opening(plain: str) -> str:
    """Take off the words that only carry a sentence along: `in short, `, `moreover, `."""
    return _SET_OFF.sub("", plain)


def words_of(plain: str) -> Words:
    """Return the words that are compared: figures for numbers, none that say nothing."""
    return tuple(DIGITS.get(word, word) for word in every_word(plain) if word not in CARRYING)


def every_word(plain: str) -> list[str]:
    """Return all words, in their order."""
    return _WORD.findall(plain)
