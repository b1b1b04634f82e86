"""The freshness race on the page: a new opinion, and how soon an answer rests on it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, refuse, tell_act
from pages.parts.html import Html, el, joined, show
from pages.parts.work import Work

if TYPE_CHECKING:
    from core.app import Onpoint
    from core.model import Race

# Seconds between two looks at a race under way.
GLANCE = 0.2
LONGEST = 4_000
_RACED = "bench_raced"


def race_section(app: Onpoint) -> None:
    """Offer a race to whoever may bring a case into the library, and show how the last went."""
    if "bench.race" not in app.who.rights():
        return
    said = (
        "A new opinion is brought in, and your question is asked at once: how long until an answer "
        "cites it? The style model is asked the same with its books closed. The opinion stays in "
        "the library."
    )
    show(joined([el("h2", "How fresh is it?"), el("p", said, class_="meta")]))
    _form(app)
    tell_act("race")
    raced: Race | None = st.session_state.get(_RACED)
    if raced is not None:
        show(race_view(raced))


def _form(app: Onpoint) -> None:
    with st.form("bench_race", border=False):
        given = st.file_uploader(
            "One new case, as JSON on one line",
            key="bench_race_file",
            type=["json", "jsonl", "gz"],
            help="What `onpoint import jsonl` reads.",
        )
        question = st.text_input(
            "Question that it answers", key="bench_race_question", max_chars=LONGEST
        )
        says = st.text_input("Words that a right answer has", key="bench_race_says", max_chars=400)
        if not st.form_submit_button("Race"):
            return
    st.session_state.pop(_RACED, None)
    if given is None:
        refuse("race", "Choose a file first: one case as JSON.")
        return
    _run(app, (given.name, given.getvalue()), question, says)


def _run(app: Onpoint, upload: tuple[str, bytes], question: str, says: str) -> None:
    """Race beside the screen, so that it says what it does."""
    work: Work[str, Race] = Work(question, lambda _: _raced(app, upload, question, says))
    doing = (
        "The opinion is brought in, the library is asked, then the style model with its books "
        "closed …"
    )
    with st.spinner(doing):
        while not work.wait(GLANCE):
            pass

    def ran() -> None:
        if work.error is not None:
            raise work.error
        st.session_state[_RACED] = work.outcome

    act("race", None, ran)


def _raced(app: Onpoint, upload: tuple[str, bytes], question: str, says: str) -> Race:
    """Race with an upload, which is on the disk for no longer than that.

    In the work and not on the screen: a screen that is left ends wherever it stands.
    """
    name, content = upload
    # Of a stranger's name only the ending is used.
    ending = ".jsonl.gz" if name.lower().endswith(".gz") else ".jsonl"
    with tempfile.TemporaryDirectory(prefix="onpoint-race-") as folder:
        path = Path(folder) / f"opinion{ending}"
        path.write_bytes(content)
        return app.bench.race(path, question, says)


def race_view(raced: Race) -> Html:
    """Return a race as two bars, with what the style model knew."""
    most = max(raced.by_retrieval or 0.0, raced.by_training or 0.0)
    found, trained = "Looked up: until an answer cites it", "Trained: what the last adapter took"
    return el(
        "div",
        el("p", el("b", raced.case_name)),
        el(
            "table",
            _row(found, raced.by_retrieval, most, "no answer cites it"),
            _row(trained, raced.by_training, most, "no adapter was trained"),
            class_="held-list race",
        ),
        el("p", _known(raced), class_="meta"),
    )


def _row(title: str, seconds: float | None, most: float, without: str) -> Html:
    bar = el("i", style=f"width:{100 * (seconds or 0.0) / most:.1f}%") if seconds else None
    return el(
        "tr",
        el("th", title, scope="row"),
        el("td", el("div", bar, class_="gauge") if bar else None),
        el("td", without if seconds is None else f"{seconds:,.1f} seconds", class_="n"),
    )


def _known(raced: Race) -> str:
    """Say whether the style model knew it by itself."""
    told = {True: "it said so.", False: "it did not say so.", None: "there is none."}
    failed = raced.model_failed and f"it gave no answer. {raced.model_failed}"
    return f"The style model, with its books closed: {failed or told[raced.known_to_model]}"
