"""What a search found in the filings of one's own matters, apart from the public law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.hits import excerpt_words
from pages.parts.html import Html, el
from pages.parts.links import filings_address
from pages.parts.words import counted, dotted, why_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model import FilingHit, FilingPassage
    from core.search.excerpt import Excerpt

# Public law stays in view below: a few filings, some lines of each, the rest one click away.
_SHOWN = 3
_EXCERPT = 190


def filing_hits(app: Onpoint, hits: Sequence[FilingHit], query: str) -> Html | None:
    """Return the filings found, in a section of their own; None where there are none."""
    if not hits:
        return None
    matters = len({hit.matter.matter_id for hit in hits})
    said = f"From your matters: {counted(len(hits), 'filing')}"
    said += f" in {counted(matters, 'matter')}" if matters > 1 else ""
    best = [hit.passages[0] if hit.passages else None for hit in hits]
    chosen = iter(app.excerpts([(one.text, query) for one in best if one], length=_EXCERPT))
    shown = [
        _hit(hit, one, next(chosen) if one else None) for hit, one in zip(hits, best, strict=True)
    ]
    more = el(
        "details", el("summary", f"{len(shown) - _SHOWN} more from your matters"), *shown[_SHOWN:]
    )
    return el(
        "section",
        el("h4", said),
        *shown[:_SHOWN],
        more if len(shown) > _SHOWN else None,
        class_="from-matters",
        aria_label="Found in your matters",
    )


def _hit(hit: FilingHit, best: FilingPassage | None, chosen: Excerpt | None) -> Html:
    return el(
        "article",
        el("h3", el("a", hit.filing.name, href=_address(hit, best))),
        el("div", dotted(hit.matter.name or None, hit.matter.number), class_="meta"),
        _passage(hit, best, chosen) if best and chosen else None,
        el("div", f"Why here: {why_here(hit.why)}", class_="why") if hit.why else None,
        class_="hit",
    )


def _passage(hit: FilingHit, passage: FilingPassage, chosen: Excerpt) -> Html:
    words = excerpt_words(passage.text, chosen, mark=True)
    return el("p", el("a", words, href=_address(hit, passage)))


def _address(hit: FilingHit, passage: FilingPassage | None) -> str:
    return filings_address(filing=hit.filing.filing_id, at=passage.span if passage else None)
