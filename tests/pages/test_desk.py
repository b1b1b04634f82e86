"""The filings desk's screens and addresses: what is shown of files, to whom, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.ingest import work
from core.ingest.worker import drain
from core.model import (
    FileKind,
    FilingId,
    FilingPage,
    MatterId,
    PageState,
    Role,
    Span,
    Upload,
    UploadState,
)
from pages.parts import desk_list
from pages.parts.app import open_app
from pages.parts.filing_routes import filing_routes
from pages.parts.filing_sheet import page_at, read_how
from pages.parts.upload_words import Heap, after, heap_of, how_far, state_mark, weight
from pages.parts.visitor import COOKIE
from tests.hostile_files import one_page, said
from tests.pages.conftest import dangers, markup, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]

HOSTILE = "<img src=x onerror=alert(1)> letter.txt"
LETTER = b"The quicksilver ledger of the harbor was kept in two hands."
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
UPLOAD = Upload(
    filing_id=FilingId(uuid4()),
    matter_id=MatterId(uuid4()),
    name="Brief.pdf",
    kind=FileKind.PDF,
    bytes=19_208,
    state=UploadState.WORKING,
    step="parse",
    done=0,
    total=0,
    reason=None,
    seconds_left=None,
    part_of=None,
    pages=None,
    passages=None,
    duplicate_of=None,
    added_by="Anna Berg",
    accepted_at=NOON,
    answerable_at=None,
)


# --- words ---


@pytest.mark.parametrize("state", list(UploadState))
def test_each_state_has_a_shape_and_a_word_besides_its_colour_and_lies_on_one_heap(
    state: UploadState,
) -> None:
    upload = replace(UPLOAD, state=state, step=None)
    shape, word = state_mark(upload).split(">")[1].split("<")[0].split(" ", 1)
    assert not shape.isalnum()
    assert word.replace(" ", "").isalpha()
    assert heap_of(upload) in {*Heap}


def test_work_under_way_says_what_is_done_how_far_it_is_and_how_long_it_takes() -> None:
    upload = replace(UPLOAD, step="ocr", done=12, total=40, seconds_left=95.0)
    told = how_far(upload)
    assert "reading the scanned pages" in told
    assert "12 of 40" in told
    assert "about 2 min left" in told
    assert 'style="width:30.0%"' in told


def test_an_upload_says_how_long_it_took_to_become_answerable() -> None:
    upload = replace(UPLOAD, answerable_at=NOON + timedelta(seconds=7))
    assert after(upload) == "7 s later"
    assert after(UPLOAD) == ""


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (19_208, "19 KB"), (4_200_000, "4.2 MB")],
)
def test_a_size_is_said_in_words(size: int, said: str) -> None:
    assert weight(size) == said


def test_a_page_that_was_read_unsurely_says_so_and_one_that_was_not_read_too() -> None:
    page = FilingPage(
        number=1,
        label=None,
        span=Span(0, 10),
        notes=Span(40, 50),
        width=612,
        height=792,
        state=PageState.OCR,
        confidence=0.42,
    )
    assert "42 % sure: look before you quote" in str(read_how(page))
    assert "91 % sure" in str(read_how(replace(page, confidence=0.91)))
    assert "needs OCR" in str(read_how(replace(page, state=PageState.NEEDS_OCR)))
    assert read_how(replace(page, state=PageState.TEXT)) is None
    # A passage in its footnotes is on the page as much as one in its body.
    assert page_at([page], Span(44, 46)) is page
    assert page_at([page], Span(12, 20)) is None


# --- screens ---


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be kept in the test's own folder."""
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))


@pytest.fixture
def matter(request: pytest.FixtureRequest, firm: FirmAtWork) -> MatterId:
    """A matter of a firm whose library holds a case and whose files are kept aside."""
    request.getfixturevalue("library_of_one")
    return firm.app.matters.open("0042-0007", "Doe removal").matter_id


def worked(firm: FirmAtWork, matter: MatterId, name: str, told: bytes) -> Upload:
    """Hand a file in and do all that is to be done on it."""
    upload = firm.app.filings.upload(matter, name, [told])
    drain(firm.app._house.shop)
    now = firm.app.filings.upload_of(upload.filing_id)
    assert now is not None
    return now


