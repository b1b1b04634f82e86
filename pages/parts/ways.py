"""Where a person may go: the screens, whom each is for, and which one is met first.

What a screen needs is a function of the facade; its row in the matrix decides, here as there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.model import Role, SignInMode
from pages.parts.html import Html, el
from pages.parts.links import account_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.navigation.page import StreamlitPage

    from core.app import Onpoint
    from core.model import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A screen: its file and address, its name, and the function it cannot do without."""

    name: str
    title: str
    needs: str
    # The heading it stands under in the column at the left; None where a link leads to it.
    group: str | None = ""


WAYS = (
    Way(name="search", title="Search", needs="search"),
    Way(name="ask", title="Ask", needs="ask"),
    Way(name="filings", title="Filings", needs="filings.all"),
    Way(name="draft", title="Drafts", needs="drafts.all"),
    Way(name="bench", title="Bench", needs="bench.run"),
    Way(name="ballots", title="Ballots", needs="style.vote"),
    Way(name="library", title="Library", needs="coverage"),
    Way(name="matters", title="Matters", needs="matters.open", group="The firm"),
    Way(name="people", title="People", needs="people.all", group="The firm"),
    Way(name="style", title="Style", needs="cards.make", group="The firm"),
    Way(name="settings", title="Settings", needs="firm.table", group="The firm"),
    Way(name="audit", title="Audit", needs="trail.entries", group="The firm"),
    Way(name="account", title="Your account", needs="trail.mine", group=None),
    Way(name="case", title="Case", needs="case", group=None),
    Way(name="record", title="Record", needs="traces.all", group=None),
)
# Whoever is several things begins with the first of them.
FIRST = {Role.LAWYER: "search", Role.PARALEGAL: "filings", Role.ADMIN: "settings"}


def screens() -> dict[str, StreamlitPage]:
    """Return every screen by name. The search stands at the root: links to it stay short."""
    return {
        way.name: st.Page(
            f"pages/{way.name}.py",
            title=way.title,
            url_path=way.name,
            default=way.name == "search",
            visibility="hidden" if way.group is None else "visible",
        )
        for way in WAYS
    }


def ways_of(app: Onpoint) -> tuple[Way, ...]:
    """Return the screens that whoever acts may use, in their order."""
    rights = app.who.rights()
    return tuple(way for way in WAYS if way.needs in rights)


def go_first(person: Person, pages: Mapping[str, StreamlitPage], asked: StreamlitPage) -> None:
    """Lead somebody who has just come, and asked for nothing, to the screen he begins with."""
    if st.session_state.setdefault("arrived", False):
        return
    st.session_state["arrived"] = True
    first = next((FIRST[role] for role in FIRST if role in person.roles), "search")
    if first != "search" and asked.title == pages["search"].title and not st.query_params:
        st.switch_page(pages[first])


def local_owner(app: Onpoint) -> bool:
    """Say whether the computer's owner acts here, without signing in."""
    return app.accounts.mode() is SignInMode.OWNER


def not_for_you(person: Person, title: str) -> Html:
    """Say that a screen is not for whoever asks for it, and what to do."""
    said = (
        f"“{title}” is for others in the firm. Ask an administrator if you need it."
        if person.roles
        else "You are signed in, but nobody has said yet what you may do here. "
        "Ask an administrator of Onpoint to give you a role."
    )
    return el(
        "div",
        el("h2", "Not for you" if person.roles else f"Welcome, {person.name}"),
        el("p", said),
        el("p", el("a", "Your account", href=account_address())),
        class_="quiet",
    )
