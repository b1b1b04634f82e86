"""A citation as a person types it or a source prints it, standing alone.

"556 us 418", "129 S.Ct. 1749" and "2012 IL App (1st) 111234" each become the one form the library
keeps; whatever is not wholly a citation is none.
"""

from __future__ import annotations

import re

from core.law.normalise import normalise
from core.law.pointers import pointers
from core.law.reporters import canonical_reporter_loosely
from core.model import CitationKind, ReporterCitation

# Longer than any citation with its name; a query of 10,000 characters is no citation.
_LONGEST = 80
_LONGEST_WITH_NAME = 300
_PARTS = re.compile(
    r"(?P<volume>[1-9]\d{0,3}(?:-\d{1,4})?) ?(?P<reporter>[A-Za-z][A-Za-z0-9.'&() ]{0,40}?),? ?"
    r"(?P<page>\d{1,7}(?:-?[A-Z]{1,2})?)"
)
_WHOLE = re.compile(
    r"(?:(?P<name>[^\d].{1,200}?)[, ]+)?"
    r"(?P<volume>[1-9]\d{0,3})[ ]"
    r"(?P<reporter>[A-Za-z][A-Za-z0-9.'& ]{0,30}?(?:\ \(\d(?:st|d|th)\))?)"
    r"(?:,?\ at\ (?:p\.\ ?)?(?P<at>\d{1,5}(?:-\d{1,5})?)"
    r"|,?\ ?(?P<page>\d{1,7}(?:-[A-Z]{1,2})?)(?:-\d{1,5})?)"
    r"(?:,\ (?:at\ )?(?P<pin>\d{1,5}(?:-\d{1,5})?(?:,?\ nn?\.\ ?\d{1,3})?))?"
    r"(?:\ ?\([^()]{0,80}\)){0,3}[.,;]?"
)
_SIGNAL = re.compile(r"^(?:see|cf\.|e\.g\.,?|but)\s+", re.IGNORECASE)


def reporter_citation(text: str) -> ReporterCitation | None:
    """Read a whole string that is one citation of a case reporter; None for anything else.

    Spacing, full stops, capitals and every variation that reporters-db knows are free; the result
    has reporters-db's own spelling.
    """
    if not 4 <= len(text) <= _LONGEST or not any(map(str.isdigit, text)):
        return None
    clean = normalise(text).text.strip(" \n.,;")
    return _plain(clean) or _special(clean)


def _plain(clean: str) -> ReporterCitation | None:
    match = _PARTS.fullmatch(clean)
    reporter = canonical_reporter_loosely(match["reporter"]) if match else None
    if match is None or reporter is None:
        return None
    return ReporterCitation(match["volume"], reporter, match["page"])


def _special(clean: str) -> ReporterCitation | None:
    """Forms of their own that eyecite knows: "2015-Ohio-1234", "T.C. Memo. 1999-12"."""
    found = pointers(clean)
    if len(found) != 1 or found[0].kind is not CitationKind.FULL:
        return None
    return found[0].citation if (found[0].start, found[0].end) == (0, len(clean)) else None


def citation_in_query(text: str) -> tuple[ReporterCitation, str | None] | None:
    """Read a query that is a citation, perhaps after a case name, perhaps with page and year.

    Returns the citation and the name, None for a query that is more or less than that. A short page
    range ("556 U.S. 418-20") and an "at" form ("556 U.S. at 435") give the page that is named,
    which may lie inside a case.
    """
    if len(text) > _LONGEST_WITH_NAME or not any(map(str.isdigit, text)):
        return None
    clean = normalise(text).text.strip(" \n")
    alone = reporter_citation(clean)
    if alone:
        return alone, None
    match = _WHOLE.fullmatch(clean)
    reporter = canonical_reporter_loosely(match["reporter"]) if match else None
    if match is None or reporter is None:
        return None
    page = match["page"] or match["at"].split("-")[0]
    return ReporterCitation(match["volume"], reporter, page), _name(match["name"])


def _name(written: str | None) -> str | None:
    name = _SIGNAL.sub("", (written or "").strip(" ,"))
    return name or None
