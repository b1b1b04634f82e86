"""Adapters of style models as the database has them: asked for, worked on, measured, promoted.

Who may not know of all that taught one is told no figure of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from core.library.db import Database, Reader, Transaction
from core.model import PersonId
from core.model.training import AdapterId, AdapterState, DatasetId, StyleAdapter, VoiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A training that a worker has taken, and the how manieth time."""

    adapter_id: AdapterId
    base: str
    recipe: Mapping[str, object]
    dataset_id: DatasetId
    attempts: int
    worker: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """A measuring that a worker has taken, and the how manieth time."""

    adapter_id: AdapterId
    # The base's folder; empty where the weights are elsewhere.
    base: str
    # Its name where it is served; None where it speaks here.
    served: str | None
    recipe: Mapping[str, object]
    attempts: int
    asked_by: PersonId
    worker: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """An adapter that speaks, for which voice, and where."""

    voice: str
    adapter_id: AdapterId
    base: str
    served: str | None


def ask_for(
    tx: Transaction, dataset_id: DatasetId, base: str, recipe: Mapping[str, object]
) -> AdapterId | None:
    """Ask for a training; None where something of the dataset was withdrawn."""
    adapter_id = AdapterId(uuid4())
    done = tx.execute(
        "insert_style_adapter",
        adapter_id=adapter_id,
        dataset_id=dataset_id,
        base=base,
        recipe=json.dumps(recipe),
    )
    return adapter_id if done else None


def adapters(
    db: Reader, voice_id: VoiceId | None = None, adapter_id: AdapterId | None = None
) -> tuple[StyleAdapter, ...]:
    found = db.rows("select_style_adapters", _adapter, voice_id=voice_id, adapter_id=adapter_id)
    return tuple(found)


def claim(db: Database, worker: UUID, *, lease: float) -> Training | None:
    """Take the next training, or one whose worker is gone; None where there is none."""
    found = db.rows("claim_training", _Claimed, worker=worker, lease=timedelta(seconds=lease))
    if not found:
        return None
    (taken,) = found
    return Training(
        adapter_id=AdapterId(taken.adapter_id),
        base=taken.base,
        recipe=taken.recipe,
        dataset_id=DatasetId(taken.dataset_id),
        attempts=taken.attempts,
        worker=worker,
    )


def keep_at(
    tx: Transaction,
    training: Training,
    *,
    lease: float,
    step: int,
    steps: int,
    seconds_left: float | None,
) -> bool:
    """Say how far a training is; False where it is this worker's no more."""
    touched = tx.execute(
        "keep_training",
        adapter_id=training.adapter_id,
        worker=training.worker,
        lease=timedelta(seconds=lease),
        step=step,
        steps=steps,
        seconds_left=seconds_left,
    )
    return touched == 1


def end(
    tx: Transaction,
    training: Training,
    state: AdapterState,
    reason: str | None = None,
    *,
    curve: Sequence[tuple[int, float]] | None = None,
    versions: Mapping[str, str] | None = None,
    counts: bool = True,
) -> bool:
    """End a training, or with WAITING give it back; False where it is this worker's no more."""
    touched = tx.execute(
        "end_training",
        adapter_id=training.adapter_id,
        worker=training.worker,
        state=state,
        reason=reason,
        curve=None if curve is None else json.dumps(curve),
        versions=None if versions is None else json.dumps(versions),
        counts=counts,
    )
    return touched == 1


def ask_for_measuring(tx: Transaction, adapter_id: AdapterId) -> bool:
    """Have an adapter measured; False where it is not trained."""
    return tx.execute("ask_for_measuring", adapter_id=adapter_id) == 1


def claim_measuring(db: Database, worker: UUID, *, lease: float) -> Measuring | None:
    """Take the next adapter to be measured, or one whose worker is gone; None without."""
    lasts = timedelta(seconds=lease)
    return db.row("claim_measuring", partial(_measuring, worker), worker=worker, lease=lasts)


