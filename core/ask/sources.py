"""Choose the passages an answer may rest on, number them, and write their citations.

The citation is written from what the library holds, with the page where the words stand; a
leading opinion goes before a dissent of the same case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from core.ask.plain import plain_line
from core.ask.prompts import MOST_SOURCES
from core.ask.wanted import captions, names_case
from core.law.bluebook import cite_case, page_range
from core.model import (
    LEADING_KINDS,
    Case,
    CaseId,
    Hit,
    Opinion,
    OpinionId,
    OpinionKind,
    PageLabel,
    Passage,
    QueryKind,
    SearchResult,
    Source,
    Span,
    Treated,
)
from core.search.treated import treated_words

MOST_CASES = 5
MOST_OF_ONE_CASE = 3
# Cases looked for by their names, of those that a question names, and hits looked at for each.
MOST_NAMED = 3

_NO_MARKS = str.maketrans(dict.fromkeys('"“”„«»', " "))

Search = Callable[[str], SearchResult]
Opinions = Callable[[CaseId], Sequence[Opinion]]
# The worst that later cases do to each of these, where they do anything to it.
Treatments = Callable[[Sequence[CaseId]], Mapping[CaseId, Treated]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The printed pages of the opinions that sources are taken from, and how they fared since."""

    pages: dict[OpinionId, tuple[PageLabel, ...]]
    treated: Mapping[CaseId, Treated] = field(default_factory=dict[CaseId, Treated])

    def cite(self, n: int, case: Case, passage: Passage, spans: Sequence[Span] = ()) -> Source:
        """Make a numbered source of a passage, citing the pages of `spans`, or of all of it."""
        pages = self.pages.get(passage.opinion_id, ())
        pincite = pincite_of(pages, spans or (passage.span,))
        # A case's name is data: as much of it as is words.
        citation = plain_line(cite_case(case, pincite))
        treated = self.treated.get(case.case_id)
        return Source(
            n=n,
            case=case,
            passage=passage,
            citation=citation,
            pincite=pincite,
            treatment=plain_line(treated_words(treated)) if treated else None,
            treated=treated,
        )

    def renumbered(self, source: Source, n: int, spans: Sequence[Span] = ()) -> Source:
        if not spans:
            return replace(source, n=n)
        return self.cite(n, source.case, source.passage, spans)


def is_law(source: Source) -> bool:
    """Say whether what a source holds may be given as the law: its part, and how it fared since."""
    ended = source.treated is not None and source.treated.ends_law
    return source.passage.kind in LEADING_KINDS and not ended


def open_shelf(
    result: SearchResult, opinions: Opinions, treatments: Treatments | None = None
) -> Shelf:
    """Read the page labels, and the treatment, of the cases `choose_sources` may draw on."""
    found = [hit.case.case_id for hit in result.hits[:MOST_CASES]]
    return Shelf(
        treated=treatments(found) if treatments else {},
        pages={
            opinion.opinion_id: opinion.pages
            for hit in result.hits[:MOST_CASES]
            for opinion in opinions(hit.case.case_id)
        },
    )


def found(words: str, search: Search) -> SearchResult:
    """Search; where words in quotation marks stand nowhere, for the words without the marks."""
    result = search(words)
    if not result.hits and result.understood.kind is QueryKind.PHRASE:
        result = search(words.translate(_NO_MARKS))
    return _with_the_named(result, words, search)


def _with_the_named(result: SearchResult, words: str, search: Search) -> SearchResult:
    """Put the cases that a question names and that were not found for its words before the rest.

    The opinions of a case seldom say what the case is called.
    """
    first = result.hits[:MOST_CASES]
    missed = [
        caption
        for caption in captions(words)[:MOST_NAMED]
        if not any(_is_of(caption, hit) for hit in first)
    ]
    named = {
        hit.case.case_id: hit
        for caption in missed
        for hit in search(caption).hits[:MOST_NAMED]
        if _is_of(caption, hit)
    }
    if not named:
        return result
    rest = (hit for hit in result.hits if hit.case.case_id not in named)
    hits = (replace(hit, rank=n) for n, hit in enumerate([*named.values(), *rest], start=1))
    return replace(result, hits=tuple(hits))


def _is_of(caption: str, hit: Hit) -> bool:
    return names_case(caption, hit.case.case_name or "")


def choose_sources(result: SearchResult, shelf: Shelf) -> tuple[Source, ...]:
    """Choose the best passages found: the best of each case in turn, by the rank of the case.

    Front matter is never a source; of one case, leading opinions come before other writings.
    """
    hits = result.hits[:MOST_CASES]
    taken = list(islice(_in_turn([_by_part(hit) for hit in hits]), MOST_SOURCES))
    ordered = sorted(taken, key=lambda place: place[0])
    return tuple(
        shelf.cite(n, hits[index].case, passage)
        for n, (index, passage) in enumerate(ordered, start=1)
    )


def pincite_of(pages: Sequence[PageLabel], spans: Sequence[Span]) -> str | None:
    """Return the printed pages on which spans begin and end, as `434–35`; None without pages."""
    first = _page_at(pages, min(span.start for span in spans))
    last = _page_at(pages, max(span.end for span in spans) - 1)
    return None if first is None else page_range(first, last)


def _page_at(pages: Sequence[PageLabel], offset: int) -> str | None:
    label = None
    for page in pages:
        if page.start > offset:
            break
        label = page.label
    return label


def _by_part(hit: Hit) -> list[Passage]:
    law = [passage for passage in hit.passages if passage.kind is not OpinionKind.SYLLABUS]
    ranked = sorted(law, key=lambda passage: passage.kind not in LEADING_KINDS)
    return ranked[:MOST_OF_ONE_CASE]


def _in_turn(of_cases: Sequence[Sequence[Passage]]) -> Iterator[tuple[int, Passage]]:
    for turn in range(MOST_OF_ONE_CASE):
        for index, passages in enumerate(of_cases):
            if turn < len(passages):
                yield index, passages[turn]
