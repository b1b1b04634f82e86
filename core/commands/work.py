"""`onpoint traces …` and `onpoint drafts …`: records of answers, and what teams make of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from core import terminal, wire
from core.commands.matters import matter_id
from core.errors import NoSuchDraft, NoSuchRecord, UsageError
from core.model import (
    CiteStyle,
    Confirmation,
    Draft,
    DraftHead,
    DraftId,
    PaperFile,
    PaperForm,
    PaperKind,
    Trace,
    TraceHead,
    TraceId,
)
from core.session import Session, opened

traces = typer.Typer(no_args_is_help=True, help="Records of how answers came about.")
drafts = typer.Typer(no_args_is_help=True, help="What teams make of answers.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(envvar="ONPOINT_HOME", help="Folder of files, models and embedded database."),
]
Which = Annotated[str, typer.Argument(metavar="ID", help="Its id, as `list` shows it.")]
Matter = Annotated[str | None, typer.Option(help="Only of this matter: its number or id.")]
Form = Annotated[PaperForm, typer.Option(help="How it is written.")]
Out = Annotated[Path | None, typer.Option("--out", help="The file; none: its own name, here.")]


@traces.command("list")
def list_traces(
    context: typer.Context,
    matter: Matter = None,
    k: Annotated[int, typer.Option("-k", min=1, max=500, help="How many.")] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the records of your questions, or of a matter, the latest first."""
    with opened(context, home, as_json=as_json) as session:
        within = None if matter is None else matter_id(session.app, matter)
        found = session.app.traces.all(within, k=k)
        session.say({"traces": [head_json(each) for each in found]}, lambda: _list_traces(found))


@traces.command("show")
def show_trace(
    context: typer.Context, which: Which, home: Home = None, as_json: AsJson = False
) -> None:
    """Open a record: the answer, what has become of its sources. Exit 1 where it was altered."""
    with opened(context, home, as_json=as_json) as session:
        trace = session.app.traces.get(TraceId(_id(which)))
        if trace is None:
            raise NoSuchRecord
        session.say(trace_json(trace), lambda: _show_trace(trace))
    if not trace.whole:
        raise typer.Exit(1)


