"""Words copied from an opinion are cited by page, and say whose they are."""

from dataclasses import replace

import pytest

from core.law.writings import cite_writing
from core.model import (
    Case,
    CaseId,
    Court,
    LegalDate,
    Opinion,
    OpinionId,
    OpinionKind,
    PageLabel,
    ReporterCitation,
)

NKEN = Case(
    case_id=CaseId(1),
    source_id="nken",
    case_name="Nken v. Holder",
    court=Court(court="scotus", name="Supreme Court of the United States", jurisdiction="us"),
    docket_number="08-681",
    date_filed=LegalDate(year=2009, month=4, day=22),
    date_argued=None,
    citations=(ReporterCitation("556", "U.S.", "418"),),
    source=None,
    license=None,
    invented=False,
)
OPINION = Opinion(
    opinion_id=OpinionId(1),
    case_id=CaseId(1),
    ordinal=0,
    kind=OpinionKind.MAJORITY,
    author="Roberts",
    text="a b",
    footnotes_start=None,
    pages=(PageLabel(start=0, label="434"), PageLabel(start=2, label="435")),
)


@pytest.mark.parametrize(
    ("kind", "author", "first", "last", "expected"),
    [
        # the court's own words need no parenthetical
        ("majority", "Roberts", "435", "435", "Nken v. Holder, 556 U.S. 418, 435 (2009)"),
        ("majority", "Roberts", "434", "435", "Nken v. Holder, 556 U.S. 418, 434–35 (2009)"),
        # a page that the opinion does not have is never cited
        ("majority", "Roberts", "999", "435", "Nken v. Holder, 556 U.S. 418 (2009)"),
        ("majority", "Roberts", "435", "<b>", "Nken v. Holder, 556 U.S. 418, 435 (2009)"),
        (
            "dissent",
            "ALITO",
            "434",
            "",
            "Nken v. Holder, 556 U.S. 418, 434 (2009) (Alito, J., dissenting)",
        ),
        # the Chief Justice of that year
        (
            "concurrence",
            "Roberts",
            "",
            "",
            "Nken v. Holder, 556 U.S. 418 (2009) (Roberts, C.J., concurring)",
        ),
        ("dissent", None, "", "", "Nken v. Holder, 556 U.S. 418 (2009) (dissenting)"),
        ("plurality", "Souter", "", "", "Nken v. Holder, 556 U.S. 418 (2009) (plurality opinion)"),
    ],
)
def test_a_writing_is_cited_by_its_pages_and_its_writer(
    kind: str, author: str | None, first: str, last: str, expected: str
) -> None:
    opinion = replace(OPINION, kind=OpinionKind(kind), author=author)
    assert cite_writing(NKEN, opinion, first, last) == expected
