"""Where a text names an authority: by a citation, by the case's name, by one party of it.

A court that overrules a case seldom cites it in that very sentence: "Pell is overruled." What is
said of a case can be read only where every way of naming it is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.law.captions import parties
from core.law.sentences import is_abbreviation
from core.model import Span

# The case that is asked about; other authorities have other numbers.
TARGET = 0

# How far before a citation its name may begin.
_NAME_REACH = 220
_FEWEST_LETTERS = 3
_AFTER_CITATION = re.compile(
    r"(?:,?\s*(?:at\s+)?\*?\d{1,6}(?:\s?[-–—]\s?\d{1,6})?(?:\s*(?:&\s*)?nn?\.\s?\d{1,3})?)*"
    r"(?:\s*[(\[](?:[^()\[\]]{0,40}\b)?(?:1[6-9]|20)\d\d[)\]])?"
)
# Between a name and its citation: no full stop but that of `Co.,`.
_UP_TO_CITATION = re.compile(r"(?:\.?,)?\s*(?:supra,?\s*)?(?:[(\[]\d{4}[)\]]\s*)?")
# What may stand between two mentions of one authority that are one mention.
_JOINS = re.compile(
    r"(?:[\s,;=]|v\.|supra|ante|post|infra|and|(?:at\s+)?\d+|[(\[][^()]{0,40}[)\]])*"
)
_JOINED_REACH = 30
_OTHER_NAME = re.compile(
    r"(?:(?:In re|Ex parte|Matter of) (?:[A-Z][\w.&'’-]*,? ?){1,5}"
    r"|(?:[A-Z][\w.&'’-]*,? (?:(?:of|the|and|for|&|ex rel\.) )*){1,7}v\. "
    r"(?:[A-Z][\w.&'’-]*,?(?: (?:of|the|and|for|&) (?=[A-Z]))? ?){1,7})"
)
_LOWER_START = re.compile(
    r"(?:See|In|But|Cf\.|And|The|Of|From|Under|After|Since|Accord)\s+(?=[A-Z])"
)
_COMPANY = re.compile(
    r"[\s,]+(?:Inc|Co|Corp|Ltd|L\.?L\.?C|L\.?L\.?P|L\.?P|N\.?A|Company|Corporation|Incorporated"
    r"|Limited|et al|Jr|Sr|Assn|Ass'n)\.?$"
)
# Parties that name no case by themselves, and words that are more than a name.
_NO_NAME = frozenset(
    """
    united states state people commonwealth commissioner government director secretary warden
    superintendent attorney general board county city town village school district department
    company corporation railroad railway insurance national american first federal north south
    east west new york california texas virginia washington florida ohio illinois indiana georgia
    michigan pennsylvania massachusetts maine carolina dakota jersey mexico hampshire act court
    congress constitution amendment the and bank trust union workers international general internal
    revenue commission committee association society university college hospital motor motors
    education election health services human resources labor trade transportation appeals public
    employment security social welfare safety protection environmental savings loan life mutual
    steel oil gas power light electric telephone western eastern southern northern pacific atlantic
    central great doe in re ex parte matter estate none house senate president justice judge day
    may march april june
    """.split()
)
# The rest of a party's name: ` Insurance Co.` of Continental Insurance Co.
_REST = (
    r"(?:,?\s(?:(?:Inc|Co|Corp|Ltd|Ry|R|Bros|Assn|Ass['’]n|Cas|Ins|Mfg|L\.L\.C|N\.A)\."
    r"|&|(?:(?:of|the|for)\s)*[A-Z][\w'’-]*(?![\w.'’-]))){0,6}"
)
_CAPITAL = re.compile(r"\b[A-Z][a-z][\w-]+")
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Justice|Judge|Justices|Messrs|Senator|Governor|[Pp]etitioner"
    r"|[Rr]espondent|[Dd]efendant|[Pp]laintiff|[Aa]ppell(?:ant|ee)|Officer|Detective|v)\.?|[A-Z]\.)"
    r"\s+$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """A citation in a text: where it stands, whom it points to, and the parties written before."""

    span: Span
    who: int
    plaintiff: str | None = None
    defendant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names an authority, with its citation where that follows."""

    span: Span
    who: int


def mentions(
    text: str,
    pointed: Sequence[Pointed],
    names: Sequence[str],
    *,
    own: str | None = None,
    others: Mapping[str, int] | None = None,
) -> tuple[Mention, ...]:
    """Find where a text names the case asked about, and other cases, in order, none over another.

    `names` are the names of the case asked about; `own` is that of the case the text is of, whose
    parties are people here and never the earlier case; `others` are single words for cases cited
    elsewhere in the opinion. Cases that are named and not cited get negative numbers.
    """
    found = [Mention(span=_with_name(text, one), who=one.who) for one in pointed]
    for pattern in (_full_names(tuple(names)), _short_names(tuple(names), own or "")):
        if pattern is not None:
            found += [
                Mention(span=Span(*match.span()), who=TARGET)
                for match in pattern.finditer(text)
                if not _is_other(text, match)
            ]
    found = _apart(found)
    found = _apart([*found, *_full_others(text, found)])
    if others:
        found = _apart([*found, *_short_others(text, found, others)])
    return _joined(text, found)


@lru_cache(maxsize=8192)
def short_names(name: str) -> tuple[str, ...]:
    """Return what a case is called after its full citation: `Hammer`, `Dagenhart`."""
    found: list[str] = []
    for party in filter(None, parties(name)):
        core = party.partition(",")[0].strip()
        while (shorter := _COMPANY.sub("", core)) != core:
            core = shorter
        words = core.split()
        if len(words) > 1 and not all(word.casefold() in _NO_NAME for word in words):
            found.append(core)
        found += [word for word in words[:1] + words[-1:] if _is_distinct(word)]
    return tuple(dict.fromkeys(found))


