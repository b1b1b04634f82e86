"""`onpoint style train` and `evaluate`: an adapter is trained here, or brought, and measured."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core import terminal
from core.app import Onpoint
from core.commands.style_dataset import AsJson, Home, latest
from core.errors import ModelFailed, UsageError
from core.model.training import AdapterId, AdapterState, StyleAdapter, StyleEvaluation
from core.session import opened
from core.style.train.train import Recipe
from core.wire import Json

Which = Annotated[
    str, typer.Argument(metavar="ADAPTER", help="Its id, or the name of its voice: the latest.")
]


def train(
    context: typer.Context,
    voice: Annotated[str, typer.Option(help="The voice; its latest dataset is taken.")],
    base: Annotated[
        Path | None, typer.Option(help="Folder of the base model on this computer.")
    ] = None,
    adapter: Annotated[
        Path | None, typer.Option(help="Folder of an adapter trained elsewhere: it is taken in.")
    ] = None,
    served: Annotated[
        str | None,
        typer.Option(
            metavar="PROVIDER:MODEL",
            help="Its name where a model trained elsewhere is served: a server's adapter, or a "
            "vendor's fine-tuned model. Nothing is trained here.",
        ),
    ] = None,
    epochs: Annotated[float, typer.Option(min=0.1, help="Times through the dataset.")] = 3.0,
    rate: Annotated[float, typer.Option(min=1e-6, help="Rate of learning.")] = 2e-4,
    rank: Annotated[int, typer.Option(min=1, help="Rank of the adapter.")] = 16,
    seed: Annotated[int, typer.Option(help="Decides the order, and the first weights.")] = 20,
    four_bit: Annotated[
        bool, typer.Option("--four-bit", help="Hold the base in four bits, where a GPU can.")
    ] = False,
    later: Annotated[
        bool, typer.Option("--later", help="Leave it to a worker, and do not wait.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Train an adapter for a voice.

    Example: onpoint style train --voice Appellate --base models/qwen3-4b
    """
    with opened(context, home, as_json=as_json) as session:
        desk, dataset_id = session.app.style, latest(session.app, voice).dataset_id
        if served is not None:
            made = desk.take_served(dataset_id, served)
        elif base is None:
            raise UsageError("Say which model is trained: --base FOLDER, or --served NAME.")
        elif adapter is not None:
            made = desk.bring(dataset_id, base, adapter)
        else:
            recipe = Recipe(
                seed=seed,
                epochs=epochs,
                learning_rate=rate,
                rank=rank,
                alpha=2 * rank,
                four_bit=four_bit,
            )
            made = desk.train(dataset_id, base, recipe)
            if not later:
                made = desk.finish(made.adapter_id, _progress)
        if made.state is AdapterState.FAILED:
            raise ModelFailed(made.reason or "The training failed.")
        session.say(adapter_json(made), lambda: _tell(made))


def evaluate(
    context: typer.Context,
    which: Which,
    served: Annotated[
        str | None,
        typer.Option(
            metavar="PROVIDER:MODEL", help="From now on it speaks by this name, where it is served."
        ),
    ] = None,
    here: Annotated[
        bool, typer.Option("--here", help="From now on it speaks in this process.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Measure an adapter on what was held back, and say what the promotion gate wants."""
    with opened(context, home, as_json=as_json) as session:
        desk, at = session.app.style, adapter_id(session.app, which)
        if served is not None or here:
            desk.serve(at, None if here else served)
        found = desk.evaluate(at)
        session.say(evaluation_json(found), lambda: _tell_conditions(found))


def adapter_id(app: Onpoint, which: str) -> AdapterId:
    """Return an adapter by its id, or the latest of a voice by its name. Raises UsageError."""
    for each in app.style.adapters():
        if which.casefold() in {str(each.adapter_id), each.voice.casefold()}:
            return each.adapter_id
    raise UsageError(f"There is no adapter {which}.")


def adapter_json(each: StyleAdapter) -> Json:
    return {
        **asdict(each),
        "adapter_id": str(each.adapter_id),
        "voice_id": str(each.voice_id),
        "dataset_id": str(each.dataset_id),
        "instead_of": None if each.instead_of is None else str(each.instead_of),
        "asked_at": each.asked_at.isoformat(),
        "ended_at": None if each.ended_at is None else each.ended_at.isoformat(),
        "curve": [{"step": step, "loss": loss} for step, loss in each.curve],
    }


def evaluation_json(found: StyleEvaluation) -> Json:
    return {
        "adapter_id": str(found.adapter_id),
        "passes": found.passes,
        "conditions": [asdict(each) for each in found.conditions],
        "figures": dict(found.figures),
    }


def _progress(now: StyleAdapter) -> None:
    terminal.warn(f"{now.voice}: {now.state}")


def _tell(made: StyleAdapter) -> None:
    losses = f", loss {made.curve[0][1]:.3f} to {made.curve[-1][1]:.3f}" if made.curve else ""
    terminal.say(f"{made.adapter_id} {made.voice}: {made.state}, {made.step} steps{losses}")


def _tell_conditions(found: StyleEvaluation) -> None:
    for each in found.conditions:
        terminal.say(f"{'holds' if each.holds else 'WANTS'}  {each.name}: {each.seen}")
