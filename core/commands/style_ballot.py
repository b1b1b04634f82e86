"""`onpoint style ballot`: which of two wordings sounds like us, asked one after the other."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from core import terminal
from core.commands.style_dataset import AsJson, Home
from core.commands.style_train import Which, adapter_id
from core.errors import UsageError
from core.model.training import AdapterId, Ballot
from core.session import Session, opened
from core.style.desk import Style
from core.style.gate.ballots import in_words
from core.wire import Json

_ASKED = "1 the first, 2 the second, s skip, q stop"
_HIDDEN = "You may not know of all that taught this adapter, and so not how it was voted on."


def ballot(
    context: typer.Context,
    which: Which,
    vote: Annotated[str | None, typer.Option(metavar="BALLOT", help="Vote on this ballot.")] = None,
    first: Annotated[
        bool | None, typer.Option("--first/--second", help="Which of the two sounds like us.")
    ] = None,
    result: Annotated[
        bool, typer.Option("--result", help="Say how often the adapter's wording was preferred.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ask which of two wordings sounds like us, until nothing is left or you stop.

    Example: onpoint style ballot Appellate
    """
    with opened(context, home, as_json=as_json) as session:
        desk, at = session.app.style, adapter_id(session.app, which)
        if result:
            _say_result(session, at)
            return
        if vote is not None:
            _vote(desk, desk.ballots(at), vote, first)
        elif not as_json:
            _ask(desk, desk.ballots(at))
            return
        left = desk.ballots(at)
        session.say(
            {"ballots": [_ballot_json(each) for each in left]},
            lambda: terminal.say(f"The vote is kept; {len(left)} left."),
        )


def _vote(desk: Style, left: tuple[Ballot, ...], named: str, first: bool | None) -> None:
    if first is None:
        raise UsageError("Say which sounds like us: --first or --second.")
    found = [each for each in left if str(each.ballot_id) == named]
    if not found:
        raise UsageError("There is no such ballot, or you have voted on it already.")
    desk.vote(found[0].ballot_id, first=first)


def _ask(desk: Style, left: tuple[Ballot, ...]) -> None:
    """Ask of one pair after the other; what is skipped is asked another time."""
    voted = 0
    for n, each in enumerate(left):
        terminal.say(f"{each.voice}: which sounds like us? {len(left) - n} left.\n")
        terminal.say(f"1  {each.first}\n\n2  {each.second}\n")
        said = _heard()
        if said == "q":
            break
        if said != "s":
            desk.vote(each.ballot_id, first=said == "1")
            voted += 1
    if not left:
        terminal.say("There is nothing to vote on.")
    else:
        terminal.say(f"{voted} voted, {len(left) - voted} left.")


def _heard() -> str:
    """Return what was answered; an end of input is a stop."""
    while True:
        try:
            said = typer.prompt(
                _ASKED, default="", show_default=False, prompt_suffix=": ", err=True
            )
        except typer.Abort:
            return "q"
        if said.strip().casefold() in {"1", "2", "s", "q"}:
            return said.strip().casefold()


def _say_result(session: Session, at: AdapterId) -> None:
    found = session.app.style.preference(at)
    said: Json = (
        {"adapter_id": str(at), "hidden": True}
        if found is None
        else {**asdict(found), "adapter_id": str(at), "hidden": False}
    )
    session.say(said, lambda: terminal.say(_HIDDEN if found is None else in_words(found)))


def _ballot_json(each: Ballot) -> Json:
    return {
        **asdict(each),
        "ballot_id": str(each.ballot_id),
        "adapter_id": str(each.adapter_id),
    }
