"""What a model cited by itself: a source, a case that is held, or what nobody here holds.

A source is written by code, in its Bluebook form. A case of the library that is no source is
named by code and marked as not from the sources; what is not held is taken out and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.ask.plain import plain_line
from core.ask.wordings import LEADING_ON
from core.law.bluebook import cite_case, cite_name
from core.law.captions import names_agree
from core.law.citations import citation_in_query, find_citations
from core.law.parties import names_alone
from core.model import Case, CitationKind, FoundCitation, Source, Span

# The one case of the library that a citation or a bare name means; None where none, or several.
Held = Callable[[str], Case | None]

NOT_A_SOURCE = "It names an authority that is not among the sources."
OTHER_SOURCE = "It names another source than the one it cites."
OTHER_NAME = "It gives a case another name than the library does."
OUTSIDE = "(not from the sources)"
REMOVED = "[removed]"
_BEFORE_TRAILING = re.compile(
    r"[\s,;:(\[—–-]*(?:\b(?:see|see also|accord|citing|quoting|cf\.|e\.g\.,?|but see|contra"
    r"|compare)\s*)*$",
    re.IGNORECASE,
)
_AFTER_TRAILING = re.compile(rf"(?:[\s)\].,;:]|⟦s\d+⟧|{re.escape(OUTSIDE)})*$")
_HALF_A_NAME = re.compile(
    r"(?:[A-Z][\w.'’&-]*,?\s+(?:(?:of|the|and|&)\s+)*)*\bv(?:s|ersus)?\.?\s+(?:[a-z]+\s+)?$"
)
_WITH_NAME = frozenset({CitationKind.FULL, CitationKind.SHORT, CitationKind.UNKNOWN})
_BY_NAME = frozenset({CitationKind.SUPRA, CitationKind.REFERENCE})
_NO_CASE = frozenset({CitationKind.STATUTE, CitationKind.JOURNAL})
# Fewer words than these before a citation say nothing without it.
_FEWEST_WORDS = 4
_LONGEST_CITATION = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A sentence with its citations dealt with.

    `bare` is what is checked: sources are `⟦s1⟧` in it, and other cases that were only cited are
    gone. `shown` is what may be shown, once `complete` has put in the cases of the library that
    are no sources.
    """

    bare: str
    shown: str
    problem: str | None = None
    # Whether a citation that nobody holds was taken out.
    removed: bool = False
    # The cases of the library that were cited and are no sources, as code writes them.
    outside: tuple[str, ...] = ()

    def complete(self, shown: str) -> str:
        """Put the cases that are no sources into a text, each marked as such."""
        for index, case in enumerate(self.outside):
            shown = shown.replace(f"⟦c{index}⟧", f"{case} {OUTSIDE}")
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """What citations can be resolved against: the sentence's sources, all sources, the library."""

    cited: Sequence[Source]
    sources: Sequence[Source]
    held: Held


def write_citations(text: str, shelved: Shelved, *, leave: Sequence[Span] = ()) -> Cited:
    """Write a sentence's citations from the library, or say which of them cannot stand.

    What lies inside the spans of `leave` (quotations that were found) stays as it is.
    """
    cited, closing = Cited(bare=text, shown=text), list[str]()
    for named, written, found in reversed(_pointers(text, leave)):
        half = _HALF_A_NAME.search(text, 0, named.start)
        # Whatever the rest of it means, a name of three parties is no case's.
        span = Span(half.start(), named.end) if half else named
        what = _NOBODYS if half else _resolved(written, found, shelved)
        if what.outside:
            place = f"⟦c{len(cited.outside)}⟧"
            cited = replace(cited, outside=(*cited.outside, what.outside))
            what = replace(what, shown=place, closing=f"{what.closing} {place}")
        if what.problem is None or not (what.closes and _is_trailing(cited.bare, span)):
            cited = replace(
                cited,
                bare=_put(cited.bare, span, what.bare),
                shown=_put(cited.shown, span, what.shown),
                problem=what.problem or cited.problem,
            )
            continue
        cited = replace(
            cited,
            bare=_cut(cited.bare, span),
            shown=_cut(cited.shown, span),
            removed=cited.removed or not what.closing,
        )
        closing = [*([what.closing] if what.closing else []), *closing]
    if not closing:
        return cited
    return replace(cited, shown=f"{cited.shown.rstrip('.')}; {'; '.join(closing)}.")


def only_cites(text: str) -> bool:
    """Say whether a sentence is a citation and nothing else: it belongs to the one before."""
    pointers = _pointers(text, ()) if len(text) <= _LONGEST_CITATION else []
    if not pointers:
        return False
    for span, _, _ in reversed(pointers):
        text = _put(text, span, "")
    return (
        re.fullmatch(
            r"(?:\W|\b(?:see|also|accord|cf|e|g|but|citing|quoting)\b)*", text, re.IGNORECASE
        )
        is not None
    )


