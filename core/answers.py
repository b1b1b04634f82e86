"""A question all the way: who may ask how, what is found, grounded, worded, paid and entered."""

from __future__ import annotations

from functools import partial

from core.access.permits import Who
from core.access.use import Use
from core.ask import answer as asking
from core.ask.answer import OnText
from core.ask.checker import Checker
from core.ask.ground import Checks
from core.ask.models import open_checker, open_model, open_style_model
from core.ask.sources import Opinions
from core.house import House
from core.model import Answer, Filters, Voice
from core.search.cite import held_case
from core.style import voice as voices


def answered(
    question: str,
    *,
    house: House,
    who: Who,
    use: Use,
    voice: Voice | None,
    filters: Filters,
    opinions: Opinions,
    on_text: OnText | None,
) -> Answer:
    """Answer a question under the settings of this moment, and enter it into the trail.

    Raises NotAllowed where the voice is not the person's to choose, LimitReached where they have
    asked enough; what models were asked for is counted even when the reader stops.
    """
    now = house.rules.now()
    chosen = voices.choose(voice, who.person(), now)
    use.ask(now)
    model, checker, style = open_model(now), open_checker(now), open_style_model(now)
    checks = Checks(
        held=partial(held_case, db=house.db),
        checker=Checker(checker) if checker else None,
        unsupported=now.unsupported,
    )
    try:
        plain = asking.answer(
            question,
            search=partial(house.searcher().search, filters=filters, k=now.answer_cases),
            opinions=opinions,
            similarity=house.similarity,
            encoder=house.encoder().name,
            model=model,
            on_text=on_text,
            checks=checks,
        )
        worded = voices.speak(plain, chosen, style, now.style_words, checks)
    finally:
        use.pay(sum(one.tokens for one in (model, checker, style) if one is not None))
    use.asked(worded, now)
    return worded


def extracted(question: str, *, house: House, opinions: Opinions) -> Answer:
    """Answer a question by an extract: no model is asked, nothing is counted or entered."""
    return asking.answer(
        question,
        search=house.searcher().search,
        opinions=opinions,
        similarity=house.similarity,
        encoder=house.encoder().name,
    )