def test_i01_the_name_and_the_words_of_a_file_are_shown_as_words_on_the_desk_and_on_its_page(
    visit: Visit, firm: FirmAtWork, matter: MatterId
) -> None:
    upload = worked(firm, matter, HOSTILE, b"<script>alert(1)</script> " + LETTER)
    for query in ({}, {"filing": str(upload.filing_id)}):
        app = visit("filings", **query)
        assert HOSTILE in words(app)
        assert dangers(markup(app)) == []
        assert not app.exception


def test_a_page_is_shown_as_a_picture_with_the_passage_marked_and_its_text_is_one_click_away(
    visit: Visit, firm: FirmAtWork, matter: MatterId
) -> None:
    upload = worked(firm, matter, "Brief.pdf", one_page(said(LETTER.decode())))
    assert (upload.state, upload.pages) == (UploadState.SEARCHABLE, 1)
    app = visit("filings", filing=str(upload.filing_id), at="4-22")
    assert f'src="/filing/{upload.filing_id}/page/1.png' in markup(app)
    assert markup(app).count('class="lit"') == 1
    assert "Page 1 of 1" in words(app)
    as_text = visit("filings", filing=str(upload.filing_id), at="4-22", text="1")
    assert "<mark>quicksilver ledger</mark>" in markup(as_text)


def test_b01_a_file_of_another_matter_is_told_like_one_that_never_was(
    visit: Visit, firm: FirmAtWork, matter: MatterId
) -> None:
    hidden = worked(firm, matter, "Brief.txt", LETTER).filing_id
    firm.hire("anna", Role.PARALEGAL)
    told = {words(visit("filings", filing=str(one))) for one in (hidden, uuid4(), "nonsense")}
    assert len(told) == 1
    assert "There is no such filing" in told.pop()


