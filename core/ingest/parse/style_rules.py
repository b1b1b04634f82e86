"""The little of style sheets that decides whether words of a web page can be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.ingest.parse.colours import colour
from core.ingest.parse.parsed import HiddenKind

_COMMENTS = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# What holds only on paper or on small screens says nothing of what a reader sees.
_CONDITIONS = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^;{]*;")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(-?[\d.]+)\s*(px|pt|em|rem|%|in|cm)?", re.IGNORECASE)
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "in": 72.0, "cm": 28.3}
_TINY = 3.0  # points
_FAR = -200.0  # points: moved out of sight
_MOST_RULES = 5_000

Declared = dict[str, str]


def declared(style: str) -> Declared:
    """Read the declarations of a rule, or of an element's `style`."""
    pairs = (each.partition(":") for each in style.lower().split(";") if ":" in each)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


class StyleSheet:
    """Rules for elements by their name, class or id; those for elements within others are left."""

    def __init__(self, sheets: str) -> None:
        self._rules: list[tuple[str, frozenset[str], Declared]] = []
        plain = _CONDITIONS.sub("", _COMMENTS.sub("", sheets))
        for selectors, body in _RULE.findall(plain)[:_MOST_RULES]:
            says = declared(body)
            for selector in selectors.split(","):
                found = _SIMPLE.fullmatch(selector.strip())
                if says and found and found[0]:
                    needed = frozenset(re.findall(r"[.#][\w-]+", found[2]))
                    self._rules.append(((found[1] or "").lower(), needed, says))

    def of(self, tag: str, attributes: Mapping[str, str | None]) -> Declared:
        """Return what holds for an element, its own `style` last."""
        marks = {f".{name}" for name in (attributes.get("class") or "").split()}
        marks.add(f"#{attributes.get('id') or ''}")
        found: Declared = {}
        for name, needed, says in self._rules:
            if name in {"", tag} and needed <= marks:
                found |= says
        own = attributes.get("style")
        return found | declared(own) if own else found


def unseen(says: Declared) -> HiddenKind | None:
    """Say why what is declared hides an element and all that is in it; None where it does not."""
    if says.get("display") == "none" or says.get("visibility") in {"hidden", "collapse"}:
        return HiddenKind.INVISIBLE
    if says.get("mso-hide") == "all" or _points(says.get("opacity")) == 0:
        return HiddenKind.INVISIBLE
    size = _points(says.get("font-size"))
    if size is not None and size < _TINY:
        return HiddenKind.TINY
    moved = [says.get("text-indent")]
    if says.get("position") in {"absolute", "fixed"}:
        moved += [says.get("left"), says.get("top")]
    if any((length := _points(each)) is not None and length < _FAR for each in moved):
        return HiddenKind.OFF_PAGE
    return None


def background(says: Declared) -> str | None:
    """Return the colour behind an element where one is declared."""
    words = f"{says.get('background', '')} {says.get('background-color', '')}".split()
    return next((word for word in reversed(words) if colour(word) is not None), None)


def _points(length: str | None) -> float | None:
    found = _LENGTH.match(length or "")
    if found is None:
        return None
    try:
        return float(found[1]) * _POINTS[(found[2] or "px").lower()]
    except ValueError:
        return None
