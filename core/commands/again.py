"""`onpoint filings reread`: filings read again by what can read them better."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core import wire
from core.commands.matters import matter_id
from core.commands.one_of_them import found, wait_for
from core.commands.uploads import reread_said, upload_json
from core.session import opened

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]


def reread(
    context: typer.Context,
    which: Annotated[
        list[str] | None, typer.Argument(metavar="[FILING…]", help="Ids or names.")
    ] = None,
    matter: Annotated[str | None, typer.Option(help="Only this matter's.")] = None,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Wait until each is read, or not.")
    ] = True,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Read filings again: these, or all that an earlier Onpoint or another encoder has read.

    What searches find stays until the new reading takes its place; what was cited is read still.
    """
    with opened(context, home, as_json=as_json) as session:
        app = session.app
        chosen = None if matter is None else matter_id(app, matter)
        ids = [found(app, each) for each in which or ()] or [
            one.filing_id for one in app.filings.outdated(chosen)
        ]
        asked = [app.filings.reread(one) for one in ids]
        files = [one for one in asked if one is not None]
        if wait:
            wait_for(app, files)
        now = [app.filings.upload_of(one.filing_id) or one for one in files]
        payload: wire.Json = {
            "asked": len(asked),
            "texts": len(asked) - len(files),
            "uploads": [upload_json(one) for one in now],
        }
        session.say(payload, lambda: reread_said(len(asked), now))
