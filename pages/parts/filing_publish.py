"""A court's opinion among the filings, put on the public shelf once a person has confirmed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Field, FilingKind, LegalDate, OpinionDetails
from pages.parts.acts import act, refuse, tell_act
from pages.parts.html import el, show
from pages.parts.links import case_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.app import Onpoint
    from core.model import Filing

LONGEST = 500
_OF_COURTS = frozenset({FilingKind.OPINION, FilingKind.ORDER, FilingKind.JUDGMENT})
_PUBLISHED = "published"


def publication(app: Onpoint, filing: Filing) -> None:
    """Draw the form that publishes an opinion; nothing for other papers, or who may not."""
    known = {one.field: one.value for one in app.filings.description(filing.filing_id)}
    if known.get(Field.KIND) not in _OF_COURTS or "publish_opinion" not in app.who.rights():
        return
    with st.expander("Put this opinion on the public shelf", key="publish"):
        words = "Everybody in the firm will find it and read it. Confirm what it is."
        show(el("p", words, class_="meta"))
        with st.form("publish_form", border=False):
            _fields(app, known)
            st.form_submit_button(
                "Confirm and publish", key="publish_go", on_click=_published, args=(app, filing)
            )
        tell_act("publish")
        if (case_id := st.session_state.get((_PUBLISHED, filing.filing_id))) is not None:
            show(el("p", el("a", "Read it on the public shelf", href=case_address(case_id))))


def _fields(app: Onpoint, known: Mapping[Field, str]) -> None:
    courts = app.court_names()
    ids = list(courts)
    st.text_input("Case name", known.get(Field.CAPTION, ""), key="publish_name", max_chars=LONGEST)
    st.selectbox(
        "Court",
        ids,
        index=ids.index(known[Field.COURT]) if known.get(Field.COURT) in courts else None,
        key="publish_court",
        format_func=courts.__getitem__,
    )
    st.text_input(
        "Citations, parted by semicolons; none of a slip opinion",
        key="publish_citations",
        max_chars=LONGEST,
    )
    st.text_input(
        "Decided",
        known.get(Field.DATE_FILED, ""),
        key="publish_date",
        max_chars=10,
        placeholder="2021-01-02",
    )
    st.text_input(
        "Docket number",
        known.get(Field.DOCKET_NUMBER, ""),
        key="publish_docket",
        max_chars=LONGEST,
    )


def _published(app: Onpoint, filing: Filing) -> None:
    typed = st.session_state
    try:
        decided = LegalDate.parse(typed["publish_date"].strip())
    except ValueError:
        refuse("publish", "Write the day it was decided as 2021-01-02.")
        return
    details = OpinionDetails(
        court=typed["publish_court"] or "",
        case_name=typed["publish_name"].strip(),
        date_filed=decided,
        citations=tuple(filter(None, map(str.strip, typed["publish_citations"].split(";")))),
        docket_number=typed["publish_docket"].strip() or None,
    )

    def publish() -> None:
        typed[_PUBLISHED, filing.filing_id] = app.publish_opinion(filing.filing_id, details)

    act("publish", "It is on the public shelf, and answerable.", publish)
