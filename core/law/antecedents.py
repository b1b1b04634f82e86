"""Which full citation a short, supra, id. or reference form points back to.

Exactly one candidate, or none is named: a wrong antecedent would put words into another case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from core.law.pointers import Pointer
from core.model import CitationKind, FoundCitation

# No opinion runs on for more pages than this; eyecite's own bound.
_LONGEST_OPINION_PAGES = 150
_WORD = re.compile(r"[A-Za-zÀ-ÿ'][A-Za-zÀ-ÿ'-]+")
_FULL = {CitationKind.FULL, CitationKind.UNKNOWN}
_CITED = _FULL | {CitationKind.STATUTE, CitationKind.JOURNAL}


def with_antecedents(
    text: str, found: Sequence[tuple[FoundCitation, Pointer]]
) -> tuple[FoundCitation, ...]:
    """Give each form that points back the index of what it points to; `text` is the original."""
    memory = _Memory()
    return tuple(
        replace(citation, antecedent=memory.meet(index, text, citation, pointer))
        for index, (citation, pointer) in enumerate(found)
    )


class _Memory:
    """The full citations met so far, by volume and by the words of their names."""

    def __init__(self) -> None:
        self.met: list[FoundCitation] = []
        self.by_volume: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_name: defaultdict[str, list[int]] = defaultdict(list)
        # Of the last citation that stood by itself: what id. means.
        self.last: int | None = None
        self.last_end = 0
        self.nested_in = 0

    def meet(self, index: int, text: str, citation: FoundCitation, pointer: Pointer) -> int | None:
        self.met.append(citation)
        antecedent = self._antecedent(text, citation, pointer)
        if citation.kind in _FULL:
            self._remember(index, citation, pointer)
        points_to = index if citation.kind in _CITED else antecedent
        if citation.span.start >= self.nested_in:
            self.last = points_to
            self.nested_in = citation.full_span.end
        self.last_end = citation.span.end
        return antecedent

    def _remember(self, index: int, citation: FoundCitation, pointer: Pointer) -> None:
        if pointer.volume:
            self.by_volume[pointer.volume].append(index)
        for word in _words(citation.plaintiff) | _words(citation.defendant):
            self.by_name[word].append(index)

    def _antecedent(self, text: str, citation: FoundCitation, pointer: Pointer) -> int | None:
        match citation.kind:
            case CitationKind.SHORT:
                return self._short(citation, pointer)
            case CitationKind.SUPRA | CitationKind.REFERENCE:
                return self._only(self._named(citation))
            case CitationKind.ID:
                return self._id(text, citation)
            case _:
                return None

    def _short(self, citation: FoundCitation, pointer: Pointer) -> int | None:
        candidates = self.by_volume.get(pointer.volume or ("", ""), [])
        if not candidates:
            return None
        named = set(self._named(citation)).intersection(candidates)
        if named:
            return self._only(sorted(named))
        held = [i for i in candidates if _may_hold(self.met[i], citation.pincite)]
        return self._only(held)

    def _named(self, citation: FoundCitation) -> list[int]:
        words = _words(citation.defendant) | _words(citation.plaintiff)
        if not words:
            return []
        first, *others = (set(self.by_name.get(word, ())) for word in words)
        return sorted(first.intersection(*others))

    def _only(self, candidates: list[int]) -> int | None:
        """Return the first of the candidates when all of them are one case, else None."""
        cases = {self._case(index) for index in candidates}
        return candidates[0] if len(cases) == 1 else None

    def _case(self, index: int) -> tuple[object, ...]:
        """Parallel citations share their full span, later full citations the same page."""
        one = self.met[index]
        first = next(
            i for i in range(index, -1, -1) if i == 0 or self.met[i - 1].full_span != one.full_span
        )
        lead = self.met[first]
        return (str(lead.citation),) if lead.citation else (lead.plaintiff, lead.defendant)

    def _id(self, text: str, citation: FoundCitation) -> int | None:
        if self.last is None:
            return None
        meant = self.met[self.last]
        if meant.kind not in _FULL:
            return self.last
        pages = citation.pincite is not None and citation.pincite[:1].isdigit()
        if not pages and "§" in text[self.last_end : citation.span.start]:
            return None
        return self.last if _may_hold(meant, citation.pincite) else None


def _words(name: str | None) -> set[str]:
    found = {word.casefold() for word in _WORD.findall(name or "")}
    return {word for word in found if len(word) > 2 and word not in {"the", "and", "for", "inc"}}


def _may_hold(full: FoundCitation, pincite: str | None) -> bool:
    """Say whether a page can lie in the opinion that begins at a citation."""
    page = re.match(r"\d+", pincite or "")
    if full.citation is None or not full.citation.page.isdigit() or page is None:
        return True
    first = int(full.citation.page)
    return first <= int(page[0]) <= first + _LONGEST_OPINION_PAGES
