"""`onpoint watch`, `onpoint worker`, `onpoint import loader`: filings that come by themselves."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from core import terminal, wire
from core.app import Onpoint
from core.commands.matters import filing_json, matter_id
from core.commands.uploads import upload_json
from core.errors import LimitReached, OnpointError, UsageError
from core.ingest.importers.loader import read_loader
from core.model import Filing, MatterId, Upload
from core.session import opened

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Matter = Annotated[str, typer.Option(help="The matter: its number or id.")]
# Seconds between two looks; a file that has not changed from one to the next is whole.
_LOOK = 2.0
# A file's path, size and time of its last change.
_Seen = tuple[Path, int, int]


def worker(context: typer.Context, home: Home = None) -> None:
    """Work on the files that are handed in, until stopped; as many as there are computers may.

    What is being done when it is stopped is given back, and taken up by another.
    """
    with opened(context, home) as session:
        session.app.start_workers()
        terminal.warn("Onpoint works on what is handed in (Ctrl-C stops it).")
        _until_told().wait()


def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    matter: Matter,
    once: Annotated[bool, typer.Option("--once", help="Take what is there, and end.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Hand every file in that appears in a folder, once it is whole; the files stay there.

    The same bytes are in a matter once, so that it may be started again at any time.
    """
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder.")
    with opened(context, home, as_json=as_json) as session:
        app, chosen = session.app, matter_id(session.app, matter)
        app.start_workers()
        taken: list[Upload] = []
        for path in _appearing(folder, threading.Event() if once else _until_told(), once=once):
            taken += _handed_in(app, chosen, path)
        payload: wire.Json = {"uploads": [upload_json(one) for one in taken]}
        session.say(payload, lambda: terminal.say(f"Taken in: {len(taken)}."))


def import_loader(
    context: typer.Context,
    loader: Annotated[str, typer.Argument(metavar="CLASS", help="package.module.Class")],
    matter: Matter,
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="An argument of it.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Add to a matter what a LangChain document loader reads.

    Example: onpoint import loader langchain_community.document_loaders.TextLoader --matter 12
    --set file_path=brief.txt
    """
    with opened(context, home, as_json=as_json) as session:
        chosen = matter_id(session.app, matter)
        added: list[Filing] = []
        failed: list[dict[str, str]] = []
        for name, text in read_loader(loader, dict(map(_pair, given or ()))):
            try:
                added.append(session.app.filings.add_text(chosen, name, text))
            except UsageError as refused:
                failed.append({"item": name, "reason": str(refused)})
        payload: wire.Json = {"filings": [filing_json(one) for one in added], "failed": failed}
        session.say(payload, lambda: _added_said(added, failed))


def _until_told() -> threading.Event:
    """Return what is set when this process is asked to end."""
    told = threading.Event()

    def tell(_sign: int, _frame: FrameType | None) -> None:
        told.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, tell)
    return told


def _appearing(folder: Path, told: threading.Event, *, once: bool) -> Iterator[Path]:
    """Yield each file of a folder when it is whole, and again when it has changed."""
    before, given = frozenset[_Seen](), frozenset[_Seen]()
    while True:
        now = frozenset(_files(folder))
        whole = now if once else now & before
        for seen in sorted(whole - given):
            yield seen[0]
        before, given = now, (given | whole) & now
        if once or told.wait(_LOOK):
            return


def _files(folder: Path) -> Iterator[_Seen]:
    for path in folder.rglob("*"):
        if path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        try:
            known = path.stat()
        except OSError:  # gone meanwhile
            continue
        yield path, known.st_size, known.st_mtime_ns


def _handed_in(app: Onpoint, matter: MatterId, path: Path) -> list[Upload]:
    try:
        one = app.filings.upload(matter, path.name, path)
    except LimitReached:
        raise
    except OnpointError as refused:
        terminal.warn(f"{path}: {refused}")
        return []
    terminal.warn(f"{path}: taken in")
    return [one]


def _pair(written: str) -> tuple[str, str]:
    name, sign, value = written.partition("=")
    if not sign or not name.isidentifier():
        raise UsageError(f"{written!r} is no argument; write NAME=VALUE.")
    return name, value


def _added_said(added: list[Filing], failed: list[dict[str, str]]) -> None:
    for one in added:
        terminal.say(f"{one.name} · {one.passages:,} passages")
    for one in failed:
        terminal.say(f"{one['item']}: left out: {one['reason']}")
