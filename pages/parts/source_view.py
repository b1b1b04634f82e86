"""A numbered source on the page: its citation, which opinion it is of, and how that fared since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import ENDS_LAW
from pages.parts.html import Html, el, joined, text
from pages.parts.words import capital, invented_mark, part_of_opinion, unbroken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import Source


def source_entry(
    source: Source, citation: Html, marks: Sequence[Html | None], *below: Html | None
) -> Html:
    """Return a source under its number; `marks` stand beside the part of opinion it is of."""
    passage, case = source.passage, source.case
    part = capital(part_of_opinion(passage.kind, passage.author, court=case.court.court))
    tags = el("div", el("span", part, class_="tag"), *marks, invented_mark(case), class_="tags")
    return el(
        "div",
        el("b", source.n),
        el("div", citation, tags, *below),
        class_="src",
        id=f"source-{source.n}",
    )


def treated_mark(source: Source) -> Html | None:
    """Return how the case fared since, and on its tag the sentence that was derived from."""
    if source.treatment is None:
        return None
    bad = source.treated is None or source.treated.treatment in ENDS_LAW
    said = " ".join(source.treated.sentence_text.split()) if source.treated else ""
    shape = "△" if bad else "○"
    return el("span", f"{shape} {source.treatment}", class_="tag bad" if bad else "tag", title=said)


def cited_in_italics(source: Source, name: str) -> Html:
    """Set the case's name in italics where the citation begins with it."""
    if not name or not source.citation.startswith(name):
        return text(source.citation)
    # ", 125 Merr. 2d 671, 672 (1995)": the comma stays with the name, the rest on one line.
    comma, place = source.citation[len(name) :].partition(" ")[::2]
    return joined([el("em", name), comma, " ", unbroken(place)])
