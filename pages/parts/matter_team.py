"""The team of a matter: who works on it, and the ways on and off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, tell_act
from pages.parts.html import el, show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.app import Onpoint
    from core.model import Matter, Person


def team(app: Onpoint, matter: Matter) -> None:
    """Draw the team, with a button beside each, and the field that puts somebody on it."""
    members = app.matters.team(matter.matter_id)
    show(el("p", "The team, and nobody else, reads this matter’s filings.", class_="meta"))
    if not members:
        show(el("p", "Nobody is on the team yet."))
    for member in members:
        _member(app, matter, member)
    here = {member.person_id for member in members}
    _add(app, matter, [one for one in app.people.colleagues() if one.person_id not in here])
    tell_act("team")


def choose_person(label: str, people: Iterable[Person], key: str) -> Person | None:
    """Draw a field to choose one of the people by name."""
    return st.selectbox(
        label,
        list(people),
        key=key,
        index=None,
        placeholder="Choose somebody",
        format_func=called,
    )


def called(person: Person) -> str:
    """Name a person so that two of one name are told apart."""
    return f"{person.name} ({person.login})" if person.name else person.login


def _member(app: Onpoint, matter: Matter, member: Person) -> None:
    who, off = st.columns([0.8, 0.2], vertical_alignment="center")
    with who:
        roles = ", ".join(sorted(member.roles)) or "no role"
        state = " · disabled" if member.disabled else ""
        show(el("div", member.name or member.login, " ", el("span", roles + state, class_="meta")))
    off.button(
        "Take off",
        key=f"off_{member.person_id}",
        help=f"Take {called(member)} off the team",
        type="tertiary",
        on_click=act,
        args=(
            "team",
            f"{member.name or member.login} is off the team.",
            lambda: app.matters.leave(matter.matter_id, member.person_id),
        ),
    )


def _add(app: Onpoint, matter: Matter, others: list[Person]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="team_add"):
        chosen = choose_person("Put on the team", others, "team_who")
        st.button(
            "Add to the team",
            key="team_add_go",
            disabled=chosen is None,
            on_click=_added,
            args=(app, matter),
        )


def _added(app: Onpoint, matter: Matter) -> None:
    person: Person | None = st.session_state["team_who"]
    if person is None:
        return
    said = f"{person.name or person.login} is on the team."
    act("team", said, lambda: app.matters.add(matter.matter_id, person.person_id))
    st.session_state["team_who"] = None
