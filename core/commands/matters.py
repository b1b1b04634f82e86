"""`onpoint matters …`: matters, their teams and their filings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core import terminal, wire
from core.app import Onpoint
from core.errors import UsageError
from core.model import Filing, Matter, MatterState, Person
from core.programs.requests import matter_id
from core.session import opened

matters = typer.Typer(no_args_is_help=True, help="Matters, who works on them, their filings.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Which = Annotated[str, typer.Argument(metavar="MATTER", help="Its number, or its id.")]
Login = Annotated[str, typer.Argument(metavar="USER", help="What the person signs in as.")]


@matters.command("list")
def list_matters(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """List the matters that you may see."""
    with opened(context, home, as_json=as_json) as session:
        found = session.app.matters.all()
        session.say({"matters": [matter_json(each) for each in found]}, lambda: _list(found))


@matters.command("open")
def open_matter(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The client-matter number.")],
    name: str,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Open a matter; you are the first of its team."""
    with opened(context, home, as_json=as_json) as session:
        made = session.app.matters.open(number, name)
        session.say(matter_json(made), lambda: terminal.say(f"{_line(made)} was opened."))


@matters.command()
def change(
    context: typer.Context,
    which: Which,
    number: Annotated[str | None, typer.Option(help="Another number.")] = None,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    state: Annotated[MatterState | None, typer.Option(help="Close it, or open it again.")] = None,
    external_models: Annotated[
        bool | None, typer.Option(help="May models outside the firm read it?")
    ] = None,
    teaches_style: Annotated[
        bool | None, typer.Option(help="May the style model learn from it?")
    ] = None,
    legal_hold: Annotated[bool | None, typer.Option(help="Is nothing to be removed?")] = None,
    asks_release: Annotated[
        bool | None, typer.Option(help="Must somebody look before a filing can be searched?")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Change a matter; what is not named stays as it is."""
    with opened(context, home, as_json=as_json) as session:
        changed = session.app.matters.change(
            matter_id(session.app, which),
            number=number,
            name=name,
            state=state,
            external_models=external_models,
            teaches_style=teaches_style,
            legal_hold=legal_hold,
            asks_release=asks_release,
        )
        session.say(matter_json(changed), lambda: _list((changed,)))


@matters.command()
def remove(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """Remove a matter with everything in it. It cannot be undone."""
    with opened(context, home, as_json=as_json) as session:
        removed = matter_id(session.app, which)
        session.app.matters.remove(removed)
        session.say({"removed": str(removed)}, lambda: terminal.say("The matter was removed."))


@matters.command()
def team(context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False) -> None:
    """Say who works on a matter."""
    with opened(context, home, as_json=as_json) as session:
        found = session.app.matters.team(matter_id(session.app, which))
        session.say({"team": [person_json(each) for each in found]}, lambda: _people(found))


@matters.command()
def add(
    context: typer.Context, which: Which, login: Login, home: Home = None, as_json: AsJson = False
) -> None:
    """Add a person to a matter's team."""
    with opened(context, home, as_json=as_json) as session:
        chosen = matter_id(session.app, which)
        session.app.matters.add(chosen, colleague(session.app, login).person_id)
        found = session.app.matters.team(chosen)
        session.say({"team": [person_json(each) for each in found]}, lambda: _people(found))


@matters.command()
def leave(
    context: typer.Context, which: Which, login: Login, home: Home = None, as_json: AsJson = False
) -> None:
    """Take a person off a matter's team: from then on they see nothing of it."""
    with opened(context, home, as_json=as_json) as session:
        chosen = matter_id(session.app, which)
        members = session.app.matters.team(chosen)
        session.app.matters.leave(chosen, named(members, login).person_id)
        # Whoever leaves it may not see it any more.
        left = tuple(each for each in members if each.login.casefold() != login.casefold())
        session.say({"team": [person_json(each) for each in left]}, lambda: _people(left))


@matters.command()
def filings(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """List a matter's filings."""
    with opened(context, home, as_json=as_json) as session:
        found = session.app.filings.all(matter_id(session.app, which))
        payload: wire.Json = {"filings": [filing_json(each) for each in found]}
        session.say(payload, lambda: _filings(found))


@matters.command()
def file(
    context: typer.Context,
    which: Which,
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Plain text, UTF-8.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Add plain texts to a matter's filings; a text that is there already is there once."""
    with opened(context, home, as_json=as_json) as session:
        chosen = matter_id(session.app, which)
        added = tuple(
            session.app.filings.add_text(chosen, path.name, _text(path)) for path in paths
        )
        payload: wire.Json = {"filings": [filing_json(each) for each in added]}
        session.say(payload, lambda: _filings(added))


def colleague(app: Onpoint, login: str) -> Person:
    """Return who signs in as `login`. Raises UsageError."""
    return named(app.people.colleagues(), login)


def named(people: tuple[Person, ...], login: str) -> Person:
    """Return the one of these who signs in as `login`. Raises UsageError."""
    for person in people:
        if person.login.casefold() == login.strip().casefold():
            return person
    raise UsageError(f"There is nobody here who signs in as {login}.")


def matter_json(matter: Matter) -> wire.Json:
    return {
        "matter_id": str(matter.matter_id),
        "number": matter.number,
        "name": matter.name,
        "state": matter.state,
        "external_models": matter.external_models,
        "teaches_style": matter.teaches_style,
        "legal_hold": matter.legal_hold,
        "asks_release": matter.asks_release,
    }


def person_json(person: Person) -> wire.Json:
    return {
        "person_id": str(person.person_id),
        "login": person.login,
        "name": person.name,
        "roles": sorted(person.roles),
        "disabled": person.disabled,
    }


def filing_json(filing: Filing) -> wire.Json:
    return {
        "filing_id": str(filing.filing_id),
        "matter_id": str(filing.matter_id),
        "name": filing.name,
        "characters": filing.characters,
        "passages": filing.passages,
        "added_by": filing.added_by,
        "added_at": filing.added_at.isoformat(),
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{path} cannot be read as a plain text: {fault}.") from fault


def _line(matter: Matter) -> str:
    said = [f"{matter.number}  {matter.name}"]
    said += ["closed"] if matter.state is MatterState.CLOSED else []
    said += ["legal hold"] if matter.legal_hold else []
    return " · ".join(said)


def _list(found: tuple[Matter, ...]) -> None:
    for matter in found:
        terminal.say(_line(matter))
    if not found:
        terminal.say("You work on no matter yet. Open one: onpoint matters open NUMBER NAME")


def _people(found: tuple[Person, ...]) -> None:
    for person in found:
        terminal.say(f"{person.login}  {person.name}")
    if not found:
        terminal.say("Nobody is on its team.")


def _filings(found: tuple[Filing, ...]) -> None:
    for filing in found:
        terminal.say(f"{filing.name} · {filing.passages:,} passages · {filing.added_by}")
    if not found:
        terminal.say("This matter has no filings yet.")
