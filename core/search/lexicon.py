"""The weight of each word of the library in each passage and in each case, by BM25.

Postings are read from the database when a word is first asked for and kept, up to a limit,
as long as the library stays as it is.
"""

from __future__ import annotations

import math
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from core.library.passages import Postings
from core.search.shelf import Numbers, Shelf, rows_of

# Bytes of postings kept in memory.
BUDGET = 256 * 2**20
# Chosen on the even half of the judged queries (see docs/evaluation.md).
PASSAGE_K1, PASSAGE_B = 1.2, 0.3
CASE_K1, CASE_B = 5.0, 0.75

Fetch = Callable[[Sequence[str]], Iterable[Postings]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Word:
    """Where a term stands. Rows and case numbers ascend; impacts are BM25's without the idf."""

    rows: Numbers
    frequencies: NDArray[np.float32]
    row_impacts: NDArray[np.float32]
    row_idf: float
    cases: Numbers
    case_impacts: NDArray[np.float32]
    case_idf: float

    @property
    def size(self) -> int:
        """Bytes in memory."""
        arrays = (self.rows, self.frequencies, self.row_impacts, self.cases, self.case_impacts)
        return 200 + sum(array.nbytes for array in arrays)


class Lexicon:
    """The words of one shelf. Threads may share it."""

    def __init__(self, shelf: Shelf, fetch: Fetch, budget: int = BUDGET) -> None:
        self._shelf = shelf
        self._fetch = fetch
        self._budget = budget
        self._held: OrderedDict[str, Word] = OrderedDict()
        self._size = 0
        self._lock = Lock()
        self._row_norms = norms(shelf.table.terms, PASSAGE_K1, PASSAGE_B)
        self._case_norms = norms(shelf.case_terms, CASE_K1, CASE_B)

    def words(self, terms: Sequence[str]) -> dict[str, Word]:
        """Return the terms that the library has, in the order given."""
        with self._lock:
            found = {term: self._held[term] for term in terms if term in self._held}
            for term in found:
                self._held.move_to_end(term)
        missing = [term for term in terms if term not in found]
        if missing:
            found |= self._read(missing)
        return {term: found[term] for term in terms if term in found and len(found[term].rows)}

    def _read(self, terms: Sequence[str]) -> dict[str, Word]:
        parts: defaultdict[str, list[Postings]] = defaultdict(list)
        for postings in self._fetch(terms):
            parts[postings.term].append(postings)
        read = {term: self._word(parts[term]) for term in terms}
        with self._lock:
            for term, word in read.items():
                if term not in self._held:
                    self._held[term] = word
                    self._size += word.size
            while self._size > self._budget and len(self._held) > 1:
                self._size -= self._held.popitem(last=False)[1].size
        return read

    def _word(self, segments: Sequence[Postings]) -> Word:
        rows, frequencies = _live(self._shelf, segments)
        cases, in_case = case_frequencies(self._shelf, rows, frequencies)
        return Word(
            rows=rows,
            frequencies=frequencies,
            row_impacts=impacts(frequencies, self._row_norms[rows]),
            row_idf=idf(len(self._shelf), len(rows)),
            cases=cases,
            case_impacts=impacts(in_case, self._case_norms[cases]),
            case_idf=idf(len(self._shelf.case_ids), len(cases)),
        )

    def case_impacts_within(self, word: Word, rows: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Return the case impacts of a word counting only these rows; 0 where it is in none.

        The case's length stays that of the whole: it says how much there is to read.
        """
        inside = rows[word.rows]
        cases, found = case_frequencies(self._shelf, word.rows[inside], word.frequencies[inside])
        within = np.zeros(len(word.cases), dtype=np.float32)
        within[np.searchsorted(word.cases, cases)] = impacts(found, self._case_norms[cases])
        return within


def rarest(counts: Mapping[str, int], terms: Sequence[str], most: int) -> list[str]:
    """Return the `most` terms that the fewest passages have, in their order."""
    known = sorted((count, term) for term in terms if (count := counts.get(term)))
    chosen = {term for _, term in islice(known, most)}
    return [term for term in terms if term in chosen]


def idf(total: int, having: int) -> float:
    """Return how much a term tells: ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene's BM25 has it."""
    return math.log1p((total - having + 0.5) / (having + 0.5))


def norms(lengths: NDArray[np.integer], k1: float, b: float) -> NDArray[np.float64]:
    """Return BM25's k1 * (1 - b + b * length / mean length) for each length."""
    own = lengths.astype(np.float64)
    mean = float(own.mean()) if len(own) else 0.0
    return k1 * (1 - b + b * own / (mean or 1.0))


def impacts(frequencies: NDArray[np.float32], norm: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return BM25's tf / (tf + norm): Robertson and Zaragoza 2009, without the constant k1 + 1."""
    return (frequencies / (frequencies + norm)).astype(np.float32)


def case_frequencies(
    shelf: Shelf, rows: Numbers, frequencies: NDArray[np.float32]
) -> tuple[Numbers, NDArray[np.float32]]:
    """Sum the frequencies of rows by case: case numbers, ascending, and their sums."""
    numbers = shelf.case_of[rows]
    sums = np.bincount(numbers, weights=frequencies, minlength=len(shelf.case_ids))
    cases = np.flatnonzero(sums).astype(np.int32)
    return cases, sums[cases].astype(np.float32)


def _live(shelf: Shelf, segments: Sequence[Postings]) -> tuple[Numbers, NDArray[np.float32]]:
    """Return the rows that the shelf holds, ascending, and the frequencies."""
    if not segments:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    rows = rows_of(shelf, np.concatenate([segment.passages for segment in segments]))
    frequencies = np.concatenate([segment.frequencies for segment in segments])
    order = np.argsort(rows, kind="stable")
    live = order[rows[order] >= 0]
    return rows[live], frequencies[live].astype(np.float32)
