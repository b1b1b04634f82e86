"""`onpoint tokens …`: the tokens by which a person's own programs act for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from core import terminal
from core.app import Onpoint
from core.commands.users import known
from core.errors import UsageError
from core.model import ApiToken, TokenUse
from core.session import opened
from core.wire import Json

tokens = typer.Typer(no_args_is_help=True, help="API tokens, for programs of your own.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Of = Annotated[
    str | None,
    typer.Option("--user", metavar="USER", help="Somebody else's, for administrators."),
]


@tokens.command()
def make(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What you call the program that gets it.")],
    days: Annotated[
        int | None, typer.Option(help="How long it works; none: 90, or what the firm allows.")
    ] = None,
    use: Annotated[
        list[TokenUse] | None,
        typer.Option("--for", help="What it is for; may be given several times; none: all."),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make a token, and print it: this once, and never again.

    Example: onpoint tokens make "Brief bank" --for search --for cite --days 30
    """
    with opened(context, home, as_json=as_json) as session:
        made = session.app.tokens.make(name, days=days, uses=use or tuple(TokenUse))

        def tell() -> None:
            terminal.warn(
                f"It works until {_day(made.token)}. It is shown this once: keep it safe."
            )
            terminal.say(made.secret)

        session.say({"token": made.secret, **token_json(made.token)}, tell)


@tokens.command("list")
def list_tokens(
    context: typer.Context, user: Of = None, home: Home = None, as_json: AsJson = False
) -> None:
    """List your tokens, without their secrets: nobody has those."""
    with opened(context, home, as_json=as_json) as session:
        found = _tokens(session.app, user)
        session.say({"tokens": [token_json(one) for one in found]}, lambda: _list(found))


@tokens.command()
def revoke(
    context: typer.Context,
    which: Annotated[str, typer.Argument(metavar="TOKEN", help="Its name, or its id.")],
    user: Of = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Revoke a token: whatever program has it is shut out at once."""
    with opened(context, home, as_json=as_json) as session:
        found = _tokens(session.app, user)
        one = next((one for one in found if which in {one.name, str(one.token_id)}), None)
        if one is None or not session.app.tokens.revoke(one.token_id):
            raise UsageError(f"There is no token {which}.")
        session.say(
            {"revoked": str(one.token_id)}, lambda: terminal.say(f"{one.name} works no more.")
        )


def token_json(token: ApiToken) -> Json:
    return {
        "token_id": str(token.token_id),
        "name": token.name,
        "for": sorted(token.uses),
        "made_at": token.made_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "used_at": token.used_at.isoformat() if token.used_at else None,
    }


def _tokens(app: Onpoint, user: str | None) -> tuple[ApiToken, ...]:
    return app.tokens.mine() if user is None else app.tokens.of(known(app, user).person_id)


def _list(found: tuple[ApiToken, ...]) -> None:
    if not found:
        terminal.say("No tokens.")
        return
    table = Table("name", "for", "works until", "last used", box=None, pad_edge=False)
    for one in found:
        used = f"{one.used_at:%d %b %Y, %H:%M}" if one.used_at else "never"
        table.add_row(escape(one.name), ", ".join(sorted(one.uses)), _day(one), used)
    Console(highlight=False).print(table)


def _day(token: ApiToken) -> str:
    return f"{token.expires_at:%d %b %Y, %H:%M} UTC"
