"""What search keeps in memory of the library as it stood at one revision.

Which passage belongs to which case, how long each is, what a filter lets through, and the one
order in which equals are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.library import cases, passages
from core.library.db import Reader
from core.library.passage_table import KINDS, UNDATED, PassageTable, load_passage_table
from core.model import CaseId, Filters

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]
Scores = NDArray[np.float64]

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shelf:
    """The passages of one revision. A *row* is a place in `table`, a *number* one in `case_ids`."""

    revision: int
    table: PassageTable
    # Ascending.
    case_ids: Numbers
    # By case number.
    source_ids: tuple[str, ...]
    # The case number of each row.
    case_of: Numbers
    # Places in the order of (source id, opinion, start): how ties are settled, whatever the ids.
    case_order: Numbers
    order: Numbers
    # Lexical terms by case number.
    case_terms: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.case_of)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Admitted:
    """What a search may show: rows, and cases by number. Opinion parts narrow only the rows."""

    rows: Mask
    cases: Mask
    # True where all passages of an admitted case are admitted.
    whole_cases: bool


def load_shelf(db: Reader) -> Shelf:
    """Read the shelf. The revision is read first: what came later is loaded again next time."""
    revision = cases.revision(db)
    table = load_passage_table(db)
    return make_shelf(table, passages.source_ids(db), revision)


def make_shelf(table: PassageTable, source_ids: Mapping[CaseId, str], revision: int) -> Shelf:
    """Number the cases and settle the order of equals."""
    case_ids, case_of = np.unique(table.case_id, return_inverse=True)
    sources = tuple(source_ids.get(CaseId(int(case_id)), "") for case_id in case_ids)
    case_order = _places(sorted(range(len(sources)), key=sources.__getitem__))
    in_order = np.lexsort((table.start, table.opinion, case_order[case_of]))
    lengths = np.bincount(case_of, weights=table.terms, minlength=len(case_ids))
    return Shelf(
        revision=revision,
        table=table,
        case_ids=case_ids.astype(np.int32),
        source_ids=sources,
        case_of=case_of.astype(np.int32),
        case_order=case_order,
        order=_places(in_order),
        case_terms=lengths.astype(np.int64),
    )


def admitted(shelf: Shelf, filters: Filters) -> Admitted:
    """Tell what passes the filters.

    Dates are inclusive. A case whose date is partly known is in a range when it may be, and
    counts as of a day only when it cannot be later; one without any date passes no date filter.
    """
    table = shelf.table
    rows = np.ones(len(shelf), dtype=np.bool_)
    if filters.courts:
        wanted = [n for n, court in enumerate(table.courts) if court in filters.courts]
        rows &= np.isin(table.court, wanted)
    rows &= _in_time(table, filters)
    if filters.exclude:
        left_out = [n for n, source in enumerate(shelf.source_ids) if source in filters.exclude]
        rows &= ~np.isin(shelf.case_of, left_out)
    if filters.kinds:
        rows &= np.isin(table.kind, [KINDS.index(kind) for kind in filters.kinds])
    return Admitted(rows=rows, cases=_cases_with(shelf, rows), whole_cases=not filters.kinds)


def only_cases(shelf: Shelf, before: Admitted, numbers: Numbers) -> Admitted:
    """Narrow to these cases."""
    rows = before.rows & np.isin(shelf.case_of, numbers)
    return Admitted(rows=rows, cases=_cases_with(shelf, rows), whole_cases=before.whole_cases)


def best(scores: Scores, order: Numbers, most: int) -> Numbers:
    """Return the places of the `most` highest scores above 0, best first; equals by `order`."""
    found = np.flatnonzero(scores > 0)
    if len(found) > most:
        # All that tie at the cut are kept until the order has settled which of them stay.
        cut = np.partition(scores[found], len(found) - most)[len(found) - most]
        found = found[scores[found] >= cut]
    ranked = found[np.lexsort((order[found], -scores[found]))]
    return ranked[:most].astype(np.int32)


def as_items(numbers: Numbers) -> list[int]:
    """Return numbers as plain integers."""
    items: list[int] = numbers.tolist()
    return items


def rows_of(shelf: Shelf, passage_ids: NDArray[np.int32]) -> Numbers:
    """Return the row of each passage id; -1 for what the shelf does not hold (any more)."""
    held = shelf.table.passage_id
    if not len(held):
        return np.full(len(passage_ids), -1, dtype=np.int32)
    rows = np.minimum(np.searchsorted(held, passage_ids), len(held) - 1)
    return np.where(held[rows] == passage_ids, rows, -1).astype(np.int32)


def _in_time(table: PassageTable, filters: Filters) -> Mask:
    passes = np.ones(len(table.terms), dtype=np.bool_)
    if filters.filed_from is not None:
        passes &= table.filed_last >= _day(filters.filed_from)
    if filters.filed_to is not None:
        passes &= table.filed_first <= _day(filters.filed_to)
    if filters.as_of is not None:
        passes &= table.filed_last <= _day(filters.as_of)
    if is_dated(filters):
        passes &= table.filed_last != UNDATED
    return passes


def is_dated(filters: Filters) -> bool:
    """Tell whether a search is narrowed by date."""
    return any(day is not None for day in (filters.filed_from, filters.filed_to, filters.as_of))


def _day(day: date) -> int:
    return (day - _EPOCH).days


def _cases_with(shelf: Shelf, rows: Mask) -> Mask:
    passes = np.zeros(len(shelf.case_ids), dtype=np.bool_)
    passes[shelf.case_of[rows]] = True
    return passes


def _places(in_order: ArrayLike) -> Numbers:
    """Turn an order (what stands first, second …) into the place of each."""
    order = np.asarray(in_order, dtype=np.intp)
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places
