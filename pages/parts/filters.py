"""The column that narrows a search: court, dates, part of opinion.

All of it stands in the address, so that a narrowed search can be sent to a colleague.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.model import Filters, LegalDate, OpinionKind
from pages.parts.address import chosen, typed

if TYPE_CHECKING:
    from core.app import Onpoint

# The parts of an opinion as a reader tells them apart.
PARTS = {
    "Opinion of the court": {
        OpinionKind.MAJORITY,
        OpinionKind.PLURALITY,
        OpinionKind.PER_CURIAM,
        OpinionKind.COMBINED,
    },
    "Concurrence": {OpinionKind.CONCURRENCE, OpinionKind.CONCURRENCE_IN_JUDGMENT},
    "Dissent": {OpinionKind.DISSENT, OpinionKind.CONCUR_DISSENT},
    "Other writing": {OpinionKind.SEPARATE, OpinionKind.STATEMENT},
}


def ask_filters(app: Onpoint) -> Filters:
    """Draw the fields and return what they say; a date that is none is said so and not used."""
    courts = _courts(app)
    first = _day("Decided from", "from", "year or date")
    last = _day("Decided to", "to", "year or date")
    as_of = _day("As of", "as_of", "today", help="Shows nothing later than this day.")
    parts = chosen("Part of opinion", {part: part for part in PARTS}, "part", "Every part")
    return Filters(
        courts=frozenset(courts),
        filed_from=first.first if first else None,
        filed_to=last.last if last else None,
        as_of=as_of.last if as_of else None,
        kinds=frozenset(kind for part in parts for kind in PARTS[part]),
    )


def _courts(app: Onpoint) -> list[str]:
    names = {count.court.court: count.court.name for count in app.courts()}
    return chosen("Court", names, "court", "All courts")


def _day(label: str, key: str, placeholder: str, *, help: str | None = None) -> LegalDate | None:  # noqa: A002  Streamlit's word
    written = typed(label, key, placeholder=placeholder, max_chars=10, help=help)
    if not written.strip():
        return None
    try:
        return LegalDate.parse(written)
    except ValueError:
        st.caption("Not a date, so not used. Write 2009, 2009-04 or 2009-04-22.")
        return None
