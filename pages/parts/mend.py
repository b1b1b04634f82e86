"""What an upload needs from somebody: for each state the one thing that leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import UploadState
from pages.parts.acts import act
from pages.parts.html import el, show
from pages.parts.links import filings_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.app import Onpoint
    from core.model import FilingId, Upload

_AGAIN = frozenset(
    {
        UploadState.NEEDS_OCR,
        UploadState.NEEDS_CONVERTER,
        UploadState.STOPPED,
        UploadState.CANCELLED,
    }
)
_BUSY = frozenset({UploadState.WAITING, UploadState.WORKING})
LONGEST_PASSWORD = 200


def mend(app: Onpoint, upload: Upload, place: str) -> None:
    """Draw the button that mends an upload, if there is one; `place` says how it went."""
    if upload.state is UploadState.NEEDS_PASSWORD:
        _ask_password(app, upload, place)
    elif upload.state is UploadState.NEEDS_RELEASE:
        address = filings_address(filing=upload.filing_id)
        show(el("p", el("a", "See what was found", href=address, class_="button-like")))
    elif upload.state in _AGAIN:
        words = "Take it up again" if upload.state is UploadState.CANCELLED else "Try again"
        _button(words, upload, place, said="It is taken up again.", do=app.filings.retry)
    elif upload.state is UploadState.SEARCHABLE and upload.unread and upload.newer is None:
        words = "Read this page now" if upload.unread == 1 else "Read these pages now"
        said = "Its pictures are read now. It is found as it was until that is done."
        _button(words, upload, place, said=said, do=app.filings.retry)
    elif upload.state in _BUSY:
        _button("Cancel", upload, place, said="Cancelled.", do=app.filings.cancel)


def release(app: Onpoint, upload: Upload, place: str) -> None:
    """Draw the button that lets a filing be searched in spite of what was found in it."""
    _button(
        "I have looked: release it",
        upload,
        place,
        said="Released: it is made searchable now.",
        do=app.filings.release,
        main=True,
    )


def _button(
    words: str,
    upload: Upload,
    place: str,
    *,
    said: str,
    do: Callable[[FilingId], object],
    main: bool = False,
) -> None:
    st.button(
        words,
        key=f"mend_{upload.filing_id}",
        type="primary" if main else "secondary",
        help=f"{words}: {upload.name}",
        on_click=act,
        args=(place, said, lambda: do(upload.filing_id)),
    )


def _ask_password(app: Onpoint, upload: Upload, place: str) -> None:
    key = f"password_{upload.filing_id}"
    with (
        st.form(f"open_{upload.filing_id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            f"Password of {upload.name}",
            key=key,
            type="password",
            max_chars=LONGEST_PASSWORD,
            autocomplete="off",
            placeholder="Its password",
            label_visibility="collapsed",
        )
        st.form_submit_button(
            "Open it", key=f"mend_{upload.filing_id}", on_click=_opened, args=(app, upload, place)
        )


def _opened(app: Onpoint, upload: Upload, place: str) -> None:
    key = f"password_{upload.filing_id}"
    given = str(st.session_state[key])
    st.session_state[key] = ""

    def give() -> None:
        app.filings.give_password(upload.filing_id, given)

    act(place, "It is opened with this password, which is never kept.", give)
