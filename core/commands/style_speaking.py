"""`onpoint style promote|retire|ledger`: who speaks for the firm, and what taught it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from core import terminal
from core.commands.style_dataset import AsJson, Home
from core.commands.style_train import Which, adapter_id
from core.model.training import LedgerRow
from core.session import opened
from core.wire import Json


def promote(
    context: typer.Context,
    which: Which,
    back: Annotated[
        bool, typer.Option("--back", help="Take back: the adapter speaks that spoke before.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Have an adapter speak for its voice, once every condition of the gate holds."""
    with opened(context, home, as_json=as_json) as session:
        desk, at = session.app.style, adapter_id(session.app, which)
        if back:
            (one,) = [each for each in desk.adapters() if each.adapter_id == at]
            speaks = desk.roll_back(one.voice_id)
            said: Json = {"speaks": None if speaks is None else str(speaks)}
            session.say(said, lambda: terminal.say(f"Speaks now: {speaks or 'none'}."))
            return
        entry_id = desk.promote(at)
        session.say(
            {"adapter_id": str(at), "entry_id": str(entry_id)},
            lambda: terminal.say(f"It speaks. The evidence is in the trail: {entry_id}."),
        )


def retire(
    context: typer.Context,
    which: Which,
    delete: Annotated[bool, typer.Option("--delete", help="Delete its weights, for good.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Switch an adapter off, for everybody and at once."""
    with opened(context, home, as_json=as_json) as session:
        desk, at = session.app.style, adapter_id(session.app, which)
        if delete:
            desk.remove(at)
        else:
            desk.retire(at)
        session.say({"adapter_id": str(at)}, lambda: terminal.say("It is off."))


def ledger(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """List everything that taught an adapter, and by whose leave, as far as you may know of it."""
    with opened(context, home, as_json=as_json) as session:
        at = adapter_id(session.app, which)
        rows = session.app.style.ledger(at)
        said: Json = {"adapter_id": str(at), "ledger": [_row_json(each) for each in rows]}
        session.say(said, lambda: _tell_ledger(rows))


def _row_json(each: LedgerRow) -> Json:
    return {
        name: value if isinstance(value, str | int | None) else str(value)
        for name, value in asdict(each).items()
    }


def _tell_ledger(rows: tuple[LedgerRow, ...]) -> None:
    for each in rows:
        leave = f"by leave of {each.consented_by}" if each.consented_by else "public"
        gone = (
            f"; {each.withdrawn_because}, {each.withdrawn_at:%d %B %Y}" if each.withdrawn_at else ""
        )
        name = each.filing or each.source
        terminal.say(
            f"{each.matter or '(no matter)'} · {name} · {each.words} words · {leave}{gone}"
        )
