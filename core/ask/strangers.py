"""Find in a sentence what its sources did not bring: a citation, a case, a page, a number, a name.

What a model cites by itself is written by code where it is one of the sources, taken out where
the sentence stands without it, and otherwise takes the sentence with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.ask.evidence import Evidence, content_words, numbers_in
from core.law.captions import names_agree
from core.law.citations import find_citations
from core.model import FoundCitation, Source, Span

NOT_A_SOURCE = "It names an authority that is not among the sources."
OTHER_NAME = "It gives a case another name than the library does."
_BEFORE_TRAILING = re.compile(
    r"[\s,;:(\[—–-]*(?:\b(?:see|see also|accord|citing|quoting|cf\.|under|in|e\.g\.,?)\s*)*$",
    re.IGNORECASE,
)
_AFTER_TRAILING = re.compile(r"[\s)\].,;:]*$")
_VERSUS = re.compile(r"(\S+)\s+(?:v|vs|versus)\b\.?\s+(\S+)", re.IGNORECASE)
_IN_RE = re.compile(
    r"\b(?:In re|Ex parte|In the Matter of|Matter of|Estate of)\s+(\S+)", re.IGNORECASE
)
_AT_PAGE = re.compile(r"\b(?:at|pages?|pp?\.)\s+\*?(\d+)(?=\s*(?:$|[-–.,;)\]]))", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_EDGES = "()[]{}.,;:!?\"“”‘’'"
# Words that begin sentences and name nobody.
_NAMES_NOBODY = """
    a about above accordingly according additionally after again against all also although among
    an and another any applicant appellant appellants appellee applying are as at based because
    before being besides both but by can consequently conversely court courts deciding despite
    determining did do does during each either even every evidence except failure finally first
    for fourth from further furthermore generally given had has have he hence her here his how
    however i if importantly in indeed instead is it its judges justice judge lastly law lawyers
    likewise may merely more moreover most movants must nearly neither nevertheless no none
    nonetheless nor not nothing notably now of on once one only or ordinarily other otherwise our
    out over parties party petitioner petitioners plaintiff plaintiffs defendant defendants rather
    relief respondent respondents rule second secondly section several she should showing similarly
    simply since so some specifically still such text than that the their them then there therefore
    these they third this those though three through thus to today together two ultimately under
    unless unlike until upon usually was we were what when where whereas whether which while who
    whoever whose why will with within without would yes yet you
"""
_NOBODY = frozenset(_NAMES_NOBODY.split())
# Fewer words than these before a citation say nothing without it.
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A sentence with its citations dealt with.

    `bare` is the sentence without the citations that code writes, `shown` the one with them.
    """

    bare: str
    shown: str
    problem: str | None = None
    # Whether a citation that is no source's was taken out of it.
    left_out: bool = False


def write_citations(text: str, sources: Sequence[Source], *, leave: Sequence[Span]) -> Rewritten:
    """Write a sentence's citations from the library, or say which of them cannot stand.

    Citations inside the spans of `leave` (quotations, checked by themselves) stay as they are.
    """
    bare, shown, left_out = text, text, False
    for found in reversed(_outermost(find_citations(text))):
        span = found.full_span
        if any(quote.start <= found.span.start < quote.end for quote in leave):
            continue
        source = _cited_source(found, sources)
        if source is not None:
            if not _names_fit(found, source):
                return Rewritten(bare=bare, shown=shown, problem=OTHER_NAME)
            bare, shown = _put(bare, span, ""), _put(shown, span, source.citation)
        elif _stands_in(span.of(text), sources):
            continue
        elif _is_trailing(text, span):
            bare, shown, left_out = _cut(bare, span), _cut(shown, span), True
        else:
            return Rewritten(bare=bare, shown=shown, problem=NOT_A_SOURCE)
    return Rewritten(bare=bare, shown=shown, left_out=left_out)


