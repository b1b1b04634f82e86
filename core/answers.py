"""A question all the way: who may ask how, what is found, grounded, worded, paid and entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from core.access.permits import Who
from core.access.use import Use
from core.ask import answer as asking
from core.ask.answer import OnText, Premises
from core.ask.checker import Checker
from core.ask.ground import Checks
from core.ask.llm import AnswerModel
from core.ask.models import (
    open_checker,
    open_model,
    open_reading_model,
    open_served,
    open_style_model,
)
from core.ask.premise import Looks, premises
from core.ask.prompts import most_tokens_read
from core.ask.question import restate
from core.ask.rephrase import put_by
from core.ask.sources import Opinions, Treatments
from core.house import House
from core.library.cases import cases_by_name
from core.library.people import preferred_voice
from core.matter_answers import said_in_its_filings
from core.model import (
    Answer,
    Budget,
    Filters,
    Length,
    MatterId,
    Restated,
    Scope,
    Voice,
)
from core.search.cite import held_case, resolve
from core.search.treated import strongest, treatments
from core.settings import Settings
from core.style.card.manner import told_how
from core.style.choosing import Chosen, choose
from core.style.restyler import Restyler
from core.style.voice import speak
from core.work import recording

MILLION = 1_000_000

# Told of tokens that language models have read and written.
Pay = Callable[[int], None]


class Meter:
    """Passes on what is paid for one piece of work, and knows how much that was."""

    def __init__(self, pay: Pay) -> None:
        self._pay = pay
        self.spent = 0

    def pay(self, tokens: int) -> None:
        self.spent += tokens
        self._pay(tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked, and how it is to be answered."""

    question: str
    # Questions asked before it in the same conversation, the earliest first.
    before: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    # None is the usual one.
    voice: Voice | None = None
    # Of the firm's voices for which an adapter speaks, this one, by name; None: the usual one.
    speaks: str | None = None
    length: Length = Length.SHORT
    # The matter for which it is asked, if any: its team may open the record.
    matter_id: MatterId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Models:
    """The language models that may be asked for one answer; each None where there is none."""

    reader: AnswerModel | None
    answer: AnswerModel | None
    checker: AnswerModel | None
    style: AnswerModel | None

    @property
    def every(self) -> tuple[AnswerModel, ...]:
        named = (self.reader, self.answer, self.checker, self.style)
        return tuple(one for one in named if one is not None)

    @property
    def tokens(self) -> int:
        return sum(one.tokens for one in self.every)


class _Shown:
    """What a reader sees of an answer so far, shown again while models write what is not shown.

    So a reader who leaves is noticed while a question is put, a sentence checked or a word chosen.
    """

    def __init__(self, on_text: OnText | None) -> None:
        self._on_text = on_text
        self._latest = ""

    def show(self, text: str) -> None:
        self._latest = text
        self.again()

    def again(self) -> None:
        if self._on_text is not None:
            self._on_text(self._latest)


def answered(
    wish: Wish, *, house: House, who: Who, use: Use, opinions: Opinions, on_text: OnText | None
) -> Answer:
    """Answer a question under the settings of this moment, and enter it into the trail.

    Its record is kept as retention says, and is the matter's for which it is asked. Raises
    NotAllowed where the voice is not the person's to choose, LimitReached where they have asked
    enough; what models were asked for is counted even when the reader stops.
    """
    now = house.rules.now()
    chosen = choose(
        wish.voice,
        who.person(),
        now,
        preferred=preferred_voice(house.db, who.scope.person_id),
        speaks=partial(_speaks, house, wish.speaks),
    )
    use.ask(now)
    watch, models, shown = recording.Watch(), _models(now, house, chosen), _Shown(on_text)
    for model in models.every:
        model.while_writing = shown.again
    checks = _checks(now, house, models.checker)
    try:
        read = _read(wish, models.reader)
        search = partial(house.searcher().search, filters=read.filters, k=now.answer_cases)
        speaker = _speaker(chosen, now, house, models, (who.scope, read.search))
        plain = asking.answer(
            read,
            search=watch.over(search),
            opinions=opinions,
            similarity=house.similarity,
            encoder=house.encoder().name,
            model=models.answer,
            on_text=shown.show if on_text else None,
            checks=checks,
            treatments=treatments_of(house, read.filters),
            depth=house.depth(),
            premises=premises_of(house, read.filters, opinions),
        )
        worded = speak(plain, chosen, speaker, checks)
    finally:
        use.pay(models.tokens)
    papers = said_in_its_filings(wish.matter_id, read, house, who)
    given = watch.told(replace(worded, filings=papers), *models.every)
    kept = now.traces_days and recording.record(
        given, filters=read.filters, person=who.person(), matter_id=wish.matter_id
    )
    use.asked(given, now, record_of_it=kept or None, matter_id=wish.matter_id)
    return given


