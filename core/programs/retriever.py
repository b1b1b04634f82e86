"""Our search as a retriever of LangChain's, for programs that are built with it.

Each document is a passage, verbatim, with the case that it is from, cited by the library and not by
a model. It finds what the person may find for whom the library was opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from core.app import Onpoint
from core.ask.llm import refuse_tracing
from core.model import Case, Filters, Hit, Mode, Passage, Source

MOST = 100


class OnpointRetriever(BaseRetriever):
    """Passages of cases for a question: `OnpointRetriever(app=app, k=5).invoke("…")`.

    The best passage of each case comes first, in the order of the cases, then the second of each,
    and so on. Raises LimitReached, NotAllowed and NotSignedIn as `app.search` does, and ModelFailed
    while LangSmith tracing is on, which would send questions and passages to another firm.
    """

    app: Onpoint = Field(repr=False, exclude=True)
    k: int = Field(default=10, ge=1, le=MOST, description="How many passages.")
    filters: Filters | None = None
    # None: as the firm has set.
    mode: Mode | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        del run_manager  # a search is one step
        refuse_tracing()
        most = min(max(1, self.k if k is None else k), MOST)
        found = self.app.search(query, filters=self.filters, k=most, mode=self.mode)
        return [_document(source) for source in self.app.cite_passages(_best(found.hits, most))]


def _best(hits: Sequence[Hit], most: int) -> list[tuple[Case, Passage]]:
    return [pair for _, pair in zip(range(most), _in_turn(hits), strict=False)]


def _in_turn(hits: Sequence[Hit]) -> Iterator[tuple[Case, Passage]]:
    """Yield the first passage of each case, then the second of each, and so on."""
    for turn in range(max((len(hit.passages) for hit in hits), default=0)):
        for hit in hits:
            if turn < len(hit.passages):
                yield hit.case, hit.passages[turn]


def _document(source: Source) -> Document:
    case, passage = source.case, source.passage
    metadata = {
        "source_id": case.source_id,
        "case_name": case.case_name,
        "citation": source.citation,
        "pincite": source.pincite,
        "opinion_type": passage.kind.value,
        "author": passage.author,
        "court": case.court.court,
        "date": None if case.date_filed is None else str(case.date_filed),
        "opinion_id": passage.opinion_id,
        "start": passage.span.start,
        "end": passage.span.end,
    }
    if source.treatment is not None:
        metadata["treatment"] = source.treatment
    place = f"{passage.opinion_id}.{passage.span.start}-{passage.span.end}"
    return Document(id=place, page_content=passage.text, metadata=metadata)
