"""Drafts: what a matter's team makes of answers; one of them read, edited, and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import DraftId, MatterId
from pages.parts.acts import act, tell_act
from pages.parts.app import desk
from pages.parts.draft_acts import edit, take_away, versions
from pages.parts.draft_view import (
    draft_head,
    draft_source,
    draft_table,
    no_draft_yet,
    no_such_draft,
    read,
)
from pages.parts.html import el, joined, show
from pages.parts.links import draft_address, read_id
from pages.parts.look import wake_browser
from pages.parts.matter_view import matter_called, my_matters
from pages.parts.record_view import readers
from pages.parts.words import counted

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Draft, Source


def draw() -> None:
    app = desk()
    asked = st.query_params.get("draft", "")
    if not asked:
        _all(app)
        return
    chosen = read_id(asked)
    draft = app.drafts.get(DraftId(chosen), _asked_version()) if chosen else None
    if draft is None:
        show(no_such_draft())
        return
    _one(app, draft)


def _asked_version() -> int | None:
    written = st.query_params.get("version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else None


def _all(app: Onpoint) -> None:
    matters = {one.matter_id: one for one in my_matters(app)}
    asked = read_id(st.query_params.get("matter", ""))
    chosen = matters.get(MatterId(asked)) if asked else None
    show(el("h1", f"Drafts of {matter_called(chosen)}" if chosen else "Drafts"))
    found = app.drafts.all(chosen.matter_id if chosen else None)
    show(draft_table(found, matters) if found else no_draft_yet())
    tell_act("drafts")


def _one(app: Onpoint, draft: Draft) -> None:
    matter = app.matters.get(draft.head.matter_id)
    back = el("a", "‹ Drafts", href=draft_address(), class_="back")
    show(joined([back, draft_head(draft, matter)]))
    tell_act("draft")
    latest = draft.version.version == draft.head.version
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        names = ["Read", *(["Edit"] if latest else []), "Versions", "Take away"]
        tabs = dict(zip(names, st.tabs(names, key="draft_tab"), strict=True))
        with tabs["Read"]:
            show(read(draft))
        if latest:
            with tabs["Edit"]:
                edit(app, draft)
        with tabs["Versions"]:
            versions(app, draft)
        with tabs["Take away"]:
            take_away(app, draft, matter)
    with right, st.container(key="draft_side"):
        _confirmed(app, draft)


def _confirmed(app: Onpoint, draft: Draft) -> None:
    """Draw the sources, and the boxes by which somebody says to have read or reviewed."""
    version = draft.version.version
    _confirm(app, draft, 0, version, "I have reviewed this version")
    if (said := readers(draft.confirmations, 0, version=version)) is not None:
        show(said)
    tell_act("confirm")
    show(el("h4", "Sources"))
    names = app.cite_names([source.case for source in draft.sources])
    named = list(zip(draft.sources, names, strict=True))
    cited = {n for part in draft.parts for claim in part.claims for n in claim.sources}
    for source, name in named:
        if source.n in cited:
            _source(app, draft, source, name)
    if unused := [(source, name) for source, name in named if source.n not in cited]:
        said = f"Read but not used: {counted(len(unused), 'passage')}"
        with st.expander(said, key="draft_unused"):
            for source, name in unused:
                _source(app, draft, source, name)


def _source(app: Onpoint, draft: Draft, source: Source, name: str) -> None:
    show(draft_source(draft, source, name))
    _confirm(app, draft, source.n, 0, "I have read this source")


def _confirm(app: Onpoint, draft: Draft, n: int, version: int, label: str) -> None:
    key = f"{'confirm' if n else 'reviewed'}_{draft.head.draft_id}_{n}_{version}"
    mine = {(said.n, said.version) for said in draft.confirmations if said.own}
    st.session_state[key] = (n, version) in mine
    st.checkbox(label, key=key, on_change=_said, args=(app, draft, n, key))


def _said(app: Onpoint, draft: Draft, n: int, key: str) -> None:
    change = app.drafts.confirm if st.session_state[key] else app.drafts.withdraw
    act(
        "confirm",
        None,
        lambda: change(draft.head.draft_id, n, version=draft.version.version),
    )


draw()
wake_browser()
