"""The matters of the firm as a table: number, name, state, and what is special about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import MatterState
from pages.parts.html import Html, el, joined
from pages.parts.links import matters_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.model import Matter


def matter_table(matters: Iterable[Matter]) -> Html:
    """Return the matters; a name opens the matter."""
    head = el("tr", *(el("th", title, scope="col") for title in ("Number", "Name", "State")))
    return el("table", head, *(_row(matter) for matter in matters), class_="held-list wide")


def nothing_yet() -> Html:
    return el(
        "div",
        el("p", "There is no matter here that you work on."),
        el(
            "p",
            "Open one at the right, or ask whoever leads it to put you on its team.",
            class_="meta",
        ),
        class_="quiet",
    )


def marks(matter: Matter) -> Html:
    """Return what is special about a matter, each with a word and a shape."""
    closed = matter.state is MatterState.CLOSED
    return joined(
        [
            el("span", "○ closed" if closed else "✓ open", class_="soft" if closed else "ok"),
            el("span", "◆ legal hold", class_="tag warn") if matter.legal_hold else None,
        ]
    )


def _row(matter: Matter) -> Html:
    return el(
        "tr",
        el("td", matter.number, class_="soft nb"),
        el("td", el("a", matter.name or matter.number, href=matters_address(matter.matter_id))),
        el("td", marks(matter)),
    )
