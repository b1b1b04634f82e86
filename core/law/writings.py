"""How one writing in a case is cited: its pages, and whose it is when it is not the court's.

Words copied from a dissent must never pass for the court's.
"""

from __future__ import annotations

from core.law.bluebook import cite_case, page_range
from core.model import Case, Opinion, OpinionKind

_WRITING = {
    OpinionKind.PLURALITY: "plurality opinion",
    OpinionKind.CONCURRENCE: "concurring",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: "concurring in the judgment",
    OpinionKind.CONCUR_DISSENT: "concurring in part and dissenting in part",
    OpinionKind.DISSENT: "dissenting",
    OpinionKind.SEPARATE: "separate opinion",
    OpinionKind.STATEMENT: "statement",
    OpinionKind.SYLLABUS: "syllabus",
}
_UNSIGNED = frozenset({OpinionKind.PLURALITY, OpinionKind.SYLLABUS})
# Chief Justices of the United States since 1930, with the years in which they were.
_CHIEFS = {
    "hughes": (1930, 1941),
    "stone": (1941, 1946),
    "vinson": (1946, 1953),
    "warren": (1953, 1969),
    "burger": (1969, 1986),
    "rehnquist": (1986, 2005),
    "roberts": (2005, 9999),
}


def cite_writing(case: Case, opinion: Opinion, first: str, last: str) -> str:
    """Cite the pages `first` to `last` of an opinion, in plain text (Bluebook rule 10.6.1).

    A label that the opinion does not have is left out, so that no pincite can be made up.
    """
    whose = whose_words(case, opinion.kind, opinion.author)
    return cite_case(case, _pincite(opinion, first, last)) + whose


def _pincite(opinion: Opinion, first: str, last: str) -> str | None:
    labels = {page.label for page in opinion.pages}
    if first not in labels:
        return None
    return page_range(first, last if last in labels else None)


def whose_words(case: Case, kind: OpinionKind, author: str | None) -> str:
    """Say in a parenthesis whose words a writing has; '' for the court's own."""
    words = _WRITING.get(kind)
    if words is None:
        return ""
    name = writer(author)
    if not name or kind in _UNSIGNED:
        return f" ({words})"
    return f" ({name}, {_office(case, author or '', name)}, {words})"


def signed(case: Case, opinion: Opinion) -> str | None:
    """Name who wrote an opinion as the Bluebook does, `Roberts, C.J.`; None where nobody signed."""
    name = writer(opinion.author)
    if not name:
        return None
    return f"{name}, {_office(case, opinion.author or '', name)}"


def writer(author: str | None) -> str:
    """Shorten a signature to the name: `WICKERSHAM, District Judge.` to `Wickersham`."""
    name = (author or "").split(",")[0].strip().rstrip(".")
    return name.title() if name.isupper() else name


def _office(case: Case, author: str, name: str) -> str:
    years = _CHIEFS.get(name.lower()) if case.court.court == "scotus" else None
    decided = case.date_filed.year if case.date_filed else 0
    chief = "chief" in author.lower() or bool(years and years[0] <= decided <= years[1])
    return "C.J." if chief else "J."
