"""`onpoint style …`: how an author writes, counted."""

from __future__ import annotations

import typer

from core.commands.style_card import card

app = typer.Typer(no_args_is_help=True, help="How an author writes.")
app.add_typer(card, name="card")
