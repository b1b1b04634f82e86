"""`onpoint upload` and `onpoint filings …`: files handed in, and what becomes of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from core import terminal, wire
from core.app import Onpoint
from core.commands.matters import filing_json, matter_id
from core.commands.one_of_them import found, wait_for
from core.commands.uploads import (
    described_json,
    ended,
    finding_json,
    known_said,
    receipt_json,
    receipt_said,
    upload_json,
    uploads_said,
    versions_said,
)
from core.errors import NoSuchFiling, OnpointError, UsageError
from core.model import Described, Field, FilingId, Finding, MatterId, Upload
from core.session import Session, opened

filings = typer.Typer(no_args_is_help=True, help="Filings that were handed in, and their state.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Which = Annotated[str, typer.Argument(metavar="FILING", help="Its id, or its name.")]
Several = Annotated[list[str], typer.Argument(metavar="FILING…", help="Ids or names.")]
Matter = Annotated[str, typer.Option(help="The matter: its number or id.")]


def upload(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    matter: Matter,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Wait until each can be searched, or not.")
    ] = True,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Hand files in to a matter: PDF, Word, scans, mail, archives.

    What cannot be taken is said, and the rest is. The exit status is 1 where nothing was.
    """
    with opened(context, home, as_json=as_json) as session:
        app, chosen = session.app, matter_id(session.app, matter)
        taken = [(path, _taken(app, chosen, path)) for path in files]
        if wait:
            wait_for(app, [one for _, one in taken if isinstance(one, Upload)])
        rows = [_row(app, path, one) for path, one in taken]
        session.say({"files": rows}, lambda: _rows_said(rows))
    if not any(isinstance(one, Upload) for _, one in taken):
        raise typer.Exit(1)


@filings.command("list")
def list_filings(
    context: typer.Context,
    matter: Annotated[str | None, typer.Option(help="Only this matter's.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List what was handed in, the latest first, with what each needs."""
    with opened(context, home, as_json=as_json) as session:
        chosen = None if matter is None else matter_id(session.app, matter)
        found = session.app.filings.uploads(chosen)
        payload: wire.Json = {"uploads": [upload_json(each) for each in found]}
        session.say(payload, lambda: uploads_said(found))


@filings.command()
def show(context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False) -> None:
    """Show a filing: its state, what is known of it, what was found in it."""
    with opened(context, home, as_json=as_json) as session:
        desk, one = session.app.filings, found(session.app, which)
        up, filing = desk.upload_of(one), desk.get(one)
        known, findings = desk.description(one), desk.findings(one)
        payload: wire.Json = {
            "upload": up and upload_json(up),
            "filing": filing and filing_json(filing),
            "description": [described_json(each) for each in known],
            "findings": [finding_json(each) for each in findings],
            "text": filing and filing.text,
        }
        session.say(payload, lambda: _shown(up, known, findings))


@filings.command()
def describe(
    context: typer.Context,
    which: Which,
    field: Annotated[Field, typer.Argument(help="What is said of it.")],
    value: str,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say what a filing is; what a person said is never overwritten."""
    with opened(context, home, as_json=as_json) as session:
        one = found(session.app, which)
        session.app.filings.describe(one, field, value)
        known = session.app.filings.description(one)
        payload: wire.Json = {"description": [described_json(each) for each in known]}
        session.say(payload, lambda: known_said(known))


@filings.command()
def delete(
    context: typer.Context, which: Several, home: Home = None, as_json: AsJson = False
) -> None:
    """Delete filings with all that was made of them: every one, or none. It cannot be undone."""
    with opened(context, home, as_json=as_json) as session:
        ids = [found(session.app, each) for each in which]
        receipt = session.app.filings.remove(*ids)
        session.say(receipt_json(receipt), lambda: receipt_said(receipt))


@filings.command()
def retry(context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False) -> None:
    """Have a file worked on again that had come to an end, and wait for it."""
    _settle(context, home, which, lambda app, one: app.filings.retry(one), as_json=as_json)


@filings.command()
def release(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """Let a file be searched in spite of what was found in it."""
    _settle(context, home, which, lambda app, one: app.filings.release(one), as_json=as_json)


@filings.command()
def cancel(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """Have no more work done on a file; it stays, and can be retried."""
    _settle(context, home, which, lambda app, one: app.filings.cancel(one), as_json=as_json)


@filings.command()
def password(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """Read a locked file; its password comes from standard input, and is kept nowhere."""
    secret = sys.stdin.readline().rstrip("\r\n")
    _settle(
        context,
        home,
        which,
        lambda app, one: app.filings.give_password(one, secret),
        as_json=as_json,
    )


@filings.command()
def replace(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="The filing that is out of date: id or name.")],
    new: Annotated[str, typer.Argument(help="Its new version: id or name.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make one filing the new version of another, which leaves search and stays to be read."""
    with opened(context, home, as_json=as_json) as session:
        chain = session.app.filings.replace(found(session.app, old), found(session.app, new))
        payload: wire.Json = {"versions": [filing_json(each) for each in chain]}
        session.say(payload, lambda: versions_said([each.name for each in chain]))


def _taken(app: Onpoint, matter: MatterId, path: Path) -> Upload | OnpointError:
    try:
        if not path.is_file():
            raise UsageError(f"{path} is no file that can be read.")
        return app.filings.upload(matter, path.name, path)
    except OnpointError as refused:
        return refused


def _row(app: Onpoint, path: Path, taken: Upload | OnpointError) -> wire.Json:
    """One file as the contract of the command line has it."""
    if isinstance(taken, OnpointError):
        return {
            "file": str(path),
            "filing_id": None,
            "state": "refused",
            "reason": str(taken),
            "pages": None,
            "passages": None,
            "duplicate_of": None,
        }
    now = app.filings.upload_of(taken.filing_id) or taken
    return upload_json(now) | {
        "file": str(path),
        "duplicate_of": str(taken.duplicate_of) if taken.duplicate_of else None,
    }


def _settle(
    context: typer.Context,
    home: Path | None,
    which: str,
    act: Callable[[Onpoint, FilingId], Upload],
    *,
    as_json: bool,
) -> None:
    """Do something about one upload, see how far that brings it, and say so."""
    with opened(context, home, as_json=as_json) as session:
        one = found(session.app, which)
        done = act(session.app, one)
        if not ended(done):
            wait_for(session.app, [done])
        _say_upload(session, one)


def _say_upload(session: Session, one: FilingId) -> None:
    now = session.app.filings.upload_of(one)
    if now is None:
        raise NoSuchFiling
    session.say(upload_json(now), lambda: uploads_said((now,)))


def _rows_said(rows: Sequence[wire.Json]) -> None:
    for row in rows:
        said = [f"{row['file']}: {str(row['state']).replace('_', ' ')}"]
        said += [f"{row['pages']} pages"] if row["pages"] else []
        said += [str(row["reason"])] if row["reason"] else []
        said += ["it is here already"] if row["duplicate_of"] else []
        terminal.say(" · ".join(said))


def _shown(up: Upload | None, known: Sequence[Described], findings: Sequence[Finding]) -> None:
    if up is not None:
        uploads_said((up,))
    known_said(known)
    for one in findings:
        place = "" if one.page is None else f"page {one.page}: "
        terminal.say(f"! {one.kind.replace('_', ' ')}: {place}{one.words}")
