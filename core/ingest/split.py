"""Cuts an opinion into passages: the pieces that are searched, shown and cited.

A passage ends where a sentence ends, if it can where a paragraph ends; a heading stays with what
it heads, and footnotes stand apart from the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.law.sentences import sentences
from core.model import Span

# The packaged encoder reads 256 wordpieces: about 1,000 characters of an opinion.
LONGEST = 1000
# From this length on the end of a paragraph ends the passage.
ENOUGH = 600
# A last passage this short joins the one before it.
STUMP = 200
_LONGEST_HEADING = 90  # characters: "C. The District Court's Exclusion of the Expert Testimony"
_ENDS_OF_SENTENCES = (".", "?", "!", ":", ";", ",", "”", '"', ")", "’")


def split(
    text: str, footnotes_start: int | None = None, *, within: Sequence[Span] | None = None
) -> tuple[Span, ...]:
    """Cut a text into passages of at most 1,200 characters, in order.

    Every character that is not white space is in exactly one. None begins or ends with white
    space, and none holds both body and footnotes. `within` are the text's sentences where they
    are known already.
    """
    spans = sentences(text) if within is None else within
    border = len(text) if footnotes_start is None else footnotes_start
    units = list(_units(text, spans, border))
    body = [unit for unit in units if unit.end <= border]
    return (*_pack(text, body), *_pack(text, units[len(body) :]))


def _units(text: str, spans: Iterable[Span], border: int) -> Iterator[Span]:
    """Yield the sentences, none across the border and none longer than a passage may be."""
    for span in spans:
        if span.end - span.start <= LONGEST and not span.start < border < span.end:
            yield span
            continue
        for start, end in (
            (span.start, min(span.end, border)),
            (max(span.start, border), span.end),
        ):
            yield from _pieces(text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while True:
        start, end = _trimmed(text, start, end)
        if end - start <= LONGEST:
            break
        cut = _last_gap(text, start, start + LONGEST)
        yield Span(*_trimmed(text, start, cut))
        start = cut
    if start < end:
        yield Span(start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _last_gap(text: str, start: int, end: int) -> int:
    """Return where white space last stands in the second half; `end` where there is none."""
    for at in range(end, (start + end) // 2, -1):
        if text[at].isspace():
            return at
    return end


def _pack(text: str, units: Sequence[Span]) -> list[Span]:
    passages: list[Span] = []
    first = 0
    for n in range(1, len(units) + 1):
        if n == len(units) or _is_full(text, units, first, n):
            last = _without_headings(text, units, first, n) if n < len(units) else n
            passages.append(Span(units[first].start, units[last - 1].end))
            first = last
    return _without_stump(passages)


def _is_full(text: str, units: Sequence[Span], first: int, n: int) -> bool:
    """Say whether the passage from unit `first` ends before unit `n`."""
    start, end, following = units[first].start, units[n - 1].end, units[n]
    if following.end - start > LONGEST:
        return True
    return end - start >= ENOUGH and text.find("\n\n", end, following.start) >= 0


def _without_headings(text: str, units: Sequence[Span], first: int, n: int) -> int:
    """Return where a passage must end so that no heading is left at its foot."""
    last = n
    while last - 1 > first and _is_heading(text, units, last - 1):
        last -= 1
    return last if units[n].end - units[last].start <= LONGEST else n


def _is_heading(text: str, units: Sequence[Span], n: int) -> bool:
    """A short paragraph of its own that does not end as a sentence does."""
    unit = units[n]
    if unit.end - unit.start > _LONGEST_HEADING:
        return False
    alone = text.find("\n\n", units[n - 1].end, unit.start) >= 0
    ends = text[unit.end - 1] not in _ENDS_OF_SENTENCES or unit.end - unit.start <= len("VIII.")
    return alone and ends and text.find("\n\n", unit.end, units[n + 1].start) >= 0


def _without_stump(passages: list[Span]) -> list[Span]:
    if len(passages) > 1:
        *rest, before, last = passages
        if last.end - last.start < STUMP and last.end - before.start <= LONGEST + STUMP:
            return [*rest, Span(before.start, last.end)]
    return passages
