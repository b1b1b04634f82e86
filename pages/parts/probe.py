"""The wall probe: a made-up paper behind a wall, looked for in every way the walled person has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.html import Html, el, show
from pages.parts.matter_team import called, choose_person
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import ProbeReport, WallCheck


def probe(app: Onpoint) -> None:
    """Draw the probe: whom to try it as, and what came of it."""
    show(
        el(
            "div",
            el("h2", "Do the walls hold?"),
            el(
                "p",
                "The probe looks for a hidden, made-up filing as the person you choose: in search, "
                "answers, lists and the trail. Then it takes the filing away again.",
                class_="meta",
            ),
            class_="part",
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="probe"):
        person = choose_person("Try it as", app.people.colleagues(), "probe_who")
        pressed = st.button("Probe the walls", key="probe_go", disabled=person is None)
    if pressed and person is not None:
        with st.spinner("Probing …"):
            report = app.walls.probe(person.person_id)
        show(_report(called(person), report))


def _report(name: str, report: ProbeReport) -> Html:
    held = sum(check.holds for check in report.checks)
    said = (
        f"The walls hold: {name} saw nothing of it in {counted(held, 'way')} of looking."
        if report.holds
        else f"A wall does not hold before {name}. Take them off the matters concerned, and tell "
        "whoever runs this Onpoint."
    )
    shape, colour = ("✓ ", "ok") if report.holds else ("△ ", "bad")
    rows = (_check(check) for check in report.checks)
    stands = f"{name} stands before {counted(report.walls, 'wall')} that you may see."
    return el(
        "div",
        el("p", el("span", shape, class_=colour), said, role="status"),
        el("table", *rows, class_="held-list wide"),
        el("p", f"{stands} Tried in {report.seconds:.1f} s.", class_="meta"),
        class_="probe-report",
    )


def _check(check: WallCheck) -> Html:
    if check.holds:
        told = el("span", "✓ nothing seen", class_="ok")
    else:
        what = "it was shown" if not check.clean else "something differed"
        told = el("span", f"△ {what}", class_="bad")
    return el("tr", el("td", check.words), el("td", told, class_="nb"))
