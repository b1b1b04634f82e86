"""The style cards on their screen: chosen, made, looked at and edited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, tell_act
from pages.parts.card_view import card_head, card_pictures
from pages.parts.html import Html, el, show
from pages.parts.links import read_id, style_address
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model.style import StyleAuthor, StyleCard, StyleLine, StyleSource

LONGEST_NAME = 200
LONGEST_LINE = 400
_AUTHOR, _FILINGS = "An author’s opinions", "Our filings"
# What is argued in; the others can be chosen.
_USUAL = frozenset({"brief", "motion", "memorandum"})
_EMPTY = (
    "There is no card yet. Choose whose writing is to be counted; it takes a minute, and needs no "
    "language model."
)
_NO_FILINGS = (
    "No filing may teach a style yet. Let a matter teach it under Matters, and be of its team: "
    "then its filings can be chosen here."
)


def draw_cards(app: Onpoint) -> None:
    """Draw the section: the cards that there are, one of them, and the way to another."""
    cards = app.cards.all()
    chosen = read_id(st.query_params.get("card", ""))
    card = next((one for one in cards if one.card_id == chosen), None)
    left, right = st.columns([0.3, 0.7], gap="large")
    with left:
        show(el("h2", "Style cards"))
        show(_list(cards, card))
        _make(app)
    with right:
        if card is not None:
            _one(app, card)
        elif not cards:
            show(el("p", _EMPTY, class_="quiet"))
        else:
            show(el("p", "Choose a card at the left.", class_="quiet"))


def _list(cards: Sequence[StyleCard], chosen: StyleCard | None) -> Html:
    rows = (
        el(
            "tr",
            el("td", el("a", card.name, href=style_address(card.card_id))),
            el("td", counted(card.counts.documents, "document"), class_="soft"),
            class_="on" if card is chosen else None,
            aria_current="true" if card is chosen else None,
        )
        for card in cards
    )
    return el("table", *rows, class_="held-list wide")


# --- making one ---


def _make(app: Onpoint) -> None:
    show(el("h4", "Make a card"))
    with st.container(key="card_make"):
        kind = st.radio("Made of", [_AUTHOR, _FILINGS], key="card_kind", horizontal=True)
        ready = _choose_author(app) if kind == _AUTHOR else _choose_filings(app)
        st.text_input("Name of the card", key="card_name", max_chars=LONGEST_NAME)
        if st.button("Count and keep", key="card_go", type="primary", disabled=not ready):
            with st.spinner("Counting every sentence … this takes about a minute"):
                act("card_make", "Counted.", partial(_count, app, kind))
            if "card_made" in st.session_state:
                st.query_params["card"] = st.session_state.pop("card_made")
                st.rerun()
        tell_act("card_make")


def _choose_author(app: Onpoint) -> bool:
    authors = app.cards.authors()
    if not authors:
        show(el("p", "The library has no author with five opinions of two pages.", class_="meta"))
        return False
    st.selectbox("Author", authors, key="card_author", format_func=_author_words)
    return True


def _choose_filings(app: Onpoint) -> bool:
    sources = app.cards.sources()
    if not sources:
        show(el("p", _NO_FILINGS, class_="meta"))
        return False
    usual = [source for source in sources if source.kind in _USUAL]
    if "card_filings" not in st.session_state:
        st.session_state["card_filings"] = usual
    st.multiselect("Filings", sources, key="card_filings", format_func=_source_words)
    show(el("p", "Of your matters, those alone that may teach a style.", class_="meta"))
    return True


def _author_words(author: StyleAuthor) -> str:
    return f"{author.author} ({counted(author.opinions, 'opinion')})"


def _source_words(source: StyleSource) -> str:
    kind = f", {source.kind}" if source.kind else ""
    return f"{source.number} · {source.name}{kind}"


def _count(app: Onpoint, kind: str) -> None:
    typed = st.session_state
    if kind == _AUTHOR:
        author: StyleAuthor = typed["card_author"]
        made = app.cards.make(typed["card_name"] or author.author, author=author.author)
    else:
        chosen: list[StyleSource] = typed["card_filings"]
        filings = [source.filing_id for source in chosen]
        made = app.cards.make(typed["card_name"] or "Our filings", filings=filings)
    typed["card_made"] = str(made.card_id)


# --- one card ---


def _one(app: Onpoint, card: StyleCard) -> None:
    place = f"card_{card.card_id}"
    show(card_head(card))
    tell_act(place)
    show(card_pictures(card))
    show(el("div", el("h2", "What a model is told"), class_="part"))
    said = "Switch a line off, word it as you like, or add a rule. A recount keeps all of it."
    show(el("p", said, class_="meta"))
    for line in card.lines:
        if line.why_off is None:
            _line(app, card, line)
    kept = [line for line in card.lines if line.why_off is not None]
    if kept:
        show(el("h4", "Kept as they are"))
        show(el("p", kept[0].why_off, class_="meta"))
        for line in kept:
            _line(app, card, line)
    with st.form(f"{place}_rule", border=False, clear_on_submit=True):
        st.text_input("A rule of your own", key=f"{place}_own", max_chars=LONGEST_LINE)
        st.form_submit_button("Add the rule", key=f"{place}_add", on_click=_add, args=(app, card))
    with st.container(horizontal=True):
        st.button("Count anew", key=f"{place}_recount", on_click=_recount, args=(app, card))
        st.button("Remove the card", key=f"{place}_remove", on_click=_remove, args=(app, card))


def _line(app: Onpoint, card: StyleCard, line: StyleLine) -> None:
    key = f"line_{card.card_id}_{line.key}"
    st.session_state[f"{key}_on"], st.session_state[f"{key}_text"] = line.on, line.text
    with st.container(key=f"row_{key}", horizontal=True, vertical_alignment="center"):
        st.checkbox(
            f"Tell a model: {line.text[:60]}",
            key=f"{key}_on",
            label_visibility="collapsed",
            on_change=_change,
            args=(app, card, line),
        )
        st.text_input(
            f"Line {line.key}",
            key=f"{key}_text",
            max_chars=LONGEST_LINE,
            label_visibility="collapsed",
            on_change=_change,
            args=(app, card, line),
        )


def _change(app: Onpoint, card: StyleCard, line: StyleLine) -> None:
    key = f"line_{card.card_id}_{line.key}"
    text = str(st.session_state[f"{key}_text"]).strip()
    on = bool(st.session_state[f"{key}_on"])
    words = None if text == line.text else text
    act(
        f"card_{card.card_id}",
        "Saved.",
        lambda: app.cards.edit(card.card_id, line.key, on=on, text=words),
    )


def _add(app: Onpoint, card: StyleCard) -> None:
    place = f"card_{card.card_id}"
    rule = str(st.session_state[f"{place}_own"])
    act(place, "The rule is added.", lambda: app.cards.edit(card.card_id, None, text=rule))


def _recount(app: Onpoint, card: StyleCard) -> None:
    place = f"card_{card.card_id}"
    with st.spinner("Counting anew …"):
        act(place, "Counted anew.", lambda: app.cards.recount(card.card_id))


def _remove(app: Onpoint, card: StyleCard) -> None:
    act("card_make", f"{card.name} is removed.", lambda: app.cards.remove(card.card_id))
