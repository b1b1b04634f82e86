"""How the words of a Word file look, as far as that decides whether anybody can see them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from core.ingest.parse.colours import BLACK, WHITE, colour, hidden_by_colour, near
from core.ingest.parse.parsed import HiddenKind
from core.ingest.parse.zipped import attribute, child, local

# Half points: what is smaller than three points is not meant to be read.
_TINY = 6
_DEEPEST_STYLE = 20
_OFF = frozenset({"0", "false", "off", "none"})
_HIGHLIGHTS = {
    "black": "000000",
    "white": "FFFFFF",
    "yellow": "FFFF00",
    "red": "FF0000",
    "blue": "0000FF",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
_THEMES = {"background1": "FFFFFF", "light1": "FFFFFF", "text1": "000000", "dark1": "000000"}

# What is set of: vanish, color, size, marked (highlighted), fill (shaded).
Look = dict[str, str]


class Looks:
    """The styles of a file."""

    def __init__(self, styles: ET.Element | None) -> None:
        self._styles = {
            attribute(each, "styleId") or "": each
            for each in (styles if styles is not None else ())
            if local(each) == "style"
        }
        self._plain = look(child(styles, "docDefaults", "rPrDefault", "rPr"))
        self._normal = next(
            (
                name
                for name, each in self._styles.items()
                if attribute(each, "type") == "paragraph" and attribute(each, "default") == "1"
            ),
            None,
        )
        self._known: dict[tuple[str | None, str | None], Look] = {}

    def numbering(self, style: str | None) -> tuple[str | None, str | None]:
        """Return the list and the level that a paragraph style is numbered by.

        Either may come from a style that it is based on.
        """
        number = level = None
        for each in self._chain(style or self._normal):
            numbered = child(each, "pPr", "numPr")
            number = number or attribute(child(numbered, "numId"), "val")
            level = level or attribute(child(numbered, "ilvl"), "val")
        return number, level

    def linked(self, style: str | None) -> str | None:
        """Return the list that a style of lists stands for."""
        return self.numbering(style)[0] if style in self._styles else None

    def hidden(
        self, run: ET.Element | None, paragraph: str | None, paper: str
    ) -> HiddenKind | None:
        """Say why a run's words cannot be seen; None where they can. `paper`: colour behind it."""
        style = attribute(child(run, "rStyle"), "val")
        shown = self._styled(paragraph or self._normal, style)
        if run is not None and len(run):
            shown = shown | look(run)
        return _hidden(shown, paper) if shown else None

    def _styled(self, paragraph: str | None, run: str | None) -> Look:
        key = (paragraph, run)
        if key not in self._known:
            styled = dict(self._plain)
            for style in (paragraph, run):
                for each in reversed(self._chain(style)):
                    styled |= look(child(each, "rPr"))
            self._known[key] = styled
        return self._known[key]

    def _chain(self, style: str | None) -> list[ET.Element]:
        """A style, what it is based on, and so on."""
        chain: list[ET.Element] = []
        while style in self._styles and len(chain) < _DEEPEST_STYLE:
            found = self._styles[style]
            chain.append(found)
            style = attribute(child(found, "basedOn"), "val")
        return chain


def look(settings: ET.Element | None) -> Look:
    """Read what a run, or a style, sets."""
    found: Look = {}
    for each in settings if settings is not None else ():
        name, value = local(each), attribute(each, "val")
        if name == "vanish":
            found["vanish"] = "" if value in _OFF else "1"
        elif name == "color":
            found["color"] = _THEMES.get(attribute(each, "themeColor") or "", value or "auto")
        elif name == "sz":
            found["size"] = value or ""
        elif name == "highlight":
            found["marked"] = _HIGHLIGHTS.get(value or "", "")
    if fill := filled(settings):
        found["fill"] = fill
    return found


def filled(settings: ET.Element | None) -> str | None:
    """Return the colour that a run, a paragraph or a cell is shaded with; None for none."""
    fill = attribute(child(settings, "shd"), "fill")
    return None if fill is None or fill == "auto" else fill


def _hidden(shown: Look, paper: str) -> HiddenKind | None:
    if shown.get("vanish"):
        return HiddenKind.INVISIBLE
    size = shown.get("size", "")
    if size.isdecimal() and int(size) < _TINY:
        return HiddenKind.TINY
    ink, marked = colour(shown.get("color")), colour(shown.get("marked"))
    if ink is None:
        # Word turns its own black white on dark shading, but not on a black marker's stroke.
        return HiddenKind.UNDER_BOX if marked and near(marked, BLACK) else None
    return hidden_by_colour(ink, marked or colour(shown.get("fill")) or colour(paper) or WHITE)
