"""Versions of a filing: which one searches find, what it is much like, how one replaces another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, show
from pages.parts.links import filings_address
from pages.parts.times import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model import Alike, Filing

_HUNDRED = 100


def versions(app: Onpoint, filing: Filing) -> None:
    """Draw a filing's versions, what it is much like, and the field that names its old one."""
    known = app.filings.versions(filing.filing_id)
    alike = app.filings.alike(filing.filing_id)
    show(el("h2", "Versions"))
    if len(known) > 1:
        show(el("ul", *(_line(one, here=filing) for one in known), class_="versions"))
    for one in alike:
        show(_much_like(one))
    if filing.replaced_by is None:
        _ask_older(app, filing, known, alike)
    else:
        _offer_back(app, filing)
    tell_act("versions")


def _ask_older(
    app: Onpoint, filing: Filing, known: Sequence[Filing], alike: Sequence[Alike]
) -> None:
    mine = {one.filing_id for one in known}
    others = [
        one
        for one in app.filings.all(filing.matter_id)
        if one.filing_id not in mine and one.replaced_by is None
    ]
    ids = [one.filing_id for one in others]
    # Offered once: what has an older version already may well have no other.
    near = [one.filing.filing_id for one in alike] if len(known) < 2 else []
    likely = next((one for one in near if one in ids), None)
    if not others:
        show(el("p", "There is no other filing in this matter.", class_="meta"))
        return
    with st.form("replace", border=False):
        st.selectbox(
            "This is the new version of",
            others,
            index=ids.index(likely) if likely else None,
            key="replace_what",
            placeholder="Choose a filing",
            format_func=lambda one: one.name,
        )
        st.form_submit_button(
            "It takes its place", key="replace_go", on_click=_replaced, args=(app, filing)
        )


def _replaced(app: Onpoint, filing: Filing) -> None:
    old: Filing | None = st.session_state["replace_what"]
    if old is None:
        return
    act(
        "versions",
        f"“{old.name}” is found by no search any more, and stays to be read where it was cited.",
        lambda: app.filings.replace(old.filing_id, filing.filing_id),
    )


def _offer_back(app: Onpoint, filing: Filing) -> None:
    st.button(
        "Let searches find this one again",
        key="reinstate",
        type="tertiary",
        on_click=act,
        args=(
            "versions",
            "Searches find it again.",
            lambda: app.filings.reinstate(filing.filing_id),
        ),
    )


def _line(one: Filing, *, here: Filing) -> Html:
    found = one.replaced_by is None
    mark = "✓ searches find this one" if found else "○ replaced, still to be read"
    name = one.name if one.filing_id == here.filing_id else _link(one)
    mark += ", read again" if one.reading > 1 else ""
    said = el("span", mark, class_="ok" if found else "soft")
    return el("li", name, " ", el("div", said, f" · {day(one.added_at)}", class_="meta"))


def _much_like(alike: Alike) -> Html:
    share = f"{alike.likeness * _HUNDRED:.0f} %"
    return el("p", f"△ {share} of its words are those of ", _link(alike.filing), ".")


def _link(filing: Filing) -> Html:
    return el("a", filing.name, href=filings_address(filing=filing.filing_id))