def stranger_in(text: str, evidence: Sequence[Evidence]) -> str | None:
    """Say, in words for the screen, what a sentence brings in by itself; None when nothing.

    The reason never repeats the name or number itself.
    """
    if any(not _case_is_known(name, evidence) for name in _case_names(text)):
        return NOT_A_SOURCE
    if any(not _page_is_known(match, evidence) for match in _AT_PAGE.finditer(text)):
        return "It gives a page that is not the source's."
    numbers = frozenset[str]().union(*(item.numbers for item in evidence))
    if not numbers_in(text) <= numbers:
        return "It gives a number that is not in the source it cites."
    if any(not _name_is_known(name, evidence) for name in _capitalised(text)):
        return "It uses a name that is not in the source it cites."
    return None


def _outermost(found: Sequence[FoundCitation]) -> list[FoundCitation]:
    """Return citations in order, without those that lie within the one before."""
    kept: list[FoundCitation] = []
    for citation in sorted(found, key=lambda c: (c.full_span.start, -c.full_span.end)):
        if not kept or citation.span.start >= kept[-1].full_span.end:
            kept.append(citation)
    return kept


def _cited_source(found: FoundCitation, sources: Sequence[Source]) -> Source | None:
    if found.citation is None or found.kind != "full":
        return None
    return next((s for s in sources if found.citation in s.case.citations), None)


def _names_fit(found: FoundCitation, source: Source) -> bool:
    if not (found.plaintiff and found.defendant):
        return True
    held = source.case.case_name
    return held is None or names_agree(f"{found.plaintiff} v. {found.defendant}", held)


def _stands_in(written: str, sources: Sequence[Source]) -> bool:
    return any(_contains(source.passage.text, written) for source in sources)


def _contains(text: str, written: str) -> bool:
    """Say whether a text has these characters, whatever the white space; numbers stay whole."""
    wanted = _folded(written.strip(" ,;"))
    pattern = rf"(?<!\d){re.escape(wanted)}(?!\d)"
    return bool(wanted) and re.search(pattern, _folded(text)) is not None


def _folded(text: str) -> str:
    straight = text.translate({ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'})
    return re.sub(r"\s+", "", straight).lower()


def _is_trailing(text: str, span: Span) -> bool:
    """Say whether a citation closes a sentence that has said something before it."""
    before = _BEFORE_TRAILING.sub("", text[: span.start])
    return (
        len(before.split()) >= _FEWEST_WORDS and _AFTER_TRAILING.match(text[span.end :]) is not None
    )


def _cut(text: str, span: Span) -> str:
    before = _BEFORE_TRAILING.sub("", text[: span.start])
    return before + (text[-1] if text[-1:] in {".", "?", "!"} else ".")


def _put(text: str, span: Span, written: str) -> str:
    return text[: span.start] + written + text[span.end :]


def _case_names(text: str) -> Iterator[str]:
    for match in _VERSUS.finditer(text):
        yield f"{match[1].strip(_EDGES)} v. {match[2].strip(_EDGES)}"
    for match in _IN_RE.finditer(text):
        yield match[0].strip(_EDGES)


def _case_is_known(name: str, evidence: Sequence[Evidence]) -> bool:
    return any(
        _contains(place, name)
        for item in evidence
        for place in (item.source.passage.text, item.source.case.case_name or "")
    )


def _page_is_known(match: re.Match[str], evidence: Sequence[Evidence]) -> bool:
    return any(
        match[1] in numbers_in(item.source.pincite or "")
        or _contains(item.source.passage.text, match[0])
        for item in evidence
    )


def _capitalised(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = re.sub(r"[’']s?$", "", match[0])
        if word[:1].isupper() and word.lower() not in _NOBODY:
            yield word


def _name_is_known(name: str, evidence: Sequence[Evidence]) -> bool:
    parts = [part.lower() for part in re.split(r"[’']", name) if part]
    for item in evidence:
        if all(part in item.spelled for part in parts):
            return True
        stems = content_words(name)
        if name[1:].islower() and stems and stems <= item.words:
            return True
    return False
