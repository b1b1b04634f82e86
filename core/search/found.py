"""One order of everything found: what the query names, then what words and sense found.

It holds ids and reasons only, so that it can be kept and its pages read later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.library import cases
from core.library.db import Reader
from core.library.passage_table import KINDS
from core.model import LEADING_KINDS, Case, CaseId, Filters, PassageId, Reason, Understood
from core.search.arms import Ranking
from core.search.exact import Named
from core.search.fuse import fuse
from core.search.pick import best_passages
from core.search.shelf import Admitted, Shelf, as_items

# Cases in the order that pages are taken from.
DEPTH = 200
# The arm of what the query names outright.
EXACT = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCase:
    case_id: CaseId
    why: tuple[Reason, ...]
    # The best first.
    passages: tuple[PassageId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How a query was understood and what it found, in order."""

    understood: Understood
    order: tuple[FoundCase, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """What the arms found, and how much each counts."""

    shelf: Shelf
    rankings: Sequence[Ranking]
    weights: Mapping[str, float]
    admitted: Admitted


def found_of(
    db: Reader,
    understood: Understood,
    named: Named,
    order: Order,
    filters: Filters,
    same_name: Callable[[Sequence[CaseId]], list[CaseId]],
    notices: tuple[str, ...],
) -> Found:
    """Put the named cases first, then those found of the same name, then the fused rest."""
    shelf = order.shelf
    fused = fuse(
        {ranking.arm: as_items(ranking.cases) for ranking in order.rankings},
        order.weights,
        key=lambda number: int(shelf.case_order[number]),
    )[:DEPTH]
    why = {CaseId(int(shelf.case_ids[each.item])): each.why for each in fused}
    first = [case.case_id for case in named.cases if admits(case, filters, order)]
    first += [each for each in same_name(list(why)) if each not in first]
    ids = [*first, *(each for each in why if each not in first)][:DEPTH]
    chosen = _passages(db, order, ids, named)
    return Found(
        understood=understood,
        order=tuple(
            FoundCase(
                case_id=case_id,
                why=_why(case_id, first, why),
                passages=chosen.get(case_id, ()),
            )
            for case_id in ids
        ),
        notices=notices,
    )


def admits(case: Case, filters: Filters, order: Order) -> bool:
    """Tell whether a named case passes the filters, whether or not it has passages."""
    number = _number(order.shelf, case.case_id)
    if number is not None:
        return bool(order.admitted.cases[number])
    filed = case.date_filed
    return (
        (not filters.courts or case.court.court in filters.courts)
        and case.source_id not in filters.exclude
        and not filters.kinds
        and (filters.filed_from is None or (filed is not None and filed.last >= filters.filed_from))
        and (filters.filed_to is None or (filed is not None and filed.first <= filters.filed_to))
        and (filters.as_of is None or (filed is not None and filed.last <= filters.as_of))
    )


def _why(
    case_id: CaseId, first: Sequence[CaseId], why: Mapping[CaseId, tuple[Reason, ...]]
) -> tuple[Reason, ...]:
    reasons = why.get(case_id, ())
    if case_id in first:
        return (Reason(arm=EXACT, rank=first.index(case_id) + 1), *reasons)
    return reasons


def _passages(
    db: Reader, order: Order, ids: Sequence[CaseId], named: Named
) -> dict[CaseId, tuple[PassageId, ...]]:
    shelf = order.shelf
    places = {case_id: _number(shelf, case_id) for case_id in ids}
    numbers = {case_id: number for case_id, number in places.items() if number is not None}
    picked = best_passages(shelf, list(numbers.values()), order.rankings, order.weights)
    chosen: dict[CaseId, tuple[PassageId, ...]] = {}
    pointed = {case.case_id for case in named.cases}
    for case_id, number in numbers.items():
        rows = picked.get(number, ())
        if case_id in pointed:
            page = None if named.page is None else _row_of_page(db, shelf, number, named.page)
            rows = (page,) if page is not None else rows
        rows = rows or _opening(order, number)
        chosen[case_id] = tuple(PassageId(int(shelf.table.passage_id[row])) for row in rows)
    return chosen


def _number(shelf: Shelf, case_id: CaseId) -> int | None:
    at = int(np.searchsorted(shelf.case_ids, case_id))
    return at if at < len(shelf.case_ids) and shelf.case_ids[at] == case_id else None


def _opening(order: Order, number: int) -> tuple[int, ...]:
    """Return the first passage of a case that may be shown, its leading opinion's if it can be."""
    table = order.shelf.table
    rows = np.flatnonzero((order.shelf.case_of == number) & order.admitted.rows)
    leading = rows[np.isin(table.kind[rows], [KINDS.index(kind) for kind in LEADING_KINDS])]
    rows = leading if len(leading) else rows
    return tuple(rows[np.argsort(order.shelf.order[rows])][:1].tolist())


def _row_of_page(db: Reader, shelf: Shelf, number: int, page: str) -> int | None:
    """Return the passage that a printed page begins in; None where no page is labelled so."""
    for opinion in cases.opinions(db, CaseId(int(shelf.case_ids[number]))):
        for label in opinion.pages:
            if label.label.lstrip("*") == page:
                return _row_at(shelf, number, opinion.ordinal, label.start)
    return None


def _row_at(shelf: Shelf, number: int, ordinal: int, offset: int) -> int | None:
    table = shelf.table
    rows = np.flatnonzero((shelf.case_of == number) & (table.opinion == ordinal))
    if not len(rows):
        return None
    rows = rows[np.argsort(table.start[rows])]
    at = max(bisect_right(table.start[rows].tolist(), offset) - 1, 0)
    return int(rows[at])
