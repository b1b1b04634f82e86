"""Measuring as work: taken from the registry by whoever has time, written down when it is done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from uuid import uuid4

from core.ask.checker import entailed
from core.ask.llm import AnswerModel
from core.ask.models import open_checker, open_served, open_style_model
from core.errors import DatabaseUnavailable, OnpointError
from core.library import style, style_adapters, style_cards
from core.library.style_adapters import Measuring
from core.model import Scope
from core.style.author.verifier import FEWEST
from core.style.card.kept_cards import LONG_ENOUGH, OPINIONS, OTHER_FILINGS
from core.style.card.manner import how_we_write
from core.style.gate.measure import Beside, Candidate, Measurement, measured
from core.style.speaking import prompt_voice, served_words
from core.style.teach.dataset import Dataset, Half, Paper, passages
from core.style.train.adapter import Adapters
from core.style.train.lease import LEASE, MOST_ATTEMPTS, kept_alive
from core.style.train.workshop import Workshop, dataset_of, seed_of

log = logging.getLogger(__name__)

_MOST = 60  # others' documents that it is held beside
_GIVEN_UP = "Measuring was begun {} times and never ended. Ask an administrator to look at the log."
_FAILED = "Measuring failed. An administrator finds why in the log."


def measure_once(shop: Workshop, stop: threading.Event) -> bool:
    """Measure one adapter that waits for it; False where none does."""
    taken = style_adapters.claim_measuring(shop.db, uuid4(), lease=LEASE)
    if taken is None:
        return False
    if taken.attempts > MOST_ATTEMPTS:
        _end(shop, taken, _GIVEN_UP.format(MOST_ATTEMPTS))
        return True
    try:
        with kept_alive(partial(_keep, shop, taken)):
            found = _measured(shop, taken)
        with shop.db.transaction() as tx:
            style_adapters.keep_measurement(
                tx, taken.worker, found.figures, [asdict(pair) for pair in found.pairs]
            )
    except DatabaseUnavailable:
        stop.wait(1.0)
    except OnpointError as why:
        _end(shop, taken, str(why))
    except Exception:
        log.exception("measuring failed adapter=%s attempt=%s", taken.adapter_id, taken.attempts)
        _end(shop, taken, _FAILED)
    return True


def _measured(shop: Workshop, taken: Measuring) -> Measurement:
    now = shop.rules.now()
    served = open_served(now, taken.served) if taken.served else None
    checker = open_checker(now)
    # What is measured is told to others too: of cards none that is made of filings.
    asker = Scope(person_id=taken.asked_by)
    manner = how_we_write(now, shop.db, asker, public_only=True)
    others, called = _others(shop, taken)
    beside = Beside(
        others=others,
        called=called,
        prompted=prompt_voice(now, manner.text),
        follows=partial(entailed, checker) if checker else None,
    )
    asked = (served, checker, open_style_model(now))
    dataset = _dataset(shop, taken, outside=any(one and not one.inside for one in asked))
    with _candidate(shop, taken, served) as candidate:
        return measured(candidate, dataset, beside)


def _dataset(shop: Workshop, taken: Measuring, *, outside: bool) -> Dataset:
    """Return what was taught; what is held back without what no model `outside` may read."""
    dataset = dataset_of(None, style.lessons(shop.db, taken.worker), seed_of(taken.recipe))
    if not outside:
        return dataset
    readable = style.outside(shop.db, taken.worker)
    kept = (e for e in dataset.examples if e.half is not Half.TEST or e.paper_id in readable)
    return replace(dataset, examples=tuple(kept))


@contextmanager
def _candidate(
    shop: Workshop, taken: Measuring, served: AnswerModel | None
) -> Generator[Candidate]:
    """Give the adapter, as it is served or in this process; its weights where they are here."""
    words = served_words(served) if served else None
    if not taken.base:
        assert words  # noqa: S101  the one or the other is there
        yield Candidate(words=words)
        return
    name, adapters = str(taken.adapter_id), Adapters(Path(taken.base))
    with closing(adapters):
        adapters.load(name, shop.of(taken.adapter_id))
        here = partial(adapters.restyle, name)
        yield Candidate(words=words or here, weights=adapters.using(name))


def _others(shop: Workshop, taken: Measuring) -> tuple[Sequence[Sequence[str]], str]:
    """Return the passages of others' documents, and what these are."""
    texts = style.background(shop.db, taken.worker, characters=LONG_ENOUGH, most=_MOST)
    called = OTHER_FILINGS
    if len(texts) < FEWEST:
        with shop.db.transaction() as tx:
            texts = style_cards.any_opinions(tx, characters=LONG_ENOUGH, most=_MOST)
        called = OPINIONS
    papers = [Paper(paper_id=str(n), group=str(n), text=text) for n, text in enumerate(texts)]
    return [found for found in map(passages, papers) if found], called


def _keep(shop: Workshop, taken: Measuring) -> None:
    try:
        with shop.db.transaction() as tx:
            style_adapters.keep_measuring(tx, taken, lease=LEASE)
    except DatabaseUnavailable:
        return


def _end(shop: Workshop, taken: Measuring, failed: str) -> None:
    with shop.db.transaction() as tx:
        style_adapters.end_measuring(tx, taken, failed=failed)
