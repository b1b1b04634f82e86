"""A question all the way: who may ask how, what is found, grounded, worded, paid and entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from core.access.permits import Who
from core.access.use import Use
from core.ask import answer as asking
from core.ask.answer import OnText, Premises
from core.ask.checker import Checker
from core.ask.ground import Checks
from core.ask.llm import AnswerModel
from core.ask.models import open_checker, open_model, open_reading_model, open_style_model
from core.ask.papers import MOST_FILINGS, said_in_filings
from core.ask.premise import Looks, premises
from core.ask.prompts import most_tokens_read
from core.ask.question import restate
from core.ask.rephrase import put_by
from core.ask.sources import Opinions, Treatments
from core.house import House
from core.library.cases import cases_by_name
from core.library.descriptions import findings
from core.model import (
    Answer,
    Budget,
    FilingId,
    FilingPlace,
    Filters,
    FindingKind,
    Length,
    MatterId,
    Mode,
    Restated,
    Span,
    Voice,
)
from core.search.cite import held_case, resolve
from core.search.quoted import places_of
from core.search.treated import strongest, treatments
from core.settings import Settings
from core.style import voice as voices
from core.style.restyler import Restyler, prompted
from core.work import recording

MILLION = 1_000_000
# What of a filing's text no reader of its pages sees.
_UNSEEN = frozenset({FindingKind.HIDDEN_TEXT, FindingKind.BAD_REDACTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked, and how it is to be answered."""

    question: str
    # Questions asked before it in the same conversation, the earliest first.
    before: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    # None is the firm's usual one.
    voice: Voice | None = None
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
    chosen = voices.choose(
        wish.voice, who.person(), now, adapter_speaks=house.rules.adapter_speaks()
    )
    use.ask(now)
    watch, models, shown = recording.Watch(), _models(now), _Shown(on_text)
    for model in models.every:
        model.while_writing = shown.again
    checks = _checks(now, house, models.checker)
    try:
        read = _read(wish, models.reader)
        search = partial(house.searcher().search, filters=read.filters, k=now.answer_cases)
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
        worded = voices.speak(plain, chosen, _speaker(chosen.voice, now, house, models), checks)
    finally:
        use.pay(models.tokens)
    papers = _said_in_filings(wish.matter_id, read, house, who)
    given = watch.told(replace(worded, filings=papers), *models.every)
    kept = now.traces_days and recording.record(
        given, filters=read.filters, person=who.person(), matter_id=wish.matter_id
    )
    use.asked(given, now, record_of_it=kept or None, matter_id=wish.matter_id)
    return given


def tried(question: str, *, house: House, use: Use, filters: Filters, opinions: Opinions) -> Answer:
    """Answer a question to measure the answer: what a model read is counted, nothing entered."""
    now = house.rules.now()
    models = _models(now)
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
        use.pay(models.tokens)


def _said_in_filings(
    matter_id: MatterId | None, read: Restated, house: House, who: Who
) -> tuple[FilingPlace, ...]:
    """Find where the filings of the matter that a question is asked for speak to it."""
    if matter_id is None:
        return ()
    found = house.search_filings(
        who.scope, read.search, matter=matter_id, mode=Mode.AUTO, k=MOST_FILINGS
    )
    unseen = _unseen(house, who, [hit.filing.filing_id for hit in found.hits])
    said = said_in_filings(
        read.whole,
        found.hits,
        similarity=house.similarity,
        rarity=house.depth().rarity,
        unseen=unseen,
    )
    with house.db.transaction(scope=who.scope) as tx:
        return places_of(tx, said)


def _unseen(house: House, who: Who, ids: Sequence[FilingId]) -> dict[FilingId, list[Span]]:
    with house.db.transaction(scope=who.scope) as tx:
        return {
            each: [found.span for found in findings(tx, each) if found.kind in _UNSEEN]
            for each in ids
        }


def _speaker(
    voice: Voice, now: Settings, house: House, models: _Models
) -> Callable[[], Restyler | None]:
    """Return what opens whoever words the answer: an adapter is loaded when it is needed."""
    if voice is Voice.ADAPTER:
        return house.speaker
    return partial(prompted, models.style, now.style_words)


def in_voice(plain: Answer, voice: Voice, *, house: House, use: Use) -> Answer:
    """Word an answer that was tried in a voice, to measure it; nothing is entered."""
    now = house.rules.now()
    models = _models(now)
    try:
        checks = _checks(now, house, models.checker)
        chosen = voices.Chosen(voice=voice)
        return voices.speak(plain, chosen, _speaker(voice, now, house, models), checks)
    finally:
        use.pay(models.tokens)


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


def _models(now: Settings) -> _Models:
    return _Models(
        reader=open_reading_model(now),
        answer=open_model(now),
        checker=open_checker(now),
        style=open_style_model(now),
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
