"""The walls around a matter: who is kept out of it, whatever else is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, tell_act
from pages.parts.html import el, show
from pages.parts.matter_team import called, choose_person
from pages.parts.times import moment

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Matter, Person, Wall

LONGEST_REASON = 500


def walls(app: Onpoint, matter: Matter) -> None:
    """Draw the walls, with a button to lower each, and the form that raises one."""
    standing = app.walls.on(matter.matter_id)
    show(
        el(
            "p",
            "A wall keeps a person out of this matter even if they are on its team or an "
            "administrator. To them the matter does not exist.",
            class_="meta",
        )
    )
    if not standing:
        show(el("p", "No walls."))
    for wall in standing:
        _wall(app, matter, wall)
    behind = {wall.person.person_id for wall in standing}
    _raise(app, matter, [one for one in app.people.colleagues() if one.person_id not in behind])
    tell_act("walls")


def _wall(app: Onpoint, matter: Matter, wall: Wall) -> None:
    who, off = st.columns([0.8, 0.2], vertical_alignment="center")
    with who:
        show(
            el(
                "div",
                "▮ ",
                called(wall.person),
                el("div", f"{wall.reason} · {moment(wall.raised_at)}", class_="meta"),
            )
        )
    off.button(
        "Lower",
        key=f"lower_{wall.person.person_id}",
        help=f"Lower the wall before {called(wall.person)}",
        type="tertiary",
        on_click=act,
        args=(
            "walls",
            f"The wall before {called(wall.person)} is down.",
            lambda: app.walls.lower(matter.matter_id, wall.person.person_id),
        ),
    )


def _raise(app: Onpoint, matter: Matter, others: list[Person]) -> None:
    with st.form("raise_wall", border=False):
        choose_person("Keep out", others, "wall_who")
        st.text_input(
            "Reason",
            key="wall_reason",
            max_chars=LONGEST_REASON,
            placeholder="Represented the other side at a former firm",
        )
        st.form_submit_button("Raise the wall", key="wall_go", on_click=_raised, args=(app, matter))


def _raised(app: Onpoint, matter: Matter) -> None:
    person: Person | None = st.session_state["wall_who"]
    reason = st.session_state["wall_reason"].strip()
    if person is None:
        return
    act(
        "walls",
        f"{called(person)} is kept out, from this moment.",
        lambda: app.walls.raise_wall(matter.matter_id, person.person_id, reason),
    )
    st.session_state["wall_who"] = None
    st.session_state["wall_reason"] = ""
