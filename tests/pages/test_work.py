"""Records and drafts at the screen: opened, confirmed, saved to a matter, edited, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from core.model import DraftId, Role, TraceId
from pages.parts.visitor import COOKIE
from tests.pages.conftest import dangers, markup, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from core.app import Onpoint
    from core.model import MatterId
    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]
QUESTION = "Is a stay pending appeal automatic, or must the applicant show irreparable injury?"


@pytest.fixture
def ann(firm: FirmAtWork, request: pytest.FixtureRequest) -> Onpoint:
    """A lawyer, who sits at the screen; the library holds one case."""
    request.getfixturevalue("library_of_one")
    return firm.app.acting_as(firm.hire("ann", Role.LAWYER))


@pytest.fixture
def matter(ann: Onpoint) -> MatterId:
    return ann.matters.open("0042-0007", "Doe removal").matter_id


def begun(ann: Onpoint, matter: MatterId) -> tuple[TraceId, DraftId]:
    answer = ann.ask(QUESTION)
    return TraceId(UUID(answer.trace_id)), ann.drafts.begin(matter, answer)


def test_an_answer_is_saved_to_a_matter_and_leads_to_its_draft_and_record(
    ann: Onpoint, matter: MatterId, visit: Visit
) -> None:
    app = visit("ask", q=QUESTION)
    assert "Copy with citations" in words(app)
    assert "Orchard v. Ferry Co., 123 U.S. 456" in markup(app)

    app = app.button(key="save_answer_go").click().run()

    (head,) = ann.drafts.all(matter)
    assert f"/draft?draft={head.draft_id}" in markup(app)
    (trace,) = ann.traces.all(matter)
    assert f"/record?trace={trace.trace_id}" in markup(app)


def test_asked_for_a_matter_the_record_is_its_teams(
    ann: Onpoint, matter: MatterId, visit: Visit
) -> None:
    app = visit("ask", q=QUESTION, matter=str(matter))
    assert "Asked for Doe removal (0042-0007): its team may open the record." in words(app)
    assert len(ann.traces.all(matter)) == 1


def test_a_record_shows_its_sources_as_they_were_and_takes_confirmations(
    ann: Onpoint, visit: Visit
) -> None:
    trace_id = TraceId(UUID(ann.ask(QUESTION).trace_id))
    app = visit("record", trace=str(trace_id))
    said = words(app)
    for expected in (
        QUESTION,
        "for nobody else to open",
        "As it was written: it agrees with the audit trail.",
        "stands in the library unchanged",
        "Searched for",
    ):
        assert expected in said
    assert dangers(markup(app)) == []

    app = app.checkbox(key=f"confirm_{trace_id}_1").check().run()
    assert "Read by Ann" in words(app)
    app = app.checkbox(key=f"reviewed_{trace_id}_0").check().run()
    trace = ann.traces.get(trace_id)
    assert trace is not None and [said.n for said in trace.confirmations] == [0, 1]
    app.checkbox(key=f"confirm_{trace_id}_1").uncheck().run()
    trace = ann.traces.get(trace_id)
    assert trace is not None and [said.n for said in trace.confirmations] == [0]


def test_records_are_listed_and_what_is_anothers_is_not_there(
    firm: FirmAtWork, ann: Onpoint, visit: Visit
) -> None:
    trace_id = ann.ask(QUESTION).trace_id
    assert QUESTION in words(visit("record"))
    firm.hire("bob", Role.LAWYER)
    assert "Nothing is recorded here." in words(visit("record"))
    for asked in (trace_id, str(uuid4()), "nonsense"):
        assert "There is no such record" in words(visit("record", trace=asked))
        assert "There is no such draft" in words(visit("draft", draft=asked))


def test_a_draft_is_edited_checked_and_brought_back(
    ann: Onpoint, matter: MatterId, visit: Visit
) -> None:
    _, draft_id = begun(ann, matter)
    app = visit("draft", draft=str(draft_id))
    field = app.text_area(key=f"draft_text_{draft_id}_1")
    field.set_value(
        f"{field.value}\n\nThe captain was drunk and liable. [1\n\n<script>alert(1)</script>"
    )
    app = app.button(key="draft_save").click().run()

    said = words(app)
    assert "Version 2 was saved. A mark of a source that was torn was mended." in said
    assert "not borne out by the source" in said and "1 no source" in said
    assert "<script>alert" not in markup(app)
    assert dangers(markup(app)) == []

    app = app.button(key="back_1").click().run()
    assert "Version 1 is the latest again, as version 3." in words(app)
    draft = ann.drafts.get(draft_id)
    assert draft is not None and draft.head.version == 3


def test_k06_what_a_colleague_saved_meanwhile_is_not_overwritten(
    ann: Onpoint, matter: MatterId, visit: Visit
) -> None:
    _, draft_id = begun(ann, matter)
    app = visit("draft", draft=str(draft_id))
    ann.drafts.save(draft_id, "Saved elsewhere.", based_on=1)
    app.text_area(key=f"draft_text_{draft_id}_1").set_value("Saved here.")
    app = app.button(key="draft_save").click().run()
    assert "has saved version 2 meanwhile. Your text was not saved" in words(app)
    # It is still there, to be copied.
    assert app.text_area(key=f"draft_unsaved_{draft_id}").value == "Saved here."
    assert app.text_area(key=f"draft_text_{draft_id}_2").value == "Saved elsewhere."
    draft = ann.drafts.get(draft_id)
    assert draft is not None and draft.version.text == "Saved elsewhere."


def test_drafts_are_listed_with_their_matter_and_removed(
    ann: Onpoint, matter: MatterId, visit: Visit
) -> None:
    assert "There is no draft here yet." in words(visit("draft"))
    _, draft_id = begun(ann, matter)
    assert "Doe removal (0042-0007)" in words(visit("draft"))
    app = visit("draft", draft=str(draft_id))
    app = app.button(key="draft_remove_go").click().run()
    assert "was removed." in words(app)
    assert ann.drafts.all() == ()


def test_files_are_given_to_whoever_may_have_them_and_to_nobody_else(
    firm: FirmAtWork, ann: Onpoint, matter: MatterId
) -> None:
    from starlette.applications import Starlette

    from pages.parts.work_routes import work_routes

    trace_id, draft_id = begun(ann, matter)
    served = TestClient(Starlette(routes=work_routes()))
    addresses = (
        f"/record/{trace_id}/log/file?form=docx",
        f"/record/{trace_id}/statement/file?form=markdown",
        f"/draft/{draft_id}/file?form=docx&cite=inline&authorities=1&foot=1",
        f"/draft/{draft_id}/statement/file?form=docx",
    )
    ann_token, bob_token = firm.sign_in("ann"), ""
    firm.hire("bob", Role.LAWYER)
    bob_token = firm.sign_in("bob")
    for address in addresses:
        given = served.get(address, headers={"cookie": f"{COOKIE}={ann_token}"})
        assert given.status_code == 200
        assert given.headers["content-disposition"].startswith("attachment; ")
        assert given.headers["cache-control"] == "private, no-store"
        refused = served.get(address, headers={"cookie": f"{COOKIE}={bob_token}"})
        assert refused.status_code == 404
        assert served.get(address).status_code == 401
    assert served.get(f"/record/{trace_id}/secrets/file").status_code == 404
