"""Library: what is held, and the ways more comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.app import desk
from pages.parts.html import Html, el, joined, show
from pages.parts.look import wake_browser
from pages.parts.welcome import greet, may_import, ways_in
from pages.parts.words import years_covered

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Coverage


def draw() -> None:
    app = desk()
    coverage = app.coverage()
    if not coverage.cases:
        greet(app)
        return
    show(joined([el("h1", "Library"), _facts(coverage)]))
    if not may_import(app):
        show(_courts(app))
        return
    held, more = st.tabs(["What is held", "Import more"], key="library_tab")
    with held:
        show(_courts(app))
    with more:
        ways_in(app)


def _facts(coverage: Coverage) -> Html:
    facts = (
        (f"{coverage.cases:,}", "cases"),
        (f"{coverage.opinions:,}", "opinions"),
        (f"{coverage.courts:,}", "courts"),
        (years_covered(coverage) or "–", "decided"),
        (f"{coverage.undated:,}", "with no date known") if coverage.undated else None,
        (str(coverage.revision), f"library revision{_changed(coverage)}"),
    )
    return el("div", *(_fact(*fact) for fact in facts if fact), class_="facts")


def _fact(number: str, meaning: str) -> Html:
    return el("div", el("b", number), el("span", meaning))


def _changed(coverage: Coverage) -> str:
    day = coverage.changed_at
    return f", {day:%B} {day.day}, {day:%Y, %H:%M} UTC" if day else ""


def _courts(app: Onpoint) -> Html:
    rows = [
        el("tr", el("td", count.court.name), el("td", f"{count.cases:,}", class_="n"))
        for count in sorted(app.courts(), key=lambda count: (-count.cases, count.court.name))
    ]
    head = el("tr", el("th", "Court", scope="col"), el("th", "Cases", scope="col", class_="n"))
    return el("table", head, *rows, class_="held-list")


draw()
wake_browser()
