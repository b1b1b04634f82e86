"""`onpoint audit …`: the trail of what was done, read, copied and checked."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from core import terminal
from core.app import Onpoint
from core.errors import UsageError
from core.model import LegalDate, PersonId, TrailEntry, TrailForm
from core.session import opened
from core.wire import Json

audit = typer.Typer(no_args_is_help=True, help="The trail of what was done, and by whom.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Login = Annotated[
    str | None, typer.Option("--user", metavar="USER", help="Only what this person did.")
]
Action = Annotated[
    str | None, typer.Option(help="Only this: search, ask, setting.set, or setting. for all such.")
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="On or after.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="On or before.")]


@audit.command("list")
def show(
    context: typer.Context,
    mine: Annotated[bool, typer.Option("--mine", help="What you did; needs no right.")] = False,
    user: Login = None,
    action: Action = None,
    about: Annotated[
        str | None, typer.Option(help="Only what concerns this: a setting's name, a case's id.")
    ] = None,
    since: From = None,
    until: To = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many.")] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List what was done, the latest first."""
    with opened(context, home, as_json=as_json) as session:
        app = session.app
        found = (
            app.trail.mine(k=k)
            if mine
            else app.trail.entries(
                person_id=_person(app, user),
                action=action,
                subject=about,
                since=_day(since),
                until=_day(until, after=True),
                k=k,
            )
        )
        session.say({"entries": [entry_json(entry) for entry in found]}, lambda: _list(found))


@audit.command()
def export(
    context: typer.Context,
    form: Annotated[TrailForm, typer.Option(help="For a spreadsheet, or for a program.")] = (
        TrailForm.JSONL
    ),
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write; none: standard output.")
    ] = None,
    user: Login = None,
    action: Action = None,
    since: From = None,
    until: To = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write the trail to a file; that it was taken enters the trail."""
    if as_json and out is None:
        raise typer.BadParameter("Under --json name the file to write: --out FILE.")
    with opened(context, home, as_json=as_json) as session:
        lines = session.app.trail.export(
            form,
            person_id=_person(session.app, user),
            action=action,
            since=_day(since),
            until=_day(until, after=True),
        )
        if out is None:
            sys.stdout.writelines(lines)
            return
        written = 0
        with out.open("w", encoding="utf-8", newline="") as file:
            for line in lines:
                file.write(line)
                written += 1
        entries = written - (form is TrailForm.CSV)
        session.say(
            {"file": str(out), "entries": entries},
            lambda: terminal.say(f"{entries:,} entries were written to {out}."),
        )


@audit.command()
def verify(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Say whether the trail is as it was written. Exit 1 where it is not."""
    with opened(context, home, as_json=as_json) as session:
        report = session.app.trail.verify()
        broken_at = report.broken_at and report.broken_at.isoformat()
        session.say(
            {
                "whole": report.whole,
                "entries": report.entries,
                "broken_at": broken_at,
                "words": report.words,
            },
            lambda: terminal.say(report.words),
        )
    if not report.whole:
        raise typer.Exit(1)


def entry_json(entry: TrailEntry) -> Json:
    return {
        "entry_id": str(entry.entry_id),
        "at": entry.at.isoformat(),
        "user": entry.login,
        "action": entry.action,
        "subject": entry.subject,
        "matter_id": None if entry.matter_id is None else str(entry.matter_id),
        "detail": dict(entry.detail),
        "text": entry.text,
        "words": entry.words,
        "undoable": entry.undoable,
    }


def _person(app: Onpoint, login: str | None) -> PersonId | None:
    if login is None:
        return None
    wanted = login.strip().casefold()
    for person in app.people.all():
        if person.login.casefold() == wanted:
            return person.person_id
    raise UsageError(f"Nobody here signs in as {login}.")


def _day(text: str | None, *, after: bool = False) -> datetime | None:
    """Return when a day (a month, a year) begins, or with `after` when it is over; UTC."""
    if text is None:
        return None
    try:
        known = LegalDate.parse(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date; write 2009, 2009-04 or 2009-04-22.") from None
    day = known.last + timedelta(days=1) if after else known.first
    return datetime.combine(day, time(), UTC)


def _list(entries: tuple[TrailEntry, ...]) -> None:
    table = Table("when (UTC)", "who", "what", "entry", box=None, pad_edge=False)
    for entry in entries:
        said = entry.words if entry.text is None else f"{entry.words}: {entry.text}"
        table.add_row(
            f"{entry.at:%Y-%m-%d %H:%M:%S}",
            escape(entry.login or "–"),
            escape(said),
            str(entry.entry_id) if entry.undoable else "",
        )
    Console(highlight=False).print(table)
