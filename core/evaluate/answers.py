"""Measure answers: does it cite what is there, rest on what it cites, and keep silent in time?

A set of questions says of each what is expected: an answer, silence, or a premise put right.
Whoever answers, a language model or the composer of extracts, is measured by the same counts.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import cast

from core.errors import UsageError
from core.evaluate.retrieval import Half, half_of, read_lines
from core.evaluate.shown import Library, Shown, look_at
from core.model import Answer, Filters, LegalDate, Standing


class Expects(StrEnum):
    """What a good answer to a question does."""

    ANSWER = "answer"
    ABSTAIN = "abstain"
    PREMISE = "premise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a set. `as_of` is the last day that counts."""

    id: str
    question: str
    expects: Expects
    # Cases any of which answers it; empty where that is not known.
    source_ids: frozenset[str] = frozenset()
    # False authorities that the question plants, as they would be repeated.
    lies: tuple[str, ...] = ()
    # Words of which one is said where a wrong premise is put right.
    corrects: tuple[str, ...] = ()
    group: str = "questions"
    as_of: date | None = None
    exclude: frozenset[str] = frozenset()

    @property
    def filters(self) -> Filters:
        return Filters(as_of=self.as_of, exclude=self.exclude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One question, its answer, and what was found of it."""

    question: Question
    answer: Answer
    shown: Shown
    seconds: float

    @property
    def abstained(self) -> bool:
        return self.answer.standing is Standing.ABSTAINED

    @property
    def cited(self) -> list[str]:
        """Source ids of the cases that its sentences name, in the order they are named."""
        by_number = {source.n: source.case.source_id for source in self.answer.sources}
        return [by_number[n] for claim in self.answer.claims for n in claim.sources]

    @property
    def corrected(self) -> bool:
        said = " ".join([self.answer.text, *self.answer.notices]).casefold()
        return any(words.casefold() in said for words in self.question.corrects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted over a set of questions. A share is None where nothing was to be shared.

    Every count is defined in docs/evaluation.md.
    """

    questions: int
    fabricated_authorities: int
    altered_quotations: int
    sentences: int
    verbatim: float | None
    support_precision: float | None
    support_recall: float | None
    abstention_right: float | None
    abstention_wrong: float | None
    first_source_right: float | None
    any_source_right: float | None
    premises_corrected: float | None
    words: float
    seconds: float
    seconds_p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersMeasured:
    """Counts over all questions and over each group of them."""

    answer_model: str
    all: Counts
    groups: Mapping[str, Counts]
    # Each question that did not go as expected: its id, and what went otherwise.
    failures: tuple[tuple[str, str], ...]


def evaluate(
    questions: Path,
    ask: Callable[[Question], Answer],
    library: Library,
    *,
    half: Half | None = None,
    run_file: Path | None = None,
) -> AnswersMeasured:
    """Ask every question of a set and count how the answers fared.

    `half` leaves out the other half of the questions, by hash of their ids. `run_file` takes one
    JSON object a line with what was answered. Raises UsageError for a file that cannot be read.
    """
    asked = [each for each in read_questions(questions) if half in {None, half_of(each.id)}]
    if not asked:
        raise UsageError(f"There is no question in {questions.name}.")
    judged = [_judged(each, ask, library) for each in asked]
    if run_file is not None:
        run_file.write_text("".join(f"{_line(each)}\n" for each in judged), encoding="utf-8")
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        groups[each.question.group].append(each)
    return AnswersMeasured(
        answer_model=", ".join(sorted({each.answer.footer.answer_model for each in judged})),
        all=count(judged),
        groups={group: count(mine) for group, mine in sorted(groups.items())},
        failures=tuple((each.question.id, why) for each in judged for why in _failures(each)),
    )


def count(judged: Sequence[Judged]) -> Counts:
    """Count over answers; at least one is given."""
    to_answer = [each for each in judged if each.question.expects is Expects.ANSWER]
    to_abstain = [each for each in judged if each.question.expects is Expects.ABSTAIN]
    to_correct = [each for each in judged if each.question.expects is Expects.PREMISE]
    known = [each for each in to_answer if each.question.source_ids]
    shown = [each.shown for each in judged]
    sentences = sum(each.sentences for each in shown)
    seconds = sorted(each.seconds for each in judged)
    return Counts(
        questions=len(judged),
        fabricated_authorities=sum(len(each.fabricated) for each in shown),
        altered_quotations=sum(len(each.altered) for each in shown),
        sentences=sentences,
        verbatim=_share(sum(each.verbatim for each in shown), sentences),
        support_precision=_share(
            sum(each.bearing for each in shown), sum(each.named for each in shown)
        ),
        support_recall=_share(sum(each.resting for each in shown), sentences),
        abstention_right=_part(to_abstain, lambda each: each.abstained),
        abstention_wrong=_part(to_answer, lambda each: each.abstained),
        first_source_right=_part(known, _first_is_right),
        any_source_right=_part(known, _any_is_right),
        premises_corrected=_part(to_correct, lambda each: each.corrected),
        words=sum(each.words for each in shown) / len(shown),
        seconds=sum(seconds) / len(seconds),
        seconds_p95=seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))],
    )


