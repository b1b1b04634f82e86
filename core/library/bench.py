"""Runs of the bench, kept for whoever made them.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from pydantic import TypeAdapter

from core.library.db import Reader, Transaction
from core.model import BenchId, BenchRun, Tried, Yardstick


def keep(
    transaction: Transaction,
    question: str,
    arms: Sequence[Tried],
    *,
    yardstick: Yardstick,
    library_revision: int,
) -> BenchId:
    """Keep a run in the name of whoever asks."""
    found = transaction.value(
        "insert_bench_run",
        question=question,
        library_revision=library_revision,
        arms=_counts().dump_json(_Counted(arms=tuple(arms), yardstick=yardstick)).decode(),
    )
    return BenchId(UUID(str(found)))


def runs(db: Reader, bench_id: BenchId | None = None, *, most: int = 1) -> tuple[BenchRun, ...]:
    """Return one run, or all of whoever asks: the latest first."""
    return tuple(db.rows("select_bench_runs", _run, bench_id=bench_id, most=most))


def forget(transaction: Transaction, bench_id: BenchId) -> bool:
    """Forget a run; False where there is none."""
    return transaction.execute("delete_bench_run", bench_id=bench_id) == 1


def _run(
    *,
    bench_id: UUID,
    asked_at: datetime,
    asked_by: str,
    question: str,
    library_revision: int,
    arms: str,
) -> BenchRun:
    counted = _counts().validate_json(arms)
    if not isinstance(counted, _Counted):  # of an earlier release
        counted = _Counted(arms=counted)
    return BenchRun(
        bench_id=BenchId(bench_id),
        asked_at=asked_at,
        asked_by=asked_by,
        question=question,
        library_revision=library_revision,
        arms=counted.arms,
        yardstick=counted.yardstick,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    arms: tuple[Tried, ...]
    yardstick: Yardstick | None = None


# Made when first needed: it takes a while.
@cache
def _counts() -> TypeAdapter[_Counted | tuple[Tried, ...]]:
    return TypeAdapter(_Counted | tuple[Tried, ...])