@dataclass(frozen=True, slots=True)
class _Resolved:
    """What a citation turned out to be, and what stands for it."""

    bare: str
    shown: str
    problem: str | None
    # Whether it may be taken off the end of a sentence, and what is then said there.
    closes: bool = False
    closing: str = ""
    # A case of the library that is no source.
    outside: str = ""


_NOBODYS = _Resolved(bare="", shown=REMOVED, problem=NOT_A_SOURCE, closes=True)


def _pointers(text: str, leave: Sequence[Span]) -> list[tuple[Span, str, FoundCitation | None]]:
    """Return citations and bare case names in their order, the outermost only."""
    kept: list[tuple[Span, str, FoundCitation | None]] = []
    for each in sorted(find_citations(text), key=lambda c: (c.full_span.start, -c.full_span.end)):
        if not kept or each.span.start >= kept[-1][0].end:
            kept.append((each.full_span, each.full_span.of(text), each))
    cites = [span for span, _, _ in kept]
    kept += [
        (span, name, None)
        for span, name in names_alone(text)
        if not any(span.start < cite.end and cite.start < span.end for cite in cites)
    ]
    apart: list[tuple[Span, str, FoundCitation | None]] = []
    for each in sorted(kept, key=lambda each: each[0].start):
        # Of two names that run into each other, the first: to write both would mix them up.
        if apart and each[0].start < apart[-1][0].end:
            continue
        if not any(quote.start <= each[0].start < quote.end for quote in leave):
            apart.append(each)
    return apart


def _resolved(written: str, found: FoundCitation | None, shelved: Shelved) -> _Resolved:
    source = _source_of(written, found, [*shelved.cited, *shelved.sources])
    if source is not None:
        return _as_source(found, source, shelved)
    # Of a statute, or of another case, a source may itself speak.
    if (found is None or found.kind in _NO_CASE) and _stands(written, shelved.cited):
        return _Resolved(written, written, None)
    case = shelved.held(written) if found is None or found.kind is CitationKind.FULL else None
    if case is None:
        return _Resolved(written, REMOVED, NOT_A_SOURCE, closes=True)
    name = plain_line(cite_name(case.case_name) if found is None else cite_case(case))
    signal = (found.signal if found else None) or "see"
    return _Resolved(written, "", NOT_A_SOURCE, closes=True, closing=signal, outside=name)


def _as_source(found: FoundCitation | None, source: Source, shelved: Shelved) -> _Resolved:
    said = plain_line(source.citation if found else cite_name(source.case.case_name))
    if source not in shelved.cited:
        return _Resolved(said, said, OTHER_SOURCE, closes=True)
    if found is not None and not _names_fit(found, source):
        return _Resolved(said, REMOVED, OTHER_NAME)
    return _Resolved(f"⟦s{source.n}⟧", said, None)


def _source_of(
    written: str, found: FoundCitation | None, sources: Sequence[Source]
) -> Source | None:
    """Return the source that a citation or a name means; of several passages, any of its case."""
    if found is None:
        return next(
            (s for s in sources if s.case.case_name and names_agree(written, s.case.case_name)),
            None,
        )
    if found.kind is CitationKind.FULL:
        return next((s for s in sources if found.citation in s.case.citations), None)
    if found.kind in _BY_NAME and found.defendant:
        return _source_of(found.defendant, None, sources)
    if found.kind is not CitationKind.SHORT:
        return None
    read = citation_in_query(found.text)
    if read is None:
        return None
    place = (read[0].volume, read[0].reporter)
    return next(
        (s for s in sources for c in s.case.citations if (c.volume, c.reporter) == place), None
    )


def _names_fit(found: FoundCitation, source: Source) -> bool:
    if not (found.plaintiff and found.defendant) or found.kind not in _WITH_NAME:
        return True
    held = source.case.case_name
    return held is None or names_agree(f"{found.plaintiff} v. {found.defendant}", held)


def _stands(written: str, sources: Sequence[Source]) -> bool:
    return any(stands_in(source.passage.text, written) for source in sources)


def stands_in(text: str, written: str) -> bool:
    """Say whether a text has these characters, whatever the white space; numbers stay whole."""
    wanted = _folded(written.strip(" ,;"))
    if not wanted:
        return False
    pattern = rf"(?<!\d){re.escape(wanted)}(?!\d)"
    return re.search(pattern, _folded(text)) is not None


def _folded(text: str) -> str:
    straight = text.translate({ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'})
    return re.sub(r"\s+", "", straight).lower()


def _is_trailing(text: str, span: Span) -> bool:
    """Say whether a citation closes a sentence that has said something before it."""
    words = _BEFORE_TRAILING.sub("", text[: span.start]).split()
    return (
        len(words) >= _FEWEST_WORDS
        and words[-1].lower().strip(".,") not in LEADING_ON
        and _AFTER_TRAILING.match(text[span.end :]) is not None
    )


def _cut(text: str, span: Span) -> str:
    before = _BEFORE_TRAILING.sub("", text[: span.start]).rstrip(".")
    return before + (text[-1] if text[-1:] in {".", "?", "!"} else ".")


def _put(text: str, span: Span, written: str) -> str:
    return text[: span.start] + written + text[span.end :]
