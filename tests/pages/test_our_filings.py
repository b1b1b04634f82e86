"""In our filings, beside a case: who cited it, for what, and the words to use again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from core.model import (
    Filing,
    FilingId,
    FilingReference,
    LegalDate,
    Matter,
    MatterId,
    MatterState,
    Span,
)
from pages.parts.our_filings import our_filings
from tests.pages.conftest import dangers

MATTER = Matter(
    matter_id=MatterId(uuid4()),
    number="12-001",
    name="Ferry",
    state=MatterState.OPEN,
    external_models=False,
    teaches_style=False,
    legal_hold=False,
    asks_release=False,
)
CITATION = "Orchard v. Ferry Co., 123 U.S. 456 (1999) (requiring injury)"


def reference(name: str = "Brief", **more: object) -> FilingReference:
    filing = Filing(
        filing_id=FilingId(uuid4()),
        matter_id=MATTER.matter_id,
        name=name,
        characters=1000,
        passages=1,
        added_by="Ann",
        added_at=datetime(2021, 3, 2, tzinfo=UTC),
    )
    given: dict[str, object] = {
        "filing": filing,
        "date_filed": LegalDate.parse("2021-03-02"),
        "signed_by": "Henry Varga; Ann Orr",
        "sentence": Span(7, 90),
        "sentence_text": "A stay\nrequires injury.",
        "citation": CITATION,
        "pincite": None,
        "signal": "see",
        "parenthetical": "requiring injury",
    }
    return FilingReference(matter=MATTER, **(given | more))  # type: ignore[arg-type]


def test_a_filing_is_told_by_matter_date_signer_and_what_it_says() -> None:
    one = reference()
    html = our_filings([one])

    assert html is not None
    for expected in (
        "In our filings: 1 filing",
        "Brief",
        "Ferry",
        "12-001",
        "filed March 2, 2021",
        "signed by Henry Varga, Ann Orr",
        "A stay requires injury.",
        f'data-words="{CITATION}"',
        f"filing={one.filing.filing_id}&amp;at=7-90",
    ):
        assert expected in html


def test_what_is_not_known_is_not_told_and_nothing_is_offered_without_a_parenthetical() -> None:
    html = our_filings([reference(date_filed=None, signed_by=None, parenthetical=None)])

    assert html is not None
    assert "filed" not in html.replace("filings", "").replace("filing", "")
    assert "signed" not in html
    assert "Copy" not in html


def test_several_sentences_of_one_filing_stand_under_its_name_once() -> None:
    one = reference()
    other = replace(one, sentence=Span(100, 120), sentence_text="So does removal.")

    html = our_filings([one, other])

    assert html is not None
    assert (html.count(">Brief<"), html.count('class="cite"')) == (1, 1)
    assert "1 filing" in html and "So does removal." in html


def test_more_than_three_filings_wait_behind_a_click() -> None:
    html = our_filings([reference(f"Brief {n}") for n in range(5)])

    assert html is not None
    assert "In our filings: 5 filings" in html
    assert html.index("<details>") < html.index("2 more") < html.index("Brief 3")
    assert html.index("Brief 2") < html.index("<details>")


def test_a_case_that_no_filing_cites_has_no_such_part() -> None:
    assert our_filings([]) is None


def test_i01_markup_in_a_filing_is_shown_as_its_letters() -> None:
    wicked = "<img src=x onerror=alert(1)>"
    html = our_filings([reference(wicked, sentence_text=wicked, citation=f'"{wicked}')])

    assert html is not None
    assert dangers(html) == []
    assert "<img" not in html


def test_a_long_sentence_is_cut_between_words() -> None:
    html = our_filings([reference(sentence_text="word " * 200)])

    assert html is not None
    assert "word …" in html
    assert len(html) < 2500
