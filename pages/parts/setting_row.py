"""One setting on the screen: what it is, what it is now, where that comes from, and trying it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.errors import OnpointError
from core.model import Provenance
from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, show, with_code
from pages.parts.setting_field import field

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import FirmSetting, TestResult

SOURCES = {
    Provenance.ENVIRONMENT: "◆ set in the environment",
    Provenance.FILE: "◆ set in onpoint.toml",
    Provenance.HERE: "● set here",
    Provenance.DEFAULT: "○ default",
}


def setting_row(app: Onpoint, row: FirmSetting) -> None:
    """Draw a setting; a change is saved at once, and said so under it."""
    with st.container(key=f"row_{row.name}"):
        what, value, source = st.columns([0.34, 0.45, 0.21], gap="medium")
        with what:
            show(_what(row))
        with value:
            field(app, row)
            tell_act(row.name)
        with source:
            show(el("p", SOURCES[row.source], class_="meta source"))
            _buttons(app, row)


def _what(row: FirmSetting) -> Html:
    locked = el("p", row.locked, class_="meta") if row.locked else None
    wrong = el("p", "△ ", row.problem, class_="bad", role="alert") if row.problem else None
    help_ = el("p", with_code(row.help), class_="meta")
    return el("div", el("b", row.label), help_, locked, wrong, class_="what")


def _buttons(app: Onpoint, row: FirmSetting) -> None:
    with st.container(horizontal=True, gap="small"):
        if row.source is Provenance.HERE and row.locked is None:
            st.button(
                "Forget it" if row.secret else "Back to default",
                key=f"unset_{row.name}",
                type="tertiary",
                help=f"{row.label}: take away what was set here",
                on_click=act,
                args=(row.name, "Taken away.", lambda: app.firm.unset(row.name)),
            )
        pressed = row.testable and st.button(
            "Try it", key=f"test_{row.name}", help=f"{row.label}: really try it now"
        )
    if pressed:
        show(_tried(app, row.name))


def _tried(app: Onpoint, name: str) -> Html:
    try:
        with st.spinner("Trying …"):
            result = app.firm.test(name)
    except OnpointError as error:
        return el("p", el("span", "△ ", class_="bad"), str(error), class_="said", role="alert")
    return _outcome(result)


def _outcome(result: TestResult) -> Html:
    shape, colour = ("✓ ", "ok") if result.passed else ("△ ", "bad")
    took = f" ({result.seconds:.1f} s)" if result.passed else ""
    return el(
        "p", el("span", shape, class_=colour), result.words, took, class_="said", role="status"
    )
