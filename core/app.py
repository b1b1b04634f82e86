"""The composition root, and the one door to everything Onpoint does.

Pages and the command line call this facade and nothing below it: it opens the database, loads
the encoder when it is first needed, and hands each part what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from core.access.accounts import Accounts
from core.access.permits import Who, permitted
from core.access.persons import People
from core.ask import answer as asking
from core.ask.models import open_model, open_style_model
from core.ask.sources import pincite_of
from core.evaluate import retrieval
from core.evaluate.retrieval import Evaluation, Half
from core.house import House
from core.ingest.demo import demo_path
from core.ingest.importers import cap, courtlistener, courtlistener_bulk, folder, jsonl
from core.ingest.meter import Meter
from core.ingest.pipeline import ImportProgress, ImportReport, import_cases
from core.ingest.store import known_records
from core.law.bluebook import cite_name
from core.law.writings import cite_writing
from core.library import cases, citing
from core.library import pages as printed
from core.library.cases import CourtCount
from core.model import (
    Answer,
    BadRecord,
    Case,
    CaseId,
    CaseRecord,
    CitedCase,
    CitingReference,
    Coverage,
    Filters,
    Mode,
    Opinion,
    OpinionId,
    PersonId,
    ResolvedCitation,
    SearchResult,
    Span,
)
from core.search import excerpt as excerpts
from core.search.cite import resolve
from core.search.encoder import load_encoder
from core.settings import Settings

OnProgress = Callable[[ImportProgress], None]
OnText = Callable[[str], None]
Records = Iterable[CaseRecord | BadRecord]

# Passages an answer may be chosen from come from this many cases.
ASK_DEPTH = 10


def _silent(_: ImportProgress) -> None:
    return


class Onpoint:
    """One open library, safe to share between threads. Close it, or use it in a `with`."""

    desk = ""

    def __init__(self, house: House, who: Who) -> None:
        self.who = who
        self._house = house
        self._db = house.db
        self.accounts = Accounts(house.db, who, lambda: self.settings)
        self.people = People(house.db, who, lambda: self.settings)
        self._model: AnswerModel | None = open_model(house.settings)

    @classmethod
    def open(cls, settings: Settings, *, login: str | None = None) -> Self:
        """Open the library for its owner, who needs no sign-in, or for whoever signs in as `login`.

        Whoever reaches the database needs no password for it; `acting_as` is for the others.

        The schema is brought up to date where the tables' owner is known, and the embedded
        database started where no `database_url` is set. Raises DatabaseUnavailable or
        DatabaseUnfit, in words, and NotSignedIn where nobody has this login.
        """
        house = House.open(settings)
        try:
            return cls(house, Who(house.db, house.owner() if login is None else house.known(login)))
        except BaseException:
            house.close()
            raise

    def acting_as(self, person_id: PersonId | None) -> Onpoint:
        """Return the same library for another person, or for nobody who is known yet."""
        return Onpoint(self._house, Who(self._db, person_id))

    @property
    def settings(self) -> Settings:
        return self._house.settings

    def close(self) -> None:
        self._house.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- what is held ---

    @permitted
    def coverage(self) -> Coverage:
        return cases.coverage(self._db)

    @permitted
    def courts(self) -> tuple[CourtCount, ...]:
        """Courts with the number of cases held of each, the most first."""
        return cases.courts(self._db)

    @permitted
    def case(self, case_id: CaseId) -> Case | None:
        return cases.case(self._db, case_id)

    @permitted
    def opinions(self, case_id: CaseId) -> tuple[Opinion, ...]:
        """Every writing in a case in its order, the syllabus first where there is one."""
        return cases.opinions(self._db, case_id)

    @permitted
    def cited_by(self, case_id: CaseId) -> tuple[CitingReference, ...]:
        """Where later cases of the library cite this one, the deepest treatment first."""
        return citing.cited_by(self._db, case_id)

    @permitted
    def cited_cases(self, case_id: CaseId) -> tuple[CitedCase, ...]:
        """Citations in a case's opinions that the library holds, in the order of the text."""
        return citing.cited_cases(self._db, case_id)

    @permitted
    def cite_name(self, case: Case) -> str:
        """Write the case's name as a citation of it does: the part in italics."""
        return cite_name(case.case_name)

    @permitted
    def cite_writing(self, case_id: CaseId, opinion_id: int, first: str, last: str) -> str | None:
        """Cite pages of one writing, with whose it is; None when it is not held."""
        case = self.case(case_id)
        held = self.opinions(case_id) if case else ()
        opinion = next((one for one in held if one.opinion_id == opinion_id), None)
        return cite_writing(case, opinion, first, last) if case and opinion else None

    @permitted
    def pincite(self, opinion_id: OpinionId, span: Span) -> str | None:
        """Name the printed pages a span of an opinion stands on; None without pages."""
        return pincite_of(printed.pages(self._db, opinion_id), [span])

    # --- search and answers ---

    @permitted
    def excerpt(self, text: str, query: str, *, length: int = 340) -> excerpts.Excerpt:
        """Choose the sentences of a text that matter to a query, and mark its words in them."""
        return excerpts.excerpt(text, query, length=length)

    @permitted
    def search(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        k: int = 10,
        offset: int = 0,
        mode: Mode = Mode.AUTO,
    ) -> SearchResult:
        """Find cases; hits `offset + 1` to `offset + k` of a stable order."""
        return self._house.searcher().search(
            query, filters=filters or Filters(), k=k, offset=offset, mode=mode
        )

    @permitted
    def cite(self, text: str) -> tuple[ResolvedCitation, ...]:
        """Every citation found in a text, in its order, with what it is in this library."""
        return resolve(text, self._db)

    @permitted
    def ask(
        self, question: str, *, filters: Filters | None = None, on_text: OnText | None = None
    ) -> Answer:
        """Answer from the library's cases, each sentence with its source, or abstain.

        `on_text` is called with the answer's text as it grows.
        """
        search = partial(self.search, filters=filters, k=ASK_DEPTH)
        return asking.answer(
            question,
            search=search,
            opinions=self.opinions,
            similarity=self._house.similarity,
            encoder=self._house.encoder().name,
            model=self._model,
            on_text=on_text,
        )

    # --- import ---

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
            path, courts=frozenset(courts), scratch=self.settings.home / "scratch", meter=meter
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
            place=self.settings.home / "courtlistener.json",
            meter=meter,
            held=self._held,
        )
        return self._import(records, meter, on_progress)

    def _held(self, source_ids: Sequence[str]) -> frozenset[str]:
        return frozenset(known_records(self._db, source_ids))

    @permitted
    def import_demo(self, *, on_progress: OnProgress = _silent) -> ImportReport:
        """Load the demonstration library: invented cases of an invented state."""
        return self.import_jsonl([demo_path()], on_progress=on_progress)

    def _import(self, records: Records, meter: Meter, on_progress: OnProgress) -> ImportReport:
        return import_cases(
            self._db,
            partial(load_encoder, self.settings.encoder, threads=1),
            records,
            workers=self.settings.workers,
            on_progress=on_progress,
            meter=meter,
        )

    # --- measures ---

    @permitted
    def evaluate_retrieval(
        self,
        queries: Path,
        qrels: Path,
        *,
        arms: Sequence[str] = (),
        half: Half | None = None,
        run_file: Path | None = None,
    ) -> Evaluation:
        return retrieval.evaluate(
            self._house.searcher(), queries, qrels, arms=arms, half=half, run_file=run_file
        )

    def warm_up(self) -> None:
        """Load what the first search would wait for."""
        self._house.searcher().warm_up()
