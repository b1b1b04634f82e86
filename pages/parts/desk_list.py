"""The list of the filings desk: drawn anew by itself while something on it is worked on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.acts import act, tell_act
from pages.parts.desk_view import (
    Around,
    aside_table,
    heap_links,
    needing_line,
    nothing_on_desk,
    rest_line,
    searchable_table,
    working_table,
)
from pages.parts.html import el, show
from pages.parts.mend import mend
from pages.parts.upload_words import HEAPS, Heap, heap_of
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.app import Onpoint
    from core.model import Filing, FilingId, Matter, MatterId, Upload

# Seconds between two looks at the desk while something on it is worked on.
GLANCE = 2.0
# Of each heap so many are shown where all heaps are, and where it alone is.
SOME, MANY = 50, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is looked at: whose matters, which of them, and which heap."""

    matters: Mapping[MatterId, Matter]
    # The matter that the address names, if it does.
    matter_id: MatterId | None
    heap: Heap | None
    # Of the filings, those that a newer version has taken the place of.
    replaced: frozenset[FilingId]
    # A part of the names that are looked for, in small letters; empty for all.
    named: str
    # Filings that were never files: texts that were written or pasted here.
    written: Sequence[Filing]

    @property
    def here(self) -> dict[str, str]:
        return {"matter": str(self.matter_id)} if self.matter_id else {}


def draw_desk(app: Onpoint, shown: Desk, uploads: Sequence[Upload]) -> None:
    """Draw the desk; by itself again and again as long as it is busy."""
    busy = _is_busy(uploads)
    st.fragment(_desk, run_every=GLANCE if busy else None)(app, shown, busy=busy)


def _desk(app: Onpoint, shown: Desk, *, busy: bool) -> None:
    uploads = app.filings.uploads(shown.matter_id)
    if _is_busy(uploads) is not busy:
        # The whole screen once more: it begins, or ends, to be drawn by itself.
        st.rerun(scope="app")
    heaps: dict[Heap, list[Upload]] = {heap: [] for heap in Heap}
    for upload in uploads:
        if shown.named in upload.name.casefold():
            heaps[heap_of(upload)].append(upload)
    counts = {heap: len(heaps[heap]) for heap in Heap}
    counts[Heap.SEARCHABLE] += len(shown.written)
    show(heap_links(counts, shown.heap, shown.here))
    tell_act("desk")
    around = Around(
        matters=shown.matters,
        names={one.filing_id: one.name for one in uploads},
        replaced=shown.replaced,
    )
    drawn = [heap for heap in Heap if shown.heap in (None, heap) and counts[heap]]
    for heap in drawn:
        _heap(app, shown, heap, heaps[heap], around)
    if not drawn:
        show(nothing_on_desk(shown.heap))


def _heap(app: Onpoint, shown: Desk, heap: Heap, uploads: Sequence[Upload], around: Around) -> None:
    most = MANY if shown.heap else SOME
    some = uploads[:most]
    if not shown.heap:
        show(el("h2", HEAPS[heap]))
    if heap is Heap.NEEDS_YOU:
        for upload in some:
            _needing(app, upload, around)
    elif heap is Heap.WORKING:
        show(working_table(some, around))
        _cancel_all(app, uploads)
    elif heap is Heap.SEARCHABLE:
        show(searchable_table(some, shown.written[: most - len(some)], around))
    else:
        show(aside_table(some, around))
    written = len(shown.written) if heap is Heap.SEARCHABLE else 0
    left = len(uploads) + written - most
    if left > 0:
        show(rest_line(left, heap, shown.here, alone=shown.heap is not None))


def _needing(app: Onpoint, upload: Upload, around: Around) -> None:
    with st.container(key=f"needs_{upload.filing_id}"):
        what, how = st.columns([0.66, 0.34], vertical_alignment="center", gap="medium")
        with what:
            show(needing_line(upload, around))
        with how:
            mend(app, upload, "desk")


def _cancel_all(app: Onpoint, uploads: Sequence[Upload]) -> None:
    if len(uploads) < 2:
        return
    st.button(
        f"Cancel these {len(uploads):,}",
        key="cancel_all",
        type="tertiary",
        on_click=act,
        args=(
            "desk",
            f"{counted(len(uploads), 'file')} cancelled. Nothing of them is searchable.",
            lambda: [app.filings.cancel(upload.filing_id) for upload in uploads],
        ),
    )


def _is_busy(uploads: Sequence[Upload]) -> bool:
    return any(heap_of(upload) is Heap.WORKING for upload in uploads)