def tried(question: str, *, house: House, pay: Pay, filters: Filters, opinions: Opinions) -> Answer:
    """Answer a question to measure the answer: what a model read is paid for, nothing entered."""
    now = house.rules.now()
    models = _models(now, house)
    try:
        read = _read(Wish(question=question, filters=filters), models.reader)
        return asking.answer(
            read,
            search=partial(house.searcher().search, filters=read.filters, k=now.answer_cases),
            opinions=opinions,
            similarity=house.similarity,
            encoder=house.encoder().name,
            model=models.answer,
            checks=_checks(now, house, models.checker),
            treatments=treatments_of(house, read.filters),
            depth=house.depth(),
            premises=premises_of(house, read.filters, opinions),
        )
    finally:
        pay(models.tokens)


def _speaks(house: House, wanted: str | None) -> str | None:
    found = house.speaking(wanted)
    return found.voice if found is not None else None


def _speaker(
    chosen: Chosen, now: Settings, house: House, models: _Models, asked: tuple[Scope, str]
) -> Callable[[], Restyler | None]:
    """Return what opens whoever words the answer: an adapter is loaded when it is needed."""
    if chosen.voice is Voice.ADAPTER:
        return partial(house.speaker, models.style, chosen.speaks)
    soon = chosen.voice is Voice.PROMPT and models.answer is not None
    told = told_how(models.style, now, house.card_memory, *asked, soon=soon)
    return lambda: told


def in_voice(plain: Answer, voice: Voice, *, house: House, who: Who, pay: Pay) -> Answer:
    """Word an answer that was tried in a voice, to measure it; nothing is entered."""
    now = house.rules.now()
    named = _speaks(house, None) if voice is Voice.ADAPTER else None
    chosen = Chosen(voice=voice, speaks=named)
    models = _models(now, house, chosen)
    try:
        checks = _checks(now, house, models.checker)
        speaker = _speaker(chosen, now, house, models, (who.scope, plain.question))
        return speak(plain, chosen, speaker, checks)
    finally:
        pay(models.tokens)


def price_of(now: Settings, tokens: int) -> str | None:
    """Return what so many tokens cost at the dearer of the prices that are set, or None."""
    price = tokens * max(now.price_read, now.price_written) / MILLION
    return f"{now.price_currency} {price:.2f}" if price else None


def budget(now: Settings, characters: int) -> Budget:
    """Return the most that one answer to a question of so many characters may take now."""
    if not now.answer_model:
        return Budget(tokens=0, seconds=0.0)
    read, written = most_tokens_read(characters), now.answer_tokens
    price = (read * now.price_read + written * now.price_written) / MILLION
    return Budget(
        tokens=read + written,
        seconds=now.answer_deadline,
        money=f"{now.price_currency} {price:.2f}" if price else None,
    )


def _models(now: Settings, house: House, chosen: Chosen | None = None) -> _Models:
    """Open the models that may be asked; of the style models the one that the voice needs."""
    speaking = house.speaking(chosen.speaks) if chosen and chosen.speaks else None
    served = speaking.served if speaking is not None else None
    return _Models(
        reader=open_reading_model(now),
        answer=open_model(now),
        checker=open_checker(now),
        style=open_served(now, served) if served else open_style_model(now),
    )


def _checks(now: Settings, house: House, checker: AnswerModel | None) -> Checks:
    return Checks(
        held=partial(held_case, db=house.db),
        checker=Checker(checker) if checker else None,
        unsupported=now.unsupported,
    )


def _read(wish: Wish, reader: AnswerModel | None) -> Restated:
    read = replace(restate(wish.question, wish.before, wish.filters), length=wish.length)
    return put_by(reader, read, wish.before) if reader is not None else read


def extracted(question: str, *, house: House, opinions: Opinions) -> Answer:
    """Answer a question by an extract: no model is asked, nothing is counted or entered."""
    return asking.answer(
        question,
        search=house.searcher().search,
        opinions=opinions,
        similarity=house.similarity,
        encoder=house.encoder().name,
        treatments=treatments_of(house, Filters()),
        depth=house.depth(),
        premises=premises_of(house, Filters(), opinions),
    )


def treatments_of(house: House, filters: Filters) -> Treatments:
    """How cases fared since, as far as the opinions tell that the question is asked of."""
    return partial(strongest, house.db, as_of=filters.as_of)


def premises_of(house: House, filters: Filters, opinions: Opinions) -> Premises:
    """Test what a question takes for granted against the same opinions."""
    looks = Looks(
        resolve=partial(resolve, db=house.db),
        named=partial(cases_by_name, house.db),
        opinions=opinions,
        treatments=partial(treatments, house.db, as_of=filters.as_of),
    )
    return partial(premises, looks=looks)
