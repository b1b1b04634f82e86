"""Which court a paper's own words name: "in the United States District Court for the …".

The ids are those of courts-db; a court of another country has none and is called by its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core.law.courts import court_ids, courts_of_states
from core.model import Span

_POSTAL_TABLE = """
Alabama al|Alaska ak|Arizona az|Arkansas ar|California ca|Colorado co|Connecticut ct|Delaware de
Florida fl|Georgia ga|Hawaii hi|Idaho id|Illinois il|Indiana in|Iowa ia|Kansas ks|Kentucky ky
Louisiana la|Maine me|Maryland md|Massachusetts ma|Michigan mi|Minnesota mn|Mississippi ms
Missouri mo|Montana mt|Nebraska ne|Nevada nv|New Hampshire nh|New Jersey nj|New Mexico nm
New York ny|North Carolina nc|North Dakota nd|Ohio oh|Oklahoma ok|Oregon or|Pennsylvania pa
Rhode Island ri|South Carolina sc|South Dakota sd|Tennessee tn|Texas tx|Utah ut|Vermont vt
Virginia va|Washington wa|West Virginia wv|Wisconsin wi|Wyoming wy|District of Columbia dc
Puerto Rico pr|Guam gu|Virgin Islands vi|Northern Mariana Islands nmi
"""
_POSTAL: Mapping[str, str] = {
    name.casefold(): code
    for row in _POSTAL_TABLE.split("\n")
    for name, code in (pair.rsplit(" ", 1) for pair in row.split("|") if pair)
}
# Longest first: "West Virginia" is not Virginia.
_STATE = "|".join(
    re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_POSTAL, key=len, reverse=True)
)
_ODD_IDS = {"azb": "arb", "neb": "nebraskab", "wvad": "wvd", "azbd": "azd"}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
_NUMBERS = {word: n for n, word in enumerate(_ORDINALS.split(), 1)}
_CIRCUIT = "|".join(
    (*_NUMBERS, r"\d{1,2}(?:st|nd|rd|th|d)", "federal", r"district\s+of\s+columbia")
)
_US = r"(?:united\s+states|u\.\s?s\.)"
_FEDERAL = re.compile(
    rf"(?P<supreme>supreme\s+court\s+of\s+the\s+united\s+states|{_US}\s+supreme\s+court)"
    rf"|{_US},?\s+courts?\s+of\s+appeals,?\s*(?:for\s+the\s+)?(?P<circuit>{_CIRCUIT})(?:\s+circuit)"
    rf"|{_US},?\s+(?P<which>district|bankruptcy)\s+court,?\s*"
    rf"(?:for\s+the\s+|in\s+and\s+for\s+the\s+|in\s+the\s+)?"
    rf"(?:(?P<part>northern|southern|eastern|western|middle|central)\s+)?"
    rf"(?:district\s+of\s+(?:the\s+)?)?(?P<state>{_STATE})\b"
    rf"|(?P<claims>{_US}\s+court\s+of\s+federal\s+claims)|(?P<tax>{_US}\s+tax\s+court)"
    rf"|(?P<trade>{_US}\s+court\s+of\s+international\s+trade)"
    rf"|(?P<veterans>{_US}\s+court\s+of\s+appeals\s+for\s+veterans\s+claims)"
    rf"|(?P<mdl>judicial\s+panel\s+on\s+multidistrict\s+litigation)",
    re.IGNORECASE,
)
_ONE_OF_A_KIND = {
    "supreme": "scotus",
    "claims": "uscfc",
    "tax": "tax",
    "trade": "cit",
    "veterans": "cavc",
    "mdl": "jpml",
}
# Where this stands before a court, it is the court that the case came from, or one that is cited.
_FROM_ANOTHER = re.compile(
    r"(?:appeal\w*|certiorari|review|transfer\w*|remand\w*|removed|decision|order|judgment|petition"
    r"|question)\s+(?:\w+\s+){0,5}?(?:from|to|of|by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_IN_A_SENTENCE = re.compile(r"[a-z]{2,},?\s+(?:the|a)\s+$")
_STATE_COURT = re.compile(
    r"\b(?:supreme|superior|circuit|district|county|chancery|probate|family|juvenile|municipal"
    r"|appellate|appeals?|court)\b",
    re.IGNORECASE,
)
# A court's name is set over this many lines at most: "State of New York / Supreme Court / …".
_LINES = 4
_LONGEST_LINE = 120
_TITLE_WORDS = 14
_A_STATE = re.compile(rf"\b(?:{_STATE})\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+(?:'s)?")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_EMPTY = frozenset("the of for in and state commonwealth courts at to no before ss".split())
# What courts call themselves where courts-db has another name.
_ALSO = (
    ("texapp", "Texas", "Texas Court of Appeals"),
    ("nyappdiv", "New York", "New York Supreme Court Appellate Division"),
    ("micirct", "Michigan", "Michigan Judicial Circuit"),
    ("tennworkcompapp", "Tennessee", "Tennessee Workers Compensation Appeals Board"),
)
_BRITISH = re.compile(
    r"(?:(?:in\s+the\s+)?(?:upper\s+tribunal|(?P<tier>first-tier\s+tribunal))"
    r"|(?:in\s+the\s+)?(?P<high>high\s+court\s+of\s+justice)"
    r"|(?:in\s+the\s+)?(?P<appeal>court\s+of\s+appeal)\s*\((?P<side>civil|criminal)\s+division\)"
    r"|(?P<eat>employment\s+appeal\s+tribunal)"
    r"|(?P<supreme>supreme\s+court\s+of\s+the\s+united\s+kingdom))",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"\[(?:19|20)\d\d\]\s+(?P<court>UKSC|UKPC|EWCA|EWHC|EWFC|EWCOP|UKUT|UKFTT|EAT|UKEAT)\s+"
    r"(?:(?P<side>Civ|Crim)\s+)?\d+(?:\s+\((?P<division>[A-Za-z]+)\))?"
)
# Before a judgment's own number; any other is cited.
_OWN_CITATION = re.compile(
    r"\b(?:neutral|citation|ncn)(?:\s+(?:number|no))?[^a-z]*$", re.IGNORECASE
)
_BRITISH_NAMES = {
    "UKSC": "Supreme Court of the United Kingdom",
    "UKPC": "Judicial Committee of the Privy Council",
    "EWCA": "Court of Appeal of England and Wales",
    "EWHC": "High Court of Justice of England and Wales",
    "EWFC": "Family Court of England and Wales",
    "EWCOP": "Court of Protection of England and Wales",
    "UKUT": "Upper Tribunal",
    "UKFTT": "First-tier Tribunal",
    "EAT": "Employment Appeal Tribunal",
    "UKEAT": "Employment Appeal Tribunal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCourt:
    """A court that a text names: its id, or its name where it has none; and where."""

    court: str
    span: Span
    # It stands on a line of its own, as in the head of a paper, not within a sentence.
    heading: bool


def named_court(head: str) -> NamedCourt | None:
    """Return the court that the head of a paper names as its own; None where it names none."""
    found = [each for each in (_federal(head), _of_state(head), _british(head)) if each]
    return min(found, key=lambda each: (not each.heading, each.span.start), default=None)


def district_court(state: str, part: str, *, bankruptcy: bool = False) -> str | None:
    """Return the id of a federal trial court: `("California", "Northern")` is `cand`."""
    code = _POSTAL.get(" ".join(state.casefold().split()))
    if code is None:
        return None
    made = f"{code}{part[:1].casefold()}{'b' if bankruptcy else 'd'}"
    return court_of_code(_ODD_IDS.get(made, made))


def court_of_code(code: str) -> str | None:
    """Return a court's id where there is such a court."""
    return code if code in court_ids() else None


