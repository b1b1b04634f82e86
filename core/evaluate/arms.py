"""One question in five ways: a model alone, the library, and the library in a voice.

Nothing here knows how an answer comes about; it is handed ways of asking, times them, and counts
what a reader sees: what each answer cites, and whether that is held and was looked at.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.errors import ModelFailed
from core.evaluate.shown import Library, look_at
from core.law.sentences import sentences
from core.model import (
    Answer,
    Arm,
    CitationKind,
    CitationStatus,
    Probed,
    ResolvedCitation,
    Standing,
    Support,
    Tried,
)

# What a model is told that is asked with its books closed.
CLOSED_BOOK = (
    "Answer the lawyer's question from what you know, in two to six sentences of plain prose. "
    "Cite the authority for each proposition in full."
)
# Asked where nobody names others: law of many fields, in words that name no case.
CLOSED_QUESTIONS = (
    "What must an applicant show for a stay of a judgment pending appeal?",
    "When may an officer search a cell phone that was seized on an arrest?",
    "What must a plaintiff plead to survive a motion to dismiss?",
    "When is a public official immune from a suit for damages?",
    "What is the standard for summary judgment?",
    "When does a court defer to an agency's reading of a statute?",
    "What must be shown for a preliminary injunction?",
    "When may a class be certified for damages?",
    "When is a warrantless search of a car allowed?",
    "What makes an arbitration clause unenforceable?",
)
EMPTY = "It said nothing."
_HELD = frozenset({CitationStatus.HELD, CitationStatus.AMBIGUOUS})
_NOT_HELD = frozenset({CitationStatus.NOT_HELD, CitationStatus.NAME_DIFFERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one arm said: an answer of the library's, or a model's words alone."""

    text: str = ""
    answer: Answer | None = None
    tokens: int = 0
    cost: str | None = None
    # Seconds that it took beyond this call: another arm's work that it went on from.
    before: float = 0.0
    # Why it did not run, or fell back.
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What answers are looked at with."""

    library: Library
    # How likely a text is in the firm's own voice, 0 to 1; None where nothing tells.
    voice: Callable[[str], float | None]


def tried(arm: Arm, say: Callable[[], Said], looks: Looks) -> Tried:
    """Let one arm answer and count what it shows; why not, where it cannot."""
    began = time.perf_counter()
    try:
        said = say()
    except ModelFailed as failure:
        said = Said(reason=str(failure))
    seconds = time.perf_counter() - began + said.before
    base = Tried(
        arm=arm,
        reason=said.reason,
        seconds=round(seconds, 3),
        tokens=said.tokens,
        cost=said.cost,
    )
    if said.answer is not None:
        return _of_answer(base, said.answer, looks)
    if not said.text.strip():
        return replace(base, reason=said.reason or EMPTY)
    return _of_words(base, said.text, looks)


def probe(model: str, questions: Sequence[str], ask: Callable[[str], str], looks: Looks) -> Probed:
    """Ask a model for law with its books closed, and look up what it cites.

    Raises ModelFailed where it cannot be asked.
    """
    began = time.perf_counter()
    found = [each for question in questions for each in _cases(ask(question), looks)]
    return Probed(
        model=model,
        questions=len(questions),
        cited=len(found),
        held=sum(each.status in _HELD for each in found),
        not_held=_written(found),
        seconds=round(time.perf_counter() - began, 3),
    )


def _of_words(base: Tried, text: str, looks: Looks) -> Tried:
    """Count what a model said by itself: nothing of it was held against any source."""
    found = _cases(text, looks)
    return replace(
        base,
        text=text,
        sentences=len(sentences(text)),
        not_from_sources=sum(each.status in _HELD for each in found),
        not_held=_written(found),
        voice=looks.voice(text),
        words=len(text.split()),
    )


def _of_answer(base: Tried, answer: Answer, looks: Looks) -> Tried:
    """Count what an answer of the library's shows, by nothing that made it."""
    silent = answer.standing is Standing.ABSTAINED
    if silent:
        return replace(base, text=answer.text, reason=base.reason or "It abstained.")
    claims = [each for each in answer.claims if each.support is not Support.UNSUPPORTED]
    seen = look_at(answer, looks.library)
    ids = {source.case.case_id for source in answer.sources}
    quoted = "\n".join(looks.library.words(source) for source in answer.sources)
    # What a source itself cites is in its words; what else is held, nobody has looked up.
    strangers = [
        each
        for each in _cases(" ".join(claim.text for claim in claims), looks)
        if each.status in _HELD
        and (each.case is None or each.case.case_id not in ids)
        and each.found.text not in quoted
    ]
    return replace(
        base,
        text=answer.text,
        sentences=seen.sentences,
        supported=seen.resting,
        cited=len({n for claim in claims for n in claim.sources}),
        not_from_sources=len(strangers),
        not_held=seen.fabricated,
        voice=looks.voice(" ".join(claim.text for claim in claims)),
        words=seen.words,
    )


def _cases(text: str, looks: Looks) -> list[ResolvedCitation]:
    return [
        each
        for each in looks.library.resolve(text)
        if each.found.kind is CitationKind.FULL and each.status in _HELD | _NOT_HELD
    ]


def _written(found: Sequence[ResolvedCitation]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            " ".join(each.found.text.split()) for each in found if each.status in _NOT_HELD
        )
    )
