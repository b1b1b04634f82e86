"""Who signed a paper, and before which judge it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.law.names import as_name

_WORD = r"(?:[A-Z][\w'’-]{0,30}\.?|[A-Z]\.|de|van|von|der|la)"
_NAME = rf"{_WORD}(?:[ \t]+{_WORD}){{1,4}}(?:,?[ \t]+(?:Jr|Sr|JR|II|III|IV)\b\.?)?"
_BY_COMPUTER = re.compile(
    r"(?:/s/?|\bs/)[ \t]*(?P<rest>[^\n]*)(?:\n(?P<next>[^\n]*))?(?:\n(?P<last>[^\n]*))?"
)
_STARTS_NAME = re.compile(_NAME)
_CLOSING = re.compile(
    r"^[ \t]*(?:respectfully(?:[ \t]+submitted)?|(?:yours[ \t]+)?sincerely(?:[ \t]+yours)?"
    r"|very[ \t]+truly[ \t]+yours|yours[ \t]+(?:very[ \t]+)?(?:truly|faithfully|sincerely)"
    r"|(?:best|kind)?[ \t]*regards)[ \t]*,?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_RANK = r"(?:Chief|Senior|Presiding)\s+"
_COURT = (
    r"(?:District|Magistrate|Bankruptcy|Circuit|Superior Court|Chief|Presiding"
    r"|Administrative Law)"
)
_BENCH = (
    rf"(?:(?:{_RANK})?(?:(?:United\s+States|U\.S\.)\s+)?(?:{_RANK})?{_COURT}\s+(?:Court\s+)?"
    r"(?:Judge|Justice)|Judge\s+of\s+the\s+Superior\s+Court"
    r"|(?:CHIEF\s+|SENIOR\s+)?(?:UNITED\s+STATES\s+|U\.S\.\s+)(?:SENIOR\s+)?"
    r"(?:DISTRICT|MAGISTRATE|BANKRUPTCY|CIRCUIT)\s+(?:COURT\s+)?JUDGE)"
)
_HONORABLE = r"(?:The[ \t]+)?(?:Hon\.|Honorable|HON\.|HONORABLE|Hon)"
_SIGNED_BENCH = re.compile(
    rf"^[^\n\w]*(?:Present:[ \t]*)?(?:{_HONORABLE}\s+)?(?:The[ \t]+)?(?P<name>{_NAME})"
    rf"[\s,]{{1,4}}{_BENCH}(?=\W*?$|[ \t]+Hon)",
    re.MULTILINE,
)
_TITLED = re.compile(
    rf"(?:(?:^|[,:(\[]|\b(?:the|before|to|judge))[ \t]*\b{_HONORABLE}[: \t][ \t]*"
    r"(?:(?:Chief|Magistrate|Senior)\s+)?(?:Judge\s+)?"
    r"|\b(?:(?:Chief|Magistrate|Presiding|Senior|DC)\s+)?Judge:?\s+)"
    rf"(?P<name>{_NAME}|[A-Z][a-z]+(?=\s|$))",
    re.MULTILINE,
)
_BELOW = re.compile(
    r"\bappeals?\s+from\b|\bon\s+(?:writ|petition)\b|\breview\s+of\b", re.IGNORECASE
)
_PANEL = re.compile(
    r"^[ \t]*Before:?\s+(?P<names>[A-Z][^.]{3,200}?(?:\b[A-Z]\.[^.]{2,120})*?),?\s+"
    r"(?:Senior\s+)?Circuit\s+Judges?",
    re.IGNORECASE | re.MULTILINE,
)
_IN_LINE = re.compile(rf"\b(?P<name>{_NAME}),\s+(?:P\.\s?J|C\.\s?J|J)\.(?=,|\s|$)")
_BRITISH = re.compile(
    r"^[ \t]*Before\s*:?[ \t]*\n?(?P<names>(?:[^\n]*\S[^\n]*\n?|\n){1,6})",
    re.IGNORECASE | re.MULTILINE,
)
_OFFICES = re.compile(
    r"\b(?:Chief|Circuit|District|Senior|Magistrate|Presiding|Judges?|Justices?|C\.?J\.?|JJ?\.)"
    r"(?=[\s,.]|$)",
    re.IGNORECASE,
)
_BRITISH_JUDGE = re.compile(
    r"justice|judge|\bq\.?c\b|\bk\.?c\b|master|lord|lady|member|president|sir\b|^m[rs]s? ",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:llp|llc|p\.?c|inc|law|offices?|attorneys?|counsel|street|avenue|suite|court|judge"
    r"|justice|united|states|district|dated?|bar|no|case|plaintiffs?|defendants?|appell\w+"
    r"|petitioners?|respondents?|clerk|esq|telephone|email|department|division|manager|signature"
    r"|name|your|the|of|for|submitted|by|filed|not|present|deputy|debtors?|chapter)\b|\d",
    re.IGNORECASE,
)
_LINES = 7  # after a closing, until the name stands there
_END = 1_500  # characters in which a judge signs
_MOST = 6
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Names, each once in order, and how sure they are."""

    names: tuple[str, ...]
    sureness: float


