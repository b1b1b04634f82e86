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
# Share of the most that a passage could score, and how far ahead of the next case. The holdings
# of a syllabus, taken from the opinion's own words, lie beyond; most contexts of citations do not.
_MOST = 0.3
_AHEAD = 0.02
# Of fewer terms a passage easily has most.
FEW_TERMS = 8


class WordsArm:
    """Rank cases by their best passages."""

    name = "words"

    def rank(self, question: Question, depth: int) -> Ranking:
        """Rank up to `depth` cases by what their best passages score; equals by source id.

        The second and third best add less and less: see SHARES.
        """
        shelf = question.shelf
        scores = np.zeros(len(shelf))
        words = _words(question)
        for word in words:
            scores[word.rows] += word.row_idf * word.row_impacts
        scores = np.where(question.admitted.rows, scores, 0.0).round(_DECIMALS)
        rows = np.flatnonzero(scores).astype(np.int32)
        first, together = _first_and_together(shelf, rows, scores[rows])
        return Ranking(
            arm=self.name,
            cases=best(together.round(_DECIMALS), shelf.case_order, depth),
            rows=rows,
            scores=scores[rows],
            leads=len(words) >= FEW_TERMS and _stands_out(first, words),
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


def _first_and_together(shelf: Shelf, rows: Numbers, scores: Scores) -> tuple[Scores, Scores]:
    """Return, by case, the score of its best passage, and of the best ones together."""
    numbers = shelf.case_of[rows]
    left = scores.copy()
    first = scores_by_case(shelf, rows, left)
    highest, together = first, SHARES[0] * first
    for share in SHARES[1:]:
        # One passage of each case that has its highest score is taken out of the count.
        taken = np.flatnonzero(left == highest[numbers])
        left[taken[np.unique(numbers[taken], return_index=True)[1]]] = 0.0
        highest = scores_by_case(shelf, rows, left)
        together = together + share * highest
    return first, together


def _stands_out(by_case: Scores, words: list[Word]) -> bool:
    """Tell whether one passage says most of what is asked, or far more of it than any other."""
    if len(by_case) < 2:
        return False
    second, first = np.partition(by_case, -2)[-2:]
    possible = sum(word.row_idf for word in words)
    return bool(first > 0 and (first > _MOST * possible or first - second > _AHEAD * first))


def _words(question: Question) -> list[Word]:
    return list(question.lexicon.words(question.terms).values())
