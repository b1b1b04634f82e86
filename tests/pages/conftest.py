"""Screens drawn by Streamlit's own test runner, over the real facade and a real database."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from core.app import Onpoint
from core.settings import Settings
from pages.parts.app import open_app
from pages.parts.welcome import desk
from tests.fix_db import TestServer, made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENTRY = str(Path(__file__).parents[2] / "streamlit_app.py")
PATIENCE = 600  # seconds: the first search of a run loads the encoder

LINES = [
    {
        "id": "orchard",
        "court": "scotus",
        "court_name": "Supreme Court of the United States",
        "case_name": "Orchard v. Ferry Company",
        "docket_number": "12-345",
        "date_filed": "1999-04",
        "citations": ["123 U.S. 456", "45 S. Ct. 67"],
        "opinions": [
            {
                "type": "majority",
                "author": "Holm",
                "text": "The ferry ran late."
                + " The river was high that spring, and nobody crossed it." * 9
                + "\n\nA stay pending appeal is never automatic; the "
                "applicant must show irreparable injury.\n\nThe judgment is affirmed.",
                "pages": [{"label": "456", "start": 0}, {"label": "457", "start": 515}],
            },
            {"type": "dissent", "author": "WEIR", "text": "I would reverse the ferry judgment."},
        ],
    },
    {
        "id": "<script>alert(1)</script>",
        "court": "unknown",
        "court_name": "<img src=x onerror=alert(1)> Court",
        "case_name": "<svg/onload=alert(1)> v. javascript:alert(1)",
        "docket_number": '"><script>alert(2)</script>',
        "date_filed": None,
        "citations": [],
        "opinions": [
            {
                "type": "combined",
                "author": "<b onmouseover=alert(1)>Judge</b>",
                "text": "<script>alert(3)</script> quicksilver [link](javascript:alert(4)) "
                "<a href='data:text/html,x'>here</a>.",
            }
        ],
    },
]


@pytest.fixture(scope="session")
def library_url(
    server: TestServer, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a database that holds two cases, one of them hostile in every field."""
    file = tmp_path_factory.mktemp("cases") / "two.jsonl"
    file.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    with made(server, template) as url:
        with Onpoint.open(Settings(DATABASE_URL=url)) as app:
            report = app.import_jsonl([file])
        assert (report.cases, report.failed) == (2, ())
        yield url
        open_app.clear()


@pytest.fixture
def closed() -> Iterator[None]:
    """Let the next screen open its library anew, and the one after this test too."""
    open_app.clear()
    yield
    open_app.clear()
    desk.clear()


@pytest.fixture
def empty(database_url: str, closed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the screens stand on a library with nothing in it."""
    monkeypatch.setenv("DATABASE_URL", database_url)


@pytest.fixture
def two_cases(library_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the screens stand on the library of two cases, which stays open between tests."""
    monkeypatch.setenv("DATABASE_URL", library_url)


@pytest.fixture(autouse=True)
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Streamlit's test runner draw each run within the frame, as our server does (lifespan)."""
    begin = PagesManager.__init__

    def _begin(self: PagesManager, *args: object, **kwargs: object) -> None:
        PagesManager.uses_pages_directory = False
        begin(self, *args, **kwargs)

    monkeypatch.setattr(PagesManager, "__init__", _begin)


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Return what a browser does: open a screen with a query in the address."""

    def _visit(screen: str = "search", **query: str) -> AppTest:
        app = AppTest.from_file(ENTRY, default_timeout=PATIENCE)
        app.run()
        if screen != "search":
            app.switch_page(f"pages/{screen}.py")
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return _visit


def markup(app: AppTest) -> str:
    """Return all the HTML that a screen shows, but for the stylesheet."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def words(app: AppTest) -> str:
    """Return what a reader sees of the HTML of a screen, white space made single."""
    reader = _Reader()
    reader.feed(markup(app))
    return " ".join("".join(reader.text).split())


def dangers(html: str) -> list[str]:
    """Return what could run or load something: tags, attributes and addresses not of our own."""
    reader = _Reader()
    reader.feed(html)
    return reader.dangers


class _Reader(HTMLParser):
    OWN_TAGS = frozenset(
        "a article aside b br button code del details div em h1 h2 h3 h4 header i img ins li mark "
        "nav p section span summary sup table td th tr ul".split()
    )

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.dangers: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.OWN_TAGS:
            self.dangers.append(f"<{tag}>")
        for name, value in attrs:
            leads_off = name == "href" and not (value or "").startswith(("/", "?", "#"))
            # A picture of a page comes from this server, by an address of its own.
            fetched = name == "src" and not (value or "").startswith("/filing/")
            if name.startswith("on") or name in {"srcdoc", "action"} or fetched or leads_off:
                self.dangers.append(f"{tag} {name}={value}")
        self.text.append(" ")
