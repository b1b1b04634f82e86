"""Read a question in its conversation: what is asked, by itself, and to what it narrows itself.

By rules, always; a language model may put it better, in words of the conversation and no others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.law.courts import court_name
from core.model import Filters, OpinionKind, Restated
from core.search.terms import terms

# Words of the question before that are searched again with a follow-up.
MOST_CARRIED = 40
# A question with fewer words of its own than these says too little by itself, after another; in
# one with more than those, what a pronoun points to is there.
_FEW_WORDS, _MANY_WORDS = 3, 20
_YEAR = r"(?:1[6-9]|20)\d\d"

_LEADS = re.compile(
    r"(?:and|but|so|or|also|then|now|ok(?:ay)?|well|what (?:about|if|of)|how about|why(?: not)?"
    r"|even if|except|unless|same (?:question|thing))\b[\s,]*(?:(?:for|in|with|when|if)\b)?",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|he|him|she|her|those|these|such a|the same|the latter|the former"
    r"|that (?:rule|case|test|standard|holding|exception|doctrine|decision|opinion|court|claim)"
    r"|this (?:rule|case|test|standard|holding|exception|doctrine|decision|opinion)"
    r"|(?:is|was|does|did|would|can|has) (?:that|this)|there an? exception)\b",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh".split()
_CIRCUITS = {word: f"ca{n}" for n, word in enumerate(_ORDINALS, 1)} | {
    "federal": "cafc",
    "d.c.": "cadc",
    "dc": "cadc",
}
_CIRCUIT = re.compile(
    rf"\b(?:in|of|by|from|before|within)\s+the\s+(?P<which>{'|'.join(_ORDINALS)}|federal|d\.?c\.?"
    r"|\d{1,2}(?:st|nd|rd|th|d))\s+cir(?:cuit|\.)",
    re.IGNORECASE,
)
_SUPREME = re.compile(
    r"\b(?:in|of|by|from|before)\s+the\s+(?:(?:u\.\s?s\.|united states)\s+supreme court"
    r"|supreme court of the united states)",
    re.IGNORECASE,
)
_DECIDED = r"\b(?:cases?|courts?|decisions?|decided|opinions?|law|holdings?|rul(?:ed|ings?)|held)\b"
_SINCE = re.compile(
    rf"{_DECIDED}[^.?]{{0,40}}?\b(?P<word>since|after|before|until)\s+(?P<year>{_YEAR})\b"
    rf"|^(?:and |but |what about )?(?P<word2>since|after|before|until)\s+(?P<year2>{_YEAR})\b"
    r"(?=\s*[,?])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"{_DECIDED}[^.?]{{0,40}}?\b(?:between|from)\s+(?P<first>{_YEAR})\s+(?:and|to|until)\s+"
    rf"(?P<last>{_YEAR})\b",
    re.IGNORECASE,
)
_DECADE = re.compile(
    rf"{_DECIDED}[^.?]{{0,40}}?\bin the (?P<decade>(?:1[6-9]|20)\d)0s\b", re.IGNORECASE
)
_AS_OF = re.compile(rf"\bas of (?:the end of |january )?(?P<year>{_YEAR})\b", re.IGNORECASE)
_DISSENTS = re.compile(
    r"\b(?:did|do|does|has|was there|were there)\s+(?:any(?:one|body)?|the|a)?\s*"
    r"(?:justices?|judges?|dissents?)?\s*dissent(?:s|ed|ing)?\b(?! in )"
    r"|\bwhat (?:do|did) (?:the )?dissent(?:s|ers|ing opinions?)\b",
    re.IGNORECASE,
)
# What `terms` makes of the words with which a question narrows itself.
_NARROWING_WORDS = frozenset(
    terms(
        f"{' '.join(_ORDINALS)} 1st 2d 2nd 3d 3rd federal d.c. circuit supreme court states united"
        " u.s. case cases courts since after until before between decided decisions opinions"
        " what about"
    )
) | frozenset(str(year) for year in range(1600, 2100))
_DISSENTING = frozenset({OpinionKind.DISSENT, OpinionKind.CONCUR_DISSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Narrowing:
    """One thing a question narrows itself to: of what kind, in which words, and how."""

    kind: str
    words: str
    fields: Mapping[str, object]


def restate(question: str, before: Sequence[str] = (), given: Filters | None = None) -> Restated:
    """Read a question by rules.

    `before` are the questions asked before it, the earliest first: one that hangs on them is
    searched with their words. Courts, dates and parts of an opinion that it names, or that a
    question it hangs on named, narrow the search; what is `given` goes before them.
    """
    whole = " ".join(question.split())
    chain = _chain(whole, before)
    narrowings = {one.kind: one for asked in chain for one in _narrowings(asked)}
    kept = [one for one in narrowings.values() if not _is_given(one, given)]
    fields = {name: value for one in kept for name, value in one.fields.items()}
    return Restated(
        question=question.strip(),
        whole=" ".join(chain),
        search=_search(chain),
        filters=replace(given or Filters(), **fields),  # type: ignore[arg-type]  # each by its field's name
        narrowed=tuple(one.words for one in kept),
    )


def as_it_stands(question: str) -> Restated:
    """Take a question for what it is, with no conversation and no reading."""
    return Restated(question=question, whole=question, search=question)


def hangs(question: str) -> bool:
    """Say whether a question is understood only after the one before it."""
    points = _POINTS_BACK.search(question) or _DISSENTS.search(question)
    return (
        _LEADS.match(question) is not None
        or (points is not None and len(question.split()) <= _MANY_WORDS)
        or len(set(terms(question))) < _FEW_WORDS
    )


def _chain(question: str, before: Sequence[str]) -> list[str]:
    """Return the question with those it hangs on, the earliest first."""
    chain = [question]
    for earlier in reversed(before):
        if not hangs(chain[0]):
            break
        chain.insert(0, " ".join(earlier.split()))
    return chain


def _search(chain: Sequence[str]) -> str:
    """Return the words to search: in a chain without those that only lead in, or narrow."""
    if len(chain) == 1:
        return chain[0]
    *earlier, last = map(_bare, chain)
    carried = " ".join(earlier).split()[-MOST_CARRIED:]
    return " ".join([*carried, last]).strip()


def _bare(question: str) -> str:
    bare = question
    for pattern in (_CIRCUIT, _SUPREME, _SINCE, _BETWEEN, _DECADE, _AS_OF):
        bare = pattern.sub(lambda match: match[0] if _says_more(match[0]) else " ", bare)
    return " ".join(_LEADS.sub("", bare, count=1).strip(" ,?").split())


def _says_more(narrowing: str) -> bool:
    """Say whether words that narrow hold others that are looked for: `cases on seizure since`."""
    return len(set(terms(narrowing)) - _NARROWING_WORDS) > 0


def _is_given(one: _Narrowing, given: Filters | None) -> bool:
    return given is not None and any(getattr(given, name) for name in one.fields)


def _narrowings(question: str) -> list[_Narrowing]:
    return [*_courts(question), *_dates(question), *_as_of(question), *_parts(question)]


def _courts(question: str) -> list[_Narrowing]:
    ids = [_circuit(match["which"]) for match in _CIRCUIT.finditer(question)]
    ids += ["scotus"] if _SUPREME.search(question) else []
    if not ids:
        return []
    names = " and ".join(dict.fromkeys(map(court_name, ids)))
    return [_Narrowing(kind="court", words=names, fields={"courts": frozenset(ids)})]


def _circuit(which: str) -> str:
    plain = which.casefold()
    digits = re.match(r"\d+", plain)
    return f"ca{digits[0]}" if digits else _CIRCUITS[plain]


def _dates(question: str) -> list[_Narrowing]:
    if match := _BETWEEN.search(question):
        first, last = sorted((int(match["first"]), int(match["last"])))
        return [_decided(f"decided from {first} to {last}", first, last)]
    if match := _DECADE.search(question):
        first = int(match["decade"]) * 10
        return [_decided(f"decided in the {first}s", first, first + 9)]
    if match := _SINCE.search(question):
        word = (match["word"] or match["word2"]).casefold()
        year = int(match["year"] or match["year2"])
        if word in {"since", "after"}:
            first = year + (word == "after")
            return [_decided(f"decided since {first}", first, None)]
        last = year - (word == "before")
        return [_decided(f"decided up to {last}", None, last)]
    return []


def _decided(words: str, first: int | None, last: int | None) -> _Narrowing:
    fields = {
        "filed_from": date(first, 1, 1) if first else None,
        "filed_to": date(last, 12, 31) if last else None,
    }
    return _Narrowing(kind="decided", words=words, fields=fields)


def _as_of(question: str) -> list[_Narrowing]:
    match = _AS_OF.search(question)
    if match is None:
        return []
    year = int(match["year"])
    day = date(year, 1, 1) if "january" in match[0].casefold() else date(year, 12, 31)
    words = f"the law as of {day.day} {day:%B %Y}"
    return [_Narrowing(kind="as of", words=words, fields={"as_of": day})]


def _parts(question: str) -> list[_Narrowing]:
    if not _DISSENTS.search(question):
        return []
    return [_Narrowing(kind="part", words="dissents", fields={"kinds": _DISSENTING})]
