"""Who signed a paper, and before which judge it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.law.names import as_name

_WORD = r"(?:[A-Z][\w'’-]*\.?|[A-Z]\.|de|van|von|der|la)"
_NAME = rf"{_WORD}(?:[ \t]+{_WORD}){{1,4}}(?:,?[ \t]+(?:Jr|Sr|JR|II|III|IV)\b\.?)?"
_BY_COMPUTER = re.compile(
    rf"(?:/s/?|\bs/)[ \t]*(?P<rest>[^\n]*)(?:\n(?P<next>[^\n]*))?(?:\n(?P<last>[^\n]*))?"
)
_STARTS_NAME = re.compile(_NAME)
_CLOSING = re.compile(
    r"^[ \t]*(?:respectfully(?:[ \t]+submitted)?|(?:yours[ \t]+)?sincerely(?:[ \t]+yours)?|very[ \t]+truly[ \t]+yours"
    r"|yours[ \t]+(?:very[ \t]+)?(?:truly|faithfully|sincerely)|(?:best|kind)?[ \t]*regards)[ \t]*,?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_BENCH = (
    r"(?:(?:Chief|Senior|Presiding)\s+)?(?:(?:United\s+States|U\.S\.)\s+)?"
    r"(?:(?:Chief|Senior)\s+)?(?:District|Magistrate|Bankruptcy|Circuit|Superior Court|Chief|Presiding|Administrative Law)\s+"
    r"(?:Court\s+)?(?:Judge|Justice)|Chief Judge|Chief Justice|Judge of the Superior Court"
)
_BENCH = rf"(?:{_BENCH}|(?:CHIEF\s+)?(?:UNITED\s+STATES\s+|U\.S\.\s+)(?:SENIOR\s+)?(?:DISTRICT|MAGISTRATE|BANKRUPTCY|CIRCUIT)\s+(?:COURT\s+)?JUDGE)"
_SIGNED_BENCH = re.compile(
    rf"^[^\n\w]*(?:Present:[ \t]*)?(?:(?:The[ \t]+)?(?:Hon(?:orable|\.)?|HON(?:ORABLE|\.)?)\s+)?(?:The[ \t]+)?(?P<name>{_NAME})[\s,]{{1,4}}{_BENCH}",
    re.MULTILINE,
)
_TITLED = re.compile(
    r"(?:^|[,:(\[]|\b(?:the|before|to|judge))[ \t]*\b(?:(?:The[ \t]+)?(?:Hon\.|Honorable|HON\.|HONORABLE|Hon)[: \t][ \t]*(?:(?:Chief|Magistrate|Senior)\s+)?(?:Judge\s+)?"
    r"|(?:Chief\s+|Magistrate\s+|Presiding\s+|Senior\s+)?Judge:?\s+|DC Judge:?\s+)"
    rf"(?P<name>{_NAME}|[A-Z][a-z]+(?=\s|$))",
    re.MULTILINE,
)
_PANEL = re.compile(
    r"^[ \t]*Before:?\s+(?P<names>[A-Z][^.]{3,200}?(?:\b[A-Z]\.[^.]{2,120})*?),?\s+(?:Senior\s+)?Circuit\s+Judges?",
    re.IGNORECASE | re.MULTILINE,
)
_BRITISH = re.compile(
    r"^[ \t]*Before\s*:?[ \t]*\n?(?P<names>(?:[^\n]*\S[^\n]*\n?|\n){1,6})",
    re.IGNORECASE | re.MULTILINE,
)
_OFFICES = re.compile(
    r"\b(?:Chief|Circuit|District|Senior|Magistrate|Presiding|Judges?|Justices?|C\.?J\.?|JJ?\.)(?=[\s,.]|$)",
    re.IGNORECASE,
)
_BRITISH_JUDGE = re.compile(
    r"justice|judge|\bq\.?c\b|\bk\.?c\b|master|lord|lady|member|president|sir\b|^m[rs]s? ",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:llp|llc|p\.?c|inc|law|office|offices|attorneys?|counsel|street|avenue|suite|court|judge|justice"
    r"|united|states|district|dated?|bar|no|case|plaintiffs?|defendants?|appell\w+|petitioners?|respondents?"
    r"|clerk|esq|telephone|email|department|division|manager|signature|name|your|the|of|for|submitted|by|filed|not|present|deputy)\b",
    re.IGNORECASE,
)
_LINES = 7  # after a closing, until the name stands there
_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Names, each once in order, and how sure they are."""

    names: tuple[str, ...]
    sureness: float


