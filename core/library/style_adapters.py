"""Adapters of style models as the database has them: asked for, worked on, measured, promoted.

Who may not know of all that taught one is told no figure of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from core.library.db import Database, Reader, Transaction
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


def hold(tx: Transaction, adapter_id: AdapterId, worker: UUID, *, lease: float) -> bool:
    """Take a trained adapter to be measured; False where it is not to be, or somebody does."""
    return (
        tx.execute(
            "hold_style_adapter",
            adapter_id=adapter_id,
            worker=worker,
            lease=timedelta(seconds=lease),
        )
        == 1
    )


def let_go(tx: Transaction, adapter_id: AdapterId, worker: UUID) -> None:
    tx.execute("free_style_adapter", adapter_id=adapter_id, worker=worker)


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


def promoted(db: Reader) -> tuple[AdapterId, str] | None:
    """Return the adapter that speaks, and the folder of its base; None where none does."""
    return db.row("select_style_promoted", _promoted)


def keep_figures(tx: Transaction, adapter_id: AdapterId, figures: Mapping[str, object]) -> None:
    tx.execute("insert_style_evaluation", adapter_id=adapter_id, figures=json.dumps(figures))


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


def _promoted(*, adapter_id: UUID, base: str) -> tuple[AdapterId, str]:
    return AdapterId(adapter_id), base


def _adapter_id(*, adapter_id: UUID) -> AdapterId:
    return AdapterId(adapter_id)


def _figures(
    *, figures: dict[str, object], made_at: datetime
) -> tuple[dict[str, object], datetime]:
    return figures, made_at
