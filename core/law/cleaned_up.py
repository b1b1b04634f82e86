"""Quotations that say what was taken out of them: `(cleaned up)`, `(citation omitted)`.

What the writer says was left out may be missing, and nothing else: the rest is word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.law.citations import find_citations
from core.law.quotations import Folded, fold
from core.model import Span

_SAYS = re.compile(
    r"\((?P<what>cleaned up|(?:internal )?(?P<marks>quotation marks?)(?P<both>,? and citations?)?"
    r" omitted|(?P<citations>citations?) omitted|(?:internal )?(?P<others>alterations?|brackets"
    r"|footnotes?|ellips[ie]s)(?: and (?:citations?|quotation marks))? omitted)\)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"(?<![^\W\d_])'+|'+(?![^\W\d_])")
_ALTERATIONS = re.compile(
    r"\[sic\] ?|[\[\]]|\s*(?:…|\.\s?\.\s?\.)(?:\s?\.)*(?=\s|$)", re.IGNORECASE
)
_FOOTNOTES = re.compile(
    r"\[(?:footnote )?\d{1,3}\]|(?<=[a-z][.,;:'])\d{1,3}(?=\s|$)", re.IGNORECASE
)
_BEFORE_CITATION = re.compile(
    r"[\s,;:(\[—–-]*(?:\b(?:but )?(?:see|see also|accord|citing|quoting|cf\.|e\.g\.),?\s*)*$",
    re.IGNORECASE,
)
_AFTER_CITATION = re.compile(r"[)\],;]*")
_STOPS = " '.,;"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What a writer says was left out of a quotation, and where that is said."""

    at: Span
    marks: bool
    citations: bool
    # Brackets, ellipses and footnote marks.
    alterations: bool


def left_out(text: str, after: int) -> LeftOut | None:
    """Read what is said to be left out of the quotation that ends at `after`, if it is said.

    A citation may stand between the quotation and the words that say so.
    """
    match = _SAYS.search(text, after, after + 240)
    if match is None or re.search(r"[\"“”]", text[after + 1 : match.start()]):
        return None
    everything = match["what"].lower() == "cleaned up"
    return LeftOut(
        at=Span(*match.span()),
        marks=everything or bool(match["marks"]),
        citations=everything or bool(match["citations"] or match["both"]),
        alterations=everything or bool(match["others"]),
    )


def find_cleaned_up(quote: str, passage: str, without: LeftOut) -> Span | None:
    """Find the place in a passage whose words are the quotation's, but for what it left out.

    None if anything else differs. A capital at the beginning may have become small, or a small
    letter a capital, without its bracket.
    """
    wanted = _letters(fold(quote), (), without).strip(_STOPS)
    if not wanted:
        return None
    cites = [found.full_span for found in find_citations(passage)] if without.citations else []
    folded = fold(passage)
    kept = _kept(folded, cites, without)
    text = "".join(folded.text[index] for index in kept)
    first, rest = re.escape(wanted[0]), re.escape(wanted[1:])
    letter = f"[{wanted[0].lower()}{wanted[0].upper()}]" if wanted[0].isalpha() else first
    match = re.search(rf"(?<!\w){letter}{rest}(?!\w)", text)
    if match is None:
        return None
    return folded.span(kept[match.start()], kept[match.end() - 1] + 1)


def _letters(folded: Folded, cites: Iterable[Span], without: LeftOut) -> str:
    return "".join(folded.text[index] for index in _kept(folded, cites, without))


def _kept(folded: Folded, cites: Iterable[Span], without: LeftOut) -> list[int]:
    """Return which characters of a folded text stay; white space that is left over goes too."""
    dropped: set[int] = set()
    for pattern in (
        *([_MARKS] if without.marks else []),
        *([_ALTERATIONS, _FOOTNOTES] if without.alterations else []),
    ):
        for match in pattern.finditer(folded.text):
            dropped.update(range(*match.span()))
    for cite in cites:
        dropped.update(_around(folded, cite))
    return list(_single_spaced(folded.text, dropped))


def _around(folded: Folded, cite: Span) -> range:
    """Return the place of a citation with its signal and the marks that set it off."""
    inside = [i for i, at in enumerate(folded.starts) if cite.start <= at < cite.end]
    if not inside:
        return range(0)
    before = _BEFORE_CITATION.search(folded.text, max(0, inside[0] - 40), inside[0])
    after = _AFTER_CITATION.match(folded.text, inside[-1] + 1)
    start = before.start() if before else inside[0]
    return range(start, after.end() if after else inside[-1] + 1)


def _single_spaced(text: str, dropped: set[int]) -> Iterable[int]:
    space = True
    for index, letter in enumerate(text):
        if index in dropped or (letter == " " and space) or letter == "\x01":
            continue
        space = letter == " "
        yield index
