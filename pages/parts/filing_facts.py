"""What is known of a filing besides its text; what is unsure asks, and all can be corrected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from core.model import SURE, Described, Field, FilingKind
from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, show
from pages.parts.words import capital, unbroken

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import FilingId

FIELDS = {
    Field.KIND: "Kind",
    Field.COURT: "Court",
    Field.DOCKET_NUMBER: "Docket number",
    Field.CAPTION: "Caption",
    Field.PARTIES: "Parties",
    Field.JUDGE: "Judge",
    Field.DATE_FILED: "Filed",
    Field.SIGNED_BY: "Signed by",
}
LONGEST = 500
_CORRECTING = "correcting"


def facts(app: Onpoint, filing_id: FilingId) -> None:
    """Draw what is known of a filing, what is unsure as a question."""
    known = {one.field: one for one in app.filings.description(filing_id)}
    asked = sum(not sure(one) for one in known.values())
    show(el("h2", "What it is", el("span", _asking(asked), class_="meta") if asked else None))
    for field, described in known.items():
        _fact(app, filing_id, field, described)
    tell_act("facts")
    missing = [field for field in FIELDS if field not in known]
    if missing:
        names = ", ".join(FIELDS[field].lower() for field in missing)
        with st.expander(f"Not found: {names}", key="facts_missing"):
            for field in missing:
                _fact(app, filing_id, field, None)


def sure(described: Described) -> bool:
    return described.confirmed_by is not None or described.confidence >= SURE


def _asking(n: int) -> str:
    return "one thing to confirm" if n == 1 else f"{n} things to confirm"


def _fact(app: Onpoint, filing_id: FilingId, field: Field, known: Described | None) -> None:
    with st.container(key=f"fact_{field}"):
        _fact_or_question(app, filing_id, field, known)


def _fact_or_question(
    app: Onpoint, filing_id: FilingId, field: Field, known: Described | None
) -> None:
    correcting = st.session_state.get(_CORRECTING) == (filing_id, field)
    if correcting or (known is not None and not sure(known)):
        _question(app, filing_id, field, known)
        return
    what, change = st.columns([0.76, 0.24], vertical_alignment="center")
    with what:
        show(_line(app, field, known))
    change.button(
        "Correct" if known and known.value else "Add",
        key=f"correct_{field}",
        type="tertiary",
        help=f"{FIELDS[field]}: say what it is",
        on_click=_correct,
        args=(filing_id, field),
    )


def _line(app: Onpoint, field: Field, known: Described | None) -> Html:
    said: Html | str = el("span", "not found", class_="soft")
    if known is not None:
        said = in_words(app, field, known.value) or el("span", "none", class_="soft")
    by = known.confirmed_by if known else None
    mark = el("span", f"✓ {by}", class_="ok meta nb", title=f"Confirmed by {by}") if by else None
    return el("div", el("span", FIELDS[field], class_="meta"), el("div", said, " ", mark))


def in_words(app: Onpoint, field: Field, value: str) -> Html | str:
    """Say a thing known of a filing as it is read: a court by its name, a date in words."""
    if not value:
        return ""
    if field is Field.COURT:
        return app.court_names().get(value, value)
    if field is Field.KIND:
        return capital(value)
    if field is Field.DOCKET_NUMBER:
        return unbroken(value)
    day = _day(value) if field is Field.DATE_FILED else None
    return f"{day:%B} {day.day}, {day.year}" if day else value


def _question(app: Onpoint, filing_id: FilingId, field: Field, known: Described | None) -> None:
    unsure = known is not None and not sure(known)
    label = f"△ {FIELDS[field]}: is this right?" if unsure else FIELDS[field]
    with st.form(f"say_{field}", border=False):
        what, go = st.columns([0.72, 0.28], vertical_alignment="bottom")
        with what:
            _field(app, field, label, known.value if known else "")
        go.form_submit_button(
            "Confirm" if unsure else "Save",
            key=f"confirm_{field}",
            on_click=_said,
            args=(app, filing_id, field),
        )


def _field(app: Onpoint, field: Field, label: str, value: str) -> None:
    key = f"value_{field}"
    if field is Field.KIND:
        kinds = [kind.value for kind in FilingKind]
        index = kinds.index(value) if value in kinds else None
        st.selectbox(label, kinds, index=index, key=key, format_func=capital)
    elif field is Field.COURT:
        courts = app.court_names()
        index = list(courts).index(value) if value in courts else None
        st.selectbox(label, list(courts), index=index, key=key, format_func=courts.__getitem__)
    else:
        hint = "2021-01-02" if field is Field.DATE_FILED else None
        st.text_input(label, value, key=key, max_chars=LONGEST, placeholder=hint)


def _correct(filing_id: FilingId, field: Field) -> None:
    st.session_state[_CORRECTING] = (filing_id, field)


def _said(app: Onpoint, filing_id: FilingId, field: Field) -> None:
    value = str(st.session_state[f"value_{field}"] or "").strip()

    def describe() -> None:
        app.filings.describe(filing_id, field, value)
        st.session_state.pop(_CORRECTING, None)

    act("facts", f"{FIELDS[field]}: kept as you say.", describe)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
