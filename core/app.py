"""The composition root, and the one door to everything Onpoint does.

Pages and the command line call this facade and nothing below it: it opens the database, loads
the encoder when it is first needed, and hands each part what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Self

from core.access.accounts import Accounts
from core.access.api_tokens import Tokens
from core.access.firm import Firm
from core.access.matters import Matters, writable
from core.access.notes import Answers, Notes
from core.access.permits import Program, Who, permitted
from core.access.persons import People
from core.access.probe import Way
from core.access.trail import Trail, record
from core.access.use import Use
from core.access.walls import Walls
from core.answers import Wish, answered, budget, extracted
from core.assisting import Assisting
from core.benching import Bench
from core.errors import NotSignedIn
from core.evaluate.ways import ways
from core.house import House
from core.importing import Importing
from core.ingest import filings, removal
from core.ingest.filings import Filings
from core.ingest.worker import Workers
from core.library import cases, people, style_adapters
from core.measuring import Measuring
from core.model import (
    Answer,
    Budget,
    CaseId,
    Filters,
    Length,
    MatterId,
    Mode,
    Person,
    PersonId,
    Readiness,
    SearchHabits,
    SearchResult,
    Voice,
    Voices,
)
from core.reading import Reading
from core.settings import Settings
from core.style.card.cards import Cards
from core.style.card.manner import card_choices
from core.style.choosing import voices
from core.style.desk import Style
from core.trials import trials
from core.work.drafts import Drafts
from core.work.traces import Traces

OnText = Callable[[str], None]


class Onpoint(Reading, Importing, Measuring, Assisting):
    """One open library, safe to share between threads. Close it, or use it in a `with`."""

    desk = ""

    def __init__(self, house: House, who: Who) -> None:
        super().__init__(house, who)
        self._use = Use(house.db, who, house.rules, house.readings)
        self.accounts = Accounts(house.db, who, house.rules)
        self.tokens = Tokens(house.db, who, house.rules.now)
        self.people = People(house.db, who, house.rules.now)
        offers = {"style_card": partial(card_choices, house.db, who)}
        self.firm = Firm(house.db, who, house.rules, trials(house), offers)
        self.trail = Trail(house.db, who, house.rules)
        self.matters = Matters(house.db, who, partial(removal.clear, house.shop))
        self.filings = Filings(house.shop, who, self._use.opened, self._use.upload)
        self.notes = Notes(house.db, who)
        self.answers = Answers(house.db, who)
        self.traces = Traces(house.db, who, house.rules)
        self.drafts = Drafts(house.db, who, house.rules)
        self.cards = Cards(house.db, who, house.card_memory)
        self.style = Style(house.db, who, house.rules, house.workshop)
        self.bench = Bench(house, who, self._use, self.import_jsonl, self.style)
        self.walls = Walls(
            house.db, who, ways=self._ways, plant=partial(filings.plant, house.encoder)
        )

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

    def acting_in(self, token: str) -> Onpoint:
        """Return the same library for whoever's browser has this token, while the session lasts.

        An empty token is the owner's, as long as nobody needs to sign in here. Raises NotSignedIn.
        """
        present = partial(self.accounts.present, token)
        person = present()
        if person is None:
            raise NotSignedIn
        return Onpoint(self._house, Who(self._db, person.person_id, present))

    def acting_by(self, secret: str) -> Onpoint:
        """Return the same library for the program that has this API token, while that works.

        It acts for whoever made the token, in what the token was made for. Raises NotSignedIn.
        """
        bearer = self.tokens.bearer(secret)
        if bearer is None:
            raise NotSignedIn("This token is not known here, or works no more.")

        def present() -> Person | None:
            found = self.tokens.bearer(secret)
            return found and found.person

        program = Program(name=bearer.name, uses=bearer.uses)
        return Onpoint(
            self._house, Who(self._db, bearer.person.person_id, present, program=program)
        )

    def _ways(self, person_id: PersonId) -> Sequence[Way]:
        """The ways in which a person may look, for trying walls: none counts as their use."""
        person = self.acting_as(person_id)
        search = partial(self._house.search, person.who.scope, filters=Filters())
        ask = partial(extracted, house=self._house, opinions=person.opinions)
        return ways(person, search, ask)

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

    # --- search and answers ---

    @permitted
    def read(self, case_id: CaseId) -> None:
        """Enter into the audit trail that a case's opinions were opened and read."""
        if (case := cases.case(self._db, case_id)) is not None:
            self._use.read(case)

    @permitted
    def search(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        k: int | None = None,
        offset: int = 0,
        mode: Mode | None = None,
        matter: MatterId | None = None,
        cases_only: bool = False,
    ) -> SearchResult:
        """Find cases, and filings; hits `offset + 1` to `offset + k` of a stable order.

        Without `k` or `mode`, as Settings say; `matter` narrows the filings to one matter's, and
        `cases_only` leaves them out.
        Raises LimitReached, NoSuchMatter.
        """
        now = self._house.rules.now()
        self._use.search(now)
        found = self._house.search(
            self.who.scope,
            query,
            filters=filters or Filters(),
            k=k or now.search_results,
            offset=offset,
            mode=mode or now.search_mode,
            matter=matter,
            cases_only=cases_only,
        )
        self._use.searched(found, now, matter)
        return found

    @permitted
    def search_habits(self) -> SearchHabits:
        """Return what a search is here without `k` and `mode`."""
        now = self._house.rules.now()
        return SearchHabits(results=now.search_results, mode=now.search_mode)

    @permitted
    def ask(
        self,
        question: str,
        *,
        before: Sequence[str] = (),
        filters: Filters | None = None,
        voice: Voice | None = None,
        speaks: str | None = None,
        length: Length = Length.SHORT,
        on_text: OnText | None = None,
        matter: MatterId | None = None,
    ) -> Answer:
        """Answer from the library's cases, each sentence with its source, or abstain.

        `before` are the questions asked before it in the same conversation, the earliest first.
        Courts, dates and parts of an opinion that a question names narrow it; `filters` go
        before them. `voice` None is your usual one; `speaks` names one of the firm's for which an
        adapter speaks. `on_text` is called with the answer's
        text as it grows, before it is put in any voice. Asked for a `matter`, its team may open
        the record. Raises NotAllowed, LimitReached, NoSuchMatter, and UsageError for a closed
        matter.
        """
        if matter is not None:
            with self._db.transaction(scope=self.who.scope) as tx:
                writable(tx, matter)
        wish = Wish(
            question=question,
            before=tuple(before),
            filters=filters or Filters(),
            voice=Voice.ADAPTER if speaks and voice is None else voice,
            speaks=speaks,
            length=length,
            matter_id=matter,
        )
        return answered(
            wish,
            house=self._house,
            who=self.who,
            use=self._use,
            opinions=self.opinions,
            on_text=on_text,
        )

    @permitted
    def budget(self, question: str = "") -> Budget:
        """Return the most that an answer to a question may take: tokens, seconds, money."""
        return budget(self._house.rules.now(), len(question))

    @permitted
    def voices(self) -> Voices:
        """Return how an answer is worded here, and whether who asks may choose otherwise."""
        preferred = people.preferred_voice(self._db, self.who.scope.person_id)
        speak = [one.voice for one in style_adapters.speaking(self._db)]
        return voices(self.who.person(), self._house.rules.now(), preferred, speak)

    @permitted
    def prefer_voice(self, voice: Voice | None) -> None:
        """Have your answers worded so from now on, where you may choose; None as the firm does."""
        with self._db.transaction(scope=self.who.scope) as tx:
            people.prefer_voice(tx, self.who.scope.person_id, voice)
            record(tx, "account.voice", detail={"voice": voice})

    # --- this process ---

    @permitted
    def readiness(self) -> Readiness:
        """Say whether this process can serve now, for whoever watches over it."""
        return self._house.readiness()

    def start_workers(self) -> Workers:
        """Have this process work on the files that are handed in, until it is closed."""
        return self._house.start_workers()

    def warm_up(self) -> None:
        """Load what the first search would wait for."""
        self._house.searcher().warm_up()
