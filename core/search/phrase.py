"""Keep only the cases that have a quoted phrase word for word.

The lexical index says which passages can have it; their text says whether they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.library.db import Reader
from core.search.arms import Question
from core.search.lexical import WordsArm
from core.search.shelf import Admitted, Numbers, Shelf, as_items, only_cases, rows_of
from core.search.terms import terms

# Passages whose text is read for one phrase, the likeliest first, a few at a time until enough
# cases have it: an order holds no more.
MOST_READ = 1500
_AT_A_TIME = 250
_ENOUGH = 200
_QUOTES = str.maketrans("‘’‚‛“”„‟«»\u00a0", '\'\'\'\'"""""" ', "\u00ad")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    passage_id: int
    text: str


def with_phrases(
    db: Reader, question: Question, phrases: Sequence[str]
) -> tuple[Admitted, tuple[str, ...]]:
    """Narrow what may be shown to cases with every phrase; also the words for the screen.

    Capitals, white space and the form of quotation marks do not count. A phrase may run over the
    border of two passages.
    """
    admitted, notices = question.admitted, list[str]()
    likely = _likelihood(question)
    for phrase in phrases:
        rows = _candidates(question, phrase)
        rows = rows[admitted.rows[rows]]
        rows = rows[np.lexsort((question.shelf.order[rows], -likely[rows]))]
        if len(rows) > MOST_READ:
            notices.append(
                f"“{phrase}” may stand in {len(rows):,} passages; "
                f"the likeliest {MOST_READ:,} were read."
            )
        found = list(_having(db, question.shelf, rows[:MOST_READ], phrase))
        admitted = only_cases(question.shelf, admitted, np.array(found, dtype=np.int32))
    return admitted, tuple(notices)


def has_phrase(text: str, phrase: str) -> bool:
    """Tell whether a text has a phrase as whole words."""
    wanted, within = folded(phrase), folded(text)
    at = within.find(wanted) if wanted else -1
    while at >= 0:
        before, after = within[at - 1 : at], within[at + len(wanted) : at + len(wanted) + 1]
        if not (_joined(before, wanted[0]) or _joined(wanted[-1], after)):
            return True
        at = within.find(wanted, at + 1)
    return False


def folded(text: str) -> str:
    """Fold capitals, white space and the form of quotation marks."""
    return re.sub(r"\s+", " ", text.translate(_QUOTES).casefold()).strip()


def _joined(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()


def _likelihood(question: Question) -> NDArray[np.float64]:
    scores = np.zeros(len(question.shelf))
    ranking = WordsArm().rank(question, 1)
    scores[ranking.rows] = ranking.scores
    return scores


def _candidates(question: Question, phrase: str) -> Numbers:
    """Return the rows that, with the next of the same opinion, have every term of the phrase."""
    shelf = question.shelf
    wanted = sorted(set(terms(phrase)))
    words = question.lexicon.words(wanted)
    if len(words) < len(wanted):
        return np.empty(0, dtype=np.int32)
    follows = _follows(shelf)
    having = np.ones(len(shelf), dtype=np.bool_)
    for word in words.values():
        here = np.zeros(len(shelf), dtype=np.bool_)
        here[word.rows] = True
        here[:-1] |= here[1:] & follows
        having &= here
    return np.flatnonzero(having).astype(np.int32)


def _follows(shelf: Shelf) -> NDArray[np.bool_]:
    """Tell of each row but the last whether the next one is of the same opinion."""
    table = shelf.table
    same_case = table.case_id[:-1] == table.case_id[1:]
    return same_case & (table.opinion[:-1] == table.opinion[1:])


def _having(db: Reader, shelf: Shelf, rows: Numbers, phrase: str) -> Iterator[int]:
    """Yield the case numbers, each once, of rows whose text has the phrase, until it is enough."""
    found: set[int] = set()
    for at in range(0, len(rows), _AT_A_TIME):
        few = rows[at : at + _AT_A_TIME]
        few = few[~np.isin(shelf.case_of[few], list(found))]
        new = _read(db, shelf, few, phrase) - found
        yield from new
        found |= new
        if len(found) >= _ENOUGH:
            return


def _read(db: Reader, shelf: Shelf, rows: Numbers, phrase: str) -> set[int]:
    windows = db.rows(
        "select_passage_windows",
        _Window,
        passage_ids=shelf.table.passage_id[rows].tolist(),
        beyond=2 * len(phrase) + 100,
    )
    having = [window.passage_id for window in windows if has_phrase(window.text, phrase)]
    numbers = shelf.case_of[rows_of(shelf, np.array(having, dtype=np.int32))]
    return set(as_items(numbers))
