"""Cases, passages and search results made up for the tests of Ask."""

from __future__ import annotations

from collections.abc import Sequence

from core.model import (
    Case,
    CaseId,
    Court,
    Coverage,
    Hit,
    LegalDate,
    Opinion,
    OpinionId,
    OpinionKind,
    PageLabel,
    Passage,
    PassageId,
    QueryKind,
    Reason,
    ReporterCitation,
    SearchResult,
    Source,
    Span,
    Understood,
)

STAY = (
    "A stay is not a matter of right, even if irreparable injury might otherwise result. "
    "It is instead an exercise of judicial discretion, and the propriety of its issue is "
    "dependent upon the circumstances of the particular case. "
    "The party requesting a stay bears the burden of showing that the circumstances justify an "
    "exercise of that discretion. "
    "The first two factors of the traditional standard are the most critical."
)
SCOTUS = Court(court="scotus", name="Supreme Court of the United States", jurisdiction="US")


def make_case(
    case_id: int = 1,
    *,
    name: str | None = "Nken v. Holder",
    citation: tuple[str, str, str] | None = ("556", "U.S.", "418"),
    year: int = 2009,
) -> Case:
    return Case(
        case_id=CaseId(case_id),
        source_id=f"made/{case_id}",
        case_name=name,
        court=SCOTUS,
        docket_number="08-681",
        date_filed=LegalDate(year=year),
        date_argued=None,
        citations=(ReporterCitation(*citation),) if citation else (),
        source=None,
        license=None,
        invented=True,
    )


def make_passage(
    text: str = STAY,
    *,
    case_id: int = 1,
    kind: OpinionKind = OpinionKind.MAJORITY,
    author: str | None = "Roberts",
    start: int = 0,
    passage_id: int = 1,
) -> Passage:
    return Passage(
        passage_id=PassageId(passage_id),
        opinion_id=OpinionId(case_id * 10),
        case_id=CaseId(case_id),
        kind=kind,
        author=author,
        span=Span(start, start + len(text)),
        text=text,
        page="433",
    )


def make_source(
    text: str = STAY,
    *,
    n: int = 1,
    case: Case | None = None,
    kind: OpinionKind = OpinionKind.MAJORITY,
    citation: str = "Nken v. Holder, 556 U.S. 418, 433 (2009)",
) -> Source:
    return Source(
        n=n,
        case=case or make_case(),
        passage=make_passage(text, kind=kind),
        citation=citation,
        pincite="433",
    )


def make_hit(case: Case, *passages: Passage, rank: int = 1) -> Hit:
    return Hit(
        rank=rank,
        case=case,
        passages=passages,
        why=(Reason(arm="lexical", rank=rank),),
        cited_by=0,
    )


def make_result(question: str, hits: Sequence[Hit]) -> SearchResult:
    return SearchResult(
        query=question,
        understood=Understood(kind=QueryKind.WORDS, words="a question in plain words"),
        hits=tuple(hits),
        found=len(hits),
        coverage=make_coverage(),
        seconds=0.01,
    )


def make_coverage(cases: int = 3) -> Coverage:
    return Coverage(
        cases=cases,
        opinions=cases,
        passages=cases,
        courts=1,
        earliest=LegalDate(year=1990),
        latest=LegalDate(year=2009),
        undated=0,
        revision=7,
        changed_at=None,
    )


def make_opinion(passage: Passage, pages: tuple[PageLabel, ...] = ()) -> Opinion:
    return Opinion(
        opinion_id=passage.opinion_id,
        case_id=passage.case_id,
        ordinal=0,
        kind=passage.kind,
        author=passage.author,
        text=passage.text,
        footnotes_start=None,
        pages=pages,
    )
