"""A question all the way: who may ask how, what is found, grounded, worded, paid and entered."""

from __future__ import annotations

from functools import partial

from core.access.permits import Who
from core.access.use import Use
from core.ask import answer as asking
from core.ask.answer import OnText
from core.ask.models import open_model, open_style_model
from core.ask.sources import Opinions
from core.house import House
from core.model import Answer, Filters, MatterId, Voice
from core.style import voice as voices
from core.work import recording


def answered(  # noqa: PLR0913  what a question is asked with
    question: str,
    *,
    house: House,
    who: Who,
    use: Use,
    voice: Voice | None,
    filters: Filters,
    opinions: Opinions,
    on_text: OnText | None,
    matter: MatterId | None = None,
) -> Answer:
    """Answer a question under the settings of this moment, and enter it into the trail.

    Its record is kept as retention says, and is `matter`'s where it is asked for one. Raises
    NotAllowed where the voice is not the person's to choose, LimitReached where they have asked
    enough; what models were asked for is counted even when the reader stops.
    """
    now = house.rules.now()
    chosen = voices.choose(voice, who.person(), now)
    use.ask(now)
    watch = recording.Watch()
    model, style = open_model(now), open_style_model(now)
    try:
        plain = asking.answer(
            question,
            search=watch.over(
                partial(house.searcher().search, filters=filters, k=now.answer_cases)
            ),
            opinions=opinions,
            similarity=house.similarity,
            encoder=house.encoder().name,
            model=model,
            on_text=on_text,
        )
        worded = voices.speak(plain, chosen, style, now.style_words)
    finally:
        use.pay(sum(one.tokens for one in (model, style) if one is not None))
    given = watch.told(worded, model, style)
    kept = now.traces_days and recording.record(
        given, filters=filters, person=who.person(), matter_id=matter
    )
    use.asked(given, now, record_of_it=kept or None, matter_id=matter)
    return given


def extracted(question: str, *, house: House, opinions: Opinions) -> Answer:
    """Answer a question by an extract: no model is asked, nothing is counted or entered."""
    return asking.answer(
        question,
        search=house.searcher().search,
        opinions=opinions,
        similarity=house.similarity,
        encoder=house.encoder().name,
    )
