"""The firm's voices as the database has them: what taught each, what was trained, what speaks.

Every reader here is a transaction that names who asks; what they may not see is not there, and of
a whole that holds such a thing they are told no figure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from core.library.db import Database, Reader, Transaction
from core.model import (
    AdapterId,
    AdapterState,
    Ballot,
    BallotId,
    DatasetId,
    FilingId,
    LedgerRow,
    MatterId,
    StyleAdapter,
    StyleDataset,
    StyleVoice,
    VoiceId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """A filing that may teach, with what is known of it."""

    filing_id: UUID
    matter_id: UUID
    name: str
    text: str
    kind: str | None
    caption: str | None
    signed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a dataset has of one filing, or of one opinion."""

    source: str
    matter_id: MatterId | None
    filing_id: FilingId | None
    author: str
    half: str
    examples: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage as it is kept, with the source and the half that it belongs to."""

    source: str
    author: str
    half: str
    plain: str
    own: str


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
class Votes:
    """How one person voted, unnamed: for the adapter, and of how many."""

    person_id: UUID
    for_adapter: int
    votes: int


def voice(tx: Transaction, name: str) -> VoiceId:
    """Return a voice by its name, made where there is none."""
    tx.execute("insert_style_voice", name=name)
    return voices(tx, name)[0].voice_id


def voices(db: Reader, name: str | None = None) -> tuple[StyleVoice, ...]:
    return tuple(db.rows("select_style_voices", _voice, name=name))


def teaching(
    db: Reader,
    matter_ids: Sequence[MatterId] | None = None,
    filing_ids: Sequence[FilingId] | None = None,
) -> list[Teaching]:
    """Return the filings that may teach, of these matters or filings where they are named."""
    return db.rows(
        "select_style_filings",
        Teaching,
        matter_ids=None if matter_ids is None else list(matter_ids),
        filing_ids=None if filing_ids is None else list(filing_ids),
    )


def lock(tx: Transaction) -> None:
    """Let nothing that teaches be withdrawn until the transaction ends."""
    tx.value("lock_style")


def keep(
    tx: Transaction,
    voice_id: VoiceId,
    *,
    sha256: str,
    seed: int,
    deidentified: bool,
    sources: Sequence[Source],
    passages: Sequence[tuple[str, str, str]],
) -> DatasetId:
    """Keep a dataset: what it was made of, and of each passage its source, plain and own words."""
    dataset_id = DatasetId(uuid4())
    tx.execute(
        "insert_style_dataset",
        dataset_id=dataset_id,
        voice_id=voice_id,
        sha256=sha256,
        seed=seed,
        deidentified=deidentified,
    )
    matter_of = {each.source: each.matter_id for each in sources}
    tx.execute(
        "insert_style_sources",
        dataset_id=dataset_id,
        sources=_json([_source_row(each) for each in sources]),
    )
    rows = [
        {"ordinal": n, "source": at, "matter_id": matter_of[at], "plain": plain, "own": own}
        for n, (at, plain, own) in enumerate(passages, start=1)
    ]
    tx.execute("insert_style_examples", dataset_id=dataset_id, examples=_json(rows))
    return dataset_id


def datasets(
    db: Reader, voice_id: VoiceId | None = None, dataset_id: DatasetId | None = None
) -> tuple[StyleDataset, ...]:
    found = db.rows("select_style_datasets", _dataset, voice_id=voice_id, dataset_id=dataset_id)
    return tuple(found)


def passages(db: Reader, dataset_id: DatasetId) -> list[Passage]:
    """Return the passages of a dataset that whoever asks may read."""
    return db.rows("select_style_examples", Passage, dataset_id=dataset_id)


def lessons(db: Reader, worker: UUID) -> list[Passage]:
    """Return the passages of the training that a worker has taken."""
    return db.rows("select_style_lessons", Passage, worker=worker)


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


def ledger(
    db: Reader, *, adapter_id: AdapterId | None = None, dataset_id: DatasetId | None = None
) -> tuple[LedgerRow, ...]:
    found = db.rows("select_style_ledger", _ledger, adapter_id=adapter_id, dataset_id=dataset_id)
    return tuple(found)


def put_ballots(
    tx: Transaction, adapter_id: AdapterId, rows: Sequence[Mapping[str, object]]
) -> int:
    return tx.execute("insert_style_ballots", adapter_id=adapter_id, ballots=_json(rows))


def ballots(db: Reader, adapter_id: AdapterId) -> tuple[Ballot, ...]:
    """Return the ballots on which whoever asks has not voted yet."""
    return tuple(db.rows("select_style_ballots", _ballot, adapter_id=adapter_id))


def vote(tx: Transaction, ballot_id: BallotId, *, first: bool) -> bool:
    """Vote on a ballot; False where there is none, or one has."""
    return tx.execute("insert_style_vote", ballot_id=ballot_id, first=first) == 1


def votes(db: Reader, adapter_id: AdapterId) -> list[Votes]:
    return db.rows("count_style_votes", Votes, adapter_id=adapter_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    adapter_id: UUID
    voice_id: UUID
    dataset_id: UUID
    base: str
    recipe: dict[str, object]
    attempts: int


def _json(rows: Sequence[Mapping[str, object]]) -> str:
    return json.dumps(rows, default=str)


def _source_row(each: Source) -> dict[str, object]:
    return {
        "source": each.source,
        "matter_id": each.matter_id,
        "filing_id": each.filing_id,
        "author": each.author,
        "half": each.half,
        "examples": each.examples,
        "words": each.words,
    }


def _voice(*, voice_id: UUID, name: str, speaks: UUID | None) -> StyleVoice:
    return StyleVoice(
        voice_id=VoiceId(voice_id), name=name, speaks=None if speaks is None else AdapterId(speaks)
    )


def _dataset(*, dataset_id: UUID, voice_id: UUID, **rest: object) -> StyleDataset:
    return StyleDataset(
        dataset_id=DatasetId(dataset_id),
        voice_id=VoiceId(voice_id),
        **rest,  # pyright: ignore[reportArgumentType]
    )


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


def _ledger(**row: object) -> LedgerRow:
    return LedgerRow(**row)  # pyright: ignore[reportArgumentType]


def _ballot(*, ballot_id: UUID, plain: str, first: str, second: str) -> Ballot:
    return Ballot(ballot_id=BallotId(ballot_id), plain=plain, first=first, second=second)
