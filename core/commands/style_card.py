"""`onpoint style card …`: an author's habits, counted beside others', and edited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast
from uuid import UUID

import typer
from pydantic import TypeAdapter

from core import terminal, wire
from core.errors import NoSuchCard, UsageError
from core.model import FilingId
from core.model.ids import CardId
from core.model.style import StyleCard, StyleHabit
from core.session import opened

card = typer.Typer(no_args_is_help=True, help="An author's habits, counted beside others'.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Which = Annotated[str, typer.Argument(metavar="ID", help="Its id, as `list` shows it.")]


@card.command("make")
def make_card(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the card is called.")],
    author: Annotated[
        str | None, typer.Option(help="Of this author's opinions, as the library has the name.")
    ] = None,
    filing: Annotated[
        list[str] | None, typer.Option(help="Of this filing, by id; give it several times.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Count an author's opinions, or filings of matters that consent, and keep the card."""
    with opened(context, home, as_json=as_json) as session:
        filings = [FilingId(_id(each)) for each in filing or ()]
        made = session.app.cards.make(name, author=author, filings=filings)
        session.say(card_json(made), lambda: _show(made))


@card.command("list")
def list_cards(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """List the cards that you may see."""
    with opened(context, home, as_json=as_json) as session:
        found = session.app.cards.all()
        payload: wire.Json = {"cards": [_head(each) for each in found]}
        session.say(payload, lambda: _list(found))


@card.command("show")
def show_card(
    context: typer.Context,
    which: Which,
    topic: Annotated[
        str, typer.Option(help="Add the paragraphs nearest to this, as a model is shown them.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print a card: what tells the author from others, and what a model is told."""
    with opened(context, home, as_json=as_json) as session:
        found = session.app.cards.get(CardId(_id(which)))
        if found is None:
            raise NoSuchCard
        told = session.app.cards.told(found.card_id, topic)
        session.say({**card_json(found), "told": told}, lambda: _show(found, told))


@card.command("edit")
def edit_card(
    context: typer.Context,
    which: Which,
    line: Annotated[
        str | None, typer.Option(help="The line, by its key; none: a new rule.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(help="Its words; empty: those that were counted, or none.")
    ] = None,
    on: Annotated[bool, typer.Option("--on/--off", help="Whether a model is told of it.")] = True,
    recount: Annotated[
        bool, typer.Option("--recount", help="Count anew first; what was edited stays.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Switch a line on or off, reword it, add a rule of your own, or count anew."""
    with opened(context, home, as_json=as_json) as session:
        card_id = CardId(_id(which))
        if not recount and line is None and text is None:
            raise UsageError("Say which --line to edit, the --text of a new rule, or --recount.")
        edited = session.app.cards.recount(card_id) if recount else None
        if line is not None or text is not None or edited is None:
            edited = session.app.cards.edit(card_id, line, on=on, text=text)
        done = edited
        session.say(card_json(done), lambda: _show(done))


@card.command("remove")
def remove_card(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """Remove a card."""
    with opened(context, home, as_json=as_json) as session:
        if not session.app.cards.remove(CardId(_id(which))):
            raise NoSuchCard
        session.say({"removed": True}, lambda: terminal.say("Removed."))


def card_json(found: StyleCard) -> wire.Json:
    """Return a card with everything on it, as its JSON form has it."""
    return cast("wire.Json", TypeAdapter(StyleCard).dump_python(found, mode="json"))


def _head(found: StyleCard) -> wire.Json:
    return {
        "card_id": str(found.card_id),
        "name": found.name,
        "kind": found.kind.value,
        "made_of": list(found.made_of),
        "documents": found.counts.documents,
        "made_by": found.made_by,
        "made_at": found.made_at.isoformat(),
    }


def _list(found: tuple[StyleCard, ...]) -> None:
    for each in found:
        of = ", ".join(each.made_of)
        terminal.say(f"{each.card_id}  {each.name}: {of}, {each.counts.documents} documents")
    if not found:
        terminal.say("There is no style card yet. `onpoint style card make` makes one.")


def _show(found: StyleCard, told: str = "") -> None:
    counts = found.counts
    terminal.say(f"{found.name} ({', '.join(found.made_of)})")
    terminal.say(
        f"{counts.documents} documents of {counts.words:,} words, beside {counts.background} "
        f"{found.background}."
    )
    for habit in counts.habits:
        if habit.says is not None:
            terminal.say(f"  {habit.says}: {_rates(habit)}")
    terminal.say("Lines:")
    for line in found.lines:
        terminal.say(f"  {'on ' if line.on else 'off'} {line.key:12} {line.text}")
    if told:
        terminal.say(f"What a model is told:\n{told}")


def _rates(habit: StyleHabit) -> str:
    ours, usual = habit.ours, habit.usual
    return (
        f"{ours.value:.1f} [{ours.low:.1f}, {ours.high:.1f}] {habit.unit}, others "
        f"{usual.value:.1f} [{usual.low:.1f}, {usual.high:.1f}]"
    )


def _id(written: str) -> UUID:
    try:
        return UUID(written.strip())
    except ValueError:
        raise UsageError(f"{written!r} is no id; `list` shows them.") from None
