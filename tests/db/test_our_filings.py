"""In our filings: where those that one may read cite a case, and what they say of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.app import Onpoint
from core.model import CaseId, FilingId, FilingReference, LegalDate, MatterId
from tests.db.office import Office, matter_with, me, open_office
from tests.db.test_search import add, record

CITED = "Nken v. Holder, 556 U.S. 418, 433 (2009)"
BRIEF = f"""He moved for a stay.

A stay is not a matter of right. See {CITED} (explaining that it is an exercise of discretion). \
He has shown no injury. Nothing else was argued.

The public interest counts as well. Nken, 556 U.S. at 435.
"""


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        house = opened.app._house
        nken = record("nken", "Text.", name="Nken v. Holder", citations=("556 U.S. 418",))
        other = record("other", "Text.", name="Doe v. Roe", citations=("1 F.3d 1",))
        add(house.db, house.encoder(), nken, other)
        yield opened


def case_id(app: Onpoint, name: str = "Nken v. Holder") -> CaseId:
    return app.search(name).hits[0].case.case_id


def ours(app: Onpoint, name: str = "Nken v. Holder") -> tuple[FilingReference, ...]:
    return app.in_our_filings(case_id(app, name))


def describe(office: Office, matter: MatterId, filing: FilingId, field: str, value: str) -> None:
    office.run(
        "INSERT INTO uploads (filing_id, matter_id, name, kind, bytes, sha256, added_by)"
        " VALUES (%s, %s, 'b', 'text', 1, %s, %s) ON CONFLICT DO NOTHING",
        *(filing, matter, filing.bytes, me(office.app)),
    )
    office.run(
        "INSERT INTO filing_descriptions (filing_id, matter_id, field, value, confidence)"
        " VALUES (%s, %s, %s, %s, %s)",
        *(filing, matter, field, value.removesuffix("?"), 0.5 if value.endswith("?") else 0.9),
    )


def test_a_case_tells_where_our_filings_cite_it_and_for_what(office: Office) -> None:
    app = office.app
    matter = matter_with(app, "12", BRIEF)
    (filing,) = app.filings.all(matter)

    full, short = ours(app)

    assert (full.matter.number, full.filing.name) == ("12", "Filing 0")
    assert full.sentence_text == (
        f"A stay is not a matter of right. See {CITED} "
        "(explaining that it is an exercise of discretion)."
    )
    assert full.citation == f"{CITED} (explaining that it is an exercise of discretion)"
    assert full.parenthetical == "explaining that it is an exercise of discretion"
    assert (full.signal, full.pincite) == ("see", "433")
    assert short.sentence_text == "The public interest counts as well. Nken, 556 U.S. at 435."
    text = app.filings.get(filing.filing_id)
    assert text is not None and text.text is not None
    assert [each.sentence.of(text.text) for each in (full, short)] == [
        full.sentence_text,
        short.sentence_text,
    ]


def test_only_what_is_sure_is_told_of_a_filing(office: Office) -> None:
    app = office.app
    matter = matter_with(app, "12", BRIEF)
    (filing,) = app.filings.all(matter)
    describe(office, matter, filing.filing_id, "date_filed", "2021-03-02")
    describe(office, matter, filing.filing_id, "signed_by", "Henry Varga?")

    told = ours(app)[0]

    assert told.date_filed == LegalDate.parse("2021-03-02")
    assert told.signed_by is None


def test_another_case_at_the_place_under_another_name_is_not_meant(office: Office) -> None:
    matter_with(office.app, "12", "See Smith v. Jones, 556 U.S. 418 (2009).")

    assert ours(office.app) == ()
    assert ours(office.app, "Doe v. Roe") == ()
    assert office.app.in_our_filings(CaseId(999)) == ()


def test_a_sentence_is_told_once_however_often_it_cites(office: Office) -> None:
    matter_with(office.app, "12", f"As {CITED}, held, and 556 U.S. 418, 434 (2009), repeats, no.")

    assert len(ours(office.app)) == 1


def test_b08_who_is_not_on_the_team_sees_none_and_who_joins_sees_it(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter = matter_with(office.app, "12", BRIEF)
    assert ours(ann) == ()

    office.app.matters.add(matter, me(ann))
    assert len(ours(ann)) == 2

    office.app.walls.raise_wall(matter, me(ann), "conflict")
    assert ours(ann) == ()


def test_a_version_that_was_replaced_is_not_counted(office: Office) -> None:
    matter = matter_with(office.app, "12", BRIEF, f"{BRIEF} Revised.")
    old, new = (each.filing_id for each in office.app.filings.all(matter))

    office.run("UPDATE filings SET replaced_by = %s WHERE filing_id = %s", new, old)

    assert {each.filing.filing_id for each in ours(office.app)} == {new}


def test_b22_the_trail_tells_what_was_shown_once(office: Office) -> None:
    matter = matter_with(office.app, "12", BRIEF)
    ours(office.app)
    ours(office.app)

    (entry,) = office.app.trail.entries(action="case.filings")

    assert entry.words == "Was shown 2 passages of filings on a case"
    assert office.app.trail.entries(matter_id=matter, action="case.filings") == (entry,)
