"""The ways cases come into the library, and what an empty one says first.

An import goes on beside the screen, says how far it is, and can be stopped and run again.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.errors import tell
from pages.parts.html import Html, el, joined, show
from pages.parts.progress import outcome, progress_line
from pages.parts.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.app import Onpoint
    from core.ingest.pipeline import ImportProgress, ImportReport

    Import = Work[ImportProgress, ImportReport]

# Seconds between two looks at an import.
GLANCE = 1.0


class Desk:
    """The one import this server may have under way, whoever started it."""

    def __init__(self) -> None:
        self.work: Import | None = None

    def begin(
        self, title: str, do: Callable[[Callable[[ImportProgress], None]], ImportReport]
    ) -> None:
        """Start an import unless one is under way; a double click starts one only."""
        if self.work is None or self.work.done:
            self.work = Work(title, do)


@st.cache_resource
def desk() -> Desk:
    return Desk()


def greet(app: Onpoint) -> None:
    """Say that the library is empty and show the three ways in, to whoever may import."""
    words = (
        "The library is empty. There are three ways to begin; each is one click or one command."
        if may_import(app)
        else "The library is empty. A paralegal or an administrator of the firm brings cases in."
    )
    show(el("div", el("h1", "Welcome to Onpoint"), el("p", words, class_="meta"), class_="quiet"))
    if may_import(app):
        ways_in(app)


def may_import(app: Onpoint) -> bool:
    return "import_jsonl" in app.who.rights()


def import_seen() -> None:
    """Show the import under way, or how the last one ended, until the reader has put it away."""
    work = desk().work
    if work is not None:
        _ended(work) if work.done else _under_way()


def ways_in(app: Onpoint) -> None:
    """Draw the import under way, or the three ways to start one."""
    if desk().work is not None:
        import_seen()
        return
    demo, files, network = st.columns(3, gap="large")
    with demo:
        _demonstration(app)
    with files:
        _files(app)
    with network:
        _network(app)


@st.fragment(run_every=GLANCE)
def _under_way() -> None:
    work = desk().work
    if work is None or work.done:
        # The whole screen once more: what is held has changed.
        st.rerun(scope="app")
    now = work.notes[-1] if work.notes else None
    show(progress_line(work.title, now, stopping=work.stopped))
    st.button("Stop", key="import_stop", on_click=work.stop, disabled=work.stopped)


def _ended(work: Import) -> None:
    if work.error:
        tell(work.error)
    show(outcome(work.title, work.outcome, stopped=work.stopped))
    st.button("Done", key="import_done", on_click=_clear)


def _clear() -> None:
    desk().work = None


def _demonstration(app: Onpoint) -> None:
    show(
        _way(
            "Look around first",
            "A small demonstration library: opinions of an invented jurisdiction, marked as "
            "invented wherever they appear. It can be searched, read and asked at once.",
        )
    )
    st.button(
        "Load the demonstration library",
        key="import_demo",
        type="primary",
        on_click=lambda: desk().begin(
            "The demonstration library", lambda note: app.import_demo(on_progress=note)
        ),
    )


def _files(app: Onpoint) -> None:
    show(
        _way(
            "Real cases from files",
            "JSON lines (plain or gzipped), one case a line; or a folder of text and HTML files.",
        )
    )
    path = st.text_input(
        "File or folder on this computer", key="import_path", placeholder="/data/opinions.jsonl.gz"
    )
    st.button(
        "Import",
        key="import_path_go",
        disabled=not path.strip(),
        on_click=_begin_path,
        args=(app, path.strip()),
    )
    given = st.file_uploader(
        "Or upload", key="import_upload", type=["jsonl", "gz", "json"], accept_multiple_files=True
    )
    if given and st.button("Import what was uploaded", key="import_upload_go"):
        paths = [_kept(file.name, file.getvalue()) for file in given]
        desk().begin("Uploaded files", lambda note: app.import_jsonl(paths, on_progress=note))
        st.rerun()


def _begin_path(app: Onpoint, written: str) -> None:
    path = Path(written).expanduser()
    read = partial(app.import_folder, path) if path.is_dir() else partial(app.import_jsonl, [path])
    desk().begin(path.name or written, lambda note: read(on_progress=note))


def _kept(name: str, content: bytes) -> Path:
    """Keep an uploaded file where the import can read it; only the ending of its name is used."""
    ending = ".jsonl.gz" if name.lower().endswith(".gz") else ".jsonl"
    with tempfile.NamedTemporaryFile(prefix="onpoint-", suffix=ending, delete=False) as file:
        file.write(content)
    return Path(file.name)


def _network(app: Onpoint) -> None:
    show(
        _way(
            "Real cases from the network",
            "The Caselaw Access Project and CourtListener publish American case law. "
            "In a terminal, one command each:",
            el("code", "onpoint import cap https://static.case.law/us/556/"),
            el("code", "onpoint import courtlistener --court scotus"),
        )
    )
    place = st.text_input(
        "Caselaw Access Project: address, folder or zip of a volume",
        key="import_cap",
        placeholder="https://static.case.law/us/556/",
    ).strip()
    st.button(
        "Import the volume",
        key="import_cap_go",
        disabled=not place,
        on_click=lambda: desk().begin(place, partial(_from_cap, app, place)),
    )
    token = st.text_input("CourtListener: your API token", key="import_token", type="password")
    court = st.text_input("Court (an id)", key="import_court", placeholder="scotus").strip()
    st.button(
        "Import the court",
        key="import_courtlistener_go",
        disabled=not (token and court),
        on_click=lambda: desk().begin(
            f"CourtListener, {court}", partial(_from_courtlistener, app, token, court)
        ),
    )


def _from_cap(app: Onpoint, place: str, note: Callable[[ImportProgress], None]) -> ImportReport:
    return app.import_cap(place, on_progress=note)


def _from_courtlistener(
    app: Onpoint, token: str, court: str, note: Callable[[ImportProgress], None]
) -> ImportReport:
    return app.import_courtlistener_api(token, court=court, on_progress=note)


def _way(title: str, words: str, *more: Html) -> Html:
    return joined(
        [el("h2", title), el("p", words, class_="meta"), *(el("p", line) for line in more)]
    )
