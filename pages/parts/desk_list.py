"""The list of the filings desk: drawn anew by itself while something on it is worked on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, tell_act
from pages.parts.desk_again import offer_rereading
from pages.parts.desk_view import (
    aside_table,
    heap_links,
    needing_line,
    nothing_on_desk,
    part_line,
    rest_line,
    searchable_table,
    working_table,
)
from pages.parts.html import el, show
from pages.parts.mend import mend
from pages.parts.upload_words import HEAPS, STATES, Heap
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.app import Onpoint
    from core.model import Filing, Matter, MatterId, Tally, Upload

# Seconds between two looks at the desk while something on it is worked on.
GLANCE = 2.0
# Of each heap so many are shown where all heaps are, and at a time where it alone is.
SOME, MANY = 50, 200
# Each of those that need somebody has a form of its own, which a browser takes its time for.
MANY_FORMS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is looked at: whose matters, which of them, which heap, and which part of that."""

    matters: Mapping[MatterId, Matter]
    # The matter that the address names, if it does.
    matter_id: MatterId | None
    heap: Heap | None
    # From 1; of a heap that alone is shown.
    part: int
    # A part of the names that are looked for; empty for all.
    named: str

    @property
    def here(self) -> dict[str, str]:
        given = {"matter": str(self.matter_id) if self.matter_id else "", "name": self.named}
        return {name: value for name, value in given.items() if value}


def draw_desk(app: Onpoint, shown: Desk) -> None:
    """Draw the desk; by itself again and again as long as it is busy."""
    tally = app.filings.tally(shown.matter_id, named=shown.named)
    busy = _is_busy(tally)
    offer_rereading(app, shown.matter_id, tally.outdated)
    st.fragment(_desk, run_every=GLANCE if busy else None)(app, shown, busy=busy)


def _desk(app: Onpoint, shown: Desk, *, busy: bool) -> None:
    tally = app.filings.tally(shown.matter_id, named=shown.named)
    if _is_busy(tally) is not busy:
        # The whole screen once more: it begins, or ends, to be drawn by itself.
        st.rerun(scope="app")
    counts = {heap: _in_heap(tally, heap) for heap in Heap}
    counts[Heap.SEARCHABLE] += tally.texts
    show(heap_links(counts, shown.heap, shown.here))
    tell_act("desk")
    drawn = [heap for heap in Heap if shown.heap in (None, heap) and counts[heap]]
    for heap in drawn:
        _heap(app, shown, heap, counts[heap], files=_in_heap(tally, heap))
    if not drawn:
        show(nothing_on_desk(shown.heap))


def _heap(app: Onpoint, shown: Desk, heap: Heap, count: int, *, files: int) -> None:
    """Draw one heap, or a part of it; of its `count` the first are `files`."""
    most = _most(shown, heap)
    # The part that was asked for, or the last one, where there are fewer by now.
    part = min(shown.part, -(-count // most)) if shown.heap else 1
    first = (part - 1) * most
    uploads = app.filings.uploads(
        shown.matter_id, states=STATES[heap], named=shown.named, k=most, offset=first
    )
    if not shown.heap:
        show(el("h2", HEAPS[heap]))
    if heap is Heap.NEEDS_YOU:
        for upload in uploads:
            _needing(app, upload, shown)
    elif heap is Heap.WORKING:
        show(working_table(uploads, shown.matters))
        _cancel_all(app, shown, files)
    elif heap is Heap.SEARCHABLE:
        room = most - len(uploads) if count > files else 0
        texts = _texts(app, shown, room, max(0, first - files))
        show(searchable_table(uploads, texts, shown.matters))
    else:
        show(aside_table(uploads, shown.matters))
    if shown.heap and count > most:
        show(part_line(part, most, count, heap, shown.here))
    elif count > most:
        show(rest_line(count - most, heap, shown.here))


def _most(shown: Desk, heap: Heap) -> int:
    if not shown.heap:
        return SOME
    return MANY_FORMS if heap is Heap.NEEDS_YOU else MANY


def _texts(app: Onpoint, shown: Desk, most: int, beyond: int) -> Sequence[Filing]:
    if most <= 0:
        return ()
    return app.filings.texts(shown.matter_id, named=shown.named, k=most, offset=beyond)


def _needing(app: Onpoint, upload: Upload, shown: Desk) -> None:
    with st.container(key=f"needs_{upload.filing_id}"):
        what, how = st.columns([0.66, 0.34], vertical_alignment="center", gap="medium")
        with what:
            show(needing_line(upload, shown.matters))
        with how:
            mend(app, upload, "desk")


def _cancel_all(app: Onpoint, shown: Desk, count: int) -> None:
    if count < 2:
        return
    st.button(
        f"Cancel these {count:,}",
        key="cancel_all",
        type="tertiary",
        on_click=act,
        args=(
            "desk",
            f"{counted(count, 'file')} cancelled. Nothing of them is searchable.",
            lambda: _cancelled(app, shown),
        ),
    )


def _cancelled(app: Onpoint, shown: Desk) -> None:
    busy = app.filings.uploads(shown.matter_id, states=STATES[Heap.WORKING], named=shown.named)
    app.filings.cancel_all(*(upload.filing_id for upload in busy))


def _in_heap(tally: Tally, heap: Heap) -> int:
    return sum(tally.uploads.get(state, 0) for state in STATES[heap])


def _is_busy(tally: Tally) -> bool:
    return _in_heap(tally, Heap.WORKING) > 0
