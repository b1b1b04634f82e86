"""The sentences in which later cases may say how they treat an earlier one, found by their words.

Where such words stand is noted when an opinion is put on the shelf; here they are read, with the
citations around them, for the rules that decide what is said of whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.library.cases import cases
from core.library.db import Reader
from core.model import Case, CaseId, OpinionId, OpinionKind, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyCitation:
    """A citation in a window. `full` is the ordinal of the full citation it stands for."""

    # Over the window's text.
    span: Span
    full: int
    case_id: CaseId | None
    plaintiff: str | None
    defendant: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stretch of a later opinion that may say how it treats a case."""

    cited: CaseId
    citing: Case
    opinion_id: OpinionId
    kind: OpinionKind
    # 1 may end a case as law, 2 takes something from it, 3 explains or follows it.
    strength: int
    # Where the stretch begins in the opinion, and where in the stretch the telling word stands.
    start: int
    cue: int
    text: str
    citations: tuple[NearbyCitation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCited:
    """A name by which an opinion cites a case, by its full citation's ordinal."""

    opinion_id: OpinionId
    full: int
    name: str
    case_id: CaseId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    cited_case_id: int
    case_id: int
    opinion_id: int
    kind: str
    strength: int
    window_start: int
    cue: int
    text: str
    starts: list[int]
    ends: list[int]
    full_ordinals: list[int]
    cited_case_ids: list[int | None]
    plaintiffs: list[str | None]
    defendants: list[str | None]


def candidates(
    db: Reader, case_ids: Sequence[CaseId], *, as_of: date | None = None
) -> dict[CaseId, tuple[Candidate, ...]]:
    """Return, for each case, the stretches that may treat it: the strongest words first.

    Of each strength at most a few dozen: those of the case's own court first, then the latest. With
    `as_of` only of cases that cannot have been decided later.
    """
    found: defaultdict[CaseId, list[Candidate]] = defaultdict(list)
    if case_ids:
        rows = db.rows("select_treatment_candidates", _Row, case_ids=[*case_ids], as_of=as_of)
        citing = cases(db, (CaseId(row.case_id) for row in rows))
        for row in rows:
            found[CaseId(row.cited_case_id)].append(_candidate(row, citing[CaseId(row.case_id)]))
    return {case_id: tuple(found[case_id]) for case_id in case_ids}


def names_cited(
    db: Reader, opinion_ids: Sequence[OpinionId]
) -> dict[OpinionId, tuple[NameCited, ...]]:
    """Return the names by which each of these opinions cites cases, in its order."""
    found: defaultdict[OpinionId, list[NameCited]] = defaultdict(list)
    if opinion_ids:
        for one in db.rows("select_names_cited", _name_cited, opinion_ids=[*opinion_ids]):
            found[one.opinion_id].append(one)
    return {opinion_id: tuple(found[opinion_id]) for opinion_id in opinion_ids}


def _name_cited(
    *,
    opinion_id: int,
    ordinal: int,
    plaintiff: str | None,
    defendant: str | None,
    cited_case_id: int | None,
) -> NameCited:
    return NameCited(
        opinion_id=OpinionId(opinion_id),
        full=ordinal,
        name=" v. ".join(filter(None, (plaintiff, defendant))),
        case_id=None if cited_case_id is None else CaseId(cited_case_id),
    )


def _candidate(row: _Row, citing: Case) -> Candidate:
    columns = zip(
        row.starts,
        row.ends,
        row.full_ordinals,
        row.cited_case_ids,
        row.plaintiffs,
        row.defendants,
        strict=True,
    )
    return Candidate(
        cited=CaseId(row.cited_case_id),
        citing=citing,
        opinion_id=OpinionId(row.opinion_id),
        kind=OpinionKind(row.kind),
        strength=row.strength,
        start=row.window_start,
        cue=row.cue,
        text=row.text,
        citations=tuple(
            NearbyCitation(
                span=Span(start - row.window_start, end - row.window_start),
                full=full,
                case_id=None if case_id is None else CaseId(case_id),
                plaintiff=plaintiff,
                defendant=defendant,
            )
            for start, end, full, case_id, plaintiff, defendant in columns
        ),
    )
