"""Where eyecite's patterns find a volume, a reporter and a page, a statute or a journal.

The patterns are eyecite's own; only the search is ours: each is tried where its reporter's name
stands, with its volume before it, and not along the whole text, which is several times faster.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

import ahocorasick
from eyecite import tokenizers
from eyecite.models import CitationToken

# Patterns that begin "volume, space, reporter": nine in ten.
_VOLUME_FIRST = re.compile(r"\(\?:\^\|\[\^a-zA-Z0-9\]\)\(\(\?P<\w+>[^:]*\) \(\?P<reporter>")
# Characters before and after the name of a reporter that a pattern may need: a volume is at most
# a year and a pamphlet, the sections of a code run on.
_BEFORE = 24
_BEFORE_OTHERS = 80
_AFTER = 160
_WORD = re.compile(r"\S+")


class _Extractor(Protocol):
    """What is used of eyecite's TokenExtractor."""

    regex: str
    strings: list[str]
    constructor: object

    @property
    def compiled_regex(self) -> re.Pattern[str]: ...
    def get_token(self, m: re.Match[str]) -> object: ...


class _Automaton(Protocol):
    """What is used of pyahocorasick's Automaton, which has no types."""

    def add_word(self, key: str, value: tuple[int, tuple[int, ...]]) -> bool: ...
    def make_automaton(self) -> None: ...
    def iter(self, string: str) -> Iterator[tuple[int, tuple[int, tuple[int, ...]]]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finders:
    """eyecite's patterns, by the names that a text must contain for them to match."""

    by_name: _Automaton
    volume_first: tuple[bool, ...]
    patterns: tuple[_Extractor, ...]
    nameless: tuple[_Extractor, ...]


def citation_tokens(text: str) -> list[CitationToken]:
    """Find eyecite's citation tokens in a normalised text, in order, without overlaps."""
    finders = _finders()
    found = [_token(finder, match) for finder, match in _matches(finders, text)]
    return _without_overlaps(sorted(found, key=lambda token: (token.start, -token.end)))


def _token(finder: _Extractor, match: re.Match[str]) -> CitationToken:
    token = finder.get_token(match)
    assert isinstance(token, CitationToken)  # noqa: S101  only such patterns are kept
    return token


def _matches(finders: _Finders, text: str) -> Iterator[tuple[_Extractor, re.Match[str]]]:
    for finder in finders.nameless:
        for match in finder.compiled_regex.finditer(text):
            yield finder, match
    seen: set[tuple[int, int]] = set()
    for index, start, end in _named_places(finders, text):
        finder = finders.patterns[index]
        before = _BEFORE if finders.volume_first[index] else _BEFORE_OTHERS
        stop = min(len(text), end + _AFTER)
        for match in finder.compiled_regex.finditer(text, max(0, start - before), stop):
            # A number that touches the window's end may be cut: "978 F.2d 130|0".
            whole = match.end() < stop or stop == len(text)
            if whole and (index, match.start()) not in seen:
                seen.add((index, match.start()))
                yield finder, match


def _named_places(finders: _Finders, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield pattern, start and end of each reporter's name that a volume may stand before.

    Names are looked for without white space, since "F. 3d" and "F.3d" are one.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    ends = _running_lengths(words)
    bare = "".join([text[start:end] for start, end in words])
    for last, (length, indices) in finders.by_name.iter(bare):
        first = last + 1 - length
        after_digit = first > 0 and (bare[first - 1].isdigit() or bare[first - 1] == "A")
        word = bisect_right(ends, first)
        start = words[word][1] - (ends[word] - first)
        anchored = after_digit and start == words[word][0]
        for index in indices:
            if anchored or not finders.volume_first[index]:
                yield index, start, _place(words, ends, last) + 1


def _running_lengths(words: list[tuple[int, int]]) -> list[int]:
    total, ends = 0, list[int]()
    for start, end in words:
        total += end - start
        ends.append(total)
    return ends


def _place(words: list[tuple[int, int]], ends: list[int], offset: int) -> int:
    word = bisect_right(ends, offset)
    return words[word][1] - (ends[word] - offset)


def _without_overlaps(tokens: list[CitationToken]) -> list[CitationToken]:
    """Keep the first and longest of overlapping tokens, as eyecite's own tokenizer does."""
    kept: list[CitationToken] = []
    for token in tokens:
        if kept and kept[-1].merge(token):
            continue
        if kept and token.start < kept[-1].end:
            if not tokenizers.token_is_from_nominative_reporter(kept[-1]):
                continue
            kept.pop()
        kept.append(token)
    return kept


@cache
def _finders() -> _Finders:
    all_finders = cast("list[_Extractor]", vars(tokenizers)["EXTRACTORS"])
    named = [e for e in all_finders if e.strings and _finds_citations(e)]
    indices: defaultdict[str, list[int]] = defaultdict(list)
    for index, finder in enumerate(named):
        for name in {"".join(name.split()) for name in finder.strings}:
            indices[name].append(index)
    automaton = cast("_Automaton", vars(ahocorasick)["Automaton"]())
    for name, places in indices.items():
        automaton.add_word(name, (len(name), tuple(places)))
    automaton.make_automaton()
    return _Finders(
        by_name=automaton,
        volume_first=tuple(bool(_VOLUME_FIRST.match(e.regex)) for e in named),
        patterns=tuple(named),
        nameless=tuple(e for e in all_finders if not e.strings and _finds_citations(e)),
    )


def _finds_citations(finder: _Extractor) -> bool:
    return getattr(finder.constructor, "__self__", None) is CitationToken