def signers_of(text: str) -> Persons | None:
    """Return who signed a paper; None where nothing tells."""
    electronic = tuple(dict.fromkeys(_electronic(text)))
    if electronic:
        return Persons(names=electronic[:_MOST], sureness=0.85 if len(electronic) <= 3 else 0.6)
    closed = tuple(dict.fromkeys(_after_closings(text)))
    if closed:
        return Persons(names=closed[:_MOST], sureness=0.8 if len(closed) == 1 else 0.6)
    bench = [as_name(match["name"]) for match in _SIGNED_BENCH.finditer(text[-1_500:])]
    return Persons(names=(bench[-1],), sureness=0.8) if bench and _is_person(bench[-1]) else None


def judge_of(head: str, tail: str, initials: str, *, british: bool) -> Persons | None:
    """Return before whom a case is; `initials` are those at the end of a federal docket number."""
    if british:
        return _british(head)
    panel = _PANEL.search(head)
    if panel:
        return _panel(panel["names"])
    signed = [match["name"] for match in _SIGNED_BENCH.finditer(tail)]
    titled = [match["name"] for match in _TITLED.finditer(head)]
    candidates = [name for name in map(as_name, (*signed, *titled)) if _is_judge(name)]
    fitting = [name for name in candidates if _initials(name) in initials.split("-")]
    if fitting:
        return Persons(names=(fitting[0],), sureness=0.95)
    if not candidates:
        return None
    return Persons(names=(candidates[0],), sureness=0.8 if signed and not initials else 0.5)


def _electronic(text: str) -> Iterator[str]:
    for match in _BY_COMPUTER.finditer(text):
        for line in (match["rest"], match["next"] or "", match["last"] or ""):
            name = _person_at_start(line)
            if name:
                yield name
                break
            if line.strip(" _"):
                break


def _after_closings(text: str) -> Iterator[str]:
    for match in _CLOSING.finditer(text):
        for line in text[match.end() :].strip("\n").split("\n")[:_LINES]:
            name = _person_at_start(re.sub(r"^\W*By:?\W*", "", line.strip()))
            if name:
                yield name
                break


def _person_at_start(line: str) -> str | None:
    match = _STARTS_NAME.match(line.strip(" _*\t"))
    if match is None:
        return None
    name = as_name(re.split(r",\s*(?!(?:Jr|Sr|JR|II|III|IV)\b)", match[0])[0])
    return name if _is_person(name) else None


def _is_person(name: str) -> bool:
    return 1 < len(name.split()) <= 5 and not _NO_NAME.search(name) and not re.search(r"\d", name)


def _is_judge(name: str) -> bool:
    return not _NO_NAME.search(name) and not re.search(r"\d", name)


def _initials(name: str) -> str:
    words = [
        word
        for word in name.replace(".", ". ").split()
        if word.rstrip(".,") not in {"Jr", "Sr", "II", "III"}
    ]
    return "".join(word[0] for word in words).upper()


def _panel(names: str) -> Persons | None:
    plain = " ".join(_OFFICES.sub("", names).replace("*", "").split())
    judges = [as_name(each.strip(" ,.")) for each in re.split(r",|\band\b|\bAND\b", plain)]
    found = tuple(name for name in judges if len(name) > 2)
    return Persons(names=found, sureness=0.85) if found else None


def _british(head: str) -> Persons | None:
    match = _BRITISH.search(head)
    if match is None:
        return None
    lines = [line.strip(" \t-:") for line in match["names"].split("\n")]
    judges = [as_name(line) for line in lines if _BRITISH_JUDGE.search(line) and len(line) < 80]
    return Persons(names=tuple(judges[:3]), sureness=0.8) if judges else None
