"""How a page of an opinion is cited when its words are copied."""

from __future__ import annotations

from core.law.bluebook import page_range
from core.model import CaseId, Opinion, OpinionKind
from pages.parts.app import open_app
from pages.parts.words import writer_name

_WRITING = {
    OpinionKind.CONCURRENCE: "concurring",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: "concurring in the judgment",
    OpinionKind.CONCUR_DISSENT: "concurring in part and dissenting in part",
    OpinionKind.DISSENT: "dissenting",
    OpinionKind.PLURALITY: "plurality opinion",
}


def citation_of_page(case_id: int, opinion_id: int, first: str, last: str) -> str | None:
    """Return the Bluebook citation of pages of an opinion; None when it is not held.

    Labels that the opinion does not have are left out, so that none can be made up. A writing
    that is not the court's says so in parentheses (Bluebook rule 10.6.1).
    """
    app = open_app()
    case = app.case(CaseId(case_id))
    held = app.opinions(CaseId(case_id)) if case else ()
    opinion = next((o for o in held if o.opinion_id == opinion_id), None)
    if case is None or opinion is None:
        return None
    return app.cite_as(case, _pincite(opinion, first, last)) + _writing(opinion)


def _pincite(opinion: Opinion, first: str, last: str) -> str | None:
    labels = {page.label for page in opinion.pages}
    if first not in labels:
        return None
    return page_range(first, last if last in labels and last != first else None)


def _writing(opinion: Opinion) -> str:
    words = _WRITING.get(opinion.kind)
    if words is None:
        return ""
    writer = writer_name(opinion.author)
    signed = writer and opinion.kind is not OpinionKind.PLURALITY
    return f" ({writer}, J., {words})" if signed else f" ({words})"
