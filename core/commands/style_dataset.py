"""`onpoint style dataset`: what a voice is taught from, made, looked over and exported."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core import terminal
from core.app import Onpoint
from core.commands.matters import matter_id
from core.errors import UsageError
from core.model.training import DatasetId, StyleDataset
from core.session import opened
from core.style.teach.formats import BACK, ELSEWHERE, Format
from core.style.teach.teachings import Made
from core.wire import Json

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]


def dataset(
    context: typer.Context,
    voice: Annotated[str, typer.Argument(help="Name of the voice; made where there is none.")],
    matter: Annotated[
        list[str] | None,
        typer.Option(help="Only of this matter: its number or id. May be given several times."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides which matter is held back.")] = 20,
    keep_names: Annotated[
        bool, typer.Option("--keep-names", help="Leave parties and personal numbers in.")
    ] = False,
    by_model: Annotated[
        bool, typer.Option("--by-model", help="Have the answer model make the plain forms.")
    ] = False,
    form: Annotated[
        Format | None, typer.Option(help="Export the voice's latest dataset in this form.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to export into.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make a dataset of the filings that may teach; or, with --form, export the latest.

    Example: onpoint style dataset Appellate --matter 2024-17 --matter 2025-3
    """
    with opened(context, home, as_json=as_json) as session:
        if form is not None:
            _export(session.app, voice, form, out)
            session.say({"exported": str(out)}, lambda: _elsewhere(out))
            return
        matters = None if matter is None else [matter_id(session.app, each) for each in matter]
        made = session.app.style.make_dataset(
            voice, matters=matters, seed=seed, deidentify=not keep_names, by_model=by_model
        )
        session.say(made_json(made), lambda: _tell(made))


def latest(app: Onpoint, voice: str) -> StyleDataset:
    """Return a voice's latest dataset. Raises UsageError."""
    found = [each for each in app.style.datasets() if each.voice.casefold() == voice.casefold()]
    if not found:
        raise UsageError(f"There is no dataset for {voice}. Make one: onpoint style dataset")
    return found[0]


def made_json(made: Made) -> Json:
    return {
        **dataset_json(made.dataset),
        "counts": [dict(each) for each in made.counts],
        "left_out": dict(made.left_out),
        "warnings": list(made.warnings),
        "samples": [{"plain": plain, "own": own} for plain, own in made.samples],
    }


def dataset_json(each: StyleDataset) -> Json:
    return {
        **asdict(each),
        "dataset_id": str(each.dataset_id),
        "voice_id": str(each.voice_id),
        "made_at": each.made_at.isoformat(),
    }


def _export(app: Onpoint, voice: str, form: Format, out: Path | None) -> None:
    if out is None:
        raise UsageError("Say where to: --out FILE.")
    lines = app.style.export(DatasetId(latest(app, voice).dataset_id), form)
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _elsewhere(out: Path | None) -> None:
    terminal.say(f"Written to {out}. To train elsewhere, with one of these:")
    for name, command in ELSEWHERE.items():
        terminal.say(f"  {name}: {command}")
    terminal.say(f"and back: {BACK}")


def _tell(made: Made) -> None:
    terminal.say(
        f"{made.dataset.voice}: {made.dataset.examples} passages, {made.dataset.words} words"
    )
    for count in made.counts:
        terminal.say(f"  {count['half']}: {count['examples']} of {count['groups']} matters")
    for why, n in made.left_out.items():
        terminal.say(f"  left out, {why}: {n}")
    for warning in made.warnings:
        terminal.warn(warning)
