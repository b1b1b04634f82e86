"""The desk of the bench: one question in five ways, closed books, a race, and what to use."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from core.access.permits import Who, permitted
from core.access.use import Use
from core.answers import in_voice, price_of, tried
from core.ask.llm import AnswerModel
from core.ask.models import open_model, open_style_model
from core.ask.prompts import Message
from core.errors import ModelFailed, UsageError
from core.evaluate.advisor import Known, advise
from core.evaluate.arms import CLOSED_BOOK, CLOSED_QUESTIONS, Looks, Said, probe
from core.evaluate.arms import tried as counted
from core.evaluate.retrieval import read_lines
from core.evaluate.shown import Library
from core.house import House
from core.ingest.pipeline import ImportReport
from core.library import bench, cases
from core.model import (
    Advice,
    Answer,
    Arm,
    BenchId,
    BenchRun,
    CaseId,
    Filters,
    Opinion,
    Probed,
    Race,
    Tried,
    Voice,
)
from core.model.training import AdapterState
from core.search.cite import resolve
from core.style.desk import Style

Import = Callable[[Sequence[Path]], ImportReport]

NO_MODEL = "No language model is set, and this needs one."
NO_STYLE = "No style model is set, and no adapter was promoted."
# Runs from which advice is drawn.
MOST = 200


class Bench:
    """What one person tries out of ways of answering."""

    desk = "bench"

    def __init__(
        self,
        house: House,
        who: Who,
        use: Use,
        import_jsonl: Import,
        style: Style,
    ) -> None:
        self.who = who
        self._house = house
        self._use = use
        self._import = import_jsonl
        self._style = style

    @permitted
    def run(self, question: str) -> BenchRun:
        """Put a question through all arms, and keep what was counted.

        An arm that cannot run says why. The grounded answer is made once, and is worded by both
        voices: what differs is the voice. Raises UsageError, LimitReached.
        """
        if not question.strip():
            raise UsageError("Ask a question: it is empty.")
        self._use.ask(self._house.rules.now())
        looks, plain = self._looks(), list[tuple[Answer, float]]()

        def grounded() -> Said:
            began = time.perf_counter()
            answer = self._tried(question)
            plain.append((answer, time.perf_counter() - began))
            return Said(answer=answer)

        says: dict[Arm, Callable[[], Said]] = {
            Arm.RETRIEVAL: grounded,
            Arm.MODEL_ALONE: partial(self._alone, question, style=False),
            Arm.STYLE_ALONE: partial(self._alone, question, style=True),
            Arm.RETRIEVAL_STYLE: partial(self._worded, plain, Voice.ADAPTER),
            Arm.RETRIEVAL_PROMPT: partial(self._worded, plain, Voice.PROMPT),
        }
        found = {arm: counted(arm, say, looks) for arm, say in says.items()}
        return self._kept(question, [found[arm] for arm in Arm])

    @permitted
    def runs(self, *, k: int = 50) -> tuple[BenchRun, ...]:
        """Your runs, the latest first."""
        with self._house.db.transaction(scope=self.who.scope) as tx:
            return bench.runs(tx, most=k)

    @permitted
    def get(self, bench_id: BenchId) -> BenchRun | None:
        """One run of yours; None where there is none."""
        with self._house.db.transaction(scope=self.who.scope) as tx:
            return next(iter(bench.runs(tx, bench_id)), None)

    @permitted
    def remove(self, bench_id: BenchId) -> bool:
        """Forget a run of yours; False where there is none."""
        with self._house.db.transaction(scope=self.who.scope) as tx:
            return bench.forget(tx, bench_id)

    @permitted
    def closed_book(self, questions: Sequence[str] = (), *, style: bool = True) -> Probed:
        """Ask the style model, or the answer model, for law without the library.

        Without questions, those that everybody is asked. Raises ModelFailed where there is no such
        model or it fails, and LimitReached.
        """
        now = self._house.rules.now()
        self._use.ask(now)
        model = self._model(style=style)
        if model is None:
            raise ModelFailed(NO_STYLE if style else NO_MODEL)
        try:
            return probe(
                model.name,
                questions or CLOSED_QUESTIONS,
                partial(_closed_book, model=model),
                self._looks(),
            )
        finally:
            self._use.pay(model.tokens)

    @permitted
    def race(self, opinion: Path, question: str, says: str) -> Race:
        """Time a new opinion, one case as JSON, to the first answer that cites it.

        The style model is asked the same with its books closed: does it say `says`? The opinion
        stays in the library. Raises UsageError where the file is not one case that is new here.
        """
        began = time.perf_counter()
        if self._import([opinion]).cases != 1:
            raise UsageError("The file of a race is one case that the library does not have yet.")
        answer = self._tried(question)
        seconds = round(time.perf_counter() - began, 3)
        case = cases.case_by_source_id(self._house.db, _id_in(opinion))
        cites = case is not None and case.case_id in {s.case.case_id for s in answer.sources}
        return Race(
            case_name=(case and case.case_name) or opinion.name,
            by_retrieval=seconds if cites else None,
            by_training=self._training(),
            known_to_model=self._known(question, says),
        )

    @permitted
    def advise(self, need: str) -> Advice:
        """Say what serves a need, in plain words, and which of your runs bear on it."""
        if not need.strip():
            raise UsageError("Say what you need: it is empty.")
        return advise(need, Known(runs=self.runs(k=MOST), evaluation=self._evaluated()))

    def _alone(self, question: str, *, style: bool) -> Said:
        """Ask a model with its books closed."""
        model = self._model(style=style)
        if model is None:
            return Said(reason=NO_STYLE if style else NO_MODEL)
        try:
            return self._said(model, text=_closed_book(question, model=model))
        finally:
            self._use.pay(model.tokens)

    def _said(self, model: AnswerModel, *, text: str) -> Said:
        return Said(
            text=text, tokens=model.tokens, cost=price_of(self._house.rules.now(), model.tokens)
        )

    def _worded(self, plain: Sequence[tuple[Answer, float]], voice: Voice) -> Said:
        """Word the grounded answer in a voice; why not, where it stays as it was."""
        if not plain:
            return Said(reason="There is no answer to word.")
        answer, before = plain[0]
        spoken = in_voice(answer, voice, house=self._house, use=self._use)
        if spoken.footer.voice is Voice.OFF:
            return Said(reason=spoken.footer.voice_reason or "The plain answer stays.")
        return Said(answer=spoken, before=before)

    def _tried(self, question: str) -> Answer:
        return tried(
            question, house=self._house, use=self._use, filters=Filters(), opinions=self._held
        )

    def _known(self, question: str, says: str) -> bool | None:
        """Say whether the style model says so with its books closed; None where there is none."""
        said = self._alone(question, style=True)
        return says.casefold() in said.text.casefold() if said.text else None

    def _training(self) -> float | None:
        """Return how long the last adapter took from being asked for to its end, in seconds."""
        ended = (each for each in self._style.adapters() if each.ended_at and each.step)
        last = next(ended, None)
        if last is None or last.ended_at is None:
            return None
        return round((last.ended_at - last.asked_at).total_seconds(), 1)

    def _evaluated(self) -> str | None:
        """Return what the gate says of the adapter that was evaluated last."""
        known = (AdapterState.EVALUATED, AdapterState.PROMOTED)
        last = next((each for each in self._style.adapters() if each.state in known), None)
        if last is None:
            return None
        return " ".join(one.seen for one in self._style.evaluation(last.adapter_id).conditions)

    def _model(self, *, style: bool) -> AnswerModel | None:
        now = self._house.rules.now()
        if not style:
            return open_model(now)
        return open_style_model(now) if now.style_model else None

    def _held(self, case_id: CaseId) -> Sequence[Opinion]:
        return cases.opinions(self._house.db, case_id)

    def _looks(self) -> Looks:
        db = self._house.db
        return Looks(
            library=Library(
                resolve=lambda text: resolve(text, db),
                opinions=self._held,
                named=lambda name: len(cases.cases_by_name(db, name)),
            ),
            voice=lambda _: None,
        )

    def _kept(self, question: str, arms: Sequence[Tried]) -> BenchRun:
        revision = cases.coverage(self._house.db).revision
        with self._house.db.transaction(scope=self.who.scope) as tx:
            made = bench.keep(tx, question.strip(), arms, library_revision=revision)
            return bench.runs(tx, made)[0]


def _closed_book(question: str, *, model: AnswerModel) -> str:
    return model.write(
        (Message(role="system", text=CLOSED_BOOK), Message(role="user", text=question))
    )


def _id_in(opinion: Path) -> str:
    """Return the id of the one case in a file that was imported."""
    return str(json.loads(next(iter(read_lines(opinion))))["id"])
