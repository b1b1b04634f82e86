"""The `onpoint` command: everything the pages do, for a terminal and for other programs.

With --json each command prints one JSON object on stdout and nothing else there. Exit 0: done;
1: a stated failure; 2: wrong usage.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from core import installation, terminal, wire
from core.acting import As, let_act
from core.commands.again import reread
from core.commands.audit import audit
from core.commands.bench import bench
from core.commands.filings import filings, upload
from core.commands.handing_in import import_loader, watch, worker
from core.commands.imports import imports
from core.commands.matters import matter_id, matters
from core.commands.mcp import mcp
from core.commands.publishing import publish
from core.commands.settings import settings
from core.commands.style import app as style
from core.commands.tokens import tokens
from core.commands.users import users
from core.commands.verify import verify
from core.commands.walls import walls
from core.commands.work import drafts, traces
from core.evaluate.retrieval import Half
from core.library.doctor import Severity
from core.model import Length, Mode, SignInMode, Voice
from core.session import filters_of, opened, reporting, settings_of
from core.settings import Settings

cli = typer.Typer(
    name="onpoint",
    help="Find the case that is on point, see where it says so, and ask questions of your cases.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
evaluations = typer.Typer(no_args_is_help=True, help="Measure, on judged queries.")
cli.add_typer(imports, name="import")
cli.add_typer(evaluations, name="evaluate")
cli.add_typer(matters, name="matters")
cli.add_typer(filings, name="filings")
cli.add_typer(walls, name="walls")
cli.add_typer(settings, name="settings")
cli.add_typer(audit, name="audit")
cli.add_typer(traces, name="traces")
cli.add_typer(drafts, name="drafts")
cli.add_typer(style, name="style")
cli.add_typer(users, name="users")
cli.add_typer(tokens, name="tokens")
cli.command("bench")(bench)

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
def onpoint(context: typer.Context, home: Home = None, _as_user: As = None) -> None:
    """Find the case that is on point, and ask questions of your cases."""
    context.obj = home


@cli.command()
def run(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; 0.0.0.0 is the whole network.")
    ] = None,
    sign_in: Annotated[
        SignInMode | None, typer.Option("--sign-in", help="How people show who they are.")
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Start with the demonstration library.")
    ] = False,
    home: Home = None,
) -> None:
    """Start the app in the browser, with its database."""
    # The screens read their settings from the environment.
    given = {"ONPOINT_PORT": port, "ONPOINT_HOST": host, "ONPOINT_SIGN_IN": sign_in}
    os.environ.update({name: str(value) for name, value in given.items() if value is not None})
    with opened(context, home) as session:
        session.app.accounts.mode()  # refuses what would leave the library open to anybody
        if demo:
            with terminal.progress("Loading the demonstration library") as on_progress:
                session.app.import_demo(on_progress=on_progress)
        _serve(session.app.settings)


@cli.command()
def search(
    context: typer.Context,
    query: str,
    k: Annotated[
        int | None, typer.Option("-k", min=1, max=100, help="How many cases; none: as set.")
    ] = None,
    offset: Annotated[int, typer.Option(min=0, help="Leave out the first so many.")] = 0,
    court: Courts = None,
    filed_from: From = None,
    filed_to: To = None,
    as_of: AsOf = None,
    mode: Annotated[Mode | None, typer.Option(help="How to read the query; none: as set.")] = None,
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
    voice: Annotated[
        Voice | None, typer.Option(help="Who words the answer; none: as Settings say.")
    ] = None,
    speaks: Annotated[
        str | None, typer.Option(help="Of the firm's trained voices the one of this name.")
    ] = None,
    after: Annotated[
        list[str] | None, typer.Option(help="A question asked before this one; may be repeated.")
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="The reasons and limits too.")] = False,
    matter: Annotated[
        str | None, typer.Option(help="The matter it is asked for: its number or id.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ask a question; the answer is made from the library's cases and cites them.

    Asked for a matter, it also shows what the matter's own filings say, word for word.
    """
    with opened(context, home, as_json=as_json) as session:
        given = session.app.ask(
            question,
            before=after or (),
            filters=filters_of(court, None, None, as_of),
            voice=voice,
            speaks=speaks,
            length=Length.LONG if long else Length.SHORT,
            matter=None if matter is None else matter_id(session.app, matter),
        )
        said = session.app.quotations(given.filings)
        session.say(wire.answer_json(given, said), lambda: terminal.answer(given, said))


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


@evaluations.command("answers")
def evaluate_answers(
    context: typer.Context,
    questions: Annotated[Path, typer.Option(help="Questions, JSON lines: id, question, expects …")],
    half: Annotated[
        Half | None, typer.Option(help="Only half of the questions, by hash of their id.")
    ] = None,
    run_file: Annotated[
        Path | None, typer.Option("--run", help="Write what was answered, JSON lines.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Measure answers on a set of questions: what was made up, misquoted, unsupported, refused.

    Who answers is the model that Settings name, or the composer of extracts without one.
    """
    with opened(context, home, as_json=as_json) as session:
        measured = session.app.evaluate_answers(questions, half=half, run_file=run_file)
        session.say(wire.answers_measured_json(measured), lambda: terminal.answers(measured))


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


def _serve(settings: Settings) -> None:
    """Hand over to the screens."""
    os.environ["ONPOINT_HOME"] = str(settings.home.absolute())
    from streamlit_app import serve

    terminal.warn(f"Onpoint is starting at {settings.public_address} (Ctrl-C stops it).")
    serve(host=settings.host, port=settings.port)


for command in (upload, watch, worker, verify, mcp):
    cli.command()(command)
for command in (publish, reread):
    filings.command()(command)
imports.command("loader")(import_loader)
let_act(cli)


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
