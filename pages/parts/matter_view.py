"""The head of a matter's page, and what is said where there is none to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.html import Html, el, joined
from pages.parts.links import (
    ask_address,
    draft_address,
    filings_address,
    matters_address,
    record_address,
)
from pages.parts.matter_list import marks

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Matter


def title(matter: Matter) -> Html:
    """Return a matter's name, number and state, and the way to its filings."""
    ways = (
        el("a", "filings", href=filings_address(matter=matter.matter_id)),
        el("a", "drafts", href=draft_address(matter=matter.matter_id)),
        el("a", "records of answers", href=record_address(matter=matter.matter_id)),
        el("a", "ask for it", href=ask_address("", matter=matter.matter_id)),
    )
    return el(
        "header",
        el("h1", matter.name or matter.number),
        el("p", matter.number, " · ", marks(matter), " · ", joined(ways, " · "), class_="meta"),
    )


def no_such_matter() -> Html:
    """Say so in the same words whether it never was, is gone, or is closed to this reader."""
    return el(
        "div",
        el("h2", "There is no such matter"),
        el("p", el("a", "All matters", href=matters_address())),
        class_="quiet",
    )


def matter_called(matter: Matter) -> str:
    """Name a matter so that two of one name are told apart."""
    return f"{matter.name} ({matter.number})" if matter.name else matter.number


def my_matters(app: Onpoint) -> list[Matter]:
    """Return the matters whose filings whoever acts may read: those of their teams."""
    return list(app.matters.mine())
