"""What a matter's own filings say on a question, quoted beside the answer and never part of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pages.parts.html import Html, el
from pages.parts.links import filings_address
from pages.parts.words import counted, dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import FilingQuotation

_TITLE = "In the matter’s own filings"


def said_in_filings(said: Sequence[FilingQuotation], *, named: int) -> Html:
    """Return what filings say, each with its sentences; `named` places were found in all.

    The difference is what the reader may not read, or what is not there any more.
    """
    gone = named - len(said)
    filings = [
        _filing(list(those)) for _, those in groupby(said, key=lambda one: one.filing.filing_id)
    ]
    what = (
        "What a party says, word for word; it is not the law, and no language model was shown it."
        if said
        else None
    )
    lost = f"{counted(gone, 'place')} cannot be shown any more." if gone else None
    none = None if named else "Nothing in the matter’s filings speaks to this question."
    return el(
        "section",
        el("h4", _TITLE),
        *(el("p", words, class_="meta") for words in (what, none, lost) if words),
        *filings,
        class_="block said-in-filings",
        aria_label=_TITLE,
    )


def _filing(said: Sequence[FilingQuotation]) -> Html:
    first = said[0]
    newer = "a newer version has taken its place" if first.filing.replaced_by else None
    return el(
        "div",
        el("a", first.filing.name, href=_address(first)),
        el("div", dotted(newer), class_="meta") if newer else None,
        *(_sentence(one) for one in said),
        class_="cite",
    )


def _sentence(one: FilingQuotation) -> Html:
    words = el("a", " ".join(one.words.split()), href=_address(one), class_="quiet-link")
    return el("p", words, el("span", f" page {one.page}", class_="meta nb") if one.page else None)


def _address(one: FilingQuotation) -> str:
    return filings_address(filing=one.filing.filing_id, at=one.place.span)
