"""What a style model never sees: citations, quotations, numbers, dates and names, as tokens.

`[C1]` stands for a citation, `[N2]` for a name. The model may move a token within its sentence; the
very bytes are put back in its place. Brackets of ASCII, because some vocabularies have no others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.ask.evidence import NUMBER_WORDS
from core.law.citations import find_citations
from core.law.quotations import quotations, single_quotations
from core.law.sentences import is_abbreviation
from core.model import Span


class Kind(StrEnum):
    """What a token stands for; its value is the letter of the token."""

    SOURCE = "S"
    CITATION = "C"
    QUOTATION = "Q"
    DATE = "D"
    FIGURE = "F"
    NAME = "N"
    PRINTED = "P"


WORDS = {
    Kind.SOURCE: "the number of a source",
    Kind.CITATION: "a citation",
    Kind.QUOTATION: "a quotation",
    Kind.DATE: "a date",
    Kind.FIGURE: "a number",
    Kind.NAME: "a name",
    Kind.PRINTED: "a printed mark",
}
TOKEN = re.compile(r"\[([A-Z])(\d+)\]")

_SOURCES = re.compile(r"\[\d{1,3}\](?:\[\d{1,3}\])*")
# A text that has brackets of its own, `[C1]` even, keeps them as one token.
_BRACKETS = re.compile(r"\[[^\[\]\n]*\]|⟦[^⟧\n]*⟧|[\[\]⟦⟧]")
_SIGNAL = re.compile(
    r"(?:\b(?:but\s+)?see(?:\s+generally)?(?:,?\s+(?:also|e\.g\.),?)?|\b(?:but\s+)?cf\."
    r"|\baccord|\bcontra|\bcompare|\be\.g\.,?|\b(?:citing|quoting))\s+$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\([^()]*\b(?:omitted|added|adopted|altered|alterations?|cleaned up|original|sic)\b[^()]*\)"
    r"|\((?:[a-z]|[ivx]{1,4}|\d{1,3})\)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June|July|Aug(?:ust|\.)"
    r"|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DATE = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:, \d{{4}})?\b|\b\d{{1,2}} {_MONTH}(?: \d{{4}})?\b"
    rf"|\b{_MONTH} \d{{4}}\b"
)
_COUNTS = "|".join(sorted(filter(str.isalpha, NUMBER_WORDS), key=len, reverse=True))
_FIGURE = re.compile(
    r"[$§¶€£]*\s?\d+(?:[.,:/–-]\d+)*(?:\(\w{1,4}\))*(?:st|nd|rd|th|[a-z])?%?(?![\w])"
    rf"|\b(?:{_COUNTS})(?:(?:[- ]|-?\band\b )(?:{_COUNTS}|one))*\b|[$§¶€£]+|\w*\d\w*",
    re.IGNORECASE,
)
_CAPITAL = r"[A-Z](?:[\w&]|[.'’-](?=\w))*\.?"
_BETWEEN = r" (?:(?:of the|of|for the|for|de|van|von|v\.|&) )?"
_NAME = re.compile(rf"\b(?:{_CAPITAL})(?:{_BETWEEN}(?:{_CAPITAL})|, (?:Inc|Ltd|LLC|Co)\.?)*")
_ODD = re.compile(
    r"[^\s\w]*[^\x00-\x7f‘’“”–—…\s]\w*|[\w]*[^\x00-\x7f‘’“”–—…\s]\w*|[\"“”‘…*_<>`|{}~^\\]"
)
_POSSESSIVE = re.compile(r"['’]s$|['’]$")
# A capital in the middle of a sentence that is no name: the court that speaks, and who does.
_NO_NAMES = frozenset({"Court", "I", "A", "The", "This", "That", "It"})
_OPENS = re.compile(r"(?:^|[.?!:;—–]|[“\"‘(])\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A sentence as a style model sees it, and what its tokens stand for."""

    plain: str
    line: str
    kept: Mapping[str, str] = field(default_factory=dict[str, str])


def locked(plain: str, ordinary: frozenset[str] | None = None) -> Locked:
    """Put a token in the place of everything in a sentence that no style may touch.

    `ordinary` are words that are known to be no names: one of them at the beginning of a sentence
    stays a word. None takes a single capital there for the sentence's own.
    """
    text = plain.strip()
    pieces: list[str] = []
    kept: dict[str, str] = {}
    count: Counter[Kind] = Counter()
    at = 0
    for span, kind in _spans(text, ordinary):
        count[kind] += 1
        token = f"[{kind}{count[kind]}]"
        kept[token] = span.of(text)
        pieces += [text[at : span.start], token]
        at = span.end
    line = " ".join("".join([*pieces, text[at:]]).split())
    return Locked(plain=text, line=line, kept=kept)


def unlocked(line: str, kept: Mapping[str, str]) -> str:
    """Put back what the tokens of a line stand for; what is no token of it stays."""
    return TOKEN.sub(lambda match: kept.get(match[0], match[0]), line)


def relocked(text: str, known: Locked) -> str:
    """Return a sentence that was written out, with the tokens of the plain one in it again."""
    for token, words in sorted(known.kept.items(), key=lambda item: -len(item[1])):
        pattern = rf"(?<![\w\[]){re.escape(words)}(?!\w)"
        if words[:1] in '[“"‘(':
            pattern = re.escape(words)
        text = re.sub(pattern, lambda _, token=token: token, text, count=1)
    return text


