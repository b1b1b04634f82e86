"""Keep only the cases that have a quoted phrase word for word.

The lexical index says where its words stand side by side; the text there says whether they are
the very words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.library.db import Reader
from core.library.passages import MOST_OFTEN, Occurrences, occurrences
from core.search.arms import Question
from core.search.lexical import WordsArm
from core.search.shelf import Admitted, Numbers, Shelf, as_items, only_cases, rows_of
from core.search.terms import terms

# Passages whose text is read for one phrase, the likeliest first, a few at a time until enough
# cases have it: an order holds no more.
MOST_READ = 1500
_AT_A_TIME = 200
_ENOUGH = 200
_QUOTES = str.maketrans("‘’‚‛“”„‟«»", "''''" + 6 * '"', "\u00ad")


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
        rows = _candidates(db, question.shelf, terms(phrase))
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
    plain = text if text.isascii() else text.translate(_QUOTES)
    return " ".join(plain.casefold().split())


def _joined(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()


def _likelihood(question: Question) -> NDArray[np.float64]:
    scores = np.zeros(len(question.shelf))
    ranking = WordsArm().rank(question, 1)
    scores[ranking.rows] = ranking.scores
    return scores


def _candidates(db: Reader, shelf: Shelf, phrase: Sequence[str]) -> Numbers:
    """Return the rows, ascending, in which the terms of a phrase begin to stand side by side."""
    if not phrase:
        return np.arange(len(shelf), dtype=np.int32)
    held: defaultdict[str, list[Occurrences]] = defaultdict(list)
    for each in occurrences(db, phrase):
        held[each.term].append(each)
    if any(term not in held for term in phrase):
        return np.empty(0, dtype=np.int32)
    bases = _bases(shelf)
    places = {term: _places(shelf, bases, held[term]) for term in held}
    rarest_first = sorted(range(len(phrase)), key=lambda n: len(places[phrase[n]]))
    starts = places[phrase[rarest_first[0]]] - rarest_first[0]
    for n in rarest_first[1:]:
        starts = starts[_among(starts + n, places[phrase[n]])]
    rows = np.searchsorted(bases, starts, side="right") - 1
    crowded = [_crowded(shelf, held[term]) for term in held]
    return np.unique(np.concatenate([rows, *crowded])).astype(np.int32)


def _bases(shelf: Shelf) -> NDArray[np.int64]:
    """Return the place of each row's first term, counting all terms of the library in order.

    A place is left free between two opinions, so that no phrase runs from one into the next.
    """
    table = shelf.table
    other_case = np.diff(table.case_id, prepend=table.case_id[:1]) != 0
    other_opinion = np.diff(table.opinion, prepend=table.opinion[:1]) != 0
    ends = np.cumsum(table.terms, dtype=np.int64)
    return ends - table.terms + np.cumsum(other_case | other_opinion)


def _places(
    shelf: Shelf, bases: NDArray[np.int64], held: Iterable[Occurrences]
) -> NDArray[np.int64]:
    """Return where a term stands in the library, ascending."""
    found: list[NDArray[np.int64]] = []
    for each in held:
        rows = np.repeat(rows_of(shelf, each.passages), each.frequencies)
        found.append((bases[rows] + each.positions)[rows >= 0])
    return np.sort(np.concatenate(found), kind="stable")


def _among(wanted: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
    return places[at] == wanted if len(places) else np.zeros(len(wanted), dtype=np.bool_)


def _crowded(shelf: Shelf, held: Iterable[Occurrences]) -> Numbers:
    """Return the rows that have a term more often than the index remembers where."""
    rows = [rows_of(shelf, each.passages[each.frequencies == MOST_OFTEN]) for each in held]
    together = np.concatenate(rows)
    return together[together >= 0]


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