def keep_measuring(tx: Transaction, taken: Measuring, *, lease: float) -> bool:
    """Go on with a measuring; False where it is this worker's no more."""
    lasts = timedelta(seconds=lease)
    touched = tx.execute(
        "keep_measuring", adapter_id=taken.adapter_id, worker=taken.worker, lease=lasts
    )
    return touched == 1


def end_measuring(tx: Transaction, taken: Measuring, *, failed: str) -> None:
    """Give a measuring up, saying why."""
    tx.execute("end_measuring", adapter_id=taken.adapter_id, worker=taken.worker, failed=failed)


def keep_measurement(
    tx: Transaction,
    worker: UUID,
    figures: Mapping[str, object],
    pairs: Sequence[Mapping[str, object]] = (),
) -> bool:
    """Write down what was measured, and pairs to vote on; False where it is not this worker's."""
    written = {"figures": json.dumps(figures), "pairs": json.dumps(pairs, default=str)}
    return tx.value("keep_measurement", worker=worker, **written) is True


def serve(tx: Transaction, adapter_id: AdapterId, served: str | None) -> bool:
    """Say under which name an adapter is served; False where it speaks, or is not trained."""
    return tx.value("serve_style_adapter", adapter_id=adapter_id, served=served) is True


def move(
    tx: Transaction,
    adapter_id: AdapterId,
    state: AdapterState,
    *,
    out_of: Sequence[AdapterState],
    reason: str | None = None,
    entry_id: UUID | None = None,
) -> bool:
    """Move an adapter on; False where it is in none of the states that it may be moved out of."""
    touched = tx.execute(
        "move_style_adapter",
        adapter_id=adapter_id,
        state=state,
        from_states=list(out_of),
        reason=reason,
        entry_id=entry_id,
    )
    return touched == 1


def spoke_before(db: Reader, voice_id: VoiceId) -> AdapterId | None:
    """Return the adapter that spoke for a voice before; None where none did that may again."""
    found = db.value("select_style_before", voice_id=voice_id)
    return AdapterId(found) if isinstance(found, UUID) else None


def not_to_be_kept(db: Reader) -> list[AdapterId]:
    """Return the adapters of which nothing may be left on disk."""
    return db.rows("select_style_withdrawn", _adapter_id)


def any_promoted(db: Reader) -> bool:
    return db.value("is_style_promoted") is True


def speaking(db: Reader) -> list[Speaking]:
    """Return the adapters that speak, one for each voice, the one that came to last first."""
    return db.rows("select_style_promoted", _speaking)


def figures(
    db: Reader, adapter_id: AdapterId, *, whole: bool = False
) -> tuple[Mapping[str, object], datetime] | None:
    """Return what was measured last; None without, or where whoever asks may not know of it.

    `whole`: for the gate itself, which says whether conditions hold and shows no figure.
    """
    return db.row("select_style_evaluation", _figures, adapter_id=adapter_id, whole=whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    adapter_id: UUID
    voice_id: UUID
    dataset_id: UUID
    base: str
    recipe: dict[str, object]
    attempts: int


def _adapter(*, state: str, curve: list[list[float]], **rest: object) -> StyleAdapter:
    return StyleAdapter(
        state=AdapterState(state),
        curve=tuple((int(step), float(loss)) for step, loss in curve),
        **rest,  # pyright: ignore[reportArgumentType]
    )


def _speaking(*, adapter_id: UUID, base: str, served: str | None, voice: str) -> Speaking:
    return Speaking(adapter_id=AdapterId(adapter_id), base=base, served=served, voice=voice)


def _measuring(worker: UUID, /, *, adapter_id: UUID, **rest: object) -> Measuring:
    return Measuring(
        adapter_id=AdapterId(adapter_id),
        worker=worker,
        **rest,  # pyright: ignore[reportArgumentType]
    )


def _adapter_id(*, adapter_id: UUID) -> AdapterId:
    return AdapterId(adapter_id)


def _figures(
    *, figures: dict[str, object], made_at: datetime
) -> tuple[dict[str, object], datetime]:
    return figures, made_at
