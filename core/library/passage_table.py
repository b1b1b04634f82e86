"""All passages as columns: what a search keeps in memory of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.library.db import Reader

# A passage of a case without a date: before every day there is, and never in a range.
from core.model import OpinionKind

# A passage of a case without a date: before every day there is, and never in a range.
UNDATED = -(2**31)
KINDS = tuple(OpinionKind)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PassageTable:
    """What is known of each passage, as columns of equal length, by ascending passage id."""

    # Names of the courts: `court` is an index into them.
    courts: tuple[str, ...]
    passage_id: NDArray[np.int32]
    case_id: NDArray[np.int32]
    # Ordinal of the opinion in its case.
    opinion: NDArray[np.int16]
    start: NDArray[np.int32]
    # Number of lexical terms in the passage.
    terms: NDArray[np.int32]
    court: NDArray[np.int16]
    # Index into KINDS.
    kind: NDArray[np.int16]
    # Days since 1970-01-01: the first and last day it can be; UNDATED where nothing is known.
    filed_first: NDArray[np.int32]
    filed_last: NDArray[np.int32]


def load_passage_table(db: Reader, *, after: int = 0, courts: Sequence[str] = ()) -> PassageTable:
    """Load the columns of all passages with a higher id than `after`.

    `courts` are the names of an earlier load: they keep their places, new ones come after.
    """
    known = dict.fromkeys(courts)
    known.update(dict.fromkeys(db.rows("select_court_ids", _court)))
    table = db.row(
        "select_passage_table",
        partial(_table, tuple(known)),
        after=after,
        courts=[*known],
        kinds=[kind.value for kind in KINDS],
        undated=UNDATED,
    )
    assert table is not None, "an aggregate has one row"  # noqa: S101
    return table


def _table(  # noqa: PLR0913  the columns of the table
    courts: tuple[str, ...],
    *,
    passage_id: bytes | None,
    case_id: bytes | None,
    opinion: bytes | None,
    start: bytes | None,
    terms: bytes | None,
    court: bytes | None,
    kind: bytes | None,
    filed_first: bytes | None,
    filed_last: bytes | None,
) -> PassageTable:
    return PassageTable(
        courts=courts,
        passage_id=_wide(passage_id),
        case_id=_wide(case_id),
        opinion=_narrow(opinion),
        start=_wide(start),
        terms=_wide(terms),
        court=_narrow(court),
        kind=_narrow(kind),
        filed_first=_wide(filed_first),
        filed_last=_wide(filed_last),
    )


def _wide(column: bytes | None) -> NDArray[np.int32]:
    return np.frombuffer(column or b"", dtype=">i4").astype(np.int32)


def _narrow(column: bytes | None) -> NDArray[np.int16]:
    return np.frombuffer(column or b"", dtype=">i2").astype(np.int16)


def _court(*, court: str) -> str:
    return court
