"""`onpoint bench …`: one question in five ways, closed books, a race, and what to use."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from core.errors import UsageError
from core.model import BenchRun, Race
from core.session import opened
from core.wire import Json

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]


def bench(
    context: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(help="Questions of law.")] = None,
    advise: Annotated[
        str | None, typer.Option(metavar="NEED", help="What serves this need, in plain words?")
    ] = None,
    closed_book: Annotated[
        bool, typer.Option("--closed-book", help="Ask the style model without the library.")
    ] = False,
    race: Annotated[
        Path | None,
        typer.Option(metavar="OPINION", help="Time a new opinion (one case, JSON) to its answer."),
    ] = None,
    says: Annotated[str, typer.Option(help="With --race: words that a right answer has.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Put questions through five ways of answering, and count what each cites.

    Examples: onpoint bench "What must be shown for a stay?" · onpoint bench --closed-book ·
    onpoint bench --advise "sound like our appellate partner"
    """
    asked = question or []
    with opened(context, home, as_json=as_json) as session:
        desk = session.app.bench
        if advise is not None:
            given = desk.advise(advise)
            session.say(
                asdict(given),
                lambda: Console().print(f"{given.remedy}\n{given.reason}", highlight=False),
            )
        elif race is not None:
            if len(asked) != 1:
                raise UsageError("A race has one question.")
            ran = desk.race(race, asked[0], says)
            session.say(asdict(ran), lambda: _tell_race(ran))
        elif closed_book:
            found = desk.closed_book(asked)
            session.say(
                asdict(found),
                lambda: Console().print(
                    f"{escape(found.model)}: {found.cited} citations, {found.held} held here.",
                    highlight=False,
                ),
            )
        elif asked:
            runs = [desk.run(one) for one in asked]
            session.say({"runs": [run_json(each) for each in runs]}, lambda: _tell(runs))
        else:
            raise UsageError("Ask a question, or see: onpoint bench --help")


def _tell_race(ran: Race) -> None:
    by_retrieval = "no answer cites it" if ran.by_retrieval is None else f"{ran.by_retrieval:.1f} s"
    by_training = "none was trained" if ran.by_training is None else f"{ran.by_training:.0f} s"
    told = {True: "knows it", False: "does not know it", None: "there is none"}
    failed = ran.model_failed and f"gave no answer ({escape(ran.model_failed)})"
    known = failed or told[ran.known_to_model]
    Console(highlight=False).print(
        f"{escape(ran.case_name)}. From the library: {by_retrieval}. Trained last: {by_training}. "
        f"The style model, books closed: {known}."
    )


def run_json(run: BenchRun) -> Json:
    return {
        "bench_id": str(run.bench_id),
        "question": run.question,
        "library_revision": run.library_revision,
        "asked_at": run.asked_at.isoformat(),
        "arms": [asdict(each) for each in run.arms],
        "yardstick": asdict(run.yardstick) if run.yardstick else None,
    }


def _tell(runs: list[BenchRun]) -> None:
    console = Console(highlight=False)
    for run in runs:
        counts = ("rest on a source", "cited", "not looked up", "not held")
        columns = ("", *counts, "sounds like us", "words", "seconds")
        table = Table(*columns, title=escape(run.question), box=None, pad_edge=False)
        for one in run.arms:
            told = (
                (
                    f"{one.supported} of {one.sentences}",
                    *map(str, (one.cited, one.not_from_sources, len(one.not_held))),
                    "–" if one.voice is None else f"{one.voice:.2f}",
                    str(one.words),
                    f"{one.seconds:.1f}",
                )
                if one.ran
                else (escape(one.reason or "did not run"),)
            )
            table.add_row(one.arm, *told)
        console.print(table)
