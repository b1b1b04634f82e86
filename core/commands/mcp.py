"""`onpoint mcp`: the library as tools of an assistant, over the Model Context Protocol."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from core.app import Onpoint
from core.errors import OnpointError, UsageError
from core.session import opened

Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]


def mcp(
    context: typer.Context,
    inside: Annotated[
        bool,
        typer.Option("--inside", help="The assistant's model runs on the firm's own machines."),
    ] = False,
    home: Home = None,
) -> None:
    """Let an assistant search, read and check here, over standard input and output.

    It acts for the person named by --as, and sees what that person may see.
    """
    with opened(context, home) as session:
        try:
            from core.programs.mcp_server import serve
        except ImportError as missing:
            raise UsageError(
                "Assistants need the extra mcp: pip install onpoint[mcp]."
            ) from missing
        from core.programs.tools import Assistant

        threading.Thread(target=_warm_up, args=(session.app,), daemon=True).start()
        serve(Assistant(app=session.app, outside=not inside))


def _warm_up(app: Onpoint) -> None:
    # What fails here fails again, and is told, where it is needed.
    with suppress(OnpointError):
        app.warm_up()
