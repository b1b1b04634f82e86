"""The two arms that go by words: those of a passage, and those of the whole case.

A passage that says it best and a case that says it most are different evidence; both are BM25.
"""

from __future__ import annotations

import numpy as np

from core.search.arms import Question, Ranking
from core.search.lexicon import Word
from core.search.shelf import Numbers, Scores, best

# Equal sums of floats may differ in the last bits; beyond this they are ties.
_DECIMALS = 9


class WordsArm:
    """Rank cases by their best passage."""

    name = "words"

    def rank(self, question: Question, depth: int) -> Ranking:
        """Rank up to `depth` cases; equals by source id."""
        shelf = question.shelf
        scores = np.zeros(len(shelf))
        for word in _words(question):
            scores[word.rows] += word.row_idf * word.row_impacts
        scores = np.where(question.admitted.rows, scores, 0.0).round(_DECIMALS)
        rows = np.flatnonzero(scores).astype(np.int32)
        return Ranking(
            arm=self.name,
            cases=best_cases(question, rows, scores[rows], depth),
            rows=rows,
            scores=scores[rows],
        )


class OpinionArm:
    """Rank cases by all their passages together."""

    name = "opinion"

    def rank(self, question: Question, depth: int) -> Ranking:
        """Rank up to `depth` cases; equals by source id."""
        shelf, admitted = question.shelf, question.admitted
        scores = np.zeros(len(shelf.case_ids))
        for word in _words(question):
            impacts = word.case_impacts
            if not admitted.whole_cases:
                impacts = question.lexicon.case_impacts_within(word, admitted.rows)
            scores[word.cases] += word.case_idf * impacts
        scores = np.where(admitted.cases, scores, 0.0).round(_DECIMALS)
        return Ranking(
            arm=self.name,
            cases=best(scores, shelf.case_order, depth),
            rows=np.empty(0, dtype=np.int32),
            scores=np.empty(0),
        )


def best_cases(question: Question, rows: Numbers, scores: Scores, depth: int) -> Numbers:
    """Rank cases by the highest score among their rows; scores are above 0."""
    shelf = question.shelf
    by_case = np.zeros(len(shelf.case_ids))
    np.maximum.at(by_case, shelf.case_of[rows], scores)
    return best(by_case, shelf.case_order, depth)


def _words(question: Question) -> list[Word]:
    return list(question.lexicon.words(question.terms).values())
