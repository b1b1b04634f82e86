"""What teaches a voice, on the page: filings made into a dataset, looked over, taken elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.style.teach.formats import BACK, ELSEWHERE, Format
from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, joined, show
from pages.parts.times import moment
from pages.parts.words import capital, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model.training import StyleDataset
    from core.style.teach.teachings import Made

_MADE, _READY = "style_made", "style_ready"
_FORMS = {
    Format.CHAT: "Chat JSONL, as TRL, axolotl, Unsloth, LLaMA-Factory and OpenAI read it",
    Format.BEDROCK: "Amazon Bedrock’s form",
    Format.PREFERENCES: "Preference pairs, as DPO learns from them",
}
_HALVES = {"train": "To learn from", "valid": "To choose by", "test": "To be measured on"}
_SAMPLES = 3


def draw_teaching(app: Onpoint) -> None:
    with st.form("style_teach", border=False):
        st.text_input("Name of the voice", key="style_voice", max_chars=80)
        st.multiselect(
            "Filings that teach it",
            app.cards.sources(),
            key="style_filings",
            format_func=lambda one: one.name,
            placeholder="All finished argument of ours",
        )
        st.checkbox(
            "Leave out names and identifiers of persons", key="style_deidentify", value=True
        )
        st.checkbox(
            "Have the answer model write the plain forms",
            key="style_by_model",
            help="What its matter lets it read; the rest, and without this all, by rules.",
        )
        st.form_submit_button("Make a dataset", on_click=_taught, args=(app,))
    tell_act("style_teach")
    made: Made | None = st.session_state.get(_MADE)
    if made is not None:
        show(_made(made))


def _taught(app: Onpoint) -> None:
    def make() -> None:
        chosen = [one.filing_id for one in st.session_state["style_filings"]]
        st.session_state[_MADE] = app.style.make_dataset(
            st.session_state["style_voice"],
            filings=chosen or None,
            deidentify=st.session_state["style_deidentify"],
            by_model=st.session_state["style_by_model"],
        )

    act("style_teach", "The dataset is made.", make)


def _made(made: Made) -> Html:
    """Return what is in a dataset that was just made, and what ought to be known of it."""
    titles = ("", "Matters", "Passages", "Words")
    head = el("tr", *(el("th", title, scope="col", class_="num") for title in titles))
    rows = [
        el(
            "tr",
            el("td", _HALVES[str(each["half"])], class_="name"),
            *(el("td", f"{each[key]:,}", class_="num") for key in ("groups", "examples", "words")),
        )
        for each in made.counts
    ]
    left = [el("li", f"{capital(why)}: {count:,}") for why, count in made.left_out.items() if count]
    samples = [
        el("li", el("del", plain), " ", el("ins", own)) for plain, own in made.samples[:_SAMPLES]
    ]
    return joined(
        [
            el("table", head, *rows, class_="held-list figures"),
            *(el("p", said, class_="notice") for said in made.warnings),
            _folded("Left out", left),
            _folded("Plain and own words, a few of them", samples),
        ]
    )


def _folded(title: str, rows: Sequence[Html]) -> Html:
    listed = el("ul", *rows, class_="claims wordings")
    return el("details", el("summary", title), listed) if rows else joined([])


def offer_export(app: Onpoint, datasets: Sequence[StyleDataset]) -> None:
    """Offer a dataset's file in the forms that other programs read."""
    with st.popover("Train it elsewhere"):
        dataset = st.selectbox("Dataset", datasets, key="style_export", format_func=dataset_named)
        form = st.selectbox("Form", list(Format), key="style_form", format_func=_FORMS.__getitem__)
        st.button(
            "Prepare the file", key="style_prepare", on_click=_prepare, args=(app, dataset, form)
        )
        tell_act("style_prepare")
        ready: tuple[str, str] | None = st.session_state.get(_READY)
        if ready is not None:
            st.download_button("Save the file", ready[1], ready[0], mime="application/jsonl")
            show(el("p", "There, one of these; here afterwards, the last:", class_="meta"))
            st.code("\n".join([*ELSEWHERE.values(), BACK]), language="sh", wrap_lines=True)


def _prepare(app: Onpoint, dataset: StyleDataset, form: Format) -> None:
    def prepare() -> None:
        lines = app.style.export(dataset.dataset_id, form)
        st.session_state[_READY] = f"{dataset.voice}-{form}.jsonl", "\n".join([*lines, ""])

    st.session_state.pop(_READY, None)
    act("style_prepare", None, prepare)


def dataset_named(one: StyleDataset) -> str:
    return f"{one.voice}: {counted(one.examples, 'passage')}"


def dataset_table(datasets: Sequence[StyleDataset]) -> Html:
    titles = ("Voice", "Passages", "Words", "Sources", "Made", "")
    rows = (
        el(
            "tr",
            el("td", one.voice),
            *(el("td", f"{n:,}", class_="num") for n in (one.examples, one.words, one.sources)),
            el("td", f"{one.made_by}, {moment(one.made_at)}", class_="soft"),
            el("td", f"△ {counted(one.withdrawn, 'source')} withdrawn", class_="warn")
            if one.withdrawn
            else el("td"),
        )
        for one in datasets
    )
    head = el("tr", *(el("th", title, scope="col") for title in titles))
    return el("table", head, *rows, class_="held-list wide")
