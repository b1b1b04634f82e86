"""The `onpoint` command: everything the pages do, for a terminal and for other programs.

With --json each command prints one JSON object on stdout and nothing else there. Exit 0: done;
1: a stated failure; 2: wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from core import installation, terminal, wire
from core.app import Onpoint
from core.commands.matters import matter_id, matters
from core.commands.walls import walls
from core.evaluate.retrieval import Half
from core.importing import OnProgress
from core.ingest.pipeline import ImportReport
from core.library.doctor import Severity
from core.model import Mode
from core.session import filters_of, opened, reporting, settings_of
from core.settings import Settings

cli = typer.Typer(
    name="onpoint",
    help="Find the case that is on point, see where it says so, and ask questions of your cases.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(
    no_args_is_help=True,
    help="Bring cases into the library. Run it again and it goes on; twice adds nothing.",
)
evaluations = typer.Typer(no_args_is_help=True, help="Measure, on judged queries.")
cli.add_typer(imports, name="import")
cli.add_typer(evaluations, name="evaluate")
cli.add_typer(matters, name="matters")
cli.add_typer(walls, name="walls")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Courts = Annotated[list[str] | None, typer.Option("--court", help="Only this court (an id).")]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Decided on or after.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Decided on or before.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="As the law stood on this day.")
]


@cli.callback()
def onpoint(context: typer.Context, home: Home = None) -> None:
    """Find the case that is on point, and ask questions of your cases."""
    context.obj = home


@cli.command()
def run(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Start with the demonstration library.")
    ] = False,
    home: Home = None,
) -> None:
    """Start the app in the browser, with its database."""
    with opened(context, home) as session:
        if demo:
            with terminal.progress("Loading the demonstration library") as on_progress:
                session.app.import_demo(on_progress=on_progress)
        _serve(session.app.settings, port)


@cli.command()
def search(
    context: typer.Context,
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many cases.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="Leave out the first so many.")] = 0,
    court: Courts = None,
    filed_from: From = None,
    filed_to: To = None,
    as_of: AsOf = None,
    mode: Annotated[Mode, typer.Option(help="How to read the query.")] = Mode.AUTO,
    matter: Annotated[
        str | None, typer.Option(help="Of the filings, only this matter's: its number or id.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Find cases: a citation, a docket number, a case name, a "quoted phrase" or plain words.

    Examples: onpoint search "556 U.S. 418" · onpoint search "duty to warn of ice" --court ca1
    """
    with opened(context, home, as_json=as_json) as session:
        filters = filters_of(court, filed_from, filed_to, as_of)
        within = None if matter is None else matter_id(session.app, matter)
        found = session.app.search(
            query, filters=filters, k=k, offset=offset, mode=mode, matter=within
        )
        session.say(wire.search_json(found), lambda: terminal.search(found))


@cli.command()
def cite(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Any text with citations; - reads standard input.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Find every citation in a text and say which case of the library it is."""
    with opened(context, home, as_json=as_json) as session:
        resolved = session.app.cite(sys.stdin.read() if text == "-" else text)
        session.say(wire.cite_json(resolved), lambda: terminal.cite(resolved))


@cli.command()
def ask(
    context: typer.Context,
    question: str,
    as_of: AsOf = None,
    court: Courts = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ask a question; the answer is made from the library's cases and cites them."""
    with opened(context, home, as_json=as_json) as session:
        given = session.app.ask(question, filters=filters_of(court, None, None, as_of))
        session.say(wire.answer_json(given), lambda: terminal.answer(given))


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


@evaluations.command("retrieval")
def evaluate_retrieval(
    context: typer.Context,
    queries: Annotated[Path, typer.Option(help="Queries, JSON lines: qid, text, task, from …")],
    qrels: Annotated[Path, typer.Option(help="Judgments: TREC, or TSV with a header.")],
    arms: Annotated[str | None, typer.Option(help="Comma-separated; default: all.")] = None,
    half: Annotated[
        Half | None, typer.Option(help="Only half of the queries, by hash of their id.")
    ] = None,
    run_file: Annotated[Path | None, typer.Option("--run", help="Write a TREC run.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Measure search on judged queries: nDCG@10, R@10, R@100 and RR, by arm and fused."""
    with opened(context, home, as_json=as_json) as session:
        measured = session.app.evaluate_retrieval(
            queries,
            qrels,
            arms=tuple(arms.split(",")) if arms else (),
            half=half,
            run_file=run_file,
        )
        session.say(wire.evaluation_json(measured), lambda: terminal.evaluation(measured))


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


@cli.command()
def migrate(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Bring the database's schema up to date (every start does so too)."""
    with reporting(as_json=as_json) as say:
        applied = installation.migrate(settings_of(context, home))
        words = ", ".join(applied) if applied else "nothing to do, the schema is up to date"
        say({"applied": applied}, lambda: terminal.say(f"Migrations: {words}."))


@cli.command()
def doctor(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Say what is wrong with this installation, in words, with the fix."""
    with reporting(as_json=as_json) as say:
        findings = installation.examine(settings_of(context, home))
        say(wire.doctor_json(findings), lambda: terminal.findings(findings))
    if any(finding.severity is Severity.FATAL for finding in findings):
        raise typer.Exit(1)


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


def _serve(settings: Settings, port: int | None) -> None:
    """Hand over to the screens; they read their settings from the environment."""
    from streamlit_app import serve

    os.environ["ONPOINT_HOME"] = str(settings.home.absolute())
    chosen = port or settings.port
    terminal.warn(f"Onpoint is starting at http://127.0.0.1:{chosen} (Ctrl-C stops it).")
    serve(host="127.0.0.1", port=chosen)


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
