"""The habits of a writer that can be counted: how long, how cited, how hedged, how opened.

Each habit is a rate in one document: so many in so many. What it is called, and how one says that
somebody has it more or less than others, stands beside it in words for the reader of a card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import fmean, pstdev

from core.model import CitationKind
from core.style.author.habit_table import HABITS
from core.style.author.prose import Kind, OwnProse
from core.style.author.shapes import plain_marks
from core.style.author.words import BOOSTERS, HEDGES, IRREGULAR, LATIN, STYLE_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SHORT, _LONG = 8, 40  # words of a sentence that is plainly short, or long
_CONTRACTION = re.compile(
    r"\b\w+n't\b|\b\w+'(?:ll|re|ve|m|d)\b|\b(?:it|that|there|let|what|who|he|she)'s\b",
    re.IGNORECASE,
)
# Of three single words; longer series look like clauses that a comma parts.
_SERIES = re.compile(
    r"(?<=[a-z] )(?P<first>[\w'-]+), (?P<middle>[\w'-]+)(?P<comma>,)? (?:and|or) [\w'-]+"
)
_DEFINED = re.compile(
    r"\((?:hereinafter |collectively,? |the |an? |together,? ){0,3}[\"“][^\"“”]{2,40}[\"”]\)"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\b (?:(?:not|\w+ly|also|thus|never|so) )?"
    rf"(?:\w{{2,}}ed|{'|'.join(IRREGULAR)})\b"
)
_CLEANED = re.compile(r"\(cleaned up\)", re.IGNORECASE)
_BETWEEN_CITES = re.compile(
    r";\s*(?:and\s+)?(?:see|cf|accord|but|also|e\.g\.|[,. ])*", re.IGNORECASE
)
_FULL = frozenset({CitationKind.FULL, CitationKind.UNKNOWN})
_SHORT_FORMS = frozenset(
    {CitationKind.SHORT, CitationKind.ID, CitationKind.SUPRA, CitationKind.REFERENCE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many times in so many chances; `of` 0 says that there was no chance."""

    times: float
    of: float

    @property
    def value(self) -> float | None:
        return self.times / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document is counted in, taken from its own prose once."""

    prose: OwnProse
    text: str
    words: tuple[str, ...]
    lengths: tuple[int, ...]
    openings: tuple[str, ...]


def facts(prose: OwnProse) -> Facts:
    """Take from a document what its habits are counted in."""
    sentences = [plain_marks(sentence.text) for sentence in prose.sentences]
    words = [_WORD.findall(sentence) for sentence in sentences]
    return Facts(
        prose=prose,
        text="\n".join(sentences),
        words=tuple(word.lower() for each in words for word in each),
        lengths=tuple(len(each) for each in words if each),
        openings=tuple(_opening(sentence) for sentence in sentences),
    )


def count(prose: OwnProse) -> Mapping[str, Rate]:
    """Count every habit in a document, by its key."""
    known = facts(prose)
    return {habit.key: _COUNTS[habit.key](known) for habit in HABITS}


def _opening(sentence: str) -> str:
    match = _WORD.match(sentence.lstrip("([“\"'"))
    return match[0].lower() if match else ""


# --- how each is counted ---


def _per_word(found: Callable[[Facts], int]) -> Callable[[Facts], Rate]:
    return lambda known: Rate(times=found(known), of=len(known.words))


def _of_sentences(found: Callable[[Facts], int]) -> Callable[[Facts], Rate]:
    return lambda known: Rate(times=found(known), of=len(known.lengths))


def _sign(mark: str) -> Callable[[Facts], Rate]:
    return _per_word(lambda known: known.text.count(mark))


def _words(*wanted: str) -> Callable[[Facts], Rate]:
    return _per_word(lambda known: sum(map(frozenset(wanted).__contains__, known.words)))


def _phrases(table: str) -> Callable[[Facts], Rate]:
    return _per_word(lambda known: len(_any_of(table).findall(known.text)))


@cache
def _any_of(table: str) -> re.Pattern[str]:
    phrases = [" ".join(phrase.split()) for phrase in table.split(",")]
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def _opens(*words: str) -> Callable[[Facts], Rate]:
    wanted = frozenset(words)
    return _of_sentences(lambda known: sum(word in wanted for word in known.openings))


def _signal(*signals: str) -> Callable[[Facts], Rate]:
    def counted(known: Facts) -> Rate:
        cites = known.prose.citations
        return Rate(times=sum((cite.signal or "") in signals for cite in cites), of=len(cites))

    return counted


def _average(values: Sequence[int]) -> Rate:
    return Rate(times=fmean(values), of=1) if values else Rate(times=0, of=0)


def _paragraphs(known: Facts) -> Rate:
    return _average([len(_WORD.findall(p.text)) for p in known.prose.paragraphs])


def _spread(known: Facts) -> Rate:
    many = len(known.lengths) > 1
    return Rate(times=pstdev(known.lengths) if many else 0, of=int(many))


def _cuts(kind: Kind) -> Callable[[Facts], Rate]:
    return _per_word(lambda known: sum(cut.kind is kind for cut in known.prose.cuts))


def _blocks(known: Facts) -> int:
    """Quotations set apart: one that was set line by line, or in paragraphs, is one."""
    kinds = [None, *(cut.kind for cut in known.prose.cuts)]
    return sum(this is Kind.BLOCK_QUOTATION is not last for last, this in pairwise(kinds))


def _parenthetical(known: Facts) -> Rate:
    full = [c for c in known.prose.citations if c.kind in _FULL]
    return Rate(times=sum(1 for c in full if c.parenthetical), of=len(full))


def _short_form(known: Facts) -> Rate:
    kinds = [c.kind for c in known.prose.citations]
    short = sum(kind in _SHORT_FORMS for kind in kinds)
    return Rate(times=short, of=short + sum(kind in _FULL for kind in kinds))


def _string(known: Facts) -> Rate:
    """How many citations stand in a row, parted by nothing but a semicolon and a signal."""
    cites, text = known.prose.citations, known.prose.text
    joined = sum(
        _BETWEEN_CITES.fullmatch(text[one.full_span.end : other.full_span.start]) is not None
        for one, other in pairwise(cites)
        if one.full_span.end <= other.full_span.start <= one.full_span.end + 40
    )
    return Rate(times=len(cites), of=len(cites) - joined)


def _cleaned(known: Facts) -> Rate:
    quoted = len(known.prose.cut(Kind.QUOTATION))
    return Rate(times=len(_CLEANED.findall(known.prose.text)), of=quoted)


def _oxford(known: Facts) -> Rate:
    series = [
        found
        for found in _SERIES.finditer(known.text)
        if not {found["first"].lower(), found["middle"].lower()} & STYLE_WORDS
    ]
    return Rate(times=sum(1 for found in series if found["comma"]), of=len(series))


def _defined(known: Facts) -> Rate:
    return Rate(times=len(_DEFINED.findall(known.prose.text)), of=len(known.words))


def _titled(known: Facts) -> Rate:
    """Headings of words that are in Title Case or capitals, of all that are more than a number."""
    headings = [h for h in known.prose.cut(Kind.HEADING) if len(_WORD.findall(h)) > 1]
    big = sum(all(w[0].isupper() for w in _WORD.findall(h) if len(w) > 3) for h in headings)
    return Rate(times=big, of=len(headings))


_COUNTS: dict[str, Callable[[Facts], Rate]] = {
    "sentence": lambda known: _average(known.lengths),
    "spread": _spread,
    "short": _of_sentences(lambda known: sum(n <= _SHORT for n in known.lengths)),
    "long": _of_sentences(lambda known: sum(n >= _LONG for n in known.lengths)),
    "paragraph": _paragraphs,
    "see": _signal("see"),
    "see_also": _signal("see also", "see also e.g."),
    "see_eg": _signal("see e.g.", "e.g."),
    "cf": _signal("cf.", "cf. e.g."),
    "but_see": _signal("but see", "but see also", "but cf.", "but see e.g.", "but cf. e.g."),
    "accord": _signal("accord"),
    "compare": _signal("compare", "with"),
    "no_signal": _signal(""),
    "parenthetical": _parenthetical,
    "short_form": _short_form,
    "string": _string,
    "cleaned_up": _cleaned,
    "quotation": _cuts(Kind.QUOTATION),
    "block": _per_word(_blocks),
    "note": _cuts(Kind.NOTE_MARK),
    "hedge": _phrases(HEDGES),
    "booster": _phrases(BOOSTERS),
    "passive": _of_sentences(lambda known: len(_PASSIVE.findall(known.text))),
    "contraction": _per_word(lambda known: len(_CONTRACTION.findall(known.text))),
    "i": _words("i", "me", "my", "myself"),
    "we": _words("we", "us", "our", "ours"),
    "latin": _phrases(LATIN),
    "which": _words("which"),
    "not": _words("not", "nor", "neither"),
    "upon": _words("upon"),
    "but": _opens("but"),
    "and": _opens("and"),
    "yet": _opens("yet"),
    "nor": _opens("nor"),
    "however": _opens("however"),
    "thus": _opens("thus", "therefore", "accordingly"),
    "moreover": _opens("moreover", "furthermore"),
    "indeed": _opens("indeed"),
    "because": _opens("because"),
    "semicolon": _sign(";"),
    "colon": _sign(":"),
    "dash": _sign("—"),
    "parenthesis": _sign("("),
    "question": _of_sentences(lambda known: known.text.count("?")),
    "oxford": _oxford,
    "defined": _defined,
    "titled": _titled,
}