@traces.command("export")
def export_trace(
    context: typer.Context,
    which: Which,
    what: Annotated[
        PaperKind, typer.Option(help="A diligence log, or a statement on the use of AI.")
    ] = PaperKind.LOG,
    form: Form = PaperForm.DOCX,
    out: Out = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write a record as a diligence log, or as a statement on the use of AI."""
    with opened(context, home, as_json=as_json) as session:
        _write(session, session.app.traces.export(TraceId(_id(which)), what, form), out)


@drafts.command("list")
def list_drafts(
    context: typer.Context, matter: Matter = None, home: Home = None, as_json: AsJson = False
) -> None:
    """List the drafts of your matters, or of one, those saved last first."""
    with opened(context, home, as_json=as_json) as session:
        within = None if matter is None else matter_id(session.app, matter)
        found = session.app.drafts.all(within)
        payload: wire.Json = {"drafts": [draft_head_json(each) for each in found]}
        session.say(payload, lambda: _list_drafts(found))


@drafts.command("show")
def show_draft(
    context: typer.Context,
    which: Which,
    version: Annotated[int | None, typer.Option(help="Not the latest, but this one.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print a draft with what the check of each sentence says."""
    with opened(context, home, as_json=as_json) as session:
        draft = session.app.drafts.get(DraftId(_id(which)), version)
        if draft is None:
            raise NoSuchDraft
        session.say(draft_json(draft), lambda: _show_draft(draft))


@drafts.command("export")
def export_draft(
    context: typer.Context,
    which: Which,
    form: Form = PaperForm.DOCX,
    cite: Annotated[CiteStyle, typer.Option(help="Where citations stand.")] = CiteStyle.FOOTNOTES,
    authorities: Annotated[bool, typer.Option(help="With a table of authorities.")] = True,
    foot: Annotated[bool, typer.Option(help="Say at the foot what AI was used for.")] = True,
    statement: Annotated[
        bool, typer.Option("--statement", help="The statement on the use of AI instead.")
    ] = False,
    out: Out = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write a draft's latest version as a Word file or as Markdown."""
    with opened(context, home, as_json=as_json) as session:
        desk, draft_id = session.app.drafts, DraftId(_id(which))
        file = (
            desk.statement(draft_id, form)
            if statement
            else desk.export(draft_id, form, style=cite, authorities=authorities, foot=foot)
        )
        _write(session, file, out)


def head_json(head: TraceHead) -> wire.Json:
    return {
        "trace_id": str(head.trace_id),
        "asked_at": head.asked_at.isoformat(),
        "asked_by": head.asked_by,
        "matter_id": None if head.matter_id is None else str(head.matter_id),
        "question": head.question,
        "standing": head.standing,
    }


def trace_json(trace: Trace) -> wire.Json:
    working = trace.answer.working
    return {
        **head_json(trace.head),
        "whole": trace.whole,
        "faults": list(trace.faults),
        "record_sha256": trace.sha256,
        "passages_sha256": {str(n): digest for n, digest in trace.passages},
        "program": trace.program,
        "answer": wire.answer_json(trace.answer, trace.filings),
        "now": [{"n": each.n, "state": each.state} for each in trace.now],
        "confirmations": [_confirmation(each) for each in trace.confirmations],
        "lookups": [
            {"query": each.query, "found": each.found, "considered": len(each.considered)}
            for each in (working.lookups if working else ())
        ],
        "calls": [
            {
                "model": call.model,
                "inside": call.inside,
                "messages": [{"role": one.role, "text": one.text} for one in call.messages],
                "outputs": list(call.outputs),
                "failure": call.failure,
                "seconds": call.seconds,
                "tokens": call.tokens,
            }
            for call in (working.calls if working else ())
        ],
        "seconds": working.seconds if working else None,
        "tokens": working.tokens if working else None,
    }


def draft_head_json(head: DraftHead) -> wire.Json:
    return {
        "draft_id": str(head.draft_id),
        "matter_id": str(head.matter_id),
        "title": head.title,
        "version": head.version,
        "saved_by": head.saved_by,
        "saved_at": head.saved_at.isoformat(),
    }


def draft_json(draft: Draft) -> wire.Json:
    version = draft.version
    return {
        **draft_head_json(draft.head),
        "shown": version.version,
        "text": version.text,
        "sentences": [
            {
                "text": claim.text,
                "support": claim.support,
                "sources": list(claim.sources),
                "reason": claim.reason,
                "written_by": by,
            }
            for claim, by in zip(version.claims, draft.authors, strict=True)
        ],
        "sources": [{"n": each.n, "citation": each.citation} for each in draft.sources],
        "trace_id": draft.origin.trace_id,
        "confirmations": [_confirmation(each) for each in draft.confirmations],
    }


def _confirmation(said: Confirmation) -> wire.Json:
    return {"n": said.n, "version": said.version, "by": said.by, "at": said.at.isoformat()}


def _id(written: str) -> UUID:
    try:
        return UUID(written.strip())
    except ValueError:
        raise UsageError(f"{written!r} is no id; `list` shows them.") from None


def _write(session: Session, file: PaperFile, out: Path | None) -> None:
    path = out or Path(file.name)
    try:
        path.write_bytes(file.content)
    except OSError as fault:
        raise UsageError(f"{path} cannot be written: {fault}.") from fault
    session.say(
        {"file": str(path), "bytes": len(file.content)},
        lambda: terminal.say(f"{path} was written."),
    )


def _list_traces(found: tuple[TraceHead, ...]) -> None:
    for head in found:
        terminal.say(
            f"{head.trace_id}  {head.asked_at:%Y-%m-%d %H:%M}  {head.standing}  {head.question}"
        )
    if not found:
        terminal.say("Nothing is recorded here.")


def _show_trace(trace: Trace) -> None:
    terminal.say(f"{trace.head.question}")
    terminal.answer(trace.answer)
    for each in trace.now:
        terminal.say(f"Source {each.n}: {each.state}")
    terminal.say(
        "The record is as it was written."
        if trace.whole
        else f"The record is NOT as it was written: {', '.join(trace.faults)}."
    )


def _list_drafts(found: tuple[DraftHead, ...]) -> None:
    for head in found:
        terminal.say(
            f"{head.draft_id}  version {head.version}, {head.saved_at:%Y-%m-%d %H:%M}, "
            f"{head.saved_by}  {head.title}"
        )
    if not found:
        terminal.say("There is no draft yet. Save an answer to a matter in the app.")


def _show_draft(draft: Draft) -> None:
    terminal.say(f"{draft.head.title} · version {draft.version.version}")
    terminal.say(draft.version.text)
    for claim in draft.version.claims:
        why = f": {claim.reason}" if claim.reason else ""
        terminal.say(f"{claim.support}{why} · {claim.text}")
    for source in draft.sources:
        terminal.say(f"[{source.n}] {source.citation}")
