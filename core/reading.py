"""The part of the facade that reads the public shelf: what is held, and one case of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.access.permits import Who, permitted
from core.access.use import Use
from core.ask.sources import Shelf, pincite_of
from core.law.bluebook import cite_name
from core.law.courts import court_names
from core.law.writings import cite_writing
from core.library import cases, citing
from core.library import pages as printed
from core.library.cases import CourtCount
from core.library.db import Database
from core.model import (
    Case,
    CaseId,
    CitedCase,
    CitingReference,
    Coverage,
    FilingPlace,
    FilingQuotation,
    FilingReference,
    Opinion,
    OpinionId,
    Passage,
    ResolvedCitation,
    Source,
    Span,
)
from core.search.cite import resolve
from core.search.excerpt import Excerpt, excerpt
from core.search.our_filings import our_filings
from core.search.quoted import quotations
from core.work.brief import cited_paragraphs


class Reading:
    """Every way of reading what all may read."""

    desk = ""
    who: Who
    _db: Database
    _use: Use

    @permitted
    def coverage(self) -> Coverage:
        return cases.coverage(self._db)

    @permitted
    def courts(self) -> tuple[CourtCount, ...]:
        """Courts with the number of cases held of each, the most first."""
        return cases.courts(self._db)

    @permitted
    def court_names(self) -> Mapping[str, str]:
        """Name every court that is known, by its id, whether or not a case of it is held."""
        return court_names()

    @permitted
    def case(self, case_id: CaseId) -> Case | None:
        return cases.case(self._db, case_id)

    @permitted
    def find_case(self, source_id: str) -> Case | None:
        """Return the case that was imported under an id; None where there is none."""
        return cases.case_by_source_id(self._db, source_id)

    @permitted
    def opinions(self, case_id: CaseId) -> tuple[Opinion, ...]:
        """Every writing in a case in its order, the syllabus first where there is one."""
        return cases.opinions(self._db, case_id)

    @permitted
    def cited_by(self, case_id: CaseId) -> tuple[CitingReference, ...]:
        """Where later cases of the library cite this one, the deepest treatment first."""
        return citing.cited_by(self._db, case_id)

    @permitted
    def cited_cases(self, case_id: CaseId) -> tuple[CitedCase, ...]:
        """Citations in a case's opinions that the library holds, in the order of the text."""
        return citing.cited_cases(self._db, case_id)

    @permitted
    def in_our_filings(self, case_id: CaseId) -> tuple[FilingReference, ...]:
        """Where filings that you may read cite this case, those added last first."""
        case = cases.case(self._db, case_id)
        if case is None:
            return ()
        with self._db.transaction(scope=self.who.scope) as tx:
            found = our_filings(tx, case)
        self._use.shown(case, found)
        return found

    @permitted
    def quotations(self, places: Sequence[FilingPlace]) -> tuple[FilingQuotation, ...]:
        """What filings say at places that an answer named; nothing of those you may not read."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return quotations(tx, places)

    @permitted
    def cite_names(self, held: Sequence[Case]) -> tuple[str, ...]:
        """Write the cases' names as citations of them do: the parts in italics."""
        return tuple(cite_name(case.case_name) for case in held)

    @permitted
    def cite_writing(self, case_id: CaseId, opinion_id: int, first: str, last: str) -> str | None:
        """Cite pages of one writing, with whose it is; None when it is not held."""
        case = self.case(case_id)
        held = self.opinions(case_id) if case else ()
        opinion = next((one for one in held if one.opinion_id == opinion_id), None)
        return cite_writing(case, opinion, first, last) if case and opinion else None

    @permitted
    def pincites(self, places: Sequence[tuple[OpinionId, Span]]) -> tuple[str | None, ...]:
        """Name the printed pages that spans of opinions stand on; None without pages."""
        pages = printed.pages(self._db, [opinion_id for opinion_id, _ in places])
        return tuple(pincite_of(pages.get(opinion_id, ()), [span]) for opinion_id, span in places)

    @permitted
    def cite_passages(self, found: Sequence[tuple[Case, Passage]]) -> tuple[Source, ...]:
        """Number passages from 1, each cited with its page, as the sources of an answer are."""
        pages = printed.pages(self._db, [passage.opinion_id for _, passage in found])
        shelf = Shelf(pages={opinion_id: tuple(labels) for opinion_id, labels in pages.items()})
        return tuple(
            shelf.cite(n, case, passage) for n, (case, passage) in enumerate(found, start=1)
        )

    @permitted
    def excerpts(
        self, asked: Sequence[tuple[str, str]], *, length: int = 340
    ) -> tuple[Excerpt, ...]:
        """Choose the sentences of each text that matter to its query; mark its words in them."""
        return tuple(excerpt(text, query, length=length) for text, query in asked)

    @permitted
    def with_citations(self, text: str, sources: Sequence[Source]) -> tuple[str, ...]:
        """Write each paragraph of an answer or a draft with its citations, to be copied."""
        return cited_paragraphs(text, sources)

    @permitted
    def cite(self, text: str) -> tuple[ResolvedCitation, ...]:
        """Every citation found in a text, in its order, with what it is in this library."""
        return resolve(text, self._db)
