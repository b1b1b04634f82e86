"""The court that a paper names as its own, by courts-db's ids."""
# ruff: noqa: E501  a row of a table of cases stays on one line

from __future__ import annotations

import pytest

from core.law.court_words import district_court, is_british, named_court
from core.law.courts import court_ids

NAMED = [
    ("IN THE UNITED STATES DISTRICT COURT\nFOR THE EASTERN DISTRICT OF MICHIGAN\nSOUTHERN DIVISION", "mied"),
    ("UNITED STATES DISTRICT COURT CENTRAL DISTRICT OF CALIFORNIA", "cacd"),
    ("United States District Court\nDistrict of New Jersey", "njd"),
    ("UNITED STATES DISTRICT COURT\nFOR THE DISTRICT OF COLUMBIA", "dcd"),
    ("UNITED STATES DISTRICT COURT\nNORTHERN DISTRICT OF WEST VIRGINIA", "wvnd"),
    ("UNITED STATES BANKRUPTCY COURT\nFOR THE DISTRICT OF ALASKA", "akb"),
    ("United States Court of Appeals\nfor the Fifth Circuit", "ca5"),
    ("UNITED STATES COURT OF APPEALS FOR THE FEDERAL CIRCUIT", "cafc"),
    ("United States Court of Appeals\nFOR THE DISTRICT OF COLUMBIA CIRCUIT", "cadc"),
    ("In the Supreme Court of the United States", "scotus"),
    ("UNITED STATES COURT OF FEDERAL CLAIMS", "uscfc"),
    # The states' courts, whatever the order of the words and lines.
    ("IN THE SUPREME COURT OF NORTH CAROLINA", "nc"),
    ("In the Missouri Court of Appeals\nEastern District", "moctapped"),
    ("STATE OF NEW YORK\nCOURT OF APPEALS", "ny"),
    ("SUPREME COURT OF THE STATE OF NEW YORK\nVALE, Plaintiff", "nysupct"),
    ("SUPERIOR COURT OF THE STATE OF CALIFORNIA\nCOUNTY OF LOS ANGELES", "calsuppctla"),
    ("COMMONWEALTH OF MASSACHUSETTS\nSuffolk, ss. Superior Court", "masssuperct"),
    ("IN THE COURT OF CHANCERY OF THE STATE OF DELAWARE", "delch"),
    # The court below is another.
    ("IN THE SUPREME COURT OF NORTH CAROLINA\n\nOn appeal from the United States Court of Appeals for the Fourth Circuit", "nc"),
    ("CERTIORARI TO THE UNITED STATES COURT OF APPEALS FOR\nTHE SIXTH CIRCUIT", None),
    # Nor is one that a sentence names the paper's own.
    ("The plaintiff sued in the United States District Court for the District of Maine.", None),
    ("There is no court here.", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "court"), NAMED)
def test_a_head_names_its_court(head: str, court: str | None) -> None:
    named = named_court(head)

    assert (named and named.court) == court


def test_a_british_court_is_called_by_its_name() -> None:
    named = named_court(
        "Neutral Citation Number: [2022] EWHC 9999 (Comm)\nIN THE HIGH COURT OF JUSTICE"
    )

    assert named is not None
    assert named.court == "High Court of Justice of England and Wales"
    assert is_british("[2022] UKUT 9999 (LC)")
    assert not is_british("United States Court of Appeals")
    # Who cites a British judgment is not British.
    assert not is_british("UNITED STATES TAX COURT\n\nSee Vale v. Orr [2010] EWHC 9999 (Comm).")


PARTS = {
    "": "Alaska Arizona Colorado Connecticut Delaware Hawaii Idaho Kansas Maine Maryland Massachusetts Minnesota Montana Nebraska Nevada Oregon Utah Vermont Wyoming Guam",
    "N": "Alabama California Florida Georgia Illinois Indiana Iowa Mississippi Ohio Oklahoma Texas",
    "S": "Alabama California Florida Georgia Illinois Indiana Iowa Mississippi Ohio Texas",
    "E": "Arkansas California Kentucky Louisiana Michigan Missouri Oklahoma Pennsylvania Tennessee Texas Virginia Washington Wisconsin",
    "W": "Arkansas Kentucky Louisiana Michigan Missouri Oklahoma Pennsylvania Tennessee Texas Virginia Washington Wisconsin",
    "M": "Alabama Florida Georgia Louisiana Pennsylvania Tennessee",
    "C": "California Illinois",
}


def test_every_federal_district_has_its_court() -> None:
    two_words = [
        ("New Hampshire", ""), ("New Jersey", ""), ("New Mexico", ""), ("North Dakota", ""),
        ("South Dakota", ""), ("South Carolina", ""), ("Rhode Island", ""), ("Puerto Rico", ""),
        ("District of Columbia", ""), ("Virgin Islands", ""), ("Northern Mariana Islands", ""),
        *((state, part) for state in ("New York",) for part in "NSEW"),
        *(("North Carolina", part) for part in "EMW"),
        *(("West Virginia", part) for part in "NS"),
    ]  # fmt: skip
    districts = [
        *two_words,
        *((state, part) for part, names in PARTS.items() for state in names.split()),
    ]

    courts = [district_court(state, part) for state, part in districts]

    assert len(set(courts)) == len(districts) == 94
    assert set(courts) <= set(court_ids())
