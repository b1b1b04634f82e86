"""What stands around a citation: the signal before it, pincite, court, year and the rest after it.

Each is read from the words that touch the citation and from no further, so that the year of the
next citation is never taken for that of this one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.law.courts import court_of_parenthetical

# Longest parenthetical that is read; a parenthesis never closed is none.
_LONGEST_PARENTHETICAL = 900

_LABEL = r"(?:(?:& ?)?(?:nn?\.|notes?|fnn?\.|ff\.|¶¶?|§§?|pp?\.|pages?|paras?\.) ?)?"
_PAGE = (
    rf"{_LABEL}(?:\*?\d{{1,7}}(?:[a-z]\b)?(?:[-:]\*?\d{{1,7}}){{0,3}}(?: ?nn?\. ?\d{{1,3}})?"
    r"|_{1,8})"
)
_PINCITE = re.compile(
    rf"(?:,\ ?|\ )(?:(?P<at>at\ )|(?<=,\ )|(?<=,))"
    rf"(?P<pages>{_PAGE}(?:(?:,|\ &|,?\ and)\ {_PAGE}){{0,12}})"
    r"(?=(?P<next>[,.;:)\]\[”\"'?!—]|$|\n|\ ?\(|\ ))"
)
_DATED = re.compile(
    r",?\ ?\((?P<court>[^()\n]{0,80}?)"
    r"(?:\b(?P<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
    r"[a-z]{0,6}\.?\ (?:\d{1,2},\ )?)?"
    r"\b(?P<year>1[6-9]\d\d|20\d\d)(?:-\d\d)?(?P<rest>,[^()\n]{0,40})?\)"
)
_NOT_A_COURT = re.compile(
    r"\bv\.|\d \w+\. ?\w* \d"
    r"|\b(?:quoting|citing|holding|see|stating|noting|emphasis|slip op)\b|[;“”]"
)
_PARENTHESIS_OR_END = re.compile(r"[()\n]")
_SLIP_PAGE = re.compile(r",\ slip\ op\.,?\ at\ \d{1,3}")
_SLIP = re.compile(r"slip op[^;)]{0,30}")
_PROCEDURAL = re.compile(
    r"(?:per curiam|en banc|plurality(?: opinion)?|mem(?:orandum)?\.?|citations? omitted"
    r"|emphasis (?:added|in original|omitted)|footnotes? omitted|internal .{0,60}"
    r"|alterations? .{0,30}|[A-Z][\w'. ]{1,40}, (?:C\. )?JJ?\.(?:,? .{0,60})?"
    r"|(?:table|unpublished)[\w ]{0,20})",
    re.IGNORECASE,
)
_SIGNAL = re.compile(
    r"(?:^|(?<=[\s(“\"\[;]))(?P<signal>but see,? e\.g\.|but see also|but see"
    r"|but cf\.,? e\.g\.|but cf\."
    r"|see,? e\.g\.|see generally|see also,? e\.g\.|see also|see,? also|see"
    r"|cf\.,? e\.g\.|cf\.|accord"
    r"|contra|compare|with|e\.g\.|quoting|citing|overruling"
    r"|aff'd sub nom\.|aff'd|rev'd sub nom\.|rev'd"
    r"|cert\. denied|cert\. granted|vacated|overruled by|abrogated by)[,:]?\s*$",
    re.IGNORECASE,
)
_LONGEST_SIGNAL = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """What follows a citation. `pin_end` is where the pincite ends, `end` where everything does."""

    pin_end: int
    end: int
    pincite: str | None = None
    year: int | None = None
    court: str | None = None
    parenthetical: str | None = None


def tail_after(text: str, start: int) -> Tail:
    """Read the pincite, the court and year and the parentheticals that begin at `start`."""
    pin = _pincite(text, start)
    pin_end = pin[1] if pin else start
    slip_page = _SLIP_PAGE.match(text, pin_end)
    dated = _dated(text, slip_page.end() if slip_page else pin_end)
    end = dated.end() if dated else pin_end
    parentheticals, end = _parentheticals(text, end)
    pincite = pin[0] if pin else None
    slip = next((p for p in parentheticals if _SLIP.match(p)), None)
    if slip is not None:
        pincite = slip
    return Tail(
        pin_end=pin_end,
        end=end,
        pincite=pincite,
        year=int(dated["year"]) if dated else None,
        court=court_of_parenthetical(dated["court"]) if dated else None,
        parenthetical=_explanation([p for p in parentheticals if p is not slip]),
    )


def _pincite(text: str, start: int) -> tuple[str | None, int] | None:
    """Pages after a comma or "at"; without "at" they must not end like a next volume."""
    match = _PINCITE.match(text, start)
    while match and match["next"] == " " and not match["at"]:
        shorter = match["pages"].rfind(", ")
        if shorter < 0:
            return None
        match = _PINCITE.match(text[: match.start("pages") + shorter] + ",", start)
    if match is None:
        return None
    pages = re.sub(r"^_+$|^_+, |, _+$", "", match["pages"])
    return pages or None, match.end("pages")


def _dated(text: str, at: int) -> re.Match[str] | None:
    match = _DATED.match(text, at)
    return match if match and not _NOT_A_COURT.search(match["court"]) else None


def _parentheticals(text: str, at: int) -> tuple[list[str], int]:
    found: list[str] = []
    while text.startswith(" (", at) or (found and text.startswith("(", at)):
        opening = text.index("(", at)
        close = _closing(text, opening)
        if close is None or _DATED.match(text, at):
            break
        found.append(text[opening + 1 : close])
        at = close + 1
    return found, at


def _closing(text: str, opening: int) -> int | None:
    depth = 0
    for mark in _PARENTHESIS_OR_END.finditer(text, opening, opening + _LONGEST_PARENTHETICAL):
        if mark[0] == "\n":
            return None
        depth += 1 if mark[0] == "(" else -1
        if depth == 0:
            return mark.start()
    return None


def _explanation(found: list[str]) -> str | None:
    return next((p for p in found if not _PROCEDURAL.fullmatch(p)), found[0] if found else None)


def signal_before(text: str, start: int, floor: int) -> str | None:
    """Return the signal that introduces a citation, in small letters, None where there is none."""
    match = _SIGNAL.search(text[max(floor, start - _LONGEST_SIGNAL) : start])
    return re.sub(r"(?<=\w),? (?=e\.g|also)", " ", match["signal"].lower()) if match else None
