"""The citations in a text: what is pointed to, on which page, after which signal, and for what.

eyecite's patterns find volumes, reporters, statutes and journals; what stands around them (names,
pincites, court, year, parentheticals, id. and supra) is read here, each from its own words only, so
that nothing leaks from one citation into the next.
"""

from __future__ import annotations

from dataclasses import replace

from core.law.antecedents import with_antecedents
from core.law.around import Tail, signal_before, tail_after
from core.law.normalise import Normalised, normalise
from core.law.parties import Parties, parties_before
from core.law.pointers import Pointer, pointers
from core.law.written import citation_in_query, reporter_citation
from core.model import CitationKind, FoundCitation

__all__ = ["citation_in_query", "find_citations", "reporter_citation"]


def find_citations(text: str) -> tuple[FoundCitation, ...]:
    """Find every citation in a text, in the order they stand.

    Spans are over the text as given. `citation` is None where no page is known (a slip opinion's
    blanks) and for statutes, id. and supra. A short, supra, id. or reference form carries the index
    of its full citation where exactly one can be meant.
    """
    clean = normalise(text)
    found: list[tuple[FoundCitation, Pointer]] = []
    floors = _Floors()
    for group in _parallel_groups(clean.text, pointers(clean.text)):
        found += zip(_read(text, clean, group, floors), group, strict=True)
    return with_antecedents(text, found)


class _Floors:
    """How far back the next name may reach, and the signal a string of citations keeps."""

    def __init__(self) -> None:
        self.end = 0
        self.full_end = 0
        self.signal: str | None = None

    def floor(self, start: int) -> int:
        return self.full_end if start >= self.full_end else self.end


def _parallel_groups(text: str, found: list[Pointer]) -> list[list[Pointer]]:
    """Group citations side by side for one case: "515 U.S. 200, 115 S. Ct. 2097"."""
    groups: list[list[Pointer]] = []
    for pointer in found:
        if groups and _is_parallel(text, groups[-1][-1], pointer):
            groups[-1].append(pointer)
        else:
            groups.append([pointer])
    return groups


def _is_parallel(text: str, first: Pointer, second: Pointer) -> bool:
    if not (first.kind is second.kind is CitationKind.FULL) or second.start - first.end > 60:
        return False
    tail = tail_after(text, first.end)
    between = text[tail.pin_end : second.start]
    return tail.end == tail.pin_end and between.strip() in {"", ",", "=", ", and"} and bool(between)


def _read(
    text: str, clean: Normalised, group: list[Pointer], floors: _Floors
) -> list[FoundCitation]:
    first, last = group[0], group[-1]
    tail = tail_after(clean.text, last.end)
    floor = floors.floor(first.start)
    parties = _parties(clean.text, first, floor)
    start = parties.start if parties else first.start
    signal = signal_before(clean.text, start, floor)
    if signal is None and clean.text[floors.full_end : start].strip() in {
        ";",
        "; and",
        "; see also",
    }:
        signal = floors.signal
    floors.end, floors.full_end, floors.signal = last.end, max(floors.full_end, tail.end), signal
    end = max(tail.end, last.end)
    court = next((pointer.court for pointer in group if pointer.court), None)
    whole = [_found(clean, pointer, (start, end), parties, tail, court) for pointer in group]
    return [
        replace(
            one, text=one.span.of(text), signal=signal, pincite=_pincite(clean, pointer, tail, last)
        )
        for one, pointer in zip(whole, group, strict=True)
    ]


def _pincite(clean: Normalised, pointer: Pointer, tail: Tail, last: Pointer) -> str | None:
    if pointer is last or pointer.kind is not CitationKind.FULL:
        pin = tail.pincite
    else:
        pin = tail_after(clean.text, pointer.end).pincite
    if pointer.pincite and pin:
        return f"{pointer.pincite}, {pin}"
    return pointer.pincite or pin


def _parties(text: str, pointer: Pointer, floor: int) -> Parties | None:
    if pointer.name is not None:
        return Parties(start=pointer.start, plaintiff=None, defendant=pointer.name)
    if pointer.kind in {
        CitationKind.FULL,
        CitationKind.SHORT,
        CitationKind.SUPRA,
        CitationKind.UNKNOWN,
    }:
        return parties_before(text, pointer.start, floor=floor)
    return None


def _found(
    clean: Normalised,
    pointer: Pointer,
    whole: tuple[int, int],
    parties: Parties | None,
    tail: Tail,
    court: str | None,
) -> FoundCitation:
    return FoundCitation(
        kind=pointer.kind,
        span=clean.span(pointer.start, pointer.end),
        full_span=clean.span(*whole),
        text="",
        citation=pointer.citation,
        plaintiff=parties.plaintiff if parties else None,
        defendant=parties.defendant if parties else None,
        year=tail.year or (parties.year if parties else None) or pointer.year,
        court=tail.court or court,
        parenthetical=tail.parenthetical,
    )
