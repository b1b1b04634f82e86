"""`onpoint filings publish`: an opinion put on the public shelf, once somebody said what it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from core import terminal, wire
from core.app import Onpoint
from core.commands.one_of_them import found
from core.errors import UsageError
from core.model import (
    CaseId,
    Described,
    Field,
    FilingId,
    LegalDate,
    OpinionDetails,
    OpinionKind,
)
from core.session import opened

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
_OPTIONS = {Field.COURT: "--court", Field.CAPTION: "--name", Field.DATE_FILED: "--date"}


def publish(
    context: typer.Context,
    which: Annotated[
        str, typer.Argument(metavar="FILING", help="A filing's id or name, or the path of a file.")
    ],
    court: Annotated[
        str | None, typer.Option(help="Its id or short form: scotus, 2d Cir., S.D.N.Y.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="The name of the case.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was decided: 2021-01-02.")] = None,
    citation: Annotated[
        list[str] | None, typer.Option(help="As printed: 556 U.S. 418. As often as there are.")
    ] = None,
    docket: Annotated[
        str | None, typer.Option(help="Docket number: a slip opinion is cited by it.")
    ] = None,
    kind: Annotated[OpinionKind, typer.Option(help="What it is in its case.")] = (
        OpinionKind.COMBINED
    ),
    author: Annotated[str | None, typer.Option(help="The judge who wrote it.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Put an opinion on the public shelf, where everybody in the firm finds it.

    What somebody has confirmed of a filing need not be said again; nothing else is taken for true.
    """
    with opened(context, home, as_json=as_json) as session:
        app = session.app
        source = _source(app, which)
        said = {Field.COURT: court, Field.CAPTION: name, Field.DATE_FILED: date}
        known = _known(app, source, all_said=all(said.values()))
        sure = {field: value or _confirmed(known, field) for field, value in said.items()}
        _all_said(sure, known)
        details = OpinionDetails(
            court=sure[Field.COURT],
            case_name=sure[Field.CAPTION],
            date_filed=_date(sure[Field.DATE_FILED]),
            citations=tuple(citation or ()),
            docket_number=docket or _confirmed(known, Field.DOCKET_NUMBER) or None,
            kind=kind,
            author=author,
        )
        case_id = app.publish_opinion(source, details)
        session.say(_json(app, case_id), lambda: _say(app, case_id))


def _source(app: Onpoint, which: str) -> FilingId | Path:
    path = Path(which)
    return path if path.is_file() else found(app, which)


def _known(app: Onpoint, source: FilingId | Path, *, all_said: bool) -> Mapping[Field, Described]:
    """Return what is known of an opinion; a file is looked into only where it is needed."""
    if not isinstance(source, Path):
        return {each.field: each for each in app.filings.description(source)}
    return {} if all_said else {each.field: each for each in app.read_opinion(source)}


def _confirmed(known: Mapping[Field, Described], field: Field) -> str:
    told = known.get(field)
    return told.value if told is not None and told.confirmed_by is not None else ""


def _all_said(sure: Mapping[Field, str], known: Mapping[Field, Described]) -> None:
    """Raise UsageError where something is not stated; what it seems to be is told besides."""
    missing = [field for field, value in sure.items() if not value]
    if missing:
        seems = (
            f"{_OPTIONS[field]} (it seems to be {known[field].value})"
            if field in known
            else _OPTIONS[field]
            for field in missing
        )
        raise UsageError(f"An opinion is published once you have said {', '.join(seems)}.")


def _date(written: str) -> LegalDate:
    try:
        return LegalDate.parse(written)
    except ValueError:
        raise UsageError(f"{written!r} is no date; write 2009-04-22, 2009-04 or 2009.") from None


def _json(app: Onpoint, case_id: CaseId) -> wire.Json:
    case = app.case(case_id)
    return {"case_id": case_id, "case": case and wire.case_json(case)}


def _say(app: Onpoint, case_id: CaseId) -> None:
    case = app.case(case_id)
    name = case.case_name if case else None
    terminal.say(f"{name} is on the public shelf, and answerable (case {case_id}).")
