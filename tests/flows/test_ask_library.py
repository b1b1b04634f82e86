"""Ask over a real library: imported, searched and compared by the real encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

import pytest

from core.ask.answer import answer
from core.ask.deeper import Depth
from core.ask.llm import AnswerModel
from core.library import cases
from core.library.cases import case_by_source_id
from core.library.db import Database
from core.model import Answer, Filters, OpinionKind, Standing, Support
from core.search.encoder import Encoder
from core.search.plan import Searcher
from core.search.treated import strongest
from tests.scripted_models import Wire, scripted_models

Ask = Callable[..., Answer]
ANSWERABLE = {
    "Does the law imply that a rented dwelling is fit to live in?": "demo-dunmore-1986",
    "What must a customer prove who slips on a merchant's floor?": "demo-orrin-1971",
    "What must an applicant show for a preliminary injunction?": "demo-cradock-1995",
    "Is continued employment enough consideration for a covenant?": "demo-strand-2016",
    "When is a covenant not to compete enforceable?": "demo-sablewood-1988",
    "Can a tenant withhold rent if the heat does not work?": "demo-dunmore-1986",
    "When is inadvertent disclosure a waiver?": "demo-thistledown-1999",
    "What did Orrin v. Castlebay Grocers, Inc., 61 Merr. 2d 412 (1971), hold?": "demo-orrin-1971",
    "What did Pell v. Larkmoor Estates hold?": "demo-pell-1976",
    "Does accidental disclosure waive the attorney-client privilege?": "demo-thistledown-1999",
}
UNANSWERABLE = (
    "How long should sourdough bread be proofed before baking?",
    "What notice does French labour law require before a dismissal?",
    "Who won the World Cup final in 2022?",
    "What did Roe v. Wade hold?",
    # The words are there; what is asked of them is not.
    "What is the standard for summary judgment?",
    "Is hearsay admissible in a preliminary injunction hearing?",
    "Does the Digital Asset Market Act of 2025 treat stablecoins as securities?",
)


@pytest.fixture
def db(demo_url: str) -> Iterator[Database]:
    with Database.open(demo_url) as database:
        yield database


@pytest.fixture
def ask(db: Database, encoder: Encoder) -> Ask:
    """Ask the demonstration library."""
    searcher = Searcher(db, encoder)

    def similarity(text: str, others: Sequence[str]) -> list[float]:
        return [float(near) for near in encoder.encode(others) @ encoder.encode_query(text)]

    def asked(question: str, model: AnswerModel | None = None, **narrowed: object) -> Answer:
        return answer(
            question,
            search=partial(searcher.search, filters=Filters(**narrowed), k=10),
            opinions=partial(cases.opinions, db),
            similarity=similarity,
            encoder=encoder.name,
            model=model,
            treatments=partial(strongest, db),
            # A search narrowed to parts of opinions is not read on in the others.
            depth=None if "kinds" in narrowed else depth,
        )

    depth = Depth(rarity=searcher.rarity, places=searcher.places)
    return asked


@pytest.fixture
def wire() -> Iterator[Wire]:
    with scripted_models() as heard:
        yield heard


def test_what_the_library_holds_is_answered_from_the_right_case_word_for_word(
    ask: Ask, db: Database
) -> None:
    first = {}
    for question in ANSWERABLE:
        found = ask(question)
        first[question] = found.sources[0].case.source_id if found.sources else None
        for claim in found.claims:
            source = found.sources[claim.sources[0] - 1]
            opinion = next(
                opinion
                for opinion in cases.opinions(db, source.case.case_id)
                if opinion.opinion_id == source.passage.opinion_id
            )
            assert claim.support is Support.VERIFIED
            assert claim.text in " ".join(opinion.text.split())
            assert source.pincite is not None
            assert source.citation.count(source.pincite.split("–")[0]) >= 1

    assert first == ANSWERABLE


def test_g04_every_source_is_the_very_words_that_stand_at_its_place(ask: Ask, db: Database) -> None:
    for question in ANSWERABLE:
        found = ask(question)
        assert found.sources
        for source in found.sources:
            held = {one.opinion_id: one for one in cases.opinions(db, source.case.case_id)}
            passage = source.passage
            assert passage.span.of(held[passage.opinion_id].text) == passage.text
        # and each sentence that is shown as verified stands in one of them
        for claim in found.claims:
            words = "".join(claim.text.strip(" “”").split())
            texts = [s.passage.text for s in found.sources if s.n in claim.sources]
            assert any(words in "".join(text.split()) for text in texts) or "…" in claim.text


def test_g07_what_the_library_does_not_hold_is_not_answered(ask: Ask) -> None:
    for question in UNANSWERABLE:
        found = ask(question)

        assert found.standing is Standing.ABSTAINED, found.text
        assert "18 cases" in found.text
        assert len(found.nearest) <= 3


def test_g06_a_scope_with_nothing_in_it_is_not_answered_by_the_model(ask: Ask, wire: Wire) -> None:
    model = AnswerModel("openai:lying", wire.url, deadline=20)

    found = ask(next(iter(ANSWERABLE)), model, courts=frozenset({"nowhere"}))

    assert found.standing is Standing.ABSTAINED
    assert wire.prompts == []


def test_g01_a_lying_model_gives_way_to_the_opinions_own_words(ask: Ask, wire: Wire) -> None:
    model = AnswerModel("openai:lying", wire.url, deadline=20)

    found = ask("What must a customer prove who slips on a merchant's floor?", model)

    assert "Varghese" not in found.text
    assert found.standing is Standing.GROUNDED
    assert found.footer.answer_model.startswith("none")


def test_an_extract_of_a_dissent_alone_says_that_it_is_one(ask: Ask) -> None:
    found = ask(
        "Does a covenant signed for continued employment bind?",
        kinds=frozenset({OpinionKind.DISSENT}),
    )

    assert found.standing is Standing.ABSTAINED or found.text.startswith("A dissent says: ")


OVERRULED = (
    "Did Pell v. Larkmoor Estates hold that possession is what the tenant pays for, and that the "
    "landlord who promised nothing owes no repair?"
)


def test_g05_an_overruled_case_is_said_to_be_one_before_its_words(ask: Ask) -> None:
    found = ask(OVERRULED)

    pell = [one for one in found.sources if one.case.source_id == "demo-pell-1976"]
    assert pell
    assert {one.treatment for one in pell} == {
        (
            "overruled by Dunmore v. Quillhaven Props., Ltd., 98 Merr. 2d 203 (1986), "
            "derived from its own words"
        )
    }
    assert pell[0].treated is not None
    assert "overruled" in pell[0].treated.sentence_text
    quoted = {n for claim in found.claims for n in claim.sources} & {one.n for one in pell}
    assert quoted
    assert "Pell v. Larkmoor Estates, since overruled, said: " in found.text


def test_g05_as_of_a_day_before_it_was_overruled_it_was_the_law(ask: Ask, db: Database) -> None:
    pell = case_by_source_id(db, "demo-pell-1976")
    assert pell is not None

    assert strongest(db, [pell.case_id], as_of=date(1980, 1, 1)) == {}


def test_g05_a_model_is_told_that_a_source_is_not_good_law(ask: Ask, wire: Wire) -> None:
    ask(OVERRULED, AnswerModel("openai:lying", wire.url, deadline=20))

    assert "NOT GOOD LAW (derived: overruled by Dunmore v. Quillhaven" in wire.prompts[0]
