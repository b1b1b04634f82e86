"""Settings: how the whole firm's Onpoint behaves, each value with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.app import desk
from pages.parts.html import Html, el, joined, show
from pages.parts.look import wake_browser
from pages.parts.setting_row import setting_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.model import FirmSetting

# The groups that an administrator comes for stand first.
FIRST = ("Voice", "Answers", "Models outside the firm")
# What is to be known of a group before its values, where its name does not say it all.
LEADS = {
    "Voice": "Sources supply every fact of an answer; the voice only words it. "
    "It is used after an answer is grounded, and the foot of each answer says which one was.",
    "Models outside the firm": "Where this is off, no connection to an outside model is opened.",
}


def draw() -> None:
    app = desk()
    groups: dict[str, list[FirmSetting]] = {name: [] for name in FIRST}
    for row in app.firm.table():
        groups.setdefault(row.group, []).append(row)
    said = "A change takes effect at once, for everybody, and can be taken back in the audit trail."
    show(joined([el("h1", "Settings"), el("p", said, class_="meta")]))
    left, right = st.columns([0.17, 0.83], gap="large")
    with left:
        show(_contents(groups))
    with right:
        for name, some in groups.items():
            show(_head(name))
            for row in some:
                setting_row(app, row)


def _contents(groups: Iterable[str]) -> Html:
    links = (el("a", name, href=f"#{_place(name)}") for name in groups)
    return el("nav", *links, class_="toc contents", aria_label="Groups of settings")


def _head(name: str) -> Html:
    lead = LEADS.get(name)
    return el(
        "div",
        el("h2", name),
        el("p", lead, class_="meta") if lead else None,
        class_="part",
        id=_place(name),
    )


def _place(group: str) -> str:
    return "set-" + "-".join(group.lower().split())


draw()
wake_browser()
