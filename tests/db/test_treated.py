"""How later cases treat a case: what the library's own opinions say, as far as their courts can."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from core.law.captions import names_agree
from core.law.sentences import sentences
from core.library.cases import case_by_source_id
from core.library.citing import resolve_citations
from core.library.db import Database
from core.library.treating import candidates
from core.model import CaseId, Extent, OpinionKind, Treated, TreatingCourt, Treatment
from core.search.treated import strongest, treated_words, treatments
from tests.db.shelf import Shelved, Writing, cite, shelve

GROVEY = "295 U.S. 45"


def later(
    text: str, *, kind: str = "majority", court: str = "scotus", filed: str = "1944-04-03",
    name: str = "Smith v. Allwright", place: str | None = "321 U.S. 649", source: str = "later",
) -> Shelved:  # fmt: skip
    names = {GROVEY: ("Grovey", "Townsend"), "321 U.S. 649": ("Smith", "Allwright")}
    cited = [_cited(text, place, *names[place]) for place in names if place in text]
    writing = Writing(text=text, kind=kind, citations=tuple(cited))
    return Shelved(
        source_id=source,
        name=name,
        court=court,
        filed=filed,
        places=(place,) if place else (),
        writings=(writing,),
    )


def _cited(text: str, place: str, plaintiff: str, defendant: str) -> tuple[str, dict[str, object]]:
    at = text.index(place)
    whole = next(one for one in sentences(text) if one.start <= at < one.end)
    span = (whole.start, whole.end)
    return cite(place, plaintiff=plaintiff, defendant=defendant, sentence=span)


def shelved(db: Database, *cases: Shelved) -> CaseId:
    """Shelve the cases after Grovey v. Townsend, link them, and return Grovey's id."""
    grovey = Shelved(
        source_id="grovey", name="Grovey v. Townsend", filed="1935-04-01", places=(GROVEY,)
    )
    ids = shelve(db, grovey, *cases)
    with db.transaction() as transaction:
        resolve_citations(transaction, names_agree)
    return CaseId(ids["grovey"])


def worst(db: Database, *cases: Shelved, as_of: date | None = None) -> Treated | None:
    case_id = shelved(db, *cases)
    return strongest(db, [case_id], as_of=as_of).get(case_id)


FAR = "The primary is part of the machinery of choice. " * 60
OVERRULING = (
    f"We begin with Grovey v. Townsend, {GROVEY}. {FAR}\n\nGrovey v. Townsend is overruled."
)


def test_a_case_is_overruled_where_a_later_one_says_so_far_from_any_citation(db: Database) -> None:
    treated = worst(db, later(OVERRULING))

    assert treated is not None
    assert treated_words(treated) == (
        "overruled by Smith v. Allwright, 321 U.S. 649 (1944), derived from its own words"
    )
    assert treated.sentence_text == "Grovey v. Townsend is overruled."
    assert (treated.court, treated.ends_law) == (TreatingCourt.SAME, True)
    assert treated.sentence.of(OVERRULING) == treated.sentence_text


def test_as_of_an_earlier_day_it_was_not_yet_overruled(db: Database) -> None:
    assert worst(db, later(OVERRULING), as_of=date(1940, 1, 1)) is None


def test_another_court_can_criticize_a_case_and_not_overrule_it(db: Database) -> None:
    text = f"We decline to follow Grovey v. Townsend, {GROVEY}."
    treated = worst(db, later(text, court="ca1", name="Doe v. Roe", place="140 F.2d 1"))

    assert treated is not None
    assert (treated.treatment, treated.court) == (Treatment.CRITICIZED, TreatingCourt.OTHER)


def test_a_dissent_questions_a_case_and_says_whose_words_they_are(db: Database) -> None:
    text = f"Grovey v. Townsend, {GROVEY}, was wrong. I would overrule Grovey."
    treated = worst(db, later(text, kind="dissent"))

    assert treated is not None
    assert (treated.treatment, treated.kind) == (Treatment.QUESTIONED, OpinionKind.DISSENT)
    assert treated_words(treated).startswith("questioned in a separate opinion in Smith")


def test_a_report_names_the_treating_case_though_the_library_holds_only_the_report(
    db: Database,
) -> None:
    text = (
        f"Grovey v. Townsend, {GROVEY} (1935), overruled in part by Smith v. Allwright, "
        "321 U.S. 649 (1944)."
    )
    treated = worst(
        db, later(text, court="ca1", name="Doe v. Roe", place="140 F.2d 1", filed="1950-01-01")
    )

    assert treated is not None
    assert (treated.treatment, treated.extent) == (Treatment.OVERRULED, Extent.IN_PART)
    assert treated.by is None
    assert treated_words(treated) == (
        "overruled in part by Smith v. Allwright, 321 U.S. 649 (1944), "
        "derived from the words of Doe v. Roe, 140 F.2d 1 (1st Cir. 1950)"
    )
    assert not treated.ends_law


def test_what_was_decided_before_a_case_does_not_treat_it(db: Database) -> None:
    assert worst(db, later(OVERRULING, filed="1930-01-01")) is None


