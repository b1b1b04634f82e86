"""Who cites whom: citations found in opinions, resolved to the cases that the library holds.

A citation leads to a case only where exactly one stands at its place, or where the names tell
several apart; a case that comes later is found by the citations that waited for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from core.library.cases import cases
from core.library.db import Reader, Transaction
from core.model import (
    CaseId,
    CitedCase,
    CitingReference,
    Depth,
    OpinionId,
    OpinionKind,
    Span,
)

# Sentences in which a case returns to another, and what that is called; one is a mention.
DEPTHS = ((8, Depth.EXAMINED), (4, Depth.DISCUSSED), (2, Depth.CITED), (1, Depth.MENTIONED))
MOST_CITING = 500
_RESOLVING = (
    "measure_citations",
    "collect_touched_citations",
    "measure_touched_citations",
    "collect_fates",
    "measure_fates",
    "settle_citations",
    "settle_short_citations",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A case at the place that a citation points to, with the names written and held."""

    opinion_id: int
    ordinal: int
    plaintiff: str | None
    defendant: str | None
    case_id: int
    case_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    case_id: int
    opinion_id: int
    kind: str
    sentence_start: int
    sentence_end: int
    sentence_text: str
    signal: str | None
    parenthetical: str | None
    pincite: str | None
    sentences: int


def resolve_citations(transaction: Transaction, names_agree: Callable[[str, str], bool]) -> None:
    """Resolve the citations in cases not yet linked, and those anywhere that point to them.

    Costs what is new, not what is held; run again it changes nothing. Where several cases stand
    at one place, the one whose name agrees with the name written is taken if it is the only one:
    `names_agree(written, held)`. Once a transaction.
    """
    for step in _RESOLVING:
        transaction.execute(step)
    doubtful = transaction.rows("select_ambiguous_citations", _place)
    if doubtful:
        _decide_by_name(transaction, doubtful, names_agree)
    transaction.execute("mark_cases_linked")


def cited_by(
    db: Reader,
    case_id: CaseId,
    *,
    as_of: date | None = None,
    most: int = MOST_CITING,
    skip: int = 0,
) -> tuple[CitingReference, ...]:
    """Return the cases that cite this one, each once, with the sentence it was cited for.

    Those that return to it most come first, then the latest; with `as_of` only those that
    cannot have been decided later. A case's citations of itself do not count.
    """
    rows = db.rows("select_citing_cases", _Row, case_id=case_id, as_of=as_of, most=most, skip=skip)
    citing = cases(db, (CaseId(row.case_id) for row in rows))
    return tuple(
        CitingReference(
            case=citing[CaseId(row.case_id)],
            opinion_id=OpinionId(row.opinion_id),
            kind=OpinionKind(row.kind),
            sentence=Span(row.sentence_start, row.sentence_end),
            sentence_text=row.sentence_text,
            signal=row.signal,
            parenthetical=row.parenthetical,
            pincite=row.pincite,
            depth=depth(row.sentences),
        )
        for row in rows
    )


def cited_by_counts(
    db: Reader, case_ids: Sequence[CaseId], *, as_of: date | None = None
) -> dict[CaseId, int]:
    """Count the cases that cite each of these; none is 0. `as_of` as in `cited_by`."""
    counted = dict(db.rows("count_citing_cases", _count, case_ids=[*case_ids], as_of=as_of))
    return {case_id: counted.get(case_id, 0) for case_id in case_ids}


def cited_cases(db: Reader, case_id: CaseId) -> tuple[CitedCase, ...]:
    """Return the citations in a case's opinions that lead to a held case, in reading order."""
    return tuple(db.rows("select_cited_cases", _cited_case, case_id=case_id))


def depth(sentences: int) -> Depth:
    """Name how much a case says of another by the number of sentences that cite it."""
    return next(name for least, name in DEPTHS if sentences >= least)


def _decide_by_name(
    transaction: Transaction,
    doubtful: Sequence[tuple[int, int]],
    names_agree: Callable[[str, str], bool],
) -> None:
    candidates = transaction.rows(
        "select_candidates",
        _Candidate,
        opinion_ids=[opinion_id for opinion_id, _ in doubtful],
        ordinals=[ordinal for _, ordinal in doubtful],
    )
    agreeing: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for each in candidates:
        written = " v. ".join(name for name in (each.plaintiff, each.defendant) if name)
        if written and each.case_name and names_agree(written, each.case_name):
            agreeing[each.opinion_id, each.ordinal].append(each.case_id)
    decided = [(*place, found[0]) for place, found in agreeing.items() if len(found) == 1]
    transaction.execute(
        "decide_citations",
        opinion_ids=[opinion_id for opinion_id, _, _ in decided],
        ordinals=[ordinal for _, ordinal, _ in decided],
        case_ids=[case_id for _, _, case_id in decided],
    )


def _place(*, opinion_id: int, ordinal: int) -> tuple[int, int]:
    return opinion_id, ordinal


def _count(*, case_id: int, citing: int) -> tuple[CaseId, int]:
    return CaseId(case_id), citing


def _cited_case(
    *,
    opinion_id: int,
    start_offset: int,
    end_offset: int,
    pincite: str | None,
    cited_case_id: int,
) -> CitedCase:
    return CitedCase(
        opinion_id=OpinionId(opinion_id),
        span=Span(start_offset, end_offset),
        pincite=pincite,
        case_id=CaseId(cited_case_id),
    )
