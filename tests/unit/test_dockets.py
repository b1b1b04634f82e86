"""Docket numbers, stamps and the dates of papers."""
# ruff: noqa: E501  a row of a table of cases stays on one line

from __future__ import annotations

from datetime import date

import pytest

from core.law.dates import dates_in, only_date
from core.law.docket_numbers import same_docket, stated_number
from core.law.dockets import court_of_file, stamps_in
from core.law.filing_dates import own_date
from core.model import FilingKind

STAMPS = [
    ("Case: 20-1507 Document: 00117684624 Page: 1 Date Filed: 12/22/2020 Entry ID: 6390389", "20-1507", "ca1", date(2020, 12, 22)),
    ("Case 17-3510, Document 1-1, 10/31/2017, 2161300, Page1 of 2", "17-3510", "ca2", date(2017, 10, 31)),
    ("Case: 21-1298 Document: 42 Page: 1 Date Filed: 08/31/2022", "21-1298", "ca3", date(2022, 8, 31)),
    ("USCA4 Appeal: 17-2218 Doc: 17 Filed: 10/31/2017 Pg: 1 of 1", "17-2218", "ca4", date(2017, 10, 31)),
    ("Case: 21-50498 Document: 00516242060 Page: 1 Date Filed: 03/16/2022", "21-50498", "ca5", date(2022, 3, 16)),
    ("Case: 17-3994 Document: 1-3 Filed: 09/20/2017 Page: 1", "17-3994", "ca6", date(2017, 9, 20)),
    ("Case: 17-2400 Document: 3 Filed: 07/13/2017 Pages: 1", "17-2400", "ca7", date(2017, 7, 13)),
    ("Appellate Case: 22-1801 Page: 1 Date Filed: 01/19/2023 Entry ID: 5237514", "22-1801", "ca8", date(2023, 1, 19)),
    ("Case: 20-16276, 08/05/2020, ID: 11778722, DktEntry: 19, Page 1 of 15", "20-16276", "ca9", date(2020, 8, 5)),
    ("Appellate Case: 21-800 Document: 010110462922 Date Filed: 01/11/2021 Page: 1", "21-800", "ca10", date(2021, 1, 11)),
    ("USCA11 Case: 20-12003 Date Filed: 07/30/2020 Page: 1 of 9", "20-12003", "ca11", date(2020, 7, 30)),
    ("Case: 14-1326 Document: 3 Page: 1 Filed: 03/18/2014", "14-1326", "cafc", date(2014, 3, 18)),
    ("USCA Case #12-5289 Document #1405729 Filed: 11/16/2012 Page 1 of 10", "12-5289", "cadc", date(2012, 11, 16)),
    ("Case 8:16-cv-01261-DOC-KES Document 40 Filed 08/05/16 Page 1 of 4 Page ID #:365", "8:16-cv-01261-DOC-KES", None, date(2016, 8, 5)),
    ("2:17-cv-10310-VAR-SDD Doc # 1 Filed 01/31/17 Pg 1 of 19 Pg ID 1", "2:17-cv-10310-VAR-SDD", "mied", date(2017, 1, 31)),
    ("Case: 1:17-md-02804-DAP Doc #: 1 Filed: 12/12/17 1 of 5. PageID #: 1", "1:17-md-02804-DAP", None, date(2017, 12, 12)),
    ("Case 1:21-cv-01061-KLM Document 1 Filed 04/16/21 USDC Colorado Page 1 of 16", "1:21-cv-01061-KLM", "cod", date(2021, 4, 16)),
    ("Case 9:08-cv-80736-KAM Document 279 Entered on FLSD Docket 12/30/2014 Page 1 of 13", "9:08-cv-80736-KAM", "flsd", date(2014, 12, 30)),
    ("Case 09-00429 Doc 83 Filed 03/09/10 Entered 03/09/10 16:01:02 Desc Main Page 1 of 3", "09-00429", None, date(2010, 3, 9)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "docket", "court", "filed"), STAMPS)
def test_a_stamp_is_read(words: str, docket: str, court: str | None, filed: date) -> None:
    (stamp,) = stamps_in(words)

    assert (stamp.docket_number, stamp.court, stamp.filed) == (docket, court, filed)


def test_a_stamp_on_every_page_is_one_stamp_and_the_latest_comes_first() -> None:
    words = "Case 4:08-cv-02214-SBA Document {} Filed {} Page {} of 2"
    text = "\n".join(
        words.format(*each)
        for each in ((26, "01/29/2009", 1), (27, "02/03/09", 1), (26, "01/29/2009", 2), (27, "02/03/09", 2))
    )  # fmt: skip

    assert [stamp.document for stamp in stamps_in(text)] == ["27", "26"]