def test_the_worst_comes_first_and_of_the_like_the_latest(db: Database) -> None:
    limited = later(
        f"We limit Grovey v. Townsend, {GROVEY}, to its facts.",
        filed="1950-01-01", source="limited", place="340 U.S. 1", name="Poe v. Doe",
    )  # fmt: skip
    again = later(
        OVERRULING, filed="1951-01-01", source="again", place="341 U.S. 1", name="Nixon v. Roe"
    )
    case_id = shelved(db, limited, later(OVERRULING), again)

    found = treatments(db, [case_id])[case_id]

    assert [(each.treatment, each.said_in.source_id) for each in found] == [
        (Treatment.OVERRULED, "again"),
        (Treatment.OVERRULED, "later"),
    ]


def test_where_nothing_ends_a_case_what_takes_from_it_is_told(db: Database) -> None:
    limited = later(f"We limit Grovey v. Townsend, {GROVEY}, to its facts.")
    followed = later(
        f"We follow Grovey v. Townsend, {GROVEY}.",
        source="followed", place="340 U.S. 1", filed="1950-01-01", name="Poe v. Doe",
    )  # fmt: skip
    treated = worst(db, limited, followed)

    assert treated is not None
    assert (treated.treatment, treated.ends_law) == (Treatment.LIMITED, False)


def test_a_case_that_nobody_speaks_of_has_no_treatment(db: Database) -> None:
    case_id = shelved(db, later(f"See Grovey v. Townsend, {GROVEY}."))
    assert treatments(db, [case_id, CaseId(999_999)]) == {case_id: ()}


# The same citing case, a thousand times over: it cites twice.
MULTIPLY = """
    INSERT INTO cases
        (case_id, source_id, court, case_name, date_filed, filed_first, filed_last, content_sha256)
    OVERRIDING SYSTEM VALUE
    SELECT 100000 + n, 'copy' || n, court, 'Poe v. Nobody' || n, date_filed, filed_first,
        filed_last, ''
    FROM cases, generate_series(1, 1000) AS n WHERE source_id = 'citing';
    INSERT INTO opinions (opinion_id, case_id, ordinal, kind, text)
    OVERRIDING SYSTEM VALUE
    SELECT copies.case_id, copies.case_id, 0, 'majority', opinions.text
    FROM cases AS copies, opinions INNER JOIN cases ON opinions.case_id = cases.case_id
    WHERE copies.source_id LIKE 'copy%' AND cases.source_id = 'citing';
    INSERT INTO citations
        (opinion_id, ordinal, case_id, kind, start_offset, end_offset, sentence_start, sentence_end,
         plaintiff, defendant, status, cited_case_id)
    SELECT opinions.opinion_id, n, opinions.case_id, kept.kind, kept.start_offset, kept.end_offset,
        kept.sentence_start, kept.sentence_end, kept.plaintiff, kept.defendant, 'held',
        kept.cited_case_id
    FROM citations AS kept
    INNER JOIN cases ON kept.case_id = cases.case_id AND cases.source_id = 'citing'
    CROSS JOIN generate_series(0, 1) AS n
    CROSS JOIN opinions INNER JOIN cases AS copies ON opinions.case_id = copies.case_id
    WHERE copies.source_id LIKE 'copy%';
    INSERT INTO treatment_cues SELECT opinion_id, ordinal, sentence_start, 3 FROM citations
    WHERE cited_case_id IS NOT null ON CONFLICT DO NOTHING;
    ANALYZE cases, opinions, citations, treatment_cues;
"""


@pytest.mark.slow
def test_two_thousand_citations_are_looked_through_in_a_moment(
    db: Database, owner_url: str
) -> None:
    filler = "It is settled that a tenant may sue upon the promise that was made to him. " * 200
    text = f"{filler}We follow Grovey v. Townsend, {GROVEY}. {filler}The objection was overruled."
    citing = later(text, source="citing", place=None, name="Poe v. Doe", filed="1950-01-01")
    case_id = shelved(db, citing, later(OVERRULING))
    with psycopg.connect(owner_url) as connection:
        connection.execute(MULTIPLY)

    seconds: list[float] = []
    for _ in range(5):
        started = time.perf_counter()
        found = candidates(db, [case_id])[case_id]
        seconds.append(time.perf_counter() - started)

    assert [one.strength for one in found[:2]] == [1, 3]
    assert len(found) <= 24 + 8 + 4
    assert min(seconds) < 0.1


@pytest.fixture
def demo_db(demo_url: str) -> Iterator[Database]:
    with Database.open(demo_url) as db:
        yield db


DEMO = {
    "demo-pell-1976": "overruled by Dunmore v. Quillhaven Props., Ltd., 98 Merr. 2d 203 (1986)",
    "demo-orrin-1971": "limited",
}


def test_of_the_demonstration_library_it_is_derived_what_was_overruled_and_limited(
    demo_db: Database,
) -> None:
    derived = {}
    for source_id in DEMO:
        case = case_by_source_id(demo_db, source_id)
        assert case is not None
        treated = strongest(demo_db, [case.case_id])[case.case_id]
        derived[source_id] = treated_words(treated)

    for source_id, words in DEMO.items():
        assert derived[source_id].startswith(words), derived
