"""The nouns as a person reads them in a terminal.

Results go to stdout; progress and notices go to stderr, so that a pipe carries results only.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from core.law.bluebook import cite_case

if TYPE_CHECKING:
    from core.evaluate.answers import AnswersMeasured, Counts
    from core.evaluate.retrieval import Evaluation
    from core.ingest.pipeline import ImportProgress, ImportReport
    from core.library.doctor import Finding
    from core.model import (
        Answer,
        FilingHit,
        FilingPassage,
        FilingQuotation,
        Footer,
        Hit,
        Passage,
        ResolvedCitation,
        SearchResult,
    )

ARM_WORDS = {
    "exact": "what you typed",
    "words": "words",
    "opinion": "whole opinion",
    "dense": "sense",
}
_SHOWN_CHARACTERS = 400  # of a passage: enough for the sentence that matters
_SHOWN_FAILURES = 20


def say(text: str) -> None:
    """Print one line of plain text, as it is."""
    Console(highlight=False).print(escape(text))


def warn(text: str) -> None:
    Console(stderr=True, highlight=False).print(escape(text))


@contextlib.contextmanager
def progress(what: str) -> Generator[Callable[[ImportProgress], None]]:
    """Show a bar with rate and time left on stderr while an import runs."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(what, total=None, words="")

        def on_progress(state: ImportProgress) -> None:
            share = state.share
            bar.update(
                task,
                total=None if share is None else 1.0,
                completed=share or 0.0,
                words=_progress_words(state),
            )

        yield on_progress


def _progress_words(state: ImportProgress) -> str:
    left = "" if state.seconds_left is None else f" · {_duration(state.seconds_left)} left"
    return f"{state.stage} · {state.cases:,} cases · {state.rate:,.1f} a second{left}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def search(result: SearchResult) -> None:
    console = Console(highlight=False)
    for notice in result.notices:
        warn(notice)
    console.print(
        f"[dim]Understood as {escape(result.understood.words)} · {result.found:,} cases "
        f"in {result.seconds:.2f} s[/dim]"
    )
    if not result.hits:
        console.print(
            f"No case of the {result.coverage.cases:,} in this library fits. "
            "That says nothing about cases it does not hold."
        )
    for hit in result.hits:
        _print_hit(console, hit)
    if result.filings:
        console.print("\n[dim]In your matters' filings[/dim]")
    for filing in result.filings:
        _print_filing(console, filing)


def _print_hit(console: Console, hit: Hit) -> None:
    mark = " [italic](invented, for demonstration)[/italic]" if hit.case.invented else ""
    console.print(f"\n[bold]{hit.rank}. {escape(cite_case(hit.case))}[/bold]{mark}")
    for passage in hit.passages[:1]:
        console.print(Padding(escape(_excerpt(passage)), (0, 0, 0, 3)))
    why = " · ".join(f"{ARM_WORDS.get(r.arm, r.arm)}: {r.rank}" for r in hit.why)
    console.print(f"   [dim]{escape(why)} · cited by {hit.cited_by} here[/dim]")


def _print_filing(console: Console, hit: FilingHit) -> None:
    console.print(f"\n[bold]{escape(hit.filing.name)}[/bold] · {escape(hit.matter.number)}")
    for passage in hit.passages[:1]:
        console.print(Padding(escape(_excerpt(passage)), (0, 0, 0, 3)))


def _excerpt(passage: Passage | FilingPassage) -> str:
    text = " ".join(passage.text.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS].rstrip() + " …"


def cite(citations: tuple[ResolvedCitation, ...]) -> None:
    if not citations:
        say("No citation found in this text.")
        return
    table = Table("as written", "kind", "status", "case", box=None, pad_edge=False)
    for one in citations:
        held = cite_case(one.case) if one.case else ""
        table.add_row(
            escape(one.found.text), one.found.kind, one.status.replace("_", " "), escape(held)
        )
    Console(highlight=False).print(table)


def answer(given: Answer, filings: Sequence[FilingQuotation] = ()) -> None:
    console = Console(highlight=False)
    for notice in given.notices:
        warn(notice)
    for premise in given.premises:
        if premise.correction:
            console.print(f"Before the answer: {escape(premise.correction)}\n")
    console.print(escape(given.text))
    for source in given.sources:
        console.print(f"\n[bold]{source.n}[/bold]  {escape(source.citation)}")
    if filings:
        console.print("\nIn the matter's own filings (what a party says, not the law):")
    for said in filings:
        page = f", page {said.page}" if said.page else ""
        console.print(f"\n“{escape(' '.join(said.words.split()))}”")
        console.print(f"[dim]{escape(said.filing.name)}{page}[/dim]")
    footer = given.footer
    console.print(
        f"\n[dim]{given.standing} · answer model: {escape(footer.answer_model)} · encoder: "
        f"{escape(footer.encoder)} · library revision {footer.library_revision} · "
        f"voice: {escape(_voice(footer))}[/dim]"
    )