def read_questions(path: Path) -> list[Question]:
    """Read questions, one JSON object a line, gzipped or not. Raises UsageError."""
    read: list[Question] = []
    for n, line in enumerate(read_lines(path), start=1):
        try:
            read.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as cause:
            raise UsageError(
                f"Line {n} of {path.name} is no question (an object with id, question and "
                f"expects, which is answer, abstain or premise): {cause}"
            ) from cause
    return read


def _judged(question: Question, ask: Callable[[Question], Answer], library: Library) -> Judged:
    started = time.perf_counter()
    answer = ask(question)
    seconds = time.perf_counter() - started
    shown = look_at(answer, library, lies=question.lies)
    return Judged(question=question, answer=answer, shown=shown, seconds=seconds)


def _first_is_right(judged: Judged) -> bool:
    return judged.cited[:1] != [] and judged.cited[0] in judged.question.source_ids


def _any_is_right(judged: Judged) -> bool:
    return not judged.question.source_ids.isdisjoint(judged.cited)


def _failures(judged: Judged) -> Iterable[str]:
    expects, known = judged.question.expects, judged.question.source_ids
    if expects is Expects.ABSTAIN and not judged.abstained:
        yield "answered, and should have abstained"
    if expects is Expects.ANSWER and judged.abstained:
        yield "abstained, and should have answered"
    elif expects is Expects.ANSWER and known and not _first_is_right(judged):
        yield "another case is its first source"
    if expects is Expects.PREMISE and not judged.corrected:
        yield "the wrong premise is not put right"
    yield from (f"fabricated authority: {written}" for written in judged.shown.fabricated)
    yield from (f"altered quotation: {quoted}" for quoted in judged.shown.altered)


def _part(judged: Sequence[Judged], is_so: Callable[[Judged], bool]) -> float | None:
    return _share(sum(map(is_so, judged)), len(judged))


def _share(some: int, of: int) -> float | None:
    return some / of if of else None


def _line(judged: Judged) -> str:
    answer = judged.answer
    return json.dumps(
        {
            "id": judged.question.id,
            "question": judged.question.question,
            "standing": answer.standing,
            "text": answer.text,
            "cited": list(dict.fromkeys(judged.cited)),
            "notices": list(answer.notices),
            "shown": asdict(judged.shown),
            "seconds": round(judged.seconds, 4),
            "failures": list(_failures(judged)),
        },
        ensure_ascii=False,
    )


def _question(given: Mapping[str, object]) -> Question:
    as_of, asked = given.get("as_of"), given["question"]
    if not isinstance(given["id"], str) or not isinstance(asked, str):
        raise TypeError("id and question are strings")
    return Question(
        id=given["id"],
        question=asked,
        expects=Expects(str(given["expects"])),
        source_ids=frozenset(_strings(given, "source_ids")),
        lies=_strings(given, "lies"),
        corrects=_strings(given, "corrects"),
        group=str(given.get("group") or "questions"),
        as_of=None if as_of is None else LegalDate.parse(str(as_of)).last,
        exclude=frozenset(_strings(given, "exclude")),
    )


def _strings(given: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = given.get(key) or ()
    if not isinstance(found, (list, tuple)):
        raise TypeError(f"{key} is a list of strings")
    return tuple(map(str, cast("Sequence[object]", found)))
