"""How records, statements and drafts say things: moments, models, checks, who read what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from core.ask.answer import EXTRACTIVE
from core.model import (
    Answer,
    Claim,
    Confirmation,
    Coverage,
    Filters,
    ModelCall,
    Source,
    Standing,
    Support,
    Voice,
)

STANDINGS = {
    Standing.GROUNDED: "Every sentence written was borne out by its source and is shown.",
    Standing.PARTIAL: "Some sentences written were not borne out by a source and were left out.",
    Standing.ABSTAINED: "No answer was given: too little in the library supports one.",
}


def day(when: datetime) -> str:
    utc = when.astimezone(UTC)
    return f"{utc:%B} {utc.day}, {utc.year}"


def moment(when: datetime) -> str:
    utc = when.astimezone(UTC)
    return f"{day(utc)}, {utc:%H:%M} UTC"


def listed(items: Iterable[object]) -> str:
    """Write `1, 2 and 3`."""
    *most, last = map(str, items)
    return f"{', '.join(most)} and {last}" if most else last


def counted(n: int, noun: str, plural: str | None = None) -> str:
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def by_model(answer: Answer) -> bool:
    """Say whether a language model wrote what is shown of an answer."""
    return answer.standing is not Standing.ABSTAINED and answer.footer.answer_model != EXTRACTIVE


def made_by(answer: Answer) -> str:
    """Name what put an answer into words."""
    name = answer.footer.answer_model
    return "software that quotes opinions (no language model)" if name == EXTRACTIVE else name


def reworded(answer: Answer) -> bool:
    return answer.footer.voice is not Voice.OFF


def calls_of(answer: Answer) -> tuple[ModelCall, ...]:
    return answer.working.calls if answer.working else ()


def shown(answer: Answer) -> list[Claim]:
    return [claim for claim in answer.claims if claim.support is not Support.UNSUPPORTED]


def left_out(answer: Answer) -> list[Claim]:
    return [claim for claim in answer.claims if claim.support is Support.UNSUPPORTED]


def check_words(claim: Claim) -> str:
    """Say how the machine checked a sentence, and what it found."""
    if claim.support is Support.VERIFIED:
        return "Word for word: the sentence, or the quotation in it, was found in the source."
    if claim.support is Support.SUPPORTED:
        return (
            "Paraphrase: its words, names, numbers and citations were compared with the source, "
            "and are the source’s."
        )
    return claim.reason or "Not borne out by a source."


def short_check(claim: Claim) -> str:
    if claim.support is Support.UNSUPPORTED and not claim.sources:
        return "No source is cited"
    return {
        Support.VERIFIED: "Word for word in the source",
        Support.SUPPORTED: "Compared with the source: paraphrase",
        Support.UNSUPPORTED: f"Not borne out: {claim.reason or 'no source supports it'}",
    }[claim.support]


def coverage_words(coverage: Coverage) -> str:
    """Say what was searched: opinions, cases, courts, years, and as of when."""
    if not coverage.cases:
        return "The library was empty: nothing was searched."
    years = ""
    if coverage.earliest and coverage.latest:
        first, last = coverage.earliest.year, coverage.latest.year
        years = f", decided in {first}" if first == last else f", decided from {first} to {last}"
    undated = f" ({coverage.undated:,} of unknown date)" if coverage.undated else ""
    changed = f", last changed on {day(coverage.changed_at)}" if coverage.changed_at else ""
    return (
        f"{counted(coverage.opinions, 'opinion')} of {counted(coverage.cases, 'case')} from "
        f"{counted(coverage.courts, 'court')}{years}{undated}; library revision "
        f"{coverage.revision}{changed}. What the library does not hold was not searched."
    )


def filter_words(filters: Filters) -> str:
    """Say what a search was narrowed to."""
    parts = [
        f"courts {listed(sorted(filters.courts))}" if filters.courts else "",
        f"decided on or after {filters.filed_from}" if filters.filed_from else "",
        f"decided on or before {filters.filed_to}" if filters.filed_to else "",
        f"as the law stood on {filters.as_of}" if filters.as_of else "",
        f"parts of opinions: {listed(sorted(k.replace('_', ' ') for k in filters.kinds))}"
        if filters.kinds
        else "",
        f"without {listed(sorted(filters.exclude))}" if filters.exclude else "",
    ]
    narrowed = "; ".join(part for part in parts if part)
    return f"Narrowed to: {narrowed}." if narrowed else "Not narrowed: all that the library holds."


def invented_words(sources: Iterable[Source]) -> str:
    """Warn of cases of the demonstration library; empty where there are none."""
    if not any(source.case.invented for source in sources):
        return ""
    return "Cases cited here are invented, for demonstration: they are no law anywhere."


def place_words(call: ModelCall) -> str:
    return "on the firm’s own machines" if call.inside else "at a provider outside the firm"


def readers(confirmations: Sequence[Confirmation], n: int) -> str:
    """Say who has confirmed having read source `n`; empty where nobody has."""
    found = [f"{each.by} on {moment(each.at)}" for each in confirmations if each.n == n]
    return listed(found) if found else ""
