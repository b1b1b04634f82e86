"""What stands around every screen: the name, the ways to go, who is here, and what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.html import Html, el, picture, show
from pages.parts.links import account_address, sign_out_address
from pages.parts.words import counted, dotted, years_covered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.navigation.page import StreamlitPage

    from core.model import Appearance, Coverage, Person
    from pages.parts.ways import Way


def draw_sidebar(
    ways: Sequence[Way],
    pages: Mapping[str, StreamlitPage],
    person: Person,
    coverage: Coverage | None,
    *,
    looks: Appearance,
    local: bool,
) -> None:
    """Draw the column at the left. `local`: nobody signs in here, the computer's owner acts."""
    with st.sidebar:
        show(_brand(looks))
        group = ""
        for way in (way for way in ways if way.group is not None):
            if way.group != group:
                group = way.group or ""
                show(el("h4", group, class_="group"))
            st.page_link(pages[way.name])
        with st.container(key="foot"):
            show(_who(person, local=local))
            if coverage is not None:
                show(_held(coverage))


def _brand(looks: Appearance) -> Html:
    logo = picture(looks.logo, looks.name) if looks.logo else None
    return el("div", logo or looks.name, class_="brand")


def _who(person: Person, *, local: bool) -> Html:
    if local:
        said = "Local owner, no sign-in: this computer only"
        return el("div", el("a", said, href=account_address()), class_="foot who")
    return el(
        "div",
        el("a", person.name or person.login, href=account_address(), class_="name"),
        el("div", ", ".join(sorted(person.roles)) or "no role yet"),
        el("a", "Sign out", href=sign_out_address(), data_leave=True),
        class_="foot who",
    )


def _held(coverage: Coverage) -> Html:
    if not coverage.cases:
        return el("div", "The library is empty", class_="foot")
    years = years_covered(coverage)
    held = dotted(counted(coverage.cases, "case"), years)
    return el("div", held, el("br"), f"library revision {coverage.revision}", class_="foot")
