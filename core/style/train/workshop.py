"""Training as work: taken from the registry, gone on with after a restart, given up when told to.

What a worker is at stands in the registry with a lease; whoever finds one run out takes it up from
the last state on disk.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast
from uuid import uuid4

from core.access.settled import Rules
from core.errors import DatabaseUnavailable, OnpointError, UsageError
from core.library import style, style_adapters
from core.library.db import Database
from core.library.style import Passage
from core.library.style_adapters import Training
from core.model.training import AdapterId, AdapterState, StyleDataset
from core.style.teach.canaries import canaries
from core.style.teach.dataset import Dataset, Example, Half
from core.style.train.folder import discard
from core.style.train.lease import LEASE, MOST_ATTEMPTS, kept_alive
from core.style.train.train import Progress, Recipe, Trained, train

log = logging.getLogger(__name__)

_TELL = 1.0  # seconds between two words on how far it is
_ELSEWHERE = (
    "It was trained elsewhere: train it there anew, on a dataset of what is left, and bring it."
)
_GIVEN_UP = "This was tried {} times and never ended. Ask an administrator to look at the log."


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What training needs of the house."""

    db: Database
    # Where the adapters' folders are.
    folder: Path
    rules: Rules

    def of(self, adapter_id: AdapterId) -> Path:
        return self.folder / str(adapter_id)


def train_once(shop: Workshop, stop: threading.Event) -> bool:
    """Take one training and do it as far as may be; False where there is none."""
    taken = style_adapters.claim(shop.db, uuid4(), lease=LEASE)
    if taken is None:
        _sweep(shop)
        return False
    if taken.attempts > MOST_ATTEMPTS:
        _end(shop, taken, AdapterState.FAILED, _GIVEN_UP.format(MOST_ATTEMPTS))
        return True
    try:
        _work(shop, taken, stop)
    except DatabaseUnavailable:
        stop.wait(_TELL)
    except OnpointError as why:
        _end(shop, taken, AdapterState.FAILED, str(why))
    except Exception:
        log.exception("training failed adapter=%s attempt=%s", taken.adapter_id, taken.attempts)
        _end(shop, taken, AdapterState.WAITING, None)
    return True


def dataset_of(head: StyleDataset | None, passages: Sequence[Passage], seed: int) -> Dataset:
    """Put a dataset together again from its passages."""
    return Dataset(
        seed=seed,
        deidentified=head is not None and head.deidentified,
        examples=tuple(
            Example(
                group=each.source,
                paper_id=each.source,
                author=each.author,
                half=Half(each.half),
                plain=each.plain,
                own=each.own,
            )
            for each in passages
        ),
        canaries=canaries(seed),
        left_out={},
        warnings=(),
    )


def recipe_of(kept: Mapping[str, object]) -> Recipe:
    """Read a recipe as the registry has it; what it does not know of is left as it is."""
    known = {field.name for field in fields(Recipe)}
    return Recipe(**{k: v for k, v in kept.items() if k in known})  # pyright: ignore[reportArgumentType]


def seed_of(kept: Mapping[str, object]) -> int:
    return int(cast("int", kept.get("dataset_seed", 20)))


def _work(shop: Workshop, taken: Training, stop: threading.Event) -> None:
    if not taken.base:
        raise UsageError(_ELSEWHERE)
    watch = _Watch(shop, taken, stop)
    with kept_alive(watch.keep):
        passages = style.lessons(shop.db, taken.worker)
        made = train(
            Path(taken.base),
            dataset_of(None, passages, seed_of(taken.recipe)).lessons() if passages else [],
            shop.of(taken.adapter_id),
            recipe_of(taken.recipe),
            on_step=watch.tell,
            stopped=watch.stopped,
        )
    if watch.lost:
        return
    if made.finished:
        _finished(shop, taken, made)
    else:
        _end(shop, taken, AdapterState.WAITING, None, counts=False)


def _finished(shop: Workshop, taken: Training, made: Trained) -> None:
    with shop.db.transaction() as tx:
        style_adapters.end(
            tx,
            taken,
            AdapterState.TRAINED,
            curve=[(point.step, point.loss) for point in made.curve],
            versions=made.versions,
        )


def _end(
    shop: Workshop,
    taken: Training,
    state: AdapterState,
    reason: str | None,
    *,
    counts: bool = True,
) -> None:
    with shop.db.transaction() as tx:
        style_adapters.end(tx, taken, state, reason, counts=counts)


def _sweep(shop: Workshop) -> None:
    """Delete what is left on disk of adapters that were withdrawn, cancelled or never made."""
    if not shop.folder.is_dir():
        return
    for adapter_id in style_adapters.not_to_be_kept(shop.db):
        if shop.of(adapter_id).exists():
            discard(shop.of(adapter_id))


class _Watch:
    """Tells the registry how far a training is, and learns from it whether it is still wanted."""

    def __init__(self, shop: Workshop, taken: Training, stop: threading.Event) -> None:
        self.lost = False
        self._shop = shop
        self._taken = taken
        self._stop = stop
        self._last = Progress(step=0, steps=0, seconds_left=None, loss=None)
        self._told = 0.0
        self._turn = threading.Lock()

    def stopped(self) -> bool:
        return self.lost or self._stop.is_set()

    def tell(self, progress: Progress) -> None:
        self._last = progress
        if progress.step == progress.steps or time.monotonic() - self._told > _TELL:
            self.keep()

    def keep(self) -> None:
        with self._turn:
            self._told = time.monotonic()
            try:
                with self._shop.db.transaction() as tx:
                    kept = style_adapters.keep_at(
                        tx,
                        self._taken,
                        lease=LEASE,
                        step=self._last.step,
                        steps=self._last.steps,
                        seconds_left=self._last.seconds_left,
                    )
            except DatabaseUnavailable:
                return
            self.lost = self.lost or not kept
