"""Cases are cited as the Bluebook asks, and what is not known is left out."""
# ruff: noqa: E501  a row of a table of cases stays on one line

from __future__ import annotations

import pytest

from core.law.bluebook import cite_case, cite_name, cite_parts, page_range
from core.law.courts import court_abbreviation, court_name
from core.law.written import reporter_citation
from core.model import Case, CaseId, Court, LegalDate


def _case(
    name: str | None = "Nken v. Holder",
    citation: str | None = "556 U.S. 418",
    court: str = "scotus",
    date: str | None = "2009-04-22",
    docket: str | None = "08-681",
) -> Case:
    read = reporter_citation(citation) if citation else None
    return Case(
        case_id=CaseId(1),
        source_id="x/1",
        case_name=name,
        court=Court(court=court, name=court_name(court), jurisdiction=None),
        docket_number=docket,
        date_filed=LegalDate.parse(date) if date else None,
        date_argued=None,
        citations=(read,) if read else (),
        source=None,
        license=None,
        invented=False,
    )


CASES = [
    # The Supreme Court goes without saying in U.S.
    (_case(), "435", "Nken v. Holder, 556 U.S. 418, 435 (2009)"),
    (_case(), None, "Nken v. Holder, 556 U.S. 418 (2009)"),
    # A range of pages has an en dash.
    (_case(), "434-35", "Nken v. Holder, 556 U.S. 418, 434–35 (2009)"),
    (_case(), "435, n. 3", "Nken v. Holder, 556 U.S. 418, 435, n. 3 (2009)"),
    # Courts of appeals and districts.
    (_case("Smith v. Jones", "698 F.3d 937", "ca7", "2012"), "940", "Smith v. Jones, 698 F.3d 937, 940 (7th Cir. 2012)"),
    (_case("Smith v. Jones", "12 F. Supp. 3d 34", "nysd", "2014-05"), None, "Smith v. Jones, 12 F. Supp. 3d 34 (S.D.N.Y. 2014)"),
    # A reporter that names its court.
    (_case("Smith v. Jones", "1 Ill. App. 3d 45", "illappct", "1971"), None, "Smith v. Jones, 1 Ill. App. 3d 45 (1971)"),
    (_case("Smith v. Jones", "12 A.3d 34", "md", "2011"), None, "Smith v. Jones, 12 A.3d 34 (Md. 2011)"),
    # A neutral citation says court and year itself.
    (_case("Foo v. Bar", "2012 IL App (1st) 111234", "illappct", "2012"), "¶ 5", "Foo v. Bar, 2012 IL App (1st) 111234, ¶ 5"),
    # Not in a reporter: docket and full date.
    (_case("Manning v. Boston Medical Center", None, "ca1", "2013-08-01", "12-1573"), None, "Manning v. Boston Med. Ctr., No. 12-1573 (1st Cir. Aug. 1, 2013)"),
    (_case("Manning v. Boston Medical Center", None, "ca1", "2013-08-01", "12-1573"), "5", "Manning v. Boston Med. Ctr., No. 12-1573, slip op. at 5 (1st Cir. Aug. 1, 2013)"),
    (_case("A v. B", None, "ca1", "2013-08", "12-1573, 12-1653"), None, "A v. B, Nos. 12-1573, 12-1653 (1st Cir. Aug. 2013)"),
    # In a database.
    (_case("A v. B", "2019 WL 4639462", "ca5", "2019-09-25", "18-1"), "*3", "A v. B, No. 18-1, 2019 WL 4639462, at *3 (5th Cir. Sept. 25, 2019)"),
    # What is not known is left out.
    (_case(date=None), None, "Nken v. Holder, 556 U.S. 418"),
    (_case("A v. B", "12 F.3d 34", "ca1", None), None, "A v. B, 12 F.3d 34 (1st Cir.)"),
    (_case("A v. B", "12 F.3d 34", "unknown", "1999"), None, "A v. B, 12 F.3d 34 (1999)"),
    (_case("A v. B", None, "unknown", None, None), None, "A v. B"),
    (_case(None), None, "[case name not known], 556 U.S. 418 (2009)"),
    (_case(None, None, "unknown", None, None), None, "[case name not known]"),
    (_case("A v. B", None, "invented-court", "1999", None), None, "A v. B (invented-court 1999)"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "pincite", "expected"), CASES)
def test_a_case_is_cited_in_bluebook_form(case: Case, pincite: str | None, expected: str) -> None:
    assert expected == cite_case(case, pincite)


@pytest.mark.parametrize(("case", "pincite", "expected"), CASES)
def test_nothing_unknown_is_printed(case: Case, pincite: str | None, expected: str) -> None:
    assert "None" not in cite_case(case, pincite)
    assert "()" not in expected


def test_the_name_stands_apart_for_italics() -> None:
    parts = cite_parts(_case(), "435")
    assert (parts.name, parts.rest) == ("Nken v. Holder", ", 556 U.S. 418, 435 (2009)")


NAMES = [
    ("Vermont Agency of Natural Resources v. United States ex rel. Stevens", "Vt. Agency of Nat. Res. v. United States ex rel. Stevens"),
    # A state alone, and a person whose name is a word of the table, stay whole.
    ("Ring v. Arizona", "Ring v. Arizona"),
    ("West v. Atkins", "West v. Atkins"),
    ("New York v. United States", "New York v. United States"),
    # "et al." and a leading "The" go.
    ("The Florida Star v. B. J. F., et al.", "Fla. Star v. B. J. F."),
    ("In re Winship", "In re Winship"),
    ("  ", "[case name not known]"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_are_shortened_by_table_t6(name: str, expected: str) -> None:
    assert expected == cite_name(name)


PAGES = [
    ("434", "435", "434–35"),
    ("1432", "1433", "1432–33"),
    ("1299", "1301", "1299–301"),
    ("98", "101", "98–101"),
    ("12", "14", "12–14"),
    ("100", "105", "100–05"),
    ("434", None, "434"),
    ("434", "434", "434"),
    # Pages that are no plain numbers stay whole.
    ("12a", "14a", "12a–14a"),
    ("iv", "vi", "iv–vi"),
]


@pytest.mark.parametrize(("first", "last", "expected"), PAGES)
def test_page_ranges_drop_repeated_digits(first: str, last: str | None, expected: str) -> None:
    assert expected == page_range(first, last)


def test_a_court_nobody_knows_stays_as_it_is() -> None:
    assert court_abbreviation("invented-court") == "invented-court"
    assert court_name("invented-court") == "invented-court"
    assert court_abbreviation("ca1") == "1st Cir."
