"""The part of the facade that brings cases into the library, each import entered into the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import ImportFailed, NoSuchFiling
from core.house import House
from core.ingest import opinions
from core.ingest.demo import demo_path
from core.ingest.importers import cap, courtlistener, courtlistener_bulk, folder, jsonl
from core.ingest.meter import Meter
from core.ingest.opinions import OpinionText
from core.ingest.pipeline import ImportProgress, ImportReport, import_cases
from core.ingest.prepare import EncoderFactory
from core.ingest.store import known_records
from core.library import filing_pages, filings
from core.model import (
    BadRecord,
    CaseId,
    CaseRecord,
    Described,
    Filing,
    FilingId,
    OpinionDetails,
)
from core.search.encoder import load_encoder

OnProgress = Callable[[ImportProgress], None]
Records = Iterable[CaseRecord | BadRecord]


def _silent(_: ImportProgress) -> None:
    return


class Importing:
    """Every way of importing cases."""

    desk = ""

    def __init__(self, house: House, who: Who) -> None:
        self.who = who
        self._house = house
        self._db = house.db

    @permitted
    def import_jsonl(
        self, paths: Sequence[Path], *, on_progress: OnProgress = _silent
    ) -> ImportReport:
        """Import cases from JSON lines, one case a line, compressed or not."""
        meter = Meter.of(paths)
        return self._import(jsonl.read_jsonl(paths, meter=meter), meter, on_progress)

    @permitted
    def import_folder(self, path: Path, *, on_progress: OnProgress = _silent) -> ImportReport:
        """Import every text and HTML file of a folder as a case."""
        meter = Meter()
        return self._import(folder.read_folder(path, meter=meter), meter, on_progress)

    @permitted
    def import_cap(self, place: str, *, on_progress: OnProgress = _silent) -> ImportReport:
        """Import the Caselaw Access Project's files from a folder, a zip or an address."""
        meter = Meter()
        return self._import(cap.read_cap(place, meter=meter), meter, on_progress)

    @permitted
    def import_courtlistener_bulk(
        self, path: Path, *, courts: Sequence[str] = (), on_progress: OnProgress = _silent
    ) -> ImportReport:
        """Import a folder of CourtListener's bulk files, of some courts or of all."""
        meter = Meter()
        records = courtlistener_bulk.read_bulk(
            path,
            courts=frozenset(courts),
            scratch=self._house.settings.home / "scratch",
            meter=meter,
        )
        return self._import(records, meter, on_progress)

    @permitted
    def import_courtlistener_api(
        self,
        token: str,
        *,
        court: str | None = None,
        filed_after: str | None = None,
        on_progress: OnProgress = _silent,
    ) -> ImportReport:
        """Import from CourtListener's API, going on where an earlier import stood."""
        meter = Meter()
        records = courtlistener.read_api(
            token,
            court=court,
            filed_after=filed_after,
            place=self._house.settings.home / "courtlistener.json",
            meter=meter,
            held=self._held,
        )
        return self._import(records, meter, on_progress)

    @permitted
    def read_opinion(self, path: Path) -> tuple[Described, ...]:
        """Say what the opinion in a file seems to be, to be confirmed. Raises UsageError."""
        return opinions.read_opinion(self._house.sandbox(), path, path.name).described

    @permitted
    def publish_opinion(self, source: FilingId | Path, details: OpinionDetails) -> CaseId:
        """Put an opinion, a file's or a filing's, on the public shelf for everybody in the firm.

        `details` are what a person has confirmed. The same words again are the same case, with
        these details. Raises UsageError, and NoSuchFiling where it may not be read.
        """
        filing, text = self._opinion(source)
        record_ = opinions.record_of(text, details)
        report = self._import([record_], Meter(), _silent, encoder=self._house.encoder)
        if report.failed:
            raise ImportFailed(f"The opinion was not taken: {report.failed[0].reason}.")
        case_id = CaseId(known_records(self._db, [record_.source_id])[record_.source_id].case_id)
        with self._db.transaction(scope=self.who.scope) as transaction:
            record(
                transaction,
                "opinion.publish",
                subject=details.case_name,
                matter_id=None if filing is None else filing.matter_id,
                detail={"case_id": case_id, "filing_id": filing and str(filing.filing_id)},
            )
        return case_id

    def _opinion(self, source: FilingId | Path) -> tuple[Filing | None, OpinionText]:
        if isinstance(source, Path):
            return None, opinions.read_opinion(self._house.sandbox(), source, source.name)
        with self._db.transaction(scope=self.who.scope) as tx:
            filing = filings.filings_by_id(tx, [source]).get(source)
            text = filings.text_of(tx, source)
            if filing is None or text is None:
                raise NoSuchFiling
            return filing, OpinionText(
                text=text,
                footnotes_start=filings.footnotes_of(tx, source),
                pages=opinions.labels(filing_pages.pages(tx, source)),
            )

    def _held(self, source_ids: Sequence[str]) -> frozenset[str]:
        return frozenset(known_records(self._db, source_ids))

    @permitted
    def import_demo(self, *, on_progress: OnProgress = _silent) -> ImportReport:
        """Load the demonstration library: invented cases of an invented state."""
        return self.import_jsonl([demo_path()], on_progress=on_progress)

    def _import(
        self,
        records: Records,
        meter: Meter,
        on_progress: OnProgress,
        encoder: EncoderFactory | None = None,
    ) -> ImportReport:
        report = import_cases(
            self._db,
            encoder or partial(load_encoder, self._house.settings.encoder, threads=1),
            records,
            here=self._house.encoder,
            workers=self._house.settings.workers,
            on_progress=on_progress,
            meter=meter,
        )
        with self._db.transaction(scope=self.who.scope) as transaction:
            record(
                transaction,
                "library.import",
                detail={"cases": report.cases, "skipped": report.skipped},
            )
        return report
