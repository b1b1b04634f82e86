"""`onpoint settings …`: what the firm has settled, seen, made, taken back and tried."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from core import terminal
from core.errors import UsageError
from core.model import FirmSetting, SettingKind, TestResult
from core.session import opened
from core.wire import Json

settings = typer.Typer(no_args_is_help=True, help="What the firm has settled.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Name = Annotated[str, typer.Argument(metavar="SETTING", help="Its name, such as answer_model.")]
LONGEST_VALUE = 60


@settings.command("get")
def get(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="SETTING", help="None: all.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the settings, or one, each with where its value comes from. Keys are never shown."""
    with opened(context, home, as_json=as_json) as session:
        rows = [row for row in session.app.firm.table() if name in {None, row.name}]
        if not rows:
            raise UsageError(f"There is no setting {name!r}.")
        session.say({"settings": [setting_json(row) for row in rows]}, lambda: _list(rows))


@settings.command("set")
def make(
    context: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(help="Its value; - reads standard input (for keys).")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make a setting, for everybody and at once."""
    with opened(context, home, as_json=as_json) as session:
        row = session.app.firm.set(name, sys.stdin.read() if value == "-" else value)
        session.say(setting_json(row), lambda: _list([row]))


@settings.command()
def unset(context: typer.Context, name: Name, home: Home = None, as_json: AsJson = False) -> None:
    """Go back to what holds when the firm says nothing."""
    with opened(context, home, as_json=as_json) as session:
        row = session.app.firm.unset(name)
        session.say(setting_json(row), lambda: _list([row]))


@settings.command()
def undo(
    context: typer.Context,
    entry: Annotated[UUID, typer.Argument(help="The change, as `onpoint audit list` has it.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Take back one change of a setting."""
    with opened(context, home, as_json=as_json) as session:
        row = session.app.firm.undo(entry)
        session.say(setting_json(row), lambda: _list([row]))


@settings.command("test")
def try_out(
    context: typer.Context,
    name: Name,
    value: Annotated[
        str | None, typer.Argument(help="Try it with this value, which is not kept.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Really try a setting: ask the model, load the encoder. Exit 1 where it does not work."""
    with opened(context, home, as_json=as_json) as session:
        result = session.app.firm.test(name, value)
        session.say(_result_json(result), lambda: terminal.say(result.words))
    if not result.passed:
        raise typer.Exit(1)


def setting_json(row: FirmSetting) -> Json:
    return {
        "name": row.name,
        "group": row.group,
        "label": row.label,
        "kind": row.kind,
        "value": row.value,
        "default": row.default,
        "source": row.source,
        "is_set": row.is_set,
        "locked": row.locked,
        "problem": row.problem,
        "choices": [
            {"value": choice.value, "label": choice.label, "refused": choice.refused}
            for choice in row.choices
        ],
    }


def _result_json(result: TestResult) -> Json:
    return {"passed": result.passed, "words": result.words, "seconds": round(result.seconds, 2)}


def _list(rows: list[FirmSetting]) -> None:
    table = Table("setting", "value", "from", "what it does", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row.name, escape(_value(row)), row.source, escape(row.problem or row.help))
    Console(highlight=False).print(table)


def _value(row: FirmSetting) -> str:
    if row.secret:
        return "kept, not shown" if row.is_set else "none"
    if row.value is None:
        return "none"
    if isinstance(row.value, bool):
        return "on" if row.value else "off"
    named = (choice.label for choice in row.choices if choice.value == row.value)
    written = next(named, str(row.value)) if row.kind is SettingKind.CARD else str(row.value)
    return written if len(written) <= LONGEST_VALUE else f"{written[:LONGEST_VALUE]} …"
