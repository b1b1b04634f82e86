"""Our search as LangChain's retriever: what LangChain asks of one, and what we ask of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from pydantic import ValidationError

from core.app import Onpoint
from core.errors import LimitReached, ModelFailed, NotAllowed
from core.model import CaseId, Filters, OpinionKind, PageLabel
from core.programs.retriever import OnpointRetriever
from tests.db.office import DUTY, TAX, Office, matter_with, open_office
from tests.db.test_search import add, record
from tests.fix_db import TestServer, made

QUERY = "duty to warn the tenant of ice"
DISSENT = "I dissent. There is no duty to warn the tenant of ice that anybody can see."


@pytest.fixture(scope="module")
def office(
    server: TestServer, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with made(server, template) as url:
        opened = open_office(url, server.as_admin(url), tmp_path_factory.mktemp("home"))
        with closing(opened.app) as app:
            stairs = record(
                *("stairs", DUTY, DISSENT),
                name="Ice v. Stairs",
                citations=("556 U.S. 418",),
                pages=[PageLabel(start=0, label="418"), PageLabel(start=60, label="419")],
            )
            others = [
                record(f"other-{n}", f"{DUTY} Number {n}. {TAX}", name=f"Party{n} v. Lessor")
                for n in range(4)
            ]
            add(app._db, app._house.encoder(), stairs, *others)
            yield opened


@pytest.fixture
def app(office: Office) -> Onpoint:
    return office.app


# --- what LangChain's own standard tests for retrievers ask (langchain-tests 1.1.9) ---


@pytest.mark.parametrize("k", [1, 3])
def test_k_of_the_constructor_and_k_of_the_call_are_how_many_documents_come(
    app: Onpoint, k: int
) -> None:
    for found in (
        OnpointRetriever(app=app, k=k).invoke(QUERY),
        OnpointRetriever(app=app).invoke(QUERY, None, k=k),
    ):
        assert len(found) == k
        assert all(isinstance(document, Document) for document in found)


def test_it_answers_in_a_batch_in_a_stream_and_without_blocking(app: Onpoint) -> None:
    retriever = OnpointRetriever(app=app, k=2)
    once = retriever.invoke(QUERY)
    assert asyncio.run(retriever.ainvoke(QUERY)) == once
    assert retriever.batch([QUERY, QUERY]) == [once, once]
    assert list(retriever.stream(QUERY)) == [once]


def test_it_stands_in_a_chain_of_runnables(app: Onpoint) -> None:
    cited = RunnableLambda(lambda found: [one.metadata["citation"] for one in found])
    prompt = RunnableLambda(lambda given: f"{given['question']} {given['sources']}")
    chain = {
        "sources": OnpointRetriever(app=app, k=1) | cited,
        "question": RunnablePassthrough(),
    } | prompt
    assert (
        chain.invoke("556 U.S. 418")
        == "556 U.S. 418 ['Ice v. Stairs, 556 U.S. 418, 418–19 (2009)']"
    )


# --- what we ask ---


def test_a_document_is_a_passage_verbatim_cited_with_its_page_and_its_part(app: Onpoint) -> None:
    found = OnpointRetriever(app=app, k=50).invoke(QUERY)
    texts = {
        opinion.opinion_id: opinion.text for n in range(1, 6) for opinion in app.opinions(CaseId(n))
    }
    for one in found:
        given = one.metadata
        assert one.page_content == texts[given["opinion_id"]][given["start"] : given["end"]]
    (dissent,) = [one for one in found if one.metadata["opinion_type"] == "dissent"]
    (stairs,) = [one for one in found if one.metadata["citation"].endswith("418–19 (2009)")]
    assert stairs.metadata == {
        "source_id": "stairs",
        "case_name": "Ice v. Stairs",
        "citation": "Ice v. Stairs, 556 U.S. 418, 418–19 (2009)",
        "pincite": "418–19",
        "opinion_type": "majority",
        "author": None,
        "court": "scotus",
        "date": "2009-04-22",
        "opinion_id": stairs.metadata["opinion_id"],
        "start": 0,
        "end": len(DUTY),
    }
    assert dissent.page_content == DISSENT
    assert len({one.id for one in found}) == len(found)


def test_each_case_has_its_turn_before_any_has_a_second(app: Onpoint) -> None:
    found = OnpointRetriever(app=app, k=6).invoke(QUERY)
    first = [one.metadata["source_id"] for one in found[:5]]
    assert len(set(first)) == 5
    order = [hit.case.source_id for hit in app.search(QUERY, k=6).hits]
    assert first == order


def test_filters_and_mode_narrow_it(app: Onpoint) -> None:
    dissents = Filters(kinds=frozenset({OpinionKind.DISSENT}))
    found = OnpointRetriever(app=app, filters=dissents).invoke(QUERY)
    assert {one.metadata["opinion_type"] for one in found} == {"dissent"}
    assert OnpointRetriever(app=app, filters=Filters(courts=frozenset({"ca1"}))).invoke(QUERY) == []


@pytest.mark.parametrize("k", [0, -1, 101])
def test_more_or_less_than_can_be_is_refused_or_bounded(app: Onpoint, k: int) -> None:
    with pytest.raises(ValidationError):
        OnpointRetriever(app=app, k=k)
    assert 1 <= len(OnpointRetriever(app=app).invoke(QUERY, None, k=k)) <= 6


def test_it_finds_as_the_person_for_whom_the_library_was_opened(office: Office) -> None:
    with pytest.raises(NotAllowed):
        OnpointRetriever(app=office.hire("none")).invoke(QUERY)
    ada = office.hire("ada", "lawyer")
    office.app.firm.set("searches_per_hour", 1)
    OnpointRetriever(app=ada).invoke(QUERY)
    with pytest.raises(LimitReached):
        OnpointRetriever(app=ada).invoke(QUERY)
    office.app.firm.unset("searches_per_hour")
    assert [entry.action for entry in ada.trail.mine()] == ["limit", "search"]


def test_what_is_a_matters_own_is_in_no_document(office: Office) -> None:
    bob = office.hire("bob", "lawyer")
    matter_with(bob, "7", f"{DUTY} The canary sang.")
    found = OnpointRetriever(app=bob, k=50).invoke("duty to warn canary sang")
    assert found
    assert not any("canary" in one.page_content for one in found)


def test_h10_while_tracing_to_another_firm_is_on_nothing_is_found_for_it(
    app: Onpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelFailed, match="LangSmith tracing"):
        OnpointRetriever(app=app)._get_relevant_documents(QUERY, run_manager=None)  # type: ignore[arg-type]


def test_it_is_printed_without_the_library_behind_it(app: Onpoint) -> None:
    retriever = OnpointRetriever(app=app, k=2)
    assert "Onpoint object" not in repr(retriever)
    assert "app" not in retriever.model_dump()
