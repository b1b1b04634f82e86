"""The part of the facade that measures: search on judged queries, answers on a set of questions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from core.access.permits import Who, permitted
from core.access.use import Use
from core.answers import tried
from core.evaluate import answers as answering
from core.evaluate import retrieval
from core.evaluate.answers import AnswersMeasured, Question
from core.evaluate.retrieval import Evaluation, Half
from core.evaluate.shown import Library
from core.house import House
from core.library import cases
from core.library.db import Database
from core.model import Answer
from core.search.cite import resolve


class Measuring:
    """Every way of measuring the library and what is made of it."""

    desk = ""

    who: Who
    _house: House
    _db: Database
    _use: Use

    @permitted
    def evaluate_retrieval(
        self,
        queries: Path,
        qrels: Path,
        *,
        arms: Sequence[str] = (),
        half: Half | None = None,
        run_file: Path | None = None,
    ) -> Evaluation:
        return retrieval.evaluate(
            self._house.searcher(), queries, qrels, arms=arms, half=half, run_file=run_file
        )

    @permitted
    def evaluate_answers(
        self, questions: Path, *, half: Half | None = None, run_file: Path | None = None
    ) -> AnswersMeasured:
        """Ask the answer model, or the composer of extracts where there is none, a whole set."""
        self._house.searcher().warm_up()

        def ask(asked: Question) -> Answer:
            return tried(
                asked.question,
                house=self._house,
                pay=self._use.pay,
                filters=asked.filters,
                opinions=partial(cases.opinions, self._db),
            )

        return answering.evaluate(
            questions,
            ask,
            Library(
                resolve=lambda text: resolve(text, self._db),
                opinions=partial(cases.opinions, self._db),
                named=lambda name: len(cases.cases_by_name(self._db, name)),
            ),
            half=half,
            run_file=run_file,
        )