NUMBERS = [
    ("No. 20-1507", "20-1507"),
    ("No. 08–651. Argued October 13, 2009", "08-651"),
    ("Nos. 20-55436, 20-55662", "20-55436"),
    ("Case No. 8:16-cv-1261 DOC (KESx)", "8:16-cv-1261"),
    ("Case No. CV 17-00786 AB (PLAx)", "CV 17-00786"),
    ("Misc. Action No. 17-2336 (BAH)", "17-2336"),
    ("Case No. 08-80736-Civ-Marra/Johnson", "08-80736-Civ-Marra/Johnson"),
    ("No. 363A14-4", "363A14-4"),
    ("v. 15-cv-07433-RWS", "15-cv-07433-RWS"),
    ("Index No. 650123/2020", "650123/2020"),
    ("UTLC Case Numbers: LC-2021-353", "LC-2021-353"),
    ("Appeal reference: TC/2018/07239", "TC/2018/07239"),
    ("Case No: 2009 Folio 462", "2009 Folio 462"),
    # Of the court below, of another office.
    ("USDC No. 3:20-CV-257", None),
    ("State File No. 9687-2019", None),
    ("Bar No. 462110", None),
    # Not yet given.
    ("Case No.:\nHon.:", None),
    ("Civil Action No. 1:21-cv-______________", None),
    ("See Order No. 12", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "number"), NUMBERS)
def test_a_head_states_its_docket_number(head: str, number: str | None) -> None:
    stated = stated_number(head)

    assert (stated and stated.number) == number


SAME = [
    ("8:16-cv-1261-DOC (KESx)", "8:16-cv-01261-DOC-KES", True),
    ("CV17-00016-CAS(JCx)", "2:17-cv-00016", True),
    ("2019-1081", "19-1081", True),
    ("08-80736-Civ-Marra", "9:08-cv-80736-KAM", True),
    ("ED108783", "ed 108783", True),
    ("20-1507", "20-1508", False),
    ("1:15-cv-07433", "9:08-cv-80736", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_two_ways_to_write_a_docket_number_mean_one_case(one: str, other: str, same: bool) -> None:
    assert same_docket(one, other) is same


def test_a_court_is_read_from_the_name_that_an_archive_gives() -> None:
    assert court_of_file("free.law__gov.uscourts.nysd.447706.1090.1.pdf") == "nysd"
    assert court_of_file("gov.uscourts.nowhere.1.pdf") is None


DATES = [
    ("January 2, 2021", date(2021, 1, 2)),
    ("Sep 13, 2019", date(2019, 9, 13)),
    ("2 January 2021", date(2021, 1, 2)),
    ("this 2nd day of January, 2021", date(2021, 1, 2)),
    ("01/02/21", date(2021, 1, 2)),
    ("2021-01-02T10:00:00", date(2021, 1, 2)),
    ("MAY 3, 2021", date(2021, 5, 3)),
    ("February 30, 2021", None),
    ("8/15/2/3", None),
    ("1234 Market 2020", None),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_date_is_read_as_it_is_written(text: str, expected: date | None) -> None:
    assert only_date(text) == expected


def test_british_papers_write_the_day_first() -> None:
    assert [each.date for each in dates_in("04/05/2022", day_first=True)] == [date(2022, 5, 4)]


OWN = [
    ("Argued October 13, 2009—Decided March 31, 2010", date(2010, 3, 31), True),
    ("Filed 11 February 2022", date(2022, 2, 11), True),
    ("Hearing dates: 9 February 2010\nDate: 10 March 2010", date(2010, 3, 10), True),
    ("FILED\nUnited States Court of Appeals\nJanuary 11, 2021", date(2021, 1, 11), True),
    # A date in a sentence is of what it tells.
    ("The motion that was filed May 1, 2019, is granted.\n\nJune 2, 2020\n", date(2020, 6, 2), False),
    ("CITATION TO ORDERS FILED ON OR AFTER JANUARY 1, 2007, IS PERMITTED.", date(2007, 1, 1), False),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected", "sure"), OWN)
def test_the_words_before_a_date_say_whether_it_is_the_papers_own(
    head: str,
    expected: date,
    sure: bool,
) -> None:
    own = own_date(head, "", FilingKind.OPINION, day_first=False)

    assert own is not None
    assert (own.date, own.sureness >= 0.8) == (expected, sure)


def test_a_day_to_come_is_not_when_a_paper_was_filed() -> None:
    assert own_date("Filed: January 2, 2199", "", FilingKind.ORDER, day_first=False) is None
