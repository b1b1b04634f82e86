"""Brings cases from a source onto the shelf, so that they can be searched, read and cited.

Stop it when you like, even by pulling the plug: what was stored stays, and the same import run
again goes on from there. Run once more, it adds nothing.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TypeVar

from core.errors import DatabaseUnavailable, OnpointError
from core.ingest.crew import Crew
from core.ingest.finish import finish, make_ready, measure_tables
from core.ingest.meter import Meter
from core.ingest.prepare import EncoderFactory, Prepared, prepare
from core.ingest.report import ImportProgress, ImportReport
from core.ingest.seen import Seen
from core.ingest.store import Stored, content_sha256, known_records, store
from core.library.db import Database
from core.model import BadRecord, CaseRecord
from core.search.encoder import Encoder

T = TypeVar("T")

BATCH_CHARACTERS = 2_000_000
BATCH_RECORDS = 2_000
# A source that lists millions of bad records must not fill the memory with them.
MOST_REPORTED = 10_000
# How long a database that was stopped is waited for before the import gives up.
DATABASE_PATIENCE = 120.0
_DIED = "the process that prepared it died; it was left out"
_OTHER_CONTENT = "the same id came before in this import with other content; the first was kept"


@dataclass(slots=True, kw_only=True)
class _Batch:
    """Records on their way to the shelf, with the hash of each."""

    number: int
    records: list[CaseRecord]
    hashes: dict[str, bytes]
    # Bytes of the source read when the batch was full.
    read: int = 0
    # Records that came before the end of this batch.
    given: int = 0
    deaths: int = 0


def import_cases(
    db: Database,
    encoder_factory: EncoderFactory,
    records: Iterable[CaseRecord | BadRecord],
    *,
    here: Callable[[], Encoder] | None = None,
    workers: int = 0,
    on_progress: Callable[[ImportProgress], None] = lambda _: None,
    meter: Meter | None = None,
) -> ImportReport:
    """Import records in their order, and return what came of it.

    `workers` processes prepare them, 0 for one a processor; `encoder_factory` goes to each, so
    it must be picklable. An import of one batch is prepared in this process, by the encoder that
    is `here` already where one is given. `meter` is the one the reader counts on. Raises
    ImportFailed, EncoderMismatch, EncoderUnavailable or DatabaseUnavailable: what was stored stays.
    """
    run = _Run(db=db, meter=meter or Meter(), on_progress=on_progress)
    with closing(Seen()) as seen:
        batches = _batches(run, records, seen)
        first, second = next(batches, None), next(batches, None)
        if second is None:
            run.alone(first, here or encoder_factory)
        else:
            assert first is not None  # noqa: S101  a second batch has one before it
            size = workers or os.cpu_count() or 1
            with Crew(encoder_factory, count=size) as crew:
                make_ready(db)
                run.together(chain((first, second), batches), crew, size)
    finish(db, run.say)
    if run.total.cases:
        measure_tables(db)
    return run.report()


def _batches(run: _Run, records: Iterable[CaseRecord | BadRecord], seen: Seen) -> Iterator[_Batch]:
    """Gather the records that the library does not hold as they are into batches."""
    held: dict[str, tuple[CaseRecord, bytes]] = {}
    size = 0
    for record in records:
        run.given += 1
        if isinstance(record, BadRecord):
            run.note(record)
            continue
        content = content_sha256(record)
        before = seen.first(record.source_id, content)
        if before is not None:
            run.met_again(record, same=before == content)
            continue
        held[record.source_id] = record, content
        size += sum(len(opinion.text) for opinion in record.opinions)
        if size >= BATCH_CHARACTERS or len(held) >= BATCH_RECORDS:
            fresh, size = run.unknown(held), 0
            held = {}
            if fresh:
                yield run.batch(fresh)
    fresh = run.unknown(held)
    if fresh:
        yield run.batch(fresh)


def patiently(ask: Callable[[], T]) -> T:
    """Ask the database, again and again where it has gone away; it may be about to come back.

    Raises DatabaseUnavailable when it stays away.
    """
    until = time.monotonic() + DATABASE_PATIENCE
    pause = 0.25
    while True:
        try:
            return ask()
        except DatabaseUnavailable:
            if time.monotonic() + pause > until:
                raise
            time.sleep(pause)
            pause = min(2 * pause, 5.0)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One import as it goes on: what was done so far, and what was said."""

    db: Database
    meter: Meter
    on_progress: Callable[[ImportProgress], None]
    started: float = field(default_factory=time.monotonic)
    total: Stored = field(default_factory=Stored)
    skipped: int = 0
    dealt_with: int = 0
    given: int = 0
    in_work: int = 0
    failed: list[BadRecord] = field(default_factory=list[BadRecord])
    notices: list[BadRecord] = field(default_factory=list[BadRecord])
    unreported: int = 0
    numbers: Iterator[int] = field(default_factory=count)

    def note(self, bad: BadRecord) -> None:
        kept = self.notices if bad.taken else self.failed
        if len(kept) < MOST_REPORTED:
            kept.append(bad)
        else:
            self.unreported += 1

    def met_again(self, record: CaseRecord, *, same: bool) -> None:
        if same:
            self.skipped += 1
        else:
            self.note(BadRecord(item=record.source_id, reason=_OTHER_CONTENT))

    def batch(self, fresh: dict[str, tuple[CaseRecord, bytes]]) -> _Batch:
        return _Batch(
            number=next(self.numbers),
            records=[record for record, _ in fresh.values()],
            hashes={source_id: content for source_id, (_, content) in fresh.items()},
            read=self.meter.read,
            given=self.given,
        )

    def unknown(
        self, held: dict[str, tuple[CaseRecord, bytes]]
    ) -> dict[str, tuple[CaseRecord, bytes]]:
        """Leave out what the library holds with the same content."""
        known = patiently(lambda: known_records(self.db, list(held)))
        fresh = {
            source_id: (record, content)
            for source_id, (record, content) in held.items()
            if source_id not in known or known[source_id].content_sha256 != content
        }
        self.skipped += len(held) - len(fresh)
        self.in_work += bool(fresh)
        if not self.in_work:
            self._settle(self.meter.read, self.given)
        return fresh

    def _settle(self, read: int, given: int) -> None:
        self.dealt_with, self.meter.settled = read, given
        self.say("importing")

    def alone(self, batch: _Batch | None, encoder: Callable[[], Encoder]) -> None:
        """Prepare and store one batch in this process."""
        if batch is not None:
            self.store(batch, prepare(batch.records, encoder()))

    def together(self, batches: Iterator[_Batch], crew: Crew, size: int) -> None:
        """Have the crew prepare batches, and store them in the order they were read in."""
        line: deque[_Batch] = deque()
        ready: dict[int, Prepared] = {}
        more = True
        while more or line:
            while more and crew.has_room and len(line) < 4 * size:
                batch = next(batches, None)
                more = batch is not None
                if batch is not None:
                    line.append(batch)
                    crew.give(batch.number, batch.records)
            if line:
                self._receive(crew, line, ready)
            while line and line[0].number in ready:
                batch = line.popleft()
                self.store(batch, ready.pop(batch.number))

    def _receive(self, crew: Crew, line: deque[_Batch], ready: dict[int, Prepared]) -> None:
        for done in crew.take():
            if isinstance(done.prepared, OnpointError):
                raise done.prepared
            if done.prepared is not None:
                ready[done.number] = done.prepared
            else:
                self._again(crew, line, next(b for b in line if b.number == done.number))

    def _again(self, crew: Crew, line: deque[_Batch], batch: _Batch) -> None:
        """Give a batch whose process died to another; at the second time, case by case.

        A case whose process dies when it is alone is the one to report.
        """
        batch.deaths += 1
        if batch.deaths == 1:
            crew.give(batch.number, batch.records)
            return
        at = line.index(batch)
        line.remove(batch)
        if len(batch.records) == 1:
            self.note(BadRecord(item=batch.records[0].source_id, reason=_DIED))
            self.in_work -= 1
            return
        self.in_work -= 1
        for place, record in enumerate(batch.records, start=at):
            content = {record.source_id: (record, batch.hashes[record.source_id])}
            single = self.batch(content)
            single.read, single.given, single.deaths = batch.read, batch.given, 1
            self.in_work += 1
            line.insert(place, single)
            crew.give(single.number, single.records)

    def store(self, batch: _Batch, prepared: Prepared) -> None:
        for bad in prepared.bad:
            self.note(bad)
        stored = patiently(lambda: store(self.db, prepared, batch.hashes))
        self.total = Stored(
            cases=self.total.cases + stored.cases,
            opinions=self.total.opinions + stored.opinions,
            passages=self.total.passages + stored.passages,
            citations=self.total.citations + stored.citations,
        )
        self.in_work -= 1
        self._settle(batch.read, batch.given)

    def say(self, stage: str) -> None:
        self.on_progress(
            ImportProgress(
                stage=stage,
                cases=self.total.cases,
                skipped=self.skipped,
                read=self.dealt_with,
                total=self.meter.total,
                seconds=time.monotonic() - self.started,
            )
        )

    def report(self) -> ImportReport:
        if self.unreported:
            reason = "more of them; only the first were listed"
            self.failed.append(BadRecord(item=f"{self.unreported} records", reason=reason))
        return ImportReport(
            cases=self.total.cases,
            opinions=self.total.opinions,
            passages=self.total.passages,
            citations=self.total.citations,
            skipped=self.skipped,
            failed=tuple(self.failed),
            notices=tuple(self.notices),
            seconds=time.monotonic() - self.started,
        )
