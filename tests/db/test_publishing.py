"""A new opinion goes to the public shelf once a person said what it is, and is found at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.app import Onpoint
from core.errors import NoSuchFiling, NotAllowed, UsageError
from core.ingest.parse.sandbox import Sandbox
from core.ingest.worker import drain
from core.model import LegalDate, OpinionDetails
from tests.db.desks import handed, open_desk, shop_of
from tests.db.office import Office, matter_with
from tests.hostile_files import one_page, said

HELD = "We hold that the lessor of a quarry owes no duty to warn of falling stones. Affirmed."
SLIP = OpinionDetails(
    court="scotus",
    case_name="Quarry v. Stones",
    date_filed=LegalDate(year=2024, month=3, day=1),
    citations=("612 U.S. 999",),
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(room=tmp_path_factory.mktemp("reading")) as opened:
        yield opened


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path, sandbox: Sandbox) -> Iterator[Office]:
    with open_desk(database_url, admin_url, tmp_path, sandbox) as opened:
        yield opened


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "paralegal")


def test_an_opinion_of_a_file_is_answerable_at_once(
    office: Office, ann: Onpoint, tmp_path: Path
) -> None:
    path = tmp_path / "slip.pdf"
    path.write_bytes(
        one_page(said("We hold that a lessor owes no duty to warn of ice in a quarry."))
    )
    lee = office.hire("lee", "lawyer")
    assert lee.search("quarry lessor").hits == ()

    case_id = ann.publish_opinion(path, SLIP)

    (hit,) = lee.search("quarry lessor").hits
    assert hit.case.case_id == case_id
    assert (hit.case.case_name, hit.case.court.court) == ("Quarry v. Stones", "scotus")
    assert lee.search("612 U.S. 999").hits[0].case.case_id == case_id
    assert "ice in a quarry" in lee.ask("duty to warn of ice in a quarry").text
    (entry,) = [each for each in ann.trail.mine() if each.action == "opinion.publish"]
    assert entry.words == "Put the opinion Quarry v. Stones on the public shelf"


def test_an_opinion_of_a_filing_is_published_by_who_may_read_it(
    office: Office, ann: Onpoint
) -> None:
    matter = matter_with(office.hire("bob", "lawyer"), "1", team=(ann,))
    upload = handed(ann, matter, HELD, "Opinion.txt")
    drain(shop_of(ann))
    chief = office.hire("chief", "admin")
    with pytest.raises(NoSuchFiling):
        chief.publish_opinion(upload.filing_id, SLIP)
    case_id = ann.publish_opinion(upload.filing_id, SLIP)
    (opinion,) = chief.opinions(case_id)
    assert opinion.text == HELD


def test_the_same_words_again_are_the_same_case_corrected(ann: Onpoint, tmp_path: Path) -> None:
    path = tmp_path / "slip.txt"
    path.write_text(HELD, encoding="utf-8")
    first = ann.publish_opinion(path, SLIP)
    again = ann.publish_opinion(path, replace(SLIP, case_name="Stones v. Quarry", author="Marlow"))
    assert again == first
    (hit,) = ann.search("falling stones").hits
    assert hit.case.case_name == "Stones v. Quarry"


@pytest.mark.parametrize(
    ("details", "words"),
    [
        (replace(SLIP, court="the court of my street"), "Name the court"),
        (replace(SLIP, case_name=" \n"), "name of its case"),
        (replace(SLIP, citations=("somewhere in U.S.",)), "no reporter citation"),
        # Neither citation nor docket number: nothing to cite it by.
        (replace(SLIP, citations=()), "docket number"),
    ],
)
def test_what_is_not_confirmed_is_asked_for(
    ann: Onpoint, tmp_path: Path, details: OpinionDetails, words: str
) -> None:
    path = tmp_path / "slip.txt"
    path.write_text(HELD, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        ann.publish_opinion(path, details)
    assert ann.search("falling stones").hits == ()


def test_a_file_says_what_it_seems_to_be(office: Office, ann: Onpoint, tmp_path: Path) -> None:
    path = tmp_path / "slip.txt"
    path.write_text(HELD, encoding="utf-8")
    assert all(each.confirmed_by is None for each in ann.read_opinion(path))
    with pytest.raises(UsageError):
        ann.read_opinion(tmp_path / "nowhere.pdf")
    with pytest.raises(NotAllowed):
        office.hire("lee", "lawyer").publish_opinion(path, SLIP)
