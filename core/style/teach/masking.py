"""What style training may neither learn nor lose: set aside as tokens that stand on both sides.

Citations and quotations are tokens because a style model copies them and never writes them; names
and numbers that name a person are tokens of which nothing is kept, where the firm wants it so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.law.captions import parties, short_name
from core.law.citations import find_citations
from core.law.identifiers import identifiers
from core.law.quotations import quotations
from core.model import Span

TOKEN = re.compile(r"⟦[A-Z]\d+⟧")
# What stood there, as a reader is told it.
_WORDS = {"C": "citation", "Q": "quotation", "P": "name", "N": "number", "M": "source"}
_MARKER = re.compile(r"\[\d+\]")
_SHORTEST_NAME = 3  # letters: shorter, and the name is also a word
_NAME = re.compile(r"[A-Z][\w’'-]*")
# Of a party's name what is in half the captions there are, or is a word of argument.
_EVERYBODY_WORDS = """
    The And Inc LLC LLP Ltd Corp Corporation Company Co Trust Bank Insurance United States State
    City County Board Department Commission Commissioner Secretary Attorney General District
    People National American Federal Court Plaintiff Defendant Petitioner Respondent Appellant
    Appellee Claimant Debtor Estate Matter Association Services Service Group Partners Holdings
    International Systems New York California Texas First Second Of For In Re Et Al
"""
_EVERYBODY = frozenset(_EVERYBODY_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text with tokens in it, and what stood there: by token, empty where nothing is kept."""

    text: str
    held: dict[str, str]


def masked(text: str, people: Sequence[str] = (), *, markers: bool = False) -> Masked:
    """Set citations and quotations aside, and the names of these parties without keeping them.

    `markers`: the numbers of an answer's sources as well.
    """
    marks = ((Span(*match.span()), "M") for match in _MARKER.finditer(text) if markers)
    places = sorted([*_copied(text), *_told_of(text, people), *marks])
    pieces: list[str] = []
    held: dict[str, str] = {}
    names: dict[str, str] = {}
    at = 0
    for span, kind in places:
        if span.start < at:
            continue
        words = span.of(text)
        if kind in "PN" and words in names:
            token = names[words]
        else:
            token = f"⟦{kind}{1 + sum(each[1] == kind for each in held)}⟧"
            held[token] = words if kind in "CQM" else ""
            if kind in "PN":
                names[words] = token
        pieces += [text[at : span.start], token]
        at = span.end
    return Masked(text="".join([*pieces, text[at:]]), held=held)


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in their order."""
    return TOKEN.findall(text)


def same_tokens(one: str, other: str) -> bool:
    """Say whether two texts have the same tokens, each as often."""
    return sorted(tokens(one)) == sorted(tokens(other))


def readable(text: str) -> str:
    """Say in words what each token stands for: `[citation]`, or `[name 2]` where there are more.

    By the tokens alone and not by their order, so that two wordings with the same tokens name
    each alike.
    """
    there = sorted({(each[1], int(each[2:-1]), each) for each in tokens(text)})
    of_kind = Counter(kind for kind, _, _ in there)
    count: Counter[str] = Counter()
    names: dict[str, str] = {}
    for kind, _, token in there:
        count[kind] += 1
        which = f" {count[kind]}" if of_kind[kind] > 1 else ""
        names[token] = f"[{_WORDS.get(kind, 'left out')}{which}]"
    return TOKEN.sub(lambda found: names[found[0]], text)


def names_of(case_name: str) -> tuple[str, ...]:
    """Return the names by which the parties of a case are called in its papers, longest first."""
    sides = [side for side in parties(case_name) if side]
    found = {side.strip(" ,.") for side in sides} | {short_name(case_name)}
    for side in sides:
        found |= {
            word
            for word in _NAME.findall(side)
            if len(word) >= _SHORTEST_NAME and word.strip("’'-") not in _EVERYBODY
        }
    kept = {name for name in found if len(name) >= _SHORTEST_NAME and name not in _EVERYBODY}
    return tuple(sorted(kept, key=lambda name: (-len(name), name)))


def _copied(text: str) -> Iterator[tuple[Span, str]]:
    for found in find_citations(text):
        yield found.full_span, "C"
    for span in quotations(text):
        yield span, "Q"


def _told_of(text: str, people: Sequence[str]) -> Iterator[tuple[Span, str]]:
    if not people:
        return
    for span, _ in identifiers(text):
        yield span, "N"
    yield from _named(text, people)


def _named(text: str, people: Iterable[str]) -> Iterator[tuple[Span, str]]:
    either = "|".join(map(re.escape, sorted(people, key=len, reverse=True)))
    for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE):
        if match[0][0].isupper():
            yield Span(*match.span()), "P"
