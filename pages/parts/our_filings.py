"""Where the firm's own filings cite a case, beside its text: what for, and in which words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pages.parts.html import Html, el, joined
from pages.parts.links import filings_address
from pages.parts.words import counted, date_in_words, dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import FilingReference

# The text of the case stays in view beside: a few filings, the others one click away.
_SHOWN = 3
_LONGEST = 420  # letters of a sentence


def our_filings(references: Sequence[FilingReference]) -> Html | None:
    """Return the filings that cite the case, each with its sentences; None where none does."""
    if not references:
        return None
    filings = [_filing(list(said)) for _, said in groupby(references, key=lambda each: each.filing)]
    more = el("details", el("summary", f"{len(filings) - _SHOWN} more"), *filings[_SHOWN:])
    return el(
        "section",
        el("h4", f"In our filings: {counted(len(filings), 'filing')}"),
        *filings[:_SHOWN],
        more if len(filings) > _SHOWN else None,
        class_="block",
        aria_label="In our filings",
    )


def _filing(said: Sequence[FilingReference]) -> Html:
    first = said[0]
    signed = first.signed_by.replace("; ", ", ").replace(";", ", ") if first.signed_by else None
    return el(
        "div",
        el("a", first.filing.name, href=_address(first)),
        el(
            "div",
            dotted(
                first.matter.name or None,
                first.matter.number,
                f"filed {date_in_words(first.date_filed)}" if first.date_filed else None,
                f"signed by {signed}" if signed else None,
            ),
            class_="meta",
        ),
        *(_sentence(each) for each in said),
        class_="cite",
    )


def _sentence(reference: FilingReference) -> Html:
    words = " ".join(reference.sentence_text.split())
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
    return joined(
        [
            el("p", el("a", words, href=_address(reference), class_="quiet-link")),
            _reuse(reference) if reference.parenthetical else None,
        ]
    )


def _reuse(reference: FilingReference) -> Html:
    """Offer the citation with what the firm said of the case in parentheses."""
    return el(
        "button",
        "Copy with our parenthetical",
        class_="act",
        type="button",
        title=reference.citation,
        data_act="words",
        data_words=reference.citation,
    )


def _address(reference: FilingReference) -> str:
    return filings_address(filing=reference.filing.filing_id, at=reference.sentence)
