"""The roster of the firm, and all that an administrator may do for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Role
from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, show
from pages.parts.links import invitation_address, people_address
from pages.parts.times import moment
from pages.parts.token_view import token_list
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from core.app import Onpoint
    from core.model import BrowserSession, Invitation, Person

ROLES = {
    Role.LAWYER: "Searches, asks and opens matters; reads those of their teams.",
    Role.PARALEGAL: "Works on the filings of their matters, and imports cases.",
    Role.ADMIN: "Looks after people, settings and walls. By itself it opens no filing.",
}


def roster(people: Iterable[Person], chosen: UUID | None) -> Html:
    """Return everybody as a table; a name opens what can be done for that person."""
    head = el("tr", *(el("th", t, scope="col") for t in ("Name", "Sign-in name", "Roles", "State")))
    rows = (_row(person, on=person.person_id == chosen) for person in people)
    return el("table", head, *rows, class_="held-list wide")


def person_panel(app: Onpoint, person: Person) -> None:
    """Draw one person: roles, password, sessions, and whether they may sign in at all."""
    place = f"person_{person.person_id}"
    myself = app.who.person().person_id == person.person_id
    show(
        el(
            "div",
            el("h2", person.name or person.login),
            el("p", _signs_in(person), class_="meta"),
        )
    )
    _roles(app, person, place)
    show(el("h4", "Access"))
    with st.container(horizontal=True):
        _button("Reset password", "reset", place, lambda: _reset(app, person, place))
        _button(
            "End sessions",
            "end",
            place,
            lambda: act(
                place,
                "Signed out everywhere.",
                lambda: app.people.end_sessions(person.person_id),
            ),
        )
        _switch(app, person, place, myself=myself)
    show(el("p", _where(app.people.sessions(person.person_id)), class_="meta"))
    if myself:
        show(el("p", "This is you: nobody can disable themselves.", class_="meta"))
    _programs(app, person, place)
    tell_act(place)
    give_link(place)
    show(el("p", el("a", "Invite somebody else", href=people_address())))


def _programs(app: Onpoint, person: Person, place: str) -> None:
    """Draw the tokens of a person's programs, where there are some."""
    if tokens := app.tokens.of(person.person_id):
        show(el("h4", "Programs that act for them"))
        token_list(app, tokens, place)


def give_link(place: str) -> None:
    """Show, once, the link that lets somebody choose a password."""
    kept = st.session_state.get("link")
    if kept is None or kept[0] != place:
        return
    del st.session_state["link"]
    invitation: Invitation = kept[1]
    if not invitation.token:
        show(el("p", "They come in by the office’s single sign-on: no link is needed."))
        return
    said = (
        "Give them this link. It is shown this once, works once, and until "
        f"{moment(invitation.expires)}."
    )
    show(el("p", said, class_="meta"))
    st.code(invitation_address(invitation.token), language=None, wrap_lines=True)


def _row(person: Person, *, on: bool) -> Html:
    shape, state, colour = ("○", "disabled", "warn") if person.disabled else ("✓", "active", "ok")
    return el(
        "tr",
        el(
            "td",
            el("a", person.name or person.login, href=people_address(person.person_id)),
            el("span", "owner", class_="tag") if person.is_owner else None,
        ),
        el("td", person.login, class_="soft"),
        el("td", ", ".join(sorted(person.roles)) or "none yet", class_="soft"),
        el("td", el("span", f"{shape} {state}", class_=colour)),
        class_="on" if on else None,
        aria_current="true" if on else None,
    )


def _where(sessions: Sequence[BrowserSession]) -> str:
    if not sessions:
        return "Signed in nowhere at this moment."
    latest = max(session.seen_at for session in sessions)
    return f"Signed in at {counted(len(sessions), 'browser')}, last seen {moment(latest)}."


def _signs_in(person: Person) -> str:
    return f"{person.login} · " + ("may not sign in" if person.disabled else "may sign in")


def _roles(app: Onpoint, person: Person, place: str) -> None:
    show(el("h4", "Roles"))
    for role, meaning in ROLES.items():
        key = f"{place}_{role.value}"
        st.session_state[key] = role in person.roles
        st.checkbox(
            role.value.capitalize(),
            key=key,
            on_change=_set_role,
            args=(app, person, role, place),
        )
        show(el("p", meaning, class_="meta under-box"))


def _set_role(app: Onpoint, person: Person, role: Role, place: str) -> None:
    given = bool(st.session_state[f"{place}_{role.value}"])
    roles = person.roles | {role} if given else person.roles - {role}
    said = f"{person.name or person.login} is {'now' if given else 'no longer'} {role.value}."
    act(place, said, lambda: app.people.set_roles(person.person_id, roles))


def _reset(app: Onpoint, person: Person, place: str) -> None:
    def reset() -> None:
        st.session_state["link"] = (place, app.people.reset(person.person_id))

    act(place, "The old password works no more.", reset)


def _switch(app: Onpoint, person: Person, place: str, *, myself: bool) -> None:
    if person.disabled:
        _button(
            "Enable",
            "enable",
            place,
            lambda: act(place, "May sign in again.", lambda: app.people.enable(person.person_id)),
        )
        return
    _button(
        "Disable",
        "disable",
        place,
        lambda: act(
            place,
            "Disabled: every open window of theirs ends at its next click.",
            lambda: app.people.disable(person.person_id),
        ),
        disabled=myself,
    )


def _button(
    label: str, name: str, place: str, do: Callable[[], None], *, disabled: bool = False
) -> None:
    st.button(label, key=f"{place}_{name}", on_click=do, disabled=disabled)
