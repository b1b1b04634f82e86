"""The diligence log of an answer: what was asked, searched, found, rejected and checked, and when.

Written for whoever asks later how an authority came to be relied on: a partner, a court.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.ask.prompts import part_name
from core.model import (
    Answer,
    Lookup,
    Matter,
    ModelCall,
    Source,
    SourceNow,
    SourceState,
    Support,
    Trace,
)
from core.paper.paper import Block, Heading, Manner, Paper, Table, paragraph
from core.work.wording import (
    STANDINGS,
    calls_of,
    check_words,
    counted,
    coverage_words,
    filter_words,
    invented_words,
    left_out,
    listed,
    made_by,
    moment,
    place_words,
    readers,
    shown,
)

_STATES = {
    SourceState.UNCHANGED: "These words stand in the library unchanged.",
    SourceState.CHANGED: "The case is held, and these words stand in it no more.",
    SourceState.GONE: "The case is not held any more.",
}


def diligence_log(trace: Trace, *, firm: str, matter: Matter | None = None) -> Paper:
    """Write the log of one answer, as its record has it."""
    answer, head = trace.answer, trace.head
    return Paper(
        title="Research diligence log",
        called=f"diligence-log-{head.asked_at:%Y-%m-%d}-{str(head.trace_id)[:8]}",
        head=(
            firm,
            f"Matter {matter.number}, {matter.name}" if matter else "",
            f"Asked by {head.asked_by} on {moment(head.asked_at)}",
            invented_words(answer.sources),
        ),
        author=head.asked_by,
        blocks=(
            Heading(words="1. What was asked"),
            paragraph(answer.question, manner=Manner.QUOTE),
            paragraph(filter_words(trace.filters)),
            *_searched(answer),
            *_sources(trace),
            *_filings(trace),
            *_answered(answer),
            *_rejected(answer),
            *_models(answer),
            *_persons(trace),
            *_whole(trace),
            *_raw(answer),
        ),
    )


def _searched(answer: Answer) -> Iterator[Block]:
    yield Heading(words="2. What was searched")
    yield paragraph(coverage_words(answer.coverage))
    yield paragraph(f"Passages were compared by meaning with the encoder {answer.footer.encoder}.")
    for lookup in answer.working.lookups if answer.working else ():
        yield paragraph(
            f"Searched for: “{lookup.query}” (read as {lookup.understood}; "
            f"{counted(lookup.found, 'case')} found, {lookup.seconds:.2f} seconds). "
            f"{'These were looked at:' if lookup.considered else 'Nothing was found.'}"
        )
        if lookup.considered:
            yield _considered(lookup, answer)


def _considered(lookup: Lookup, answer: Answer) -> Table:
    rows = tuple(
        (str(each.rank), each.citation, _use(each.source_id, answer)) for each in lookup.considered
    )
    return Table(head=("Rank", "Case", "Use"), rows=rows, widths=(0.1, 0.6, 0.3))


def _use(source_id: str, answer: Answer) -> str:
    """Say what became of a case that was found."""
    mine = [source.n for source in answer.sources if source.case.source_id == source_id]
    cited = sorted(set(mine) & _cited(answer))
    if cited:
        return f"Relied on: source {listed(cited)}"
    return f"Read, not relied on: source {listed(mine)}" if mine else "Found, not made a source"


def _cited(answer: Answer) -> set[int]:
    return {n for claim in shown(answer) for n in claim.sources}


def _sources(trace: Trace) -> Iterator[Block]:
    answer = trace.answer
    yield Heading(words="3. The sources, as they were")
    if not answer.sources:
        nearest = listed(hit.case.case_name or hit.case.source_id for hit in answer.nearest[:3])
        also = f" Nearest in the library: {nearest}." if answer.nearest else ""
        yield paragraph(f"No passage was taken for a source.{also}")
    hashes, now = dict(trace.passages), {each.n: each for each in trace.now}
    for source in answer.sources:
        yield from _source(source, cited=source.n in _cited(answer), now=now.get(source.n))
        yield paragraph(f"SHA-256 {hashes.get(source.n, 'not recorded')}", manner=Manner.SMALL)


def _source(source: Source, *, cited: bool, now: SourceNow | None) -> Iterator[Block]:
    part = part_name(source.passage.kind)
    treated = f" Later treatment known: {source.treatment}." if source.treatment else ""
    use = "Relied on." if cited else "Read, and not relied on."
    yield paragraph(f"[{source.n}] {source.citation} ({part}). {use}{treated}")
    yield paragraph(source.passage.text, manner=Manner.QUOTE)
    if now is not None:
        yield paragraph(f"When this log was written: {_STATES[now.state]}", manner=Manner.SMALL)


def _filings(trace: Trace) -> Iterator[Block]:
    """Name what the matter's filings were seen to say; their words only where they are read."""
    named = trace.answer.filings
    if not named:
        return
    yield paragraph(
        "Shown beside the answer, from the matter's own filings; what a party says, no source of "
        "any sentence, and shown to no language model:"
    )
    for said in trace.filings:
        page = f", page {said.page}" if said.page else ""
        yield paragraph(" ".join(said.words.split()), manner=Manner.QUOTE)
        yield paragraph(
            f"{said.filing.name}{page}. SHA-256 {said.place.sha256}", manner=Manner.SMALL
        )
    if len(named) > len(trace.filings):
        gone = counted(len(named) - len(trace.filings), "place")
        yield paragraph(f"{gone} cannot be shown any more.", manner=Manner.SMALL)


