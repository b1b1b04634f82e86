"""The bare pointers of a text, before anything around them is read.

eyecite's patterns give cases, statutes and journals; id., supra and a name with a page are found
here, and a "volume Word. page" that no reporter table knows is kept, so that nothing is missed in
silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from eyecite.models import CitationToken

from core.law.reporters import canonical_reporter
from core.law.tokens import citation_tokens
from core.model import CitationKind, ReporterCitation

_ID = re.compile(r"(?<![\w.])(?:[Ii]d\.|ID\.|[Ii]bid\.)(?=[\s,;:)\]”\"']|$)")
_SUPRA = re.compile(r"(?<![\w.])[Ss]upra(?![\w.])")
_RANGE = re.compile(r"-\*?\d{1,7}(?!\w)")
# "Supra" of a part of the same writing is no citation of a case.
_OWN_PART = re.compile(
    r",? (?:at )?(?:Parts?|nn?\.|notes?|§|Sections?|pp?\.|text) ?[\dIVX]", re.IGNORECASE
)
_NAME_WITH_PAGE = re.compile(
    r"(?<![\w.])(?P<name>[A-Z][\w'-]{2,30}),? at (?=\d{1,4}(?:[-,.;)\]]|\s*\(| n\.))"
)
_UNKNOWN = re.compile(
    r"(?<![\w.§$-])(?P<volume>[1-9]\d{0,3}) "
    r"(?P<reporter>(?:[A-Z][A-Za-z']{0,11}\.? ?){1,4}(?:[2-9]d|[4-9]th)?)"
    r" (?P<page>[1-9]\d{0,4})(?![\w-]|\.\d)"
)
_OTHER_WORDS = """
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sept sep oct nov dec no nos rule rules art amend ch cl cong tr app ex exh
    rec br section sec part stat reg code title chapter at in the and street avenue ave rd blvd dr
    st u.s.c u.s.c.a c.f.r fed.r mr mrs ms p.m a.m am pm op def pl persons table vol id
"""
_NOT_A_REPORTER = frozenset(_OTHER_WORDS.split())
_AFTER_NAME = re.compile(r"(?:\bv\.|\bIn re|\bEx parte)\s[^;()\n]{2,90},\s*$")
_DATED_AFTER = re.compile(r"(?:, \d[\d-]*)*(?: n\.\d+)? \([^()\n]{0,60}\b(?:1[6-9]|20)\d\d\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A place in a normalised text that points somewhere; `pincite` is what it says itself."""

    kind: CitationKind
    start: int
    end: int
    citation: ReporterCitation | None = None
    # Volume and reporter of a short form: "556 U. S., at 435" names no first page.
    volume: tuple[str, str] | None = None
    pincite: str | None = None
    year: int | None = None
    court: str | None = None
    name: str | None = None


def pointers(text: str) -> list[Pointer]:
    """Find the pointers of a normalised text, in order, none over another."""
    known = [_pointer(text, token) for token in citation_tokens(text)]
    names = {name for pointer in known for name in _words_before(text, pointer)}
    found = sorted(
        (*known, *_ids(text), *_supras(text), *_named(text, names), *_unknown(text)),
        key=lambda pointer: (pointer.start, pointer.kind is CitationKind.UNKNOWN),
    )
    return list(_apart(found, known))


def _apart(found: list[Pointer], known: list[Pointer]) -> Iterator[Pointer]:
    """Leave out what overlaps: eyecite's own findings come before ours."""
    taken = {id(pointer) for pointer in known}
    ends = 0
    for index, pointer in enumerate(found):
        following = next((p for p in found[index + 1 : index + 4] if id(p) in taken), None)
        covered = following and id(pointer) not in taken and following.start < pointer.end
        if pointer.start >= ends and not covered:
            ends = pointer.end
            yield pointer


def _pointer(text: str, token: CitationToken) -> Pointer:
    kind = _kind(token)
    rest = _RANGE.match(text, token.end) if kind is CitationKind.SHORT else None
    groups = cast("dict[str, str | None]", token.groups)
    page, volume = groups.get("page") or "", groups.get("volume") or ""
    reporter = canonical_reporter(groups.get("reporter") or "") or _edition(token)
    known = bool(volume and page.strip("_")) and kind in {CitationKind.FULL, CitationKind.JOURNAL}
    return Pointer(
        kind=kind,
        start=token.start,
        end=rest.end() if rest else token.end,
        citation=ReporterCitation(volume, reporter, page) if known else None,
        volume=(volume, reporter) if volume else None,
        pincite=page.strip("_") + (rest[0] if rest else "") or None
        if kind is CitationKind.SHORT
        else None,
        court="scotus" if _is_supreme_court(token) else None,
    )


def _kind(token: CitationToken) -> CitationKind:
    sources = {e.reporter.source for e in token.exact_editions or token.variation_editions}
    if "reporters" in sources:
        return CitationKind.SHORT if token.short else CitationKind.FULL
    return CitationKind.STATUTE if "laws" in sources else CitationKind.JOURNAL


def _edition(token: CitationToken) -> str:
    return (token.exact_editions or token.variation_editions)[0].short_name


def _is_supreme_court(token: CitationToken) -> bool:
    return any(e.reporter.is_scotus for e in token.exact_editions or token.variation_editions)


def _ids(text: str) -> Iterator[Pointer]:
    for match in _ID.finditer(text):
        yield Pointer(kind=CitationKind.ID, start=match.start(), end=match.end())


def _supras(text: str) -> Iterator[Pointer]:
    """Supra of a case has a name before it: "Nken, supra, at 435"; "Part II, supra" is none."""
    for match in _SUPRA.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if not _OWN_PART.match(text, match.end()) and re.search(r"[A-Za-z.'] ?,? ?$", before):
            yield Pointer(kind=CitationKind.SUPRA, start=match.start(), end=match.end())


def _words_before(text: str, pointer: Pointer) -> Iterator[str]:
    """Yield the words of the name before a full citation that later may stand for the case."""
    if pointer.kind is CitationKind.FULL:
        for word in text[max(0, pointer.start - 120) : pointer.start].split():
            bare = word.strip(',.;()"“”')
            if len(bare) > 3 and bare[0].isupper():
                yield bare


def _named(text: str, names: set[str]) -> Iterator[Pointer]:
    for match in _NAME_WITH_PAGE.finditer(text):
        if match["name"] in names:
            yield Pointer(
                kind=CitationKind.REFERENCE,
                start=match.start(),
                end=match.end("name"),
                name=match["name"],
            )


def _unknown(text: str) -> Iterator[Pointer]:
    """Keep a "volume Word. page" only where a case name stands before or court and year after."""
    for match in _UNKNOWN.finditer(text):
        words = [word.rstrip(".").lower() for word in match["reporter"].split()]
        if any(word in _NOT_A_REPORTER for word in words):
            continue
        named = _AFTER_NAME.search(text[max(0, match.start() - 130) : match.start()])
        dated = "." in match["reporter"] and _DATED_AFTER.match(text, match.end())
        if named or dated:
            yield Pointer(
                kind=CitationKind.UNKNOWN,
                start=match.start(),
                end=match.end(),
                citation=ReporterCitation(
                    match["volume"], match["reporter"].strip(), match["page"]
                ),
            )
