"""The option that every command has: who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand
from typer.main import get_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click.core import Context, Parameter

_KEPT = "onpoint.acting"


def name_acting(context: typer.Context, login: str | None) -> str | None:
    """Keep who acts in this command; what is said later, nearer to the command, holds."""
    if login is not None:
        context.meta[_KEPT] = login
    return login


def acting(context: typer.Context) -> str | None:
    """Return who acts by what they sign in as; None for the owner of the installation."""
    return context.meta.get(_KEPT)


As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="USER",
        help="Act as this person, by what they sign in as; without it as the owner.",
        callback=name_acting,
        expose_value=False,
    ),
]


class ActingCommand(TyperCommand):
    """A command with the option --as, which it need not name itself."""

    def get_params(self, ctx: Context) -> list[Parameter]:
        return [*super().get_params(ctx), _option()]


def let_act(*groups: typer.Typer) -> None:
    """Give the option to every command of these groups and of the groups in them."""
    for group in groups:
        for command in group.registered_commands:
            command.cls = ActingCommand
        let_act(*_inner(group))


def _inner(group: typer.Typer) -> Sequence[typer.Typer]:
    return [info.typer_instance for info in group.registered_groups if info.typer_instance]


def _option() -> Parameter:
    return _OPTION


def _only(as_user: As = None) -> None:
    """Stand for the option alone."""
    del as_user


_alone = typer.Typer(add_completion=False)
_alone.command()(_only)
_OPTION = get_command(_alone).params[0]
