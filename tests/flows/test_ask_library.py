"""Ask over a real library: imported, searched and compared by the real encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest

from core.ask.answer import answer
from core.ask.deeper import Depth
from core.ask.llm import AnswerModel
from core.ingest.demo import demo_path
from core.ingest.importers.jsonl import read_jsonl
from core.ingest.meter import Meter
from core.ingest.pipeline import import_cases
from core.library import cases
from core.library.db import Database
from core.model import Answer, Filters, OpinionKind, Standing, Support
from core.search.encoder import Encoder, load_encoder
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
    "Does accidental disclosure waive the attorney-client privilege?": "demo-thistledown-1999",
}
UNANSWERABLE = (
    "How long should sourdough bread be proofed before baking?",
    "What notice does French labour law require before a dismissal?",
    "Who won the World Cup final in 2022?",
    "Does the Digital Asset Market Act of 2025 treat stablecoins as securities?",
)


@pytest.fixture
def ask(db: Database, encoder: Encoder) -> Ask:
    """Ask the demonstration library."""
    import_cases(db, partial(load_encoder, "packaged"), read_jsonl([demo_path()], meter=Meter()))
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
