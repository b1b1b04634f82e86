"""The desk of the bench: one question in five ways, closed books, a race, and what to use."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.access.permits import Who, permitted
from core.access.use import Use
from core.answers import Meter, Pay, in_voice, price_of, tried
from core.ask.llm import AnswerModel
from core.ask.models import open_model, open_served, open_style_model
from core.ask.prompts import Message
from core.errors import ModelFailed, UsageError
from core.evaluate.advisor import Known, advise
from core.evaluate.arms import CLOSED_BOOK, CLOSED_QUESTIONS, Looks, Said, probe
from core.evaluate.arms import tried as counted
from core.evaluate.shown import Library
from core.house import House
from core.ingest.importers.jsonl import one_case
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
    Yardstick,
)
from core.model.training import AdapterState
from core.search.cite import resolve
from core.style.card.ours import Ours
from core.style.desk import Style

Import = Callable[[Sequence[Path]], ImportReport]

NO_MODEL = "No language model is set, and this needs one."
NO_STYLE = "No style model is set, and no adapter that is served was promoted."
SWITCHED_OFF = "The style model is switched off: an administrator alone may try it."
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
        ours, plain = self._ours(), list[Said]()
        looks = self._looks(ours.voice)

        def grounded() -> Said:
            began, meter = time.perf_counter(), Meter(self._use.pay)
            answer = self._tried(question, meter.pay)
            said = self._answered(answer, meter.spent)
            plain.append(replace(said, before=time.perf_counter() - began))
            return said

        says: dict[Arm, Callable[[], Said]] = {
            Arm.RETRIEVAL: grounded,
            Arm.MODEL_ALONE: partial(self._alone, question, style=False),
            Arm.STYLE_ALONE: partial(self._alone, question, style=True),
            Arm.RETRIEVAL_STYLE: partial(self._worded, plain, Voice.ADAPTER),
            Arm.RETRIEVAL_PROMPT: partial(self._worded, plain, Voice.PROMPT),
        }
        found = {arm: counted(arm, say, looks) for arm, say in says.items()}
        answers = (said.answer for said in plain if said.answer)
        seen = [source.passage for answer in answers for source in answer.sources]
        self._use.tried_out(question.strip(), seen, self._house.rules.now())
        return self._kept(question, [found[arm] for arm in Arm], ours.yardstick())

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
        stays in the library. Raises UsageError where the file is not one case that is new here;
        nothing was brought in then.
        """
        began = time.perf_counter()
        if not question.strip():
            raise UsageError("Ask a question: it is empty.")
        if not says.strip():
            raise UsageError("Say which words a right answer has: there are none.")
        source_id = self._new_case(opinion)
        if self._import([opinion]).cases != 1:
            raise UsageError("The case could not be brought in, so nothing was raced.")
        answer = self._tried(question, self._use.pay)
        seconds = round(time.perf_counter() - began, 3)
        case = cases.case_by_source_id(self._house.db, source_id)
        cites = case is not None and case.case_id in {s.case.case_id for s in answer.sources}
        known, failed = self._known(question, says.strip())
        return Race(
            case_name=(case and case.case_name) or source_id,
            by_retrieval=seconds if cites else None,
            by_training=self._training(),
            known_to_model=known,
            model_failed=failed,
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

    def _answered(self, answer: Answer, tokens: int, before: float = 0.0) -> Said:
        cost = price_of(self._house.rules.now(), tokens)
        return Said(answer=answer, tokens=tokens, cost=cost, before=before)

    def _worded(self, plain: Sequence[Said], voice: Voice) -> Said:
        """Word the grounded answer in a voice; why not, where it stays as it was."""
        if not plain or plain[0].answer is None:
            return Said(reason="There is no answer to word.")
        now = self._house.rules.now()
        if now.style is Voice.OFF and "firm.set" not in self.who.rights():
            return Said(reason=SWITCHED_OFF)
        answer, meter = plain[0].answer, Meter(self._use.pay)
        spoken = in_voice(answer, voice, house=self._house, who=self.who, pay=meter.pay)
        if spoken.footer.voice is Voice.OFF:
            return Said(reason=spoken.footer.voice_reason or "The plain answer stays.")
        return self._answered(spoken, plain[0].tokens + meter.spent, plain[0].before)

    def _tried(self, question: str, pay: Pay) -> Answer:
        return tried(question, house=self._house, pay=pay, filters=Filters(), opinions=self._held)

    def _new_case(self, opinion: Path) -> str:
        """Return the id of the one case in a file. Raises UsageError where it may not race."""
        source_id = one_case(opinion).source_id
        if cases.case_by_source_id(self._house.db, source_id) is not None:
            raise UsageError("The library holds this case already: a race needs a new one.")
        return source_id

    def _known(self, question: str, says: str) -> tuple[bool | None, str | None]:
        """Say whether the style model says so with its books closed, or why it said nothing.

        None and None where there is no such model. One that fails loses the race and does not end
        it: the opinion is in the library by now.
        """
        try:
            said = self._alone(question, style=True)
        except ModelFailed as failure:
            return None, str(failure)
        return None if said.reason else says.casefold() in said.text.casefold(), None

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
        speaks = self._house.speaking()
        if speaks is not None and speaks.served is not None:
            return open_served(now, speaks.served)
        return open_style_model(now) if now.style_model else None

    def _held(self, case_id: CaseId) -> Sequence[Opinion]:
        return cases.opinions(self._house.db, case_id)

    def _ours(self) -> Ours:
        house = self._house
        return Ours(house.db, self.who.scope, house.card_memory, house.rules.now())

    def _looks(self, voice: Callable[[str], float | None] = lambda _: None) -> Looks:
        db = self._house.db
        return Looks(
            library=Library(
                resolve=lambda text: resolve(text, db),
                opinions=self._held,
                named=lambda name: len(cases.cases_by_name(db, name)),
            ),
            voice=voice,
        )

    def _kept(self, question: str, arms: Sequence[Tried], yardstick: Yardstick) -> BenchRun:
        revision = cases.coverage(self._house.db).revision
        with self._house.db.transaction(scope=self.who.scope) as tx:
            made = bench.keep(
                tx, question.strip(), arms, yardstick=yardstick, library_revision=revision
            )
            return bench.runs(tx, made)[0]


def _closed_book(question: str, *, model: AnswerModel) -> str:
    return model.write(
        (Message(role="system", text=CLOSED_BOOK), Message(role="user", text=question))
    )
