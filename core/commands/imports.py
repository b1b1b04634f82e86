"""`onpoint import …`: cases brought into the library, from wherever they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from core import terminal, wire
from core.app import Onpoint
from core.importing import OnProgress
from core.ingest.pipeline import ImportReport
from core.session import opened

imports = typer.Typer(
    no_args_is_help=True,
    help="Bring cases into the library. Run it again and it goes on; twice adds nothing.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]


@imports.command("jsonl")
def import_jsonl(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="JSON lines, gzipped or not.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Import cases from JSON lines, one case a line."""
    _import(
        context,
        home,
        lambda app, note: app.import_jsonl(files, on_progress=note),
        as_json=as_json,
    )


@imports.command("folder")
def import_folder(
    context: typer.Context,
    folder: Path,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Import every .txt and .html file of a folder as a case."""
    _import(
        context,
        home,
        lambda app, note: app.import_folder(folder, on_progress=note),
        as_json=as_json,
    )


@imports.command("cap")
def import_cap(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="A volume's or reporter's folder, zip or address.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Import from the Caselaw Access Project's published files."""
    _import(
        context,
        home,
        lambda app, note: app.import_cap(place, on_progress=note),
        as_json=as_json,
    )


@imports.command("courtlistener")
def import_courtlistener(
    context: typer.Context,
    bulk: Annotated[
        Path | None, typer.Argument(help="Folder of its bulk CSV files; none: its REST API.")
    ] = None,
    court: Annotated[list[str] | None, typer.Option(help="Only this court (an id).")] = None,
    token: Annotated[
        str, typer.Option(envvar="COURTLISTENER_TOKEN", help="Your token for the REST API.")
    ] = "",
    filed_after: Annotated[str | None, typer.Option(help="Only decided on or after.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Import from CourtListener: a folder of its bulk files, or its REST API with your token."""
    courts = court or ()

    def read(app: Onpoint, note: OnProgress) -> ImportReport:
        if bulk is not None:
            return app.import_courtlistener_bulk(bulk, courts=courts, on_progress=note)
        return app.import_courtlistener_api(
            token, court=" ".join(courts) or None, filed_after=filed_after, on_progress=note
        )

    _import(context, home, read, as_json=as_json)


@imports.command("demo")
def import_demo(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Load the demonstration library: invented cases of an invented state."""
    _import(
        context,
        home,
        lambda app, note: app.import_demo(on_progress=note),
        as_json=as_json,
    )


def _import(
    context: typer.Context,
    home: Path | None,
    read: Callable[[Onpoint, OnProgress], ImportReport],
    *,
    as_json: bool,
) -> None:
    with opened(context, home, as_json=as_json) as session:
        with terminal.progress("Importing") as note:
            report = read(session.app, note)
        session.say(wire.import_json(report), lambda: terminal.imported(report))
