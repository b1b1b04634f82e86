"""The numbers that a word processor prints before paragraphs and that stand nowhere in its file.

A pleading is cited by them: "¶ 12" has to be found in a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from core.ingest.parse.zipped import attribute, child, local

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_WORDS = "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
_NTH = (
    "Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth"
).split()
_LEVELS = 9
_LARGEST = 9_999  # beyond it a letter or a Roman numeral is as long as a page
BULLET = "•"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list is numbered."""

    start: int
    # Word's name of the form: decimal, lowerLetter, upperRoman …
    form: str
    # With %1 where the first level's number stands.
    text: str
    # All numbers in it are written in Arabic figures.
    legal: bool
    # The paragraph style that stands for it.
    style: str | None
    restarts: bool


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    # Shared by all lists made of the same definition: they count on from each other.
    counts: dict[int, int]
    # Levels at which this list begins anew when it is first met.
    anew: set[int]


@dataclass(slots=True)
class Numbering:
    """The lists of a Word file, each counting on as its paragraphs are read."""

    _lists: dict[str, _List] = field(default_factory=dict[str, _List])

    @classmethod
    def read(
        cls, numbering: ET.Element | None, linked: Callable[[str | None], str | None]
    ) -> Numbering:
        """Read `numbering.xml`; `linked` knows the list that a style of lists stands for."""
        self = cls()
        each = list(numbering) if numbering is not None else []
        definitions = {attribute(one, "abstractNumId"): one for one in each if _is_definition(one)}
        counts: dict[str | None, dict[int, int]] = {key: {} for key in definitions}
        for one in each:
            number, of = attribute(one, "numId"), attribute(child(one, "abstractNumId"), "val")
            if local(one) != "num" or number is None or of not in definitions:
                continue
            levels = _levels(definitions[of])
            own, anew = _overrides(one, levels)
            self._lists[number] = _List(levels=levels | own, counts=counts[of], anew=anew)
        self._follow(each, definitions, linked)
        return self

    def label(self, number: str | None, level: str | None, style: str | None) -> str:
        """Count one more paragraph of a list, and return what is printed before it."""
        found = self._lists.get(number or "")
        if found is None:
            return ""
        at = _level(found, level, style)
        if at not in found.levels:
            return ""
        _count(found, at)
        return _printed(found, at)

    def _follow(
        self,
        each: list[ET.Element],
        definitions: dict[str | None, ET.Element],
        linked: Callable[[str | None], str | None],
    ) -> None:
        """A definition may have no levels and name a style instead, whose list has them."""
        for one in each:
            number, of = attribute(one, "numId"), attribute(child(one, "abstractNumId"), "val")
            found = self._lists.get(number or "")
            if local(one) == "num" and found is not None and not found.levels:
                style = attribute(child(definitions[of], "numStyleLink"), "val")
                other = self._lists.get(linked(style) or "")
                if other is not None:
                    found.levels, found.counts = other.levels, other.counts


def written(number: int, form: str) -> str:
    """Write a number in one of Word's forms; a form that is not known in figures."""
    if not 0 < number <= _LARGEST:
        return str(number)
    lower = form[:1].lower() + form[1:]
    if lower.endswith("Letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if lower.startswith("upper") else letters
    if lower.endswith("Roman"):
        return roman(number).upper() if lower.startswith("upper") else roman(number)
    return _in_words(number, lower)


def roman(number: int) -> str:
    """Write a number in small Roman numerals."""
    out: list[str] = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        out.append(letters * times)
    return "".join(out)


def _in_words(number: int, form: str) -> str:
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ordinal":
        return f"{number}{_ending(number)}"
    words = {"cardinalText": _WORDS, "ordinalText": _NTH}.get(form, [])
    return words[number] if number < len(words) else str(number)


def _is_definition(element: ET.Element) -> bool:
    return local(element) == "abstractNum"


def _levels(definition: ET.Element) -> dict[int, Level]:
    return {
        at: _read_level(each)
        for each in definition
        if local(each) == "lvl" and (at := _int(attribute(each, "ilvl"), 0)) < _LEVELS
    }


def _read_level(element: ET.Element) -> Level:
    def value(name: str) -> str | None:
        return attribute(child(element, name), "val")

    form = value("numFmt") or "decimal"
    return Level(
        start=_int(value("start"), 0),
        form=form,
        text=value("lvlText") or "",
        legal=child(element, "isLgl") is not None,
        style=value("pStyle"),
        restarts=value("lvlRestart") != "0",
    )


def _overrides(number: ET.Element, levels: dict[int, Level]) -> tuple[dict[int, Level], set[int]]:
    """What a list changes of its definition's levels, and which of them it begins anew."""
    found: dict[int, Level] = {}
    anew: set[int] = set()
    for each in number:
        at = _int(attribute(each, "ilvl"), 0)
        if local(each) != "lvlOverride" or at not in levels:
            continue
        own = child(each, "lvl")
        level = levels[at] if own is None else _read_level(own)
        start = attribute(child(each, "startOverride"), "val")
        if start is not None:
            anew.add(at)
        found[at] = Level(
            start=_int(start, level.start),
            form=level.form,
            text=level.text,
            legal=level.legal,
            style=level.style,
            restarts=level.restarts,
        )
    return found, anew


def _level(found: _List, level: str | None, style: str | None) -> int:
    if level is not None:
        return _int(level, 0)
    named = (at for at, each in found.levels.items() if style is not None and each.style == style)
    return next(named, 0)


def _count(found: _List, at: int) -> None:
    if at in found.anew:
        found.counts.pop(at, None)
    # Only where the list begins: what it goes on with at other levels counts on.
    found.anew.clear()
    for higher in range(at):
        # A list that begins with its second level has begun its first unseen.
        if higher in found.levels:
            found.counts.setdefault(higher, found.levels[higher].start)
    found.counts[at] = found.counts.get(at, found.levels[at].start - 1) + 1
    for deeper in [each for each in found.counts if each > at]:
        if deeper not in found.levels or found.levels[deeper].restarts:
            del found.counts[deeper]


def _printed(found: _List, at: int) -> str:
    level = found.levels[at]
    if level.form == "bullet":
        return BULLET
    if level.form == "none":
        return ""

    def number(place: re.Match[str]) -> str:
        of = int(place[1]) - 1
        if of not in found.levels:
            return ""
        form = "decimal" if level.legal else found.levels[of].form
        return written(found.counts.get(of, max(found.levels[of].start, 1)), form)

    return _PLACE.sub(number, level.text)


def _ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _int(written_: str | None, otherwise: int) -> int:
    try:
        return int(written_ or "")
    except ValueError:
        return otherwise
