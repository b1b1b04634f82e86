"""`onpoint users …`: who is known here, what they may be, and the links that let them in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from core import terminal
from core.app import Onpoint
from core.errors import NoSuchPerson
from core.model import BrowserSession, Invitation, InvitationKind, Person, Role
from core.session import Session, opened
from core.wire import Json

users = typer.Typer(no_args_is_help=True, help="People: who may sign in, and what they may do.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Login = Annotated[str, typer.Argument(metavar="USER", help="What the person signs in as.")]
Roles = Annotated[list[Role] | None, typer.Option("--role", help="May be given several times.")]


@users.command("list")
def list_users(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """List everybody who is known here."""
    with opened(context, home, as_json=as_json) as session:
        found = session.app.people.all()
        session.say({"users": [person_json(one) for one in found]}, lambda: _list(found))


@users.command()
def invite(
    context: typer.Context,
    login: Login,
    name: Annotated[str, typer.Argument(help="The person's name.")],
    role: Roles = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make somebody known, and print the link by which they choose a password.

    Example: onpoint users invite ada@firm.example "Ada Lovelace" --role lawyer
    """
    with opened(context, home, as_json=as_json) as session:
        _give(session, session.app.people.invite(login, name, role or ()))


@users.command()
def roles(
    context: typer.Context,
    login: Login,
    role: Annotated[
        list[Role] | None, typer.Argument(metavar="[ROLE]...", help="All of them; none: no rights.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say what somebody may be; what is not named is taken away."""
    with opened(context, home, as_json=as_json) as session:
        person = known(session.app, login)
        session.app.people.set_roles(person.person_id, role or ())
        _tell(session, login)


@users.command()
def reset(context: typer.Context, login: Login, home: Home = None, as_json: AsJson = False) -> None:
    """Take somebody's password away, and print the link by which they choose another."""
    with opened(context, home, as_json=as_json) as session:
        _give(session, session.app.people.reset(known(session.app, login).person_id))


@users.command()
def disable(
    context: typer.Context, login: Login, home: Home = None, as_json: AsJson = False
) -> None:
    """Shut somebody out, in every open window."""
    with opened(context, home, as_json=as_json) as session:
        session.app.people.disable(known(session.app, login).person_id)
        _tell(session, login)


@users.command()
def enable(
    context: typer.Context, login: Login, home: Home = None, as_json: AsJson = False
) -> None:
    """Let somebody sign in again."""
    with opened(context, home, as_json=as_json) as session:
        session.app.people.enable(known(session.app, login).person_id)
        _tell(session, login)


@users.command()
def sessions(
    context: typer.Context,
    login: Login,
    end: Annotated[bool, typer.Option("--end", help="End them all.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say where somebody is signed in."""
    with opened(context, home, as_json=as_json) as session:
        person_id = known(session.app, login).person_id
        if end:
            session.app.people.end_sessions(person_id)
        found = session.app.people.sessions(person_id)
        session.say(
            {"sessions": [_session_json(one) for one in found]}, lambda: _list_sessions(found)
        )


def known(app: Onpoint, login: str) -> Person:
    """Return whoever signs in by this name, capitals aside. Raises NoSuchPerson."""
    wanted = login.strip().casefold()
    found = (one for one in app.people.all() if one.login.casefold() == wanted)
    person = next(found, None)
    if person is None:
        raise NoSuchPerson(f"Nobody signs in here as {login}.")
    return person


def person_json(person: Person) -> Json:
    return {
        "user": person.login,
        "name": person.name,
        "roles": sorted(person.roles),
        "owner": person.is_owner,
        "disabled": person.disabled,
        "person_id": str(person.person_id),
    }


def _session_json(one: BrowserSession) -> Json:
    return {
        "session_id": str(one.session_id),
        "address": one.address,
        "browser": one.browser,
        "began_at": one.began_at.isoformat(),
        "seen_at": one.seen_at.isoformat(),
    }


def _give(session: Session, made: Invitation) -> None:
    """Print a link; it is shown this once."""
    address = session.app.settings.public_address
    link = f"{address}/invitation?token={made.token}" if made.token else None
    payload: Json = {
        **person_json(made.person),
        "link": link,
        "expires": made.expires.isoformat() if link else None,
    }

    def tell() -> None:
        if made.kind is InvitationKind.INVITATION:
            terminal.say(f"{made.person.name} is known now.")
        if link is None:
            terminal.say("They sign in by the office's single sign-on.")
            return
        until = f"{made.expires:%d %b %Y, %H:%M} UTC"
        terminal.say(f"Give them this link. It works once, until {until}:\n{link}")

    session.say(payload, tell)


def _tell(session: Session, login: str) -> None:
    person = known(session.app, login)
    session.say(person_json(person), lambda: _list((person,)))


def _list(found: tuple[Person, ...]) -> None:
    table = Table("signs in as", "name", "roles", "state", box=None, pad_edge=False)
    for one in found:
        state = "disabled" if one.disabled else "owner" if one.is_owner else "active"
        roles_of = ", ".join(sorted(one.roles)) or "none yet"
        table.add_row(escape(one.login), escape(one.name), roles_of, state)
    Console(highlight=False).print(table)


def _list_sessions(found: tuple[BrowserSession, ...]) -> None:
    if not found:
        terminal.say("Signed in nowhere.")
        return
    table = Table("address", "browser", "since", "last seen", box=None, pad_edge=False)
    for one in found:
        began, seen = (f"{at:%d %b %Y, %H:%M}" for at in (one.began_at, one.seen_at))
        table.add_row(escape(one.address), escape(one.browser), began, seen)
    Console(highlight=False).print(table)
