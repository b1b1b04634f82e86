"""`onpoint verify`: all that is kept, looked over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core import installation, terminal
from core.model import Verification
from core.session import reporting, settings_of
from core.wire import Json


def verify(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models, embedded database."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, nothing else.")
    ] = False,
) -> None:
    """Look over all that is kept: files, rows, vectors, the trail. Exit 1 where there is a fault.

    On a server of one's own the tables' owner is to be named for what is in matters.
    """
    with reporting(as_json=as_json) as say:
        found = installation.verify(settings_of(context, home))
        say(_json(found), lambda: _say(found))
    if found.faults:
        raise typer.Exit(1)


def _json(found: Verification) -> Json:
    return {
        "whole": found.whole,
        "not_looked_at": list(found.unseen),
        "checks": found.checks,
        "files": found.files,
        "bytes": found.bytes,
        "faults": [
            {"kind": fault.kind.value, "subject": fault.subject, "words": fault.words}
            for fault in found.faults
        ],
    }


def _say(found: Verification) -> None:
    for fault in found.faults:
        terminal.say(
            f"{fault.kind.replace('_', ' ').capitalize()} ({fault.subject}): {fault.words}"
        )
    looked = f"{found.files:,} files ({found.bytes:,} bytes) and {found.checks} rules of the rows"
    wrong = "one fault" if len(found.faults) == 1 else f"{len(found.faults):,} faults"
    well = "all is whole" if found.whole else "nothing wrong was found"
    terminal.say(f"Looked over {looked}: {wrong if found.faults else well}.")
    if found.unseen:
        terminal.say(
            f"Not looked over: {'; '.join(found.unseen)}. For these name the owner of the tables "
            "in ONPOINT_OWNER_URL, and run this again."
        )
