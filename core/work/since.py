"""What has become since of the passages that an answer rested on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.library import cases
from core.library.db import Reader
from core.model import Case, Opinion, Source, SourceNow, SourceState, Span


def sources_now(db: Reader, sources: Sequence[Source]) -> tuple[SourceNow, ...]:
    """Say of each source whether its words still stand where they stood, and where to open them."""
    held: dict[str, Case | None] = {
        source_id: cases.case_by_source_id(db, source_id)
        for source_id in {source.case.source_id for source in sources}
    }
    opinions: dict[str, Sequence[Opinion]] = {
        source_id: cases.opinions(db, case.case_id) if case else ()
        for source_id, case in held.items()
    }
    return tuple(_now(source, held, opinions) for source in sources)


def _now(
    source: Source, held: Mapping[str, Case | None], opinions: Mapping[str, Sequence[Opinion]]
) -> SourceNow:
    case = held[source.case.source_id]
    if case is None:
        return SourceNow(n=source.n, state=SourceState.GONE)
    for opinion, span in _places(source, opinions[source.case.source_id]):
        return SourceNow(
            n=source.n,
            state=SourceState.UNCHANGED,
            case_id=case.case_id,
            opinion_id=opinion.opinion_id,
            span=span,
        )
    return SourceNow(n=source.n, state=SourceState.CHANGED, case_id=case.case_id)


def _places(source: Source, opinions: Sequence[Opinion]) -> list[tuple[Opinion, Span]]:
    """Return where a passage's words stand, the place where they stood before any other."""
    passage = source.passage
    same = [
        (opinion, passage.span)
        for opinion in opinions
        if opinion.opinion_id == passage.opinion_id
        and passage.span.of(opinion.text) == passage.text
    ]
    moved = (
        (opinion, opinion.text.find(passage.text))
        for opinion in sorted(opinions, key=lambda each: each.kind is not passage.kind)
    )
    return same or [(opinion, Span(at, at + len(passage.text))) for opinion, at in moved if at >= 0]