def _is_distinct(word: str) -> bool:
    bare = word.strip(".'’")
    return (
        len(bare) >= _FEWEST_LETTERS
        and bare[0].isupper()
        and not bare.isupper()
        and bare.casefold() not in _NO_NAME
        and not word.endswith(".")
    )


@lru_cache(maxsize=512)
def _full_names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """`Grovey v. Townsend`, whatever stands between the first words of its parties."""
    forms: list[str] = []
    for name in names:
        first, second = parties(name)
        if second is None:
            forms.append(_spaced(name))
        else:
            one, two = _spaced(_head(first)), _spaced(_head(second))
            forms.append(rf"{one}[\w.,&'’ -]{{0,50}}?\s+vs?\.\s+(?:The\s+)?{two}[\w'’]*{_REST}")
    return re.compile(rf"\b(?:{'|'.join(forms)})") if forms else None


@lru_cache(maxsize=512)
def _short_names(names: tuple[str, ...], own: str) -> re.Pattern[str] | None:
    ours = {word.casefold() for word in re.findall(r"\w+", own)}
    forms = {
        form
        for name in names
        for form in short_names(name)
        if not ours.intersection(word.casefold() for word in re.findall(r"\w+", form))
    }
    if not forms:
        return None
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(_spaced, longest))})(?![\w-])")


def _head(party: str) -> str:
    """Return the words that open a party's name, enough to know it again."""
    words = party.partition(",")[0].split()
    return " ".join(words[: 2 if words and words[0].casefold() in _NO_NAME else 1]) or party


def _spaced(words: str) -> str:
    return r"\s+".join(
        re.escape(word).replace("'", "['’]").replace("’", "['’]") for word in words.split()
    )


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Say whether a party's name is a person's here, or a party of another case."""
    if " v. " in match[0]:
        return False
    after = text[match.end() : match.end() + 40]
    return (
        re.match(r"(?:['’]s)?[\w.,&'’ -]{0,30}?\s+v\.\s|\s+[IV]+\b", after) is not None
        or _PERSON_BEFORE.search(text[max(0, match.start() - 16) : match.start()]) is not None
    )


def _with_name(text: str, one: Pointed) -> Span:
    """Widen a citation to the parties before it and to page and year behind it."""
    end = one.span.end
    after = _AFTER_CITATION.match(text, end)
    if after:
        end = after.end()
    floor = max(0, one.span.start - _NAME_REACH)
    before = text[floor : one.span.start]
    named = one.defendant
    if named and named.endswith(".") and not is_abbreviation(named.split()[-1][:-1]):
        named = None  # the name ends a sentence, and the citation is of another case
    last = _last(named, before)
    if last is None or not _UP_TO_CITATION.fullmatch(before, last.end):
        return Span(one.span.start, end)
    first = _last(one.plaintiff, before[: last.start])
    return Span(floor + (last if first is None else first).start, end)


def _last(words: str | None, text: str) -> Span | None:
    """Find the last place of a name; its words may stand on two lines."""
    if not words:
        return None
    at = text.rfind(words)
    if at >= 0:
        return Span(at, at + len(words))
    if " " not in words and "'" not in words:
        return None
    places = list(re.finditer(_spaced(words), text))
    return Span(*places[-1].span()) if places else None


def _short_others(
    text: str, taken: Sequence[Mention], others: Mapping[str, int]
) -> Iterator[Mention]:
    for match in _CAPITAL.finditer(text):
        who = others.get(match[0])
        if who is None or _is_other(text, match) or _covered(match.start(), match.end(), taken):
            continue
        yield Mention(span=Span(*match.span()), who=who)


def _covered(start: int, end: int, taken: Sequence[Mention]) -> bool:
    return any(one.span.start < end and start < one.span.end for one in taken)


def _full_others(text: str, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Name the other cases that stand between those already found."""
    numbers: dict[str, int] = {}
    edges = [0, *(edge for one in taken for edge in (one.span.start, one.span.end)), len(text)]
    for since, until in zip(edges[::2], edges[1::2], strict=True):
        for match in _OTHER_NAME.finditer(text, since, until):
            opening = _LOWER_START.match(match[0])
            start = match.start() + (opening.end() if opening else 0)
            end = match.start() + _name_end(match[0])
            name = " ".join(text[start:end].split())
            yield Mention(span=Span(start, end), who=numbers.setdefault(name, -1 - len(numbers)))


def _name_end(words: str) -> int:
    """Where a name ends that may have run on into the next sentence: `Ohio v. Roberts. We`."""
    versus = words.find(" v. ") + 1
    for match in re.finditer(r"(\S+)\.(?=\s)", words):
        if match.start() > versus + 1 and not is_abbreviation(match[1]):
            return match.end(1)
    return len(words.rstrip(" ,."))


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """Leave out what overlaps what came before it; of two that begin together, the longer stays."""
    apart: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not apart or one.span.start >= apart[-1].span.end:
            apart.append(one)
    return apart


def _joined(text: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    joined: list[Mention] = []
    for one in found:
        last = joined[-1] if joined else None
        between = text[last.span.end : one.span.start] if last else ""
        if last is not None and _is_one(last, one, between):
            joined[-1] = Mention(span=Span(last.span.start, one.span.end), who=one.who)
        else:
            joined.append(one)
    return tuple(joined)


def _is_one(first: Mention, second: Mention, between: str) -> bool:
    if first.who < TARGET:
        return between.strip() in {"", ","}  # a name, and the citation it belongs to
    return (
        first.who == second.who
        and len(between) <= _JOINED_REACH
        and _JOINS.fullmatch(between) is not None
    )
