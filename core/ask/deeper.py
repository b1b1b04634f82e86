"""Read on in the cases found: the passages of theirs that are nearest to the question.

A search finds the passages that have the question's words. The one where the court says what it
holds often has others, and a dissent on the point is often none of the first three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from core.ask.sources import Opinions, Shelf
from core.ask.wanted import Rarity
from core.library.passages import Place
from core.model import (
    LEADING_KINDS,
    Case,
    CaseId,
    Opinion,
    OpinionId,
    OpinionKind,
    Passage,
    PassageId,
    Source,
)

# Every passage of these cases, measured by a text; none where nothing can be measured.
Places = Callable[[str, Sequence[CaseId]], Sequence[Place]]

# Cases that are read on in, the first found, and how many more passages of each.
CASES = 3
LEADING, SEPARATE = 5, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """What the library tells of a question beyond what a search shows."""

    rarity: Rarity
    places: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeper:
    """The sources with more of their cases, and how near each passage is to the question."""

    sources: tuple[Source, ...]
    near: Mapping[PassageId, float] = field(default_factory=dict[PassageId, float])


def read_on(
    question: str, sources: Sequence[Source], shelf: Shelf, opinions: Opinions, places: Places
) -> Deeper:
    """Add the nearest passages of the first cases to the sources, each with those of its case.

    The order of cases stays; a passage that is a source already is not added again.
    """
    cases = {source.case.case_id: source.case for source in sources}
    measured = places(question, list(cases))
    first = list(cases)[:CASES]
    held = {source.passage.passage_id for source in sources}
    added: dict[CaseId, list[Source]] = {}
    for case_id, mine in groupby(measured, key=lambda place: place.case_id):
        if case_id in first:
            new = _nearest(place for place in mine if place.passage_id not in held)
            added[case_id] = list(_sources(new, cases[case_id], shelf, opinions))
    whole = [
        source
        for case_id in cases
        for source in (
            *(mine for mine in sources if mine.case.case_id == case_id),
            *added.get(case_id, ()),
        )
    ]
    return Deeper(
        sources=tuple(shelf.renumbered(source, n) for n, source in enumerate(whole, start=1)),
        near={place.passage_id: place.similarity for place in measured},
    )


def _nearest(places: Iterable[Place]) -> list[Place]:
    """Choose the nearest of the leading opinion and of the other writings; never a syllabus."""
    ranked = sorted(places, key=lambda place: (-place.similarity, place.passage_id))
    leading = [place for place in ranked if place.kind in LEADING_KINDS]
    separate = [
        place
        for place in ranked
        if place.kind not in LEADING_KINDS and place.kind is not OpinionKind.SYLLABUS
    ]
    return [*leading[:LEADING], *separate[:SEPARATE]]


def _sources(
    places: Sequence[Place], case: Case, shelf: Shelf, opinions: Opinions
) -> Iterator[Source]:
    texts: dict[OpinionId, Opinion] = {}
    if places:
        texts = {opinion.opinion_id: opinion for opinion in opinions(case.case_id)}
    for place in places:
        # An opinion that was added anew since the search is left out.
        if (opinion := texts.get(place.opinion_id)) is not None:
            yield shelf.cite(0, case, _passage(place, opinion))


def _passage(place: Place, opinion: Opinion) -> Passage:
    before = [label.label for label in opinion.pages if label.start <= place.span.start]
    return Passage(
        passage_id=place.passage_id,
        opinion_id=place.opinion_id,
        case_id=place.case_id,
        kind=opinion.kind,
        author=opinion.author,
        span=place.span,
        text=place.span.of(opinion.text),
        page=before[-1] if before else None,
    )
