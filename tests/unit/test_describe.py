"""A paper says what it is, whose case, which court and when; what is unsure asks."""

from __future__ import annotations

import time

import pytest

from core.ingest.describe import describe
from core.ingest.parse.parsed import Parsed, Taken, TakenKind
from core.model import SURE, Described, Field, FileKind

COMPLAINT = """Robin Marsh (SBN 000001)
MARSH & LOWELL LLP
12 Harbor Street
Telephone: (415) 555-0100
Attorneys for Plaintiffs

UNITED STATES DISTRICT COURT
FOR THE NORTHERN DISTRICT OF CALIFORNIA

HARLAN VALE, an individual; and QUILL & SONS, INC.,

Plaintiffs,

v.

NORTHWIND TRADING LLC; DANA ORR, in her official
capacity as Commissioner of Weights,

Defendants.

Case No. 3:21-cv-04321-KLM

FIRST AMENDED COMPLAINT FOR BREACH
OF CONTRACT

Plaintiffs allege as follows. Before the Honorable Kim L. Moss.

Dated: May 3, 2021

/s/ Robin Marsh
Robin Marsh
"""

OPINION = """United States Court of Appeals
For the First Circuit

No. 20-9876

HARLAN VALE,

Plaintiff, Appellant,

v.

NORTHWIND TRADING LLC,

Defendant, Appellee.

APPEAL FROM THE UNITED STATES DISTRICT COURT
FOR THE DISTRICT OF MAINE

[Hon. Pat Under, U.S. District Judge]

Before

Ash, Chief Judge,
Birch and Cedar, Circuit Judges.

March 4, 2022

BIRCH, Circuit Judge. The district court heard argument on May 5, 2021.
"""

LETTER = """October 21, 2020

Via email

The Honorable Kim L. Moss
United States District Court
Southern District of New York

Re: Vale v. Northwind Trading LLC, Case No. 20-cv-4321 (KLM)

Dear Judge Moss:

Thank you for the order of August 21, 2020.

Respectfully submitted,

Robin Marsh
Marsh & Lowell LLP
"""

DISTRICT_STAMP = "Case 3:21-cv-04321-KLM Document 12 Filed 05/04/21 Page 1 of 9"


def parsed(text: str, *stamps: str, kind: FileKind = FileKind.TEXT) -> Parsed:
    return Parsed(
        kind=kind,
        text=text,
        pages=(),
        footnotes_start=None,
        properties={},
        taken=tuple(Taken(kind=TakenKind.STAMP, page=1, at=0, words=words) for words in stamps),
        hidden=(),
        attachments=(),
        notices=(),
    )


def described(text: str, *stamps: str, name: str = "paper.pdf") -> dict[Field, Described]:
    return {each.field: each for each in describe(parsed(text, *stamps), name)}


def values(found: dict[Field, Described]) -> dict[Field, str]:
    return {field: each.value for field, each in found.items()}


def test_a_complaint_with_its_stamp_is_described_in_full() -> None:
    found = described(COMPLAINT, DISTRICT_STAMP)

    assert values(found) == {
        Field.KIND: "complaint",
        Field.COURT: "cand",
        Field.DOCKET_NUMBER: "3:21-cv-04321-KLM",
        Field.CAPTION: "Harlan Vale, et al. v. Northwind Trading LLC, et al.",
        Field.PARTIES: "Harlan Vale; Quill & Sons, Inc.; Northwind Trading LLC; Dana Orr",
        Field.JUDGE: "Kim L. Moss",
        Field.DATE_FILED: "2021-05-04",
        Field.SIGNED_BY: "Robin Marsh",
    }
    assert all(each.confidence >= SURE and each.confirmed_by is None for each in found.values())


def test_the_day_it_was_signed_is_not_surely_the_day_it_was_filed() -> None:
    date = described(COMPLAINT)[Field.DATE_FILED]

    assert (date.value, date.confidence < SURE) == ("2021-05-03", True)


def test_an_opinion_names_its_own_court_and_panel_and_not_those_below() -> None:
    found = described(OPINION)

    assert found[Field.KIND].value == "opinion"
    assert found[Field.COURT].value == "ca1"
    assert found[Field.JUDGE].value == "Ash; Birch; Cedar"
    assert found[Field.CAPTION].value == "Harlan Vale v. Northwind Trading LLC"
    assert found[Field.DATE_FILED].value == "2022-03-04"


def test_a_letter_has_the_date_at_its_head_and_the_case_it_is_about() -> None:
    found = described(LETTER)

    assert values(found) == {
        Field.KIND: "letter",
        Field.COURT: "nysd",
        Field.DOCKET_NUMBER: "20-cv-4321 (KLM)",
        Field.CAPTION: "Vale v. Northwind Trading LLC",
        Field.PARTIES: "Vale; Northwind Trading LLC",
        Field.JUDGE: "Kim L. Moss",
        Field.DATE_FILED: "2020-10-21",
        Field.SIGNED_BY: "Robin Marsh",
    }


def test_an_exhibit_of_another_case_takes_the_stamp_that_came_last() -> None:
    first = "Case 1:15-cv-00777-ABC Document 185 Filed 06/01/16 Page 1 of 1"
    found = described(f"EXHIBIT 3\n\n{COMPLAINT}", first, DISTRICT_STAMP)

    assert found[Field.DOCKET_NUMBER].value == "3:21-cv-04321-KLM"
    assert found[Field.DATE_FILED].value == "2021-05-04"


