"""What is known of a filing besides its text: read by its team, and corrected by a person.

What a person said holds: nothing that is read out of a file later takes its place.
"""

from __future__ import annotations

from collections.abc import Callable

from core.access.matters import readable
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchFiling, UsageError
from core.ingest.highlight import boxes_of
from core.ingest.parse.parsed import Unreadable
from core.ingest.shop import Shop
from core.law.courts import court_ids, court_of_parenthetical
from core.library import descriptions, filing_pages, filings, uploads
from core.library.db import Transaction
from core.library.uploads import Stored
from core.model import (
    Box,
    Described,
    Field,
    Filing,
    FilingId,
    FilingKind,
    FilingPage,
    Finding,
    LegalDate,
    Span,
)

LONGEST_VALUE = 500
# Pixels across: what is wider shows nothing more, and costs a second.
WIDEST = 3_000
_NARROWEST = 50


class Particulars:
    """A filing's description, findings and pages."""

    desk = "filings"
    who: Who
    _shop: Shop
    _opened: Callable[[Filing], None]

    @permitted
    def description(self, filing_id: FilingId) -> tuple[Described, ...]:
        """What is known of a filing, each with how sure it is; nothing where you may not read it.

        An empty value, confirmed by somebody, says that there is none.
        """
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            return descriptions.described(tx, filing_id)

    @permitted
    def describe(self, filing_id: FilingId, field: Field, value: str) -> tuple[Described, ...]:
        """Say what one thing of a filing is, or with an empty value that there is none.

        Returns the whole description. Raises NoSuchFiling, and UsageError for what makes no sense.
        """
        value = _sensible(field, value)
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            held = _handed_in(tx, filing_id)
            descriptions.confirm(tx, self.who.scope, held.matter_id, filing_id, field, value)
            # Not what was said: the trail outlives the filing.
            detail = {"filing_id": str(filing_id), "field": field}
            record(
                tx,
                "filing.describe",
                subject=held.name,
                matter_id=held.matter_id,
                detail=detail,
            )
            return descriptions.described(tx, filing_id)

    @permitted
    def findings(self, filing_id: FilingId) -> tuple[Finding, ...]:
        """What was found in a filing that somebody should see before it is used."""
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            return descriptions.findings(tx, filing_id)

    @permitted
    def pages(self, filing_id: FilingId) -> tuple[FilingPage, ...]:
        """The pages of a filing, in order; none where it has no such, or you may not read it."""
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            return filing_pages.pages(tx, filing_id)

    @permitted
    def boxes(self, filing_id: FilingId, span: Span) -> tuple[tuple[int, tuple[Box, ...]], ...]:
        """Where a part of a filing's text stands: page by page, a box for each line.

        A page on which no letter of it has a place is left out.
        """
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            found = filing_pages.letters(tx, filing_id, span)
        drawn = ((page.number, boxes_of(page, span)) for page in found)
        return tuple((number, boxes) for number, boxes in drawn if boxes)

    @permitted
    def page_image(
        self, filing_id: FilingId, number: int, width: int, *, password: str | None = None
    ) -> bytes:
        """Draw a page, from 1, so many pixels wide, as PNG.

        Raises NoSuchFiling where there is no such page, UsageError where it cannot be drawn.
        """
        with self._shop.db.transaction(scope=self.who.scope) as tx:
            held = _handed_in(tx, filing_id)
            shelved = filings.filings_by_id(tx, [filing_id]).get(filing_id)
        if number < 1:
            raise NoSuchFiling
        if shelved is not None:
            self._opened(shelved)
        try:
            return self._shop.sandbox().render(
                self._shop.files.path(held.matter_id, held.sha256),
                held.kind,
                number,
                width=max(_NARROWEST, min(width, WIDEST)),
                password=password,
            )
        except Unreadable as unreadable:
            raise UsageError(unreadable.reason) from unreadable


def _handed_in(tx: Transaction, filing_id: FilingId) -> Stored:
    """Return the upload that a filing came by. Raises NoSuchFiling; UsageError where none was."""
    held = uploads.stored(tx, filing_id)
    if held is not None:
        return held
    shelved = filings.filings_by_id(tx, [filing_id]).get(filing_id)
    if shelved is None or not readable(tx, shelved.matter_id):
        raise NoSuchFiling
    raise UsageError("This filing was added as a text: it has no file, and no pages.")


def _sensible(field: Field, written: str) -> str:
    """Return a value as it is kept. Raises UsageError for what this field cannot be."""
    value = " ".join("".join(c if c.isprintable() else " " for c in written).split())
    if len(value) > LONGEST_VALUE:
        raise UsageError(f"This may have {LONGEST_VALUE} characters at most.")
    reading = _READINGS.get(field)
    return value if reading is None or not value else reading(value)


def _kind(value: str) -> str:
    folded = value.casefold()
    if folded not in {*FilingKind}:
        raise UsageError(f"A filing is one of these: {', '.join(FilingKind)}.")
    return folded


def _court(value: str) -> str:
    """Return a court's id where the court is known by what was written; else what was written."""
    return value if value in court_ids() else court_of_parenthetical(value) or value


def _date(value: str) -> str:
    try:
        LegalDate.parse(value)
    except ValueError:
        raise UsageError(f"{value!r} is no date; write 2009-04-22, 2009-04 or 2009.") from None
    return value


_READINGS: dict[Field, Callable[[str], str]] = {
    Field.KIND: _kind,
    Field.COURT: _court,
    Field.DATE_FILED: _date,
}