def _answered(answer: Answer) -> Iterator[Block]:
    yield Heading(words="4. What was answered, and how each sentence was checked")
    yield paragraph(STANDINGS[answer.standing])
    for notice in answer.notices:
        yield paragraph(notice, manner=Manner.ITEM)
    claims = shown(answer)
    if not claims:
        yield paragraph(answer.text, manner=Manner.QUOTE)
        return
    yield Table(
        head=("", "Sentence", "Sources", "Check by machine"),
        rows=tuple(
            (
                str(n),
                claim.text,
                listed(claim.sources) if claim.sources else "–",
                check_words(claim),
            )
            for n, claim in enumerate(claims, start=1)
        ),
        widths=(0.06, 0.48, 0.12, 0.34),
    )


def _rejected(answer: Answer) -> Iterator[Block]:
    yield Heading(words="5. What was rejected")
    rejected = left_out(answer)
    if not rejected:
        yield paragraph("No sentence was left out.")
        return
    yield paragraph("These sentences were written by the model and not shown in the answer:")
    yield Table(
        head=("Sentence", "Why it was left out"),
        rows=tuple((claim.text, check_words(claim)) for claim in rejected),
        widths=(0.6, 0.4),
    )


def _models(answer: Answer) -> Iterator[Block]:
    yield Heading(words="6. Models")
    calls = calls_of(answer)
    if not calls:
        yield paragraph("No language model was asked.")
    else:
        yield Table(
            head=("Model", "Where", "Seconds", "Tokens", "Outcome"),
            rows=tuple(
                (
                    call.model,
                    place_words(call),
                    f"{call.seconds:.1f}",
                    f"{call.tokens:,}",
                    call.failure or "Complete",
                )
                for call in calls
            ),
            widths=(0.3, 0.24, 0.12, 0.12, 0.22),
        )
    footer = answer.footer
    lock = f"; content lock {footer.lock}" if footer.lock else ""
    why = f" ({footer.voice_reason})" if footer.voice_reason else ""
    named = f" ({footer.speaks})" if footer.speaks else ""
    lock += f"; style card: {footer.card}" if footer.card else ""
    yield paragraph(f"Put into words by {made_by(answer)}; voice {footer.voice}{named}{why}{lock}.")
    yield paragraph("Citations, case names and pages were written by software from the library.")


def _persons(trace: Trace) -> Iterator[Block]:
    yield Heading(words="7. What persons have confirmed")
    for source in trace.answer.sources:
        who = readers(trace.confirmations, source.n)
        said = f"read by {who}" if who else "nobody has confirmed having read it"
        yield paragraph(f"Source {source.n}, {source.citation}: {said}.", manner=Manner.ITEM)
    reviewed = readers(trace.confirmations, 0)
    said = f"reviewed by {reviewed}" if reviewed else "nobody has recorded a review"
    yield paragraph(f"The answer as a whole: {said}.", manner=Manner.ITEM)


def _whole(trace: Trace) -> Iterator[Block]:
    yield Heading(words="8. The record")
    working = trace.answer.working
    took = f" It took {working.seconds:.1f} seconds." if working else ""
    yield paragraph(
        f"Record {trace.head.trace_id}, written by Onpoint {trace.program} when the answer was "
        "given; its SHA-256 was entered then in the audit trail, which is only ever added "
        f"to.{took}"
    )
    yield paragraph(f"SHA-256 of the record: {trace.sha256}", manner=Manner.SMALL)
    if trace.whole:
        yield paragraph("The record is as it was written: it agrees with the audit trail.")
    else:
        yield paragraph(
            "THE RECORD IS NOT AS IT WAS WRITTEN. What does not agree with the audit trail: "
            f"{listed(trace.faults)}."
        )


def _raw(answer: Answer) -> Iterator[Block]:
    """Set what the models wrote, before any check; what they were told is in the record itself."""
    written: Sequence[ModelCall] = [call for call in calls_of(answer) if call.outputs]
    if not written:
        return
    yield Heading(words="Annex. What the models wrote, before any check")
    unchecked = any(claim.support is Support.UNSUPPORTED for claim in answer.claims)
    warning = " Some of it was found to be unsupported." if unchecked else ""
    yield paragraph(f"Not to be relied on: this is what the checks above were made on.{warning}")
    for call in written:
        for n, output in enumerate(call.outputs, start=1):
            yield paragraph(f"{call.model}, attempt {n}:")
            for part in output.split("\n\n"):
                yield paragraph(part, manner=Manner.QUOTE)
