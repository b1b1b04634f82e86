"""What is done with a draft: edited and saved, brought back from a version, taken away, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import CiteStyle, PaperForm
from pages.parts.acts import act, refused, say, tell_act
from pages.parts.draft_view import doubts
from pages.parts.html import Html, el, joined, show
from pages.parts.links import draft_address, draft_file_address, draft_statement_address
from pages.parts.times import moment

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Draft, DraftVersion, Matter

LONGEST_TEXT = 200_000
LONGEST_TITLE = 200
_STYLES = {CiteStyle.FOOTNOTES: "In footnotes", CiteStyle.INLINE: "In the text"}


def edit(app: Onpoint, draft: Draft) -> None:
    """Draw the text to be edited; what is saved is checked and is a version of its own."""
    key = _text_key(draft)
    st.session_state.setdefault(key, draft.version.text)
    with st.form("draft_edit", border=False):
        st.text_area(
            "Text",
            key=key,
            height=460,
            max_chars=LONGEST_TEXT,
            label_visibility="collapsed",
        )
        st.form_submit_button(
            "Save and check", key="draft_save", type="primary", on_click=_saved, args=(app, draft)
        )
    if (unsaved := _unsaved_key(draft)) in st.session_state:
        st.text_area("Your text that was not saved", key=unsaved, height=240)
    show(_how_to_write())


def _unsaved_key(draft: Draft) -> str:
    return f"draft_unsaved_{draft.head.draft_id}"


def _text_key(draft: Draft) -> str:
    # Of a version: what another has saved meanwhile never stands in this field unseen.
    return f"draft_text_{draft.head.draft_id}_{draft.version.version}"


def _saved(app: Onpoint, draft: Draft) -> None:
    written = st.session_state[_text_key(draft)]

    def save() -> None:
        saved = app.drafts.save(draft.head.draft_id, written, based_on=draft.version.version)
        again = saved.version == draft.version.version
        words = "Nothing was changed." if again else f"Version {saved.version} was saved."
        say("draft", " ".join((words, *saved.notices)))

    act("draft", None, save)
    if refused("draft"):
        # The field shows another's version now: what was written is not lost with it.
        st.session_state[_unsaved_key(draft)] = written
    else:
        st.session_state.pop(_unsaved_key(draft), None)


def _how_to_write() -> Html:
    return el(
        "p",
        "[1] behind a sentence cites source 1; Onpoint writes the citation. A blank line begins a "
        "paragraph, # a heading, > a quotation set off, - an item; *stars* are italics. Each "
        "sentence you change is held against its sources again.",
        class_="meta",
    )


def versions(app: Onpoint, draft: Draft) -> None:
    """Draw every version, the latest first; an older one can be looked at and brought back."""
    for each in reversed(app.drafts.versions(draft.head.draft_id)):
        what, back = st.columns([0.8, 0.2], vertical_alignment="center")
        with what:
            show(_version(draft, each))
        if each.version != draft.head.version:
            back.button(
                "Bring back",
                key=f"back_{each.version}",
                type="tertiary",
                on_click=_brought_back,
                args=(app, draft, each),
            )


def _version(draft: Draft, each: DraftVersion) -> Html:
    shown = each.version == draft.version.version
    latest = each.version == draft.head.version
    address = draft_address(draft.head.draft_id, version=None if latest else each.version)
    name = f"Version {each.version}"
    words = f"{moment(each.saved_at)}, by {each.saved_by}"
    first = " · the answer as it was given" if each.version == 1 else ""
    return el(
        "div",
        name if shown else el("a", name, href=address),
        el("div", words + first, class_="meta"),
    )


def _brought_back(app: Onpoint, draft: Draft, each: DraftVersion) -> None:
    act(
        "draft",
        f"Version {each.version} is the latest again, as version {draft.head.version + 1}.",
        lambda: app.drafts.save(draft.head.draft_id, each.text, based_on=draft.head.version),
    )
    if not refused("draft"):
        st.query_params.pop("version", None)


def take_away(app: Onpoint, draft: Draft, matter: Matter | None) -> None:
    """Draw the ways to take a draft away, and what is to be known before."""
    unsupported = list(doubts(draft))
    if unsupported:
        show(
            el(
                "div",
                el("p", "These sentences are not borne out by the sources they cite:"),
                el("ul", *unsupported, class_="claims"),
                class_="notice",
            )
        )
    style = st.radio(
        "Citations", list(_STYLES), key="draft_style", horizontal=True, format_func=_STYLES.get
    )
    authorities = st.checkbox("With a table of authorities", key="draft_authorities", value=True)
    foot = st.checkbox("Say at the foot what AI was used for", key="draft_foot", value=True)
    chosen = {"cite": style, "authorities": int(authorities), "foot": int(foot)}
    show(_links(draft, chosen))
    _rename(app, draft)
    _remove(app, draft, matter)


def _links(draft: Draft, chosen: dict[str, str | int]) -> Html:
    draft_id = draft.head.draft_id
    word = el(
        "a",
        "Word file",
        href=draft_file_address(draft_id, PaperForm.DOCX, **chosen),
        class_="button-like",
    )
    markdown = el(
        "a",
        "Markdown",
        href=draft_file_address(draft_id, PaperForm.MARKDOWN, **chosen),
        class_="button-like",
    )
    stated = [
        el("a", words, href=draft_statement_address(draft_id, form))
        for form, words in ((PaperForm.DOCX, "Word"), (PaperForm.MARKDOWN, "Markdown"))
    ]
    return joined(
        [
            el("p", word, " ", markdown),
            el("p", "Statement on the use of AI in this version: ", joined(stated, ", ")),
            el(
                "p",
                "Word asks whether it may update the fields: the pages of the table of "
                "authorities are then its own.",
                class_="meta",
            ),
        ]
    )


def _rename(app: Onpoint, draft: Draft) -> None:
    with st.expander("Another title", key="draft_title"), st.form("draft_rename", border=False):
        st.text_input(
            "Title", key="draft_new_title", value=draft.head.title, max_chars=LONGEST_TITLE
        )
        st.form_submit_button("Rename", key="draft_rename_go", on_click=_renamed, args=(app, draft))


def _renamed(app: Onpoint, draft: Draft) -> None:
    title = st.session_state["draft_new_title"]
    act("draft", "It has another title.", lambda: app.drafts.rename(draft.head.draft_id, title))


def _remove(app: Onpoint, draft: Draft, matter: Matter | None) -> None:
    with st.expander("Remove this draft", key="draft_remove"):
        if matter is not None and matter.legal_hold:
            show(el("p", "Its matter is under legal hold: nothing in it can be removed."))
            return
        show(el("p", "It goes with all its versions. No way back."))
        st.button("Remove for good", key="draft_remove_go", on_click=_removed, args=(app, draft))
        tell_act("remove_draft")


def _removed(app: Onpoint, draft: Draft) -> None:
    def remove() -> None:
        app.drafts.remove(draft.head.draft_id)
        st.query_params.from_dict({"matter": str(draft.head.matter_id)})
        say("drafts", f"“{draft.head.title}” was removed.")

    act("remove_draft", None, remove)
