"""`onpoint walls …`: who is kept out of a matter, and whether it holds."""

from __future__ import annotations

from typing import Annotated

import typer

from core import terminal, wire
from core.commands.matters import (
    AsJson,
    Home,
    Login,
    Which,
    colleague,
    matter_id,
    named,
    person_json,
)
from core.model import ProbeReport, Wall
from core.session import opened

walls = typer.Typer(no_args_is_help=True, help="Ethical walls: raise, lower, and try them.")


@walls.command("list")
def list_walls(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """Say who is kept out of a matter, and why."""
    with opened(context, home, as_json=as_json) as session:
        found = session.app.walls.on(matter_id(session.app, which))
        session.say({"walls": [wall_json(each) for each in found]}, lambda: _list(found))


@walls.command("raise")
def raise_wall(
    context: typer.Context,
    which: Which,
    login: Login,
    reason: Annotated[str, typer.Option(help="Why; whoever wants to lower it reads this.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Keep a person out of a matter, whatever else is true; admins too."""
    with opened(context, home, as_json=as_json) as session:
        chosen = matter_id(session.app, which)
        session.app.walls.raise_wall(chosen, colleague(session.app, login).person_id, reason)
        found = session.app.walls.on(chosen)
        session.say({"walls": [wall_json(each) for each in found]}, lambda: _list(found))


@walls.command()
def lower(
    context: typer.Context, which: Which, login: Login, home: Home = None, as_json: AsJson = False
) -> None:
    """Let a person in again, who then has what the team gives."""
    with opened(context, home, as_json=as_json) as session:
        chosen = matter_id(session.app, which)
        kept_out = tuple(wall.person for wall in session.app.walls.on(chosen))
        session.app.walls.lower(chosen, named(kept_out, login).person_id)
        found = session.app.walls.on(chosen)
        session.say({"walls": [wall_json(each) for each in found]}, lambda: _list(found))


@walls.command()
def probe(context: typer.Context, login: Login, home: Home = None, as_json: AsJson = False) -> None:
    """Try whether a wall holds a person: look for a matter made up for it in every way they can.

    Exit 1 where something was other with the matter than without.
    """
    with opened(context, home, as_json=as_json) as session:
        report = session.app.walls.probe(colleague(session.app, login).person_id)
        session.say(probe_json(report), lambda: _report(report))
    if not report.holds:
        raise typer.Exit(1)


def wall_json(wall: Wall) -> wire.Json:
    return {
        **person_json(wall.person),
        "reason": wall.reason,
        "raised_by": wall.raised_by,
        "raised_at": wall.raised_at.isoformat(),
    }


def probe_json(report: ProbeReport) -> wire.Json:
    return {
        "login": report.person.login,
        "holds": report.holds,
        "walls": report.walls,
        "checks": [
            {"way": check.way, "words": check.words, "same": check.same, "clean": check.clean}
            for check in report.checks
        ],
        "seconds": round(report.seconds, 2),
    }


def _list(found: tuple[Wall, ...]) -> None:
    for wall in found:
        terminal.say(f"{wall.person.login}  {wall.person.name} · {wall.reason} · {wall.raised_by}")
    if not found:
        terminal.say("No wall is around this matter.")


def _report(report: ProbeReport) -> None:
    for check in report.checks:
        terminal.say(f"{'holds' if check.holds else 'LEAKS'}  {check.words}")
    ways = len(report.checks)
    said = (
        f"The wall holds: in {ways} ways nothing showed of the matter that was made up."
        if report.holds
        else "The wall does not hold. Stop using Onpoint for walled matters and report this."
    )
    terminal.say(f"{said} {report.person.name} is walled off from {report.walls:,} matters.")