def is_british(head: str) -> bool:
    """Say whether a paper is of a court of the United Kingdom, which writes the day first."""
    named = named_court(head)
    return named is not None and named.court not in court_ids()


def _federal(head: str) -> NamedCourt | None:
    for match in _FEDERAL.finditer(head):
        court = _federal_id(match)
        if court and not _is_another(head, match.start()):
            return _named(court, head, match)
    return None


def _federal_id(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    for group, court in _ONE_OF_A_KIND.items():
        if groups[group]:
            return court
    if groups["circuit"]:
        return _circuit(groups["circuit"].casefold())
    return district_court(
        groups["state"], groups["part"] or "", bankruptcy=groups["which"].casefold() == "bankruptcy"
    )


def _circuit(written: str) -> str:
    if written == "federal":
        return "cafc"
    if written.startswith("district"):
        return "cadc"
    number = re.match(r"\d+", written)
    return f"ca{number[0] if number else _NUMBERS[written]}"


def _is_another(head: str, start: int) -> bool:
    before = " ".join(head[max(0, start - 120) : start].split()) + " "
    if _FROM_ANOTHER.search(before):
        return True
    return not _is_heading(head, start) and _IN_A_SENTENCE.search(before) is not None


def _is_heading(head: str, start: int) -> bool:
    line = head[head.rfind("\n", 0, start) + 1 : start].strip(" \t-_*.").casefold()
    return line in {"", "in the", "before the", "the", "in", "united states"}


def _named(court: str, head: str, match: re.Match[str]) -> NamedCourt:
    heading = _is_heading(head, match.start())
    return NamedCourt(court=court, span=Span(*match.span()), heading=heading)


def _of_state(head: str) -> NamedCourt | None:
    """Find a state's court by the words of its name, in whatever order they are written."""
    lines = [(match.start(), match[0]) for match in _LINE.finditer(head)]
    for n, (start, line) in enumerate(lines):
        if _STATE_COURT.search(line) and _is_title(line) and not _is_another(head, start):
            court = _state_court_at([text for _, text in lines], n)
            if court:
                return NamedCourt(court=court, span=Span(start, start + len(line)), heading=True)
    return None


def _state_court_at(lines: list[str], n: int) -> str | None:
    """Read the court that is named from this line on; the state may stand on the line before."""
    block = (
        [lines[n - 1]] if n and _A_STATE.search(lines[n - 1]) and _is_title(lines[n - 1]) else []
    )
    block.append(lines[n])
    found = _state_id(" ".join(block))
    for line in lines[n + 1 : n + _LINES]:
        if not _is_title(line) or not (_STATE_COURT.search(line) or _A_STATE.search(line)):
            break
        block.append(line)
        found = _state_id(" ".join(block)) or found
    return found


def _is_title(line: str) -> bool:
    """Say whether all of a line's words but the little ones have a capital."""
    words = [word for word in re.findall(r"[A-Za-z']+", line) if word.casefold() not in _EMPTY]
    return (
        0 < len(words) <= _TITLE_WORDS
        and len(line) <= _LONGEST_LINE
        and all(word[0].isupper() for word in words)
    )


def _state_id(line: str) -> str | None:
    words = _words(line)
    state = _A_STATE.search(line)
    if state is None or re.search(rf"\b{_US}\b", line, re.IGNORECASE):
        return None
    named = " ".join(state[0].casefold().split())
    fitting = [
        (len(theirs), court)
        for court, theirs in _state_courts().get(named, ())
        if theirs <= words and theirs & words - set(named.split())
    ]
    if not fitting:
        return None
    most = max(size for size, _ in fitting)
    best = sorted((court for size, court in fitting if size == most), key=len)
    # Of a court and its branches, which have its name, the court: their ids begin with its own.
    return best[0] if all(court.startswith(best[0]) for court in best) else None


@cache
def _state_courts() -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    """By state: the courts whose name has a word for what they are, with all the name's words."""
    made: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for court, state, name in (*courts_of_states(), *_ALSO):
        made.setdefault(state.casefold(), []).append((court, _words(name)))
    return {state: tuple(courts) for state, courts in made.items()}


def _words(name: str) -> frozenset[str]:
    words = (word.removesuffix("'s") for word in _WORD.findall(name.casefold().replace("’", "'")))
    return frozenset("appeal" if word == "appeals" else word for word in words) - _EMPTY


def _british(head: str) -> NamedCourt | None:
    neutral = _NEUTRAL.search(head)
    if neutral:
        name = _BRITISH_NAMES[neutral["court"]]
        line = head[head.rfind("\n", 0, neutral.start()) + 1 : neutral.start()].strip()
        heading = not line or _OWN_CITATION.search(line) is not None
        return NamedCourt(court=name, span=Span(*neutral.span()), heading=heading)
    match = _BRITISH.search(head)
    if match is None or _is_another(head, match.start()):
        return None
    return _named(_BRITISH_NAMES[_british_code(match)], head, match)


def _british_code(match: re.Match[str]) -> str:
    codes = {"high": "EWHC", "appeal": "EWCA", "eat": "EAT", "supreme": "UKSC", "tier": "UKFTT"}
    return next((code for group, code in codes.items() if match[group]), "UKUT")
