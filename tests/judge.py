"""A judge of what is shown, who knows nothing of how the app decides.

Everything in a text that looks like an authority must stand in one of the sources; everything
between quotation marks must stand in a source that its sentence cites. Simple and strict: it looks
at letters and figures only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from core.model import Claim, Source

OUTSIDE = "(not from the sources)"
# Letters of other alphabets that a reader takes for ours.
ALIKE = str.maketrans("АВЕЅІКМНОРСТУХҒԌаеорсухіѕԁԛԝ", "ABESIKMHOPCTYXFGaeopcyxisdqw")
AUTHORITIES = [
    # a volume, capitals, a page
    r"\b\d{1,4}\s+(?:[A-Z][\w.'’&]*\s*){1,5}(?:\d[a-z]{1,2}\s+)?\d{1,6}\b",
    # a case
    r"[\w.'’&-]+\s+(?:v|vs|versus|V)\.?\s+[\w'’&-]+",
    r"\b(?:In re|in re|Ex parte|Matter of|Estate of)\s+[A-Z][\w'’-]+",
    # a statute, a rule, an amendment
    r"§+\s*\d[\w.()-]*",
    r"\b\d+\s+(?:U\.\s?S\.\s?C|C\.\s?F\.\s?R)\b",
    r"\bFed\. R\. \w+\. P\. \d+",
    r"\b(?:Section|Article|Rule|Title)\s+(?:\d+|[IVX]+\b)",
    r"\b[A-Z]\w+ (?:Amendment|Act)\b",
    r"\bRestatement\b[^.,;]*",
    r"\b[A-Z]\w+ & [A-Z]\w+ §",
    # dockets, databases, slip opinions
    r"\bNos?\. \d[\w:-]*",
    r"\b\d{4} (?:WL|U\.S\. Dist\. LEXIS) \d+",
    r"\bslip op\b",
    # back-pointers and pages
    r"\b[Ii]d\.",
    r"\b[Ii]bid\b",
    r"\bsupra\b",
    r"\bat (?:page )?\d{3,5}\b",
    r"\b[Pp]age \d+",
    # spelled out
    r"\b[Vv]olume \w+",
    r"\bFederal (?:Reporter|Second|Third)\b",
    r"\bUnited States Reports\b",
    r"\bMerrow Reports\b",
    # who said it
    r"\b(?:Justice|Judge) [A-Z][\w'’-]+",
    r"\b[A-Z][\w'’-]+, (?:C\. )?J\.",
    r"\b(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh) Circuit",
    r"\bSupreme Court of [A-Z]\w+",
]
_AUTHORITY = re.compile("|".join(f"(?:{pattern})" for pattern in AUTHORITIES))
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘]+?)’(?!\w)")


def letters(text: str) -> str:
    """Reduce a text to its letters and figures, as a reader sees them."""
    seen = unicodedata.normalize("NFKC", text).translate(ALIKE).lower()
    return re.sub(r"[^a-z0-9§&]", "", seen)


def foreign_authorities(
    shown: str, sources: Sequence[Source], library: Iterable[str] = ()
) -> list[str]:
    """Return what looks like an authority in a text and stands in no source.

    `library`: names and citations of cases that are held; they may be shown where they are marked.
    """
    shown = unicodedata.normalize("NFKC", shown).translate(ALIKE)
    for citation in library:
        shown = shown.replace(f"{citation} {OUTSIDE}", "")
    known = [letters(_known(source)) for source in sources]
    return [
        match[0]
        for match in _AUTHORITY.finditer(shown)
        if not any(letters(match[0]) in text for text in known)
    ]


def altered_quotations(claims: Iterable[Claim], sources: Sequence[Source]) -> list[str]:
    """Return what stands between quotation marks and in no source that its sentence cites."""
    texts = {source.n: source.passage.text for source in sources}
    return [
        quote
        for claim in claims
        for quote in _quotes(claim.text)
        if not any(_stands(quote, texts[n]) for n in claim.sources)
    ]


def _known(source: Source) -> str:
    case, passage = source.case, source.passage
    parts = (passage.text, source.citation, case.case_name, case.docket_number, case.court.name)
    author = f"Justice {passage.author} Judge {passage.author}, J."
    return " \0 ".join(str(part) for part in (*parts, *case.citations, author) if part)


def _quotes(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield next(group for group in match.groups() if group)


def _stands(quote: str, text: str) -> bool:
    """Say whether a quotation stands in a text, around its ellipses and editing brackets."""
    text = _folded(text)
    at = 0
    for part in re.split(r"…|\.\s?\.\s?\.(?:\s?\.)?", quote):
        wanted = "".join(
            r"\w{0,5}" if re.fullmatch(r"\[\w{0,3}\]", piece) else re.escape(_folded(piece))
            for piece in re.split(r"(\[\w{0,3}\])", part.strip(" .,;"))
        )
        match = re.compile(wanted).search(text, at)
        if match is None:
            return False
        at = match.end()
    return True


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", re.sub(r"[-\u00ad]\n\s*", "", text))
    return re.sub(r"\s+", " ", re.sub(r"[“”\"‘’'`]", "'", re.sub(r"[‐-—]", "-", text)))