def test_a_desk_of_many_matters_asks_the_database_as_often_as_one_of_few(
    visit: Visit, firm: FirmAtWork, matter: MatterId, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    execute = psycopg.Cursor.execute

    def counted(self: psycopg.Cursor, *given: object, **more: object) -> object:
        nonlocal asked
        asked += 1
        return execute(self, *given, **more)  # type: ignore[arg-type]

    def statements() -> int:
        nonlocal asked
        visit("filings")
        asked = 0
        assert not visit("filings").exception
        return asked

    worked(firm, matter, "Brief.txt", LETTER)
    monkeypatch.setattr(psycopg.Cursor, "execute", counted)
    few = statements()
    for n in range(20):
        held = firm.app.matters.open(f"{n}", "Many").matter_id
        firm.app.filings.upload(held, f"Letter {n}.txt", [LETTER, str(n).encode()])
    drain(firm.app._house.shop)
    assert statements() == few


def test_a_long_heap_is_shown_in_parts_that_lead_to_each_other(
    visit: Visit, firm: FirmAtWork, matter: MatterId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_list, "SOME", 1)
    monkeypatch.setattr(desk_list, "MANY", 2)
    for n in range(4):
        worked(firm, matter, f"Letter {n}.txt", LETTER + str(n).encode())
    firm.app.filings.add_text(matter, "A memorandum", "It was written here.")
    assert "4 more" in words(visit("filings"))
    shown = [visit("filings", show="searchable", part=part) for part in ("1", "2", "3", "9")]
    told = [words(app) for app in shown]
    assert ["Letter 3" in each for each in told] == [True, False, False, False]
    assert ["Letter 0" in each for each in told] == [False, True, False, False]
    assert ["A memorandum" in each for each in told] == [False, False, True, True]
    assert ["to" in each for each in told] == [True] * 4
    assert "3 to 4 of 5" in told[1]
    assert "part=3" in markup(shown[1])
    assert "1 more" not in words(visit("filings", name="letter 2"))


def test_filings_that_an_earlier_version_has_read_are_read_again_with_a_click(
    visit: Visit, firm: FirmAtWork, matter: MatterId, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(firm, matter, "Letter.txt", LETTER)
    assert "earlier version" not in words(visit("filings"))
    monkeypatch.setattr(work, "VERSION", work.VERSION + 1)
    app = visit("filings")
    assert "1 filing was read by an earlier version of Onpoint" in words(app)
    app.button(key="read_again").click().run()
    assert "1 filing to be read again" in words(app)
    drain(firm.app._house.shop)
    assert "earlier version" not in words(visit("filings"))


# --- addresses ---


@pytest.fixture
def browser(firm: FirmAtWork, matter: MatterId) -> Callable[[str], TestClient]:
    """Return a browser with the cookie of whoever signs in."""

    def _browser(login: str) -> TestClient:
        app = Starlette(routes=filing_routes())
        token = firm.sign_in(login)
        return TestClient(app, base_url="http://localhost", cookies={COOKIE: token})

    return _browser


Browsers = "Callable[[str], TestClient]"


def test_a_file_is_sent_in_by_its_team_and_is_given_back_byte_for_byte(
    firm: FirmAtWork, matter: MatterId, browser: Browsers
) -> None:
    firm.app.matters.add(matter, firm.hire("anna", Role.PARALEGAL))
    anna = browser("anna")
    name = {"X-File-Name": "%E2%80%9CBrief%E2%80%9D.txt"}
    sent = anna.post(f"/filing/upload?matter={matter}", content=LETTER, headers=name)
    assert (sent.status_code, sent.json()["held"]) == (201, False)
    again = anna.post(f"/filing/upload?matter={matter}", content=LETTER, headers=name)
    assert again.json() == sent.json() | {"held": True}

    given = anna.get(f"/filing/{sent.json()['filing_id']}/file")
    assert given.content == LETTER
    assert given.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%E2%80%9CBrief%E2%80%9D.txt"
    )
    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["cache-control"] == "private, no-store"
    assert "sandbox" in given.headers["content-security-policy"]
    took = [entry.words for entry in firm.app.trail.entries() if entry.action == "filing.take"]
    assert took == ["Took a copy of the file “Brief”.txt"]


def test_c20_whoever_is_not_of_the_team_is_given_nothing_and_nothing_is_taken_from_them(
    firm: FirmAtWork, matter: MatterId, browser: Browsers
) -> None:
    upload = worked(firm, matter, "Brief.pdf", one_page(said(LETTER.decode())))
    page, file = (f"/filing/{upload.filing_id}/{what}" for what in ("page/1.png", "file"))
    firm.hire("anna", Role.PARALEGAL)
    anna = browser("anna")
    never = f"/filing/{uuid4()}/file"
    answers = [anna.get(address) for address in (page, file, never)]
    assert {(one.status_code, one.text) for one in answers} == {
        (404, '{"error":"There is no such filing."}')
    }
    sent = anna.post(f"/filing/upload?matter={matter}", content=b"Mine.")
    assert (sent.status_code, sent.json()) == (404, {"error": "There is no such matter."})

    stranger = TestClient(Starlette(routes=filing_routes()), base_url="http://localhost")
    assert {stranger.get(one).status_code for one in (page, file)} == {401}
    assert stranger.post(f"/filing/upload?matter={matter}").status_code == 401


def test_a_page_is_drawn_as_wide_as_it_is_asked_for_within_bounds(
    firm: FirmAtWork, matter: MatterId, browser: Browsers
) -> None:
    upload = worked(firm, matter, "Brief.pdf", one_page(said(LETTER.decode())))
    firm.app.matters.add(matter, firm.hire("anna", Role.LAWYER))
    anna = browser("anna")
    for asked, drawn in (("300", 300), ("1", 120), ("999999", 1100), ("x", 1100)):
        answer = anna.get(f"/filing/{upload.filing_id}/page/1.png?width={asked}")
        assert answer.headers["content-type"] == "image/png"
        assert int.from_bytes(answer.content[16:20], "big") == drawn
    assert anna.get(f"/filing/{upload.filing_id}/page/2.png").status_code in {400, 404}


def test_a_file_that_is_too_large_is_refused_in_words(
    firm: FirmAtWork, matter: MatterId, browser: Browsers
) -> None:
    firm.app.matters.add(matter, firm.hire("anna", Role.PARALEGAL))
    firm.app.firm.set("filing_megabytes", 1)
    sent = browser("anna").post(f"/filing/upload?matter={matter}", content=b"x" * 1_000_001)
    assert (sent.status_code, sent.json()) == (413, {"error": "A filing may have 1 MB at most."})
    assert open_app().filings.uploads(matter) == ()
