"""What lies on the filings desk, as tables: worked on, searchable, and aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages.parts.filing_view import long_about
from pages.parts.html import Html, el, joined
from pages.parts.links import filings_address
from pages.parts.times import brief
from pages.parts.upload_words import (
    HEAPS,
    Heap,
    after,
    how_far,
    size_of,
    state_mark,
    weight,
)
from pages.parts.words import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.model import Filing, FilingId, Matter, MatterId, Upload


_REPLACED = el("span", "○ replaced", class_="soft state")
_SEARCHABLE = el("span", "✓ searchable", class_="ok state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What else is known on the desk: the matters that are shown, and names, versions."""

    matters: Mapping[MatterId, Matter]
    names: Mapping[FilingId, str]
    replaced: frozenset[FilingId]


def heap_links(counts: Mapping[Heap, int], shown: Heap | None, here: Mapping[str, str]) -> Html:
    """Return the ways to see all that lies on the desk, or one heap of it."""
    every: list[Html] = [_way("Everything", sum(counts.values()), here, None, on=shown is None)]
    every += [_way(HEAPS[heap], counts[heap], here, heap, on=shown is heap) for heap in Heap]
    return el("nav", *every, class_="heaps", aria_label="Show")


def working_table(uploads: Sequence[Upload], around: Around) -> Html:
    """Return what is waiting or worked on: how far, and how long it will take."""
    rows = [
        el(
            "tr",
            el("td", _named(upload, around)),
            el("td", how_far(upload), class_="far"),
            el("td", weight(upload.bytes), class_="num soft"),
        )
        for upload in uploads
    ]
    return _table(("File", "What is being done", "Size"), rows)


def searchable_table(uploads: Sequence[Upload], filings: Sequence[Filing], around: Around) -> Html:
    """Return what can be searched: files that were handed in, then texts that were written here."""
    rows = [
        el(
            "tr",
            el("td", _named(upload, around)),
            el("td", size_of(upload), class_="num soft"),
            el("td", brief(upload.accepted_at), class_="soft nb", title=f"By {upload.added_by}"),
            el("td", _shelf_state(upload, around)),
        )
        for upload in uploads
    ]
    rows += [_written_row(filing, around) for filing in filings]
    return _table(("Filing", "Length", "Accepted", "State"), rows)


def aside_table(uploads: Sequence[Upload], around: Around) -> Html:
    """Return what will not be searched, and why."""
    rows = [
        el(
            "tr",
            el("td", _named(upload, around)),
            el("td", state_mark(upload)),
            el("td", upload.reason or "", class_="why"),
        )
        for upload in uploads
    ]
    return _table(("File", "State", "Why"), rows)


def needing_line(upload: Upload, around: Around) -> Html:
    """Return what needs somebody: its name, its state, and what it needs in words."""
    mark = state_mark(upload)
    return el(
        "div",
        _named(upload, around),
        el("div", dotted(mark, el("span", upload.reason or "", class_="why")), class_="needs"),
    )


def rest_line(left: int, heap: Heap, here: Mapping[str, str], *, alone: bool) -> Html:
    """Say how many more there are, and lead to them; `alone`: no other heap is shown."""
    address = filings_address(matter=here.get("matter"), show=heap.value)
    more = f"{left:,} more: search finds them" if alone else el("a", f"{left:,} more", href=address)
    return el("p", more, class_="meta")


def nothing_on_desk(heap: Heap | None) -> Html:
    said = {
        None: "Nothing lies on this desk yet. Drop files at the right: each is read, described, "
        "looked through and made searchable, or says what it needs from you.",
        Heap.NEEDS_YOU: "Nothing needs you.",
        Heap.WORKING: "Nothing is being worked on.",
        Heap.SEARCHABLE: "No filings yet.",
        Heap.ASIDE: "Everything that was handed in could be read.",
    }
    return el("p", said[heap], class_="meta")


def _way(name: str, n: int, here: Mapping[str, str], heap: Heap | None, *, on: bool) -> Html:
    address = filings_address(matter=here.get("matter"), show=heap.value if heap else None)
    return el(
        "a",
        f"{name} ",
        el("b", f"{n:,}"),
        href=address,
        class_="on" if on else None,
        aria_current="true" if on else None,
    )


def _named(upload: Upload, around: Around) -> Html:
    address = filings_address(filing=upload.filing_id)
    came_in = around.names.get(upload.part_of) if upload.part_of else None
    said = dotted(
        _matter_name(around, upload.matter_id),
        el("span", "in ", came_in) if came_in else None,
    )
    return joined(
        [
            el("a", upload.name, href=address, class_="file"),
            el("div", said, class_="meta") if said else None,
        ]
    )


def _matter_name(around: Around, matter_id: MatterId) -> str | None:
    """Name a matter where more than one is shown."""
    matter = around.matters.get(matter_id)
    return (matter.name or matter.number) if matter and len(around.matters) > 1 else None


def _written_row(filing: Filing, around: Around) -> Html:
    held = _matter_name(around, filing.matter_id)
    name = el("a", filing.name, href=filings_address(filing=filing.filing_id), class_="file")
    return el(
        "tr",
        el("td", name, el("div", held, class_="meta") if held else None),
        el("td", long_about(filing).removeprefix("about "), class_="num soft"),
        el("td", brief(filing.added_at), class_="soft nb", title=f"By {filing.added_by}"),
        el("td", _REPLACED if filing.filing_id in around.replaced else _SEARCHABLE),
    )


def _shelf_state(upload: Upload, around: Around) -> Html:
    if upload.filing_id in around.replaced:
        return _REPLACED
    return joined([state_mark(upload), el("span", f" {after(upload)}", class_="meta nb")])


def _table(titles: Sequence[str], rows: Sequence[Html]) -> Html:
    numbers = {"Size", "Length"}
    head = [
        el("th", title, scope="col", class_="num" if title in numbers else None) for title in titles
    ]
    return el("table", el("tr", *head), *rows, class_="held-list wide desk")