def _voice(footer: Footer) -> str:
    """Say which voice an answer has, why not another, and whether the lock passed."""
    reason = f" ({footer.voice_reason})" if footer.voice_reason else ""
    lock = f" · content lock: {footer.lock}" if footer.lock else ""
    named = f" ({footer.speaks})" if footer.speaks else ""
    return f"{footer.voice}{named}{reason}{lock}" + (
        f" · style card: {footer.card}" if footer.card else ""
    )


def imported(report: ImportReport) -> None:
    say(
        f"{report.cases:,} cases, {report.opinions:,} opinions, {report.passages:,} passages and "
        f"{report.citations:,} citations added in {_duration(report.seconds)}; "
        f"{report.skipped:,} were there already; {len(report.failed):,} could not be taken."
    )
    for bad in (*report.failed, *report.notices)[:_SHOWN_FAILURES]:
        warn(f"{bad.item}: {bad.reason}")
    more = len(report.failed) + len(report.notices) - _SHOWN_FAILURES
    if more > 0:
        warn(f"… and {more:,} more (--json lists all).")


def evaluation(measured: Evaluation) -> None:
    console = Console(highlight=False)
    for task, arms in (("all", measured.arms), *measured.tasks.items()):
        table = Table(f"{task}", *measured.measures, box=None, pad_edge=False)
        for arm, measures in arms.items():
            table.add_row(arm, *(f"{measures[name]:.4f}" for name in measured.measures))
        console.print(table, "")
    console.print(f"[dim]{measured.queries:,} queries in {measured.seconds:.0f} s[/dim]")


def answers(measured: AnswersMeasured) -> None:
    console = Console(highlight=False)
    columns = {"all": measured.all, **measured.groups}
    table = Table("", *columns, box=None, pad_edge=False)
    for words, read in _COUNTS:
        table.add_row(words, *(read(counts) for counts in columns.values()))
    console.print(table)
    for question_id, why in measured.failures[:_SHOWN_FAILURES]:
        console.print(f"{escape(question_id)}: {escape(why)}")
    more = len(measured.failures) - _SHOWN_FAILURES
    if more > 0:
        console.print(f"… and {more:,} more (--json lists all).")
    console.print(f"[dim]answer model: {escape(measured.answer_model)}[/dim]")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


_COUNTS: tuple[tuple[str, Callable[[Counts], str]], ...] = (
    ("questions", lambda counts: f"{counts.questions:,}"),
    ("fabricated authority shown", lambda counts: f"{counts.fabricated_authorities:,}"),
    ("altered quotations shown", lambda counts: f"{counts.altered_quotations:,}"),
    ("sentences shown", lambda counts: f"{counts.sentences:,}"),
    ("of them word for word", lambda counts: _percent(counts.verbatim)),
    ("support precision", lambda counts: _percent(counts.support_precision)),
    ("support recall", lambda counts: _percent(counts.support_recall)),
    ("abstained, rightly", lambda counts: _percent(counts.abstention_right)),
    ("abstained, wrongly", lambda counts: _percent(counts.abstention_wrong)),
    ("first source right", lambda counts: _percent(counts.first_source_right)),
    ("any source right", lambda counts: _percent(counts.any_source_right)),
    ("premises put right", lambda counts: _percent(counts.premises_corrected)),
    ("words an answer", lambda counts: f"{counts.words:.0f}"),
    ("seconds an answer", lambda counts: f"{counts.seconds:.2f}"),
    ("seconds, 95th percentile", lambda counts: f"{counts.seconds_p95:.2f}"),
)


def findings(found: tuple[Finding, ...]) -> None:
    if not found:
        say("Nothing is wrong: the database answers, its schema and indexes are in order.")
    console = Console(highlight=False)
    for finding in found:
        colour = "red" if finding.severity == "fatal" else "yellow"
        console.print(f"[{colour}]{finding.severity}[/{colour}] {escape(finding.words)}")
        console.print(f"      [bold]{escape(finding.fix)}[/bold]")
