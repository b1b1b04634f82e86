"""The audit trail on the screen: one line an entry, and the ways to older ones and back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act
from pages.parts.html import Html, el, show
from pages.parts.links import same_address
from pages.parts.times import short_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.app import Onpoint
    from core.model import TrailEntry

# How an entry's action begins, in the words of the screen.
KINDS = {
    "search": "Searches",
    "ask": "Questions",
    "read": "Cases read",
    "setting.": "Settings",
    "matter.": "Matters",
    "team.": "Teams",
    "wall.": "Walls",
    "filing.": "Filings",
    "note.": "Notes",
    "answer.": "Kept answers",
    "person.": "People",
    "account.": "Signing in and out",
    "library.": "Imports",
    "limit": "Limits reached",
    "trail.": "The trail itself",
}


def trail(app: Onpoint, entries: Sequence[TrailEntry]) -> None:
    """Draw the entries; a change of a setting can be taken back beside it."""
    if not entries:
        narrowed = any(name in st.query_params for name in ("who", "what", "from", "to"))
        said = "Nothing of that kind is in the trail." if narrowed else "Nothing was done here yet."
        show(el("p", said, class_="quiet"))
    undo = "firm.undo" in app.who.rights()
    for together, some in groupby(entries, key=lambda entry: not (entry.undoable and undo)):
        if together:
            show(entry_list(some))
        else:
            for entry in some:
                _with_undo(app, entry)


def entry_list(entries: Iterable[TrailEntry], *, named: bool = True) -> Html:
    """Return entries one below the other: when, who, what."""
    return el("div", *(_line(entry, named=named) for entry in entries), class_="entries")


def older(page: str, entries: Sequence[TrailEntry], shown: int) -> Html:
    """Return the links to the entries before these, and back to the latest."""
    last = str(entries[shown - 1].entry_id) if len(entries) > shown else None
    back = same_address(page, before=None) if "before" in st.query_params else None
    return el(
        "nav",
        el("a", "‹ The latest", href=back) if back else None,
        el("a", "Older ›", href=same_address(page, before=last)) if last else None,
        class_="pager" if back or last else None,
        aria_label="Pages of the trail",
    )


def _with_undo(app: Onpoint, entry: TrailEntry) -> None:
    line, back = st.columns([0.86, 0.14], vertical_alignment="center")
    with line:
        show(entry_list([entry]))
    back.button(
        "Take back",
        key=f"undo_{entry.entry_id}",
        type="tertiary",
        help=f"Take back: {entry.words}",
        on_click=act,
        args=("audit", "Taken back.", lambda: app.firm.undo(entry.entry_id)),
    )


def _line(entry: TrailEntry, *, named: bool) -> Html:
    who = entry.login or ("not signed in" if entry.person_id is None else "gone")
    asked = el("em", f" “{entry.text}”") if entry.text else None
    return el(
        "div",
        el("span", short_moment(entry.at), class_="when"),
        el("span", who, class_="by") if named else None,
        el("span", entry.words, asked, class_="did"),
        class_="entry",
    )
