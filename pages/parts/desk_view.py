"""What lies on the filings desk, as tables: worked on, searchable, and aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.model import Matter, MatterId, UploadState
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
    from collections.abc import Sequence

    from core.model import Filing, Upload


# Nobody gave a reason, and something can be done.
_CALLED_OFF = {UploadState.CANCELLED: "Open it to take it up again."}
_REPLACED = el("span", "○ replaced", class_="soft state")
_SEARCHABLE = el("span", "✓ searchable", class_="ok state")


# The matters that are shown: their names are told where there is more than one.
Matters = Mapping[MatterId, Matter]


def heap_links(counts: Mapping[Heap, int], shown: Heap | None, here: Mapping[str, str]) -> Html:
    """Return the ways to see all that lies on the desk, or one heap of it."""
    every: list[Html] = [_way("Everything", sum(counts.values()), here, None, on=shown is None)]
    every += [_way(HEAPS[heap], counts[heap], here, heap, on=shown is heap) for heap in Heap]
    return el("nav", *every, class_="heaps", aria_label="Show")


def working_table(uploads: Sequence[Upload], matters: Matters) -> Html:
    """Return what is waiting or worked on: how far, and how long it will take."""
    rows = [
        el(
            "tr",
            el("td", _named(upload, matters)),
            el("td", how_far(upload), class_="far"),
            el("td", weight(upload.bytes), class_="num soft"),
        )
        for upload in uploads
    ]
    return _table(("File", "What is being done", "Size"), rows)


def searchable_table(
    uploads: Sequence[Upload], filings: Sequence[Filing], matters: Matters
) -> Html:
    """Return what can be searched: files that were handed in, then texts that were written here."""
    rows = [
        el(
            "tr",
            el("td", _named(upload, matters)),
            el("td", size_of(upload), class_="num soft"),
            el("td", brief(upload.accepted_at), class_="soft nb", title=f"By {upload.added_by}"),
            el("td", _shelf_state(upload)),
        )
        for upload in uploads
    ]
    rows += [_written_row(filing, matters) for filing in filings]
    return _table(("Filing", "Length", "Accepted", "State"), rows)


def aside_table(uploads: Sequence[Upload], matters: Matters) -> Html:
    """Return what will not be searched, and why."""
    rows = [
        el(
            "tr",
            el("td", _named(upload, matters)),
            el("td", state_mark(upload)),
            el("td", upload.reason or _CALLED_OFF.get(upload.state, ""), class_="why"),
        )
        for upload in uploads
    ]
    return _table(("File", "State", "Why"), rows)


def needing_line(upload: Upload, matters: Matters) -> Html:
    """Return what needs somebody: its name, its state, and what it needs in words."""
    mark = state_mark(upload)
    return el(
        "div",
        _named(upload, matters),
        el("div", dotted(mark, el("span", upload.reason or "", class_="why")), class_="needs"),
    )


def rest_line(left: int, heap: Heap, here: Mapping[str, str]) -> Html:
    """Say how many more there are, and lead to them."""
    return el("p", el("a", f"{left:,} more", href=_address(here, heap)), class_="meta")


def part_line(part: int, most: int, count: int, heap: Heap, here: Mapping[str, str]) -> Html:
    """Say which part of a long heap this is, and lead to those before and after it."""
    first, last = (part - 1) * most + 1, min(part * most, count)
    return el(
        "nav",
        _step("‹ before", _address(here, heap, part=part - 1), possible=part > 1),
        el("span", f"{first:,} to {last:,} of {count:,}"),
        _step("after ›", _address(here, heap, part=part + 1), possible=last < count),
        class_="page-line meta",
        aria_label="Parts of the list",
    )


def _step(words: str, address: str, *, possible: bool) -> Html:
    return el("a", words, href=address) if possible else el("span", words, class_="soft")


def _address(here: Mapping[str, str], heap: Heap | None, *, part: int = 1) -> str:
    return filings_address(
        matter=here.get("matter"),
        name=here.get("name"),
        show=heap.value if heap else None,
        part=part if part > 1 else None,
    )


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
    return el(
        "a",
        f"{name} ",
        el("b", f"{n:,}"),
        href=_address(here, heap),
        class_="on" if on else None,
        aria_current="true" if on else None,
    )


def _named(upload: Upload, matters: Matters) -> Html:
    address = filings_address(filing=upload.filing_id)
    said = dotted(
        _matter_name(matters, upload.matter_id),
        el("span", "in ", upload.came_in) if upload.came_in else None,
        el("span", "read again") if upload.reading > 1 else None,
    )
    return joined(
        [
            el("a", upload.name, href=address, class_="file"),
            el("div", said, class_="meta") if said else None,
        ]
    )


def _matter_name(matters: Matters, matter_id: MatterId) -> str | None:
    """Name a matter where more than one is shown."""
    matter = matters.get(matter_id)
    return (matter.name or matter.number) if matter and len(matters) > 1 else None


def _written_row(filing: Filing, matters: Matters) -> Html:
    held = _matter_name(matters, filing.matter_id)
    name = el("a", filing.name, href=filings_address(filing=filing.filing_id), class_="file")
    return el(
        "tr",
        el("td", name, el("div", held, class_="meta") if held else None),
        el("td", long_about(filing).removeprefix("about "), class_="num soft"),
        el("td", brief(filing.added_at), class_="soft nb", title=f"By {filing.added_by}"),
        el("td", _REPLACED if filing.replaced_by else _SEARCHABLE),
    )


def _shelf_state(upload: Upload) -> Html:
    if upload.replaced:
        return _REPLACED
    return joined([state_mark(upload), el("span", f" {after(upload)}", class_="meta nb")])


def _table(titles: Sequence[str], rows: Sequence[Html]) -> Html:
    numbers = {"Size", "Length"}
    head = [
        el("th", title, scope="col", class_="num" if title in numbers else None) for title in titles
    ]
    return el("table", el("tr", *head), *rows, class_="held-list wide desk")