def misplaced(line: str, known: Locked) -> str | None:
    """Say which token is not back exactly once, in words; None where each is."""
    back = Counter(match[0] for match in TOKEN.finditer(line))
    for token, times in back.items():
        what = _what(token)
        if token not in known.kept:
            return f"it brought in {what} that is not of this sentence"
        if times > 1:
            return f"it repeated {what}"
    gone = next((token for token in known.kept if token not in back), None)
    return f"it left out {_what(gone)}" if gone else None


def _what(token: str) -> str:
    return next((words for kind, words in WORDS.items() if kind == token[1]), "something")


def _spans(text: str, ordinary: frozenset[str] | None) -> list[tuple[Span, Kind]]:
    """Return what is locked, in order; of two that overlap both are one, of the first's kind."""
    taken: list[tuple[Span, Kind]] = []
    for kind, spans in (
        (Kind.CITATION, _citations(text)),
        (Kind.QUOTATION, _quoted(text)),
        (Kind.SOURCE, _found(_SOURCES, text)),
        (Kind.PRINTED, _found(_BRACKETS, text)),
        (Kind.DATE, _found(_DATE, text)),
        (Kind.FIGURE, _figures(text)),
        (Kind.PRINTED, _found(_ASIDE, text)),
        (Kind.NAME, _names(text, ordinary)),
        (Kind.PRINTED, _found(_ODD, text)),
    ):
        for span in spans:
            _take(taken, span, kind)
    return _adjoined(sorted(taken, key=lambda item: item[0].start), text)


def _take(taken: list[tuple[Span, Kind]], span: Span, kind: Kind) -> None:
    over = [each for each in taken if span.start < each[0].end and each[0].start < span.end]
    for each in over:
        taken.remove(each)
    whole = [span, *(each for each, _ in over)]
    wide = Span(min(each.start for each in whole), max(each.end for each in whole))
    taken.append((wide, over[0][1] if over else kind))


def _adjoined(spans: list[tuple[Span, Kind]], text: str) -> list[tuple[Span, Kind]]:
    """Make one name of `Rule` and `12(b)(6)`."""
    found: list[tuple[Span, Kind]] = []
    for span, kind in spans:
        last = found[-1] if found else None
        if (
            last
            and (last[1], kind) == (Kind.NAME, Kind.FIGURE)
            and not text[last[0].end : span.start].strip()
        ):
            found[-1] = (Span(last[0].start, span.end), Kind.NAME)
        else:
            found.append((span, kind))
    return found


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in pattern.finditer(text))


def _citations(text: str) -> Iterator[Span]:
    for found in find_citations(text):
        start = min(found.full_span.start, found.span.start)
        signal = _SIGNAL.search(text, 0, start)
        yield Span(signal.start() if signal else start, max(found.full_span.end, found.span.end))


def _quoted(text: str) -> Iterator[Span]:
    for span in (*quotations(text), *single_quotations(text)):
        yield Span(max(span.start - 1, 0), min(span.end + 1, len(text)))


def _figures(text: str) -> Iterator[Span]:
    for match in _FIGURE.finditer(text):
        start = match.end() - len(match[0].lstrip())
        yield Span(start, match.end())


def _names(text: str, ordinary: frozenset[str] | None) -> Iterator[Span]:
    for match in _NAME.finditer(text):
        start, words = match.start(), match[0]
        if _OPENS.search(text, 0, start):
            first, _, rest = words.partition(" ")
            if _is_ordinary(
                first,
                ordinary,
                followed=bool(rest) or text[match.end() : match.end() + 2].strip().isdigit(),
                text=text,
                at=start,
            ):
                start, words = start + len(first) + 1, rest
                # What joined it to the next is none of the name.
                dropped = re.match(r"(?:(?:of the|of|for the|for|de|van|von|v\.|&) )+", words)
                start += dropped.end() if dropped else 0
                words = words[dropped.end() :] if dropped else words
        last = words.rpartition(" ")[2]
        if words.endswith(".") and not (is_abbreviation(last) or "." in last[:-1]):
            words = words[:-1]
        words = _POSSESSIVE.sub("", words)
        if words and words not in _NO_NAMES:
            yield Span(start, start + len(words))


def _is_ordinary(
    first: str, ordinary: frozenset[str] | None, *, followed: bool, text: str, at: int
) -> bool:
    """Say whether the first word of a sentence has its capital for being the first."""
    word = _POSSESSIVE.sub("", first.rstrip("."))
    if word in _NO_NAMES or word.lower() in _OPENERS:
        return True
    if (
        not word[1:].islower()
        or word != first.rstrip(".")
        or text[at + len(word) : at + len(word) + 2] == "’s"
    ):
        return False
    return word.lower() in ordinary if ordinary is not None else not followed


# Words that open sentences and are nobody's name.
_OPENERS = frozenset(
    """
    a an the this that these those such it they he she we you i each every any no all some many most
    few several both either neither none nothing nobody another other his her its their our one in
    on at by for from with without within under over upon of to into against between among through
    during since before after until because although though while when whenever where whether if
    unless once as but and or nor so yet however therefore thus accordingly moreover furthermore
    hence there here what who whom whose which how why not only even also further finally first
    second third instead indeed rather still then nevertheless nonetheless generally ordinarily
    usually likewise similarly consequently specifically absent notwithstanding despite except
    pursuant is are was were may must shall can will should could would has have had does do did
    courts parties whoever whatever
    """.split()
)
