"""What helps on where there is nothing to show: how to ask, and why nothing was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.html import Html, el
from pages.parts.links import library_address
from pages.parts.words import counted, years_covered

if TYPE_CHECKING:
    from core.model import Coverage, SearchResult


def ways_to_ask(coverage: Coverage) -> Html:
    """Show the kinds of things the search box takes."""
    ways = (
        ("A citation", "556 U.S. 418, or 556 US 418, 435 for a page"),
        ("A case name", "Nken v. Holder"),
        ("A docket number", "No. 08-681"),
        ("An exact phrase", "“irreparable injury absent a stay”"),
        ("A question", "does removal pending review count as irreparable harm"),
    )
    rows = [el("tr", el("td", what), el("td", example)) for what, example in ways]
    held = f"{counted(coverage.cases, 'case')} from {counted(coverage.courts, 'court')}"
    return el(
        "div",
        el("p", f"Searches {held}. Write any of these in the box above:", class_="meta"),
        el("table", *rows, class_="ways"),
    )


def nothing_found(result: SearchResult, *, narrowed: bool) -> Html:
    """Say that nothing was found, where was looked, and what to try; never that it is not real."""
    understood, years = result.understood, years_covered(result.coverage)
    sought = understood.citation or understood.docket_number
    said = f"{sought} is not in this library." if sought else "No case here has that."
    held = f"It holds {counted(result.coverage.cases, 'case')}"
    return el(
        "div",
        el("h2", said),
        el("p", f"{held} from {counted(result.coverage.courts, 'court')}, {years or 'undated'}."),
        el("p", "That a case is not here says nothing about whether it exists.")
        if sought
        else None,
        el("p", "Take a filter away at the right; some may leave it out.") if narrowed else None,
        el(
            "p",
            "Try fewer or other words, or ",
            el("a", "import more cases", href=library_address()),
            ".",
        ),
        class_="quiet",
    )
