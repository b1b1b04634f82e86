"""`onpoint style …`: how an author writes, and the firm's own voices that are taught from it."""

from __future__ import annotations

import typer

from core.commands import style_ballot, style_dataset, style_speaking, style_train
from core.commands.style_card import card

app = typer.Typer(no_args_is_help=True, help="How an author writes, and the firm's own voices.")
app.add_typer(card, name="card")
app.command("dataset")(style_dataset.dataset)
app.command("train")(style_train.train)
app.command("evaluate")(style_train.evaluate)
app.command("ballot")(style_ballot.ballot)
app.command("promote")(style_speaking.promote)
app.command("retire")(style_speaking.retire)
app.command("ledger")(style_speaking.ledger)