def test_the_court_and_the_caption_of_another_case_ask_to_be_confirmed() -> None:
    found = described(COMPLAINT, "Case 1:19-cv-00009-XYZ Document 3 Filed 01/02/22 Page 1 of 2")

    assert found[Field.DOCKET_NUMBER].value == "1:19-cv-00009-XYZ"
    assert found[Field.COURT].confidence < SURE
    assert found[Field.CAPTION].confidence < SURE


def test_a_name_that_an_archive_gave_tells_the_court() -> None:
    found = described("A scanned exhibit.", DISTRICT_STAMP, name="gov.uscourts.nysd.1.2.0.pdf")

    assert found[Field.COURT].value == "nysd"


def test_of_a_paper_that_says_nothing_nothing_is_said_but_an_unsure_kind() -> None:
    (kind,) = described("The harbor was calm that morning, and nobody spoke.").values()

    assert (kind.field, kind.value, kind.confidence < SURE) == (Field.KIND, "other", True)
    assert described("") == {kind.field: kind}


def test_a_message_is_a_letter_from_whoever_sent_it() -> None:
    text = "From: Robin Marsh <robin@example.org>\nDate: 3 May 2021\nSubject: Vale\n\nSee below."
    found = {each.field: each for each in describe(parsed(text, kind=FileKind.EML), "vale.eml")}

    assert found[Field.KIND].value == "letter"
    assert found[Field.DATE_FILED].value == "2021-05-03"
    assert found[Field.SIGNED_BY].value == "Robin Marsh"


KINDS = [
    # The first word of kind in the title.
    ("ORDER GRANTING MOTION TO DISMISS", "order"),
    ("[PROPOSED] ORDER", "order"),
    ("MOTION TO STAY PROCEEDINGS PENDING DECISION", "motion"),
    ("NOTICE OF MOTION AND MOTION TO DISMISS", "motion"),
    ("STIPULATED REQUEST TO EXTEND TIME", "motion"),
    ("MEMORANDUM OF LAW IN SUPPORT OF MOTION", "memorandum"),
    ("MEMORANDUM OPINION AND ORDER", "opinion"),
    ("PLAINTIFF’S OPPOSITION TO MOTION TO EXCLUDE", "brief"),
    ("BRIEF OF AMICI CURIAE IN SUPPORT OF PETITION", "brief"),
    ("ANSWERING BRIEF", "brief"),
    ("ANSWER TO COMPLAINT", "answer"),
    ("DECLARATION OF DANA ORR IN SUPPORT OF MOTION", "declaration"),
    ("NOTICE OF APPEAL", "notice"),
    ("FINAL JUDGMENT", "judgment"),
    ("SETTLEMENT AGREEMENT", "contract"),
    # A heading over the caption is no title.
    ("ON PETITION FOR A WRIT OF CERTIORARI\n\nREPLY BRIEF", "brief"),
]


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_the_title_says_the_kind(title: str, kind: str) -> None:
    caption = "SUPERIOR COURT\n\nVALE,\n\nPlaintiff,\n\nv.\n\nORR,\n\nDefendant."
    text = f"{caption}\n\n{title}\n\nText of it."

    assert described(text)[Field.KIND].value == kind


def test_a_brief_that_tells_of_an_opinion_is_still_a_brief() -> None:
    text = "BRIEF FOR APPELLANT\n\nIn Vale, Justice Ash delivered the opinion of the Court."

    assert described(text)[Field.KIND].value == "brief"


def test_a_sheet_with_an_exhibits_letter_makes_what_follows_an_exhibit() -> None:
    assert described("EXHIBIT C")[Field.KIND].value == "exhibit"


ODD = [
    ")" * 20_000,
    " " * 20_000 + "v.",
    "v. " * 5_000,
    "Plaintiff, " * 2_000,
    "In re " * 3_000,
    "Before A. B, " * 2_000,
    "A" * 20_000,
    "Case No. " * 2_000,
    "1:" * 8_000,
    "/s/ " * 5_000,
    "(" * 20_000,
    "- " * 10_000,
    "\n" * 20_000,
    "United States Court of Appeals for the " * 500,
    "JUDGE OF THE " * 1_500,
    "Filed January 32, 2020 " * 800,
    "\x00\ud800￾ﬀ" * 3_000,
]


@pytest.mark.parametrize("text", ODD, ids=[text[:12].strip() or "blank" for text in ODD])
def test_no_text_takes_long_to_describe(text: str) -> None:
    begun = time.process_time()

    describe(parsed(text, text[:5_000]), text[:300])

    assert time.process_time() - begun < 2.0


def test_a_number_far_down_is_not_surely_the_papers_own() -> None:
    text = f"MEMORANDUM OF LAW\n\n{'The harbor was calm. ' * 200}\n\nSee Vale, No. 20-9876."

    number = described(text)[Field.DOCKET_NUMBER]

    assert (number.value, number.confidence < SURE) == ("20-9876", True)


def test_what_ran_into_a_partys_name_from_the_next_column_asks_to_be_confirmed() -> None:
    text = """SUPREME COURT OF THE STATE OF NEW YORK

HARLAN VALE,

Plaintiff,

-against-

AFFIRMATION IN SUPPORT OF MOTION

NORTHWIND TRADING LLC,

Defendant.
"""
    assert described(text)[Field.CAPTION].confidence < SURE


def test_blanks_of_a_form_are_no_parties() -> None:
    text = """Approved, SCAO
STATE OF MICHIGAN
JUDICIAL CIRCUIT
COUNTY

Plaintiff's name, address

v

Defendant's name, address

Name (type or print)
"""
    found = described(text)

    assert (found[Field.KIND].value, found[Field.COURT].value) == ("form", "micirct")
    assert Field.CAPTION not in found or found[Field.CAPTION].confidence < SURE
