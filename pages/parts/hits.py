"""A list of cases found: name, citation, the sentence that matters, and why it is here."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from core.model import Span
from pages.parts.html import Html, el, joined
from pages.parts.links import case_address, passage_address
from pages.parts.words import (
    case_title,
    docket_in_words,
    dotted,
    invented_mark,
    where,
    why_here,
    year_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.app import Onpoint
    from core.model import Case, Hit, Passage
    from core.search.excerpt import Excerpt

_PASSAGES_SHOWN = 2


def hit_list(app: Onpoint, hits: Iterable[Hit], query: str) -> Html:
    """Return the hits as they stand on the screen, words of the query marked."""
    shown = [(hit, hit.passages[:_PASSAGES_SHOWN]) for hit in hits]
    drawn = iter(_passages(app, [(hit.case, one) for hit, ones in shown for one in ones], query))
    found = (_hit(hit, list(islice(drawn, len(ones)))) for hit, ones in shown)
    return el("div", *found, class_="hits")


def case_line(case: Case, *more: str | None) -> Html:
    """Return citation, court and year of a case on one line, broken only between them."""
    cited = str(case.citations[0]) if case.citations else None
    return dotted(
        cited or docket_in_words(case.docket_number),
        case.court.name,
        year_in_words(case.date_filed),
        *more,
    )


def excerpt_words(text: str, chosen: Excerpt, *, mark: bool) -> Html:
    """Return an excerpt of a passage, with the words that were asked for marked or not."""
    pieces: list[str | Html | None] = ["… " if chosen.span.start else None]
    end = chosen.span.start
    for span in chosen.marks if mark else ():
        pieces += [text[end : span.start], el("mark", span.of(text))]
        end = span.end
    pieces.append(text[end : chosen.span.end])
    pieces.append(" …" if chosen.span.end < len(text.rstrip()) else None)
    return joined(pieces)


def _hit(hit: Hit, passages: Sequence[Html]) -> Html:
    case = hit.case
    address = passage_address(hit.passages[0]) if hit.passages else case_address(case.case_id)
    cited_by = f"cited by {hit.cited_by:,} here" if hit.cited_by else None
    return el(
        "article",
        el("h3", el("a", case_title(case), href=address), invented_mark(case)),
        el("div", case_line(case, cited_by), class_="meta"),
        *passages,
        el("div", f"Why here: {why_here(hit.why)}", class_="why") if hit.why else None,
        class_="hit",
    )


def _passages(app: Onpoint, found: Sequence[tuple[Case, Passage]], query: str) -> list[Html]:
    """Draw passages; the library is asked once for all of them."""
    chosen = app.excerpts([(passage.text, query) for _, passage in found])
    # The page of the words that are shown, not that on which their passage begins.
    places = [
        (passage.opinion_id, _shifted(one.span, passage.span.start))
        for (_, passage), one in zip(found, chosen, strict=True)
    ]
    drawn = zip(found, chosen, app.pincites(places), strict=True)
    return [
        _passage(passage, case.court.court, one, page if passage.page else None)
        for (case, passage), one, page in drawn
    ]


def _shifted(span: Span, by: int) -> Span:
    return Span(by + span.start, by + max(span.end, 1))


def _passage(passage: Passage, court: str, chosen: Excerpt, page: str | None) -> Html:
    place = el("span", where(passage, court, page), class_="meta nb")
    words = excerpt_words(passage.text, chosen, mark=True)
    return el("p", el("a", words, href=passage_address(passage)), " ", place)
