"""One command of the command line: it opens the library, says its result, states its failure."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

import typer
from pydantic import ValidationError

from core import terminal, wire
from core.acting import acting
from core.app import Onpoint
from core.errors import OnpointError, UsageError
from core.model import Filters, LegalDate
from core.settings import Settings

Say = Callable[[wire.Json, Callable[[], None]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An open library, and the way to say a result."""

    app: Onpoint
    say: Say


@contextlib.contextmanager
def opened(
    context: typer.Context, home: Path | None, *, as_json: bool = False
) -> Generator[Session]:
    """Open the library for one command; state failures as the contract says."""
    with (
        reporting(as_json=as_json) as say,
        Onpoint.open(settings_of(context, home), login=acting(context)) as app,
    ):
        yield Session(app=app, say=say)


@contextlib.contextmanager
def reporting(*, as_json: bool) -> Generator[Say]:
    """Yield the function that prints the result; under --json nothing else reaches stdout."""
    out = sys.stdout

    def say(payload: wire.Json, human: Callable[[], None]) -> None:
        if as_json:
            print(json.dumps(payload, ensure_ascii=False), file=out, flush=True)
        else:
            human()

    quiet = contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext()
    try:
        with quiet:
            yield say
    except OnpointError as failure:
        _state(failure, out if as_json else None)
        raise typer.Exit(2 if isinstance(failure, UsageError) else 1) from failure
    except KeyboardInterrupt:
        terminal.warn("Stopped. What was done stays; run the same command again to go on.")
        raise typer.Exit(130) from None


def _state(failure: OnpointError, out: TextIO | None) -> None:
    if out is None:
        terminal.warn(str(failure))
        return
    error = {"error": {"code": failure.code, "message": str(failure)}}
    print(json.dumps(error, ensure_ascii=False), file=out, flush=True)


def settings_of(context: typer.Context, home: Path | None) -> Settings:
    """Return the settings of the environment, with the home that the command names."""
    chosen: Path | None = home or context.obj
    try:
        return Settings() if chosen is None else Settings(home=chosen)
    except ValidationError as wrong:
        names = ", ".join(str(error["loc"][0]) for error in wrong.errors())
        raise UsageError(
            f"A setting in the environment makes no sense: {names}. docs/operations.md lists what "
            "each may be."
        ) from wrong


def filters_of(
    courts: list[str] | None, filed_from: str | None, filed_to: str | None, as_of: str | None
) -> Filters:
    """Narrow a search as the options say; dates may be a year or a month. Raises UsageError."""
    return Filters(
        courts=frozenset(courts or ()),
        filed_from=_day(filed_from, first=True),
        filed_to=_day(filed_to, first=False),
        as_of=_day(as_of, first=False),
    )


def _day(text: str | None, *, first: bool) -> date | None:
    if text is None:
        return None
    try:
        known = LegalDate.parse(text)
    except ValueError:
        message = f"{text!r} is no date; write 2009, 2009-04 or 2009-04-22."
        raise UsageError(message) from None
    return known.first if first else known.last
