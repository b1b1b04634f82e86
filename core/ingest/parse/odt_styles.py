"""The styles and lists of an OpenDocument text, as far as they decide what can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from core.ingest.parse.colours import WHITE, colour, hidden_by_colour
from core.ingest.parse.numbering import written
from core.ingest.parse.parsed import HiddenKind
from core.ingest.parse.zipped import attribute, child, local

_DEEPEST_STYLE = 20
_TINY = 3.0  # points
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"}
_MORE_FORMS = {"I": "upperRoman"}

Look = dict[str, str]


class Styles:
    """Styles by their names, from both files that have them."""

    def __init__(self, *roots: ET.Element | None) -> None:
        self._styles: dict[str, ET.Element] = {}
        self._lists: dict[str, dict[int, ET.Element]] = {}
        self._looks: dict[str, Look] = {}
        for each in _styles(roots):
            name = attribute(each, "name") or ""
            if local(each) == "style":
                self._styles[name] = each
            elif local(each) in {"list-style", "outline-style"}:
                levels = {_int(attribute(level, "level"), 0): level for level in each}
                self._lists["" if local(each) == "outline-style" else name] = levels

    def look(self, name: str | None) -> Look:
        """What a style sets, with all that it is based on."""
        if not name:
            return {}
        if name not in self._looks:
            look: Look = {}
            for each in reversed(self._chain(name)):
                look |= _set(each)
            self._looks[name] = look
        return self._looks[name]

    def list_of(self, style: str | None) -> str | None:
        """Return the list that paragraphs of a style are in by themselves."""
        named = (attribute(each, "list-style-name") for each in self._chain(style or ""))
        return next((name for name in named if name), None)

    def level(self, style: str | None, level: int) -> ET.Element | None:
        return self._lists.get(style or "", {}).get(level)

    def _chain(self, name: str) -> list[ET.Element]:
        chain: list[ET.Element] = []
        while name in self._styles and len(chain) < _DEEPEST_STYLE:
            chain.append(self._styles[name])
            name = attribute(chain[-1], "parent-style-name") or ""
        return chain


@dataclass(slots=True)
class Lists:
    """Lists as they count on."""

    styles: Styles
    _counts: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])

    def begin(self, style: str | None, level: int, *, goes_on: bool) -> None:
        """Begin a list at a level; one that does not go on counts from its start."""
        if not goes_on:
            for key in [key for key in self._counts if key[0] == style and key[1] >= level]:
                del self._counts[key]

    def label(self, style: str | None, level: int) -> str:
        """Count one more item, and return what is printed before it; empty for bullets."""
        at = self.styles.level(style, level)
        if at is None or local(at) not in {"list-level-style-number", "outline-level-style"}:
            return ""
        key = (style or "", level)
        start = _int(attribute(at, "start-value"), 1)
        self._counts[key] = self._counts.get(key, start - 1) + 1
        for deeper in [each for each in self._counts if each[0] == key[0] and each[1] > level]:
            del self._counts[deeper]
        form = attribute(at, "num-format") or ""
        if not form:
            return ""
        shown = max(_int(attribute(at, "display-levels"), 1), 1)
        numbers = [self._written(style, each) for each in range(level - shown + 1, level + 1)]
        prefix, suffix = attribute(at, "num-prefix") or "", attribute(at, "num-suffix") or ""
        return f"{prefix}{'.'.join(filter(None, numbers))}{suffix}".strip()

    def _written(self, style: str | None, level: int) -> str:
        at = self.styles.level(style, level)
        if at is None:
            return ""
        form = attribute(at, "num-format") or ""
        number = self._counts.get((style or "", level), _int(attribute(at, "start-value"), 1))
        return written(number, (_FORMS | _MORE_FORMS).get(form, "decimal"))


def hidden(look: Look) -> HiddenKind | None:
    """Say why words that look so cannot be seen; None where they can."""
    if look.get("display") == "none":
        return HiddenKind.INVISIBLE
    size = look.get("font-size", "")
    if size.endswith("pt") and _float(size[:-2], 12.0) < _TINY:
        return HiddenKind.TINY
    ink = colour(look.get("color"))
    paper = colour(look.get("background-color")) or colour(look.get("paper")) or WHITE
    return None if ink is None else hidden_by_colour(ink, paper)


def _styles(roots: Iterable[ET.Element | None]) -> Iterator[ET.Element]:
    for root in roots:
        for name in ("styles", "automatic-styles"):
            held = child(root, name)
            yield from () if held is None else held


def _set(style: ET.Element) -> Look:
    look: Look = {}
    words = child(style, "text-properties")
    for name in ("color", "background-color", "font-size", "display"):
        if (value := attribute(words, name)) is not None and value != "transparent":
            look[name] = value
    for part in ("paragraph-properties", "table-cell-properties", "graphic-properties"):
        behind = attribute(child(style, part), "background-color")
        if behind is not None and behind != "transparent":
            look["paper"] = behind
    return look


def _int(written_: str | None, otherwise: int) -> int:
    return int(written_) if written_ and written_.isascii() and written_.isdecimal() else otherwise


def _float(written_: str, otherwise: float) -> float:
    try:
        return float(written_)
    except ValueError:
        return otherwise
