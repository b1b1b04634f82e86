"""Audit: who did what and when, who saw which passage, and whether the trail is whole."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from core.model import LegalDate, TrailForm
from pages.parts.acts import tell_act
from pages.parts.address import chosen_one, typed
from pages.parts.app import desk
from pages.parts.html import el, joined, show
from pages.parts.links import read_id
from pages.parts.look import wake_browser
from pages.parts.trail_view import KINDS, older, trail

if TYPE_CHECKING:
    from core.app import Onpoint

PER_PAGE = 50


def draw() -> None:
    app = desk()
    said = (
        "Everything done here, the latest first. Entries are added and never changed; what "
        "concerns a matter you are kept out of is not among them."
    )
    show(joined([el("h1", "Audit"), el("p", said, class_="meta")]))
    left, right = st.columns([0.76, 0.24], gap="large")
    with right, st.container(key="filters"):
        asked = _asked(app)
        _export(app, asked)
        _verify(app)
    with left:
        tell_act("audit")
        before = read_id(st.query_params.get("before", ""))
        entries = app.trail.entries(**asked, before=before, k=PER_PAGE + 1)
        trail(app, entries[:PER_PAGE])
        show(older("audit", entries, PER_PAGE))


def _asked(app: Onpoint) -> dict[str, object]:
    """Draw the fields that narrow the trail, and return what they say."""
    people = {str(one.person_id): one.name or one.login for one in app.people.all()}
    who = chosen_one("Who", people, "who", "Everybody")
    what = chosen_one("What", KINDS, "what", "Everything")
    since, until = _day("From", "from"), _day("To", "to")
    return {
        "person_id": read_id(who) if who else None,
        "action": what or None,
        "since": _at(since.first) if since else None,
        "until": _at(until.last + timedelta(days=1)) if until else None,
    }


def _day(label: str, key: str) -> LegalDate | None:
    written = typed(label, key, placeholder="2026-11-22", max_chars=10)
    if not written:
        return None
    try:
        return LegalDate.parse(written)
    except ValueError:
        st.caption("Not a date, so not used. Write 2026, 2026-11 or 2026-11-22.")
        return None


def _at(date: object) -> datetime:
    return datetime.combine(date, time(), tzinfo=UTC)


def _export(app: Onpoint, asked: dict[str, object]) -> None:
    for form, label in ((TrailForm.CSV, "Export as a table"), (TrailForm.JSONL, "Export as JSON")):
        st.download_button(
            label,
            key=f"export_{form}",
            data=lambda form=form: "".join(app.trail.export(form, **asked)),
            file_name=f"onpoint-audit.{form}",
            on_click="ignore",
        )


def _verify(app: Onpoint) -> None:
    if not st.button("Check that it is whole", key="verify"):
        return
    with st.spinner("Checking every entry …"):
        report = app.trail.verify()
    shape, colour = ("✓ ", "ok") if report.whole else ("△ ", "bad")
    show(el("p", el("span", shape, class_=colour), report.words, class_="said", role="status"))


draw()
wake_browser()
