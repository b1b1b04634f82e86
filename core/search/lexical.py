"""The two arms that go by words: those of a passage, and those of the whole case.

A passage that says it best and a case that says it most are different evidence; both are BM25.
"""

from __future__ import annotations

import numpy as np

from core.search.arms import Question, Ranking
from core.search.lexicon import Word
from core.search.shelf import Numbers, Scores, Shelf, best

# Equal sums of floats may differ in the last bits; beyond this they are ties.
_DECIMALS = 9
# What a case's best, second and third passage count for.
SHARES = (1.0, 0.5, 0.25)


class WordsArm:
    """Rank cases by their best passages."""

    name = "words"

    def rank(self, question: Question, depth: int) -> Ranking:
        """Rank up to `depth` cases by what their best passages score; equals by source id.

        The second and third best add less and less: see SHARES.
        """
        shelf = question.shelf
        scores = np.zeros(len(shelf))
        for word in _words(question):
            scores[word.rows] += word.row_idf * word.row_impacts
        scores = np.where(question.admitted.rows, scores, 0.0).round(_DECIMALS)
        rows = np.flatnonzero(scores).astype(np.int32)
        together = _together(shelf, rows, scores[rows])
        return Ranking(
            arm=self.name,
            cases=best(together.round(_DECIMALS), shelf.case_order, depth),
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


def scores_by_case(shelf: Shelf, rows: Numbers, scores: Scores) -> Scores:
    """Return the highest score among the rows of each case, 0 for cases without one."""
    by_case = np.zeros(len(shelf.case_ids))
    np.maximum.at(by_case, shelf.case_of[rows], scores)
    return by_case


def _together(shelf: Shelf, rows: Numbers, scores: Scores) -> Scores:
    """Return, by case, the score of its best passages together."""
    numbers = shelf.case_of[rows]
    left = scores.copy()
    highest = scores_by_case(shelf, rows, left)
    together = SHARES[0] * highest
    for share in SHARES[1:]:
        # One passage of each case that has its highest score is taken out of the count.
        taken = np.flatnonzero(left == highest[numbers])
        left[taken[np.unique(numbers[taken], return_index=True)[1]]] = 0.0
        highest = scores_by_case(shelf, rows, left)
        together = together + share * highest
    return together


def _words(question: Question) -> list[Word]:
    return list(question.lexicon.words(question.terms).values())
