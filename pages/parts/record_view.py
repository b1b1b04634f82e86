"""The record of an answer on the page: its head, its sources as they were, how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import PaperForm, PaperKind, SourceState, Standing
from pages.parts.html import Html, el, joined
from pages.parts.links import (
    case_address,
    place,
    record_address,
    record_file_address,
)
from pages.parts.matter_view import matter_called
from pages.parts.source_view import source_entry
from pages.parts.times import moment
from pages.parts.words import counted, dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import (
        Confirmation,
        Lookup,
        Matter,
        ModelCall,
        Source,
        SourceNow,
        Trace,
        TraceHead,
    )

STATES = {
    SourceState.UNCHANGED: ("✓", "stands in the library unchanged", "ok"),
    SourceState.CHANGED: ("△", "these words stand in the case no more", "warn"),
    SourceState.GONE: ("△", "the case is not held any more", "warn"),
}
_STANDINGS = {
    Standing.GROUNDED: ("✓ answered", "ok"),
    Standing.PARTIAL: ("○ answered in part", "ok"),
    Standing.ABSTAINED: ("– no answer", "soft"),
}
_FORMS = ((PaperForm.DOCX, "Word"), (PaperForm.MARKDOWN, "Markdown"))


def record_table(found: Sequence[TraceHead], *, matter: Matter | None) -> Html:
    """Return a list of records, the latest first; of a matter, with who asked."""
    titles = ("Question", "Asked", *(("By",) if matter else ()), "")
    header = el("tr", *(el("th", title, scope="col") for title in titles))
    rows = (_row(one, named=matter is not None) for one in found)
    return el("table", header, *rows, class_="held-list wide")


def _row(one: TraceHead, *, named: bool) -> Html:
    return el(
        "tr",
        el("td", el("a", one.question, href=record_address(one.trace_id))),
        el("td", moment(one.asked_at), class_="soft nb"),
        el("td", one.asked_by) if named else None,
        el("td", _standing(one.standing)),
    )


def _standing(standing: str) -> Html:
    words, colour = _STANDINGS.get(Standing(standing), (standing, "soft"))
    return el("span", words, class_=f"{colour} nb")


def head(trace: Trace, matter: Matter | None) -> Html:
    """Return the question, who asked it when and for what, and whether the record is whole."""
    of = trace.head
    return el(
        "header",
        el("h1", of.question),
        el(
            "p",
            dotted(
                f"asked by {of.asked_by}",
                moment(of.asked_at),
                f"for {matter_called(matter)}" if matter else "for nobody else to open",
            ),
            class_="meta",
        ),
        _whole(trace),
        class_="record-head",
    )


def _whole(trace: Trace) -> Html:
    if trace.whole:
        shape, said, colour = "✓", "As it was written: it agrees with the audit trail.", "ok"
    else:
        shape, colour = "△", "bad"
        said = f"Not as it was written: {', '.join(trace.faults)}. Do not rely on it."
    return el("p", el("span", f"{shape} ", class_=colour), said, class_="said")


def papers(trace: Trace) -> Html:
    """Return the ways to take a record away."""
    kinds = ((PaperKind.LOG, "Diligence log"), (PaperKind.STATEMENT, "Statement on the use of AI"))
    rows = [
        el("li", f"{words}: ", joined([_take(trace, kind, *form) for form in _FORMS], ", "))
        for kind, words in kinds
    ]
    return el("div", el("h4", "Take away"), el("ul", *rows, class_="plain"))


def _take(trace: Trace, kind: PaperKind, form: PaperForm, words: str) -> Html:
    return el("a", words, href=record_file_address(trace.head.trace_id, kind, form))


def source_as_it_was(trace: Trace, source: Source) -> Html:
    """Return a source with the words it had, what has become of them, and who has read it."""
    now = next(one for one in trace.now if one.n == source.n)
    words = el("details", el("summary", "The words as they were"), el("p", source.passage.text))
    by = readers(trace.confirmations, source.n)
    return source_entry(source, _opens(source, now), [_state(now)], words, by)


def _opens(source: Source, now: SourceNow) -> Html:
    """Return the citation, which opens the case at the place where it is held."""
    if now.case_id is None:
        return el("span", source.citation)
    at = place(now.opinion_id, now.span) if now.opinion_id and now.span else None
    return el("a", source.citation, href=case_address(now.case_id, at=at))


def _state(now: SourceNow) -> Html:
    shape, words, colour = STATES[now.state]
    return el("span", f"{shape} {words}", class_=f"tag {colour}")


def readers(confirmations: Sequence[Confirmation], n: int, *, version: int = 0) -> Html | None:
    """Say who has confirmed what of a source, or with 0 of the whole."""
    found = [one for one in confirmations if (one.n, one.version) == (n, version)]
    if not found:
        return None
    verb = "Read" if n else "Reviewed"
    said = "; ".join(f"{verb} by {one.by}, {moment(one.at)}" for one in found)
    return el("div", el("span", "✓ ", class_="ok"), said, class_="meta")


def how_it_came_about(trace: Trace) -> Html:
    """Return what was searched and which models were asked, behind a click each."""
    working = trace.answer.working
    if working is None:
        return el("p", "How it came about was not recorded.", class_="meta")
    took = f"{working.seconds:.1f} seconds, {counted(working.tokens, 'token')}"
    return el(
        "div",
        el("h2", "How it came about"),
        *(_lookup(one) for one in working.lookups),
        *(_call(one) for one in working.calls),
        el("p", dotted(took, f"Onpoint {trace.program}"), class_="meta"),
        el("p", el("code", f"SHA-256 {trace.sha256}"), class_="meta"),
        class_="worked",
    )


def _lookup(lookup: Lookup) -> Html:
    said = f"Searched for “{lookup.query}”: {counted(lookup.found, 'case')} found"
    rows = [el("li", f"{one.rank}. {one.citation}") for one in lookup.considered]
    return el("details", el("summary", said), el("ul", *rows, class_="plain"))


def _call(call: ModelCall) -> Html:
    where = "inside the firm" if call.inside else "outside the firm"
    ended = call.failure or f"{call.seconds:.1f} seconds"
    told = [
        joined([el("h4", f"It was told ({one.role})"), el("div", one.text, class_="verbatim")])
        for one in call.messages
    ]
    wrote = [
        joined(
            [
                el("h4", f"It wrote, attempt {n}, before any check"),
                el("div", output, class_="verbatim"),
            ]
        )
        for n, output in enumerate(call.outputs, start=1)
    ]
    said = f"Asked {call.model}, {where}: {ended}"
    return el("details", el("summary", said), *told, *wrote)


def no_such_record() -> Html:
    return el(
        "div",
        el("h2", "There is no such record"),
        el(
            "p",
            "It is not kept any more, or it is another’s. Records are kept as the firm’s settings "
            "say.",
        ),
        el("p", el("a", "Your records", href=record_address())),
        class_="quiet",
    )
