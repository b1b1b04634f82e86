"""The column that narrows a search: court, dates, part of opinion.

All of it stands in the address, so that a narrowed search can be sent to a colleague.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import streamlit as st

from core.model import Filters, LegalDate, MatterId, OpinionKind
from pages.parts.address import chosen, chosen_one, typed
from pages.parts.matter_view import matter_called, my_matters

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


def ask_matter(app: Onpoint) -> MatterId | None:
    """Draw the choice of a matter to whose filings the search keeps; none for who has none."""
    if "filings.all" not in app.who.rights():
        return None
    names = {str(one.matter_id): matter_called(one) for one in my_matters(app)}
    if not names:
        return None
    chosen_id = chosen_one("Filings of", names, "matter", "All my matters")
    return MatterId(UUID(chosen_id)) if chosen_id else None


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