def signers_of(text: str) -> Persons | None:
    """Return who signed a paper; None where nothing tells."""
    electronic = tuple(dict.fromkeys(_electronic(text)))
    if electronic:
        sureness = 0.85 if len(electronic) <= _FEW else 0.6
        return Persons(names=electronic[:_MOST], sureness=sureness)
    closed = tuple(dict.fromkeys(_after_closings(text)))
    if closed:
        return Persons(names=closed[:_MOST], sureness=0.8 if len(closed) == 1 else 0.6)
    return _signing_judge(text[-_END:])


def _signing_judge(tail: str) -> Persons | None:
    """A judge's title stands under the name; behind it, as in a list, it may be somebody else's."""
    bench = [(match[0], as_name(match["name"])) for match in _SIGNED_BENCH.finditer(tail)]
    if not bench or not _is_person(bench[-1][1]):
        return None
    written, name = bench[-1]
    return Persons(names=(name,), sureness=0.8 if "\n" in written.strip() else 0.6)


def judge_of(head: str, tail: str, initials: str, *, british: bool) -> Persons | None:
    """Return before whom a case is; `initials` are those at the end of a federal docket number."""
    return (
        _british(head) if british else _panel(head) or _one_judge(head, tail, initials.split("-"))
    )


def _one_judge(head: str, tail: str, initials: list[str]) -> Persons | None:
    """A judge whose initials the docket number has is sure; one of a court below is not theirs."""
    signed = [as_name(match["name"]) for match in _SIGNED_BENCH.finditer(tail[-_END:])]
    titled = [as_name(match["name"]) for match in _TITLED.finditer(head)]
    bench = [as_name(match["name"]) for match in _SIGNED_BENCH.finditer(head)]
    candidates = [name for name in (*signed, *bench, *titled) if not _NO_NAME.search(name)]
    fitting = [name for name in candidates if _initials(name) in initials]
    if fitting:
        return Persons(names=(fitting[0],), sureness=0.95)
    if not candidates:
        return None
    own = candidates[0] in (*signed, *bench) and not any(initials)
    sureness = 0.3 if _BELOW.search(head) else 0.8 if own else 0.5
    return Persons(names=(candidates[0],), sureness=sureness)


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
    name = as_name(re.split(r",\s*(?!(?:Jr|Sr|JR|II|III|IV)\b)", match[0], maxsplit=1)[0])
    return name if _is_person(name) else None


def _is_person(name: str) -> bool:
    return len(name.split()) > 1 and not _NO_NAME.search(name)


def _initials(name: str) -> str:
    words = [word for word in name.replace(".", ". ").split() if word.rstrip(".,") not in _SUFFIXES]
    return "".join(word[0] for word in words).upper()


_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})


def _panel(head: str) -> Persons | None:
    panel = _PANEL.search(head)
    if panel is None:
        names = [as_name(match["name"]) for match in _IN_LINE.finditer(head)]
        return Persons(names=tuple(names[:_MOST]), sureness=0.8) if len(names) > 1 else None
    plain = " ".join(_OFFICES.sub("", panel["names"]).replace("*", "").split())
    judges = [as_name(each.strip(" ,.")) for each in re.split(r",|\band\b|\bAND\b", plain)]
    found = tuple(name for name in judges if len(name) > 2)
    return Persons(names=found, sureness=0.85) if found else None


def _british(head: str) -> Persons | None:
    match = _BRITISH.search(head)
    if match is None:
        return None
    lines = [line.strip(" \t-:") for line in match["names"].split("\n")]
    judges = [
        as_name(re.split(r"\s*\(sitting|:\s", line, maxsplit=1, flags=re.IGNORECASE)[0])
        for line in lines
        if _BRITISH_JUDGE.search(line) and not line.casefold().startswith("sitting")
    ]
    return Persons(names=tuple(judges[:_FEW]), sureness=0.8) if judges else None
