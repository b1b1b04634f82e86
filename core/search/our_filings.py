"""Where the firm's own filings cite a case, for whoever asks: those of the matters they may read.

A place counts where it would be the case's in any text: one case begins there, and the name that
is written agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.law.cited_for import cited_for
from core.library import descriptions, filings, matters
from core.library.db import Reader
from core.library.filing_references import Written, filing_references
from core.model import (
    SURE,
    Case,
    CitationKind,
    CitationStatus,
    Described,
    Field,
    Filing,
    FilingId,
    FilingReference,
    FoundCitation,
    LegalDate,
    Matter,
    ReporterCitation,
    Span,
)
from core.search.cite import resolve_found

MOST = 200  # places; a firm cites some cases in every brief


def our_filings(tx: Reader, case: Case) -> tuple[FilingReference, ...]:
    """Return where filings that may be read cite a case, each sentence once.

    The filing added last comes first, and in a filing what comes first. `tx` names who asks.
    """
    written = filing_references(tx, case.citations, most=MOST) if case.citations else ()
    mine = [each for each, is_it in zip(written, _cites(tx, case, written), strict=True) if is_it]
    ids = list(dict.fromkeys(FilingId(each.filing_id) for each in mine))
    held = filings.filings_by_id(tx, ids)
    about = matters.matters_by_id(tx, list({each.matter_id for each in held.values()}))
    known = descriptions.described_by_id(tx, ids)
    found = (
        _reference(each, filing, about[filing.matter_id], known.get(filing.filing_id, ()))
        for each in mine
        if (filing := held.get(FilingId(each.filing_id))) is not None
    )
    return tuple(_once(found))


def _cites(tx: Reader, case: Case, written: Sequence[Written]) -> Iterator[bool]:
    nowhere = Span(0, 0)
    full = [
        FoundCitation(
            kind=CitationKind.FULL,
            span=nowhere,
            full_span=nowhere,
            text="",
            citation=ReporterCitation(volume=each.volume, reporter=each.reporter, page=each.page),
            plaintiff=each.plaintiff,
            defendant=each.defendant,
        )
        for each in written
    ]
    for resolved in resolve_found(full, tx):
        held = resolved.case if resolved.status is CitationStatus.HELD else None
        yield held is not None and held.case_id == case.case_id


def _reference(
    written: Written, filing: Filing, matter: Matter, known: Sequence[Described]
) -> FilingReference:
    start = written.text_start
    citation = Span(written.full_start - start, written.full_end - start)
    said = cited_for(written.text, citation)
    return FilingReference(
        matter=matter,
        filing=filing,
        date_filed=_date(_surely(known, Field.DATE_FILED)),
        signed_by=_surely(known, Field.SIGNED_BY),
        sentence=Span(said.start + start, said.end + start),
        sentence_text=said.of(written.text),
        citation=" ".join(citation.of(written.text).split()),
        pincite=written.pincite,
        signal=written.signal,
        parenthetical=written.parenthetical,
    )


def _surely(known: Sequence[Described], field: Field) -> str | None:
    """What is known of a filing and needs nobody to confirm it."""
    return next(
        (each.value or None for each in known if each.field is field and each.confidence >= SURE),
        None,
    )


def _date(written: str | None) -> LegalDate | None:
    try:
        return LegalDate.parse(written) if written else None
    except ValueError:
        return None


def _once(found: Iterable[FilingReference]) -> Iterator[FilingReference]:
    """Keep of a sentence with several citations the first that has the most to say."""
    best: dict[tuple[FilingId, Span], FilingReference] = {}
    for each in found:
        place = (each.filing.filing_id, each.sentence)
        if place not in best or _says(each) > _says(best[place]):
            best[place] = each
    yield from best.values()


def _says(reference: FilingReference) -> int:
    return 2 * (reference.parenthetical is not None) + (reference.pincite is not None)
