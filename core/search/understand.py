"""Read what a person typed: a citation, a docket number, a case name, a phrase, or plain words.

The reading is shown back in a few words, so that he sees how he was understood.
"""

from __future__ import annotations

import re

from core.law.captions import looks_like_caption
from core.law.citations import citation_in_query
from core.model import QueryKind, Understood
from core.search.terms import terms

# Characters of a query that are read; the rest is left, and said to be.
LONGEST = 10_000

# Words of a query in which quotation marks ask for a phrase. A paragraph pasted from a brief quotes
# others; that does not ask for cases that have every quotation in it.
_LONGEST_WITH_PHRASES = 40

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\ud800-\udfff]+")
# [CASE], [PARTY], [REDACTED]: a hole in a text is no word of it.
_HOLE = re.compile(r"\[[A-Z][A-Z _-]*\]")
_QUOTED = re.compile(r'[“„«"]([^“”„«»"]{2,500})[”“»"]')
_DOCKET = re.compile(
    r"(?:(?:docket|case)\s+)?(?:nos?\.?\s*)?"
    r"(?P<number>(?:\d{1,2}:)?\d{2,4}-(?:[a-z]{2,4}-)?\d{1,6}(?:-[a-z]{1,4}){0,3})",
    re.IGNORECASE,
)


def understand(query: str) -> Understood:
    """Read a query; never fails, whatever is typed."""
    clean = " ".join(_CONTROL.sub(" ", query[:LONGEST]).split())
    return _citation(clean) or _docket(clean) or _caption(clean) or _phrases(clean) or _words(clean)


def _citation(clean: str) -> Understood | None:
    found = citation_in_query(clean)
    if found is None:
        return None
    citation, name = found
    words = f"a citation, {citation}" if name is None else f"a citation, {name}, {citation}"
    return Understood(
        kind=QueryKind.CITATION, words=words, citation=citation, caption=name, text=clean
    )


def _docket(clean: str) -> Understood | None:
    match = _DOCKET.fullmatch(clean.strip(" .,;"))
    if match is None:
        return None
    number = match["number"]
    return Understood(
        kind=QueryKind.DOCKET, words=f"a docket number, {number}", docket_number=number, text=clean
    )


def _caption(clean: str) -> Understood | None:
    caption = looks_like_caption(clean) if len(clean) <= 300 else None
    if caption is None or not terms(caption):
        return None
    return Understood(
        kind=QueryKind.CAPTION, words=f"a case name, {caption}", caption=caption, text=clean
    )


def _phrases(clean: str) -> Understood | None:
    if len(clean.split()) > _LONGEST_WITH_PHRASES:
        return None
    phrases = tuple(dict.fromkeys(match.strip() for match in _QUOTED.findall(clean)))
    # What a bracket changes ("facilitat[e]") stands so in no opinion.
    phrases = tuple(phrase for phrase in phrases if terms(phrase) and "[" not in phrase)
    if not phrases:
        return None
    words = "the exact words " + " and ".join(f"“{phrase}”" for phrase in phrases)
    text = _HOLE.sub(" ", clean)
    return Understood(kind=QueryKind.PHRASE, words=words, phrases=phrases, text=text)


def _words(clean: str) -> Understood:
    text = " ".join(_HOLE.sub(" ", clean).split())
    if not terms(text):
        said = "nothing to search for" if not clean else "no word that tells one case from another"
        return Understood(kind=QueryKind.EMPTY, words=said)
    return Understood(kind=QueryKind.WORDS, words="plain words", text=text)
