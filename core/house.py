"""What everybody who uses one library shares: its database, its encoder, its search.

Opened once a process; the parts that take long to load are loaded when first needed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.access.settled import Rules
from core.access.use import Readings
from core.ask.deeper import Depth
from core.ask.llm import AnswerModel
from core.errors import NotSignedIn
from core.ingest.files import Files
from core.ingest.parse.sandbox import Sandbox
from core.ingest.shop import Shop
from core.ingest.worker import Workers
from core.installation import Place, prepare, reach, readiness
from core.library import people, style_adapters
from core.library.db import Database
from core.library.style_adapters import Speaking
from core.model import Filters, MatterId, Mode, PersonId, Readiness, Scope, SearchResult
from core.search.encoder import Encoder, load_encoder
from core.search.plan import Searcher
from core.search.private import Papers, search_filings
from core.search.remembering import Remembering
from core.settings import Settings
from core.style.card.card_memory import CardMemory
from core.style.gate.measuring import measure_once
from core.style.speaking import Trained, served_words
from core.style.train.adapter import Adapters
from core.style.train.workshop import Workshop, train_once


class House:
    """One open library, safe to share between threads."""

    def __init__(self, settings: Settings, place: Place, db: Database) -> None:
        self.settings = settings
        self.db = db
        self.rules = Rules(db, settings)
        self.readings = Readings()
        self._place = place
        self._loading = threading.Lock()
        self._loading_voice = threading.Lock()
        # By the folder of their base.
        self._voices: dict[str, Adapters] = {}
        self._encoder: Encoder | None = None
        self._searcher: Searcher | None = None
        self._sandbox: Sandbox | None = None
        self.shop = Shop(
            db=db,
            files=Files(settings.home / "files"),
            rules=self.rules,
            readings=self.readings,
            encoder=self.encoder,
            sandbox=self.sandbox,
        )
        self.card_memory = CardMemory(db, self.encoder)
        self.workshop = Workshop(db=db, folder=settings.home / "style", rules=self.rules)
        self._workers: Workers | None = None

    @classmethod
    def open(cls, settings: Settings) -> House:
        """Open the library, bringing its schema up to date where its owner is known.

        Starts the embedded database where no `database_url` is set. Raises DatabaseUnavailable
        or DatabaseUnfit, in words.
        """
        place = reach(settings)
        try:
            prepare(place)
            return cls(settings, place, Database.open(place.url))
        except BaseException:
            place.close()
            raise

    def close(self) -> None:
        if self._workers is not None:
            self._workers.stop()
        if self._sandbox is not None:
            self._sandbox.close()
        with self._loading_voice:
            self._drop_voices()
        self.db.close()
        self._place.close()

    def owner(self) -> PersonId:
        """Return the one who set the installation up, made the first time."""
        with self.db.transaction() as transaction:
            return people.ensure_owner(transaction)

    def known(self, login: str) -> PersonId:
        """Return whoever signs in by this name. Raises NotSignedIn."""
        found = people.person_by_login(self.db, login)
        if found is None or found.disabled:
            raise NotSignedIn(f"Nobody signs in here as {login}.")
        return found.person_id

    def readiness(self) -> Readiness:
        """Say whether this process can serve now."""
        return readiness(self.db, self.encoder, self.settings.home)

    def encoder(self) -> Encoder:
        """Return the encoder, loading it the first time."""
        with self._loading:
            if self._encoder is None:
                self._encoder = Remembering(load_encoder(self.settings.encoder))
            return self._encoder

    def sandbox(self) -> Sandbox:
        """Return the place where strangers' files are opened, made the first time."""
        with self._loading:
            if self._sandbox is None:
                self._sandbox = Sandbox(room=self.settings.home / "reading")
            return self._sandbox

    def start_workers(self) -> Workers:
        """Have this process work on what is handed in, until the house is closed."""
        with self._loading:
            if self._workers is None:
                chores = (partial(train_once, self.workshop), partial(measure_once, self.workshop))
                self._workers = Workers(self.shop, chores)
                self._workers.start()
            return self._workers

    def speaking(self, voice: str | None = None) -> Speaking | None:
        """Return the adapter that speaks for a voice, by name, or that came to last; or None."""
        every = style_adapters.speaking(self.db)
        return next((one for one in every if voice is None or one.voice == voice), None)

    def speaker(self, served: AnswerModel | None, voice: str | None = None) -> Trained | None:
        """Return whoever speaks for a voice, or came to last; None where nobody does.

        `served`: what asks for it where it is served. One that speaks in this process is loaded
        the first time, voices of one base beside each other. Asked anew for each answer: what was
        switched off is not spoken by, and leaves the memory. Raises ModelFailed where it cannot
        be loaded.
        """
        speaks = self.speaking(voice)
        with self._loading_voice:
            self._drop_voices(but=style_adapters.speaking(self.db))
            if speaks is None:
                return None
            if speaks.served is not None:
                named = served is not None and served.name == speaks.served
                return Trained(served_words(served)) if served and named else None
            name = str(speaks.adapter_id)
            if speaks.base not in self._voices:
                self._voices[speaks.base] = Adapters(Path(speaks.base))
            adapters = self._voices[speaks.base]
            if name not in adapters.names:
                adapters.load(name, self.workshop.of(speaks.adapter_id))
            return Trained(partial(adapters.restyle, name))

    def _drop_voices(self, *, but: Sequence[Speaking] = ()) -> None:
        """Take out of memory what does not speak any more."""
        kept = {str(one.adapter_id) for one in but if one.served is None}
        for base, adapters in list(self._voices.items()):
            for name in set(adapters.names) - kept:
                adapters.unload(name)
            if not adapters.names:
                del self._voices[base]

    def searcher(self) -> Searcher:
        """Return the search, loading its encoder the first time."""
        encoder = self.encoder()
        with self._loading:
            if self._searcher is None:
                self._searcher = Searcher(self.db, encoder)
            return self._searcher

    def search(
        self,
        scope: Scope,
        query: str,
        *,
        filters: Filters,
        k: int = 10,
        offset: int = 0,
        mode: Mode = Mode.AUTO,
        matter: MatterId | None = None,
        cases_only: bool = False,
    ) -> SearchResult:
        """Find cases, and with the first page filings of the matters that may be read, or of one.

        `cases_only`: no filings. Raises NoSuchMatter, and what the search of cases raises.
        """
        started = time.perf_counter()
        papers = Papers()
        if not cases_only and (matter is not None or not offset):
            papers = self.search_filings(scope, query, matter=matter, mode=mode, k=k)
        found = self.searcher().search(query, filters=filters, k=k, offset=offset, mode=mode)
        return replace(
            found,
            filings=() if offset else papers.hits,
            notices=(*found.notices, *papers.notices),
            seconds=time.perf_counter() - started,
        )

    def search_filings(
        self, scope: Scope, query: str, *, matter: MatterId | None, mode: Mode, k: int
    ) -> Papers:
        """Find filings of the matters that may be read, or of one. Raises NoSuchMatter."""
        return search_filings(self.db, scope, self.encoder(), query, matter=matter, mode=mode, k=k)

    def depth(self) -> Depth:
        """Return what the library tells of a question beyond what a search shows."""
        return Depth(rarity=self.searcher().rarity, places=self.searcher().places)

    def similarity(self, text: str, others: Sequence[str]) -> list[float]:
        """Return the cosine of the angle between a text and each of the others, in order."""
        encoder = self.encoder()
        return list(map(float, encoder.encode(others) @ encoder.encode_query(text)))
